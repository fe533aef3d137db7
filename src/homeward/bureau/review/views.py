"""Pages of review."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission


@needs(Permission.REVIEW_PROPOSAL_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """The first page of review."""
    return render(request, "review/index.html")
