"""A store that an older program made is brought up to date whole, or left as it was."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest

from homeward.record import Store, StoreError, cosign, growth, make_head, store
from homeward.record.tables import FORMAT, connect
from tests.record.old_store import write_format_1
from tests.record.world import SCRATCH, START, World, grown_world, make_key

#: An edge after so many acts, so that a small store has some.
EVERY = 4


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    for module in (growth, __import__("homeward.record.upgrade").record.upgrade):
        monkeypatch.setattr(module, "EDGE_EVERY", EVERY)
    world = grown_world(tmp_path, rounds=2, acts=3)
    world.write("SIDE-A/officer-1")
    world.hand_in()
    world.log.keep_file("lists/SIDE-A", b"x")
    return world


@pytest.fixture
def old(world: World, tmp_path: Path) -> Path:
    """The folder of a store of format 1 with all that the log's store holds."""
    folder = tmp_path / "old"
    folder.mkdir()
    write_format_1(world.log.folder / "record.sqlite", folder / "record.sqlite", edge_every=EVERY)
    return folder


def _content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, and the text of every table and rule."""
    database = sqlite3.connect(path)
    try:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        content = {name: database.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}
        content["sqlite_master"] = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        return content
    finally:
        database.close()


def test_a_store_of_format_1_becomes_the_one_that_this_program_would_have_made(world: World, old: Path) -> None:
    before = _content(old / "record.sqlite")
    assert dict(before["fact"])["format"] == 1
    Store.open(old).close()
    after = _content(old / "record.sqlite")
    assert after == _content(world.log.folder / "record.sqlite")
    assert dict(after["fact"])["format"] == FORMAT == 2
    assert (len(after["edge"]), len(after["place"])) == (world.log.size // EVERY, world.log.size // EVERY * EVERY)


def test_a_store_that_was_brought_up_to_date_goes_on(world: World, old: Path) -> None:
    lines = [world.write("SIDE-A/officer-1") for _ in range(EVERY + 1)]
    with Store.open(old) as opened:
        assert [opened.append(line) for line in lines] == list(range(world.log.size, world.log.size + len(lines)))
        assert make_head(opened, world.log_key).head.size == opened.size
        cosign(opened, make_key("NEUTRAL/witness", 4), START + 1000)
        assert [opened.index_of(line) for line in opened.lines()] == list(range(opened.size))
    with Store.open(old) as again:
        assert again.size == world.log.size + len(lines)


def _open_and_be_killed(folder: Path, statement: int) -> None:
    """In a copy of this process, which ends itself at a statement of its own to the database."""
    count = 0

    def kill(_: str) -> None:
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(path: Path) -> sqlite3.Connection:
        database = connect(path)
        database.set_trace_callback(kill)
        return database

    store.connect = traced  # type: ignore[attr-defined]
    Store.open(folder).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")
def test_killed_at_any_statement_the_store_is_old_or_new_and_opens(world: World, old: Path) -> None:
    before, after = _content(old / "record.sqlite"), _content(world.log.folder / "record.sqlite")
    with tempfile.TemporaryDirectory(dir=SCRATCH) as name:
        found = _kill_everywhere(Path(name) / "killed", old, before, after)
    assert found == sorted(found), "once new, it stays new"
    assert found.count(False) > 10
    assert True in found


def _kill_everywhere(folder: Path, old: Path, before: object, after: object) -> list[bool]:
    """At every third statement; whether the store was the new one then."""
    found = []
    for statement in range(1, 10_000, 3):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(old, folder)
        child = os.fork()
        if child == 0:
            try:
                _open_and_be_killed(folder, statement)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            break
        content = _content(folder / "record.sqlite")
        assert content in (before, after), statement
        found.append(content == after)
        Store.open(folder).close()
        assert _content(folder / "record.sqlite") == after
    return found


def test_a_store_of_format_1_that_is_damaged_is_left_as_it_is(old: Path) -> None:
    database = sqlite3.connect(old / "record.sqlite", isolation_level=None)
    database.execute("DROP TRIGGER act_no_UPDATE")
    database.execute("UPDATE act SET line = CAST(replace(line, 'p-0001', 'p-0002') AS BLOB)")
    database.close()
    before = _content(old / "record.sqlite")
    with pytest.raises(StoreError, match=r"damaged .* import another party's copy"):
        Store.open(old)
    assert _content(old / "record.sqlite") == before


def test_a_store_of_a_format_to_come_is_refused(old: Path) -> None:
    database = sqlite3.connect(old / "record.sqlite", isolation_level=None)
    database.execute("DROP TRIGGER fact_no_UPDATE")
    database.execute("UPDATE fact SET value = 3 WHERE name = 'format'")
    database.close()
    with pytest.raises(StoreError, match="another format"):
        Store.open(old)
