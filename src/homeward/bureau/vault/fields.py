"""Database columns whose values are sealed: what Python sees is a JSON value or bytes, what the disk holds is ciphertext.

They cannot be searched or sorted by the database. Searching a register by name is done in memory (`homeward.matching.search`); an
exact value that must be found again gets a keyed mark beside it (`KeyRing.mark`).
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from homeward.bureau.vault.keys import key_ring


class SealedBytes(models.BinaryField):  # type: ignore[type-arg] # django-stubs leaves the two types open here.
    """Bytes, sealed at rest."""

    @property
    def _purpose(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        return super().get_db_prep_value(key_ring().seal(self._to_bytes(value), self._purpose), connection, prepared)

    def from_db_value(self, value: Any, _expression: object, _connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else self._from_bytes(key_ring().open(bytes(value), self._purpose))

    def _to_bytes(self, value: Any) -> bytes:
        return bytes(value)

    def _from_bytes(self, value: bytes) -> Any:
        return value


class SealedJSON(SealedBytes):
    """A JSON value (objects, lists, text, whole numbers), sealed at rest."""

    def _to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")

    def _from_bytes(self, value: bytes) -> Any:
        return json.loads(value)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)
