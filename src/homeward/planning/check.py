"""Does a plan keep the terms? A second opinion that shares no code with the solver.

`check_plan` asks whether every clause, every exclusion, the balance of several parties with the cap on their cycles, and the even
shares are kept (the clauses stand in `homeward.planning.checkclauses`); `check_order` asks about the order of the people: whom no
clause can tell apart have to go in the order of the priorities and of the public draw, which is worked out again here.

**Even shares**: nobody may go whose place, given to somebody alike from a region that is further behind, would still leave that
region behind. One person is as near to even as whole people come. A plan changed on the day is asked about neither shares nor
order: the rule of substitution goes before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from homeward.planning.candidate import Candidate, Pools
from homeward.planning.checkclauses import Checker, Violation
from homeward.planning.draw import draw
from homeward.terms.model import Terms

if TYPE_CHECKING:
    from homeward.planning.plan import Plan


def check_plan(terms: Terms, pools: Pools, plan: Plan) -> list[Violation]:
    """Everything in which the plan departs from the terms; empty when it keeps them all."""
    checker = _Order(terms, pools, plan)
    return checker.violations() + ([] if plan.proof.replanned else checker.shares())


def check_order(terms: Terms, pools: Pools, plan: Plan) -> list[Violation]:
    """Every pair of people, equal to all clauses, of whom the one with the lower priority or the higher draw goes first.

    This holds for plans as made; after a replacement on the day the order is no longer that of the terms, and may not be.
    """
    return _Order(terms, pools, plan).order()


class _Order(Checker):
    """The same people, asked who stands before whom."""

    def order(self) -> list[Violation]:
        """People whom no clause can tell apart have to go in the order of the priorities and of the draw."""
        self.form()
        alone = self._alone()
        classes: dict[object, list[tuple[tuple[object, ...], int, str]]] = {}
        for person_id in alone:
            side, person = self.people[person_id]
            stage = self.stage_of.get(person_id, len(self.terms.stages))
            # With even shares, the order is one within each region.
            region = person.facts.get(self.terms.fair_between) if self.terms.fair_between is not None else None
            classes.setdefault((self._seen_by_clauses(side, person), region), []).append(
                (self._standing(person), stage, person_id)
            )
        found = []
        for members in classes.values():
            members.sort()
            for (_, first, better), (_, second, worse) in pairwise(members):
                if first > second:
                    name = self.terms.stages[second].id
                    found.append(Violation("", name, "order", {"person": worse, "other": better}))
        return found

    def _alone(self) -> list[str]:
        """Everybody who belongs to no family that has to stay together."""
        sizes: dict[tuple[str, str, object], int] = {}
        marks: dict[str, list[tuple[str, str, object]]] = {}
        for person_id, (side, person) in self.people.items():
            for clause in self.terms.clauses:
                if clause.kind == "together" and person.facts.get(clause.by) is not None:
                    mark = (clause.id, side, person.facts[clause.by])
                    sizes[mark] = sizes.get(mark, 0) + 1
                    marks.setdefault(person_id, []).append(mark)
        return [person for person in self.people if all(sizes[mark] == 1 for mark in marks.get(person, []))]

    def _seen_by_clauses(self, side: str, person: Candidate) -> tuple[object, ...]:
        seen: list[object] = [side, person.facts.get("holder"), person.facts.get("receiver")]
        for clause in self.terms.clauses:
            groups: Sequence[str] = (clause.group, clause.against, *clause.groups, *clause.key)
            seen += [self.holds(group, person) for group in groups]
            seen.append(self.weight(person, clause.weights))
            seen.append(person.id in clause.people)
            seen.append(person.id in clause.in_return)
        seen += [self.holds(exclusion.group, person) for exclusion in self.terms.exclusions if exclusion.group is not None]
        return tuple(seen)

    def _standing(self, person: Candidate) -> tuple[object, ...]:
        """Lower is better."""
        standing: list[object] = [not _serious(person)]
        for priority in self.terms.priorities:
            if priority.group is not None:
                standing.append(self.holds(priority.group, person) is not True)
            elif priority.score is not None:
                value = person.facts.get(priority.score)
                standing.append(-max(value, 0) if isinstance(value, int) else 0)
        standing.append(draw(self.plan.seed, person.id))
        return tuple(standing)

    # Even shares.

    def shares(self) -> list[Violation]:
        """Compare every two regions of a side, class by class."""
        fact = self.terms.fair_between
        if fact is None:
            return []
        held: dict[tuple[str, str], int] = {}
        gone: dict[tuple[str, str], int] = {}
        for person_id, (side, person) in self.people.items():
            if person.facts.get(fact) is not None:
                mark = (side, str(person.facts[fact]))
                held[mark] = held.get(mark, 0) + 1
                gone[mark] = gone.get(mark, 0) + (person_id in self.stage_of)
        alike: dict[object, dict[str, tuple[list[str], list[str]]]] = {}
        for person_id in self._alone():
            side, person = self.people[person_id]
            if person.facts.get(fact) is not None:
                place = (self._seen_by_clauses(side, person), _serious(person))
                both = alike.setdefault(place, {}).setdefault(str(person.facts[fact]), ([], []))
                both[person_id in self.stage_of].append(person_id)
        found: dict[tuple[str, str, str], Violation] = {}
        for regions in alike.values():
            for behind, (waiting, _) in regions.items():
                for ahead, (_, going) in regions.items():
                    if waiting and going and behind != ahead:
                        side = self.people[going[0]][0]
                        low, high = (side, behind), (side, ahead)
                        if (gone[low] + 1) * held[high] < (gone[high] - 1) * held[low]:
                            values = {
                                "one": behind, "sides": side, "bound": str(gone[low]), "number": str(held[low]),
                                "person": min(waiting), "other": min(going), "group": ahead,
                            }  # fmt: skip
                            found.setdefault((side, behind, ahead), Violation("fair_between", "", "share", values))
        return list(found.values())


def _serious(person: Candidate) -> bool:
    return person.facts.get("medical") in ("seriously_wounded", "seriously_ill")
