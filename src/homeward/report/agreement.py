"""The terms' plain text cut into headings, clauses and paragraphs, so that a page can set them with care. No word is changed.

>>> for block in blocks_of("Title\\n\\nArticle 1. Parties\\n\\n1.1 \\"A\\" is\\n    Alpha.\\n1.2 \\"B\\" is Beta.\\n"):
...     print(block.kind, block.lines)
paragraph ('Title',)
heading ('Article 1. Parties',)
clauses ('1.1 "A" is Alpha.', '1.2 "B" is Beta.')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_CLAUSE = re.compile(r"\d+\.\d+\s")
_HEADING = re.compile(r"\S+ \d+\. \S")


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between two empty lines. `verbatim` keeps its line breaks (digits, signatures)."""

    kind: Literal["heading", "clauses", "paragraph", "verbatim"]
    lines: tuple[str, ...]


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text in their order."""
    return tuple(_block(part.strip("\n").split("\n")) for part in re.split(r"\n[ \t]*\n", text) if part.strip())


def _block(lines: list[str]) -> Block:
    if _CLAUSE.match(lines[0]):
        clauses: list[str] = []
        for line in lines:
            if _CLAUSE.match(line) or not clauses:
                clauses.append(line.strip())
            else:
                clauses[-1] = _joined(clauses[-1], line.strip())
        return Block("clauses", tuple(clauses))
    if all(line.startswith("    ") for line in lines) or any("____" in line for line in lines):
        return Block("verbatim", tuple(line.strip() for line in lines))
    if len(lines) == 1 and _HEADING.match(lines[0]):
        return Block("heading", (lines[0].strip(),))
    paragraph = ""
    for line in lines:
        paragraph = _joined(paragraph, line.strip())
    return Block("paragraph", (paragraph,))


def _joined(before: str, after: str) -> str:
    """Two lines of one sentence; a word that was broken at its own hyphen closes up again."""
    if not before:
        return after
    broken = re.search(r"\w-$", before) is not None and after[:1].isalnum()
    return before + after if broken else f"{before} {after}"
