"""The register in memory: what every person's claims fold to now, and the index for looking people up, once for each process.

Values lie sealed in the database, where nothing can be searched or sorted. So each process opens them once and keeps the result;
before every use it compares the register's revision and reads again what changed since. Nothing here asks who may see what:
`known` does, and `homeward.bureau.access.policy.visible` cuts every person down to what an officer may see.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from homeward.bureau.register.claims import unpacked
from homeward.bureau.register.fold import fold
from homeward.bureau.register.models import Person as PersonRow
from homeward.bureau.register.models import Revision, Statement
from homeward.matching.search import Index, build_index
from homeward.people import Field, Person

#: Fields that the index is built from. Who may not see one of them finds nobody by it.
SEARCHED = frozenset({Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.FATHER_NAME, Field.BIRTH_DATE})
#: So many people may be new or changed before the index of all is built again; until then a small index of their own serves.
_LOOSE = 300
#: So many combinations of roles and days are remembered at once.
_REMEMBERED = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """One person as the register holds it now."""

    number: int
    key: int
    protected: bool
    version: int
    person: Person
    #: The person once for every way in which sources write the name.
    names: tuple[Person, ...]
    conflicts: frozenset[Field]


@dataclass
class Shelf:
    """Everybody, by number, as of one revision."""

    epoch: str = ""
    number: int = 0
    token: str = ""
    people: dict[int, Kept] = field(default_factory=dict)
    #: What pages worked out for people, by what it depends on besides the person; forgotten when the person changes.
    worked_out: dict[Hashable, dict[int, Any]] = field(default_factory=dict)
    _indexes: dict[frozenset[Field], _Finder] = field(default_factory=dict)

    def everybody(self) -> list[Kept]:
        """All people by number, the specially protected among them."""
        return [self.people[number] for number in sorted(self.people)]

    def unprotected(self) -> list[Kept]:
        """Everybody who is not specially protected, by number."""
        return [kept for kept in self.everybody() if not kept.protected]

    def some(self, numbers: Collection[int]) -> list[Kept]:
        """The specially protected people among these numbers."""
        found = (self.people.get(number) for number in sorted(numbers))
        return [kept for kept in found if kept is not None and kept.protected]

    def get(self, number: int) -> Kept | None:
        """The person of this number."""
        return self.people.get(number)

    def finder(self, fields: frozenset[Field]) -> _Finder:
        """The index over everybody who is not specially protected, built from no other fields than these."""
        key = fields & SEARCHED
        if key not in self._indexes:
            self._indexes[key] = _Finder(key, self.unprotected())
        return self._indexes[key]

    def remembered(self, key: Hashable) -> dict[int, Any]:
        """What was worked out under this key, to be filled in by whoever asks."""
        if key not in self.worked_out and len(self.worked_out) >= _REMEMBERED:
            self.worked_out.clear()
        return self.worked_out.setdefault(key, {})

    def replace(self, changed: Iterable[Kept]) -> None:
        """Put in what changed."""
        for kept in changed:
            for each in self.worked_out.values():
                each.pop(kept.number, None)
            before = self.people.get(kept.number)
            self.people[kept.number] = kept
            if before is not None and before.protected != kept.protected:
                # How common a name is weighs in the order of hits: whoever is protected must not weigh any more.
                self._indexes.clear()
            for key, finder in list(self._indexes.items()):
                finder.replace(kept)
                if len(finder.loose) > _LOOSE:
                    del self._indexes[key]


class _Finder:
    """One index of all people, and a small one of those who changed since it was built."""

    def __init__(self, fields: frozenset[Field], people: Collection[Kept]) -> None:
        self._fields = fields
        self._index = index_of(people, fields)
        self.loose: dict[int, Kept] = {}
        self._small: Index | None = None

    def replace(self, kept: Kept) -> None:
        self.loose[kept.number] = kept
        self._small = None

    def find(self, query: str, limit: int) -> list[int]:
        """Numbers of the people who fit the query, the best first, each once."""
        if self._small is None and self.loose:
            self._small = index_of([kept for kept in self.loose.values() if not kept.protected], self._fields)
        found = [(hit.bits, hit.id) for hit in self._index.search(query, limit=limit + len(self.loose))]
        found = [(bits, number) for bits, number in found if int(number) not in self.loose]
        if self._small is not None:
            found += [(hit.bits, hit.id) for hit in self._small.search(query, limit=limit)]
            found.sort(key=lambda hit: -hit[0])
        return list(dict.fromkeys(int(number) for _, number in found))[:limit]


def index_of(people: Iterable[Kept], fields: frozenset[Field]) -> Index:
    """An index with a row for every way in which a name is written, from no other fields than these."""
    return build_index([
        Person(str(kept.number), {name: claim for name, claim in each.claims.items() if name in fields & SEARCHED})
        for kept in people
        for each in kept.names
    ])  # fmt: skip


_lock = RLock()
_shelf = Shelf()


def shelf() -> Shelf:
    """The register as of now."""
    global _shelf  # noqa: PLW0603 - one register in memory for each process is the point of this module.
    with _lock:
        now = Revision.objects.first()
        if now is None:
            if _shelf.people or _shelf.epoch:
                _shelf = Shelf()
        elif (
            now.epoch != _shelf.epoch
            or now.number < _shelf.number
            or (now.number == _shelf.number and now.token != _shelf.token)
        ):
            _shelf = Shelf(now.epoch, now.number, now.token, {kept.number: kept for kept in read()})
        elif now.number > _shelf.number:
            _shelf.replace(read(since=_shelf.number))
            _shelf.number, _shelf.token = now.number, now.token
        return _shelf


def read(since: int = -1) -> list[Kept]:
    """Open and fold the people whom a later revision than this changed."""
    with _no_collecting():
        return _read(since)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of small objects that all stay: looking among them for garbage would take half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(since: int) -> list[Kept]:
    rows = list(PersonRow.objects.filter(revision__gt=since))
    statements: dict[int, list[Statement]] = {row.pk: [] for row in rows}
    wanted = Statement.objects.order_by("id").filter(person__revision__gt=since).only("id", "person_id", "content")
    for statement in wanted.iterator(chunk_size=2000):
        if statement.person_id in statements:
            statements[statement.person_id].append(statement)
    return [kept_of(row, statements[row.pk]) for row in rows]


def kept_of(row: PersonRow, statements: Iterable[Statement]) -> Kept:
    """What a person's statements fold to."""
    claims, other = [], {}
    for statement in statements:
        claims += unpacked(statement.content, statement.pk)
        other.update(statement.content.get("other", {}))
    view = fold(claims)
    number = str(row)
    names = tuple(view.names(number))
    return Kept(row.number, row.pk, row.protected, row.version, view.person(number, other), names, frozenset(view.conflicts))
