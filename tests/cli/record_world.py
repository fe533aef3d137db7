"""For the tests of `homeward record`: running a command, three offices of a small exchange, and one whole exchange played out."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from homeward.cli import cli
from homeward.invented.agreement import terms_text
from homeward.record import Record, read_record, save_record
from homeward.rehearsal import demo

CODES = ("NEUTRAL", "RU", "UA")


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code as a shell would see it, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def homeward(*args: str | Path) -> Ran:
    """Run `homeward ARGS` in this process. Errors that are our own bugs are raised."""
    result = CliRunner().invoke(cli, [str(arg) for arg in args], standalone_mode=False)
    if isinstance(result.exception, click.ClickException):
        return Ran(64, result.stdout, result.exception.format_message())
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def record(*args: str | Path) -> Ran:
    return homeward("record", *args)


def done(*args: str | Path) -> Ran:
    """Run `homeward record ARGS`, which must end well."""
    ran = record(*args)
    assert ran.code == 0, (args, ran)
    return ran


def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="homeward-cli-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def played() -> Path:
    """The folder of a whole exchange of 12 for 12: `UA/`, `RU/`, `NEUTRAL/` are offices, each with its record file."""
    folder = _scratch() / "demo"
    return demo(folder, people=12, progress=lambda *_: None).folder


def played_record(party: str = "UA") -> Path:
    return played() / party / f"{party}.record"


@cache
def _founded() -> Path:
    folder = _scratch()
    (folder / "terms.toml").write_text(terms_text(12), "utf-8")
    for code in CODES:
        log = ["--log"] if code == "NEUTRAL" else []
        done("new", "keys", folder / code, "--party", code, *log)
    publics = [part for code in CODES for part in ("--public", folder / code / f"{code}.public")]
    done("new", "charter", folder / "terms.toml", *publics, "-o", folder / "signed.toml")
    for code in CODES:
        done("new", "office", folder / code, folder / "signed.toml")
    done("add", folder / "UA", "terms-proposed")
    return folder


@cache
def _agreed() -> Path:
    folder = _scratch() / "agreed"
    shutil.copytree(_founded(), folder)
    full_round(folder)
    for code in ("RU", "NEUTRAL"):
        done("agree", folder / code, "2")
    full_round(folder)
    return folder


def founded(target: Path) -> Path:
    """A copy of three offices; UA's proposal of the terms lies in its outbox, and no parcel has been carried yet."""
    return Path(shutil.copytree(_founded(), target / "founded"))


def agreed(target: Path) -> Path:
    """A copy of three offices whose terms all have agreed and cosigned: 9 acts in each."""
    return Path(shutil.copytree(_agreed(), target / "agreed"))


def send(folder: Path, sender: str, to: str, *more: str) -> Path:
    return Path(done("send", folder / sender, to, "--json", *more).json["parcel"])


def carry(folder: Path, sender: str, to: str) -> Ran:
    return done("receive", folder / to, send(folder, sender, to))


def full_round(folder: Path, parties: Sequence[str] = ("UA", "RU")) -> None:
    """Hand in, head, deliver, cosign, and bring everybody's cosignature to everybody."""
    for code in parties:
        carry(folder, code, "NEUTRAL")
    done("head", folder / "NEUTRAL")
    for code in parties:
        carry(folder, "NEUTRAL", code)
        done("cosign", folder / code)
    for code in parties:
        carry(folder, code, "NEUTRAL")
    for code in parties:
        carry(folder, "NEUTRAL", code)


def rewritten(source: Path, target: Path, **changes: Any) -> Path:
    """A record file with some of its parts replaced, whose archive is whole: what a forger would hand out."""
    found = read_record(source)
    parts = {"terms": found.terms, "acts": tuple(found.acts), "heads": found.heads, "leaves": found.leaves}
    save_record(Record(**{**parts, "lists": found.lists, "sealed": found.sealed, **changes}), target)
    return target
