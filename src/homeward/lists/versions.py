"""A list between parties: its kind and version, its freeze by digest, and the differences between two versions.

The digest is SHA-256 over canonical JSON of what every entry says as written, sorted by entry id: the order of rows, the
file format and the reader's own reading do not enter it; every letter does. After the freeze, every change is a deviation.

>>> from homeward.people import Claim, Field, Person
>>> def row(id, status):
...     return Person(id, {Field.SURNAME: Claim("Коваль", "Коваль"), Field.STATUS: Claim(status, status)})
>>> agreed = NameList(ListKind.FINAL, 3, "UA", "home-RU", (row("a", "military"), row("b", "military")))
>>> frozen = freeze(agreed)
>>> later = NameList(ListKind.FINAL, 4, "UA", "home-RU", (row("a", "civilian"), row("c", "military")))
>>> print(diff(agreed, later).text())
FINAL version 3 -> version 4: 1 added, 1 removed, 1 changed, 0 unchanged (entries paired by id).
added: c
removed: b
changed: a (status: military -> civilian)
>>> [deviation.kind for deviation in deviations(frozen, agreed, later)]
['ADDED', 'REMOVED', 'CHANGED']
>>> deviations(frozen, agreed, NameList(ListKind.FINAL, 3, "UA", "home-RU", agreed.entries[::-1]))
()
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from homeward.lists._files import canonical
from homeward.lists.errors import ListError
from homeward.lists.review_words import field_name
from homeward.matching import match
from homeward.people import CODES, Field, Person

SCHEMA = "homeward-list/1"


class ListKind(StrEnum):
    """What a list is for. OFFER and REQUEST open the talk; FINAL is what is frozen and signed; RESERVE stands in on the day."""

    REQUEST = "REQUEST"
    OFFER = "OFFER"
    COUNTER = "COUNTER"
    FINAL = "FINAL"
    RESERVE = "RESERVE"
    POOL = "POOL"
    REMAINS = "REMAINS"
    MISSING = "MISSING"


@dataclass(frozen=True, slots=True)
class NameList:
    """One version of one list. `party` wrote it, `side` is the stream of the terms it belongs to ("" for none)."""

    kind: ListKind
    version: int
    party: str
    side: str
    entries: tuple[Person, ...]

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for entry in self.entries:
            if entry.id in seen:
                raise ListError("", f"the id {entry.id} stands twice in the list", remedy="give every entry its own id")
            seen.add(entry.id)

    def entry(self, entry_id: str) -> Person:
        return next(entry for entry in self.entries if entry.id == entry_id)


@dataclass(frozen=True, slots=True)
class FrozenList:
    """What a freeze fixes: which list, how many entries, and the digest (hexadecimal SHA-256)."""

    kind: ListKind
    version: int
    party: str
    side: str
    count: int
    digest: str

    def as_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind.value, "version": self.version, "party": self.party, "side": self.side,
            "count": self.count, "digest": self.digest,
        }  # fmt: skip


def freeze(names: NameList) -> FrozenList:
    """Fix a list by the digest of its canonical entries."""
    head = {"schema": SCHEMA, "kind": names.kind.value, "party": names.party, "side": names.side}
    entries = [_canonical_entry(entry) for entry in sorted(names.entries, key=lambda entry: entry.id)]
    digest = hashlib.sha256(canonical({**head, "entries": entries})).hexdigest()
    return FrozenList(names.kind, names.version, names.party, names.side, len(names.entries), digest)


def _canonical_entry(entry: Person) -> dict[str, object]:
    claims = {field.value: claim.written for field, claim in entry.claims.items() if claim.written}
    return {"id": entry.id, "claims": claims, "other": {heading: text for heading, text in entry.other.items() if text}}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that says something else now. `fields` are names of fields (or headings of columns that are none)."""

    old_id: str
    new_id: str
    fields: tuple[str, ...]
    #: Old and new value of the fields with a closed vocabulary; names and dates are not repeated here.
    codes: Mapping[str, tuple[str, str]]

    def text(self, language: str = "en") -> str:
        ids = self.new_id if self.old_id == self.new_id else f"{self.old_id} -> {self.new_id}"
        parts = []
        for name in self.fields:
            shown = field_name(Field(name), language) if name in _FIELDS else name
            old_new = self.codes.get(name)
            parts.append(shown if old_new is None else f"{shown}: {old_new[0] or '–'} -> {old_new[1] or '–'}")
        return f"{ids} ({', '.join(parts)})"


