"""Backup and restore, rehearsed: taken while officers write, restored into a new folder, compared row by row; keys go apart."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from homeward.bureau.node.backup_files import unpack_node
from homeward.bureau.node.folder import NodeError
from homeward.bureau.node.packing import pack, unpack
from homeward.record.seal import HybridIdentity, Passphrase
from tests.bureau.node.running import copy_of, environment, homeward, served

#: Writes an officer's name and its journal line every few milliseconds, until told to stop; prints how many it wrote. Passwords are
#: hashed cheaply here, so that the time goes into writing.
_WRITER = """
import sys, time
from pathlib import Path
from homeward.bureau.node.starting import set_up
set_up(Path(sys.argv[1]))
from django.conf import settings
from homeward.bureau.access.services import add_user
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
made = 0
while not Path(sys.argv[2]).exists() or made < 30:
    add_user(f"officer-{made}", "x", called=f"Вигаданий {made}", roles=[], by=None)
    made += 1
    if made == 10: print("begun", flush=True)
    time.sleep(0.005)
print(made)
"""


@pytest.fixture(scope="module")
def people() -> HybridIdentity:
    """A key to seal backups to."""
    return HybridIdentity.make()


@pytest.fixture
def words(tmp_path: Path) -> dict[str, str]:
    """The environment of commands that seal to a passphrase."""
    (tmp_path / "passphrase").write_text("some words for tests\n")
    return environment(HOMEWARD_PASSPHRASE_FILE=str(tmp_path / "passphrase"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A node with one office, whose record is an SQLite with a log beside it and whose keys are plain files."""
    folder = copy_of(made, tmp_path / "node")
    office = folder / "exchanges" / "autumn"
    (office / "keys").mkdir(parents=True)
    (office / "keys" / "root.key").write_bytes(b"private")
    record = sqlite3.connect(office / "record.sqlite")
    record.execute("PRAGMA journal_mode=WAL")
    record.execute("CREATE TABLE acts (number INTEGER PRIMARY KEY, line TEXT)")
    record.executemany("INSERT INTO acts (line) VALUES (?)", [(f"act {number}",) for number in range(500)])
    record.commit()
    record.close()
    return folder


def _rows(folder: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "node.sqlite3") as database:
        return database.execute(question).fetchall()


def test_a_backup_under_load_restores_to_a_moment_of_the_node_with_every_line_beside_its_change(
    folder: Path, tmp_path: Path, words: dict[str, str]
) -> None:
    stop = tmp_path / "stop"
    office = sqlite3.connect(folder / "exchanges" / "autumn" / "record.sqlite")
    office.execute("INSERT INTO acts (line) VALUES ('in the log only')")
    office.commit()  # Kept open: what was written lies in the log beside the file.
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(stop)], env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    told = homeward("node", "backup", folder, "-o", tmp_path / "backup.age", "--json", env=words)
    stop.touch()
    made = int(writer.stdout.readline())
    assert writer.wait(60) == 0
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["keys_included"] is False
    assert homeward("node", "backup-keys", folder, "-o", tmp_path / "keys.age", env=words).returncode == 0
    office.close()

    new = tmp_path / "restored"
    ended = homeward("node", "restore", tmp_path / "backup.age", new, "--keys", tmp_path / "keys.age", "--json", env=words)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    users = _rows(new, "SELECT id, username, called FROM access_user ORDER BY id")
    # A moment of the node: the first so many officers, none half there, each with its line in the journal.
    assert 10 < len(users) <= made + 1
    assert users == _rows(folder, "SELECT id, username, called FROM access_user ORDER BY id")[: len(users)]
    lines = _rows(new, "SELECT subject FROM journal_line WHERE tag = 'access:user:added' ORDER BY id")
    assert [subject for (subject,) in lines] == [f"user:{number}" for number, _, _ in users]
    with sqlite3.connect(new / "exchanges" / "autumn" / "record.sqlite") as record:
        assert record.execute("SELECT COUNT(*), MAX(line) FROM acts").fetchone() == (501, "in the log only")
    assert (new / "exchanges" / "autumn" / "keys" / "root.key").read_bytes() == b"private"
    assert homeward("node", "check", new).returncode == 0
    with served(new) as address:
        assert "password" not in address


