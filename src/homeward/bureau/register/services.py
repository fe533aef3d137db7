"""Writing to the register: adding a person, adding claims, answering an edit conflict. And what other apps ask it for.

Other apps use `people`, `person` and `import_people` alone:

    people(request.user)            everybody whom the officer may know of, with the fields that the officer may see
    people(None)                    everybody whole, for the node's own work; what comes of it is shown to nobody unasked
    person(4821907, request.user)   one of them, or None

A person's `id` is `r-` and its number. Every write makes a line in the journal in the same transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import visible
from homeward.bureau.journal.services import write, write_each
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register import known
from homeward.bureau.register.claims import Provenance, Said, packed, unpacked
from homeward.bureau.register.models import ImportRow, Mark, Revision, Statement
from homeward.bureau.register.models import Person as PersonRow
from homeward.bureau.register.shelf import shelf
from homeward.bureau.vault.keys import key_ring
from homeward.people import Absence, Claim, Field, Person, Row

#: Numbers have seven digits and are drawn by lot: neighbours in number have nothing else in common.
_FIRST, _LAST = 1_000_000, 9_999_999


class ConflictError(Exception):
    """Since the officer opened the form, others added claims on the same fields. `since` are those claims; nothing was written."""

    def __init__(self, since: Sequence[Said], version: int) -> None:
        super().__init__("others added claims on the same fields")
        self.since = tuple(since)
        self.version = version


def people(user: User | None) -> list[Person]:
    """Everybody whom the officer may know of, cut down to what the officer may see, by number; with None everybody, whole."""
    found = known.known(user)
    return [kept.person for kept in found] if user is None else [visible(user, kept.person) for kept in found]


def person(number: int | str, user: User | None = None) -> Person | None:
    """One person by number (4821907 or "r-4821907"), under the same rules as `people`; None when there is none to know of."""
    wanted = number_of(number)
    if wanted is None:
        return None
    if user is None:
        whole = shelf().get(wanted)
        return None if whole is None else whole.person
    found = known.knows(user, wanted)
    return None if found is None else visible(user, found.person)


def number_of(text: int | str) -> int | None:
    """The number in `r-4821907` or 4821907, or None when it is none of the register's.

    >>> number_of("r-4821907"), number_of("REG-7")
    (4821907, None)
    """
    digits = str(text).strip().lower().removeprefix("r-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == len(str(_FIRST)) else None


def add_person(
    claims: Mapping[Field, Claim],
    provenance: Provenance,
    *,
    by: User | None,
    ticket: str | None = None,
    other: Mapping[str, str] | None = None,
    row: ImportRow | None = None,
    revision: int | None = None,
) -> PersonRow:
    """Enter somebody with first claims. A ticket that was used before gives the person whom it made, and changes nothing.

    `revision` is what `touch` gave before in the same transaction, for entering many at once.
    """
    said = [Said("", name, claim, provenance) for name, claim in claims.items()]
    with transaction.atomic():
        made = _made_by(ticket)
        if made is not None:
            return made
        found = PersonRow.objects.create(number=_draw(), revision=touch() if revision is None else revision, version=1)
        _state(found, said, by=by, ticket=ticket, other=other, row=row)
        counts: dict[str, int | str] = {"fields": len(said), **_import_counts(row)}
        write(Tag.REGISTER_PERSON_ADDED, f"person:{found.number}", by=by, counts=counts)
    return found


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom a row of a file brings: what the row says, its columns that no table knows, and its keyed mark."""

    said: Sequence[Said]
    other: Mapping[str, str]
    row: ImportRow
    mark: bytes


def add_people(newcomers: Sequence[Newcomer], *, by: User | None, revision: int) -> list[PersonRow]:
    """Enter many people at once, in their order: what `add_person` writes for each, in five statements for all of them.

    Has to be called inside a transaction, with what `touch` gave in it.
    """
    if not newcomers:
        return []
    made = PersonRow.objects.bulk_create(
        [PersonRow(number=number, revision=revision, version=1) for number in _draw_many(len(newcomers))]
    )
    pairs = list(zip(made, newcomers, strict=True))
    Statement.objects.bulk_create(
        [_statement(found, each.said, by=by, ticket=None, other=each.other, row=each.row) for found, each in pairs]
    )
    marks = [mark for found, each in pairs for mark in _identifiers(found, each.said)]
    Mark.objects.bulk_create([*marks, *(Mark(person=found, kind="row", value=each.mark) for found, each in pairs)])
    told = [(f"person:{found.number}", {"fields": len(each.said), **_import_counts(each.row)}) for found, each in pairs]
    write_each(Tag.REGISTER_PERSON_ADDED, told, by=by)
    return made


