"""Pages of access."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission


@needs(Permission.ACCESS_USER_LIST)
def index(request: OfficerRequest) -> HttpResponse:
    """The first page of access."""
    return render(request, "access/index.html")
