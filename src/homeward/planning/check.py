"""Does a plan keep the terms? A second opinion that shares no code with the solver.

It reads people one by one, asks every expression of every person, and adds up. It imports nothing that the solver uses except
the candidates themselves and the public draw, which anybody must be able to recompute.

The rule for facts that are not known is the same and is worked out here again: a plan has to keep every clause whatever the
unknown facts turn out to be, so each sum is a range, and the whole range has to lie within the bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from homeward.planning.candidate import Candidate, Pools, candidates_of
from homeward.planning.draw import draw
from homeward.terms.model import Clause, Terms

if TYPE_CHECKING:
    from homeward.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: the clause's id (empty for the form of the plan itself), the stage, and a sentence."""

    clause: str
    stage: str
    sentence: str


Span = tuple[Fraction, Fraction]


def check_plan(terms: Terms, pools: Pools, plan: Plan) -> list[Violation]:
    """Everything in which the plan departs from the terms; empty when it keeps them all."""
    return _Checker(terms, pools, plan).violations()


def check_order(terms: Terms, pools: Pools, plan: Plan) -> list[Violation]:
    """Every pair of people, equal to all clauses, of whom the one with the lower priority or the higher draw goes first.

    This holds for plans as made; after a replacement on the day the order is no longer that of the terms, and may not be.
    """
    return _Checker(terms, pools, plan).order()


