"""The folder of a rehearsal: what a user puts there, and what is said when something is missing.

    terms.toml              what was agreed
    UA/held.xlsx            people whom UA holds and offers to the other side (.xlsx, .csv, .xls, .ods)
    UA/register.xlsx        UA's own people
    UA/mapping.toml         optional: what the headings of UA's files mean
    RU/held.xlsx …
    interviews.csv          optional: outcomes of the private interviews; without it, interviews count as not held
    incidents.csv           optional: what goes wrong on the days; without it, nothing does

The folders of the parties bear their codes in the terms. `homeward demo` writes just such a folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from homeward.people import PeopleFile, Progress, one_step, read_mapping, read_people
from homeward.rehearsal.errors import RehearsalError
from homeward.terms import Terms, load

_TABLES = (".xlsx", ".csv", ".xls", ".ods", ".xlsb", ".xlsm", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class PartyFiles:
    """One party's two files, read."""

    held: PeopleFile
    register: PeopleFile


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the folder holds, read once."""

    folder: Path
    terms: Terms
    parties: Mapping[str, PartyFiles]

    @property
    def sides(self) -> dict[str, tuple[str, str]]:
        """List → (holder, receiver)."""
        return {side.id: (side.holder, side.receiver) for side in self.terms.sides.values()}


def read_folder(folder: Path, progress: Progress) -> Inputs:
    """Read a rehearsal's folder. Raises `RehearsalError` for what is missing, and the rooms' own errors for what is wrong."""
    if not folder.is_dir():
        raise RehearsalError(f"{folder}: there is no such folder; name one that holds terms.toml and a folder for each party")
    terms_file = folder / "terms.toml"
    if not terms_file.exists():
        raise RehearsalError(f"{folder}: there is no terms.toml; write what was agreed into it (docs/terms-format.md)")
    terms = load(terms_file)
    if len(terms.parties) != 2 or terms.blocs or len(terms.sides) != 2:
        raise RehearsalError(
            f"terms.toml: a rehearsal plays an exchange of two sides between two parties; these terms have {len(terms.parties)} "
            f"parties and {len(terms.sides)} sides. `homeward plan` plans for several parties"
        )
    parties = {}
    for code in terms.parties:
        mapping_file = folder / code / "mapping.toml"
        mapping = read_mapping(mapping_file) if mapping_file.exists() else None
        held, register = (_find(folder, code, name) for name in ("held", "register"))
        parties[code] = PartyFiles(
            *(
                read_people(path, mapping=mapping, progress=one_step(progress, f"reading {code}/{path.name}"))
                for path in (held, register)
            )
        )
    return Inputs(folder, terms, parties)


def _find(folder: Path, party: str, name: str) -> Path:
    """The one table `name.*` of a party."""
    place = folder / party
    found = sorted(path for path in place.glob(f"{name}.*") if path.suffix.lower() in _TABLES) if place.is_dir() else []
    what = "the people it holds and offers" if name == "held" else "its own people"
    if not found:
        raise RehearsalError(f"{folder}: {party}/{name}.xlsx is missing; put {party}'s list of {what} there (XLSX or CSV)")
    if len(found) > 1:
        raise RehearsalError(f"{place}: there are several files {name}.*; keep one: {', '.join(path.name for path in found)}")
    return found[0]