def test_a_backup_holds_no_key_at_rest_and_says_so(folder: Path, tmp_path: Path, people: HybridIdentity) -> None:
    ended = homeward("node", "backup", folder, "-o", tmp_path / "backup.age", "--recipient", str(people.recipient))
    assert "backup-keys" in ended.stdout
    files, _ = unpack("backup of a node", (tmp_path / "backup.age").read_bytes(), [people], "backup.age")
    ring = (folder / "secrets" / "at-rest.keys").read_bytes().strip()
    assert not [name for name, data in files.items() if "secrets" in name or ring in data]
    restored = homeward(
        "node", "restore", tmp_path / "backup.age", tmp_path / "new", "--identity", _identity_file(tmp_path, people)
    )
    assert restored.returncode == 0, restored.stderr
    assert "Put the secrets back" in restored.stdout
    stopped = homeward("serve", tmp_path / "new", "--port", "0")
    assert (stopped.returncode, "at-rest.keys is missing" in stopped.stderr) == (3, True), stopped.stderr


def test_a_stolen_backup_shows_nothing_without_its_key(folder: Path, tmp_path: Path, people: HybridIdentity) -> None:
    homeward("node", "backup", folder, "-o", tmp_path / "backup.age", "--recipient", str(people.recipient))
    sealed = (tmp_path / "backup.age").read_bytes()
    assert b"administrator" not in sealed
    with pytest.raises(NodeError, match="other keys"):
        unpack("backup of a node", sealed, [HybridIdentity.make()], "backup.age")


@pytest.mark.parametrize("damage", ["byte", "cut", "other kind", "nothing"])
def test_a_damaged_backup_is_refused_whole_and_leaves_no_folder(tmp_path: Path, damage: str) -> None:
    secret = Passphrase("words", work_factor=2)
    sealed = bytearray(pack("backup of a node", {"node.toml": b"x", "node.sqlite3": b"y"}, {"tables": {}}, [secret]))
    if damage == "byte":
        sealed[-5] ^= 1
    elif damage == "cut":
        del sealed[-20:]
    elif damage == "other kind":
        sealed = bytearray(pack("backup of a node's keys", {"secrets/a": b"x"}, {}, [secret]))
    else:
        sealed = bytearray(b"")
    (tmp_path / "backup.age").write_bytes(sealed)
    with pytest.raises(NodeError, match=r"backup\.age"):
        unpack_node(tmp_path / "backup.age", None, tmp_path / "new", [secret])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.age"]


@pytest.mark.parametrize("name", ["../escape", "/etc/escape", "a/../../escape"])
def test_a_parcel_never_writes_outside_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(AssertionError):
        pack("backup of a node", {name: b"x"}, {}, [Passphrase("words", work_factor=2)])


def test_nothing_is_restored_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "node").mkdir()
    (tmp_path / "node" / "node.sqlite3").write_bytes(b"mine")
    with pytest.raises(NodeError, match="something here already"):
        unpack_node(tmp_path / "backup.age", None, tmp_path / "node", [])
    assert (tmp_path / "node" / "node.sqlite3").read_bytes() == b"mine"


def test_a_count_that_differs_from_the_manifest_is_told(folder: Path, tmp_path: Path) -> None:
    secret = Passphrase("words", work_factor=2)
    files = {"node.sqlite3": (folder / "node.sqlite3").read_bytes(), "node.toml": (folder / "node.toml").read_bytes()}
    (tmp_path / "b.age").write_bytes(pack("backup of a node", files, {"made_at": "x", "tables": {"access_user": 7}}, [secret]))
    (tmp_path / "passphrase").write_text("words")
    env = environment(HOMEWARD_PASSPHRASE_FILE=str(tmp_path / "passphrase"))
    ended = homeward("node", "restore", tmp_path / "b.age", tmp_path / "new", env=env)
    assert (ended.returncode, "access_user has not as many rows" in ended.stderr) == (3, True), ended.stderr


