"""Runs of proposals, the pairs that officers decide about, and their words.

A pair is two records as the officers saw them; it belongs to one list of one exchange, whichever run proposed it, so that a pair
settled once is settled in the next run too, until one of its records changes: then it is another pair about the same question
(`question_mark` is equal, `seen_mark` is not). What people's records say is sealed; the marks are keyed, so that they tell nothing.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from homeward.bureau.review.standing import Said, State
from homeward.bureau.vault.fields import SealedJSON
from homeward.lists import Question


class Run(models.Model):
    """One comparison of a list with itself and with the register. `exchange` is "" for a list that belongs to none."""

    exchange = models.CharField(max_length=80, blank=True)
    list_id = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at_least = models.FloatField()
    entries = models.PositiveIntegerField()
    register = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ("-id",)

    def __str__(self) -> str:
        return f"run {self.pk}"


class Entry(models.Model):
    """One entry of the list as it was when the run was made; answers are derived for every one of them."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="listed")
    place = models.PositiveIntegerField()
    person = SealedJSON()

    class Meta:
        ordering: ClassVar = ("place",)
        constraints: ClassVar = (models.UniqueConstraint(fields=("run", "place"), name="review_entry_place"),)

    def __str__(self) -> str:
        return f"entry {self.place} of run {self.run_id}"


class Pair(models.Model):
    """Two records, as they were seen, and where the officers' words on them stand."""

    exchange = models.CharField(max_length=80, blank=True)
    list_id = models.CharField(max_length=80)
    question = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Question])
    question_mark = models.CharField(max_length=32)
    seen_mark = models.CharField(max_length=32)
    #: What `homeward.lists.Pair` holds but for the machine's reasons: id, fingerprint, both records.
    seen = SealedJSON()
    #: The fold of the words (`homeward.bureau.review.standing`), written with every word in one transaction.
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in State], default=State.OPEN.value)
    #: Who gave the word that waits for a second, or asked for the undoing.
    waits_on = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    #: The register's own number of the right record, when it has one; for the rule about specially protected people.
    register_number = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("exchange", "list_id", "question_mark", "seen_mark"), name="review_pair_once"),
        )
        indexes: ClassVar = (models.Index(fields=("exchange", "list_id", "state")),)

    def __str__(self) -> str:
        return f"pair {self.pk}"


class Proposal(models.Model):
    """A pair as one run proposed it: the reasons, and how early it comes in the queue (`homeward.bureau.review.queue`)."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="proposals")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="proposals")
    place = models.PositiveIntegerField()
    weight = models.IntegerField()
    reasons = SealedJSON()

    class Meta:
        ordering: ClassVar = ("weight", "place")
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("run", "pair"), name="review_proposal_pair"),
            models.UniqueConstraint(fields=("run", "place"), name="review_proposal_place"),
        )

    def __str__(self) -> str:
        return f"proposal {self.place} of run {self.run_id}"


class Word(models.Model):
    """One officer's word on a pair. Rows are only added: the database refuses everything else (second migration)."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="words")
    number = models.PositiveIntegerField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Said])
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ("pair", "number")
        constraints: ClassVar = (models.UniqueConstraint(fields=("pair", "number"), name="review_word_number"),)

    def __str__(self) -> str:
        return f"word {self.number} on pair {self.pair_id}"