PairedBy = Literal["id", "content", "matching", "given"]
_WORDS = {
    "en": ("added", "removed", "changed", "unchanged", "version", "entries paired by"),
    "uk": ("додано", "вилучено", "змінено", "без змін", "версія", "записи зіставлено за"),
}
_PAIRED_UK = {"id": "ідентифікатором", "content": "змістом", "matching": "схожістю", "given": "поданою таблицею"}
_FIELDS = frozenset(field.value for field in Field)


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed. removed + changed + unchanged = old entries; added + changed + unchanged = new entries."""

    kind: ListKind
    old_version: int
    new_version: int
    paired_by: PairedBy
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]
    #: Pairs (old id, new id); equal ids unless the entries were matched.
    unchanged: tuple[tuple[str, str], ...]

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.changed)

    def new_id_of(self) -> dict[str, str]:
        """Old id -> new id of every entry that both versions have, for carrying earlier answers over."""
        return {**dict(self.unchanged), **{change.old_id: change.new_id for change in self.changed}}

    def text(self, language: str = "en") -> str:
        """Plain lines with ids and names of fields; no person's name and no date of birth."""
        added, removed, changed, unchanged, version, paired = _WORDS["uk" if language == "uk" else "en"]
        by = _PAIRED_UK[self.paired_by] if language == "uk" else self.paired_by
        counts = (
            f"{len(self.added)} {added}, {len(self.removed)} {removed}, {len(self.changed)} {changed}, "
            f"{len(self.unchanged)} {unchanged} ({paired} {by})."
        )
        lines = [f"{self.kind.value} {version} {self.old_version} -> {version} {self.new_version}: {counts}"]
        lines += [f"{added}: {', '.join(self.added)}"] if self.added else []
        lines += [f"{removed}: {', '.join(self.removed)}"] if self.removed else []
        lines += [f"{changed}: {change.text(language)}" for change in self.changed]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind.value, "old_version": self.old_version, "new_version": self.new_version,
            "paired_by": self.paired_by,
            "added": list(self.added), "removed": list(self.removed), "unchanged": len(self.unchanged),
            "changed": [
                {"old_id": change.old_id, "new_id": change.new_id, "fields": list(change.fields),
                 "codes": {name: list(values) for name, values in change.codes.items()}}
                for change in self.changed
            ],
        }  # fmt: skip


def diff(old: NameList, new: NameList, *, same: Mapping[str, str] | None = None) -> Diff:
    """The differences between two versions of a list.

    Entries are paired by id when the ids are the parties' own. Ids that only count rows (`r12`) say nothing about another
    version: then entries are paired by equal content, and what is left by `homeward.matching` at 0.9 and above; the result
    says so. `same` gives the pairs (old id -> new id) instead.
    """
    paired_by: PairedBy = "given"
    if same is None:
        if any(_counts_rows(entry) for entry in (*old.entries, *new.entries)):
            same, paired_by = _matched(old.entries, new.entries)
        else:
            ids = {entry.id for entry in new.entries}
            same, paired_by = {entry.id: entry.id for entry in old.entries if entry.id in ids}, "id"
    news = {entry.id: entry for entry in new.entries}
    taken = set(same.values())
    changed: list[Change] = []
    unchanged: list[tuple[str, str]] = []
    for entry in old.entries:
        if entry.id not in same:
            continue
        change = _change(entry, news[same[entry.id]])
        if change is None:
            unchanged.append((entry.id, same[entry.id]))
        else:
            changed.append(change)
    return Diff(
        new.kind,
        old.version,
        new.version,
        paired_by,
        tuple(entry.id for entry in new.entries if entry.id not in taken),
        tuple(entry.id for entry in old.entries if entry.id not in same),
        tuple(changed),
        tuple(unchanged),
    )


def _counts_rows(entry: Person) -> bool:
    return Field.ID not in entry.claims and re.fullmatch("r[0-9]+", entry.id) is not None


def _matched(old: Iterable[Person], new: Iterable[Person]) -> tuple[dict[str, str], PairedBy]:
    """Pairs by equal content first, in order; then by likeness among those that are left."""
    waiting: dict[bytes, list[str]] = {}
    for entry in new:
        waiting.setdefault(_content(entry), []).append(entry.id)
    same: dict[str, str] = {}
    left_over: list[Person] = []
    for entry in old:
        equal = waiting.get(_content(entry))
        if equal:
            same[entry.id] = equal.pop(0)
        else:
            left_over.append(entry)
    taken = set(same.values())
    others = [entry for entry in new if entry.id not in taken]
    proposals = match(left_over, others, one_to_one=True, at_least=0.9) if left_over and others else []
    same.update((proposal.left_id, proposal.right_id) for proposal in proposals)
    return same, "matching" if proposals else "content"


def _content(entry: Person) -> bytes:
    return canonical({**_canonical_entry(entry), "id": ""})


def _change(old: Person, new: Person) -> Change | None:
    """The change from `old` to `new`, or None when both say the same, letter for letter."""
    fields = [field for field in Field if field is not Field.ID and old.written(field) != new.written(field)]
    others = [name for name in sorted({*old.other, *new.other}) if old.other.get(name, "") != new.other.get(name, "")]
    if not fields and not others:
        return None
    codes = {field.value: (old.text(field) or "", new.text(field) or "") for field in fields if field in CODES}
    return Change(old.id, new.id, (*(field.value for field in fields), *others), codes)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A change after the freeze: `ADDED`, `REMOVED` or `CHANGED`, with the entry's id and the names of the changed fields."""

    kind: Literal["ADDED", "REMOVED", "CHANGED"]
    entry_id: str
    fields: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        return {"kind": self.kind, "entry_id": self.entry_id, "fields": list(self.fields)}


def deviations(frozen: FrozenList, agreed: NameList, now: NameList) -> tuple[Deviation, ...]:
    """Every way in which `now` differs from the frozen list. Raises `ListError` if `agreed` is not what was frozen."""
    if freeze(agreed).digest != frozen.digest:
        raise ListError(
            "",
            f"this is not the {frozen.kind.value} list version {frozen.version} that was frozen",
            remedy="use the frozen file",
        )
    if freeze(now).digest == frozen.digest:
        return ()
    found = diff(agreed, now)
    return (
        *(Deviation("ADDED", entry_id) for entry_id in found.added),
        *(Deviation("REMOVED", entry_id) for entry_id in found.removed),
        *(Deviation("CHANGED", change.old_id, change.fields) for change in found.changed),
    )
