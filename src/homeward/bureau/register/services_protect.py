"""Special protection: who may know of a person, and break-glass for when that has to be opened at once.

Protecting somebody names at least one reader. For everybody else the person is gone from that moment: pages, lists, searches,
panels of duplicates, imports, exports and counts. Break-glass opens such a person to one officer for the minutes that the table of
grounds gives; it makes a card on the desk of whoever reviews it until a second officer has acknowledged it, also when it found nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import fields_seen, may
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register.emergencies import GROUNDS, LEAST_REASON, MOST_PEOPLE
from homeward.bureau.register.models import Emergency, NamedReader, Person
from homeward.bureau.register.services import number_of, touch
from homeward.bureau.register.services_reads import note_reads
from homeward.bureau.register.shelf import SEARCHED, Kept, index_of, shelf


def protect(number: int, readers: Collection[User], reason: str, *, by: User) -> None:
    """Protect a person, or say anew who the readers are. Readers must be officers who may read the register at all."""
    assert may(by, Permission.REGISTER_PERSON_PROTECT), "the view has asked for the permission"
    assert readers, "somebody has to know of a protected person"
    now = timezone.now()
    with transaction.atomic():
        person = Person.objects.select_for_update().get(number=number)
        before = {reader.user_id for reader in person.readers.filter(until=None)}
        after = {user.pk for user in readers}
        person.readers.filter(until=None, user_id__in=before - after).update(until=now)
        NamedReader.objects.bulk_create([NamedReader(person=person, user_id=pk, by=by) for pk in sorted(after - before)])
        tag = Tag.REGISTER_READERS_CHANGED if person.protected else Tag.REGISTER_PERSON_PROTECTED
        person.protected, person.revision = True, touch()
        person.save(update_fields=["protected", "revision"])
        counts: dict[str, int | str] = {"protected": 1, "readers": len(after)}
        write(tag, f"person:{number}", by=by, counts=counts, detail={"reason": reason, "readers": sorted(after)})


def unprotect(number: int, reason: str, *, by: User) -> None:
    """End the protection; everybody whose role reads the register knows of the person again."""
    assert may(by, Permission.REGISTER_PERSON_PROTECT), "the view has asked for the permission"
    with transaction.atomic():
        person = Person.objects.select_for_update().get(number=number, protected=True)
        person.readers.filter(until=None).update(until=timezone.now())
        person.protected, person.revision = False, touch()
        person.save(update_fields=["protected", "revision"])
        write(Tag.REGISTER_PERSON_PROTECTED, f"person:{number}", by=by, counts={"protected": 0}, detail={"reason": reason})


def break_glass(ground: str, reason: str, sought: str, *, by: User) -> Emergency:
    """Open the specially protected people who are sought, by number or by name, to this officer for a time.

    It is written down and told to a second officer whether or not it finds anybody, so that nobody can fish in secret.
    """
    assert ground in GROUNDS, "a ground is one of the table"
    assert len(reason.strip()) >= LEAST_REASON, "the form asks for a reason in words"
    found = _sought(sought, by)
    until = timezone.now() + timedelta(minutes=GROUNDS[ground].minutes)
    with transaction.atomic():
        one = Emergency.objects.create(user=by, until=until, kind=ground, content={"reason": reason, "sought": sought})
        one.people.set([kept.key for kept in found])
        counts: dict[str, int | str] = {"found": len(found), "ground": ground, "minutes": GROUNDS[ground].minutes}
        detail = {"reason": reason, "sought": sought, "numbers": [kept.number for kept in found]}
        write(Tag.ACCESS_BREAK_GLASS_OPENED, f"emergency:{one.pk}", by=by, counts=counts, detail=detail)
        note_reads(by, found, "emergency")
    return one


def end(emergency: Emergency, *, by: User) -> None:
    """Close it before its time."""
    with transaction.atomic():
        one = Emergency.objects.select_for_update().get(pk=emergency.pk)
        if one.ended_at is None:
            one.ended_at = timezone.now()
            one.save(update_fields=["ended_at"])
            write(Tag.ACCESS_BREAK_GLASS_ENDED, f"emergency:{one.pk}", by=by)


def acknowledge(emergency: Emergency, *, by: User) -> None:
    """A second officer has seen it. Nobody acknowledges an emergency of their own."""
    assert emergency.user_id != by.pk, "the view answers 404 for one's own"
    with transaction.atomic():
        one = Emergency.objects.select_for_update().get(pk=emergency.pk)
        if one.seen_at is None:
            one.seen_by, one.seen_at = by, timezone.now()
            one.save(update_fields=["seen_by", "seen_at"])
            write(Tag.ACCESS_BREAK_GLASS_SEEN, f"emergency:{one.pk}", by=by)


def _sought(sought: str, by: User) -> list[Kept]:
    kept = shelf()
    number = number_of(sought)
    if number is not None:
        found = kept.get(number)
        return [found] if found is not None and found.protected else []
    protected = [one for one in kept.everybody() if one.protected]
    fields = fields_seen(by) & SEARCHED
    if not protected or not fields:
        return []
    # Only whoever answers every word that was given is opened: one name of three is not enough.
    by_number = {str(one.number): one for one in protected}
    hits = index_of(protected, fields).search(sought, limit=10 * MOST_PEOPLE)
    exact = [hit for hit in hits if not any(bar.code == "different" for bar in hit.evidence)]
    return [by_number[number] for number in list(dict.fromkeys(hit.id for hit in exact))[:MOST_PEOPLE]]
