"""Terms and lists against the law of armed conflict. Each finding cites its article and says what to do.

The rules are in `homeward.terms.lawtable`. A group may hold seriously wounded people if its condition does not rule them out,
everything else being unknown; that is how `stretcher` counts as a group that may hold them and `age > 60 and medical ==
'well'` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from homeward.people.person import Absence, Field, Person
from homeward.terms.lawtable import LAWS, Severity
from homeward.terms.listcheck import covering_groups
from homeward.terms.membership import facts_under
from homeward.terms.model import Clause, Terms

_SERIOUS = ("seriously_wounded", "seriously_ill")


@dataclass(frozen=True, slots=True)
class LegalRemark:
    """One finding: the rule's name in the table, the clauses it is about, and for a list the ids of the people."""

    rule: str
    clauses: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def article(self) -> str:
        return LAWS[self.rule].article

    @property
    def severity(self) -> Severity:
        return LAWS[self.rule].severity

    def sentence(self, language: str = "en") -> str:
        """The finding in words ("en" or "uk"), with the article in front."""
        law = LAWS[self.rule]
        text = (law.uk if language == "uk" else law.en).format(clauses=", ".join(self.clauses), count=len(self.people))
        return f"{law.article}: {text}"


def legal_remarks(terms: Terms) -> tuple[LegalRemark, ...]:
    """What the law says about the terms themselves, before anybody is on a list."""
    return tuple(remark for rule in _TERMS_RULES for remark in rule(terms))


def legal_findings(terms: Terms, side: str, people: Sequence[Person], *, on: date | None = None) -> tuple[LegalRemark, ...]:
    """What the law says about the people of one side's list. `on` is the day on which ages and waiting times are reckoned."""
    day = on or terms.reference_date or next((stage.date for stage in terms.stages if stage.date is not None), None)
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    covering = covering_groups(terms, side)
    barring = [clause for clause in terms.clauses if side in terms.sides_of(clause) and _bars(clause)]
    mixing = tuple(clause.id for clause in terms.clauses if side in terms.sides_of(clause) and _mixes(terms, clause))
    for person in people:
        facts = facts_under(terms, person, side, on=day)
        if facts["state"] not in {"released", "dead"}:
            if facts["medical"] in _SERIOUS:
                barred = tuple(clause.id for clause in barring if terms.groups[clause.group].holds(facts))
                barred += tuple(one.id for one in terms.exclusions if one.group and terms.groups[one.group].holds(facts))
                if barred:
                    found.setdefault(("serious barred", barred), []).append(person.id)
                elif covering and all(terms.groups[group].holds(facts) is False for group in covering):
                    found.setdefault(("serious outside", ()), []).append(person.id)
            if facts["status"] == "civilian" and mixing:
                found.setdefault(("civilians counted", mixing), []).append(person.id)
            if side in terms.pools and terms.pools[side].published:
                found.setdefault(("harm test", (side,)), []).append(person.id)
            for rule in _of_one(person, day):
                found.setdefault((rule, ()), []).append(person.id)
    order = list(LAWS)
    ranked = sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    return tuple(LegalRemark(rule, clauses, tuple(ids)) for (rule, clauses), ids in ranked)


def manifest_findings(people: Sequence[str], outcomes: Mapping[str, str]) -> tuple[LegalRemark, ...]:
    """Whoever is on a manifest without an interview outcome, or the recorded reason why there was none, is refused."""
    without = tuple(person for person in people if not outcomes.get(person, "").strip())
    return (LegalRemark("no outcome", people=without),) if without else ()


def _of_one(person: Person, day: date | None) -> Iterator[str]:
    state, status, captured = person.text(Field.STATE), person.text(Field.STATUS), person.date(Field.CAPTURED_ON)
    if state == "refused":
        yield "against their will"
    if status == "retained":
        yield "retained staff"
    if any(claim.value is Absence.WITHHELD for claim in person.claims.values()):
        yield "withheld"
    if captured is not None and day is not None and state in {"missing", "believed_held"}:
        held = day - captured.latest()
        if status == "civilian" and held > timedelta(days=14):
            yield "civilians not notified"
        elif status != "civilian" and held > timedelta(days=7):
            yield "not notified"


def _may_hold(terms: Terms, group: str, **facts: str) -> bool:
    return terms.groups[group].holds(facts) is not False


def _may_hold_serious(terms: Terms, group: str) -> bool:
    return any(_may_hold(terms, group, medical=medical) for medical in _SERIOUS)


def _only_soldiers_out(terms: Terms, group: str) -> bool:
    """Whether the group rules soldiers out: GC III 109 and 110 speak of prisoners of war."""
    return not any(_may_hold(terms, group, medical=medical, status="military") for medical in _SERIOUS)


def _groups(clause: Clause) -> tuple[str, ...]:
    if clause.kind == "ratio":
        return (*clause.key, clause.against)
    return clause.groups or (clause.group,)


def _counts(clause: Clause) -> bool:
    """Whether the clause sets a balance or an upper limit."""
    limited = clause.equals is not None or clause.max is not None
    return clause.kind in {"parity", "ratio"} or (clause.kind == "count" and limited)


