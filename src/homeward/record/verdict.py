"""What checking a record found: the words of the answer, as data.

One record, one kind of verdict, and an exit code that scripts can rely on:

| kind | exit code | meaning |
|---|---|---|
| unchanged | 0 | every act is what all parties cosigned, and nothing is missing |
| changed | 1 | something is not what was signed; `place` and `index` say where |
| incomplete | 2 | nothing is wrong, but a cosigner or a line is missing |
| unreadable | 3 | the file is not a record |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["unchanged", "changed", "incomplete", "unreadable"]
#: What was checked: all, or the seal alone (`seal_check`).
Checked = Literal["all", "seal"]
Place = Literal["file", "terms", "heads", "leaves", "acts"]

EXIT_CODES: Mapping[Kind, int] = {"unchanged": 0, "changed": 1, "incomplete": 2, "unreadable": 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found. `index` counts acts (or heads) from 0; `code` is for programs, `text` for people.

    Codes: the reasons of `ledger.Reason` and `form`, `signature`, `differs`, `missing`, `inserted`, `moved`, `cut-off`,
    `root`, `head`, `leaves`, `terms`, `file` for what is changed; `cosigner`, `uncovered`, `withheld`, `no-head` for what is
    incomplete; `before`, `after` for a clock that disagrees with the cosigners' (never more than a remark).
    """

    code: str
    place: Place
    index: int | None
    text: str


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One key of the record: what it may do, when it came and went, and how many acts it signed."""

    name: str
    party: str
    roles: tuple[str, ...]
    added: int
    retired: int | None
    doubted_from: int | None
    signatures: int


@dataclass(frozen=True)
class Verdict:
    """The answer. Everything that is counted was checked."""

    kind: Kind
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    #: 40 digits of the hash of the terms, to compare aloud.
    card: str = ""
    origin: str = ""
    acts: int = 0
    withheld: int = 0
    signatures: int = 0
    keys: tuple[KeyUse, ...] = ()
    heads: int = 0
    full_heads: int = 0
    #: The size of the last head that all parties cosigned.
    last_full: int = 0
    #: Party code -> time of its cosignature under the last full head, seconds since 1970.
    cosigned: Mapping[str, int] = field(default_factory=dict)
    #: Party code -> how many acts it has cosigned in all.
    reach: Mapping[str, int] = field(default_factory=dict)
    #: The last full head is also cosigned with ML-DSA-44 by all.
    sealed: bool = False
    lists: tuple[str, ...] = ()
    sealed_files: tuple[str, ...] = ()
    checked: Checked = "all"

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.kind]

    @property
    def index(self) -> int | None:
        """The act at which the record is changed, if it is."""
        return self.findings[0].index if self.kind == "changed" and self.findings[0].place in {"acts", "leaves"} else None
