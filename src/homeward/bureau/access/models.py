"""Officers of this node."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from homeward.bureau.access.roles import Role
from homeward.bureau.vault.fields import SealedJSON


class User(AbstractUser):
    """An officer. The login name stands in the journal; how the officer is called is sealed at rest."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    EMAIL_FIELD = ""
    REQUIRED_FIELDS = []  # noqa: RUF012 - Django's own form of it.

    called = SealedJSON(default=str)
    #: Values of `Role`; written by `homeward.bureau.access.services` alone.
    role_names = models.JSONField(default=list)
    language = models.CharField(max_length=8, default="en")
    #: Which of the office's signing keys this officer's hand is, such as `officer-1`; empty for who signs nothing.
    device = models.CharField(max_length=40, blank=True)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of this officer."""
        return frozenset(Role(name) for name in self.role_names)
