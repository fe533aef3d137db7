"""Pages of exchanges."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission


@needs(Permission.EXCHANGES_EXCHANGE_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """The first page of exchanges."""
    return render(request, "exchanges/index.html")
