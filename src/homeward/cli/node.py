"""`homeward node`: looking after a node: its health, its backups, its keys. `homeward serve` makes and serves it.

Backups are sealed to public keys (`--recipient age1…`) or to a passphrase. The keys at rest go into a file of their own, so that
whoever finds one of the two copies reads nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from homeward.cli.options import QUIET
from homeward.cli.outcome import Exit, fail, finish, json_option
from homeward.cli.progress import steps_on_terminal
from homeward.cli.record_offices import PASSPHRASE_FILE

if TYPE_CHECKING:
    from homeward.record.seal import Identity, Recipient

NODE = click.argument("folder", metavar="NODE", type=click.Path(path_type=Path))
RECIPIENT = click.option(
    "--recipient", "recipients", multiple=True, metavar="age1…", help="Seal to this public key, not to a passphrase."
)
OUT = click.option("-o", "--out", "target", required=True, type=click.Path(path_type=Path), help="The sealed file to write.")


@click.group("node")
def node_command() -> None:
    """Look after a node: check, update, backup, restore, new keys."""


@node_command.command("check")
@NODE
@json_option
def check_command(folder: Path, *, as_json: bool) -> None:
    """Say whether the node in the folder NODE is well: database, tables, keys, disk, settings. Exit code 1 names what is not."""
    _open(folder)
    from homeward.bureau.node.checking import check_node

    found = check_node(folder)
    text = "\n".join(
        f"{'ok   ' if problem is None else 'WRONG'}  {part}{f': {problem}' if problem else ''}" for part, problem in found
    )
    finish({part: problem or "ok" for part, problem in found}, text, as_json=as_json, code=_worst(found))


@node_command.command("update")
@NODE
@click.option(
    "--grant", "role", metavar="ROLE", help="PostgreSQL: give ROLE what serving needs, and no right to change the journal."
)
@json_option
def update_command(folder: Path, *, role: str | None, as_json: bool) -> None:
    """Bring the tables of a node up to date, as the database role that owns them. `homeward serve` does it where it may."""
    _open(folder)
    from homeward.bureau.node.preparing import migrate
    from homeward.bureau.node.roles import grant

    applied = migrate()
    if role is not None:
        grant(role)
    told = f"{role} may serve the node and cannot change its journal" if role else ""
    finish({"applied": applied, "granted": role}, f"{applied} steps applied. {told}".rstrip(), as_json=as_json)


@node_command.command("backup")
@NODE
@OUT
@RECIPIENT
@json_option
def backup_command(folder: Path, *, target: Path, recipients: tuple[str, ...], as_json: bool) -> None:
    """Copy the node in the folder NODE, while it works, into one sealed file. The secrets are not in it: see backup-keys."""
    _open(folder)
    from homeward.bureau.node.backup import backup
    from homeward.bureau.node.preparing import check_tables

    check_tables()
    told = backup(folder, target, _recipients(recipients, target))
    finish(
        {"file": str(target), "made_at": told.made_at, "files": told.files, "rows": told.rows, "keys_included": False},
        f"{target}: {told.files} files, {told.rows} rows as of {told.made_at}.\n"
        f"The keys in {folder / 'secrets'} are not in it. Copy them with `homeward node backup-keys` and keep that file elsewhere:\n"
        "without them nobody, you included, reads the people in this backup.",
        as_json=as_json,
    )


@node_command.command("backup-keys")
@NODE
@OUT
@RECIPIENT
@json_option
def backup_keys_command(folder: Path, *, target: Path, recipients: tuple[str, ...], as_json: bool) -> None:
    """Copy the node's secrets into one sealed file, to be kept in another place than the backups."""
    _open(folder)
    from homeward.bureau.node.backup import backup_keys

    count = backup_keys(folder, target, _recipients(recipients, target))
    text = f"{target}: {count} files. Keep it apart from the backups: together they are the whole node."
    finish({"file": str(target), "files": count}, text, as_json=as_json)


