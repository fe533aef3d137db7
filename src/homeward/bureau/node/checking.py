"""Is a node well? The parts that `homeward node check` looks at, each with what is wrong with it in one line, or None."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError

from homeward.bureau.node.folder import NodeError
from homeward.bureau.node.health import LEAST_FREE_BYTES, PARTS
from homeward.bureau.node.preparing import check_keys, steps_behind
from homeward.bureau.vault.keys import VaultError
from homeward.bureau.vault.resealing import unchangeable_tables, waiting


def check_node(folder: Path) -> list[tuple[str, str | None]]:
    """Every part with its problem. A part that cannot be looked at because the database is away says so."""
    parts: list[tuple[str, Callable[[Path], str | None]]] = [
        ("database", _database),
        ("tables", _tables),
        ("journal is append-only", _append_only),
        ("keys at rest", _keys),
        ("resealing", _resealing),
        ("rights of the secrets", _rights),
        ("disk", _disk),
        ("settings", _settings),
    ]
    return [(name, _looked_at(part, folder)) for name, part in parts]


def _looked_at(part: Callable[[Path], str | None], folder: Path) -> str | None:
    try:
        return part(folder)
    except (DatabaseError, NodeError, VaultError, OSError) as error:
        return str(error).strip().partition("\n")[0]


def _database(_folder: Path) -> str | None:
    return None if PARTS["database"]() else "it does not answer"


def _tables(_folder: Path) -> str | None:
    wanted = steps_behind()
    return f"{wanted} steps behind this program; run `homeward node update`" if wanted else None


def _append_only(_folder: Path) -> str | None:
    return None if "journal_line" in unchangeable_tables() else "the triggers are gone; somebody took them away"


def _keys(folder: Path) -> str | None:
    check_keys(folder)
    return None


def _resealing(_folder: Path) -> str | None:
    count = waiting()
    return f"{count} values wait for the newest key; run `homeward node new-key` to finish" if count else None


def _rights(folder: Path) -> str | None:
    open_ones = [
        path.name for path in sorted((folder / "secrets").iterdir()) if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    return f"other users of this machine may read {', '.join(open_ones)}; run chmod 600" if open_ones else None


def _disk(_folder: Path) -> str | None:
    return None if PARTS["disk"]() else f"less than {LEAST_FREE_BYTES // 2**20} MB are free"


def _settings(_folder: Path) -> str | None:
    """Django's own list for a node that others reach; without HTTPS it stays quiet, because a node on one machine needs none."""
    found = [each for each in run_checks(include_deployment_checks=settings.TLS) if each.level >= WARNING]
    return "; ".join(f"{each.id} {each.msg}".partition(". ")[0] for each in found) or None
