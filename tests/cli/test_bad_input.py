"""Whatever is wrong with the input, the output, the disk or the patience: one clear line, the right code, nothing half-written."""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.lists_world import world
from tests.cli.running import homeward, refused

HEAD = ("Прізвище", "Ім'я", "Дата народження")


def book(*rows: tuple[str, ...]) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


BAD_LISTS: dict[str, tuple[bytes, str]] = {
    "not a spreadsheet": (b"%PDF-1.7 and so on", "This is a PDF."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "This is a picture."),
    # How every locked workbook begins: a compound file with a stream that is named so.
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(4096),
        "l.xlsx: ",
    ),
    "empty file": (b"", "The file is empty."),
    "empty sheet": (book(), "The sheet is empty."),
    "cut off": (book(HEAD, ("Вигаданець", "Остап", "13.03.1987"))[:2000], "damaged or was cut off"),
    "no name column": (book(("Дата народження", "Звання"), ("13.03.1987", "солдат")), "no column with a surname"),
    "two headers": (
        book(HEAD, ("Вигаданець", "Остап", "13.03.1987"), ("Surname", "Rank", "Unit"), ("Vyhadanets", "private", "1")),
        "both claim to be the header",
    ),
}


@pytest.mark.parametrize("what", BAD_LISTS)
def test_a_bad_list_is_refused_in_one_line_by_every_command_that_reads_lists(what: str, tmp_path: Path) -> None:
    content, words = BAD_LISTS[what]
    bad, good = tmp_path / "l.xlsx", world(24).held("RU")
    bad.write_bytes(content)
    commands = (
        ("list", "check", bad),
        ("list", "diff", good, bad),
        ("list", "freeze", bad, "-o", tmp_path / "f.json"),
        ("list", "answer", bad, "--register", good, "-o", tmp_path / "r.xlsx"),
        ("match", bad, good, "-o", tmp_path / "m.csv"),
        ("plan", world(24).terms, "--list", f"UA={bad}", "--list", f"RU={good}", "-o", tmp_path / "p", "--seed", "x"),
    )
    for command in commands:
        line = refused(homeward(*command), 3)
        assert words in line
        assert "l.xlsx" in line
        error = homeward(*command, "--json")
        assert (error.code, error.json["error"]["code"], error.json["error"]["message"]) == (3, 3, line)
    assert [path.name for path in tmp_path.iterdir()] == ["l.xlsx"]


@pytest.mark.parametrize(("name", "words"), [("none.xlsx", "There is no such file."), ("", "This is a folder, not a file.")])
def test_a_missing_file_and_a_folder_are_refused(name: str, words: str, tmp_path: Path) -> None:
    target = tmp_path / name
    for command in (("list", "check", target), ("list", "diff", target, target), ("match", "--self", target)):
        assert words in refused(homeward(*command), 3)


WRITERS: dict[str, Callable[[Path], tuple[object, ...]]] = {
    "check": lambda out: ("list", "check", world(24).held("RU"), "-o", out / "c.xlsx"),
    "freeze": lambda out: ("list", "freeze", world(24).held("RU"), "-o", out / "f.json"),
    "match": lambda out: ("match", "--self", world(24).held("RU"), "-o", out / "m.csv"),
    "answer": lambda out: ("list", "answer", world(24).held("RU"), "--register", world(24).held("UA"), "-o", out / "r.xlsx"),
    "plan": lambda out: ("plan", world(24).terms, *world(24).lists, "--seed", "x", "-o", out / "p"),
}


@pytest.mark.parametrize("what", WRITERS)
def test_a_place_that_cannot_be_written_to_ends_with_4_in_one_line(what: str, tmp_path: Path) -> None:
    place = tmp_path / "a-file"
    place.write_text("in the way")
    line = refused(homeward(*WRITERS[what](place)), 4)
    assert "could not be written" in line
    assert place.read_text() == "in the way"


@pytest.mark.parametrize("what", WRITERS)
def test_a_full_disk_ends_with_4_in_one_line_and_leaves_nothing_behind(what: str, tmp_path: Path) -> None:
    # A limit on the size of files breaks a write off in its middle, as a full disk does; root cannot step over it.
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    command = [sys.executable, "-B", "-m", "homeward", *(str(word) for word in WRITERS[what](tmp_path))]
    ran = subprocess.run(command, preexec_fn=small, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (4, ""), ran
    assert len(ran.stderr.splitlines()) == 1, ran
    assert "could not be written" in ran.stderr or "the disk is full" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_ends_with_130_in_one_line_and_leaves_nothing_behind(tmp_path: Path) -> None:
    pipe = tmp_path / "never-ends.txt"
    os.mkfifo(pipe)
    options = ("--exclude", pipe, "--seed", "x", "-o", tmp_path / "p")
    command = [sys.executable, "-B", "-m", "homeward", "plan", world(24).terms, *world(24).lists, *options]
    words = [str(word) for word in command]

    def interruptible() -> None:
        # A test run that was started in the background hands on "ignore interrupts" to its children.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=interruptible)
    # The program opens the pipe only when it is well under way: opening it here waits for exactly that.
    with pipe.open("w"):
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, ""), err
    assert err == "interrupted: nothing half-written was left\n"
    assert [path.name for path in tmp_path.iterdir()] == [pipe.name]


@pytest.mark.parametrize("command", [("list", "chek"), ("list", "check"), ("plan", "why"), ("plan", "make"), ("nothing",)])
def test_a_wrong_command_line_is_one_line_and_with_json_one_object(command: tuple[str, ...]) -> None:
    line = refused(homeward(*command), 64)
    assert line.startswith("homeward")
    assert line.endswith("--help)")
    found = homeward(*command, "--json")
    assert (found.code, found.json["error"]["code"]) == (64, 64)
