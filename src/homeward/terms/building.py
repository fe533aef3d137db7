"""From checked values to `Terms`. Nothing here can fail: `homeward.terms.checking` has refused what would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from homeward.terms.clocktext import read_clock
from homeward.terms.expression import Expression
from homeward.terms.facts import NamedDay
from homeward.terms.model import (
    Agreement,
    Circulation,
    Clause,
    Consideration,
    Exclusion,
    Gate,
    Neutral,
    Obligation,
    Place,
    Pool,
    Priority,
    Reserve,
    Side,
    Stage,
    Substitution,
    Terms,
    Tie,
    Weights,
)
from homeward.terms.positions import Path
from homeward.terms.positions import Place as Spot

Entry = Mapping[str, Any]


class _Words:
    """Texts that may stand in several languages: the text itself goes into the model, the others beside it."""

    def __init__(self) -> None:
        self.translations: dict[str, Mapping[str, str]] = {}

    def take(self, value: object, *where: str) -> str:
        if not isinstance(value, dict):
            return str(value)
        self.translations[".".join(where)] = dict(value)
        return str(value.get("en", next(iter(value.values()))))


def build(data: Entry, places: Mapping[Path, Spot], source: bytes, file: str) -> Terms:
    """Make the terms out of values that have passed every check."""
    words = _Words()
    reference: Entry = data.get("reference", {})
    day: NamedDay = reference.get("day", "handover")
    return Terms(
        title=words.take(data["title"], "title"),
        parties={code: words.take(name, "parties", code) for code, name in data["parties"].items()},
        blocs={code: tuple(members) for code, members in data.get("blocs", {}).items()},
        sides={
            name: Side(name, side["from"], side["to"], side.get("carries", "people")) for name, side in data["sides"].items()
        },
        stages=tuple(Stage(stage["id"], stage.get("date"), stage.get("place")) for stage in data["stages"]),
        groups=_groups(data.get("groups", {}), "capture" if day == "capture" else None),
        clauses=tuple(_clause(clause, places["terms", index].key[0], words) for index, clause in enumerate(data["terms"])),
        priorities=tuple(Priority(one.get("group"), one.get("score")) for one in data.get("priorities", [])),
        weights={name: _weights(name, table) for name, table in data.get("weights", {}).items()},
        tie=Tie(**data.get("tie", {})),
        reserve=Reserve(**{name: float(share) for name, share in data.get("reserve", {}).items()}),
        relax_cost=dict(data.get("relax", {}).get("cost", {})),
        relax_never=frozenset(data.get("relax", {}).get("never", [])),
        reference_date=reference.get("date"),
        source=source,
        file=file,
        agreement=_agreement(data.get("agreement", {}), words),
        reference_day=day,
        neutrals={
            code: Neutral(code, words.take(one["name"], "neutral", code, "name"), tuple(one.get("roles", [])))
            for code, one in data.get("neutral", {}).items()
        },
        clocks={name: read_clock(name, written) for name, written in data.get("clocks", {}).items()},
        gates=tuple(
            Gate(one["id"], one["before"], one["needs"], _text(one, "gates", words), _grade(one))
            for one in data.get("gates", [])
        ),
        places={one["id"]: _place(one, words) for one in data.get("places", [])},
        exclusions=tuple(
            Exclusion(
                one["id"],
                one["ground"],
                places["exclusions", index].key[0],
                one.get("group"),
                _text(one, "exclusions", words),
                _texts(one),
            )
            for index, one in enumerate(data.get("exclusions", []))
        ),
        substitution=Substitution(**data.get("substitution", {})),
        obligations=tuple(_obligation(one, words) for one in data.get("obligations", [])),
        considerations=tuple(
            Consideration(
                one["id"], one["from"], one["to"], _text(one, "considerations", words), one.get("over", "end"), _grade(one)
            )
            for one in data.get("considerations", [])
        ),
        pools={
            side: Pool(side, one["at_least"], one.get("published", False), one.get("objections_until"))
            for side, one in data.get("pools", {}).items()
        },
        circulation=Circulation(data["circulation"].get("longest_cycle")) if "circulation" in data else None,
        fair_between=data.get("fairness", {}).get("between"),
        group_texts={
            name: words.take(rule["text"], "groups", name, "text")
            for name, rule in data.get("groups", {}).items()
            if isinstance(rule, dict) and "text" in rule
        },
        translations=words.translations,
    )


def _groups(table: Entry, on: date | NamedDay | None) -> dict[str, Expression]:
    groups = {"all": Expression("true")}
    for name, rule in table.items():
        if isinstance(rule, dict):
            day = rule.get("on", on)
            groups[name] = Expression(rule["where"], None if day == "handover" else day)
        else:
            groups[name] = Expression(rule, on)
    return groups


def _clause(entry: Entry, line: int, words: _Words) -> Clause:
    kind = entry["kind"]
    return Clause(
        id=entry["id"],
        kind=kind,
        line=line,
        text=_text(entry, "terms", words),
        group=entry.get("group", "all"),
        groups=tuple(entry.get("groups", [])),
        sides=tuple(entry.get("sides", [])),
        over=entry.get("by" if kind == "all" else "over", "end"),
        equals=entry.get("equals"),
        min=entry.get("min"),
        max=entry.get("max"),
        tolerance=entry.get("tolerance", 0),
        weights=entry.get("weights"),
        key={group: _worth(many) for group, many in entry.get("key", {}).items()},
        against=entry.get("against", "all"),
        people=tuple(entry.get("people", [])),
        in_return=tuple(entry.get("in_return", [])),
        by=entry["by"] if kind == "together" else "",
        per_holder=_per_party(entry.get("per_holder", {})),
        per_receiver=_per_party(entry.get("per_receiver", {})),
        grade=_grade(entry),
        texts=_texts(entry),
    )


def _texts(entry: Entry) -> dict[str, str]:
    text = entry.get("text")
    return dict(text) if isinstance(text, dict) else {}


def _text(entry: Entry, table: str, words: _Words) -> str:
    return words.take(entry["text"], table, entry["id"], "text") if "text" in entry else ""


def _grade(entry: Entry) -> Any:
    """One of the grades, as the schema has checked."""
    return entry.get("grade", "parties")


def _worth(value: float | str) -> Fraction:
    return Fraction(str(value))


def _per_party(value: Entry | list[str]) -> dict[str, int | None]:
    return dict(value) if isinstance(value, dict) else dict.fromkeys(value)


def _weights(name: str, table: Entry) -> Weights:
    values = {value: _worth(many) for value, many in table.items() if value not in {"field", "default"}}
    return Weights(name, table["field"], values, _worth(table.get("default", 1)))


def _agreement(entry: Entry, words: _Words) -> Agreement:
    place = words.take(entry["place"], "agreement", "place") if "place" in entry else ""
    return Agreement(entry.get("date"), place, entry.get("lapses"), entry.get("without_prejudice", True))


def _place(entry: Entry, words: _Words) -> Place:
    host = words.take(entry["host"], "places", entry["id"], "host") if "host" in entry else ""
    name = words.take(entry["name"], "places", entry["id"], "name")
    return Place(entry["id"], name, entry.get("kind", "point"), host, _grade(entry))


def _obligation(entry: Entry, words: _Words) -> Obligation:
    return Obligation(
        entry["id"],
        entry["kind"],
        entry.get("by", "all"),
        entry.get("group"),
        entry.get("until"),
        _text(entry, "obligations", words),
        _grade(entry),
    )
