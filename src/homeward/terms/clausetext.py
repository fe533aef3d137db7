"""One clause in words: plain sentences that say exactly what its numbers say."""

from __future__ import annotations

from fractions import Fraction

from homeward.terms.conditionwords import say_fact
from homeward.terms.model import Clause, Terms
from homeward.terms.phrases import phrase, quoted
from homeward.terms.schema import OVERS


def say_clause(terms: Terms, clause: Clause, language: str) -> str:
    """The clause as sentences; the parties' own words, if they gave any, come last."""
    sentences = [_SAID[clause.kind](terms, clause, language)]
    if clause.weights is not None:
        sentences.append(phrase("by weights", language, weights=clause.weights))
    if clause.text:
        own = terms.said(clause.text, f"terms.{clause.id}.text", language)
        sentences.append(phrase("own words", language, text=quoted(own, language)))
    return " ".join(sentences)


def say_number(value: Fraction) -> str:
    """A whole number, or a fraction with a stroke."""
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def say_over(over: str, language: str, *, by_close: bool = False) -> str:
    """When a clause counts. A stage's id means that stage alone, or with `by_close` everything up to its close."""
    if over in OVERS:
        return phrase(f"by {over}", language)
    return phrase("by close of" if by_close else "by stage", language, stage=over)


def _stream(joined: str, language: str) -> str:
    return " + ".join(quoted(side, language) for side in joined.split("+"))


def _on_sides(terms: Terms, clause: Clause, language: str) -> str:
    """Where a clause counts, to follow "who go"; nothing when it speaks of all the streams there are."""
    if not clause.sides:
        return ""
    names = ", ".join(_stream(side, language) for side in clause.sides)
    if len(clause.sides) > 1:
        return phrase("on sides", language, sides=names)
    joined = "+" in clause.sides[0]
    return phrase("on joined" if joined else "on side", language, sides=names) if joined or len(terms.sides) > 1 else ""


def _whom(terms: Terms, clause: Clause, group: str, language: str) -> str:
    if group != "all":
        return phrase("whom", language, group=group)
    return phrase("whom remains" if _of_remains(terms, clause) else "whom all", language)


def _of_remains(terms: Terms, clause: Clause) -> bool:
    return all(terms.sides[side].carries == "remains" for side in terms.sides_of(clause))


def _limit(clause: Clause, language: str) -> str:
    if 0 in {clause.equals, clause.max}:
        return phrase("zero", language)
    if clause.equals is not None:
        return phrase("exactly", language, n=clause.equals)
    if clause.min is not None and clause.max is not None:
        return phrase("between", language, min=clause.min, max=clause.max)
    if clause.min is not None:
        return phrase("at least", language, n=clause.min)
    return phrase("at most", language, n=clause.max)


def _count(terms: Terms, clause: Clause, language: str) -> str:
    whom, over = _whom(terms, clause, clause.group, language), say_over(clause.over, language)
    where = _on_sides(terms, clause, language)
    sentences: list[str] = []
    limited = clause.equals is not None or clause.min is not None or clause.max is not None
    if limited:
        count = "count remains" if clause.group == "all" and _of_remains(terms, clause) else "count"
        sentences.append(phrase(count, language, whom=whom, where=where, limit=_limit(clause, language), over=over))
    for end, parties in (("holder", clause.per_holder), ("receiver", clause.per_receiver)):
        if not parties:
            continue
        if limited:
            sentences.append(phrase(f"each {end}", language, parties=", ".join(parties)))
        else:
            each = "; ".join(
                phrase("party count", language, party=party, n=phrase("exactly", language, n=n)) for party, n in parties.items()
            )
            sentences.append(phrase(f"by {end}", language, whom=whom, where=where, over=over, parties=each))
    return " ".join(sentences)


def _parity(terms: Terms, clause: Clause, language: str) -> str:
    if clause.groups and clause.groups != ("all",):
        whom = phrase("whom groups", language, groups=", ".join(quoted(group, language) for group in clause.groups))
    else:
        whom = _whom(terms, clause, clause.groups[0] if clause.groups else clause.group, language)
    first, second = (_stream(side, language) for side in clause.sides)
    return phrase(
        "parity within" if clause.tolerance else "parity equal",
        language,
        first=first,
        second=second,
        whom=whom,
        over=say_over(clause.over, language),
        n=clause.tolerance,
    )


def _ratio(terms: Terms, clause: Clause, language: str) -> str:
    first, second = (_stream(side, language) for side in clause.sides)
    whom, over = _whom(terms, clause, clause.against, language), say_over(clause.over, language)
    sentences = [
        phrase("ratio", language, group=group, first=first, second=second, whom=whom, over=over, n=say_number(many))
        for group, many in clause.key.items()
    ]
    if clause.tolerance:
        sentences.append(phrase("ratio tolerance", language, n=clause.tolerance))
    return " ".join(sentences)


def _all(terms: Terms, clause: Clause, language: str) -> str:
    over, where = say_over(clause.over, language, by_close=True), _on_sides(terms, clause, language)
    if clause.group == "all":
        return phrase("all", language, over=over, where=where)
    return phrase("all of", language, group=clause.group, over=over, where=where)


def _named(terms: Terms, clause: Clause, language: str) -> str:
    over, where = say_over(clause.over, language, by_close=True), _on_sides(terms, clause, language)
    said = phrase("named", language, over=over, where=where, people=", ".join(clause.people))
    if clause.in_return:
        said += " " + phrase("in return", language, people=", ".join(clause.in_return))
    return said


def _together(terms: Terms, clause: Clause, language: str) -> str:
    fact, where = quoted(say_fact(clause.by, language), language), _on_sides(terms, clause, language)
    if clause.group == "all":
        return phrase("together", language, fact=fact, where=where)
    return phrase("together of", language, fact=fact, group=clause.group, where=where)


_SAID = {"count": _count, "parity": _parity, "ratio": _ratio, "all": _all, "named": _named, "together": _together}
