"""A party's store: it only grows, it notices damage, and no acknowledged act is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from homeward.record import (
    CharterError,
    LineError,
    RefusedActError,
    RefusedToSignError,
    Store,
    StoreError,
    cosign,
    make_head,
    parse_line,
)
from homeward.record.note import encode_base64url
from homeward.record.tree import leaf_hash, root_of
from tests.record.world import CODES, START, World, grown_world, make_key, terms

TABLES = ("fact", "act", "edge", "place", "outbox", "refused", "head", "signature", "signed", "file")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return grown_world(tmp_path, rounds=2, acts=2)


@pytest.mark.parametrize("table", TABLES)
def test_the_database_itself_refuses_to_change_or_forget(world: World, table: str) -> None:
    store = world.log
    store.keep_file("lists/SIDE-A", b"x")
    fill = {
        "edge": "INSERT INTO edge VALUES (0, x'', '{}')",
        "place": "INSERT INTO place VALUES ('SIDE-A/root', 1, 0)",
        "refused": "INSERT INTO refused VALUES (x'00', x'00', 'fork')",
    }
    if table in fill:
        store.database.execute(fill[table])
    rows = store.database.execute(f"SELECT * FROM {table}")
    column, before = rows.description[0][0], rows.fetchall()
    assert before
    for statement in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {column} = {column}",
        f"REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            store.database.execute(statement)
    assert store.database.execute(f"SELECT * FROM {table}").fetchall() == before


def test_an_act_is_not_put_into_a_gap_or_at_another_place(world: World) -> None:
    for index in (world.log.size + 1, 10**6):
        with pytest.raises(sqlite3.IntegrityError, match="without a gap"):
            world.log.database.execute("INSERT INTO act VALUES (?, x'00', x'01', x'02', 'x', 1, 0)", (index,))


def test_append_gives_an_index_that_is_still_there_after_opening_again(world: World) -> None:
    line = world.write("SIDE-A/officer-1")
    index = world.log.append(line)
    store = world.reopen("NEUTRAL")
    assert store.index_of(line) == index == store.size - 1
    assert store.append(line) == index


def test_opening_a_long_store_gives_the_same_state_as_growing_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from homeward.record import growth as module

    monkeypatch.setattr(module, "EDGE_EVERY", 4)
    for _ in range(11):
        world.write("SIDE-A/officer-1")
    world.add_key("SIDE-A/officer-2")
    world.hand_in()
    grown = world.log
    state = (grown.ledger, grown.edge.size, grown.edge.hashes)
    opened = world.reopen("NEUTRAL")
    assert (opened.ledger, opened.edge.size, opened.edge.hashes) == state
    lines = list(opened.lines())
    assert [opened.root_at(size) for size in range(opened.size + 1)] == [
        root_of(leaf_hash(line) for line in lines[:size]) for size in range(opened.size + 1)
    ]


def test_one_append_after_the_other_and_a_parcel_leave_the_same_store(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from homeward.record import growth as module

    monkeypatch.setattr(module, "EDGE_EVERY", 4)
    folder = world.log.folder.with_name("other")
    world.log.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(world.log.folder, folder)
    lines = [world.write("SIDE-A/officer-1") for _ in range(9)]
    with Store.open(folder) as other:
        assert other.extend(lines) == (9, None)
        assert [world.log.append(line) for line in lines] == list(range(other.size - 9, other.size))
        for table in ("act", "edge", "place"):
            rows = [store.database.execute(f"SELECT * FROM {table}").fetchall() for store in (world.log, other)]
            assert rows[0] == rows[1]
        assert world.log.ledger == other.ledger


def test_an_append_that_knows_an_old_store_looks_again(world: World) -> None:
    """Two programs on one store: what one has in memory is old as soon as the other has written."""
    first, second = world.log, Store.open(world.log.folder, signed=world.log.signed_folder)
    with second:
        lines = [world.write("SIDE-A/officer-1") for _ in range(4)]
        indices = [store.append(line) for store, line in zip((first, second, second, first), lines, strict=True)]
        assert indices == list(range(indices[0], indices[0] + 4))
        assert [second.append(line) for line in lines] == indices
        late = world.write("SIDE-A/officer-1")
        first.append(world.write("SIDE-A/root", "key-retired", key="SIDE-A/officer-1"))
        with pytest.raises(RefusedActError, match="was retired by act"):
            second.append(late)
        assert list(second.lines()) == list(first.lines())
        assert (second.ledger, second.edge.root()) == (first.ledger, first.edge.root())


def _append_in_vain(store: Store, line: bytes) -> None:
    with store.batch():
        store.append(line)
        raise KeyError


def test_an_append_inside_a_batch_is_undone_with_it_and_can_be_made_again(world: World) -> None:
    store, size, line = world.log, world.log.size, world.write("SIDE-A/officer-1")
    with pytest.raises(KeyError):
        _append_in_vain(store, line)
    assert store.size == len(list(store.lines())) == size
    assert store.append(line) == size == len(list(world.reopen("NEUTRAL").lines())) - 1


def test_only_the_keeper_of_the_log_appends_and_makes_heads(world: World) -> None:
    line = world.write("SIDE-A/officer-1")
    with pytest.raises(StoreError, match="keeps the log"):
        world.stores["SIDE-A"].append(line)
    with pytest.raises(StoreError, match="keeps the log"):
        make_head(world.stores["SIDE-A"], world.log_key)


def test_a_line_that_may_not_stand_is_refused_and_nothing_changes(world: World) -> None:
    store, size = world.log, world.log.size
    good = world.write("SIDE-A/officer-1")
    forged = good.replace(b'"act":"noted"', b'"act":"moted"')
    for line, error in ((b"nonsense", LineError), (forged, RefusedActError)):
        with pytest.raises(error):
            store.append(line)
        assert store.size == size
    assert store.append(good) == size


def test_lines_up_to_the_first_bad_one_are_added(world: World) -> None:
    lines = [world.write("SIDE-A/officer-1") for _ in range(5)]
    bad = lines[3].replace(b'"act":"noted"', b'"act":"moted"')
    added, fault = world.log.extend([*lines[:3], bad, lines[4]])
    assert added == 3
    assert isinstance(fault, RefusedActError)
    assert fault.reason == "signature"
    assert world.log.index_of(lines[2]) == world.log.size - 1
    assert world.log.extend(lines[3:]) == (2, None)


def test_two_devices_with_one_key_are_noticed_and_both_acts_kept(world: World, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(tmp_path / "SIDE-A", clone)
    first = world.write("SIDE-A/officer-1", place="here")
    with Store.open(clone) as other:
        second = other.write("noted", {"place": "there"}, make_key("SIDE-A/officer-1"), at="2026-07-01T12:00:00Z")
    with pytest.raises(StoreError, match="two devices"):
        world.stores["SIDE-A"].put(second)
    world.log.append(first)
    with pytest.raises(RefusedActError):
        world.log.append(second)
    world.log.keep_refused(second, RefusedActError("again", ""))
    assert [line for line, _ in world.log.refused()] == [second]


def test_the_record_sets_the_envelope_and_nobody_else(world: World) -> None:
    with pytest.raises(LineError, match="set by the record"):
        world.stores["SIDE-A"].write("noted", {"n": 7}, make_key("SIDE-A/officer-1"), at="2026-07-01T12:00:00Z")


def test_an_own_line_names_the_last_own_line_even_before_it_is_in_the_record(world: World) -> None:
    first, second = world.write("SIDE-A/officer-1"), world.write("SIDE-A/officer-1")
    assert parse_line(second).prev == encode_base64url(leaf_hash(first))
    assert world.reopen("SIDE-A").pending() == [first, second]
    third = world.write("SIDE-A/officer-1")
    assert parse_line(third).prev == encode_base64url(leaf_hash(second))


def test_a_file_is_kept_once_and_never_replaced(world: World) -> None:
    world.log.keep_file("lists/SIDE-A", b"one")
    world.log.keep_file("lists/SIDE-A", b"one")
    with pytest.raises(StoreError, match="another file"):
        world.log.keep_file("lists/SIDE-A", b"two")
    assert world.log.files() == {"lists/SIDE-A": b"one"}


def test_a_folder_without_a_store_a_second_store_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no record here"):
        Store.open(tmp_path)
    with pytest.raises(CharterError):
        Store.create(tmp_path / "x", b"no terms")
    assert not (tmp_path / "x").exists()
    Store.create(tmp_path / "y", terms()).close()
    with pytest.raises(StoreError, match="already"):
        Store.create(tmp_path / "y", terms())
    path = tmp_path / "y" / "record.sqlite"
    path.write_bytes(b"not a database at all " * 1000)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(tmp_path / "y")


# ---- damage on disk: the test that immudb failed ------------------------------------------------------------------


def _edit(world: World, code: str, old: bytes, new: bytes) -> None:
    """Edit the database file itself, as with a hex editor."""
    store = world.stores[code]
    store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    path = store.folder / "record.sqlite"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    world.stores[code] = Store.open(store.folder, signed=store.signed_folder)


def test_no_head_is_made_or_cosigned_over_a_line_edited_in_the_file(world: World) -> None:
    world.write("SIDE-A/officer-1", person="p-7777")
    world.hand_in()
    head = make_head(world.log, world.log_key)
    world.deliver()
    damaged = world.log.size - 1
    for code in ("SIDE-A", "NEUTRAL"):
        _edit(world, code, b"p-7777", b"p-8888")
        with pytest.raises(StoreError, match=f"act {damaged} is damaged on disk"):
            cosign(world.stores[code], make_key(f"{code}/witness", 4), START)
    with pytest.raises(StoreError, match=f"act {damaged} is damaged on disk"):
        make_head(world.log, world.log_key)
    world.cosign("SIDE-B")
    assert len(world.stores["SIDE-B"].head(head.head.size).signatures) == 2  # type: ignore[union-attr] # it is there


def test_no_head_is_cosigned_over_an_old_line_edited_in_the_file(world: World) -> None:
    first = next(iter(world.log.lines()))
    world.write("SIDE-A/officer-1")
    world.hand_in()
    make_head(world.log, world.log_key)
    world.deliver()
    text = parse_line(first).at.encode()
    _edit(world, "SIDE-B", text, b"2026-07-01T10:59:59Z")
    with pytest.raises(StoreError):
        cosign(world.stores["SIDE-B"], make_key("SIDE-B/witness", 4), START)


def test_no_bit_of_a_small_store_can_flip_and_a_head_over_wrong_acts_be_signed(tmp_path: Path) -> None:
    world = grown_world(tmp_path, rounds=1)
    world.write("SIDE-A/officer-1", person="p-0001")
    world.hand_in()
    world.log.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    good = root_of(leaf_hash(line) for line in world.log.lines())
    world.log.close()
    path = world.log.folder / "record.sqlite"
    data = path.read_bytes()
    random = Random(6962)
    signed = 0
    for _ in range(150):
        folder = tmp_path / "flipped"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        changed = bytearray(data)
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
        (folder / "record.sqlite").write_bytes(changed)
        try:
            with Store.open(folder, signed=folder / "signed") as store:
                head = make_head(store, world.log_key)
        except (StoreError, RefusedToSignError, sqlite3.DatabaseError):
            continue
        assert head.head.root == good
        signed += 1
    assert signed, "most bits of a database file are free space"


# ---- power cuts ---------------------------------------------------------------------------------------------------

_APPENDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from homeward.record import Store
store = Store.open(Path(sys.argv[1]))
for line in Path(sys.argv[2]).read_bytes().splitlines():
    print(store.append(line), flush=True)
"""


