"""The sentences of this room in English and Ukrainian, in one place so that both can be read side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from homeward.terms.conditionwords import FACT_WORDS, say_fact
from homeward.terms.model import Clause

if TYPE_CHECKING:
    from homeward.planning.why import Reason

Language = Literal["en", "uk"]


def quoted(clause: Clause, language: Language) -> str:
    """A clause by its id and, if it has one, its text."""
    name = f"clause {clause.id}" if language == "en" else f"пункт {clause.id}"
    text = clause.said(language)
    if not text:
        return name
    return f"{name} (“{text}”)" if language == "en" else f"{name} («{text}»)"


def _base(fact: str) -> str:
    """A fact by its own name where only its bounds are asked for: `age_from@2025-06-02` is `age@2025-06-02`."""
    name, at, day = fact.partition("@")
    return name.removesuffix("_from").removesuffix("_to") + at + day


#: How a plan was found; `Proof.method` holds the English words.
METHODS = {
    "linear program": "лінійна програма",
    "linear program, then whole numbers among its best solutions": "лінійна програма, далі цілі числа серед її найкращих розв’язків",
    "whole-number program": "програма в цілих числах",
    "changed on the day, as little as possible": "змінено в день обміну, якомога менше",
}


def method(name: str, language: Language) -> str:
    """How a plan was found."""
    return name if language == "en" else METHODS.get(name, name)


def priority(name: str, language: Language) -> str:
    """A priority: a group by its name in the terms, a score or a level of our own in words.

    >>> priority("days_held", "uk"), priority("serious", "uk")
    ('днів утримання', 'serious')
    """
    place = 0 if language == "en" else 1
    if name in _LEVELS:
        return _LEVELS[name][place]
    return FACT_WORDS[name][place] if name in FACT_WORDS else name


#: The levels that stand in no terms, and how they are told.
_LEVELS = {
    "GC III 109": ("seriously wounded and ill, GC III 109", "тяжкопоранені й тяжкохворі, GC III 109"),
    "all": ("everybody", "усі"),
}


def bend(clause: Clause, units: int | None, language: Language) -> str:
    """One clause given way by so many units, or dropped."""
    name = quoted(clause, language)
    if units is None:
        return f"drop {name}" if language == "en" else f"вилучити {name}"
    if clause.kind == "count" and clause.equals is None and clause.min is None and clause.max is not None:
        return (
            f"raise the limit of {name} from {clause.max} to {clause.max + units}"
            if language == "en"
            else f"збільшити межу, яку ставить {name}, з {clause.max} до {clause.max + units}"
        )
    if clause.kind == "count" and clause.equals is None and clause.max is None and clause.min is not None:
        return (
            f"lower the minimum of {name} from {clause.min} to {clause.min - units}"
            if language == "en"
            else f"зменшити мінімум, який ставить {name}, з {clause.min} до {clause.min - units}"
        )
    if clause.kind in {"all", "named"}:
        return (
            f"let {units} people whom {name} covers stay"
            if language == "en"
            else f"дозволити, щоб {units} із тих, кого охоплює {name}, залишилися"
        )
    return f"allow {name} a difference of {units}" if language == "en" else f"дозволити відхилення на {units}: {name}"


def relaxation(bends: Sequence[str], cost: int, language: Language) -> str:
    """Several bends together, with their cost."""
    joined = (" and " if language == "en" else " та ").join(bends)
    return f"{joined} (cost {cost})" if language == "en" else f"{joined} (ціна {cost})"


def conflict(clauses: Sequence[Clause], missing: Sequence[str], ways: Sequence[str], language: Language) -> str:
    """The contradiction, who is missing, and the ways out."""
    names = ", ".join(quoted(clause, language) for clause in clauses)
    if language == "en":
        if len(clauses) == 1:
            text = f"With these people it is impossible to keep {names}."
        else:
            text = (
                f"With these people it is impossible to keep all of: {names}. Without any one of them the others are possible."
            )
        if missing:
            text += f" No pool has {', '.join(missing)}."
        if ways:
            return text + " Ways out, cheapest first: " + "; ".join(ways) + "."
        return text + " No clause that may be relaxed is enough alone."
    if len(clauses) == 1:
        text = f"З цими людьми неможливо виконати {names}."
    else:
        text = f"З цими людьми неможливо виконати разом: {names}. Без будь-якого з них решту виконати можна."
    if missing:
        text += f" Немає в жодному списку: {', '.join(missing)}."
    if ways:
        return text + " Виходи, від найдешевшого: " + "; ".join(ways) + "."
    return text + " Жодного пункту, який дозволено пом’якшити, не досить."


def reason(why: Reason, language: Language) -> str:
    """Why one person does not go (earlier), and what would have to change."""
    english = language == "en"
    clauses = ", ".join(quoted(clause, language) for clause in why.clauses)
    if why.code == "going":
        return f"{why.person} goes in the first stage, {why.stage}." if english else f"{why.person}: перший етап, {why.stage}."
    if english:
        start = f"{why.person} does not go" if why.stage is None else f"{why.person} goes in stage {why.stage} and not earlier"
    else:
        start = f"{why.person}: не в плані" if why.stage is None else f"{why.person}: етап {why.stage}, не раніше"
    place, first = _places(why.waiting + 1, clauses, language), priority(why.priority, language)
    match why.code:
        case "outside":
            if english:
                return f"{start}: {clauses} lets nobody of “{why.group}” go. That clause would have to change."
            return f"{start}: {clauses} не допускає нікого з «{why.group}». Змінитися мав би цей пункт."
        case "unknown":
            facts = ", ".join(say_fact(_base(name), language) for name in why.facts)
            if english:
                return (
                    f"{start}: {clauses} lets nobody of “{why.group}” go, and whether that applies is not known. "
                    f"It would have to be established: {facts}."
                )
            return f"{start}: {clauses} не допускає нікого з «{why.group}», а чи це той випадок, невідомо. З’ясувати: {facts}."
        case "behind":
            if english:
                return f"{start}: {why.others} others stand before them by priority “{first}”. {place}"
            return f"{start}: перед цією особою {why.others} інших за пріоритетом «{first}». {place}"
        case "draw" if not why.others:
            if english:
                return f"{start}: an equally good plan takes somebody like them, and the public draw chose another. {place}"
            return f"{start}: так само добрий план бере когось із таких людей, але відкритий жереб обрав інший. {place}"
        case "draw":
            if english:
                return f"{start}: equal to {why.others} others who go, they came later in the public draw. {place}"
            return f"{start}: рівні з {why.others} іншими, хто їде, але за відкритим жеребом далі. {place}"
        case "blocked":
            if english:
                return f"{start}: no plan can take anybody like them and keep {clauses}. One of these would have to change."
            return f"{start}: жоден план не може взяти когось із таких людей і виконати {clauses}. Щось мало б змінитися."
        case _:
            if english:
                return (
                    f"{start}: a plan with somebody like them would lose {why.loss} by priority “{first}”, "
                    f"which comes first; {why.others} people who go count for more there."
                )
            return (
                f"{start}: план із кимось із таких людей утратив би {why.loss} за пріоритетом «{first}», що важливіший; "
                f"{why.others} з тих, хто їде, мають за ним більше."
            )


def _places(number: int, clauses: str, language: Language) -> str:
    """How many more places it takes, and what leaves none."""
    if language == "en":
        text = f"It takes {number} more place{'' if number == 1 else 's'} for people like them"
        return f"{text}; no place is left by {clauses}." if clauses else f"{text}."
    text = f"Для таких людей потрібно ще місць: {number}"
    return f"{text}; їх не лишає {clauses}." if clauses else f"{text}."


def shortfall(clause: Clause, stage: str, units: int, remains: int, language: Language) -> str:
    """A clause that cannot be kept any more, and for how many people remains are handed over instead."""
    name = quoted(clause, language)
    if language == "en":
        text = f"After stage {stage}, {name} is missed by {units}."
        return f"{text} Remains are handed over instead for {remains}, as agreed." if remains else text
    text = f"Після етапу {stage} {name} не виконано на {units}."
    return f"{text} Замість осіб, яких не передано ({remains}), передають останки, як домовлено." if remains else text
