"""The page of a plan: its numbers are the plan's, it stands alone, and it says the same in both languages."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from homeward.planning import Account, Use, account_of, check_plan, make_plan
from homeward.report import write_plan_report
from homeward.report.plancharts import DRAWN_LIMITS, fullest, stage_faces, standings_shown
from homeward.report.planpage import PLAN_SECTIONS, render_plan
from homeward.terms import Clause
from tests.planning.invented import BOTH, PRIORITIES, clause, pool_of, terms_of
from tests.report.reading import Page
from tests.report.samples import account, plan

EVIL = "<script>alert('x')</script>\"&'<img src=https://example.org/x>{{ 7*7 }}"


@pytest.fixture(params=["en", "uk"])
def language(request):
    return request.param


def test_the_page_is_well_formed_has_every_section_and_points_nowhere_outside(language):
    text = render_plan(plan(), language=language)
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert dict(page.tags)["html"]["lang"] == language
    assert [values["id"] for tag, values in page.tags if tag == "section"] == list(PLAN_SECTIONS)
    assert {target[1:] for target in page.pointing} <= {*page.ids}
    assert not re.search(r"https?:|//\w|@import|<script|<link|<iframe|javascript:", text)
    assert "default-src 'none'" in text
    pictures = re.findall(r'<svg viewBox="[^"]*" role="img".*?</svg>', text, flags=re.DOTALL)
    assert len(pictures) == 3


def test_what_comes_from_outside_is_escaped():
    text = render_plan(replace(plan(), title=EVIL, parties={"N": EVIL, "S": EVIL}, verdict=EVIL, proof=(EVIL,), seed=EVIL))
    assert "<script" not in text
    assert "<img" not in text
    assert EVIL in Page(text).text


def test_every_number_of_the_plan_stands_in_a_table():
    text = Page(render_plan(plan())).text
    assert "first 1 March 2031 12 2 / 3 12 3 / 3" in text
    assert "stay 6 8" in text
    assert "known to belong to it, South → North 9 1 0 10" in text
    assert "500 to 1 234, South → North 10 2 0 12" in text
    assert "not known, South → North 0 0 2 2" in text
    assert "B1 seats in a bus to-north + to-south in stage first 12 12 100 %" in text
    assert "up to stage second 8 12 67 %" in text


def test_the_page_in_ukrainian_says_the_clauses_in_ukrainian():
    text = Page(render_plan(plan(), language="uk")).text
    assert "місця в автобусі" in text
    assert "Днів утримання" in text
    assert "seats in a bus" not in text


@pytest.mark.parametrize(
    ("word", "said"), [("best", "No: proven"), ("perhaps_not_best", "Not proven"), ("changed", "Changed on the day")]
)
def test_the_verdict_is_not_softened(word, said):
    text = render_plan(replace(plan(), verdict_word=word))
    assert said in Page(text).text
    assert ('class="verdict open"' in text) == (word != "best")


def test_priorities_that_repeat_one_before_them_are_shown_once():
    assert [standing.name for standing in standings_shown(account())] == ["GC III 109", "days_held"]


def test_without_limits_a_sentence_says_so():
    text = Page(render_plan(replace(plan(), account=replace(account(), uses=())))).text
    assert "The terms set no upper limits." in text


def test_of_very_many_limits_the_fullest_are_shown_and_how_many_there_are():
    uses = tuple(
        Use(Clause(f"L{number}", "count", number, max=500), "first", ("to-north",), number, 500) for number in range(1, 301)
    )
    shown = fullest(uses, DRAWN_LIMITS)
    assert [use.used for use in shown] == list(range(301 - DRAWN_LIMITS, 301))
    text = Page(render_plan(replace(plan(), account=replace(account(), uses=uses)))).text
    assert "the 100 fullest of 300 are shown" in text


def test_every_stage_has_a_face_of_its_own_and_staying_is_hatched():
    faces = stage_faces(10)
    assert len({*faces}) == 11
    assert faces[-1][1]


def test_a_plan_of_nobody_is_drawn():
    nobody = Account(("to-north",), ("first",), (None,), {"to-north": (0, 0)}, {"to-north": ((0, 0),)}, (), ())
    assert "stay" in Page(render_plan(replace(plan(), account=nobody))).text


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path, language):
    write_plan_report(plan(), tmp_path / "plan.html", language=language)
    assert (tmp_path / "plan.html").read_text("utf-8") == render_plan(plan(), language=language)


# The numbers themselves.


@pytest.mark.parametrize("seed", range(6))
def test_the_account_of_a_plan_counts_what_the_plan_says_person_by_person(seed):
    rng = random.Random(seed)
    terms = terms_of(
        clause("T1", kind="count", sides=BOTH, over="each stage", max=9)
        + clause("T2", kind="count", group="woman", sides=["home-A+home-B"], over="after every stage", max=11)
        + clause("T3", kind="count", group="young", sides=BOTH, over="end", max=0)
        + clause("T4", kind="parity", sides=BOTH)
        + PRIORITIES
    )
    pools = {side: pool_of(rng, 40, side, unknown=0.1) for side in BOTH}
    made = make_plan(terms, pools, seed="x")
    assert check_plan(terms, pools, made) == []
    found = account_of(terms, pools, made)
    stays = len(terms.stages)
    stage_of = {person: at for at, stage in enumerate(made.stages) for ids in stage.going.values() for person in ids}
    for side in BOTH:
        expected = [0] * (stays + 1)
        for person in pools[side]:
            expected[stage_of.get(person.id, stays)] += 1
        assert found.counts[side] == tuple(expected)
    for standing in found.standings:
        if standing.name in terms.groups:
            answers = {"members": True, "not known": None}
            for band in standing.bands:
                for side in BOTH:
                    here = [p for p in pools[side] if terms.groups[standing.name].holds(p.facts) is answers[band.kind]]
                    assert sum(band.counts[side]) == len(here)
                    assert band.counts[side][stays] == sum(p.id not in stage_of for p in here)
        if standing.name == "days_held":
            assert sum(sum(counts) for band in standing.bands for counts in band.counts.values()) == 80
            known = [band for band in standing.bands if band.kind == "score"]
            assert all(low.high < high.low for high, low in pairwise(known))
            for band in known:
                for side in BOTH:
                    inside = [p for p in pools[side] if band.low <= (p.facts.get("days_held") or -1) <= band.high]
                    assert sum(band.counts[side]) == len(inside)
    assert {use.clause.id for use in found.uses} == {"T1", "T2"}
    for use in found.uses:
        stage = [each.id for each in terms.stages].index(use.stage)
        counted = [
            person
            for side in use.sides
            for person in pools[side]
            if (stage_of.get(person.id, stays) <= stage if use.so_far else stage_of.get(person.id) == stage)
            and terms.groups[use.clause.group].holds(person.facts) is not False
        ]
        assert (use.used, use.limit) == (len(counted), use.clause.max)
