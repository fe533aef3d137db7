"""When the terms contradict each other: the smallest set of clauses that do, and the cheapest ways out.

**Minimal**: without any one of the named clauses the rest of them can be kept together; each is checked by removing it. The
prices of a Farkas ray say which clauses take part; deletion then removes whatever is not needed. Where fractions of people
could keep the clauses but whole people cannot, the same is done with whole numbers.

**Cheapest**: each clause may be bent by some units (a cap of 40 to 46; a minimum of 100 to 97); a unit costs what `relax`
says, 1 where it says nothing; clauses under `never` do not bend. The list has the cheapest way overall, then the ways that
bend a single clause of the conflict, if they suffice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from homeward.planning import words
from homeward.planning.crowd import Crowd, crowd_for
from homeward.planning.elastic import Elastic, has_plan
from homeward.planning.highs import Float
from homeward.planning.people import People
from homeward.planning.program import Program
from homeward.planning.rows import clauses_of, joins
from homeward.planning.words import Language
from homeward.terms.model import Clause, Terms


@dataclass(frozen=True, slots=True)
class Bend:
    """One clause bent by so many of its own units; None when the clause is dropped altogether (families split)."""

    clause: Clause
    units: int | None

    def sentence(self, language: Language = "en") -> str:
        """The bend in words."""
        return words.bend(self.clause, self.units, language)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A set of bends that makes the terms possible, and what it costs by the terms' own prices."""

    bends: tuple[Bend, ...]
    cost: int

    def sentence(self, language: Language = "en") -> str:
        """The way out in words."""
        return words.relaxation([bend.sentence(language) for bend in self.bends], self.cost, language)


class Impossible(Exception):  # noqa: N818 - the name is the contract between the rooms.
    """The terms cannot all be kept. `clauses` contradict each other and no smaller set of them does."""

    def __init__(self, clauses: tuple[Clause, ...], relaxations: tuple[Relaxation, ...], missing: tuple[str, ...] = ()) -> None:
        self.clauses = clauses
        self.relaxations = relaxations
        #: Ids that a clause names and no pool has.
        self.missing = missing
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """Which clauses contradict each other, and the cheapest way out, in one text."""
        return words.conflict(self.clauses, self.missing, [way.sentence(language) for way in self.relaxations], language)


def explain(terms: Terms, people: People, program: Program, ray: Float | None) -> Impossible:
    """Why there is no plan, from a program that has none."""
    clauses = minimal_conflict(terms, people, program, ray)
    known = set(people.ids)
    missing = tuple(sorted({person for clause in clauses for person in clause.people} - known))
    return Impossible(clauses, relaxations(terms, people, clauses), missing)


def minimal_conflict(terms: Terms, people: People, program: Program, ray: Float | None) -> tuple[Clause, ...]:
    """Clauses that cannot be kept together, none of which can be spared."""
    tester = Feasibility(terms, people)
    clauses = list(clauses_of(terms))
    suspects = _priced(clauses, program, ray)
    if len(suspects) < len(clauses) and tester.possible(suspects):
        suspects = clauses
    return _without_the_needless(suspects, tester.possible)


def smallest_conflict(clauses: Sequence[Clause], program: Program, ray: Float | None) -> tuple[Clause, ...]:
    """The same for a program with further lines of its own, which stay in force: clauses that clash with those and each other.

    Families stay joined here.
    """

    def possible(kept: Sequence[Clause]) -> bool:
        wanted = {clause.id for clause in kept} | {""}
        lines = tuple(line for line in program.lines if line.row.clause in wanted)
        return has_plan(Program(program.crowd, program.stages, lines, program.offsets))

    suspects = _priced(clauses, program, ray)
    return _without_the_needless(list(clauses) if possible(suspects) else suspects, possible)


def _priced(clauses: Sequence[Clause], program: Program, ray: Float | None) -> list[Clause]:
    """The clauses that take part in a Farkas ray; those that join people always stay under suspicion."""
    if ray is None:
        return list(clauses)
    lines = program.lines
    priced = {line.row.clause for place, line in enumerate(lines) if abs(ray[place]) > 1e-9}
    return [clause for clause in clauses if clause.id in priced or joins(clause)]


def _without_the_needless(kept: list[Clause], possible: Callable[[Sequence[Clause]], bool]) -> tuple[Clause, ...]:
    """Remove every clause whose removal leaves the contradiction: first in halves, at last one by one.

    Removing in halves spares most of the single tests when the conflict is small and the terms are long. After the last round
    every clause left has been tested alone against a set that only shrank since, so each of them is needed.
    """
    size = max(len(kept) // 2, 1)
    while size >= 1:
        at = 0
        while at < len(kept):
            rest = kept[:at] + kept[at + size :]
            if possible(rest):
                at += size
            else:
                kept = rest
        size //= 2
    return tuple(kept)


class Feasibility:
    """Can this set of clauses be kept? Crowds are made once for each set."""

    def __init__(self, terms: Terms, people: People) -> None:
        self.terms, self.people = terms, people
        self._crowds: dict[tuple[str, ...], Crowd] = {}

    def crowd(self, clauses: Iterable[Clause]) -> Crowd:
        """Everybody in the classes that these clauses can see: the fewer clauses, the fewer classes."""
        chosen = list(clauses)
        key = tuple(clause.id for clause in chosen)
        if key not in self._crowds:
            self._crowds[key] = crowd_for(self.terms, self.people, chosen)
        return self._crowds[key]

    def possible(self, clauses: Sequence[Clause]) -> bool:
        """Whether whole people can keep these clauses."""
        return has_plan(self.program(clauses))

    def program(self, clauses: Iterable[Clause]) -> Program:
        """The inequalities of these clauses over the classes that they can see."""
        chosen = list(clauses)
        crowd = self.crowd(chosen)
        wanted = {clause.id for clause in chosen}
        return Program.of(crowd, len(self.terms.stages), [row for row in crowd.rows if row.clause in wanted])


def relaxations(terms: Terms, people: People, conflict: Sequence[Clause]) -> tuple[Relaxation, ...]:
    """The cheapest way to make all the terms possible, then the ways that bend one clause of the conflict, by cost."""
    tester = Feasibility(terms, people)
    price = {clause.id: terms.relax_cost.get(clause.id, 1) for clause in clauses_of(terms)}
    bendable = [clause for clause in clauses_of(terms) if clause.kind != "together" and clause.id not in terms.relax_never]
    ways: list[Relaxation] = []

    def attempt(model: Elastic, free: Iterable[Clause], dropped: tuple[Clause, ...]) -> None:
        units = model.cheapest({clause.id for clause in free})
        if units is None:
            return
        bends = [Bend(clause, units[clause.id]) for clause in clauses_of(terms) if units.get(clause.id)]
        bends += [Bend(clause, None) for clause in dropped]
        cost = sum(price[bend.clause.id] * (1 if bend.units is None else bend.units) for bend in bends)
        way = Relaxation(tuple(bends), cost)
        if bends and way not in ways:
            ways.append(way)

    prices = {clause.id: price[clause.id] for clause in bendable}
    whole = Elastic(tester.program(clauses_of(terms)), prices)
    whole.at_least_one_of(clause.id for clause in conflict)
    attempt(whole, bendable, ())
    for clause in conflict:
        if clause in bendable:
            attempt(whole, [clause], ())
        elif clause.id not in terms.relax_never:
            rest = [other for other in clauses_of(terms) if other != clause]
            attempt(Elastic(tester.program(rest), {}), (), (clause,))
    return tuple(sorted(ways, key=lambda way: (way.cost, len(way.bends), [bend.clause.id for bend in way.bends])))
