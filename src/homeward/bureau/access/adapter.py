"""What this node asks of the login library: nobody signs up alone, and secrets of second factors are sealed at rest."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from homeward.bureau.vault.keys import key_ring

_PURPOSE = b"mfa"


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc] # The library has no types.
    """Officers are added by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc] # The library has no types.
    """TOTP secrets and recovery seeds as ciphertext: a stolen database signs nobody in."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(key_ring().seal(text.encode("utf-8"), _PURPOSE)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return key_ring().open(base64.b64decode(encrypted_text), _PURPOSE).decode("utf-8")

    def get_user_display_name(self, user: Any) -> str:
        return str(user.username)
