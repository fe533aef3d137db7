"""A stage's manifest at this node: vehicles, who sits where, ticks, departures.

Ticks and departures are only ever added (the database holds that). A tick has the number (UUID) that the tablet gave it, and that
number is unique: sent twice, it is one row. What somebody is called lies sealed in the line; the record's id does not.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from homeward.bureau.vault.fields import SealedJSON
from homeward.exchange.acts import Role


class Manifest(models.Model):
    """Who goes in one stage, as this node wrote it down for the day. The newest of a stage counts."""

    exchange = models.CharField(max_length=80)
    stage = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ("-id",)

    def __str__(self) -> str:
        return f"manifest {self.pk}"


class Vehicle(models.Model):
    """One vehicle of one side. `role` says what this node does there: hand over, or receive."""

    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="vehicles")
    place = models.PositiveIntegerField()
    side = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    role = models.CharField(max_length=10, choices=[(each.value, each.value) for each in (Role.HOLDER, Role.RECEIVER)])
    seats = models.PositiveIntegerField()
    stretchers = models.PositiveIntegerField()
    escorts = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ("place",)
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("manifest", "side", "code"), name="handover_vehicle_code"),
            models.UniqueConstraint(fields=("manifest", "place"), name="handover_vehicle_place"),
        )

    def __str__(self) -> str:
        return f"vehicle {self.pk}"


class Line(models.Model):
    """One person on the manifest: the record's id, the seat, and, sealed, what this node's own opened list says of the person."""

    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, related_name="lines")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    person = models.CharField(max_length=12)
    seat = models.CharField(max_length=8)
    #: {"person": the person as plain values, or null; "family": the family's number on this manifest, or null}
    about = SealedJSON()

    class Meta:
        ordering: ClassVar = ("place",)
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("manifest", "person"), name="handover_line_person"),
            models.UniqueConstraint(fields=("vehicle", "place"), name="handover_line_place"),
        )

    def __str__(self) -> str:
        return f"line {self.pk}"


class Tick(models.Model):
    """What an officer ticked for a person, or took back. `key` comes from the tablet and is one in the whole database."""

    key = models.UUIDField(unique=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="ticks")
    #: An outcome's code (`homeward.bureau.handover.outcomes`), or "" when the row takes an earlier tick back.
    outcome = models.CharField(max_length=40, blank=True)
    #: The key of the tick that this row takes back; it may come before that tick does.
    takes_back = models.UUIDField(null=True)
    #: When the tablet says that it was ticked; the order of rows is the order of arrival.
    ticked_at = models.DateTimeField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ("id",)

    def __str__(self) -> str:
        return f"tick {self.key}"


class Departure(models.Model):
    """A vehicle has left: both sides counted the same people at it. After this no tick is taken."""

    vehicle = models.OneToOneField(Vehicle, on_delete=models.PROTECT, related_name="departure")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ours = models.PositiveIntegerField()
    theirs = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"departure of vehicle {self.vehicle_id}"


class Signing(models.Model):
    """A departed vehicle's ticks have been signed into the record as acts, all of them at once."""

    vehicle = models.OneToOneField(Vehicle, on_delete=models.PROTECT, related_name="signing")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acts = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"signing of vehicle {self.vehicle_id}"