def _bars(clause: Clause) -> bool:
    return (
        clause.kind == "count"
        and (clause.max == 0 or clause.equals == 0)
        and clause.over in {"end", "each stage", "after every stage"}
    )


def _mixes(terms: Terms, clause: Clause) -> bool:
    balanced = clause.kind in {"parity", "ratio"} or (
        clause.kind == "count" and bool(clause.equals) and len(terms.sides_of(clause)) > 1
    )
    return balanced and any(
        _may_hold(terms, group, status="civilian") and _may_hold(terms, group, status="military") for group in _groups(clause)
    )


def _all_serious_go(terms: Terms) -> bool:
    """Whether clauses of kind all send every seriously wounded and ill soldier on every side that carries people."""
    sides = [side.id for side in terms.sides.values() if side.carries == "people"]
    return all(
        any(
            clause.kind == "all"
            and side in terms.sides_of(clause)
            and terms.groups[clause.group].holds({"medical": medical, "status": "military"})
            for clause in terms.clauses
        )
        for side in sides
        for medical in _SERIOUS
    )


def _numbers(terms: Terms) -> Iterator[LegalRemark]:
    counting = [clause for clause in terms.clauses if _counts(clause) and _carries_people(terms, clause)]
    explicit = tuple(
        clause.id
        for clause in counting
        if clause.over != "each stage"
        and any("medical" in terms.groups[group].fields and not _only_soldiers_out(terms, group) for group in _groups(clause))
        and not (clause.kind == "count" and clause.max is None and clause.equals is None)
    )
    if explicit:
        yield LegalRemark("man for man", explicit)
    implicit = tuple(
        clause.id
        for clause in counting
        if clause.id not in explicit and any(not _only_soldiers_out(terms, group) for group in _groups(clause))
    )
    if implicit and not _all_serious_go(terms):
        yield LegalRemark("held back by numbers", implicit)
        first = next((one for one in terms.priorities if one.group != "all"), None)
        if first is None or first.group is None or not _serious_group(terms, first.group):
            yield LegalRemark("not first")


def _serious_group(terms: Terms, group: str) -> bool:
    return all(terms.groups[group].holds({"medical": medical}) for medical in _SERIOUS)


def _carries_people(terms: Terms, clause: Clause) -> bool:
    return any(terms.sides[side].carries == "people" for side in terms.sides_of(clause))


def _civilians(terms: Terms) -> Iterator[LegalRemark]:
    mixed = tuple(clause.id for clause in terms.clauses if _carries_people(terms, clause) and _mixes(terms, clause))
    if mixed:
        yield LegalRemark("civilians with soldiers", mixed)
    balanced = tuple(
        clause.id
        for clause in terms.clauses
        if clause.id not in mixed
        and clause.kind in {"parity", "ratio"}
        and _carries_people(terms, clause)
        and any(
            "status" in terms.groups[group].fields and _may_hold(terms, group, status="civilian") for group in _groups(clause)
        )
    )
    if balanced:
        yield LegalRemark("civilians balanced", balanced)


def _exclusions(terms: Terms) -> Iterator[LegalRemark]:
    for rule, grounds in (("disciplinary", {"disciplinary"}), ("kept for trial", {"legal-hold", "conviction"})):
        clauses = tuple(one.id for one in terms.exclusions if one.ground in grounds)
        if clauses:
            yield LegalRemark(rule, clauses)
    serious = tuple(
        one.id
        for one in terms.exclusions
        if one.group and "medical" in terms.groups[one.group].fields and _may_hold_serious(terms, one.group)
    )
    if serious:
        yield LegalRemark("serious kept out", serious)


def _will(terms: Terms) -> Iterator[LegalRemark]:
    interviewed = "interviews" in terms.clocks or any(gate.needs == "interviews" for gate in terms.gates)
    if not interviewed:
        yield LegalRemark("no interview")
    if not any(one.ground == "refusal" for one in terms.exclusions):
        yield LegalRemark("no way to refuse")
    if not any(one.kind == "no-reprisals" for one in terms.obligations):
        yield LegalRemark("reprisals")


def _clocks(terms: Terms) -> Iterator[LegalRemark]:
    card, notice, interview = (terms.clocks.get(name) for name in ("capture_card", "civilian_notice", "interviews"))
    if card is not None and card.hours > 7 * 24:
        yield LegalRemark("late card")
    if notice is not None and notice.hours > 14 * 24:
        yield LegalRemark("late civilian notice")
    if interview is not None and interview.relation == "before" and interview.anchor == "stage" and 0 < interview.hours < 48:
        yield LegalRemark("late interview")


def _after(terms: Terms) -> Iterator[LegalRemark]:
    if not any(one.kind == "no-active-service" for one in terms.obligations):
        yield LegalRemark("service")
    published = tuple(pool.side for pool in terms.pools.values() if pool.published)
    if published:
        yield LegalRemark("published", published)


_TERMS_RULES: tuple[Callable[[Terms], Iterator[LegalRemark]], ...] = (_numbers, _civilians, _exclusions, _will, _clocks, _after)
