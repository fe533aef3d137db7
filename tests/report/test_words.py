"""The table of words is complete in both languages, and the page uses nothing that is not in it."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from string import Formatter

from hypothesis import given
from hypothesis import strategies as st

from homeward.exchange.rules import COLUMNS
from homeward.exchange.summary import STEPS
from homeward.lists import FINDINGS
from homeward.report._table_of_words import TABLE
from homeward.report.words import Words, parse_time


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_key_is_there_in_both_languages_with_the_same_placeholders():
    for key, sentence in TABLE.items():
        assert set(sentence) == {"en", "uk"}, key
        assert all(text.strip() for text in sentence.values()), key
        assert _places(sentence["en"]) == _places(sentence["uk"]), key


def test_ukrainian_words_are_in_cyrillic():
    allowed = {"–", "{low} – {high} %", "{first} – {last}"}
    latin = [
        key for key, sentence in TABLE.items() if not re.search("[а-яіїєґ]", sentence["uk"]) and sentence["uk"] not in allowed
    ]
    assert latin == []


def test_every_key_that_the_page_asks_for_is_in_the_table():
    room = files("homeward.report")
    asked: set[str] = set()
    for template in ("report", "plan", "macros"):
        asked |= set(re.findall(r'\bt\("(\w+)"[,)]', room.joinpath("template", f"{template}.html").read_text(encoding="utf-8")))
    modules = ("tables", "charts", "timeline", "keyfigures", "balance", "page", "plancharts", "plantables", "planpage")
    for module in modules:
        asked |= set(re.findall(r'\bwords\("(\w+)"', room.joinpath(f"{module}.py").read_text(encoding="utf-8")))
    assert len(asked) > 80
    assert asked <= TABLE.keys()


def test_every_key_of_the_table_is_used_somewhere():
    room = files("homeward.report")
    names = (
        "template/report.html",
        "template/plan.html",
        "template/macros.html",
        "plancharts.py",
        "plantables.py",
        "planpage.py",
        "tables.py",
        "charts.py",
        "timeline.py",
        "keyfigures.py",
        "balance.py",
        "page.py",
        "words.py",
    )
    text = "".join(room.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names)
    by_code = (
        "finding_",
        "severity_",
        "column_",
        "step_",
        "decided_",
        "verdict_",
        "meaning_",
        "plan_best",
        "plan_perhaps",
        "plan_changed",
    )
    assert [key for key in TABLE if not re.search(f"[\"']{key}[\"']", text) and not key.startswith(by_code)] == []


def test_codes_of_other_rooms_have_words():
    assert [code for code in FINDINGS if f"finding_{code}" not in TABLE] == []
    assert [step for step in STEPS if f"step_{step}" not in TABLE] == []
    assert [column for column in COLUMNS.values() if f"column_{column}" not in TABLE] == []


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_a_hundred_only_for_all_and_nought_only_for_none(part, whole):
    part = min(part, whole)
    percent = int(Words("en").share(part, whole).rstrip("%").rstrip("\u202f"))
    assert (percent == 100) == (part == whole)
    assert (percent == 0) == (part == 0)
    assert abs(percent - 100 * part / whole) <= 1


@given(st.integers(0, 10**12))
def test_numbers_in_groups_of_three_read_back_as_themselves(number):
    shown = Words("uk").number(number)
    assert int(shown.replace("\u202f", "")) == number
    assert all(len(group) == 3 for group in shown.split("\u202f")[1:])


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from(["en", "uk"]))
def test_a_day_in_words_holds_its_day_and_year(day, language):
    shown = Words(language).day(day.isoformat())
    assert shown.startswith(f"{day.day}\xa0")
    assert shown.endswith(f"\xa0{day.year}")


def test_a_time_is_read_in_utc_whatever_its_zone_and_nonsense_is_left_as_it_is():
    assert parse_time("2025-05-23T12:00:00+03:00") == parse_time("2025-05-23T09:00:00Z")
    assert parse_time("noon") is None
    assert Words("en").moment("noon") == "noon"


def test_a_language_that_the_report_does_not_speak_reads_as_english():
    assert Words("fr")("received") == "Received"
    assert Words("fr").day("2025-05-23") == "23\xa0May\xa02025"
