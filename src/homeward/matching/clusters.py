"""The same person in several lists: groups of records that belong together, never two people of one list in one group.

Links come from comparing every two lists (and a list with itself where it may repeat people). They are taken surest first, and two
groups are joined only if nothing stands between any record of the one and any record of the other:

* two records of a list that names everybody once are two people;
* two records that contradict each other, on their own, are two people, whoever links them.

So a chain of weak links does not draw strangers together, as it would if every link were followed. A link that was refused is told
with its reason. What comes out depends on the people alone: not on the order of lists or rows (`cluster` looks at lists by their
names, at rows by their ids). Nothing is overwritten: a group keeps every claim of every record (`Group.claims`). A machine only
proposes; two people decide, and what they settled goes before everything here.

>>> from homeward.people.dates import PartialDate
>>> def row(id, surname, given, born):
...     date = Claim(born, PartialDate.from_iso(born))
...     return Person(
...         id, {Field.SURNAME: Claim(surname, surname), Field.GIVEN_NAMES: Claim(given, given), Field.BIRTH_DATE: date}
...     )
>>> lists = {
...     "army": [row("a1", "Щерботенко", "Микола", "1987-03-14"), row("a2", "Вигаданий", "Петро", "1990-01-30")],
...     "families": [row("f7", "Щерботенко", "Микола", "1987-03-14")],
...     "answer": [row("r2", "SHCHERBOTENKO", "NIKOLAI", "1987-03-14")],
... }
>>> [[str(member) for member in group.members] for group in cluster(lists).groups]
[['answer:r2', 'army:a1', 'families:f7']]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from homeward.matching.columns import Columns
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.match import match_rows
from homeward.matching.model import Progress, probability
from homeward.matching.scoring import Comparer
from homeward.matching.weights import weights
from homeward.people.person import Claim, Field, Person

#: Two records contradict each other when there is so much evidence against (bits, in all) and their bits before competition are
#: below the number beside it: a slip or a gap in an improbable pair is none; another given name and another birth date together are
#: one, even where surname, father and birth place agree, for brothers agree in those.
AGAINST = ((-4.0, 0.0), (-12.0, 7.0))
#: How many candidates of a list that may repeat people are looked at for each record.
_CANDIDATES = 5
#: The bits of a pair that two officers said is one person: more than any machine gives.
DECIDED = 1000.0
#: Bits are told apart to so many digits when links are put in order, so that the last bit of a sum decides nothing.
_DIGITS = 6


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One record: the name of its list, its id, and its row there (from 0)."""

    list: str
    id: str
    row: int

    def __str__(self) -> str:
        return f"{self.list}:{self.id}"


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that may be one person, with the bits that they have in the comparison of their two lists."""

    one: Member
    other: Member
    bits: float

    @property
    def probability(self) -> float:
        return probability(self.bits)


@dataclass(frozen=True, slots=True)
class Refused:
    """A link that was not followed: `reason` is "one_list", "contradiction" or "settled", between the records `because`."""

    link: Link
    reason: str
    because: tuple[Member, Member]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are probably one person, in the order of their lists' names, and the links that joined them."""

    members: tuple[Member, ...]
    links: tuple[Link, ...]

    @property
    def weakest(self) -> float:
        """The probability of the weakest link that the group hangs on."""
        return min(link.probability for link in self.links)

    def claims(self, lists: Mapping[str, Sequence[Person]]) -> dict[Field, tuple[tuple[Member, Claim], ...]]:
        """Everything that the records say, field by field, each claim with the record that makes it. Nothing is chosen."""
        found: dict[Field, list[tuple[Member, Claim]]] = {}
        for member in self.members:
            for which, claim in lists[member.list][member.row].claims.items():
                found.setdefault(which, []).append((member, claim))
        return {which: tuple(found[which]) for which in Field if which in found}


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of two records or more, in the order of their first members, and the links that were refused."""

    groups: tuple[Group, ...]
    refused: tuple[Refused, ...]


def cluster(
    lists: Mapping[str, Sequence[Person]],
    *,
    at_least: float = 0.5,
    may_repeat: Collection[str] = (),
    same: Iterable[tuple[tuple[str, str], tuple[str, str]]] = (),
    different: Iterable[tuple[tuple[str, str], tuple[str, str]]] = (),
    progress: Progress | None = None,
) -> Clusters:
    """Group the records of several lists (name → people) by person.

    `at_least` is the smallest probability of a link. `may_repeat` names the lists that may hold a person twice. `same` and
    `different` are pairs of records, each (list, id), that two officers settled. Raises `ValueError` for `may_repeat` that
    names no list, and for an `at_least` outside 0..1.
    """
    if not set(may_repeat) <= set(lists):
        raise ValueError("may_repeat names a list that is not there")
    if not 0.0 <= at_least <= 1.0:
        raise ValueError("at_least is a probability between 0 and 1")
    world = _World.of(lists, frozenset(may_repeat))
    apart = {_pair(*world.named(pair)) for pair in different if world.knows(pair)}
    settled = [Link(*_pair(*world.named(pair)), DECIDED) for pair in same if world.knows(pair)]
    links = settled + sorted(world.links(at_least, progress), key=_order)
    groups: dict[Member, _Growing] = {}
    refused: list[Refused] = []
    for number, link in enumerate(links):
        one = groups.setdefault(link.one, _Growing([link.one]))
        other = groups.setdefault(link.other, _Growing([link.other]))
        if one is other:
            continue
        why = world.between(one.members, other.members, link, apart, decided=number < len(settled))
        if why is not None:
            refused.append(why)
            continue
        joined = _Growing(one.members + other.members, [*one.links, *other.links, link])
        groups.update(dict.fromkeys(joined.members, joined))
    grown = {id(group): group for group in groups.values() if len(group.members) > 1}
    done = [Group(tuple(sorted(group.members)), tuple(sorted(group.links, key=_order))) for group in grown.values()]
    return Clusters(tuple(sorted(done, key=lambda group: group.members)), tuple(refused))


@dataclass
class _Growing:
    members: list[Member]
    links: list[Link] = field(default_factory=list)


def _order(link: Link) -> tuple[float, Member, Member]:
    """Surest first; equally sure ones by the ids of their records."""
    return -round(link.bits, _DIGITS), link.one, link.other


def _pair(one: Member, other: Member) -> tuple[Member, Member]:
    return (one, other) if one <= other else (other, one)


@dataclass
class _World:
    """All lists, each with its rows in the order of their ids, and what is known of pairs of records."""

    members: dict[str, list[Member]]
    columns: dict[str, Columns]
    may_repeat: frozenset[str]
    #: Where each record stands in `columns`.
    place: dict[Member, int]
    by_id: dict[tuple[str, str], Member]
    #: Pairs of records whose evidence was looked at: whether it contradicts.
    contradicts: dict[tuple[Member, Member], bool] = field(default_factory=dict)
    comparers: dict[tuple[str, str], Comparer] = field(default_factory=dict)

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[Person]], may_repeat: frozenset[str]) -> _World:
        members: dict[str, list[Member]] = {}
        columns: dict[str, Columns] = {}
        place: dict[Member, int] = {}
        by_id: dict[tuple[str, str], Member] = {}
        for name in sorted(lists):
            people = lists[name]
            order = sorted(range(len(people)), key=lambda row: (people[row].id, _content(people[row]), row))
            members[name] = [Member(name, people[row].id, row) for row in order]
            columns[name] = Columns.of([people[row] for row in order])
            place |= {member: number for number, member in enumerate(members[name])}
            by_id |= {(name, member.id): member for member in reversed(members[name])}
        return cls(members, columns, may_repeat, place, by_id)

    def knows(self, pair: tuple[tuple[str, str], tuple[str, str]]) -> bool:
        return all(one in self.by_id for one in pair)

    def named(self, pair: tuple[tuple[str, str], tuple[str, str]]) -> tuple[Member, Member]:
        return self.by_id[pair[0]], self.by_id[pair[1]]

    def links(self, at_least: float, progress: Progress | None) -> list[Link]:
        """Probable pairs between every two lists, and inside those that may repeat people."""
        found = []
        for left, right in combinations(self.members, 2):
            once = not {left, right} & self.may_repeat
            rows = match_rows(
                self.columns[left],
                self.columns[right],
                one_to_one=once,
                top=1 if once else _CANDIDATES,
                at_least=at_least,
                progress=progress,
            )
            found += self._told(left, right, *rows)
        for name in sorted(self.may_repeat):
            found += self._told(name, name, *match_rows(self.columns[name], None, at_least=at_least, progress=progress))
        return found

    def _told(self, left: str, right: str, i: Ints, j: Ints, bits: Floats) -> list[Link]:
        return [
            Link(*_pair(self.members[left][a], self.members[right][b]), float(each))
            for a, b, each in zip(i.tolist(), j.tolist(), bits.tolist(), strict=True)
        ]

    def between(
        self,
        one: Sequence[Member],
        other: Sequence[Member],
        link: Link,
        apart: Collection[tuple[Member, Member]],
        *,
        decided: bool,
    ) -> Refused | None:
        """What stands between two groups, the first in order of ids, or None. What two officers said goes before evidence."""
        pairs = sorted(_pair(a, b) for a, b in product(one, other))
        for pair in pairs:
            if pair in apart:
                return Refused(link, "settled", pair)
        if decided:
            return None
        for pair in pairs:
            if pair[0].list == pair[1].list and pair[0].list not in self.may_repeat:
                return Refused(link, "one_list", pair)
        self._look_at(pairs)
        return next((Refused(link, "contradiction", pair) for pair in pairs if self.contradicts[pair]), None)

    def _look_at(self, pairs: Iterable[tuple[Member, Member]]) -> None:
        """Compare pairs that were not looked at before, list by list."""
        waiting: dict[tuple[str, str], list[tuple[Member, Member]]] = {}
        for pair in pairs:
            if pair not in self.contradicts:
                waiting.setdefault((pair[0].list, pair[1].list), []).append(pair)
        for (left, right), some in waiting.items():
            if (left, right) not in self.comparers:
                table = weights().inside_one_list() if left == right else weights()
                self.comparers[left, right] = Comparer.of(self.columns[left], self.columns[right], table)
            i, j = (np.array([self.place[pair[side]] for pair in some], np.int64) for side in (0, 1))
            scored = self.comparers[left, right].score(i, j)
            against = np.minimum(scored.bits, 0.0).sum(axis=0)
            opposed = np.logical_or.reduce([(against <= most) & (scored.total() < below) for most, below in AGAINST])
            self.contradicts.update(zip(some, opposed.tolist(), strict=True))


def _content(person: Person) -> tuple[tuple[str, str], ...]:
    """What a record says, for putting records of one id in an order."""
    return tuple(sorted((which.value, claim.written) for which, claim in person.claims.items()))
