"""The sentences of this room in English and Ukrainian, in one place so that both can be read side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from homeward.terms.model import Clause

Language = Literal["en", "uk"]


def quoted(clause: Clause, language: Language) -> str:
    """A clause by its id and, if it has one, its text."""
    name = f"clause {clause.id}" if language == "en" else f"пункт {clause.id}"
    if not clause.text:
        return name
    return f"{name} (“{clause.text}”)" if language == "en" else f"{name} («{clause.text}»)"


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
