"""How a view says what it needs. A view that says nothing is refused to everybody (`homeward.bureau.access.middleware`).

    @needs(Permission.REGISTER_PERSON_READ)
    def person(request: HttpRequest, number: int) -> HttpResponse: ...

`again=True` asks for the password or the second factor once more when the last time is over five minutes ago: for signing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission

View = Callable[..., HttpResponse]
V = TypeVar("V", bound=View)


class OfficerRequest(HttpRequest):
    """A request of a signed-in officer, which is what every view with `needs` gets."""

    user: User


def needs(*permissions: Permission, again: bool = False) -> Callable[[V], V]:
    """The view may be used by an officer with any of these permissions; with none given, by every signed-in officer."""

    def mark(view: V) -> V:
        guarded: Any = reauthentication_required(view) if again else view

        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return cast("HttpResponse", guarded(request, *args, **kwargs))

        wrapped.needs = permissions  # type: ignore[attr-defined]
        wrapped.again = again  # type: ignore[attr-defined]
        return cast("V", wrapped)

    return mark


def public(view: V) -> V:
    """The view may be used without a login."""
    view.needs = None  # type: ignore[attr-defined]
    return view
