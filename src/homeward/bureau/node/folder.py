"""A node's folder: everything that one bureau's server keeps, in one place that can be backed up and carried away.

    NODE/node.sqlite3      the database, unless HOMEWARD_DATABASE names a PostgreSQL
    NODE/secrets/          django.key, at-rest.keys: outside the database, closed to other users, never in a backup of it
    NODE/exchanges/NAME/   the office of one exchange (`homeward.office`): keys, record, private, inbox, outbox
    NODE/node.toml         who this node is: party code, name, language, whether it is a demo
    NODE/static/           the pages' own files, compressed; laid out at every start
    NODE/backups/          what `homeward node backup` wrote

The folder is named by the environment variable HOMEWARD_NODE.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from homeward.people.atomic import replace_file

DEFAULT = "node"


class NodeError(Exception):
    """The folder, the database or the port is not what a node needs. The text says what to do; `code` is for programs."""

    def __init__(self, message: str, *, code: str = "node") -> None:
        super().__init__(message)
        self.code = code


def node_folder() -> Path:
    """The folder of the node that this process serves."""
    return _absolute(os.environ.get("HOMEWARD_NODE", DEFAULT))


@lru_cache(maxsize=16)
def _absolute(name: str) -> Path:
    """Asked for with every sealed field that is opened, so found once."""
    return Path(name).absolute()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the node is. `party` is the code that the terms use for it; `neutral` says that it belongs to the neutral."""

    party: str
    name: str
    neutral: bool = False
    language: str = "en"
    demo: bool = False

    @property
    def toml(self) -> str:
        """The text of node.toml."""
        return (
            f"party = {_quoted(self.party)}\nname = {_quoted(self.name)}\nneutral = {str(self.neutral).lower()}\n"
            f"language = {_quoted(self.language)}\ndemo = {str(self.demo).lower()}\n"
        )


def read_identity(folder: Path) -> Identity:
    """Read node.toml. Raises `NodeError`; a folder without it is a node that nobody has named yet."""
    path = folder / "node.toml"
    if not path.exists():
        return Identity("XX", "Homeward")
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        return Identity(**found)
    except (OSError, ValueError, TypeError) as error:
        raise NodeError(f"{path}: this is not the file of a node; keep party, name, neutral, language and demo") from error


def write_identity(folder: Path, identity: Identity) -> None:
    """Write node.toml, whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(folder / "node.toml", identity.toml.encode("utf-8"), mode=0o600)


def secret(folder: Path, name: str, length: int = 50) -> str:
    """A secret of the node, made when it is first asked for. In a folder that does not exist yet it lasts for this process only."""
    path = folder / "secrets" / name
    if path.exists():
        return path.read_text("ascii").strip()
    value = secrets.token_urlsafe(length)
    if folder.is_dir():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        replace_file(path, (value + "\n").encode("ascii"), mode=0o600)
    return value


def _quoted(text: str) -> str:
    kept = "".join(letter for letter in text if letter.isprintable())
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'
