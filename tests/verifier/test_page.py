"""The second verifier in a real browser: opened from disk, without a network, it says of every record what Python says.

`conftest` opens the browser; the tests skip where there is none.
"""

from __future__ import annotations

import base64
import importlib.machinery
import importlib.util
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from homeward.exchange.verdict import judge_file
from homeward.record import verify_file
from tests.cli.record_world import played_record
from tests.verifier.conftest import PAGE, Browser
from tests.verifier.corpus import CORPUS, ROOT, expected, judges_acts, paths, wanted, without_details

_DROP = """(text) => {
  const moved = new DataTransfer();
  moved.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], "dropped.record"));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def verdicts(browser: Browser) -> dict[str, dict[str, Any]]:
    """The page's verdict on every record of the corpus."""
    paths = list(expected())
    return dict(zip(paths, browser.judge(*((CORPUS / path).read_bytes() for path in paths)), strict=True))


@pytest.mark.parametrize("path", expected())
def test_the_page_says_what_the_corpus_expects(path: str, verdicts: dict[str, dict[str, Any]]) -> None:
    case, verdict = expected()[path], verdicts[path]
    first = verdict["record"]["findings"][0] if verdict["record"]["findings"] else {}
    said = {"record": verdict["record"]["kind"], "exchange": verdict["kind"]}
    said |= {name: first.get(name) for name in ("place", "index", "code")}
    said["exchange_finding"] = verdict["file"] and {name: verdict["file"][name] for name in ("place", "index", "code")}
    void = [[v["index"], v["act"], v["by"], v["reason"]] for v in (verdict["exchange"] or {"void": []})["void"]]
    assert said | {"void": void if judges_acts(case) else None} == wanted(case), case["says"]


@pytest.mark.parametrize("path", paths(readable=True))
def test_the_page_counts_what_python_counts(path: str, verdicts: dict[str, dict[str, Any]]) -> None:
    _compare(CORPUS / path, verdicts[path])


def _compare(path: Path, verdict: dict[str, Any]) -> None:
    mine, record = verify_file(path, workers=1), verdict["record"]
    for name in ("acts", "withheld", "signatures", "heads", "full_heads", "last_full", "cosigned", "reach", "sealed", "card"):
        assert record[name] == getattr(mine, name), name
    assert record["keys"] == json.loads(json.dumps([asdict(key) for key in mine.keys]))
    assert [(each["code"], each["index"]) for each in record["remarks"]] == [(each.code, each.index) for each in mine.remarks]
    judged = judge_file(path)
    assert (judged.summary is None) == (verdict["exchange"] is None)
    if judged.summary is not None and mine.kind != "changed":
        assert without_details(verdict["exchange"]) == without_details(judged.summary.as_json())


def test_a_rehearsed_exchange_is_the_same_to_both(browser: Browser) -> None:
    """HOMEWARD_DEMO_RECORD names a larger one, made before."""
    made = os.environ.get("HOMEWARD_DEMO_RECORD")
    record = Path(made) if made else played_record()
    (verdict,) = browser.judge(record.read_bytes())
    assert verdict["kind"] == judge_file(record).kind == "complete"
    _compare(record, verdict)


def test_a_file_that_is_dropped_is_read(browser: Browser) -> None:
    content = base64.b64encode((CORPUS / "bad" / "acts-cut-off.record").read_bytes()).decode()
    browser.page.evaluate(_DROP, content)
    browser.page.wait_for_selector(".verdict.changed")
    assert browser.page.inner_text(".file") == "dropped.record"


def test_a_chosen_file_is_shown_in_two_languages(browser: Browser) -> None:
    page = browser.page
    page.set_input_files("#file", CORPUS / "good" / "closed-exchange.record")
    page.wait_for_selector(".verdict.complete")
    shown = {page.inner_text(".verdict")}
    page.click("#language")
    shown.add(page.inner_text(".verdict"))
    assert shown == {"COMPLETE AND UNCHANGED", "ПОВНИЙ І НЕЗМІНЕНИЙ"}
    page.set_input_files("#file", CORPUS / "bad" / "act-changed.record")
    page.wait_for_selector(".verdict.changed")
    assert " 6 " in page.inner_text(".verdict")


def test_nothing_leaves_the_page_and_nothing_is_refused(browser: Browser, verdicts: dict[str, dict[str, Any]]) -> None:
    assert verdicts, "the corpus has been judged"
    assert browser.requests == [PAGE.as_uri()]
    assert browser.complaints == []


def test_the_page_cannot_send_anything_even_if_it_tried(browser: Browser) -> None:
    tried = browser.page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')")
    assert tried == "refused"
    assert any("Content Security Policy" in complaint for complaint in browser.complaints)
    browser.complaints.clear()


def test_the_page_is_made_of_its_parts_and_the_current_tables() -> None:
    loader = importlib.machinery.SourceFileLoader("make_verifier_page", str(ROOT / "tools" / "make-verifier-page"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    assert PAGE.read_text("utf-8") == module.page(), "run tools/make-verifier-page"
