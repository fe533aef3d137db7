"""Rules between the values of a terms file: what each kind of clause needs, limits that contradict, dates out of order.

Only parts in which every single value is right are looked at, so that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from homeward.terms.facts import FACTS
from homeward.terms.positions import Path
from homeward.terms.reporting import Names, Report, suggest
from homeward.terms.schema import ALWAYS_ALLOWED, CLAUSE_KEYS, TABLES

#: A table of the file whose values are already checked one by one.
Entry = Mapping[str, Any]


def check_rules(data: Entry, names: Names, report: Report) -> None:
    """Check every rule that needs more than one value."""
    for rule in RULES:
        rule(data, names, report)


def _entries(data: Entry, name: str, report: Report) -> list[tuple[Path, Entry]]:
    """The entries of a list of tables that have no problem so far."""
    value = data.get(name, [])
    if not isinstance(value, list):
        return []
    return [((name, index), entry) for index, entry in enumerate(value) if report.clean((name, index))]


def _named(data: Entry, name: str, report: Report) -> list[tuple[Path, Any]]:
    value = data.get(name, {})
    if not isinstance(value, dict):
        return []
    return [((name, key), entry) for key, entry in value.items() if report.clean((name, key))]


def _codes_apart(data: Entry, names: Names, report: Report) -> None:
    """A party, a bloc and a neutral never share a code."""
    for table, taken in (("blocs", names.parties), ("neutral", (*names.parties, *names.blocs))):
        for path, _ in _named(data, table, report):
            if path[-1] in taken:
                report.add(path, f"the code '{path[-1]}' is used before", "give it another code", at_key=True)


def _blocs(data: Entry, names: Names, report: Report) -> None:  # noqa: ARG001 - every rule has the same form.
    for path, members in _named(data, "blocs", report):
        for index, member in enumerate(members):
            if member in members[:index]:
                report.add((*path, index), f"'{member}' is named twice", "name each party once")


def _sides(data: Entry, names: Names, report: Report) -> None:
    del names
    blocs = data.get("blocs", {}) if report.clean(("blocs",)) else {}
    for path, side in _named(data, "sides", report):
        giver, taker = side["from"], side["to"]
        if set(blocs.get(giver, [giver])) & set(blocs.get(taker, [taker])):
            report.add((*path, "to"), f"'{giver}' and '{taker}' are the same party", "a side leads from one party to another")


def _reference(data: Entry, names: Names, report: Report) -> None:
    del names
    reference = data.get("reference", {})
    if isinstance(reference, dict) and {"date", "day"} <= set(reference):
        report.add(
            ("reference", "day"), "a fixed date and a day of each person's own exclude each other", "keep one", at_key=True
        )


def _stage_dates(data: Entry, names: Names, report: Report) -> None:
    del names
    agreement = data.get("agreement", {}) if report.clean(("agreement",)) else {}
    last, last_id = None, ""
    for path, stage in _entries(data, "stages", report):
        day = stage.get("date")
        if day is None:
            continue
        where = (*path, "date")
        if last is not None and day < last:
            report.add(
                where, f"stage '{stage['id']}' is before stage '{last_id}', which comes first", "put the stages in order"
            )
        elif "date" in agreement and day < agreement["date"]:
            report.add(
                where, f"stage '{stage['id']}' is before the agreement of {agreement['date']}", "correct one of the two days"
            )
        elif "lapses" in agreement and day > agreement["lapses"]:
            report.add(where, f"stage '{stage['id']}' is after the agreement lapses", "correct one of the two days")
        last, last_id = day, stage["id"]
    if "date" in agreement and "lapses" in agreement and agreement["lapses"] < agreement["date"]:
        report.add(("agreement", "lapses"), "the agreement lapses before its day", "correct one of the two days")


def _weights(data: Entry, names: Names, report: Report) -> None:
    del names
    for path, table in _named(data, "weights", report):
        values = [name for name in table if name not in {"field", "default"}]
        fact = FACTS[table["field"]]
        if not values:
            report.add(path, f"the table of equivalents '{path[-1]}' has no values", f"add lines such as {fact.name} value = 2")
        if fact.kind in {"number", "date"}:
            report.add((*path, "field"), f"{fact.name} has no fixed values", "use a fact such as 'rank'")
            continue
        for name in values:
            if fact.codes and name not in fact.codes:
                report.add((*path, name), f"{fact.name} is never '{name}'", suggest(name, fact.codes), at_key=True)


def _priorities(data: Entry, names: Names, report: Report) -> None:
    del names
    for path, priority in _entries(data, "priorities", report):
        if len(priority) != 1:
            report.add(
                path, "a priority has either a group or a score", 'write group = "…" or score = "days_held"', at_key=True
            )


def _relax(data: Entry, names: Names, report: Report) -> None:
    del names
    relax = data.get("relax", {})
    if not report.clean(("relax",)) or not isinstance(relax, dict):
        return
    for name in relax.get("cost", {}):
        if name in relax.get("never", []):
            report.add(
                ("relax", "cost", name),
                f"clause '{name}' is never given up, so it has no cost",
                "keep one of the two",
                at_key=True,
            )


def _fairness(data: Entry, names: Names, report: Report) -> None:
    del names
    fairness = data.get("fairness", {})
    if report.clean(("fairness",)) and isinstance(fairness, dict) and "between" in fairness:
        _needs_values(("fairness", "between"), fairness["between"], report)


def _needs_values(path: Path, fact: str, report: Report) -> None:
    if FACTS[fact].kind in {"number", "date"} or fact == "id":
        report.add(
            path, f"{fact} differs from person to person", "use a fact that several people share, such as 'family' or 'region'"
        )


def _clauses(data: Entry, names: Names, report: Report) -> None:
    for path, clause in _entries(data, "terms", report):
        kind = CLAUSE_KEYS[clause["kind"]]
        allowed = (*ALWAYS_ALLOWED, *kind.needed, *kind.allowed)
        for name in clause:
            if name not in allowed:
                remedy = f"take it out; this kind knows {', '.join((*kind.needed, *kind.allowed))}"
                report.add((*path, name), f"'{name}' does not belong to a clause of kind {clause['kind']}", remedy, at_key=True)
        for name in kind.needed:
            if name not in clause:
                example = TABLES["terms"].key(name).example
                message = f"a clause of kind {clause['kind']} needs '{name}'"
                report.add((*path, name), message, f"add a line such as {name} = {example}", at_key=True)
        if report.clean(path):
            _CLAUSE_RULES.get(clause["kind"], _no_rule)(path, clause, data, names, report)


def _no_rule(path: Path, clause: Entry, data: Entry, names: Names, report: Report) -> None:
    """A kind with no rule of its own."""


def _count(path: Path, clause: Entry, data: Entry, names: Names, report: Report) -> None:
    del names
    limits = [name for name in ("equals", "min", "max") if name in clause]
    tables = [name for name in ("per_holder", "per_receiver") if isinstance(clause.get(name), dict)]
    if not limits and not tables:
        report.add(path, "the clause counts people but sets no number", "add equals, min or max", at_key=True)
    elif "equals" in limits and len(limits) > 1:
        other = next(name for name in limits if name != "equals")
        report.add(
            (*path, other), f"'equals' and '{other}' exclude each other", "keep 'equals' alone, or 'min' and 'max'", at_key=True
        )
    elif "min" in clause and "max" in clause and clause["min"] > clause["max"]:
        message = f"at least {clause['min']} and at most {clause['max']} cannot both hold"
        report.add((*path, "min"), message, "make min no greater than max")
    if limits and tables:
        message = f"'{tables[0]}' gives a number for each party, and '{limits[0]}' gives another"
        report.add((*path, limits[0]), message, "keep one, or write the parties as a list", at_key=True)
    for name, end in (("per_holder", "from"), ("per_receiver", "to")):
        _parties_move(path, clause, (name, end), data, report)


def _parties_move(path: Path, clause: Entry, key_and_end: tuple[str, str], data: Entry, report: Report) -> None:
    """A party counted as a holder hands over on one of the clause's sides; as a receiver it receives on one."""
    name, end = key_and_end
    if name not in clause or not report.clean(("sides",)) or not report.clean(("blocs",)):
        return
    chosen = [side for joined in clause.get("sides", data["sides"]) for side in joined.split("+")]
    codes = {data["sides"][side][end] for side in chosen}
    blocs = data.get("blocs", {})
    members = {member for code in codes for member in blocs.get(code, [code])}
    for place, party in enumerate(clause[name]):
        if party not in members:
            verb = "hands nobody over" if end == "from" else "receives nobody"
            where = (*path, name, place) if isinstance(clause[name], list) else (*path, name, party)
            report.add(where, f"'{party}' {verb} on these sides", "correct the party or the sides")


