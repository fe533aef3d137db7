"""Sessions sealed at rest, found by a keyed mark: a stolen copy of the database opens none of them and holds no cookie that works.

A session may hold what an officer had typed when the node asked for the password again, so it is sealed like any personal field.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from homeward.bureau.vault.keys import VaultError, key_ring

_PURPOSE = b"session"


class SessionStore(DatabaseStore):
    """`SESSION_ENGINE = "homeward.bureau.vault.sessions"`."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain = json.dumps(session_dict, separators=(",", ":")).encode("utf-8")
        return base64.b64encode(key_ring().seal(plain, _PURPOSE)).decode("ascii")

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            opened = json.loads(key_ring().open(base64.b64decode(session_data), _PURPOSE))
        except (ValueError, VaultError):
            return {}  # Another node's, or from before its keys were lost: whoever has it signs in again.
        assert isinstance(opened, dict), "a session is an object"
        return opened

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=_marked(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=_marked(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        made = super().create_model_instance(data)
        made.session_key = _marked(made.session_key)
        return made

    def _get_session_from_db(self) -> Session | None:
        assert self.session_key is not None, "asked for a session without a key"
        found = Session.objects.filter(session_key=_marked(self.session_key), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found


def _marked(session_key: str) -> str:
    return key_ring().mark(session_key, _PURPOSE).hex()
