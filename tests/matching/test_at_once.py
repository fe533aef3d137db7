"""Two pieces of work at once: the same results as one after the other, whatever becomes of the child process.

The runner of the tests may have threads, and then there is no child; so each test is a script in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

_HEAD = """
import os, signal, sys, threading
import numpy as np
from homeward.matching import at_once as module
from homeward.matching.at_once import at_once, possible

here = os.getpid()
assert possible()

def none_left():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a child process is used on Linux alone")


def _run(script: str) -> None:
    ready = "import homeward.matching.memory as memory\nmemory.processors = lambda: 2\n"
    done = subprocess.run(
        [sys.executable, "-c", ready + _HEAD + script], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_the_second_piece_is_done_by_a_child_and_its_arrays_come_back_as_they_were() -> None:
    _run("""
mine, (pid, texts, numbers, empty) = at_once(os.getpid, lambda: (os.getpid(), ["ї", ""], np.arange(300_000)[::2], np.zeros((0, 3))))
assert mine == here != pid
assert texts == ["ї", ""] and numbers.tolist() == list(range(0, 300_000, 2)) and empty.shape == (0, 3)
numbers[0] = 7
assert none_left()
""")


def test_a_child_that_dies_or_hands_nothing_over_leaves_its_work_to_the_parent() -> None:
    _run("""
def dies():
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done here"

def cannot_be_handed_over():
    return "done here" if os.getpid() == here else lambda: None

for work in (dies, cannot_be_handed_over):
    assert at_once(lambda: 1, work) == (1, "done here")
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
assert at_once(lambda: 1, lambda: 2) == (1, 2)
assert none_left()

def no_memory():
    raise OSError("no memory for a second process")

os.fork = no_memory
assert at_once(lambda: 1, os.getpid) == (1, here)
""")


def test_an_error_of_either_piece_is_raised_and_no_child_is_left() -> None:
    _run("""
import time

def refuse():
    raise ValueError("no such list")

def wait():
    time.sleep(60)

for one, other in ((lambda: 1, refuse), (refuse, wait)):
    try:
        at_once(one, other)
    except ValueError as error:
        assert str(error) == "no such list"
    else:
        raise AssertionError
    assert none_left()
""")


def test_a_process_with_threads_does_both_pieces_itself() -> None:
    _run("""
stop = threading.Event()
other = threading.Thread(target=stop.wait)
other.start()
assert at_once(os.getpid, os.getpid) == (here, here)
found = []
second = threading.Thread(target=lambda: found.append(possible()))
stop.set()
other.join()
second.start()
second.join()
assert found == [False] and possible()
memory.processors = lambda: 1
assert not possible()
""")


def test_two_lists_are_the_same_read_by_one_process_and_by_two() -> None:
    _run("""
import pickle
from homeward.matching import reading

surnames = ["Тестенко", "Вигаданська", "TESTENKO", "van Dummy", "البكري", "", "Зразків-Пробний"]
left = {
    "id": [f"u{row}" for row in range(700)],
    "surname": [surnames[row % 7] for row in range(700)],
    "given_names": ["Микола Петрович" if row % 3 else "Mykola" for row in range(700)],
    "birth_date": [f"19{60 + row % 40}-0{1 + row % 9}" for row in range(700)],
    "birth_place": ["Новий Розділ" if row % 2 else None for row in range(700)],
}
right = {name: column[100:] for name, column in left.items() if name != "id"}

def content(columns):
    columns.words.__dict__.pop("size", None)
    whole = pickle.dumps((list(columns.ids), columns.words.text, columns.text), 4)
    arrays = [columns.words.plain, columns.words.placed, columns.words.skeleton.point, columns.words.marks, columns.initial,
              columns.masculine, columns.fatherly, *columns.names.values(), columns.birth, columns.captured,
              *columns.texts.values(), columns.rank, columns.sex, columns.derived["suspicious"]]
    for role in ("given", "patronymic"):
        found = columns.derived[f"readings {role}"]
        arrays += [found.line, found.meant, found.written]
    return whole, [(array.dtype, array.shape, array.tobytes()) for array in arrays]

reading.LONG = 1
by_two = reading.both(left, right)
module.possible = lambda: False
by_one = reading.both(left, right)
assert [content(one) for one in by_two] == [content(one) for one in by_one]
assert by_two[1].ids[0] == "r1" and none_left()
try:
    reading.both(left, {"surname": ["a"], "sex": []})
except ValueError:
    pass
else:
    raise AssertionError
""")
