"""Files of this room: canonical JSON, JSON that came in, and the plain cells of a sheet that came back.

>>> canonical({"b": [1, "ї"], "a": None}).decode()
'{"a":null,"b":[1,"ї"]}'
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from homeward.lists.errors import ListError
from homeward.people.grid import Cell
from homeward.people.workbook import read_sheets

_HEADER_WITHIN = 20


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: the same value gives the same bytes on every machine."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode(
        "utf-8", "surrogatepass"
    )


def read_json(path: Path, schema: str) -> dict[str, Any]:
    """A JSON object that names `schema`; anything else raises `ListError`."""
    try:
        found = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise ListError(path.name, f"cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise ListError(path.name, "is not JSON in UTF-8", remedy="ask for the file again") from error
    if not isinstance(found, dict) or found.get("schema") != schema:
        raise ListError(path.name, f"is not a file of the kind {schema}", remedy="check that this is the right file")
    return found


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row under the header: its number as the spreadsheet counts it (from 1) and its cells by column key."""

    number: int
    cells: dict[str, str]


def read_sheet(path: Path, headings: dict[str, str], required: Sequence[str]) -> list[SheetRow]:
    """The rows of a workbook's first sheet, by column key.

    `headings` maps a heading (case-folded, in any language) to its key. The header row is looked for in the first rows, in any
    column order; columns of other headings are an officer's own and are left alone. Empty rows are skipped. Raises `ListError`, and
    `PeopleFileError` for what is no spreadsheet (or a locked, damaged or malicious one).
    """
    sheets = read_sheets(path)
    rows = sheets[0].rows if sheets else []
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        keys = [headings.get(_fold(_plain(cell))) for cell in row]
        if not all(key in keys for key in required):
            continue
        twice = [key for key in required if keys.count(key) > 1]
        if twice:
            raise ListError(path.name, f"the column '{twice[0]}' stands twice", row=index + 1, remedy="take one of them out")
        return [
            SheetRow(number, {key: text for key, text in zip(keys, texts, strict=False) if key is not None})
            for number, texts in enumerate(([_plain(cell) for cell in below] for below in rows[index + 1 :]), start=index + 2)
            if any(texts)
        ]
    raise ListError(path.name, "has no header row with the columns it was sent with", remedy="restore the first row")


def _plain(cell: Cell) -> str:
    """What an officer sees in the cell: spreadsheets keep whole numbers as fractions and days as midnights."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    return str(cell).strip()


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
