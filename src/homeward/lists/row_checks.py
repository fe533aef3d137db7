"""Checks that need one row alone, or the rows among themselves: identity, dates, the claimed category, ids, namesakes.

Each check yields findings of the table `homeward.lists.findings`; none of them asks a register and none of them says a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from homeward.lists.categories import claim_of
from homeward.lists.findings import Finding
from homeward.lists.identity import FIRST_NEEDED, missing_minimum, missing_to_identify
from homeward.lists.proposing import Proposed
from homeward.lists.review_words import field_name
from homeward.people import Field, PartialDate, Person
from homeward.terms import Expression, Terms, facts_of

#: Nobody older has ever been listed; a birth date further back is a slip of the pen.
_OLDEST = 100
#: Nobody younger is captured as a soldier; younger people are looked at as children.
_YOUNGEST = 12
_SERIOUS = frozenset({"seriously_wounded", "seriously_ill"})

Numbered = Sequence[tuple[int, Person]]


def check_rows(rows: Numbered, *, on: date | None) -> Iterator[Finding]:
    """What each row says about itself. `on` is the day on which ages are reckoned and after which a date lies in the future."""
    serious: list[tuple[int, Person]] = []
    for number, person in rows:
        nobody = missing_to_identify(person)
        if nobody:
            yield _finding("IDENTIFIES_NOBODY", number, person, _names(nobody))
        else:
            lacking = missing_minimum(person)
            first = [field for field in lacking if field in FIRST_NEEDED]
            if first:
                yield _finding("MISSING_DATA", number, person, _names(first))
            if len(lacking) > len(first):
                yield _finding("MISSING_MORE", number, person, _names(field for field in lacking if field not in FIRST_NEEDED))
        yield from _dates(number, person, on)
        if person.text(Field.MEDICAL) in _SERIOUS:
            serious.append((number, person))
    if serious:
        yield Finding("SERIOUS_CASES", tuple(number for number, _ in serious), tuple(person.id for _, person in serious))


def _names(fields: Iterable[Field]) -> dict[str, str]:
    chosen = list(fields)
    return {f"missing_{language}": ", ".join(field_name(field, language) for field in chosen) for language in ("en", "uk")}


def _finding(code: str, number: int, person: Person, details: Mapping[str, str] | None = None) -> Finding:
    return Finding(code, (number,), (person.id,), details or {})


def _dates(number: int, person: Person, on: date | None) -> Iterator[Finding]:
    """Dates that cannot be, dates that are hard to believe, and children."""
    born, captured = person.date(Field.BIRTH_DATE), person.date(Field.CAPTURED_ON)
    impossible: list[tuple[str, str]] = []
    if born is not None and on is not None and born.earliest() > on:
        impossible.append(("the birth date lies in the future", "дата народження в майбутньому"))
    if captured is not None and on is not None and captured.earliest() > on:
        impossible.append(("the day of capture lies in the future", "дата полону в майбутньому"))
    if born is not None and captured is not None and captured.latest() < born.earliest():
        impossible.append(("captured before birth", "полон раніше за народження"))
    for en, uk in impossible:
        yield _finding("DATE_IMPOSSIBLE", number, person, {"problem_en": en, "problem_uk": uk})
    if born is None or impossible:
        return
    day = captured.latest() if captured is not None else on
    if day is None:
        return
    youngest, oldest = born.age_range_on(day)
    if youngest > _OLDEST or oldest < _YOUNGEST:
        doubt = {"problem_en": f"the birth date makes an age of {oldest}", "problem_uk": f"за датою народження вік – {oldest}"}
        yield _finding("DATE_DOUBTFUL", number, person, doubt)
    if on is not None and _YOUNGEST <= born.age_range_on(on)[0] < 18:
        yield _finding("UNDER_AGE", number, person, {"day": on.isoformat()})


def check_ids(rows: Numbered) -> Iterator[Finding]:
    """Ids that stand on more than one row."""
    holders: dict[str, list[int]] = {}
    for number, person in rows:
        holders.setdefault(person.id, []).append(number)
    for entry_id, numbers in holders.items():
        if len(numbers) > 1:
            yield Finding("SAME_ID", tuple(numbers), (entry_id,) * len(numbers))


def check_namesakes(rows: Numbered, proposed: Proposed) -> Iterator[Finding]:
    """Rows of one name with different birth dates: written alike, or alike to the machine. Proposed repeats are no namesakes."""
    number_of = {person.id: number for number, person in rows}
    one_person = {frozenset((found.left_id, found.right_id)) for found in proposed.repeats}
    told: set[str] = set()
    groups: dict[tuple[str, ...], list[tuple[int, Person, PartialDate]]] = {}
    for number, person in rows:
        born = person.date(Field.BIRTH_DATE)
        name = tuple((person.text(field) or "").casefold() for field in (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC))
        if name[0] and name[1] and born is not None:
            groups.setdefault(name, []).append((number, person, born))
    for group in groups.values():
        # One row per birth date stands for all rows of that date, so that a thousand equal rows stay cheap.
        apart = list({str(born): (number, person, born) for number, person, born in reversed(group)}.values())[::-1]
        if len(apart) < 2:
            continue
        kept = [
            (number, person)
            for number, person, born in apart
            if any(
                frozenset((person.id, other.id)) not in one_person and not _overlap(born, date_of_other)
                for _, other, date_of_other in apart[:_MOST_COMPARED]
                if other is not person
            )
        ]
        if len(kept) > 1:
            told |= {person.id for _, person in kept}
            yield Finding("NAMESAKE", tuple(number for number, _ in kept), tuple(person.id for _, person in kept))
    for found in proposed.namesakes:
        pair = (found.left_id, found.right_id)
        if not told.issuperset(pair):
            yield Finding("NAMESAKE", tuple(number_of[entry_id] for entry_id in pair), pair)


_MOST_COMPARED = 50


def _overlap(one: PartialDate, other: PartialDate) -> bool:
    return one.earliest() <= other.latest() and other.earliest() <= one.latest()


def check_categories(rows: Numbered, terms: Terms | None, *, side: str | None, on: date | None) -> Iterator[Finding]:
    """The category that a row claims against the facts in the row: a group of the terms, or a word that lists use."""
    more: dict[str, str] = {}
    day = on
    if terms is not None:
        named = terms.sides.get(side) if side is not None else None
        parties = {} if named is None else {"holder": named.holder, "receiver": named.receiver}
        more = {name: code for name, code in parties.items() if code not in terms.blocs}
        day = terms.reference_date or on or next((stage.date for stage in terms.stages if stage.date is not None), None)
    for number, person in rows:
        claimed = person.text(Field.CATEGORY)
        if not claimed:
            continue
        expression = claim_of(claimed, terms.groups if terms is not None else {})
        if expression is None:
            if terms is not None:
                yield _finding("CATEGORY_NOT_IN_TERMS", number, person)
            continue
        # The cell itself is not repeated: it could hold anything. The condition says what the claim means.
        details = {"category": expression.source}
        facts = facts_of(person, day, days=[expression.on] if expression.on is not None else [], **more)
        holds = expression.holds(facts)
        if holds is None:
            yield _finding("CATEGORY_UNPROVEN", number, person, details)
        elif not holds and _age_decides(expression, facts):
            told = {**details, "day": str(expression.on or day), "age": _age(facts, expression)}
            yield _finding("AGE_OUTSIDE", number, person, told)
        elif not holds:
            yield _finding("WRONG_CATEGORY", number, person, details)


def _age_decides(expression: Expression, facts: Mapping[str, str | int | None]) -> bool:
    """Whether the age is what keeps somebody out: without it, the answer would be open."""
    blind = {name: None if name.startswith("age") else value for name, value in facts.items()}
    return expression.holds(blind) is None


def _age(facts: Mapping[str, str | int | None], expression: Expression) -> str:
    """The age on the expression's own day, as one number or the span that a partial birth date leaves."""
    suffix = f"@{expression.on}" if expression.on is not None else ""
    low, high = facts.get(f"age{suffix}_from"), facts.get(f"age{suffix}_to")
    return str(low) if low == high else f"{low}–{high}"
