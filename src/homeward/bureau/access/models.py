"""Officers of this node."""

from __future__ import annotations

import json

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

from homeward.bureau.access.roles import Role
from homeward.bureau.vault.fields import SealedJSON


class User(AbstractUser):
    """An officer. The login name stands in the journal; how the officer is called is sealed at rest."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    EMAIL_FIELD = ""
    REQUIRED_FIELDS = []

    called = SealedJSON(default=str)
    #: Values of `Role`; written by `homeward.bureau.access.services` alone.
    role_names = models.JSONField(default=list)
    language = models.CharField(max_length=8, default="en")
    #: Which of the office's signing keys this officer's hand is, such as `officer-1`; empty for who signs nothing.
    device = models.CharField(max_length=40, blank=True)
    #: The password was given by somebody else: it is good for signing in once and choosing another.
    must_change_password = models.BooleanField(default=False)
    #: How often all sessions of the officer were ended; a session from before a change is none.
    sessions_ended = models.PositiveIntegerField(default=0)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of this officer."""
        return frozenset(Role(name) for name in self.role_names)

    def get_session_auth_hash(self) -> str:
        """What a session is bound to: with another password, other roles or an ended session it is over at the next request."""
        bound = json.dumps([self.password, sorted(self.role_names), self.sessions_ended])
        return salted_hmac("homeward.bureau.access.session", bound, algorithm="sha256").hexdigest()


class FactorReset(models.Model):
    """A lost second factor: one officer asks that it be taken off, another one grants it. Kept after it is done."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_resets")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("user",), condition=models.Q(closed_at=None), name="one_open_reset_per_officer"),
            models.CheckConstraint(condition=~models.Q(granted_by=models.F("asked_by")), name="reset_granted_by_another"),
        )

    def __str__(self) -> str:
        return f"reset {self.pk} of user {self.user_id}"
