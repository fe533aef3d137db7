"""A plan around decisions of people: some are put into a stage, or out of the exchange, and everybody else is solved for again.

Nothing is moved against the terms: the wishes are added to the clauses as if they were clauses, and where no plan keeps them all,
`MoveRefused` names the clauses of the terms that stand against the move. All other people are planned as `make_plan` plans them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from homeward.planning import words
from homeward.planning.candidate import PoolError, Pools, candidates_of
from homeward.planning.impossible import Impossible
from homeward.planning.plan import Plan, make_plan
from homeward.planning.words import Language
from homeward.terms import Expression
from homeward.terms.model import Clause, Terms

_MARK = "moved:"
#: How many ids one expression holds, well below its longest text.
_AT_ONCE = 100


class MoveRefused(Exception):  # noqa: N818 - named like `Impossible`, whose sibling it is.
    """The terms forbid the move. `clauses` are those that stand against it; there is none where the moves forbid each other."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        self.clauses = clauses
        super().__init__(self.sentence())

    def sentence(self, language: Language = "en") -> str:
        """Which clauses forbid it, in words."""
        names = ", ".join(words.quoted(clause, language) for clause in self.clauses)
        if not names:
            return "ці переміщення суперечать одне одному" if language == "uk" else "these moves contradict each other"
        return f"цьому суперечить {names}" if language == "uk" else f"{names} forbids it"


def make_plan_with(terms: Terms, pools: Pools, moved: Mapping[str, str | None], *, seed: str | None = None) -> Plan:
    """The best plan in which everybody in `moved` goes in the stage named there, or in none where it is None.

    Raises `MoveRefused`; `PoolError` for somebody in no pool; `ValueError` for a stage that the terms do not have; `Impossible`
    where the terms cannot be kept even without the moves.
    """
    stages = {stage.id for stage in terms.stages}
    unknown = sorted({stage for stage in moved.values() if stage is not None} - stages)
    if unknown:
        raise ValueError(f"no stage is called {unknown[0]!r}")
    everybody = {person.id for pool in pools.values() for person in candidates_of(pool)}
    strangers = sorted(moved.keys() - everybody)
    if strangers:
        raise PoolError(f"{strangers[0]} is in no pool; check the id against the lists")
    try:
        return make_plan(_with_moves(terms, moved), pools, seed=seed)
    except Impossible as error:
        theirs = tuple(clause for clause in error.clauses if not clause.id.startswith(_MARK))
        if len(theirs) == len(error.clauses):
            raise
        raise MoveRefused(theirs) from None


def _with_moves(terms: Terms, moved: Mapping[str, str | None]) -> Terms:
    """The terms, and for each stage one more group of exactly those who were moved there, all of whom go in it."""
    clauses: list[Clause] = []
    groups = dict(terms.groups)
    for stage in sorted({stage or "" for stage in moved.values()}):
        people = sorted(person for person, where in moved.items() if (where or "") == stage)
        for start in range(0, len(people), _AT_ONCE):
            some = people[start : start + _AT_ONCE]
            name = f"{_MARK}{stage}:{start}"
            groups[name] = Expression("id in (" + ", ".join(f"'{person}'" for person in some) + ")")
            # Those who stay go in no stage at all.
            wanted, over = (len(some), stage) if stage else (0, "end")
            clauses.append(
                Clause(name, "count", 0, group=name, sides=("+".join(sorted(terms.sides)),), equals=wanted, over=over)
            )
    return replace(terms, clauses=(*terms.clauses, *clauses), groups=groups)