def test_without_a_terminal_a_passphrase_is_asked_for_by_name(folder: Path, tmp_path: Path) -> None:
    ended = homeward("node", "backup", folder, "-o", tmp_path / "b.age")
    assert (ended.returncode, "HOMEWARD_PASSPHRASE_FILE" in ended.stderr) == (64, True)
    assert not (tmp_path / "b.age").exists()


def test_a_new_key_while_the_node_serves_disturbs_nobody(folder: Path) -> None:
    with served(folder) as told:
        for number in (2, 3):
            ended = homeward("node", "new-key", folder, "--json")
            assert ended.returncode == 0, ended.stderr
            assert json.loads(ended.stdout)["keys_added"] == 1
            assert len((folder / "secrets" / "at-rest.keys").read_text().split()) == number
            import urllib.request

            with urllib.request.urlopen(told["address"] + "health", timeout=20) as answer:
                assert json.loads(answer.read())["vault"] is True
    assert homeward("node", "check", folder).returncode == 0


@pytest.fixture
def databases() -> Iterator[tuple[str, str]]:
    """Two empty databases on the PostgreSQL of the tests."""
    given = os.environ.get("HOMEWARD_TEST_DATABASE", "")
    if not given:
        pytest.skip("no PostgreSQL: set HOMEWARD_TEST_DATABASE to one whose role may create databases")
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump here (apt-get install postgresql-client)")
    import psycopg

    server = given.rpartition("/")[0]
    names = [f"homeward_backup_{os.getpid()}_{threading.get_ident()}_{which}" for which in ("from", "to")]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{names[0]}", f"{server}/{names[1]}"
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_node_on_postgresql_is_backed_up_and_restored_too(
    tmp_path: Path, words: dict[str, str], databases: tuple[str, str]
) -> None:
    import psycopg

    folder, (first, second) = tmp_path / "node", databases
    with served(folder, "--party", "UA", env=environment(HOMEWARD_DATABASE=first)):
        pass
    told = homeward("node", "backup", folder, "-o", tmp_path / "b.age", env={**words, "HOMEWARD_DATABASE": first})
    assert told.returncode == 0, told.stderr
    homeward("node", "backup-keys", folder, "-o", tmp_path / "k.age", env={**words, "HOMEWARD_DATABASE": first})
    refused = homeward("node", "restore", tmp_path / "b.age", tmp_path / "new", env=words)
    assert (refused.returncode, "HOMEWARD_DATABASE" in refused.stderr) == (3, True)
    full = homeward("node", "restore", tmp_path / "b.age", tmp_path / "over", env={**words, "HOMEWARD_DATABASE": first})
    assert (full.returncode, "not empty" in full.stderr) == (3, True), full.stderr
    env = {**words, "HOMEWARD_DATABASE": second}
    ended = homeward("node", "restore", tmp_path / "b.age", tmp_path / "new", "--keys", tmp_path / "k.age", env=env)
    assert ended.returncode == 0, ended.stderr
    with psycopg.connect(second) as connection:
        assert connection.execute("SELECT username FROM access_user").fetchall() == [("administrator",)]
        with pytest.raises(psycopg.DatabaseError, match="never changed"):
            connection.execute("DELETE FROM journal_line")
    assert homeward("node", "check", tmp_path / "new", env=environment(HOMEWARD_DATABASE=second)).returncode == 0


def _identity_file(folder: Path, identity: HybridIdentity) -> Path:
    path = folder / "identity"
    path.write_text(f"# a key for tests\n{identity.private_text}\n")
    return path
