"""The agreement as text that officials can read and sign: numbered articles, plain sentences, the hash of the file at the end.

The text says what the file says and nothing else; equal files give equal texts. The names that the file gives to groups,
streams and stages stay as they are, in quotation marks, so that a sentence of the text can be found in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from textwrap import wrap

from homeward.terms.clausetext import say_clause, say_number, say_over
from homeward.terms.conditionwords import say_condition, say_fact, say_value
from homeward.terms.model import Clock, Grade, Terms
from homeward.terms.phrases import amount_of, day_in_words, phrase, quoted
from homeward.terms.schema import GRADES

WIDTH = 96


def as_text(terms: Terms, language: str = "en", *, reader: Grade = "sealed") -> str:
    """The agreement in English ("en") or Ukrainian ("uk"), for a reader of this grade; hidden parts keep their place.

    The default shows everything. Raises `ValueError` for another language.
    """
    lines = [*wrap(terms.said(terms.title, "title", language), WIDTH), "", *_preamble(terms, language)]
    number = 0
    for title, article in _ARTICLES:
        paragraphs = list(article(terms, language, reader))
        if paragraphs:
            number += 1
            lines += ["", phrase("article", language, number=number, title=phrase(title, language)), ""]
            for place, paragraph in enumerate(paragraphs, start=1):
                head = f"{number}.{place} "
                lines += wrap(head + paragraph, WIDTH, subsequent_indent=" " * len(head), break_long_words=False)
    digest = sha256(terms.source).hexdigest()
    groups = [digest[start : start + 4] for start in range(0, 64, 4)]
    lines += ["", *wrap(phrase("hash", language), WIDTH), "", "    " + " ".join(groups[:8]), "    " + " ".join(groups[8:]), ""]
    for code in terms.parties:
        lines += [phrase("sign", language, party=_party(terms, code, language)), ""]
    return "\n".join(lines)


def _preamble(terms: Terms, language: str) -> Iterator[str]:
    agreement = terms.agreement
    place = terms.said(agreement.place, "agreement.place", language)
    day = day_in_words(agreement.signed, language) if agreement.signed is not None else ""
    if place and day:
        yield phrase("signed at", language, place=place, date=day)
    elif day:
        yield phrase("signed", language, date=day)
    elif place:
        yield phrase("agreed at", language, place=place)
    if agreement.lapses is not None:
        yield phrase("lapses", language, date=day_in_words(agreement.lapses, language))
    if agreement.without_prejudice:
        yield phrase("without prejudice", language)


def _party(terms: Terms, code: str, language: str) -> str:
    """A party's name with its code; a bloc's code alone, which the first article explains."""
    if code in terms.parties:
        return f"{terms.said(terms.parties[code], f'parties.{code}', language)} ({code})"
    return quoted(code, language)


def _parties(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    for code, name in terms.parties.items():
        yield phrase("party", language, code=code, name=terms.said(name, f"parties.{code}", language))
    for code, members in terms.blocs.items():
        yield phrase("bloc", language, code=code, members=", ".join(members))
    for code, neutral in terms.neutrals.items():
        name = terms.said(neutral.name, f"neutral.{code}.name", language)
        roles = ", ".join(phrase(role, language) for role in neutral.roles)
        yield phrase("neutral" if roles else "neutral only", language, code=code, name=name, roles=roles)


def _streams(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    for side in terms.sides.values():
        giver, taker = _party(terms, side.holder, language), _party(terms, side.receiver, language)
        yield phrase("side", language, id=side.id, carries=phrase(side.carries, language), giver=giver, taker=taker)
    if terms.circulation is not None:
        yield phrase("circulation", language)
        if terms.circulation.longest_cycle is not None:
            yield phrase("circulation cap", language, n=terms.circulation.longest_cycle)


def _stages(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    for stage in terms.stages:
        day = phrase("stage date", language, date=day_in_words(stage.date, language)) if stage.date is not None else ""
        place = phrase("stage place", language, place=stage.place) if stage.place is not None else ""
        yield phrase("stage", language, id=stage.id, date=day, place=place)


def _places(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    for place in terms.places.values():
        if _hidden(place.grade, reader):
            yield phrase("hidden", language, id=place.id)
            continue
        host = terms.said(place.host, f"places.{place.id}.host", language)
        yield phrase(
            "place",
            language,
            id=place.id,
            name=terms.said(place.name, f"places.{place.id}.name", language),
            kind=phrase(place.kind, language),
            host=phrase("place host", language, host=host) if host else "",
            grade=phrase(place.grade, language),
        )


def _groups(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    reckoned = False
    for name, expression in terms.groups.items():
        if name == "all":
            continue
        reckoned = reckoned or not {"age", "days_held"}.isdisjoint(expression.fields)
        rule = say_condition(expression, language)
        if name in terms.group_texts:
            text = terms.said(terms.group_texts[name], f"groups.{name}.text", language)
            yield phrase("group said", language, name=name, text=text, rule=rule)
        else:
            yield phrase("group", language, name=name, rule=rule)
    if terms.reference_date is not None:
        yield phrase("reference date", language, date=day_in_words(terms.reference_date, language))
    elif terms.reference_day == "capture":
        yield phrase("reference capture", language)
    elif reckoned:
        yield phrase("reference handover", language)


def _equivalents(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    for table in terms.weights.values():
        values = ", ".join(f"{say_value(value, language)} {say_number(many)}" for value, many in table.values.items())
        fact = say_fact(table.field, language)
        yield phrase("weights", language, id=table.id, fact=fact, values=values, default=say_number(table.default))


def _clauses(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    for clause in terms.clauses:
        if _hidden(clause.grade, reader):
            yield phrase("hidden", language, id=clause.id)
        else:
            yield phrase("clause", language, id=clause.id, text=say_clause(terms, clause, language))


def _considerations(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    for one in terms.considerations:
        if _hidden(one.grade, reader):
            yield phrase("hidden", language, id=one.id)
            continue
        text = terms.said(one.text, f"considerations.{one.id}.text", language)
        over = say_over(one.over, language)
        yield phrase("consideration", language, id=one.id, giver=one.giver, taker=one.receiver, text=text, over=over)


def _exclusions(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    for one in terms.exclusions:
        who = (
            phrase("exclusion group", language, group=one.group) if one.group is not None else phrase("exclusion all", language)
        )
        said = phrase("exclusion", language, id=one.id, who=who, ground=phrase(one.ground, language))
        yield said + _own_words(terms, one.text, f"exclusions.{one.id}.text", language)


def _order(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    if terms.priorities:
        yield phrase("order intro", language)
    for one in terms.priorities:
        if one.score is not None:
            yield phrase(f"priority {one.score}", language)
        else:
            yield (
                phrase("priority all", language) if one.group == "all" else phrase("priority group", language, group=one.group)
            )
    if terms.fair_between is not None:
        yield phrase("fair", language, fact=say_fact(terms.fair_between, language))
    if terms.tie.seed is None:
        yield phrase("draw", language)
    else:
        yield phrase("draw seed", language, seed=quoted(terms.tie.seed, language))


def _pools(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    for pool in terms.pools.values():
        day = pool.objections_until
        until = phrase("pool until", language, date=day_in_words(day, language)) if day is not None else ""
        published = phrase("pool published", language) if pool.published else ""
        yield phrase("pool", language, side=quoted(pool.side, language), n=pool.at_least, published=published, until=until)


def _stand_ins(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    if terms.reserve.no_show:
        yield phrase("reserve", language, no_show=f"{terms.reserve.no_show * 100:g}", risk=f"{terms.reserve.risk * 1000:g}")
    rule = terms.substitution
    for incident in ("refused", "dead", "absent", "unfit", "misidentified", "shortfall"):
        remedy: str = getattr(rule, incident)
        yield phrase(f"incident {incident}", language, remedy=phrase(f"remedy {remedy}", language))
    if rule.notice_hours:
        yield phrase("notice", language, n=rule.notice_hours)


def _clocks(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    for clock in terms.clocks.values():
        what = phrase("clock interviews" if clock.id == "interviews" else clock.id, language)
        yield phrase("clock", language, what=what, when=_when(clock, language))


def _when(clock: Clock, language: str) -> str:
    if clock.date is not None:
        return phrase("clock date", language, date=day_in_words(clock.date, language))
    amount = amount_of(clock.unit, clock.amount, language)
    # The lists, answers, remarks and stages are things that are due and also events from which a limit runs.
    event = f"at {clock.anchor}" if clock.anchor in {"lists", "answers", "remarks", "stage"} else clock.anchor
    return phrase(f"clock {clock.relation}", language, amount=amount, anchor=phrase(event, language))


def _gates(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    for gate in terms.gates:
        if _hidden(gate.grade, reader):
            yield phrase("hidden", language, id=gate.id)
            continue
        needs = phrase(f"gate {gate.needs}" if gate.needs in {"medical", "consideration"} else gate.needs, language)
        every = gate.before == "every stage"
        said = phrase("gate every" if every else "gate", language, id=gate.id, stage=gate.before, needs=needs)
        yield said + _own_words(terms, gate.text, f"gates.{gate.id}.text", language)


def _obligations(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    for one in terms.obligations:
        if _hidden(one.grade, reader):
            yield phrase("hidden", language, id=one.id)
            continue
        said = phrase(
            "obligation",
            language,
            id=one.id,
            what=phrase(one.kind, language),
            group=phrase("obligation group", language, group=one.group) if one.group is not None else "",
            until=phrase("obligation until", language, date=day_in_words(one.until, language)) if one.until is not None else "",
            by=phrase("everybody", language) if one.by == "all" else one.by,
        )
        yield said + _own_words(terms, one.text, f"obligations.{one.id}.text", language)


def _relaxing(terms: Terms, language: str, reader: Grade) -> Iterator[str]:
    del reader
    if terms.relax_cost:
        yield phrase("cost", language, costs=", ".join(f"{clause} {cost}" for clause, cost in terms.relax_cost.items()))
    if terms.relax_never:
        never = [clause.id for clause in terms.clauses if clause.id in terms.relax_never]
        yield phrase("never", language, clauses=", ".join(never))


def _own_words(terms: Terms, text: str, place: str, language: str) -> str:
    if not text:
        return ""
    return " " + phrase("own words", language, text=quoted(terms.said(text, place, language), language))


def _hidden(grade: Grade, reader: Grade) -> bool:
    return GRADES.index(grade) > GRADES.index(reader)


#: The articles in their order: the code of the title, and what writes the paragraphs. An article without any is left out.
_ARTICLES: tuple[tuple[str, Callable[[Terms, str, Grade], Iterator[str]]], ...] = (
    ("Parties", _parties),
    ("Streams", _streams),
    ("Stages", _stages),
    ("Places", _places),
    ("Groups", _groups),
    ("Equivalents", _equivalents),
    ("Who goes", _clauses),
    ("Considerations", _considerations),
    ("Exclusions", _exclusions),
    ("Order", _order),
    ("Pools", _pools),
    ("Stand-ins", _stand_ins),
    ("Clocks", _clocks),
    ("Gates", _gates),
    ("Obligations", _obligations),
    ("Relaxing", _relaxing),
)
