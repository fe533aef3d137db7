"""What is published is what the program knows. To renew: `HOMEWARD_RENEW_GOLDEN=1 pytest tests/terms/test_published.py`."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date
from typing import Any

import pytest

from homeward.terms import json_schema, json_schema_text, parse, reference
from homeward.terms.schema import CLAUSE_KEYS, TABLES, Kind
from tests.terms.material import AGREEMENTS, REPOSITORY

DOCS = REPOSITORY / "docs"
BEGIN, END = "<!-- reference: begin -->\n", "<!-- reference: end -->"
RENEW = bool(os.environ.get("HOMEWARD_RENEW_GOLDEN"))


def test_the_published_json_schema_is_current() -> None:
    path = DOCS / "exchange-terms-1.schema.json"
    if RENEW:
        path.write_text(json_schema_text(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == json_schema_text()


def test_the_reference_in_the_documentation_is_current() -> None:
    path = DOCS / "terms-format.md"
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    written, after = rest.split(END)
    if RENEW:
        written = "\n" + reference() + "\n"
        path.write_text(before + BEGIN + written + END + after, encoding="utf-8")
    assert written == "\n" + reference() + "\n"


def test_every_example_in_the_schema_is_a_value_of_its_kind() -> None:
    for table in TABLES.values():
        for key in table.keys:
            value = tomllib.loads(f"{key.name} = {key.example}")[key.name]
            if key.kind is Kind.CHOICE:
                assert value in key.choices, f"{table.name}.{key.name}"


def test_the_smallest_file_of_the_documentation_loads() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (DOCS / "terms-format.md").read_text(encoding="utf-8"), re.DOTALL)
    assert parse(blocks[0].encode()).clauses[0].equals == 10
    # Every further block is a part that can be added to it.
    for block in blocks[1:]:
        assert parse((blocks[0] + block).encode()).title == "Ten for ten"


def test_every_key_that_a_kind_of_clause_knows_is_in_the_table() -> None:
    keys = {key.name for key in TABLES["terms"].keys}
    for kind in CLAUSE_KEYS.values():
        assert {*kind.needed, *kind.allowed} <= keys


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_every_example_is_valid_under_the_published_schema(path: Any) -> None:
    assert list(violations(as_json(tomllib.loads(path.read_text(encoding="utf-8"))), json_schema())) == []


def test_the_published_schema_refuses_what_the_program_refuses() -> None:
    good = as_json(tomllib.loads(AGREEMENTS[0].read_text(encoding="utf-8")))
    for change in (
        {"terms": []}, {"titel": "x"}, {"schema": "exchange-terms/2"}, {"stages": [{"id": "a b"}]}, {"relax": {"cost": {"T": -1}}},
        {"reserve": {"risk": 2}}, {"places": [{"id": "p"}]}, {"parties": {}},
    ):  # fmt: skip
        assert list(violations({**good, **change}, json_schema())), change


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def violations(value: Any, schema: Any, at: str = "$") -> Any:
    """The few words of JSON Schema that the published schema uses, read plainly; an unknown word fails the test."""
    known = {
        "$schema", "title", "description", "examples", "format", "type", "properties", "required", "additionalProperties", "items",
        "minItems", "minProperties", "propertyNames", "minLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "enum", "anyOf",
    }  # fmt: skip
    assert set(schema) <= known, set(schema) - known
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
    if "type" in schema and (
        not isinstance(value, types[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean")
    ):
        yield f"{at} is not {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r}"
    if "anyOf" in schema and all(list(violations(value, one, at)) for one in schema["anyOf"]):
        yield f"{at} fits nothing"
    if isinstance(value, str) and not (
        len(value) >= schema.get("minLength", 0) and re.search(schema.get("pattern", ""), value)
    ):
        yield f"{at}: text"
    if isinstance(value, (int, float)) and (
        value < schema.get("minimum", value)
        or value > schema.get("maximum", value)
        or value <= schema.get("exclusiveMinimum", value - 1)
    ):
        yield f"{at}: number"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{at} is too short"
        for index, inner in enumerate(value):
            yield from violations(inner, schema.get("items", {}), f"{at}[{index}]")
    if isinstance(value, dict):
        yield from (f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value)
        if len(value) < schema.get("minProperties", 0):
            yield f"{at} is empty"
        for name, inner in value.items():
            yield from violations(name, schema.get("propertyNames", {}), f"{at}.{name}")
            rest = schema.get("additionalProperties", {})
            if name in schema.get("properties", {}):
                yield from violations(inner, schema["properties"][name], f"{at}.{name}")
            elif rest is False:
                yield f"{at}.{name} is unknown"
            else:
                yield from violations(inner, rest, f"{at}.{name}")
