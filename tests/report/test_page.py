"""The page: self-contained, deterministic, well formed, escaped, complete in both languages, and sound when there is little to say."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import pytest

from homeward.report import DeviationSummary, TimelineEvent, write_report
from homeward.report.page import SECTIONS, render
from homeward.report.tables import MOMENTS
from homeward.report.words import Words
from tests.report.reading import Page
from tests.report.samples import exchange, nobody, nothing_yet, side

EVIL = "<script>alert('x')</script>\"&'<img src=https://example.org/x>{{ 7*7 }}"

REPORTS = {"exchange": exchange, "nothing yet": nothing_yet, "nobody": nobody}


@cache
def shown(name="exchange", language="en"):
    """The page of a sample, made once for all tests that only read it."""
    return render(REPORTS[name](), language=language)


@pytest.fixture(params=sorted(REPORTS))
def name(request):
    return request.param


@pytest.fixture(params=["en", "uk"])
def language(request):
    return request.param


def test_the_same_report_gives_the_same_bytes(name, language):
    first = shown(name, language)
    with mpl.rc_context({"font.size": 30, "svg.hashsalt": "another", "axes.grid": True}):
        assert render(REPORTS[name](), language=language) == first


def test_a_page_is_well_formed_with_every_id_once(name, language):
    page = Page(shown(name, language))
    assert len(page.ids) == len(set(page.ids))


def test_nothing_in_a_page_points_outside_it(name, language):
    text = shown(name, language)
    page = Page(text)
    assert all(target.startswith("#") for target in page.pointing)
    assert {target[1:] for target in page.pointing} <= {*page.ids}
    assert not re.search(r"https?:|//\w|@import|<script|<link|<iframe|javascript:|\bon\w+\s*=\s*\"", text)
    assert all(inside.startswith(("#", "data:")) for inside in re.findall(r"url\(([^)]*)\)", text))
    assert "default-src 'none'" in text


def test_what_is_referred_to_within_a_picture_is_in_it():
    text = shown()
    ids = {*Page(text).ids}
    assert {*re.findall(r"url\(#([^)]*)\)", text)} <= ids
    assert {*re.findall(r'aria-(?:labelledby|describedby)="([^"]*)"', text)} <= ids


def test_everything_that_comes_from_outside_is_escaped():
    plain = exchange()
    found = replace(
        plain,
        title=EVIL,
        parties={"N": EVIL, "S": EVIL},
        terms_text=f"{EVIL}\n\nArticle 1. {EVIL}\n\n1.1 {EVIL}\n",
        terms_digits=EVIL,
        legal_remarks=(EVIL,),
        lists=tuple(replace(each, label=EVIL, findings={EVIL: 3}, meanings={EVIL: EVIL}) for each in plain.lists),
        matching=tuple(replace(each, label=EVIL, decided={EVIL: 1}) for each in plain.matching),
        sides=tuple(replace(each, id=f"{EVIL}{each.id}", answers={EVIL: 1}) for each in plain.sides),
        stages=tuple(replace(each, id=EVIL, date=EVIL, differences=(EVIL,)) for each in plain.stages),
        deviations=(DeviationSummary(1, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL),),
        timeline=(TimelineEvent(1, EVIL, EVIL, EVIL),),
        verdict_text=EVIL,
        verdict_word=EVIL,
        plan_proof=(EVIL,),
    )
    text = render(found)
    page = Page(text)
    assert "<script" not in text
    assert "<img" not in text
    assert not any(tag in {"script", "img"} for tag, _ in page.tags)
    assert EVIL in page.text


def test_money_signs_and_backslashes_are_not_taken_for_formulas():
    text = render(replace(exchange(), parties={"N": "North $x^2$", "S": r"South \frac"}))
    assert "North $x^2$" in Page(text).text
    assert r"South \frac" in Page(text).text


def test_headings_go_down_one_step_at_a_time(name, language):
    headings = Page(shown(name, language)).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_a_page_says_its_language_and_has_all_sections_in_order(language):
    page = Page(shown("exchange", language))
    assert dict(page.tags)["html"]["lang"] == language
    assert [values["id"] for tag, values in page.tags if tag == "section"] == list(SECTIONS)


def test_every_table_has_a_caption_and_headings_for_columns_and_rows():
    page = Page(shown())
    tables = sum(1 for tag, _ in page.tags if tag == "table")
    assert tables >= 8
    assert sum(1 for tag, _ in page.tags if tag == "caption") == tables
    scopes = [values.get("scope") for tag, values in page.tags if tag == "th"]
    assert None not in scopes
    assert {*scopes} == {"col", "row", "rowgroup"}


def test_every_picture_has_a_title_and_a_description_with_its_numbers():
    text = shown()
    pictures = re.findall(r'<svg viewBox="[^"]*" role="img".*?</svg>', text, flags=re.DOTALL)
    assert len(pictures) == 9
    assert all(re.search(r"<title [^>]*>[^<]+</title><desc [^>]*>[^<]*\d[^<]*</desc>", each) for each in pictures)


def test_rehearsals_say_so_on_the_screen_and_on_every_printed_page():
    banner = "Rehearsal with invented people"
    assert banner not in shown()
    text = render(replace(exchange(), invented=True))
    assert banner in Page(text).text
    assert f'@top-left {{ content: "{banner}"' in text


def test_the_digits_to_compare_are_shown_in_full():
    assert exchange().terms_digits in Page(shown()).text


def test_a_page_says_that_every_balance_adds_up():
    assert "Check: all 6 rows add up." in Page(shown()).text


def test_a_balance_that_does_not_add_up_is_called_out_with_the_number_missing():
    plain = exchange()
    wrong = replace(plain.stages[0], balance={**plain.stages[0].balance, "to-north": {"planned": 12, "received": 9}})
    page = Page(render(replace(plain, stages=(wrong, plain.stages[1]))))
    assert "Check: 2 of 6 rows do not add up" in page.text
    assert "no, by 3" in page.text


def test_a_deviation_shows_who_stated_it_and_that_nobody_has_agreed():
    page = Page(shown())
    assert "52 second A person was not presented p-0003 South nobody yet none" in page.text
    assert "40 first A person died on the way p-0007 North South p-0019" in page.text


def test_where_there_is_nothing_to_show_a_sentence_says_so():
    words = Words("en")
    text = Page(shown("nothing yet")).text
    keys = (
        "terms",
        "legal_remarks",
        "lists",
        "matching",
        "sides",
        "plan",
        "stages",
        "deviations",
        "acts",
        "proof",
        "digits",
        "verdict",
    )
    assert [key for key in keys if words(f"no_{key}") not in text] == []


def test_dates_that_are_not_known_are_called_unknown():
    text = Page(shown()).text
    assert "second date not known" in text
    assert "second, date not known" in text


def test_of_very_many_moments_the_first_and_last_are_shown_with_the_number_left_out():
    events = tuple(TimelineEvent(act, "2031-02-01T09:00:00Z", "N", f"moment {act}.") for act in range(1, 501))
    text = Page(render(replace(exchange(), timeline=events))).text
    assert "moment 1." in text
    assert "moment 500." in text
    assert "moment 250." not in text
    assert f"{500 - MOMENTS} moments left out here" in text


def test_one_side_or_three_are_drawn_as_well_as_two():
    plain = exchange()
    third = side("to-east", "N+S", "E", (9, 8, 7, 6, 5, 4))
    for sides in (plain.sides[:1], (*plain.sides, third)):
        page = Page(render(replace(plain, sides=sides)))
        assert len(page.ids) == len(set(page.ids))
    assert "North + South → E" in page.text


def test_a_long_record_stays_a_small_file():
    times = tuple(f"2031-02-{1 + act % 28:02}T{act % 24:02}:00:00Z" for act in range(200_000))
    assert len(render(replace(exchange(), act_times=times)).encode()) < 400_000


def test_a_page_is_written_whole_and_readable_by_everybody(tmp_path: Path):
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    write_report(exchange(), path, language="uk")
    assert path.read_text(encoding="utf-8") == shown("exchange", "uk")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_when_a_page_cannot_be_put_in_place_nothing_is_left_behind(tmp_path: Path):
    path = tmp_path / "report.html"
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_report(exchange(), path)
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
