"""Receipts: which bytes were received, what they hold, by whom and when. Data only: signing is an act of a room above.

>>> import tempfile
>>> path = Path(tempfile.mkdtemp()) / "answers.json"
>>> _ = path.write_bytes(b"{}")
>>> receipt = make_receipt(path, "answers", {"answers": 390}, received_by="UA", at="2025-05-18T09:30:00+00:00")
>>> receipt.digest[:8], receipt.size, matches(receipt, path)
('44136fa3', 2, True)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from homeward.lists._files import canonical, read_json
from homeward.lists.errors import ListError
from homeward.people.atomic import write_whole

SCHEMA = "homeward-receipt/1"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was received. `digest` is the hexadecimal SHA-256 and `size` the length in bytes of the file exactly as it came.

    `counts` says what it holds (for a list the rows accepted, remarked and refused; for answers one number per code).
    `received_by` is a party's or neutral's code. `at` is ISO 8601 with the offset from UTC.
    """

    what: Literal["list", "answers"]
    digest: str
    size: int
    counts: Mapping[str, int]
    received_by: str
    at: str

    def as_dict(self) -> dict[str, object]:
        return {
            "schema": SCHEMA, "what": self.what, "digest": self.digest, "size": self.size,
            "counts": dict(self.counts), "received_by": self.received_by, "at": self.at,
        }  # fmt: skip


def make_receipt(
    path: Path, what: Literal["list", "answers"], counts: Mapping[str, int], *, received_by: str, at: str
) -> Receipt:
    """A receipt for the bytes at `path`. Raises `ListError` if it cannot be read, `ValueError` for a time without offset."""
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("the time of a receipt needs its offset from UTC")
    digest, size = _digest(path)
    return Receipt(what, digest, size, dict(counts), received_by, at)


def matches(receipt: Receipt, path: Path) -> bool:
    """Whether the file at `path` is, byte for byte, the one that was received."""
    return _digest(path) == (receipt.digest, receipt.size)


def _digest(path: Path) -> tuple[str, int]:
    total, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                total.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise ListError(path.name, f"cannot be read ({error.strerror})") from error
    return total.hexdigest(), size


def write_receipt(path: Path, receipt: Receipt) -> None:
    """Write a receipt as JSON, atomically."""
    write_whole(path, canonical(receipt.as_dict()) + b"\n")


def read_receipt(path: Path) -> Receipt:
    """Read a receipt. Raises `ListError`."""
    found: dict[str, Any] = read_json(path, SCHEMA)
    try:
        what, counts = found["what"], {str(key): int(number) for key, number in found["counts"].items()}
        sound = what in {"list", "answers"} and len(bytes.fromhex(found["digest"])) == 32
        receipt = Receipt(what, found["digest"], int(found["size"]), counts, str(found["received_by"]), str(found["at"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ListError(path.name, "is not a complete receipt", remedy="ask for the receipt again") from error
    if not sound:
        raise ListError(path.name, "is not a receipt for a list or for answers", remedy="ask for the receipt again")
    return receipt
