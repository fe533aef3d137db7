"""`homeward terms`: every mistake at its line, the text to sign, the schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.lists_world import world
from tests.cli.running import homeward, refused


def test_sound_terms_are_counted_and_the_law_is_remarked() -> None:
    ran = homeward("terms", "check", world(24).terms)
    assert ran.out.splitlines()[0] == "terms.toml: 8 clauses, 3 stages, 2 sides: no mistakes"
    assert any(line.startswith("  remark, GC III 109, 110:") for line in ran.out.splitlines())


def test_every_mistake_of_a_terms_file_is_told_at_its_line(tmp_path: Path) -> None:
    terms = tmp_path / "t.toml"
    good = world(24).terms.read_text("utf-8")
    lines = good.replace('kind = "parity"', 'kind = "party"').replace("equals = 24", "equals = -24").splitlines()
    terms.write_text("\n".join(lines), "utf-8")
    wrong = sorted(number for number, line in enumerate(lines, start=1) if '= "party"' in line or "= -24" in line)
    ran = homeward("terms", "check", terms)
    assert (ran.code, ran.out) == (3, "")
    assert len(ran.err.splitlines()) == len(wrong) == 2
    found = homeward("terms", "check", terms, "--json").json["error"]
    assert [problem["line"] for problem in found["problems"]] == wrong
    assert all(problem["remedy"] for problem in found["problems"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"this is not TOML = = =", "t.toml, line 1, column "),
        (b"PK\x03\x04 a workbook", "t.toml"),
        (b"\xff\xfe\x00\x01", "t.toml"),
        (b"", "t.toml, line 1"),
    ],
)
def test_what_is_no_terms_file_is_refused_in_one_line(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_bytes(content)
    ran = homeward("terms", "check", tmp_path / "t.toml")
    assert (ran.code, ran.out) == (3, "")
    assert words in ran.err.splitlines()[0]


def test_the_text_to_sign_comes_in_both_languages_and_the_schema_is_json() -> None:
    english = homeward("terms", "show", world(24).terms)
    ukrainian = homeward("terms", "show", world(24).terms, "--language", "uk", "--json").json
    assert "Article 1. Parties" in english.out
    assert "Стаття 1." in ukrainian["text"]
    assert json.loads(homeward("terms", "schema").out) == homeward("terms", "schema", "--json").json


def test_a_missing_terms_file_and_a_folder_are_refused_in_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        assert str(path.name) in refused(homeward("terms", "check", path), 3)
