"""Mapping files: a small TOML file that says which heading means which field.

    "Кого шукаємо"   = "full_name"
    "Коли зник"      = "captured_on"
    "Наш код"        = "id"
    "Службові позначки" = "other"

The values are the names of fields, or one of the kinds in `columns` (`other`: keep the column and do not mention it).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from homeward.people.columns import COLUMN_KINDS, fold_heading
from homeward.people.encoding import decode
from homeward.people.errors import PeopleFileError
from homeward.people.workbook import read_bytes


def read_mapping(path: str | PathLike[str]) -> Mapping[str, str]:
    """Heading -> field, in the order of the file. Raises `PeopleFileError` that names the line or the heading at fault."""
    path = Path(path)
    decoded = decode(read_bytes(path))
    if decoded is None:
        raise PeopleFileError("encoding", path.name)
    try:
        table = tomllib.loads(decoded.text.replace("\r\n", "\n").removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PeopleFileError("mapping_file", path.name, reason=str(error)) from error
    # A single table around the lines is a common habit, and there is nothing else it could mean.
    if set(table) == {"columns"} and isinstance(table["columns"], dict):
        table = table["columns"]
    mapping: dict[str, str] = {}
    seen: dict[str, str] = {}
    for heading, kind in table.items():
        if not isinstance(kind, str) or kind not in COLUMN_KINDS:
            shown = kind if isinstance(kind, str) else type(kind).__name__
            raise PeopleFileError("mapping_value", path.name, heading=heading, field=shown, fields=", ".join(COLUMN_KINDS))
        folded = fold_heading(heading)
        if folded in seen and mapping[seen[folded]] != kind:
            raise PeopleFileError("mapping_twice", path.name, heading=seen[folded], second=heading)
        seen.setdefault(folded, heading)
        mapping[heading] = kind
    return mapping