class _Checker:
    def __init__(self, terms: Terms, pools: Pools, plan: Plan) -> None:
        self.terms, self.plan = terms, plan
        self.people: dict[str, tuple[str, Candidate]] = {}
        for side, pool in pools.items():
            for person in candidates_of(pool):
                self.people[person.id] = (side, person)
        self.stage_of: dict[str, int] = {}
        self.answers: dict[tuple[str, str], bool | None] = {}

    def violations(self) -> list[Violation]:
        found = self._form()
        for clause in self.terms.clauses:
            check = {
                "count": self._count, "parity": self._parity, "ratio": self._ratio,
                "all": self._all, "named": self._named, "together": self._together,
            }[clause.kind]  # fmt: skip
            found += check(clause)
        return found + self._exclusions() + self._circulation()

    def _form(self) -> list[Violation]:
        """Stages in order; everybody known, on the right side, and in one place only."""
        found = []
        if [stage.id for stage in self.plan.stages] != [stage.id for stage in self.terms.stages]:
            found.append(Violation("", "", "the stages of the plan are not those of the terms"))
        placed: set[str] = set()
        for number, stage in enumerate(self.plan.stages):
            for side, ids in stage.going.items():
                for person in ids:
                    if person not in self.people:
                        found.append(Violation("", stage.id, f"{person} is in no pool"))
                        continue
                    if person in placed:
                        found.append(Violation("", stage.id, f"{person} goes twice"))
                    if self.people[person][0] != side:
                        found.append(Violation("", stage.id, f"{person} goes on side {side}, but is in another side's pool"))
                    placed.add(person)
                    self.stage_of[person] = number
        for stage in self.plan.stages:
            number = [other.id for other in self.plan.stages].index(stage.id)
            found += [
                Violation("", stage.id, f"{person} stands in for a stage and goes by then")
                for ids in stage.reserves.values()
                for person in ids
                if self.stage_of.get(person, number + 1) <= number
            ]
        left = {person for ids in self.plan.left_out.values() for person in ids}
        found += [Violation("", "", f"{person} goes and is left out") for person in sorted(left & placed)]
        found += [Violation("", "", f"{person} is nowhere in the plan") for person in sorted(set(self.people) - placed - left)]
        return found

    # Who counts, and when.

    def _holds(self, group: str, person: Candidate) -> bool | None:
        if group == "all":
            return True
        key = (group, person.id)
        if key not in self.answers:
            facts = {"id": person.id, **person.facts}
            self.answers[key] = self.terms.groups[group].holds(facts)
        return self.answers[key]

    def _gone(self, over: str) -> list[tuple[str, list[str]]]:
        """For each moment that `over` means, its stage and who counts then."""
        names = [stage.id for stage in self.terms.stages]
        until = {number: [p for p, s in self.stage_of.items() if s <= number] for number in range(len(names))}
        alone = {number: [p for p, s in self.stage_of.items() if s == number] for number in range(len(names))}
        match over:
            case "end":
                return [(names[-1], until[len(names) - 1])]
            case "each stage":
                return [(name, alone[number]) for number, name in enumerate(names)]
            case "after every stage":
                return [(name, until[number]) for number, name in enumerate(names)]
            case "after every stage but the last":
                return [(name, until[number]) for number, name in enumerate(names[:-1])]
            case _:
                return [(over, alone[names.index(over)])]

    def _sum(
        self,
        ids: Iterable[str],
        element: str,
        group: str,
        *,
        holder: str | None = None,
        receiver: str | None = None,
        weights: str | None = None,
    ) -> Span:
        """The least and the most that these people can count for."""
        sides = {part.strip() for part in element.split("+")} if element else set(self.terms.sides)
        least, most = Fraction(0), Fraction(0)
        for person_id in ids:
            side, person = self.people[person_id]
            if side not in sides:
                continue
            stream = self.terms.sides[side]
            answers = [
                self._holds(group, person),
                self._is_party(person.facts.get("holder"), stream.holder, holder),
                self._is_party(person.facts.get("receiver"), stream.receiver, receiver),
            ]
            low, high = self._weight(person, weights)
            least += low if all(answers) else 0
            most += 0 if False in answers else high
        return least, most

    def _is_party(self, party: object, of_side: str, wanted: str | None) -> bool | None:
        """None where the side is a bloc's and the list does not say which of its members."""
        if wanted is None:
            return True
        if party is None and of_side in self.terms.blocs:
            return None if wanted in self.terms.blocs[of_side] else False
        actual = of_side if party is None else party
        return actual == wanted or actual in self.terms.blocs.get(wanted, ())

    def _weight(self, person: Candidate, weights: str | None) -> Span:
        if weights is None:
            return Fraction(1), Fraction(1)
        table = self.terms.weights[weights]
        value = person.facts.get(table.field)
        if isinstance(value, str):
            weight = table.values.get(value, table.default)
            return weight, weight
        possible = [*table.values.values(), table.default]
        return min(possible), max(possible)

    # The clauses.

    def _count(self, clause: Clause) -> list[Violation]:
        found = []
        parties: list[tuple[str | None, str | None, int | None]] = [(party, None, n) for party, n in clause.per_holder.items()]
        parties += [(None, party, n) for party, n in clause.per_receiver.items()]
        for stage, ids in self._gone(clause.over):
            for element in clause.sides or ("",):
                for holder, receiver, own in parties or [(None, None, None)]:
                    least, most = self._sum(ids, element, clause.group, holder=holder, receiver=receiver)
                    exact = clause.equals if own is None else own
                    low = clause.min if exact is None else exact
                    high = clause.max if exact is None else exact
                    if low is not None and least < low:
                        found.append(
                            _short(clause, stage, f"{least} of {clause.group} on {element or 'all sides'}, needs {low}")
                        )
                    if high is not None and most > high:
                        found.append(
                            _short(clause, stage, f"{most} of {clause.group} on {element or 'all sides'}, limit {high}")
                        )
        return found

    def _parity(self, clause: Clause) -> list[Violation]:
        found = []
        for stage, ids in self._gone(clause.over):
            for group in clause.groups or (clause.group,):
                spans = [(side, self._sum(ids, side, group, weights=clause.weights)) for side in clause.sides]
                for one, (least, _) in spans:
                    for other, (_, most) in spans:
                        if one < other or one > other:
                            difference = most - least
                            if difference > clause.tolerance:
                                found.append(_short(clause, stage, f"{other} is ahead of {one} by {difference} of {group}"))
        return found

    def _ratio(self, clause: Clause) -> list[Violation]:
        found = []
        one, other = clause.sides
        for stage, ids in self._gone(clause.over):
            owed = [(number, self._sum(ids, one, group)) for group, number in clause.key.items()]
            least, most = sum(n * span[0] for n, span in owed), sum(n * span[1] for n, span in owed)
            low, high = self._sum(ids, other, clause.against)
            if most - low > clause.tolerance or high - least > clause.tolerance:
                found.append(_short(clause, stage, f"the key asks for {least} on {other}, the plan has {low}"))
        return found

    def _all(self, clause: Clause) -> list[Violation]:
        found = []
        for stage, ids in self._until(clause.over):
            for element in clause.sides or ("",):
                sides = {part.strip() for part in element.split("+")} if element else set(self.terms.sides)
                held = {p for p, (side, person) in self.people.items() if side in sides and self._holds(clause.group, person)}
                waiting = held - set(ids)
                if waiting:
                    found.append(_short(clause, stage, f"{len(waiting)} of {clause.group} on {element or 'all sides'} stay"))
        return found

    def _named(self, clause: Clause) -> list[Violation]:
        named = {*clause.people, *clause.in_return}
        found = [
            _short(clause, stage, f"{', '.join(sorted(named - set(ids)))} should have gone")
            for stage, ids in self._until(clause.over)
            if named - set(ids)
        ]
        if clause.in_return and len({self.stage_of.get(person) for person in named}) > 1:
            found.append(_short(clause, "", "the named do not go in one stage"))
        return found

    def _exclusions(self) -> list[Violation]:
        return [
            Violation(exclusion.id, self.terms.stages[stage].id, f"{person_id} goes, whom {exclusion.id} may exclude")
            for exclusion in self.terms.exclusions
            for person_id, stage in self.stage_of.items()
            if exclusion.group is not None and self._holds(exclusion.group, self.people[person_id][1]) is not False
        ]

    def _circulation(self) -> list[Violation]:
        if self.terms.circulation is None:
            return []
        found = []
        for party in self.terms.parties:
            gives, gets = self._sum(self.stage_of, "", "all", holder=party), self._sum(self.stage_of, "", "all", receiver=party)
            if gives[1] > gets[0] or gets[1] > gives[0]:
                found.append(Violation("circulation", "", f"{party} hands over {gives[0]} and receives {gets[0]}"))
        return found

    def _until(self, over: str) -> list[tuple[str, list[str]]]:
        """Obligations for persons count everybody gone so far, whichever way the clause counts its moments."""
        names = [stage.id for stage in self.terms.stages]
        return [(name, [p for p, s in self.stage_of.items() if s <= names.index(name)]) for name, _ in self._gone(over)]

    def _together(self, clause: Clause) -> list[Violation]:
        covered = {part.strip() for element in clause.sides for part in element.split("+")} or set(self.terms.sides)
        families: dict[tuple[str, object], set[int | None]] = {}
        for person_id, (side, person) in self.people.items():
            mark = person.facts.get(clause.by)
            if mark is not None and side in covered:
                families.setdefault((side, mark), set()).add(self.stage_of.get(person_id))
        return [
            _short(clause, "", f"the people with {clause.by} {mark} on {side} do not go together")
            for (side, mark), stages in families.items()
            if len(stages) > 1
        ]

    # The order.

    def order(self) -> list[Violation]:
        """People whom no clause can tell apart have to go in the order of the priorities and of the draw."""
        self._form()
        alone = self._alone()
        classes: dict[object, list[tuple[tuple[object, ...], int, str]]] = {}
        for person_id in alone:
            side, person = self.people[person_id]
            stage = self.stage_of.get(person_id, len(self.terms.stages))
            classes.setdefault(self._seen_by_clauses(side, person), []).append((self._standing(person), stage, person_id))
        found = []
        for members in classes.values():
            members.sort()
            for (_, first, better), (_, second, worse) in pairwise(members):
                if first > second:
                    name = self.terms.stages[second].id
                    found.append(Violation("", name, f"{worse} goes before {better}, who has the better standing"))
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
            seen += [self._holds(group, person) for group in groups]
            seen.append(self._weight(person, clause.weights))
            seen.append(person.id in clause.people)
            seen.append(person.id in clause.in_return)
        seen += [self._holds(exclusion.group, person) for exclusion in self.terms.exclusions if exclusion.group is not None]
        return tuple(seen)

    def _standing(self, person: Candidate) -> tuple[object, ...]:
        """Lower is better."""
        serious = person.facts.get("medical") in ("seriously_wounded", "seriously_ill")
        standing: list[object] = [not serious]
        for priority in self.terms.priorities:
            if priority.group is not None:
                standing.append(self._holds(priority.group, person) is not True)
            elif priority.score is not None:
                value = person.facts.get(priority.score)
                standing.append(-max(value, 0) if isinstance(value, int) else 0)
        standing.append(draw(self.plan.seed, person.id))
        return tuple(standing)


def _short(clause: Clause, stage: str, what: str) -> Violation:
    name = f"{clause.id} ({clause.text})" if clause.text else clause.id
    return Violation(clause.id, stage, f"{name}, {stage or 'whole exchange'}: {what}")
