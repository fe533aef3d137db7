"""Officers of three nodes walk a whole exchange, from two spreadsheets to the closing head, by pages alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from homeward.exchange.verdict import judge_file
from homeward.invented import write_exchange
from tests.bureau.walk.nodes import three_nodes
from tests.bureau.walk.way import Walk


@pytest.mark.browser
def test_three_nodes_walk_an_exchange_from_import_to_the_closing_head_by_pages_alone(chromium: Any, tmp_path: Path) -> None:
    exchange, files = tmp_path / "exchange", tmp_path / "files"
    exchange.mkdir()
    files.mkdir()
    write_exchange(exchange, people=12, seed="walk")
    with three_nodes(tmp_path / "nodes") as addresses:
        walk = Walk(chromium, addresses, files, exchange)
        walk.found()
        walk.agree_to_terms()
        walk.give_keys()
        walk.meet_by_https()
        walk.head()
        walk.import_registers()
        walk.commit_lists()
        walk.release_lists()
        walk.interview_everybody()
        walk.review_lists()
        walk.answer_lists()
        walk.freeze_lists()
        walk.plan_all()
        walk.stage("day1")
        walk.stage("day2", absent=True)
        walk.stage("day3")
        walk.close()
        records = walk.take_records()
        complaints = [said for officer in walk.officers.values() for said in officer.complaints]
    assert len({path.read_bytes() for path in records.values()}) == 1, "all parties hold the same record, byte for byte"
    verdict = judge_file(records["UA"])
    assert (verdict.kind, verdict.exit_code) == ("complete", 0), verdict.text()
    assert verdict.summary is not None
    assert [stage.state for stage in verdict.summary.stages] == ["CLOSED"] * 3
    assert [each.kind for each in verdict.summary.deviations] == ["NON_DELIVERY"]
    assert verdict.summary.void == ()
    assert complaints == [], "no browser had anything to complain about"
