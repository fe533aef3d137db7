"""The schema as other people's tools read it: JSON Schema (draft 2020-12), and the reference section of the documentation.

Both are made from `homeward.terms.schema`. Files in `docs/` hold what these functions return; a test compares them.

>>> json_schema()["properties"]["title"]["anyOf"][0]
{'type': 'string', 'minLength': 1}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from homeward.terms.facts import FACTS
from homeward.terms.schema import ALWAYS_ALLOWED, CLAUSE_KEYS, OVERS, PASSED_OVER, ROOT, SCHEMA, TABLES, Key, Kind, Table

#: One JSON value.
Json = Mapping[str, object]

_TEXT: Json = {"type": "string", "minLength": 1}
_DATE: Json = {"type": "string", "format": "date"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_WORTH: Json = {
    "anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": "^[0-9]{1,9}(/[1-9][0-9]{0,8})?$"}]
}
_LIST: Json = {"type": "array", "items": _TEXT, "minItems": 1}
_WORDS: Json = {
    "anyOf": [
        _TEXT,
        {"type": "object", "propertyNames": {"pattern": "^[a-z]{2,3}$"}, "additionalProperties": _TEXT, "minProperties": 1},
    ]
}

_BY_KIND: Mapping[Kind, Json] = {
    Kind.WORDS: _WORDS,
    Kind.ID: {"type": "string", "pattern": "^[^\\s+,]{1,60}$"},
    Kind.DATE: _DATE,
    Kind.COUNT: _COUNT,
    Kind.LENGTH: {"type": "integer", "minimum": 2},
    Kind.SHARE: {"type": "number", "minimum": 0, "maximum": 1},
    Kind.VALUE: _WORTH,
    Kind.FLAG: {"type": "boolean"},
    Kind.PARTIES: _LIST,
    Kind.SIDES: _LIST,
    Kind.DAY: {"anyOf": [_DATE, {"enum": ["capture", "handover"]}]},
    Kind.GROUPS: _LIST,
    Kind.FACT: {"enum": list(FACTS)},
    Kind.PEOPLE: _LIST,
    Kind.KEY: {"type": "object", "additionalProperties": _WORTH, "minProperties": 1},
    Kind.PER_PARTY: {"anyOf": [_LIST, {"type": "object", "additionalProperties": _COUNT, "minProperties": 1}]},
    Kind.CLAUSES: _LIST,
    Kind.COSTS: {"type": "object", "additionalProperties": _COUNT, "minProperties": 1},
    Kind.CLOCK: {"anyOf": [_DATE, _TEXT]},
}


def json_schema() -> dict[str, object]:
    """The schema as JSON Schema. Dates of TOML stand as JSON strings. What refers to another part is checked by us alone."""
    properties: dict[str, object] = {key.name: _key_schema(key) for key in ROOT}
    properties.update({name: _FORMS[table.form](table) for name, table in TABLES.items()})
    properties.update({name: {"type": "object", "description": "read by another tool"} for name in sorted(PASSED_OVER)})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "type": "object",
        "properties": properties,
        "required": [key.name for key in ROOT if key.required] + [name for name, table in TABLES.items() if table.required],
        "additionalProperties": False,
    }


def json_schema_text() -> str:
    """The JSON Schema as the text of a file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def reference() -> str:
    """The reference section in Markdown: every table and key, the kinds of clauses, the facts of conditions."""
    parts = ["### At the top of the file\n", _rows(ROOT)]
    for table in TABLES.values():
        parts += [
            f"### {_HEADERS[table.form].format(name=table.name)}\n",
            table.meaning + (" Required." if table.required else "") + "\n",
        ]
        if table.value is not None:
            entry = "Every entry" if not table.keys or table.form == "values" else "Every other key"
            parts.append(f"{entry}: {_escape(table.value)}, for example `name = {table.value_example}`.\n")
        if table.keys:
            parts.append(_rows(table.keys))
    parts += ["### Kinds of clauses\n", _kinds(), "### Facts that a condition may ask\n", _facts()]
    return "\n".join(parts)


def _key_schema(key: Key) -> Json:
    described = {"description": key.meaning}
    if key.kind is Kind.OVER:
        return {**described, **_TEXT, "examples": list(OVERS)}
    if key.kind is Kind.CHOICE:
        return {**described, "enum": list(key.choices)}
    if key.kind is Kind.CHOICES:
        return {**described, "type": "array", "items": {"enum": list(key.choices)}, "minItems": 1}
    return {**described, **_BY_KIND.get(key.kind, _TEXT)}


def _object(table: Table) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {key.name: _key_schema(key) for key in table.keys},
        "required": [key.name for key in table.keys if key.required],
        "additionalProperties": _BY_KIND[table.value] if table.value is not None and table.form == "by id" else False,
    }


def _one(table: Table) -> Json:
    return {"description": table.meaning, **_object(table)}


def _list(table: Table) -> Json:
    return {"description": table.meaning, "type": "array", "items": _object(table), "minItems": int(table.required)}


def _by_id(table: Table) -> Json:
    return {
        "description": table.meaning,
        "type": "object",
        "additionalProperties": _object(table),
        "minProperties": int(table.required),
    }


def _values(table: Table) -> Json:
    assert table.value is not None
    value: Json = {"anyOf": [_TEXT, _object(table)]} if table.value is Kind.GROUP_RULE else _BY_KIND[table.value]
    return {"description": table.meaning, "type": "object", "additionalProperties": value, "minProperties": int(table.required)}


_FORMS: Mapping[str, Callable[[Table], Json]] = {"one": _one, "list": _list, "by id": _by_id, "values": _values}
_HEADERS: Mapping[str, str] = {"one": "`[{name}]`", "list": "`[[{name}]]`", "by id": "`[{name}.…]`", "values": "`[{name}]`"}


def _rows(keys: tuple[Key, ...]) -> str:
    lines = ["| key | value | meaning | example |", "|---|---|---|---|"]
    for key in keys:
        listed = ", ".join(f"`{choice}`" for choice in key.choices)
        value = _escape(key.kind) + (f": {listed}" if listed else "")
        name = f"`{key.name}`" + (" (required)" if key.required else "")
        lines.append(f"| {name} | {value} | {_escape(key.meaning)} | `{_escape(key.name)} = {_escape(key.example)}` |")
    return "\n".join(lines) + "\n"


def _kinds() -> str:
    lines = [
        f"Every kind may have {', '.join(f'`{name}`' for name in ALWAYS_ALLOWED)}.\n",
        "| kind | meaning | needs | may have |",
    ]
    lines.append("|---|---|---|---|")
    for name, kind in CLAUSE_KEYS.items():
        needed, allowed = (", ".join(f"`{key}`" for key in keys) or "–" for keys in (kind.needed, kind.allowed))
        lines.append(f"| `{name}` | {kind.meaning} | {needed} | {allowed} |")
    return "\n".join(lines) + "\n"


def _facts() -> str:
    lines = ["| fact | kind | meaning | codes |", "|---|---|---|---|"]
    for fact in FACTS.values():
        codes = ", ".join(f"`{code}`" for code in fact.codes) or "–"
        lines.append(f"| `{fact.name}` | {fact.kind} | {fact.meaning} | {codes} |")
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return text.replace("|", "\\|")
