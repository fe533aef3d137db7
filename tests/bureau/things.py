"""What addresses name, for the matrix: each function makes it and gives the words of the address, for yours and for not yours.

    def officer() -> Words:
        return {"number": somebody.pk}, {"number": 0}

Made once for an address, in a transaction that is undone after every try. Use a number that does not exist, or better something that
exists and is hidden from every role, for what is not yours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.access.services import ask_factor_reset
from tests.bureau.conftest import make_officer

Words = tuple[Mapping[str, Any], Mapping[str, Any]]


def officer() -> Words:
    """Somebody else on the node; there is nobody with the number 0."""
    return {"number": make_officer("somebody", Role.REVIEWER).pk}, {"number": 0}


def reset() -> Words:
    """A lost second factor, for which an administrator has asked."""
    asking = ask_factor_reset(make_officer("somebody", Role.REVIEWER), by=make_officer("asking", Role.ADMINISTRATOR))
    return {"number": asking.pk}, {"number": 0}


def key_of_another() -> Words:
    """A security key of another officer, which nobody else may know of."""
    owner: User = make_officer("owner", Role.REVIEWER)
    key = Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    return {"pk": key.pk}, {"pk": key.pk}


THINGS: Mapping[str, Callable[[], Words]] = {each.__name__: each for each in (officer, reset, key_of_another)}