def _appender(folder: Path, lines: Path) -> list[str]:
    return [sys.executable, "-c", _APPENDER, str(folder), str(lines), str(Path(__file__).parents[2])]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes]]:
    """A log's store with five acts, closed, and lines to append to it."""
    world = grown_world(tmp_path_factory.mktemp("power"), rounds=1)
    lines = [world.write("SIDE-A/officer-1", number=number) for number in range(300)]
    world.log.close()
    return world.log.folder, lines


@pytest.fixture
def handed_in(made_once: tuple[Path, list[bytes]], tmp_path: Path) -> tuple[Path, Path, list[bytes]]:
    """A copy of that store, a file with the lines, and the lines."""
    shutil.copytree(made_once[0], tmp_path / "log")
    path = tmp_path / "lines"
    path.write_bytes(b"".join(line + b"\n" for line in made_once[1]))
    return tmp_path / "log", path, made_once[1]


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_at_any_moment_no_acknowledged_act_is_lost(handed_in: tuple[Path, Path, list[bytes]]) -> None:
    folder, path, lines = handed_in
    random = Random(9)
    acknowledged = 0
    for _ in range(6):
        with subprocess.Popen(_appender(folder, path), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            until = acknowledged + random.randrange(1, 25)
            for text in process.stdout:
                acknowledged = max(acknowledged, int(text) - 4)
                if acknowledged >= until:
                    break
            os.kill(process.pid, signal.SIGKILL)
        with Store.open(folder) as store:
            assert store.size >= acknowledged + 5
            assert list(store.lines(5)) == lines[: store.size - 5]


def test_two_programs_append_to_one_store_at_the_same_time(tmp_path: Path) -> None:
    world = grown_world(tmp_path, rounds=1)
    size = world.log.size
    lines = {code: [world.write(f"{code}/officer-1", number=number) for number in range(30)] for code in CODES[1:]}
    world.log.close()
    running = []
    for code, each in lines.items():
        (tmp_path / f"{code}.lines").write_bytes(b"".join(line + b"\n" for line in each))
        command = _appender(world.log.folder, tmp_path / f"{code}.lines")
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    said = [[int(index) for index in process.communicate(timeout=120)[0].split()] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    with Store.open(world.log.folder) as store:
        stored = list(store.lines())
        assert store.size == size + 60
        for indices, each in zip(said, lines.values(), strict=True):
            assert [stored[index] for index in indices] == each
        make_head(store, world.log_key)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "fsync", "openat", "ftruncate", "mmap", "fcntl", "pread64"])
