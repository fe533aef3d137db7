"""The first page, the choice of language, and the pages of errors."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest, needs, public
from homeward.bureau.pages.desk import cards_for


@needs()
def home(request: OfficerRequest) -> HttpResponse:
    """What waits for this officer, and where the exchanges stand."""
    return render(request, "bureau/home.html", {"cards": cards_for(request.user)})


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on, in this browser."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=365 * 86400, samesite="Lax", secure=settings.TLS, httponly=True
        )
    return response


def bad_request(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """400, such as an upload that is too large."""
    return render(request, "bureau/error.html", {"code": 400}, status=400)


def forbidden(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """403: this officer may not do that."""
    return render(request, "bureau/error.html", {"code": 403}, status=403)


def not_found(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """404: there is nothing here that this officer may know of."""
    return render(request, "bureau/error.html", {"code": 404}, status=404)


def forged(request: HttpRequest, **_: object) -> HttpResponse:
    """403 for a form that none of our pages sent, or that waited longer than its cookie."""
    return render(request, "bureau/error.html", {"code": "forged"}, status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: somebody tries too often to sign in."""
    return render(request, "bureau/error.html", {"code": 429}, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own mistake."""
    return render(request, "bureau/error.html", {"code": 500}, status=500)
