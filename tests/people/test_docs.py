"""The page on list formats says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from homeward.people import FIELD_NAMES, REMARKS, Field, Remark
from homeward.people.describe import TABLES, fill_in

PAGE = Path(__file__).parents[2] / "docs" / "list-formats.md"
SOURCE = Path(__file__).parents[2] / "src" / "homeward" / "people"


def test_the_page_holds_every_table_as_the_code_has_it() -> None:
    page = PAGE.read_text("utf-8")
    assert fill_in(page) == page
    assert re.findall(r"<!-- table: (\w+) -->", page) == ["headings", "closings", "absences", "vocabulary", "remarks", "errors"]
    assert len(TABLES) == 6


def test_every_remark_is_said_in_english_and_ukrainian_with_the_same_details() -> None:
    for code, (weight, english, ukrainian) in REMARKS.items():
        assert weight in {"row", "refused", "file"}
        details = re.findall(r"\{(\w+)\}", english)
        assert sorted(details) == sorted(re.findall(r"\{(\w+)\}", ukrainian)), code
        remark = Remark(code, Field.NOTE, tuple((name, "7") for name in details))
        assert remark.text("uk").startswith(FIELD_NAMES[Field.NOTE][1])
        assert "{" not in remark.text() + remark.text("uk")


def test_every_remark_in_the_table_is_made_somewhere_in_the_code() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCE.glob("*.py") if path.name != "remarks.py")
    assert [name for name in REMARKS if f'"{name}"' not in code] == []
