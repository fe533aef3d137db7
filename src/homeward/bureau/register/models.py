"""People of the register, what was said about each, who may know of specially protected ones, and what was imported and exported.

No column here holds a name, a date or a place of a person in the clear: values lie in sealed columns, and what must be found again
exactly has a keyed mark. The number of a person is drawn by lot, so that neither it nor a gap between numbers says anything.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from homeward.bureau.vault.fields import SealedBytes, SealedJSON

_USER = settings.AUTH_USER_MODEL


class Revision(models.Model):
    """One row, which every change of the register rewrites: by it a process sees that what it keeps in memory is out of date.

    `epoch` is drawn when the row is made, `token` at each change.
    """

    number = models.PositiveBigIntegerField(default=0)
    epoch = models.CharField(max_length=32)
    token = models.CharField(max_length=32)


class Person(models.Model):
    """Somebody whom the register knows, by number. What is known is in the statements."""

    number = models.PositiveIntegerField(unique=True)
    created = models.DateTimeField(default=timezone.now)
    #: Specially protected: only named readers know of this person.
    protected = models.BooleanField(default=False)
    #: How many statements there are; a form says which version it was written upon.
    version = models.PositiveIntegerField(default=0)
    #: The revision of the register that changed this person last.
    revision = models.PositiveBigIntegerField(default=0, db_index=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"r-{self.number}"


class Statement(models.Model):
    """What one source said about one person on one occasion: claims, packed by `homeward.bureau.register.claims`, sealed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements")
    #: The version of the person that this statement made.
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    #: Given by the page that sent it, so that a form sent twice counts once.
    ticket = models.CharField(max_length=64, null=True, unique=True)
    row = models.ForeignKey("ImportRow", null=True, on_delete=models.PROTECT, related_name="+")
    content = SealedJSON()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=("person", "version"), name="register_statement_version")]

    def __str__(self) -> str:
        return f"{self.person_id} version {self.version}"


class Mark(models.Model):
    """A keyed mark by which a person is found again: of an identifier that a list gave (`id`), or of a whole row (`row`)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=4)
    value = models.BinaryField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=("kind", "value"), name="register_mark_value")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class NamedReader(models.Model):
    """Who may know of a specially protected person, since when, and until when if that is over."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.user_id} reads {self.person_id}"


class Emergency(models.Model):
    """Break-glass: an officer opened specially protected people for a time, said why, and a second officer is told."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    kind = models.CharField(max_length=20)
    #: `reason` in words, and what was `sought`: a number or a name.
    content = SealedJSON()
    people = models.ManyToManyField(Person, related_name="emergencies")
    seen_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"emergency {self.pk} of {self.user_id}"

    @property
    def open(self) -> bool:
        """Whether it still opens anything."""
        return self.ended_at is None and timezone.now() < self.until


class Import(models.Model):
    """A file of people on its way into the register. `state` goes staged → applying → applied, or staged → dropped."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="staged")
    #: SHA-256 of the file.
    digest = models.CharField(max_length=64, db_index=True)
    file = SealedBytes()
    #: The file's name, sheet, columns and remarks, and the provenance of its claims.
    content = SealedJSON()
    #: How many rows there are of each verdict and action; nothing personal.
    counts = models.JSONField(default=dict)
    finished = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportRow(models.Model):
    """One row of a file: what the reader made of it, what would be done with it, and what was done."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    #: The row's number as a spreadsheet shows it.
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10)
    #: A key of `homeward.bureau.register.actions.ACTIONS`.
    action = models.CharField(max_length=10)
    #: Whether it probably repeats somebody, in the file or in the register.
    likely = models.BooleanField(default=False)
    #: "" for what the table says, or "apply", "both", "skip" as an officer chose.
    choice = models.CharField(max_length=10, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    #: The version of the person that the file or the dry run saw.
    base = models.PositiveIntegerField(null=True)
    #: "" while nothing was done, then a key of `homeward.bureau.register.actions.OUTCOMES`.
    outcome = models.CharField(max_length=10, blank=True)
    #: The person as plain values, the remarks, likely duplicates.
    content = SealedJSON()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("of", "number"), name="register_import_row_number")]
        indexes = [models.Index(fields=("of", "outcome"), name="register_import_row_outcome")]

    def __str__(self) -> str:
        return f"row {self.number} of import {self.of_id}"


class Export(models.Model):
    """A file of people that left the register. Its watermark stands in every row of the file."""

    watermark = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    ending = models.CharField(max_length=8)
    #: Why, which fields, and the numbers of the people in it.
    content = SealedJSON()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"export {self.watermark}"
