"""A job: who asked for what, where it stands, which worker holds it until when, and how far it is."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from homeward.bureau.jobs.states import OPEN, State
from homeward.bureau.vault.fields import SealedBytes, SealedJSON


class Job(models.Model):
    """One piece of long work. Names stand in the sealed columns alone: `file`, `asked` and `told`."""

    #: A key of `homeward.bureau.jobs.kinds.KINDS`.
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    #: The language of the page on which it was asked for; errors are told in it.
    language = models.CharField(max_length=8)
    state = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in State], default=State.WAITING.value, db_index=True
    )
    at = models.DateTimeField(default=timezone.now)
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    #: When the officer first saw that it had ended.
    seen = models.DateTimeField(null=True)
    #: The worker that has it, and until when nobody else may take it. The worker puts this off while it works.
    holder = models.CharField(max_length=32, blank=True)
    lease = models.DateTimeField(null=True)
    #: How often a worker has begun it; more than once after a worker was killed.
    tries = models.PositiveSmallIntegerField(default=0)
    #: A key of `homeward.bureau.jobs.kinds.STEPS`, and how many of its rows are done; `total` is 0 where it is not known.
    step = models.CharField(max_length=12, blank=True)
    rows = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    #: What it works on or has made, by number: "import:17", "run:4", "list:autumn/home-BB".
    about = models.CharField(max_length=200, blank=True)
    #: What the kind needs to know, such as the file's name. Emptied like `file` when the job ends, but for the `title`.
    asked = SealedJSON(default=dict)
    file = SealedBytes(default=b"")
    #: Why it failed, with the remedy.
    told = SealedJSON(null=True)

    class Meta:
        ordering: ClassVar = ("-id",)
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("kind",), condition=models.Q(state=State.RUNNING.value), name="jobs_one_running_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=("kind", "by", "about"),
                condition=models.Q(state__in=sorted(each.value for each in OPEN)) & ~models.Q(about=""),
                name="jobs_one_open_about_a_thing",
            ),
        )
        indexes: ClassVar = (models.Index(fields=("by", "state")),)

    def __str__(self) -> str:
        return f"job {self.pk}"
