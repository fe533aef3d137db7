"""`homeward demo` and `homeward rehearse` as a user meets them: what they print, how they end, what a full disk leaves."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import homeward, refused


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "exchange"
    ran = homeward("demo", "--people", 10, "-o", folder, "--json")
    assert ran.code == 0, ran
    assert ran.json["verdict"]["verdict"] == "complete"
    assert Path(ran.json["report"]).exists()
    return folder


def test_a_demo_in_a_pipe_prints_its_result_and_no_progress(demo: Path) -> None:
    program = [sys.executable, "-m", "homeward", "rehearse", str(demo)]
    ended = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "COMPLETE AND UNCHANGED" in ended.stdout


def test_the_first_rehearsal_of_own_files_waits_for_officers_with_exit_code_2(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("rehearsal", "review.xlsx"))
    line = refused(homeward("rehearse", folder), 2)
    assert "wait for two officers' decisions" in line
    assert sorted(path.parent.name for path in folder.glob("*/review.xlsx")) == ["RU", "UA"]
    again = homeward("rehearse", folder, "--json")
    assert (again.code, again.json["error"]["code"]) == (2, 2)


def test_a_changed_list_asks_for_a_new_sheet_and_names_the_rows(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("rehearsal"))
    shutil.copy(folder / "UA" / "review.xlsx", folder / "RU" / "review.xlsx")
    ran = homeward("rehearse", folder)
    assert ran.code == 3
    assert "review.xlsx, row 2" in ran.err


def test_a_full_disk_ends_with_one_line_and_leaves_no_result(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("rehearsal"))

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    program = [sys.executable, "-m", "homeward", "rehearse", str(folder)]
    ended = subprocess.run(program, capture_output=True, text=True, check=False, preexec_fn=small_files)
    assert (ended.returncode, ended.stdout) == (4, ""), ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (folder / "rehearsal").exists()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_folder_without_terms_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "there is no terms.toml" in refused(homeward("rehearse", tmp_path), 3)
