"""The clauses of the terms checked against a plan, person by person; half of `homeward.planning.check`.

It reads people one by one, asks every expression of every person, and adds up. It imports nothing that the solver uses except
the candidates themselves, and reads no number from a plan but the cycles that it counts again.

The rule for facts that are not known is the same and is worked out here again: a plan has to keep every clause whatever the
unknown facts turn out to be, so each sum is a range, and the whole range has to lie within the bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from homeward.planning.candidate import Candidate, Pools, candidates_of
from homeward.planning.checkwords import EVERYBODY, EVERYWHERE, FAULTS, WHOLE, Fault
from homeward.planning.words import Language
from homeward.terms.conditionwords import say_fact
from homeward.terms.model import Clause, Terms

if TYPE_CHECKING:
    from homeward.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: the clause's id (empty for the form of the plan itself), the stage, and what it is."""

    clause: str
    stage: str
    fault: Fault
    #: What fills the sentence of `homeward.planning.checkwords`.
    values: Mapping[str, str] = field(default_factory=dict)
    #: The clause's own words: as they were given, and in each language where there are several.
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in English."""
        return self.said("en")

    def said(self, language: Language) -> str:
        """The sentence in a language; it names the clause and the stage where there is one."""
        place = 0 if language == "en" else 1
        said = {"sides": EVERYWHERE[place], "group": EVERYBODY[place]}
        said |= {name: value for name, value in self.values.items() if value and (name, value) != ("group", "all")}
        if self.fault == "family":
            said["one"] = say_fact(said["one"], language)
        what = FAULTS[self.fault][place].format(**said)
        if not self.clause:
            return what
        text = self.texts.get(language, self.text)
        return f"{self.clause}{f' ({text})' if text else ''}, {self.stage or WHOLE[place]}: {what}"


Span = tuple[Fraction, Fraction]


class Checker:
    """The people, the stages and the sums of one plan, each person asked one by one."""

    def __init__(self, terms: Terms, pools: Pools, plan: Plan) -> None:
        self.terms, self.plan = terms, plan
        self.people: dict[str, tuple[str, Candidate]] = {}
        for side, pool in pools.items():
            for person in candidates_of(pool):
                self.people[person.id] = (side, person)
        self.stage_of: dict[str, int] = {}
        self.answers: dict[tuple[str, str], bool | None] = {}

    def violations(self) -> list[Violation]:
        """Everything that is wrong."""
        found = self.form()
        for clause in self.terms.clauses:
            check = {
                "count": self._count, "parity": self._parity, "ratio": self._ratio,
                "all": self._all, "named": self._named, "together": self._together,
            }[clause.kind]  # fmt: skip
            found += check(clause)
        return found + self._exclusions() + self._circulation()

    def form(self) -> list[Violation]:
        """Stages in order; everybody known, on the right side, and in one place only."""
        found = []
        if [stage.id for stage in self.plan.stages] != [stage.id for stage in self.terms.stages]:
            found.append(Violation("", "", "stages"))
        placed: set[str] = set()
        for number, stage in enumerate(self.plan.stages):
            for side, ids in stage.going.items():
                for person in ids:
                    if person not in self.people:
                        found.append(Violation("", stage.id, "no pool", {"person": person}))
                        continue
                    if person in placed:
                        found.append(Violation("", stage.id, "twice", {"person": person}))
                    if self.people[person][0] != side:
                        found.append(Violation("", stage.id, "other side", {"person": person, "side": side}))
                    placed.add(person)
                    self.stage_of[person] = number
        for stage in self.plan.stages:
            number = [other.id for other in self.plan.stages].index(stage.id)
            found += [
                Violation("", stage.id, "stands in and goes", {"person": person})
                for ids in stage.reserves.values()
                for person in ids
                if self.stage_of.get(person, number + 1) <= number
            ]
        left = {person for ids in self.plan.left_out.values() for person in ids}
        found += [Violation("", "", "goes and left out", {"person": person}) for person in sorted(left & placed)]
        found += [Violation("", "", "nowhere", {"person": person}) for person in sorted(set(self.people) - placed - left)]
        return found

    # Who counts, and when.

    def holds(self, group: str, person: Candidate) -> bool | None:
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

    def sum(
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
                self.holds(group, person),
                self._is_party(person.facts.get("holder"), stream.holder, holder),
                self._is_party(person.facts.get("receiver"), stream.receiver, receiver),
            ]
            low, high = self.weight(person, weights)
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

    def weight(self, person: Candidate, weights: str | None) -> Span:
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
                    least, most = self.sum(ids, element, clause.group, holder=holder, receiver=receiver)
                    exact = clause.equals if own is None else own
                    low = clause.min if exact is None else exact
                    high = clause.max if exact is None else exact
                    if low is not None and least < low:
                        found.append(
                            _short(clause, stage, "too few", number=least, group=clause.group, sides=element, bound=low)
                        )
                    if high is not None and most > high:
                        found.append(
                            _short(clause, stage, "too many", number=most, group=clause.group, sides=element, bound=high)
                        )
        return found

    def _parity(self, clause: Clause) -> list[Violation]:
        found = []
        for stage, ids in self._gone(clause.over):
            for group in clause.groups or (clause.group,):
                spans = [(side, self.sum(ids, side, group, weights=clause.weights)) for side in clause.sides]
                for one, (least, _) in spans:
                    for other, (_, most) in spans:
                        if one < other or one > other:
                            difference = most - least
                            if difference > clause.tolerance:
                                found.append(
                                    _short(clause, stage, "ahead", one=one, other=other, number=difference, group=group)
                                )
        return found

    def _ratio(self, clause: Clause) -> list[Violation]:
        found = []
        one, other = clause.sides
        for stage, ids in self._gone(clause.over):
            owed = [(number, self.sum(ids, one, group)) for group, number in clause.key.items()]
            least, most = sum(n * span[0] for n, span in owed), sum(n * span[1] for n, span in owed)
            low, high = self.sum(ids, other, clause.against)
            if most - low > clause.tolerance or high - least > clause.tolerance:
                found.append(_short(clause, stage, "key", number=least, sides=other, bound=low))
        return found

    def _all(self, clause: Clause) -> list[Violation]:
        found = []
        for stage, ids in self._until(clause.over):
            for element in clause.sides or ("",):
                sides = {part.strip() for part in element.split("+")} if element else set(self.terms.sides)
                held = {p for p, (side, person) in self.people.items() if side in sides and self.holds(clause.group, person)}
                waiting = held - set(ids)
                if waiting:
                    found.append(_short(clause, stage, "stay", number=len(waiting), group=clause.group, sides=element))
        return found

    def _named(self, clause: Clause) -> list[Violation]:
        named = {*clause.people, *clause.in_return}
        found = [
            _short(clause, stage, "named", person=", ".join(sorted(named - set(ids))))
            for stage, ids in self._until(clause.over)
            if named - set(ids)
        ]
        if clause.in_return and len({self.stage_of.get(person) for person in named}) > 1:
            found.append(_short(clause, "", "not in one stage"))
        return found

    def _exclusions(self) -> list[Violation]:
        return [
            Violation(
                exclusion.id,
                self.terms.stages[stage].id,
                "excluded",
                {"person": person_id, "group": exclusion.id},
                exclusion.text,
                exclusion.texts,
            )
            for exclusion in self.terms.exclusions
            for person_id, stage in self.stage_of.items()
            if exclusion.group is not None and self.holds(exclusion.group, self.people[person_id][1]) is not False
        ]

    def _circulation(self) -> list[Violation]:
        if self.terms.circulation is None:
            return []
        found = []
        for party in self.terms.parties:
            gives, gets = self.sum(self.stage_of, "", "all", holder=party), self.sum(self.stage_of, "", "all", receiver=party)
            if gives[1] > gets[0] or gets[1] > gives[0]:
                values = {"one": party, "number": str(gives[0]), "bound": str(gets[0])}
                found.append(Violation("circulation", "", "balance", values))
        return found + (
            [] if self.terms.circulation.longest_cycle is None else self._cycles(self.terms.circulation.longest_cycle)
        )

    def _cycles(self, longest: int) -> list[Violation]:
        """The cycles that the plan names must be short enough, and account for everybody who goes between parties."""
        found, owed = [], dict[tuple[str, str], int]()
        for cycle, times in self.plan.proof.cycles:
            if len(set(cycle)) != len(cycle) or not 2 <= len(cycle) <= longest:
                values = {"one": " → ".join(cycle), "number": str(len(cycle)), "bound": str(longest)}
                found.append(Violation("circulation", "", "cycle", values))
            for arc in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
                owed[arc] = owed.get(arc, 0) + times
        going = dict[tuple[str, str], int]()
        for person_id in self.stage_of:
            side, person = self.people[person_id]
            giver = str(person.facts.get("holder") or self.terms.sides[side].holder)
            getter = str(person.facts.get("receiver") or self.terms.sides[side].receiver)
            going[giver, getter] = going.get((giver, getter), 0) + 1
        for one, other in sorted({*owed, *going}):
            number, bound = going.get((one, other), 0), owed.get((one, other), 0)
            if number != bound:
                values = {"one": one, "other": other, "number": str(number), "bound": str(bound)}
                found.append(Violation("circulation", "", "flow", values))
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
            _short(clause, "", "family", one=clause.by, other=mark, sides=side)
            for (side, mark), stages in families.items()
            if len(stages) > 1
        ]


def _short(clause: Clause, stage: str, fault: Fault, **values: object) -> Violation:
    return Violation(clause.id, stage, fault, {name: str(value) for name, value in values.items()}, clause.text, clause.texts)