@node_command.command("restore")
@click.argument("parcel", metavar="BACKUP", type=click.Path(path_type=Path))
@NODE
@click.option("--keys", type=click.Path(path_type=Path), help="The file that backup-keys wrote.")
@click.option("--identity", type=click.Path(path_type=Path), help="A file with the AGE-SECRET-KEY… that opens both.")
@json_option
def restore_command(parcel: Path, folder: Path, *, keys: Path | None, identity: Path | None, as_json: bool) -> None:
    """Restore a backup into a new folder NODE, and compare every table with what the backup says of itself.

    A node on PostgreSQL is restored into the empty database that HOMEWARD_DATABASE names.
    """
    from homeward.bureau.node.backup_files import unpack_node
    from homeward.bureau.node.starting import set_up

    manifest = unpack_node(parcel, keys, folder, _identities(identity, parcel))
    set_up(folder)
    from homeward.bureau.node.backup import load_database
    from homeward.bureau.node.preparing import check_keys

    told = load_database(folder, manifest)
    if keys is not None:
        check_keys(folder)
    reminder = "" if keys is not None else f"\nPut the secrets back into {folder / 'secrets'} before it is served."
    finish(
        {
            "node": str(folder),
            "made_at": told.made_at,
            "files": told.files,
            "rows": told.rows,
            "keys_restored": keys is not None,
        },
        f"{folder}: {told.files} files, {told.rows} rows as of {told.made_at}, compared with the backup.{reminder}",
        as_json=as_json,
    )


@node_command.command("new-key")
@NODE
@QUIET
@json_option
def new_key_command(folder: Path, *, quiet: bool, as_json: bool) -> None:
    """Add a key at rest and seal everything anew under it, while the node works. Cut off, it goes on where it was.

    The journal is never changed, so it stays under the keys that it was written with; they stay in the ring.
    """
    _open(folder)
    from homeward.bureau.node.preparing import check_keys, check_tables
    from homeward.bureau.vault.resealing import waiting
    from homeward.bureau.vault.services import new_key

    check_tables()
    check_keys(folder)
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        added, sealed = new_key(folder, progress=lambda done: steps("sealing anew", done, 0))
    left = waiting()
    said = "A key was added" if added else "An earlier resealing was finished"
    finish(
        {"keys_added": added, "sealed": sealed, "waiting": left},
        f"{said}; {sealed} values are sealed under the newest key. Back up the secrets again: homeward node backup-keys.",
        as_json=as_json,
        code=Exit.UNFINISHED if left else Exit.DONE,
    )


def _open(folder: Path) -> None:
    """Set up the node, which has to be there."""
    from homeward.bureau.node.folder import NodeError
    from homeward.bureau.node.starting import set_up

    if not (folder / "node.toml").exists():
        raise NodeError(f"{folder}: this is not a node's folder (node.toml is missing); `homeward serve {folder}` makes one")
    set_up(folder)


def _worst(found: Sequence[tuple[str, str | None]]) -> Exit:
    return Exit.STOP if any(problem for _, problem in found) else Exit.DONE


def _recipients(given: tuple[str, ...], target: Path) -> list[Recipient]:
    from homeward.record.seal import Passphrase, parse_recipient

    return [parse_recipient(text) for text in given] if given else [Passphrase(_passphrase(target, new=True))]


def _identities(file: Path | None, parcel: Path) -> list[Identity]:
    from homeward.record.seal import Passphrase, parse_identity

    if file is None:
        return [Passphrase(_passphrase(parcel, new=False))]
    lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    return [parse_identity(line) for line in lines if line and not line.startswith("#")]


def _passphrase(file: Path, *, new: bool) -> str:
    """From the file that the environment names, or from whoever sits there."""
    place = os.environ.get(PASSPHRASE_FILE)
    if place:
        return Path(place).read_text("utf-8").partition("\n")[0]
    if not sys.stdin.isatty():
        fail(
            Exit.USAGE,
            f"{file.name} needs a passphrase: run this at a terminal, let {PASSPHRASE_FILE} name a file that holds it, "
            "or seal to a public key with --recipient",
            as_json="--json" in sys.argv,
        )
    return str(click.prompt(f"passphrase of {file.name}", hide_input=True, confirmation_prompt=new, err=True))
