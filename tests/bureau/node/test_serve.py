"""`homeward serve`: the first start makes a node, the next ones serve it, and what is wrong is one clear line with its exit code."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import stat
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.bureau.node.running import copy_of, environment, homeward, served

NEW = ("--party", "UA", "--name", "Бюро Півночі")


def _get(address: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace"), dict(error.headers)


def test_the_first_start_makes_folder_database_keys_and_an_administrator(first_start: tuple[Path, dict[str, Any]]) -> None:
    folder, told = first_start
    assert told["administrator"] == "administrator"
    assert re.fullmatch(r"([a-z0-9]{6}-){3}[a-z0-9]{6}", told["password"])
    assert (folder / "node.toml").read_text("utf-8").startswith('party = "UA"\nname = "Бюро Півночі"\nneutral = false')
    for secret in ("django.key", "at-rest.keys"):
        assert stat.S_IMODE((folder / "secrets" / secret).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with sqlite3.connect(folder / "node.sqlite3") as database:
        assert database.execute("SELECT username, must_change_password FROM access_user").fetchall() == [("administrator", 1)]
    assert told["password"].encode() not in (folder / "node.sqlite3").read_bytes()


def test_a_second_start_makes_nothing_and_shows_no_password(made: Path) -> None:
    before = (made / "secrets" / "at-rest.keys").read_bytes()
    with served(made) as told:
        assert "password" not in told
        assert _get(told["address"])[2].get("Content-Security-Policy")
    assert (made / "secrets" / "at-rest.keys").read_bytes() == before


def test_static_files_come_compressed_and_with_the_security_policy(made: Path) -> None:
    with served(made) as told:
        code, _, headers = _get(told["address"] + "static/bureau/vendor/htmx-2.0.11.min.js", **{"Accept-Encoding": "br, gzip"})
    assert (code, headers["Content-Encoding"]) == (200, "br")
    assert int(headers["Content-Length"]) < 25_000
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_a_name_of_the_node_that_nobody_gave_is_refused(made: Path) -> None:
    with served(made) as told:
        assert _get(told["address"], Host="evil.example")[0] == 400
    with served(made, env=environment(HOMEWARD_HOSTS="node.example")) as told:
        assert _get(told["address"] + "health", Host="node.example")[0] == 200


def test_a_new_node_without_a_name_is_a_usage_error_that_names_the_options(tmp_path: Path) -> None:
    ended = homeward("serve", tmp_path / "node")
    assert ended.returncode == 64
    assert "--party" in ended.stderr
    assert not (tmp_path / "node").exists()


def test_a_port_that_is_taken_is_told_and_nothing_is_made_in_the_database(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = homeward("serve", tmp_path / "node", *NEW, "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 4
    assert "another program has this port" in ended.stderr
    assert not (tmp_path / "node" / "node.sqlite3").exists()


@pytest.mark.parametrize(
    ("words", "hint"),
    [(("--host", "203.0.113.7"), "no address of this machine"), (("--port", "99999"), "a port from 1 to 65535")],
)
def test_an_address_that_cannot_be_had_is_told(tmp_path: Path, words: tuple[str, ...], hint: str) -> None:
    ended = homeward("serve", tmp_path / "node", *NEW, *words)
    assert (ended.returncode, hint in ended.stderr) == (4, True), ended.stderr


def test_a_folder_that_cannot_be_written_is_told_as_json_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    ended = homeward("serve", tmp_path / "file" / "node", *NEW, "--json")
    error = json.loads(ended.stdout)["error"]
    assert (ended.returncode, error["code"]) == (4, 4)
    assert "choose another folder" in error["message"]


def test_a_database_that_cannot_be_reached_is_told_without_its_password(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        free = nobody.getsockname()[1]
    ended = homeward(
        "serve",
        tmp_path / "node",
        *NEW,
        "--port",
        "0",
        env=environment(HOMEWARD_DATABASE=f"postgresql://a:very-secret@127.0.0.1:{free}/b"),
    )
    assert ended.returncode == 3, ended.stderr
    assert "cannot be reached" in ended.stderr
    assert "very-secret" not in ended.stderr


def test_an_address_of_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    ended = homeward("serve", tmp_path / "node", *NEW, "--port", "0", env=environment(HOMEWARD_DATABASE="nonsense://a"))
    assert (ended.returncode, "postgresql://" in ended.stderr) == (3, True), ended.stderr


@pytest.mark.parametrize("what", ["missing", "another node's", "damaged"])
def test_keys_at_rest_that_are_not_this_databases_stop_the_start(made: Path, tmp_path: Path, what: str) -> None:
    folder = copy_of(made, tmp_path / "node")
    keys = folder / "secrets" / "at-rest.keys"
    kept = keys.read_bytes()
    if what == "missing":
        keys.unlink()
    else:
        keys.write_text("A" * 43 + "=\n" if what == "another node's" else "nonsense")
    ended = homeward("serve", folder, "--port", "0")
    assert ended.returncode == 3, ended.stderr
    assert "at-rest.keys" in ended.stderr
    assert "Traceback" not in ended.stderr
    keys.write_bytes(kept)
    keys.chmod(0o600)
    assert homeward("node", "check", folder).returncode == 0


def test_check_says_of_every_part_whether_it_is_well(made: Path, tmp_path: Path) -> None:
    folder = copy_of(made, tmp_path / "node")
    well = homeward("node", "check", folder, "--json")
    assert well.returncode == 0, well.stdout
    assert set(json.loads(well.stdout).values()) == {"ok"}
    (folder / "secrets" / "at-rest.keys").chmod(0o644)
    with sqlite3.connect(folder / "node.sqlite3") as database:
        database.execute("DROP TRIGGER journal_line_no_update")
    ill = homeward("node", "check", folder)
    assert ill.returncode == 1
    assert "chmod 600" in ill.stdout
    assert "the triggers are gone" in ill.stdout


def test_a_folder_that_is_no_node_is_told(tmp_path: Path) -> None:
    ended = homeward("node", "check", tmp_path)
    assert (ended.returncode, "homeward serve" in ended.stderr) == (3, True)


def test_with_https_in_front_djangos_own_check_for_deployment_has_no_complaint(made: Path) -> None:
    import subprocess
    import sys

    env = environment(HOMEWARD_NODE=str(made), HOMEWARD_TLS="yes", DJANGO_SETTINGS_MODULE="homeward.bureau.node.settings")
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    ended = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (ended.returncode, "no issues" in ended.stdout) == (0, True), ended.stderr


def test_behind_a_proxy_cookies_travel_by_https_only_and_http_is_sent_there(made: Path) -> None:
    with served(made, env=environment(HOMEWARD_TLS="yes")) as told:
        code, page, headers = _get(
            told["address"] + "accounts/login/", **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        )
        assert (code, "Secure" in headers["Set-Cookie"]) == (200, True), page
        assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_the_tables_of_the_program_and_its_steps_agree() -> None:
    """No step is missing: Django would make no other migration than those that are there."""
    import subprocess
    import sys
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        env = environment(HOMEWARD_NODE=folder, DJANGO_SETTINGS_MODULE="homeward.bureau.node.settings")
        command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
        ended = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
