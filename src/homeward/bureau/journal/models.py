"""One line of the journal. It is never changed or deleted: the database refuses (see the first migration), and so does Django."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from homeward.bureau.journal.words import says
from homeward.bureau.vault.fields import SealedJSON


class Line(models.Model):
    """Who did what to whom, when. `subject` is a number like `person:417`, never a name; values go sealed into `detail`."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    #: None for what the node does by itself, and for a login that failed.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    #: A value of `Tag`.
    tag = models.CharField(max_length=40, db_index=True)
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    #: Counts and codes that hold nothing personal, for filters and reports.
    counts = models.JSONField(default=dict)
    detail = SealedJSON(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.tag} {self.subject}"

    @property
    def says(self) -> str:
        """The line's kind as a sentence in the reader's language."""
        return says(self.tag)

    def save(self, *args: Any, **kwargs: Any) -> None:
        assert self.pk is None, "a line of the journal is not written over"
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AssertionError("a line of the journal is not deleted")
