"""What an import would do, row by row, before it does anything. Reads the register as one officer may know it, writes nothing.

A row belongs to a person of the register when it carries that person's register number (`r-4821907`), or an identifier that a list
gave before and a name that is not somebody else's. Names alone never join a row to a person: they only make it a likely duplicate,
which is shown and does not stop anything. A row is never shown as a duplicate of the person it belongs to.

Somebody whom the officer may not know of is not there: such a row is a new person, or an unknown number, as anywhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import fields_seen, visible
from homeward.bureau.register import known
from homeward.bureau.register.claims import Provenance, Said, unpacked
from homeward.bureau.register.fold import fold
from homeward.bureau.register.models import Mark, Statement
from homeward.bureau.register.services import mark_of, number_of
from homeward.bureau.register.shelf import Kept
from homeward.matching import match, match_self
from homeward.people import Absence, Claim, Field, Person, Progress, Row
from homeward.people.plain import to_plain
from homeward.people.words import absence_of

#: Headings of our own exports, which come back with them; "version" says what the file's writer had seen.
VERSION, WATERMARK = ("version", "версія"), ("export", "експорт")
#: From here on a row is said to be a likely duplicate; from `_NAMED` on a possible one is listed.
LIKELY, _NAMED = 0.5, 0.05
#: So many possible duplicates are listed for one row.
MOST = 20
_CHUNK = 500


@dataclass
class Planned:
    """One row: what would be done with it, to whom, and who else it may be."""

    row: Row
    action: str
    person: Kept | None = None
    base: int | None = None
    #: Fields that the row adds to the person or changes.
    fields: tuple[Field, ...] = ()
    #: Likely duplicates: a row of the file ("row", 17) or a person of the register ("person", 4821907), and how probable.
    twins: list[tuple[str, int, float]] = field(default_factory=list)

    @property
    def likely(self) -> bool:
        """Whether it probably repeats somebody; several namesakes share what there is to share."""
        return sum(chance for _, _, chance in self.twins) >= LIKELY


#: Told what comes next, by a key of `homeward.bureau.jobs.kinds.STEPS`; gives the progress of it.
Step = Callable[[str], Progress]


def dry_run(rows: Sequence[Row], provenance: Provenance, user: User | None, *, step: Step) -> list[Planned]:
    """Plan every row of a file for this officer."""
    step("register")
    everybody = {kept.number: kept for kept in known.known(user)}
    readable = [row for row in rows if row.person is not None]
    twins = _twins(readable, everybody, user, step("comparing"))
    marked = _marked(readable, provenance, {kept.key: kept for kept in everybody.values()})
    planned = [_target(row, provenance, everybody, marked, twins.get(row.number, [])) for row in rows]
    said = _said({each.person.key for each in planned if each.person is not None and each.action != "same"})
    for each in planned:
        if each.person is not None and each.action in {"update", "differs"}:
            _compare(each, said.get(each.person.key, []), provenance, user)
            each.twins = [twin for twin in each.twins if twin[:2] != ("person", each.person.number)]
    return planned


def row_mark(person: Person, provenance: Provenance) -> bytes:
    """The keyed mark of what a row says, by which the same row of the same kind of source is known again."""
    plain = to_plain(Person("", person.claims, None, own_columns_left_out(person.other)))
    return mark_of("row", json.dumps([provenance.kind, plain], ensure_ascii=False, sort_keys=True))


def own_columns_left_out(other: Mapping[str, str]) -> dict[str, str]:
    """Columns that no table knows, without those that our own exports add."""
    return {heading: text for heading, text in other.items() if heading.casefold() not in VERSION + WATERMARK}


def claims_of_row(person: Person, provenance: Provenance) -> list[Said]:
    """The claims of a row. A register number is the row's address and no claim."""
    return [
        Said("", name, claim, provenance)
        for name, claim in person.claims.items()
        if name is not Field.ID or _register_number(person) is None
    ]


def news(row: Person, claims: Sequence[Said], said: Sequence[tuple[int, Said]], base: int) -> list[Said]:
    """What a row says that the register did not have.

    A row of one of our own exports says with its version what its writer had before him: news is what he changed, unless the
    register says the same by now. Any other row is news where no source of the same kind has said the same before.
    """
    if _version(row) is None:
        before = {(one.field, _value(one.claim), one.provenance.kind) for _, one in said}
        return [one for one in claims if (one.field, _value(one.claim), one.provenance.kind) not in before]
    had = fold(one for version, one in said if version <= base).person("").claims
    now = fold(one for _, one in said).person("").claims
    return [one for one in claims if _value(one.claim) not in {_value(had.get(one.field)), _value(now.get(one.field))}]


def _value(claim: Claim | None) -> object:
    """What two claims must share to say the same: the value, or the written text where no value could be read from it."""
    if claim is None:
        return None
    unread = isinstance(claim.value, Absence) and absence_of(claim.written) is None
    return claim.written.casefold() if unread else claim.value


