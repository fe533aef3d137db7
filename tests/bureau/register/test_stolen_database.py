"""A stolen database, with its write-ahead log and the node's own log lines, yields no name, birth date or place."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.bureau.register.stolen_walk import DATES, SECRETS

_ROOT = Path(__file__).parents[3]
_CODECS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1251", "koi8-u", "iso8859-5", "mac-cyrillic", "cp866")


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every byte that a thief gets: the files of the database while it was open and after, and what the process logged."""
    folder = tmp_path_factory.mktemp("walk")
    node = folder / "node"
    node.mkdir()
    environment = {
        **os.environ,
        "HOMEWARD_NODE": str(node),
        "HOMEWARD_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "homeward.bureau.node.settings",
        "PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'src'}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bureau.register.stolen_walk", str(folder)],
        cwd=_ROOT, env=environment, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    found = {path.name: path.read_bytes() for path in (folder / "stolen").iterdir()}
    found |= {
        f"afterwards {path.name}": path.read_bytes()
        for path in node.rglob("*")
        if path.is_file() and "secrets" not in path.parts
    }
    return found | {"log": done.stdout + done.stderr}


def _forms(text: str) -> Iterator[bytes]:
    """A text in every way in which a program may have written it down."""
    shapes = {unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    shapes |= {shape.casefold() for shape in shapes} | {shape.upper() for shape in shapes} | {shape.title() for shape in shapes}
    for shape in shapes:
        yield from (json.dumps(shape)[1:-1].encode(), json.dumps(shape)[1:-1].upper().encode(), quote(shape).encode())
        for codec in _CODECS:
            try:
                data = shape.encode(codec)
            except UnicodeEncodeError:
                continue
            yield from (data, data[::-1], data.hex().encode(), data.hex().upper().encode())
            # In base64 a text looks different at each of three places; its inner letters do not.
            for shift in range(3):
                coded = base64.b64encode(b"\0" * shift + data)
                yield from (coded[4:-4], coded[4:-4].replace(b"+", b"-").replace(b"/", b"_"))


def _dates() -> Iterator[str]:
    for day in DATES:
        for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%d-%m-%Y", "%Y.%m.%d"):
            yield day.strftime(pattern)


def test_the_search_itself_finds_what_is_there() -> None:
    """The search below would be worth nothing if it could not find a name that lies open."""
    name = SECRETS["surname"]
    for open_form in (
        name.encode(),
        json.dumps({"a": name}).encode(),
        base64.b64encode(b"xx" + name.encode()),
        name.encode("cp1251"),
    ):
        assert any(form in open_form for form in _forms(name))


@pytest.mark.parametrize("what", SECRETS)
def test_no_name_place_or_reason_is_in_the_stolen_files(stolen: dict[str, bytes], what: str) -> None:
    words = {SECRETS[what], *(word for word in SECRETS[what].split() if len(word) > 5)}
    forms = {form for word in words for form in _forms(word) if len(form) >= 6}
    for name, data in stolen.items():
        # Some of our own English words in the log are no secret; names in it would be.
        hits = [form for form in forms if form in data]
        assert not hits, f"{name} holds {what}"


@pytest.mark.parametrize("day", sorted(set(_dates())))
def test_no_birth_date_is_in_the_stolen_files(stolen: dict[str, bytes], day: str) -> None:
    forms = {form for form in _forms(day) if len(form) >= 6}
    for name, data in stolen.items():
        assert not [form for form in forms if form in data], f"{name} holds a birth date"


def test_the_stolen_files_are_the_database_with_its_log(stolen: dict[str, bytes]) -> None:
    assert {"node.sqlite3", "node.sqlite3-wal", "afterwards node.sqlite3", "log"} <= set(stolen)
    assert sum(len(data) for data in stolen.values()) > 200_000
    assert b"register_statement" in b"".join(stolen.values()), "it is the right database"
    assert b"request" in stolen["log"], "the fault was logged"
