"""What this node asks of the login library: nobody signs up alone, and secrets of second factors are sealed at rest."""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from homeward.bureau.vault.keys import key_ring

_PURPOSE = b"mfa"


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc] # The library has no types.
    """Officers are added by an administrator."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, **_: object) -> bool:
        """Signing in counts as having confirmed who one is, as long as a confirmation counts: `needs(…, again=True)` asks here."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library's notes, such as "signed in as …", would be kept beside the session; the pages say what there is to say."""


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc] # The library has no types.
    """TOTP secrets and recovery seeds as ciphertext: a stolen database signs nobody in."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(key_ring().seal(text.encode("utf-8"), _PURPOSE)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return key_ring().open(base64.b64decode(encrypted_text), _PURPOSE).decode("utf-8")

    def get_user_display_name(self, user: Any) -> str:
        return str(user.username)
