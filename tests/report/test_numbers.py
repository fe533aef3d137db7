"""Counts behind the tables and pictures, and colours that can be told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.report import MatchingSummary, StageSummary
from homeward.report.agreement import blocks_of
from homeward.report.balance import balance_rows, checks
from homeward.report.charts import BANDS, band_names, band_of
from homeward.report.drawing import INK, MUTED, SIDES
from homeward.report.keyfigures import key_figures
from homeward.report.tables import answers_table, lists_table
from homeward.report.words import Words
from tests.report.samples import exchange

COUNTS = st.dictionaries(
    st.sampled_from(["planned", "reserves_called", "received", "died", "declined", "not_presented"]), st.integers(0, 500)
)


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b"]), COUNTS, min_size=1), max_size=5))
def test_totals_of_the_balance_are_the_sums_of_its_stages(balances):
    stages = [StageSummary(f"s{number}", None, balance, {}) for number, balance in enumerate(balances)]
    rows = balance_rows(stages)
    for total in (row for row in rows if row.stage is None):
        parts = [row for row in rows if row.stage is not None and row.side == total.side]
        assert total.people == sum(row.people for row in parts)
        assert total.outcomes == sum(row.outcomes for row in parts)
        assert total.missing == sum(row.missing for row in parts)


def test_key_figures_are_sums_over_both_sides():
    figures = {figure.title: figure for figure in key_figures(exchange(), Words("en"))}
    assert figures["Handed over"].number == "39"
    assert figures["Received"].parts == (("South → North", "19"), ("North → South", "20"))
    assert figures["Deviations"].parts == (("agreed by a second party", "1"), ("a reserve stepped in", "1"))
    assert figures["Rows on the lists"].number == "1\u202f264"


def test_the_balance_is_checked_against_the_way_from_listed_to_home():
    plain = exchange()
    assert [check.good for check in checks(plain, Words("en"))] == [True, True, True]
    shorter = replace(plain, stages=plain.stages[:1])
    found = checks(shorter, Words("en"))
    assert [check.good for check in found] == [True, False, False]
    assert "the balance says 12 received, the way from listed to home says 19" in found[1].text


def test_answers_and_names_without_one_make_the_listed():
    plain = exchange()
    half = replace(plain.sides[0], answers={"NOT_HELD": 10})
    rows = {row.cells[0]: row.cells for row in answers_table(replace(plain, sides=(half, plain.sides[1])), Words("en")).rows}
    assert rows["No answer yet"] == ("No answer yet", "", "20", "0")
    assert rows["Total"] == ("Total", "", "30", "1\u202f230")


def test_a_list_whose_outcomes_do_not_make_its_rows_is_called_out():
    plain = exchange()
    short = replace(plain, lists=(replace(plain.lists[0], accepted=20), plain.lists[1]))
    assert [row.cells[-1] for row in lists_table(short, Words("en")).rows] == ["no, by 5", "yes"]


@given(st.floats(0, 1))
def test_every_probability_falls_into_the_band_that_names_it(probability):
    band = band_of(probability)
    assert probability * 100 < BANDS[band] or band == len(BANDS) - 1
    assert band == 0 or probability * 100 >= BANDS[band - 1]
    assert len(band_names(Words("en"))) == len(BANDS)


def test_decisions_that_do_not_match_the_probabilities_are_our_own_mistake():
    with pytest.raises(ValueError, match="as many decisions"):
        MatchingSummary("x", (0.5, 0.7), {}, ("same",))


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")), max_size=12)
)
def test_setting_the_terms_changes_none_of_their_letters(lines):
    text = "\n".join(lines)
    shown = "".join(line for block in blocks_of(text) for line in block.lines)
    assert "".join(shown.split()) == "".join(text.split())


def test_a_word_broken_at_its_hyphen_closes_up():
    (block,) = blocks_of('5.1 The streams "home-\n    RU" and "home-UA" are equal -\n    nearly.\n')
    assert block.lines == ('5.1 The streams "home-RU" and "home-UA" are equal - nearly.',)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_has_the_contrast_of_wcag_aa_on_every_ground():
    style = files("homeward.report").joinpath("template", "report.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", style.partition("@media")[0]))
    for text in ("ink", "muted", "accent"):
        for ground in ("paper", "wash"):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert _contrast(colours["notice-ink"], colours["notice"]) >= 4.5
    assert _contrast(INK, "#ffffff") >= 4.5
    assert _contrast(MUTED, "#ffffff") >= 4.5


def test_two_sides_differ_in_grey_or_in_hatch():
    assert all(one[1] != other[1] for one, other in combinations(SIDES, 2))
    assert _contrast(SIDES[0][0], SIDES[1][0]) >= 2