def _register_number(person: Person) -> int | None:
    text = person.text(Field.ID) or ""
    return number_of(text) if text.strip().lower().startswith("r-") else None


def _version(person: Person) -> int | None:
    for heading, text in person.other.items():
        if heading.casefold() in VERSION and text.strip().isdigit():
            return int(text)
    return None


def _marked(rows: Sequence[Row], provenance: Provenance, by_key: Mapping[int, Kept]) -> dict[bytes, list[Kept]]:
    """Whom the marks of these rows and of their identifiers belong to, among the people whom the officer may know of."""
    wanted: list[bytes] = []
    for row in rows:
        assert row.person is not None, "only rows with a person are looked for"
        wanted.append(row_mark(row.person, provenance))
        if row.person.text(Field.ID):
            wanted.append(mark_of("id", str(row.person.text(Field.ID))))
    found: dict[bytes, list[Kept]] = {}
    for start in range(0, len(wanted), _CHUNK):
        for mark in Mark.objects.filter(value__in=wanted[start : start + _CHUNK]).order_by("id"):
            kept = by_key.get(mark.person_id)
            if kept is not None and kept not in found.setdefault(bytes(mark.value), []):
                found[bytes(mark.value)].append(kept)
    return found


def _target(
    row: Row,
    provenance: Provenance,
    everybody: Mapping[int, Kept],
    marked: Mapping[bytes, list[Kept]],
    twins: list[tuple[str, int, float]],
) -> Planned:
    if row.person is None:
        return Planned(row, "refused")
    same = marked.get(row_mark(row.person, provenance), [])
    number = _register_number(row.person)
    if same and number in {None, same[0].number}:
        return Planned(row, "same", same[0])
    if number is not None:
        kept = everybody.get(number)
        if kept is None:
            return Planned(row, "unknown")
        version = _version(row.person)
        base = min(version, kept.version) if version is not None else kept.version
        return Planned(row, "update", kept, base, twins=twins)
    bearers = marked.get(mark_of("id", str(row.person.text(Field.ID))), []) if row.person.text(Field.ID) else []
    near = {number for kind, number, chance in twins if kind == "person" and chance >= _NAMED}
    for kept in bearers:
        if kept.number in near:
            return Planned(row, "update", kept, kept.version, twins=twins)
    if bearers:
        return Planned(row, "differs", bearers[0], bearers[0].version, twins=twins)
    return Planned(row, "new", twins=twins)


def _compare(each: Planned, said: Sequence[tuple[int, Said]], provenance: Provenance, user: User | None) -> None:
    """Settle what a row adds to its person. What the officer may not see is not compared: the answer would tell it."""
    assert each.row.person is not None, "a row that belongs to a person was read"
    assert each.base is not None, "a row that belongs to a person has seen a version of it"
    fields = fields_seen(user) if user is not None else frozenset(Field)
    claims = claims_of_row(each.row.person, provenance)
    seen = [claim for claim in claims if claim.field in fields]
    new = news(each.row.person, seen, said, each.base)
    unseen = [claim for claim in claims if claim.field not in fields]
    each.fields = tuple(claim.field for claim in new)
    if each.action == "differs":
        return
    since = {one.field for version, one in said if version > each.base} & fields
    if since & set(each.fields):
        each.action = "conflict"
    elif not new and not unseen:
        each.action = "same"


def _said(keys: Collection[int]) -> dict[int, list[tuple[int, Said]]]:
    """For each person the claims so far, each with the version that it made."""
    found: dict[int, list[tuple[int, Said]]] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        for statement in Statement.objects.filter(person_id__in=ordered[start : start + _CHUNK]).order_by("id"):
            claims = unpacked(statement.content, statement.pk)
            found.setdefault(statement.person_id, []).extend((statement.version, said) for said in claims)
    return found


def _twins(
    rows: Sequence[Row], everybody: Mapping[int, Kept], user: User | None, progress: Progress
) -> dict[int, list[tuple[str, int, float]]]:
    """For each row, the people and the other rows that may be the same person, the likeliest first."""
    listed = [_as(str(row.number), row.person) for row in rows if row.person is not None]
    register = [kept.person if user is None else visible(user, kept.person) for kept in everybody.values()]
    found: dict[int, list[tuple[str, int, float]]] = {}
    if listed and register:
        for one in match(listed, register, one_to_one=False, at_least=_NAMED, top=MOST, progress=progress):
            number = number_of(one.right_id)
            assert number is not None, "people of the register have its numbers"
            found.setdefault(int(one.left_id), []).append(("person", number, round(one.probability, 4)))
    if len(listed) > 1:
        for one in match_self(listed, at_least=LIKELY, progress=progress):
            for this, that in ((one.left_id, one.right_id), (one.right_id, one.left_id)):
                found.setdefault(int(this), []).append(("row", int(that), round(one.probability, 4)))
    return found


def _as(id_: str, person: Person) -> Person:
    return Person(id_, person.claims, person.source, person.other)
