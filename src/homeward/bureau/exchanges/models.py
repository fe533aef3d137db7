"""What a node keeps of its exchanges beside their offices: who may see which, drafts, what waits for a second hand, the mail.

The record and the keys of an exchange lie in its office's folder (`homeward.office`), not in the database. What is kept here is work
in progress and a log of files; every act that counts is in the office.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from homeward.bureau.vault.fields import SealedBytes, SealedJSON


class Exchange(models.Model):
    """One exchange that this node takes part in. Its office lies in `NODE/exchanges/SLUG`."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)
    #: Terms as uploaded, until the exchange is founded; then the office has the charter.
    terms = models.BinaryField(null=True)
    #: The charter as uploaded or made, until every party has begun.
    charter = models.BinaryField(null=True)
    #: Up to which of this office's own lines the journal tells who signed; see `noting`.
    noted = models.BigIntegerField(default=0)
    #: For who keeps the log: put what arrives into the log and sign a head by itself. Cosigning is always a person's work.
    logs_by_itself = models.BooleanField(default=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug

    @property
    def folder(self) -> Path:
        """The office's folder."""
        return Path(settings.NODE) / "exchanges" / self.slug

    @property
    def subject(self) -> str:
        """How the journal names this exchange."""
        return f"exchange:{self.slug}"


class Assignment(models.Model):
    """An officer who may know of an exchange; to all others it does not exist."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("exchange", "user"), name="assigned_once"),)


class HandedOutKeys(models.Model):
    """A party's file of public keys, as uploaded for the charter."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="public_keys")
    party = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("exchange", "party"), name="keys_of_a_party_once"),)
        ordering = ("party",)


class DraftList(models.Model):
    """A version of this node's own list, as uploaded, before it is committed to. Nothing is written over: the newest counts."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="drafts")
    list_id = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    suffix = models.CharField(max_length=8)
    content = SealedBytes()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    remarked = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    #: The quality report's text in each language: rows and ids, no names.
    report = SealedJSON()
    stops_sending = models.BooleanField()

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=("exchange", "list_id", "version"), name="a_version_once"),)

    @property
    def before(self) -> int:
        """The version before this one; 0 for the first."""
        return self.version - 1


class DraftAnswer(models.Model):
    """An answer to one name of a received list, before it is sent. The act holds the code alone; what it carries is sealed here."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="draft_answers")
    list_id = models.CharField(max_length=40)
    entry = models.CharField(max_length=12)
    code = models.CharField(max_length=40)
    detail = models.CharField(max_length=40, blank=True)
    carries = SealedJSON(default=dict)
    #: An officer chose this answer himself; deriving again leaves it alone.
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("exchange", "entry"), name="one_answer_for_a_name"),)
        ordering = ("entry",)


class DraftPlan(models.Model):
    """A plan that this node computed: ids and numbers only. The newest is the one in use."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="plans")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    plan = models.JSONField()
    #: Person → stage, for people whom an officer has moved; the rest was solved around them.
    moved = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)


class PendingAct(models.Model):
    """A grave act that one officer has asked for and that a second one has to confirm with his own hand."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="pending")
    deed = models.CharField(max_length=40)
    args = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("exchange", "deed", "args"), condition=Q(ended_at__isnull=True), name="asked_for_once"
            ),
        )


class SetAside(models.Model):
    """An overtaken proposal that an officer has put aside, so that it no longer stands among what is to be signed. It can be put back.

    It changes nothing in the record: the proposal is there for everybody.
    """

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="set_aside")
    #: The proposal's leaf hash.
    leaf = models.CharField(max_length=43)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("exchange", "leaf"), condition=Q(undone_at__isnull=True), name="aside_once"),
        )


class Peer(models.Model):
    """Another node of an exchange that both sides have agreed to reach by HTTPS; the token is a secret of the two."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="peers")
    party = models.CharField(max_length=40)
    #: The other node's address for this exchange; empty where only the other side calls.
    url = models.CharField(max_length=300, blank=True)
    token = SealedJSON()
    enabled = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("exchange", "party"), name="a_peer_once"),)
        ordering = ("party",)


class Passage(models.Model):
    """A parcel or record that came or went, by file or by HTTPS, and what it did."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="passages")
    at = models.DateTimeField(auto_now_add=True)
    came = models.BooleanField()
    party = models.CharField(max_length=40, blank=True)
    by_https = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    #: File name in the outbox for what went; empty for what came.
    name = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64)
    acts = models.PositiveIntegerField(default=0)
    signatures = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    #: Sentences about what was refused; they name acts and keys, never people.
    refused = models.JSONField(default=list)
    #: Refused as a whole: the reason.
    failed = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