@pytest.mark.parametrize("when", [1, 3])
def test_a_system_call_that_fails_loses_no_acknowledged_act(
    handed_in: tuple[Path, Path, list[bytes]], call: str, when: int
) -> None:
    folder, path, lines = handed_in
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:error=EIO:when={when}"]
    for name in ("record.sqlite", "record.sqlite-wal", "record.sqlite-shm"):
        command += ["-P", str(folder / name)]
    command += _appender(folder, path)
    short = path.read_bytes().splitlines(keepends=True)[:12]
    path.write_bytes(b"".join(short))
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if "Operation not permitted" in done.stderr and "ptrace" in done.stderr:
        pytest.skip("tracing is not allowed on this machine")
    acknowledged = [int(text) for text in re.findall(r"^(\d+)$", done.stdout, re.MULTILINE)]
    with Store.open(folder) as store:
        assert store.size - 5 >= len(acknowledged)
        assert list(store.lines(5)) == lines[: store.size - 5]
        for line in lines[:12]:
            store.append(line)
        assert list(store.lines(5)) == lines[:12]
        make_head(store, make_key("NEUTRAL/log"))


def test_the_codes_of_the_parties_are_those_of_the_terms(world: World) -> None:
    assert world.charter.cosigners == CODES


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full"),
        (sqlite3.SQLITE_IOERR, "look after the disk"),
        (sqlite3.SQLITE_BUSY, "another program"),
    ],
)
def test_a_disk_that_refuses_is_not_called_a_damaged_record(
    world: World, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    import homeward.record.store as module

    def refuse(_: Path) -> sqlite3.Connection:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = code | 1 << 8
        raise error

    folder = world.log.folder
    world.log.close()
    with monkeypatch.context() as patch:
        patch.setattr(module, "connect", refuse)
        with pytest.raises(StoreError, match=words) as caught:
            Store.open(folder)
    assert "damaged" not in str(caught.value)
    with Store.open(folder) as store:
        assert store.size


def _append_all(store: Store, lines: list[bytes]) -> None:
    for line in lines:
        store.append(line)


def test_a_store_whose_database_may_not_grow_is_full_and_not_damaged(world: World) -> None:
    """SQLite itself says so here: the database may have no more pages than it has."""
    store = world.log
    (pages,) = store.database.execute("PRAGMA page_count").fetchone()
    store.database.execute(f"PRAGMA max_page_count = {pages}")
    size = store.size
    lines = [world.write("SIDE-A/officer-1", text="x" * 2000, number=number) for number in range(20)]
    with pytest.raises(sqlite3.OperationalError, match="full"):
        _append_all(store, lines)
    assert store.size == len(list(store.lines())) >= size
    store.database.execute("PRAGMA max_page_count = 1073741823")
    assert [store.append(line) for line in lines] == list(range(size, size + 20))