def add_claims(
    number: int,
    said: Sequence[Said],
    *,
    seen: int,
    by: User | None,
    ticket: str | None = None,
    other: Mapping[str, str] | None = None,
    row: ImportRow | None = None,
    settled: Collection[str] = (),
) -> PersonRow:
    """Add claims to a person, as of the version that the officer had seen.

    If others added claims on the same fields since then, nothing is written and `ConflictError` holds theirs; the officer decides
    and comes again with those claims in `settled`. Nothing is ever written over: both stay. The database row must exist.
    """
    with transaction.atomic():
        made = _made_by(ticket)
        if made is not None:
            return made
        found = PersonRow.objects.select_for_update().get(number=number)
        fields = {each.field for each in said}
        since = [each for each in claims_since(found, seen) if each.field in fields and each.ref not in settled]
        if since:
            raise ConflictError(since, found.version)
        found.revision = touch()
        found.version += 1
        found.save(update_fields=["version", "revision"])
        _state(found, said, by=by, ticket=ticket, other=other, row=row)
        corrected = sum(len(each.corrects) for each in said)
        more: dict[str, int | str] = {
            "fields": len(said), "corrects": corrected, "version": found.version, **_import_counts(row),
        }  # fmt: skip
        write(Tag.REGISTER_PERSON_CLAIMED, f"person:{number}", by=by, counts=more)
    return found


def claims_of(found: PersonRow) -> list[tuple[Statement, list[Said]]]:
    """All statements about a person with their claims, in the order in which they were entered."""
    rows = Statement.objects.filter(person=found).select_related("by").order_by("id")
    return [(statement, unpacked(statement.content, statement.pk)) for statement in rows]


def claims_since(found: PersonRow, version: int) -> list[Said]:
    """Claims that were entered after a version."""
    rows = Statement.objects.filter(person=found, version__gt=version).order_by("id")
    return [said for statement in rows for said in unpacked(statement.content, statement.pk)]


def decided(mine: Sequence[Said], theirs: Sequence[Said], choice: str) -> list[Said]:
    """The officer's claims after a conflict: `mine` corrects theirs, `theirs` has mine yield to it, `both` lets both stand."""
    assert choice in {"mine", "theirs", "both"}, "a conflict is decided in one of three ways"
    out = []
    for said in mine:
        against = tuple(each.ref for each in theirs if each.field is said.field)
        if choice == "mine":
            out.append(replace(said, corrects=tuple(dict.fromkeys((*said.corrects, *against)))))
        else:
            out.append(replace(said, yields_to=against[-1]) if choice == "theirs" and against else said)
    return out


def import_people(file: Path | Sequence[Row], provenance: Provenance, *, by: User | None) -> Mapping[str, int]:
    """Take a file, or rows that were read from one, into the register in one go; gives how many rows had each outcome."""
    from homeward.bureau.register import services_import  # noqa: PLC0415 - importing builds upon this module.

    return services_import.import_at_once(file, provenance, by=by)


def touch() -> int:
    """Say that the register changes with this transaction. Writers come here one at a time; gives the new revision."""
    row, _ = Revision.objects.select_for_update().get_or_create(pk=1, defaults={"epoch": secrets.token_hex(16), "token": ""})
    row.number += 1
    row.token = secrets.token_hex(16)
    row.save(update_fields=["number", "token"])
    return row.number


def mark_of(kind: str, text: str) -> bytes:
    """The keyed mark of an identifier or a row."""
    return key_ring().mark(text, b"register." + kind.encode("ascii"))


def _state(
    found: PersonRow,
    said: Sequence[Said],
    *,
    by: User | None,
    ticket: str | None,
    other: Mapping[str, str] | None,
    row: ImportRow | None,
) -> None:
    _statement(found, said, by=by, ticket=ticket, other=other, row=row).save()
    Mark.objects.bulk_create(_identifiers(found, said))


def _statement(
    found: PersonRow,
    said: Sequence[Said],
    *,
    by: User | None,
    ticket: str | None,
    other: Mapping[str, str] | None,
    row: ImportRow | None,
) -> Statement:
    content = packed(said, other)
    return Statement(
        person=found, version=found.version, at=timezone.now(), by=by, ticket=ticket or None, row=row, content=content
    )


def _identifiers(found: PersonRow, said: Sequence[Said]) -> list[Mark]:
    """The marks of the identifiers that a list gave."""
    identifiers = {
        str(each.claim.value)
        for each in said
        if each.field is Field.ID and each.claim is not None and not isinstance(each.claim.value, Absence)
    }
    return [Mark(person=found, kind="id", value=mark_of("id", each)) for each in sorted(identifiers)]


def _draw() -> int:
    return _draw_many(1)[0]


def _draw_many(count: int) -> list[int]:
    """Numbers that nobody has."""
    drawn: set[int] = set()
    while len(drawn) < count:
        wanted = {_FIRST + secrets.randbelow(_LAST - _FIRST + 1) for _ in range(count - len(drawn))}
        drawn |= wanted - set(PersonRow.objects.filter(number__in=wanted).values_list("number", flat=True))
    # By lot, too, which of them is the first: a set has an order of its own.
    numbers = sorted(drawn)
    secrets.SystemRandom().shuffle(numbers)
    return numbers


def _made_by(ticket: str | None) -> PersonRow | None:
    made = Statement.objects.select_related("person").filter(ticket=ticket).first() if ticket else None
    return made.person if made is not None else None


def _import_counts(row: ImportRow | None) -> dict[str, int]:
    return {} if row is None else {"import": row.of_id, "row": row.number}
