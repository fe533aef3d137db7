"""The agreement's text against golden files. To renew them: `HOMEWARD_RENEW_GOLDEN=1 pytest tests/terms/test_text.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from homeward.terms import Expression, TermsError, as_text, load, parse
from homeward.terms.codewords import CODE_WORDS
from homeward.terms.conditionwords import FACT_WORDS, VALUE_WORDS, say_condition
from homeward.terms.facts import FACTS
from homeward.terms.phrases import PHRASES
from homeward.terms.reading import read
from homeward.terms.schema import (
    ANCHORS,
    GRADES,
    GROUNDS,
    NEEDS,
    OBLIGATIONS,
    PLACE_KINDS,
    REMEDIES,
    ROLES,
    SCORES,
    TABLES,
    Key,
)
from tests.terms.material import AGREEMENTS, small

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_the_text_is_the_golden_text(path: Path, language: str) -> None:
    text = as_text(load(path), language)
    golden = GOLDEN / f"{path.stem}.{language}.txt"
    if os.environ.get("HOMEWARD_RENEW_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_the_text_names_every_clause_and_ends_with_the_hash_of_the_file(path: Path) -> None:
    terms = load(path)
    text = as_text(terms)
    parts = (*terms.clauses, *terms.gates, *terms.exclusions, *terms.obligations)
    assert all(f"({part.id})" in text for part in parts)
    assert all(f'"{group}" means' in text for group in terms.groups if group != "all")
    assert sha256(path.read_bytes()).hexdigest() in "".join(text.split("SHA-256 is:")[1].split())


def variations(value: object, key: Key) -> list[str]:
    """Other values that the key may have, as they are written in the file."""
    match value:
        case bool():
            return [str(not value).lower()]
        case int():
            return [str(value + 1), str(value + 7)]
        case date():
            return [(value + timedelta(days=1)).isoformat()]
        case str() if key.choices:
            return [f'"{choice}"' for choice in key.choices if choice != value]
        case _:
            return []


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_nothing_that_binds_is_left_out_of_the_text(path: Path) -> None:
    """Whatever number, date or choice of the file is changed, the text changes with it."""
    source = path.read_text(encoding="utf-8")
    data, places = read(source.encode(), path.name)
    text = body_of(as_text(load(path)))
    lines = source.split("\n")
    tried = 0
    for name, table in TABLES.items():
        if table.form == "values" or name not in data:
            continue
        entries = data[name] if table.form == "one" else None
        many = [((name,), entries)] if entries is not None else [((name, at), one) for at, one in numbered(data[name])]
        for at, entry in many:
            for key in table.keys:
                if key.name not in entry or key.name == "method":
                    continue
                line, column = places[(*at, key.name)].value
                for other in variations(entry[key.name], key):
                    changed = [*lines[: line - 1], lines[line - 1][: column - 1] + other, *lines[line:]]
                    try:
                        terms = parse("\n".join(changed).encode())
                    except TermsError:
                        continue
                    tried += 1
                    assert body_of(as_text(terms)) != text, f"{path.name}:{line}: {key.name} = {other} is not in the text"
    assert tried > 10


def numbered(entries: Any) -> list[tuple[Any, Any]]:
    return list(entries.items()) if isinstance(entries, dict) else list(enumerate(entries))


def body_of(text: str) -> str:
    return text.split("SHA-256", maxsplit=1)[0]


def test_the_text_does_not_depend_on_the_hash_seed() -> None:
    program = f"from homeward.terms import load, as_text; print(as_text(load({str(AGREEMENTS[0])!r}), 'uk'))"
    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_every_code_of_the_schema_has_words_in_both_languages() -> None:
    named = {*ROLES, *GRADES, *GROUNDS, *PLACE_KINDS, *OBLIGATIONS}
    assert named <= set(CODE_WORDS) | set(PHRASES)
    assert {f"gate {need}" if f"gate {need}" in CODE_WORDS else need for need in NEEDS} <= set(CODE_WORDS)
    assert {f"at {anchor}" if f"at {anchor}" in CODE_WORDS else anchor for anchor in ANCHORS} <= set(CODE_WORDS)
    assert {f"remedy {remedy}" for remedy in REMEDIES} <= set(PHRASES)
    assert {f"priority {score}" for score in SCORES} <= set(PHRASES)
    clocks = {key.name for key in TABLES["clocks"].keys}
    assert {"clock interviews" if clock == "interviews" else clock for clock in clocks} <= set(CODE_WORDS)
    assert not set(PHRASES) & set(CODE_WORDS)
    assert set(FACT_WORDS) == set(FACTS)
    assert {code for fact in FACTS.values() for code in fact.codes} <= set(VALUE_WORDS)


def test_a_reader_of_a_lower_grade_does_not_see_what_is_above_it() -> None:
    terms = small(
        '[[terms]]\nid = "T"\nkind = "count"\nequals = 417\ngrade = "public"\n'
        '[[terms]]\nid = "S"\nkind = "count"\nmax = 999\ngrade = "sealed"\n'
        '[[places]]\nid = "p"\nname = "the old bridge"\ngrade = "sealed"\n'
    )
    public, parties, signers = (as_text(terms, reader=grade) for grade in ("public", "parties", "sealed"))
    assert "417" in public
    assert "the old bridge" not in public + parties
    assert "999" not in public + parties
    assert "999" in signers
    assert "the old bridge" in signers
    assert "(S) This part is not for this reader." in public


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"en .* uk"):
        as_text(small('[[terms]]\nid = "T"\nkind = "all"\n'), "fr")


def test_a_condition_in_words_keeps_its_meaning_visible() -> None:
    said = say_condition(Expression("sex == 'F' and (age < 18 or rank >= 'major') and not state == 'missing'"), "en")
    assert said == (
        "sex is female and (age is under 18 or rank is major or above) and it is not true that (what is known is missing)"
    )
    dated = say_condition(Expression("age <= 25 or captured_on < '2022-05-20'", on="capture"), "en")
    assert dated == "age on the day of capture is 25 or less or day of capture is before 20 May 2022"
    assert say_condition(Expression("rank != 'private'"), "uk") == "звання: не рядовий"