def _two_sides(path: Path, clause: Entry, data: Entry, names: Names, report: Report) -> None:
    del data, names
    if len(clause["sides"]) != 2:
        message = f"a clause of kind {clause['kind']} compares two sides, not {len(clause['sides'])}"
        report.add((*path, "sides"), message, 'write sides = ["a", "b"]; "a+b" joins several into one')
    if "group" in clause and "groups" in clause:
        report.add((*path, "group"), "'group' and 'groups' exclude each other", "keep one", at_key=True)


def _all(path: Path, clause: Entry, data: Entry, names: Names, report: Report) -> None:
    del data
    choices = ("end", *names.stages)
    if clause.get("by", "end") not in choices:
        report.add((*path, "by"), f"there is no stage '{clause['by']}'", suggest(clause["by"], choices))


def _together(path: Path, clause: Entry, data: Entry, names: Names, report: Report) -> None:
    del data, names
    if clause["by"] not in FACTS:
        report.add((*path, "by"), f"there is no fact '{clause['by']}'", suggest(clause["by"], tuple(FACTS)))
    else:
        _needs_values((*path, "by"), clause["by"], report)


def _people(path: Path, clause: Entry, data: Entry, names: Names, report: Report) -> None:
    del data, names
    for index, one in enumerate(clause.get("in_return", [])):
        if one in clause["people"]:
            report.add((*path, "in_return", index), f"'{one}' cannot go in return for themselves", "name each person once")


_CLAUSE_RULES: Mapping[str, Callable[[Path, Entry, Entry, Names, Report], None]] = {
    "count": _count,
    "parity": _two_sides,
    "ratio": _two_sides,
    "all": _all,
    "together": _together,
    "named": _people,
}

#: Every rule between values, in the order in which they are tried.
RULES: tuple[Callable[[Entry, Names, Report], None], ...] = (
    _codes_apart,
    _blocs,
    _sides,
    _reference,
    _stage_dates,
    _weights,
    _priorities,
    _relax,
    _fairness,
    _clauses,
)
