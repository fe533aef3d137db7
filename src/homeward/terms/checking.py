"""Every value of a terms file against the table of the schema: unknown keys, wrong kinds, names that stand for nothing.

The rules between several values of one clause (min and max, what a kind needs) are in `homeward.terms.crossrules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from homeward.terms.clocktext import read_clock
from homeward.terms.expression import Expression, ExpressionError
from homeward.terms.facts import FACTS
from homeward.terms.positions import Path
from homeward.terms.reporting import Names, Report, suggest
from homeward.terms.schema import ANCHORS, OVERS, PASSED_OVER, ROOT, TABLES, Key, Kind, Table

_ID = re.compile(r"[^\s+,]{1,60}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
#: No exchange counts more; a larger number is a slip of the pen.
MOST_PEOPLE = 100_000_000
_FRACTION = re.compile(r"[0-9]{1,9}(/[1-9][0-9]{0,8})?")


def check_values(data: Mapping[str, object], report: Report) -> Names:
    """Check every key and value on its own; returns the names that the file declares."""
    names = Names(data)
    checker = _Checker(report, names)
    roots = {key.name: key for key in ROOT}
    for name, value in data.items():
        if name in roots:
            checker.value((name,), roots[name], value)
        elif name in TABLES:
            checker.table(TABLES[name], value)
        elif name not in PASSED_OVER:
            report.add((name,), f"there is no key '{name}'", suggest(name, (*roots, *TABLES)), at_key=True)
    for key in ROOT:
        if key.required and key.name not in data:
            report.add((key.name,), f"the key '{key.name}' is missing", f"add a line such as {key.name} = {key.example}")
    for table in TABLES.values():
        if table.required and table.name not in data:
            header = f"[[{table.name}]]" if table.form == "list" else f"[{table.name}]"
            report.add(
                (table.name,), f"the table {header} is missing", f"add it: {table.meaning[0].lower()}{table.meaning[1:]}"
            )
    return names


class _Checker:
    def __init__(self, report: Report, names: Names) -> None:
        self.report = report
        self.names = names
        parties = (*names.parties, *names.blocs)
        #: For kinds whose value is one name: what it is called, and the names that exist.
        self.known: Mapping[Kind, tuple[str, tuple[str, ...]]] = {
            Kind.PARTY: ("party or bloc", parties),
            Kind.OWING: ("party, bloc or neutral", ("all", *parties, *names.neutrals)),
            Kind.SIDE: ("side", names.sides),
            Kind.STAGE: ("stage", names.stages),
            Kind.GATED: ("stage", ("every stage", *names.stages)),
            Kind.OVER: ("stage", (*OVERS, *names.stages)),
            Kind.GROUP: ("group", names.groups),
            Kind.FACT: ("fact", tuple(FACTS)),
            Kind.WEIGHTS: ("table of equivalents", names.weights),
            Kind.PLACE: ("place", names.places),
            Kind.BY: ("stage or fact", ("end", *names.stages, *FACTS)),
        }
        self.known_lists: Mapping[Kind, tuple[str, tuple[str, ...]]] = {
            Kind.PARTIES: ("party", names.parties),
            Kind.GROUPS: ("group", names.groups),
            Kind.CLAUSES: ("clause", names.clauses),
        }
        self.checks: Mapping[Kind, Callable[[Path, object], object]] = {
            Kind.TEXT: self._text,
            Kind.WORDS: self._words,
            Kind.ID: self._id,
            Kind.DATE: self._date,
            Kind.COUNT: lambda path, value: self._whole(path, value, 0),
            Kind.LENGTH: lambda path, value: self._whole(path, value, 2),
            Kind.SHARE: self._share,
            Kind.VALUE: self._worth,
            Kind.FLAG: self._flag,
            Kind.EXPRESSION: self._expression,
            Kind.GROUP_RULE: self._group,
            Kind.SIDES: self._sides,
            Kind.DAY: self._day,
            Kind.PEOPLE: self._people,
            Kind.KEY: self._key,
            Kind.PER_PARTY: self._per_party,
            Kind.COSTS: self._costs,
            Kind.CLOCK: self._clock,
        }

    def table(self, table: Table, value: object) -> None:
        path: Path = (table.name,)
        if table.form == "list":
            if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
                self.report.add(path, f"'{table.name}' is a list of tables", f"begin each with [[{table.name}]]", at_key=True)
                return
            for index, entry in enumerate(value):
                self._keys((*path, index), table, entry)
            self._once(path, value)
            if table.required and not value:
                self.report.add(path, f"'{table.name}' is empty", f"add at least one [[{table.name}]]")
        elif not isinstance(value, dict):
            self.report.add(path, f"'{table.name}' is a table", f"begin it with [{table.name}]", at_key=True)
        elif table.form == "one":
            self._keys(path, table, value)
        else:
            if table.required and not value:
                self.report.add(path, f"'{table.name}' is empty", f"add at least one entry to [{table.name}]")
            for name, entry in value.items():
                self._named(path, table, name, entry)

    def _named(self, path: Path, table: Table, name: str, entry: object) -> None:
        path = (*path, name)
        if _ID.fullmatch(name) is None:
            self.report.add(path, f"'{name}' is no name", "use up to 60 characters without blanks, '+' and ','", at_key=True)
        if table.form == "values":
            assert table.value is not None
            self._check(path, table.value, entry)
        elif isinstance(entry, dict):
            self._keys(path, table, entry)
        else:
            self.report.add(path, f"'{name}' must be a table", f"begin it with [{table.name}.{name}]", at_key=True)

    def _once(self, path: Path, entries: Iterable[Mapping[str, object]]) -> None:
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            name = entry.get("id")
            if isinstance(name, str):
                if name in seen:
                    self.report.add((*path, index, "id"), f"the id '{name}' is used before", "give each its own id")
                seen.add(name)

    def _keys(self, path: Path, table: Table, entry: Mapping[str, object]) -> None:
        known = {key.name: key for key in table.keys}
        for name, value in entry.items():
            if name in known:
                self.value((*path, name), known[name], value)
            elif table.value is not None:
                self._check((*path, name), table.value, value)
            else:
                where = f"[{table.name}]" if table.form == "one" else f"an entry of '{table.name}'"
                self.report.add((*path, name), f"there is no key '{name}' in {where}", suggest(name, tuple(known)), at_key=True)
        for key in table.keys:
            if key.required and key.name not in entry:
                message = f"the key '{key.name}' is missing"
                self.report.add((*path, key.name), message, f"add a line such as {key.name} = {key.example}", at_key=True)

    def value(self, path: Path, key: Key, value: object) -> None:
        if key.kind is Kind.CHOICE:
            self._choice(path, value, key)
        elif key.kind is Kind.CHOICES:
            for place, one in self._list(path, value, "words"):
                self._choice(place, one, key)
        else:
            self._check(path, key.kind, value)

    def _check(self, path: Path, kind: Kind, value: object) -> None:
        if kind in self.known:
            self._one_of(path, value, *self.known[kind])
        elif kind in self.known_lists:
            what, choices = self.known_lists[kind]
            for place, one in self._list(path, value, "names"):
                self._one_of(place, one, what, choices)
        else:
            self.checks[kind](path, value)

    def _choice(self, path: Path, value: object, key: Key) -> None:
        if self._text(path, value) and value not in key.choices:
            self.report.add(path, f"'{key.name}' cannot be '{value}'", suggest(str(value), key.choices))

    def _one_of(self, path: Path, value: object, what: str, choices: Sequence[str]) -> None:
        if self._text(path, value) and value not in choices:
            self.report.add(path, f"there is no {what} '{value}'", suggest(str(value), choices))

    def _text(self, path: Path, value: object) -> bool:
        if not isinstance(value, str):
            self.report.add(path, f"{_called(value)} stands where text belongs", "put it in quotes")
        elif not value.strip():
            self.report.add(path, "the text is empty", "write something, or take the line out")
        else:
            return True
        return False

    def _words(self, path: Path, value: object) -> None:
        if not isinstance(value, dict):
            self._text(path, value)
            return
        if not value:
            self.report.add(path, "no language is given", 'write { en = "…", uk = "…" }')
        for language, text in value.items():
            if _LANGUAGE.fullmatch(language) is None:
                self.report.add((*path, language), f"'{language}' is no language", "use a code such as en or uk", at_key=True)
            self._text((*path, language), text)

    def _id(self, path: Path, value: object) -> None:
        if self._text(path, value) and _ID.fullmatch(str(value)) is None:
            self.report.add(path, f"'{value}' is no id", "use up to 60 characters without blanks, '+' and ','")
        elif value in (*OVERS, "every stage"):
            self.report.add(path, f"'{value}' has a meaning of its own", "choose another id")

    def _date(self, path: Path, value: object) -> bool:
        if isinstance(value, date) and not isinstance(value, datetime):
            return True
        remedy = "take the quotes away" if isinstance(value, str) else "leave the time of day out"
        self.report.add(path, f"{_called(value)} stands where a date belongs", f"write YYYY-MM-DD: {remedy}")
        return False

    def _whole(self, path: Path, value: object, least: int) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            remedy = "take the quotes away" if isinstance(value, str) else "write it in digits"
            self.report.add(path, f"{_called(value)} stands where a whole number belongs", remedy)
        elif value < least:
            self.report.add(path, f"{value} is less than {least}", f"write {least} or more")
        elif value > MOST_PEOPLE:
            self.report.add(path, f"{value} is more than {MOST_PEOPLE:,}", "write a number that can be meant")

    def _share(self, path: Path, value: object) -> None:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            self.report.add(path, f"{_called(value)} stands where a number belongs", "write a number from 0 to 1")
        elif not 0 <= value <= 1:
            self.report.add(path, f"{value} is not from 0 to 1", "write 3 in a hundred as 0.03")

    def _worth(self, path: Path, value: object) -> None:
        remedy = 'write a number above 0, or a fraction in quotes such as "110/9"'
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            self.report.add(path, f"{_called(value)} stands where a number belongs", remedy)
        elif isinstance(value, str) and _FRACTION.fullmatch(value) is None:
            self.report.add(path, f"'{value}' is no number", remedy)
        elif isinstance(value, float) and not 0 < value < 1e9:
            self.report.add(path, f"{value} is not a number above 0", remedy)
        elif Fraction(str(value)) <= 0:
            self.report.add(path, f"{value} is not above 0", remedy)

    def _flag(self, path: Path, value: object) -> None:
        if not isinstance(value, bool):
            self.report.add(path, f"{_called(value)} stands where true or false belongs", "write true or false without quotes")

    def _expression(self, path: Path, value: object) -> None:
        if not self._text(path, value):
            return
        try:
            Expression(str(value))
        except ExpressionError as error:
            message = f"at character {error.position} of the condition: {error.message}"
            # The column is exact for text on one line without escapes, which is how conditions are written.
            self.report.add(path, message, error.remedy, shift=error.position)

    def _group(self, path: Path, value: object) -> None:
        if path[-1] == "all":
            self.report.add(path, "the group 'all' is everybody", "choose another name", at_key=True)
        elif isinstance(value, dict):
            self._keys(path, TABLES["groups"], value) if "where" in value else self.report.add(
                path, "the group has no condition", 'add where = "age <= 25" or the like', at_key=True
            )
        else:
            self._expression(path, value)

    def _sides(self, path: Path, value: object) -> None:
        seen: set[str] = set()
        for place, joined in self._list(path, value, "sides"):
            if not self._text(place, joined):
                continue
            for side in str(joined).split("+"):
                self._one_of(place, side, "side", self.names.sides)
                if side in seen:
                    self.report.add(place, f"the side '{side}' is named twice", "name each side once")
                seen.add(side)

    def _day(self, path: Path, value: object) -> None:
        if isinstance(value, str):
            self._one_of(path, value, "day", ("capture", "handover"))
        else:
            self._date(path, value)

    def _people(self, path: Path, value: object) -> None:
        seen: set[object] = set()
        for place, one in self._list(path, value, "ids"):
            if self._text(place, one):
                if one in seen:
                    self.report.add(place, f"'{one}' is named twice", "name each person once")
                seen.add(one)

    def _key(self, path: Path, value: object) -> None:
        for name, worth in self._table(path, value, "{ group = 30 }"):
            self._one_of((*path, name), name, "group", self.names.groups)
            self._worth((*path, name), worth)

    def _per_party(self, path: Path, value: object) -> None:
        if isinstance(value, list):
            for place, one in self._list(path, value, "parties"):
                self._one_of(place, one, "party", self.names.parties)
            return
        for name, count in self._table(path, value, "{ A = 13 }"):
            self._one_of((*path, name), name, "party", self.names.parties)
            self._whole((*path, name), count, 0)

    def _costs(self, path: Path, value: object) -> None:
        for name, cost in self._table(path, value, "{ T1 = 5 }"):
            self._one_of((*path, name), name, "clause", self.names.clauses)
            self._whole((*path, name), cost, 0)

    def _clock(self, path: Path, value: object) -> None:
        if not isinstance(value, str):
            self._date(path, value)
            return
        try:
            read_clock(str(path[-1]), value)
        except ValueError:
            remedy = "write a date, or hours, days or weeks after or before one of: " + ", ".join(ANCHORS)
            self.report.add(path, f"'{value}' is no time limit", f'{remedy}; for example "7 days after signature"')

    def _list(self, path: Path, value: object, what: str) -> list[tuple[Path, object]]:
        if not isinstance(value, list):
            self.report.add(path, f"{_called(value)} stands where a list of {what} belongs", 'write it in brackets: ["…"]')
            return []
        if not value:
            self.report.add(path, f"the list of {what} is empty", "name at least one, or take the line out")
        return [((*path, index), one) for index, one in enumerate(value)]

    def _table(self, path: Path, value: object, example: str) -> list[tuple[str, object]]:
        if not isinstance(value, dict):
            self.report.add(path, f"{_called(value)} stands where a table belongs", f"write {example}")
            return []
        if not value:
            self.report.add(path, "the table is empty", f"write {example}, or take the line out")
        return list(value.items())


def _called(value: object) -> str:
    """What a value is called in plain words; the value itself where that helps."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"the text '{value}'"
        case int() | float():
            return f"the number {value}"
        case date():
            return f"the date {value}"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return f"the value {value}"
