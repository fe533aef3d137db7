"""The corpus is what its script makes, and the Python verifier says of every record what the corpus expects."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from homeward.exchange.verdict import judge_file
from homeward.record import verify_file
from tests.verifier.corpus import CORPUS, ROOT, expected, judges_acts, paths, wanted


@pytest.mark.parametrize("path", paths())
def test_the_python_verifier_says_what_the_corpus_expects(path: str) -> None:
    case = expected()[path]
    verdict, judged = verify_file(CORPUS / path, workers=1), judge_file(CORPUS / path)
    first = verdict.findings[0] if verdict.findings else None
    said: dict[str, object] = {"record": verdict.kind, "exchange": judged.kind}
    said |= {name: getattr(first, name, None) for name in ("place", "index", "code")}
    beyond = judged.record.findings[0] if judged.kind == "changed" and verdict.kind != "changed" else None
    said["exchange_finding"] = beyond and {"place": beyond.place, "index": beyond.index, "code": beyond.code}
    void = [] if judged.summary is None else [[v.index, v.act, v.by, v.reason] for v in judged.summary.void]
    assert said | {"void": void if judges_acts(case) else None} == wanted(case), case["says"]
    if "people" in case:
        assert judged.summary is not None
        assert {"handed_over": judged.summary.handed_over, "received": judged.summary.received} == case["people"]


def test_the_script_makes_the_corpus_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "tools" / "make-conformance"), str(tmp_path)], check=True)
    made, kept = ({path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (tmp_path, CORPUS))
    assert made == kept - {Path("README.md")}
    for path in sorted(made):
        assert (tmp_path / path).read_bytes() == (CORPUS / path).read_bytes(), path


def test_every_file_of_the_corpus_is_expected_and_every_fault_is_its_own() -> None:
    files = {str(path.relative_to(CORPUS)) for path in CORPUS.rglob("*.record")}
    assert files == set(expected())
    contents = {(CORPUS / path).read_bytes() for path in files}
    assert len(contents) == len(files)
