"""The page of a matching run: thresholds with what they let through, one pair as a waterfall, no script, no network, no stray name."""

from __future__ import annotations

import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from homeward.matching import Proposal, match
from homeward.report.matching_charts import thresholds
from homeward.report.matching_page import WORDS, MatchingRun, matching_page, write_matching_report
from tests.matching.test_lists import LEFT, RIGHT

FOUND = match(LEFT, RIGHT, at_least=0.0)
RUN = MatchingRun("their-list.xlsx", "register.xlsx", len(LEFT), len(RIGHT), tuple(one.probability for one in FOUND))


def with_pair(pair: Proposal) -> MatchingRun:
    return MatchingRun(RUN.left, RUN.right, RUN.left_people, RUN.right_people, RUN.probabilities, pair)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_a_threshold_lets_through_what_is_as_sure_and_expects_the_sum_of_the_probabilities() -> None:
    found = thresholds([0.5, 0.9, 0.99, 0.999], (0.5, 0.9, 0.991, 0.9999))
    assert [each.links for each in found] == [4, 3, 1, 0]
    assert found[1].right == pytest.approx(0.9 + 0.99 + 0.999)
    assert found[3].precision == 1.0


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_page_loads_nothing_and_runs_nothing(language: str) -> None:
    parser = _Tags()
    parser.feed(matching_page(with_pair(FOUND[0]), language=language))
    assert not {"script", "link", "iframe", "img", "object", "form"} & set(parser.tags)
    for name, value in parser.attributes:
        assert not name.startswith("on")
        assert not (name in {"src", "href", "xlink:href"} and value and not value.startswith("#"))
    assert "svg" in parser.tags


def test_without_a_pair_the_page_holds_no_name_and_says_so() -> None:
    page = matching_page(RUN)
    assert WORDS["no_names"][0] in page
    for one in (*LEFT, *RIGHT):
        assert not [claim.written for claim in one.claims.values() if len(claim.written) > 3 and claim.written in page]


@pytest.mark.parametrize(("language", "at"), [("en", 0), ("uk", 1)])
def test_the_pair_asked_for_is_told_by_every_bar_in_the_readers_language_and_the_page_warns_of_names(
    language: str, at: int
) -> None:
    page = matching_page(with_pair(FOUND[0]), language=language)
    assert WORDS["names"][at] in page
    for bar in FOUND[0].evidence:
        assert bar.sentence(language) in page
    last = re.findall(r'<td class="n">([+−][0-9.]+)</td></tr>', page)[len(FOUND[0].evidence) - 1]
    assert float(last.replace("−", "-")) == pytest.approx(FOUND[0].bits, abs=0.006)


def test_cells_from_outside_are_escaped() -> None:
    nasty = Proposal.of("<b>", '"x', tuple(bar for bar in FOUND[0].evidence))
    page = matching_page(MatchingRun("<script>a</script>.csv", "", 1, 1, (0.9,), nasty))
    assert "<script" not in page
    assert "<b>" not in page


def test_the_same_run_gives_the_same_bytes_and_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    write_matching_report(with_pair(FOUND[1]), tmp_path / "a.html")
    write_matching_report(with_pair(FOUND[1]), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o600


def test_no_proposals_at_all_are_a_page_too() -> None:
    assert "0.0" in matching_page(MatchingRun("a.csv", "b.csv", 0, 0, ()))
