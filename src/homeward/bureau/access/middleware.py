"""Deny by default: every request passes here before its view, in this order.

1. A view without `needs` or `public` is refused: somebody forgot to say who may use it.
2. Without a login: to the login page (or 401 for a request of HTMX).
3. With a password that somebody else gave: to the page that changes it.
4. Without a second factor: to the page that sets one up. All staff have one.
5. Without any of the permissions that the view names: 403.

Whether a person or an exchange is one that this officer may know of at all is the view's own question, and its answer is 404.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may

#: Modules whose views look after themselves: logging in, second factor, static files.
_OWN_RULES = ("allauth.", "django.contrib.staticfiles.", "django.views.static", "django.views.i18n")


class DenyByDefault:
    """The middleware. It must come after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # What an officer has seen stays in no browser's store: the next one at the same desk may have another role.
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if getattr(view, "__module__", "").startswith(_OWN_RULES):
            return None
        assert hasattr(view, "needs"), f"{view.__module__}.{view.__name__} does not say who may use it"
        permissions: tuple[Permission, ...] | None = view.needs
        if permissions is None:
            return None
        user = request.user
        if not isinstance(user, User):
            if request.headers.get("HX-Request"):
                return HttpResponse(status=401, headers={"HX-Refresh": "true"})
            return redirect_to_login(request.get_full_path())
        if user.must_change_password:
            return redirect("account_change_password")
        if not is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        if permissions and not any(may(user, each) for each in permissions):
            raise PermissionDenied
        return None
