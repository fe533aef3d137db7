"""The tables of `docs/list-formats.md`, written from the tables that the reader uses, so that the page cannot grow old.

The page holds pairs of marks, `<!-- table: headings -->` and `<!-- end -->`; what stands between them is ours.
A test fails when the page and the code differ; to renew the page, run

    python -m homeward.people.describe docs/list-formats.md

>>> fill_in("<!-- table: absences -->\\nold\\n<!-- end -->").splitlines()[2]
'| value | words |'
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from homeward.people.atomic import write_whole
from homeward.people.columns import HEADINGS
from homeward.people.errors import PROBLEMS
from homeward.people.person import Field
from homeward.people.remarks import FIELD_NAMES, REMARKS
from homeward.people.words import ABSENCES, CLOSINGS, TOTALS, VOCABULARY

_MARKS = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _words(spellings: str) -> str:
    return ", ".join(f"`{word}`" for word in spellings.split("|"))


def _headings() -> str:
    names = {field.value: name for field, (name, _) in FIELD_NAMES.items()}
    return _table(
        ("field", "meaning", "headings"), ((f"`{k}`", names.get(k, "see above"), _words(w)) for k, w in HEADINGS.items())
    )


def _vocabulary() -> str:
    rows = ((f"`{field}`", f"`{code}`", _words(words)) for field, codes in VOCABULARY.items() for code, words in codes.items())
    return _table(("field", "code", "words"), rows)


def _absences() -> str:
    return _table(("value", "words"), ((f"`{absence.name}`", _words(words)) for absence, words in ABSENCES.items()))


def _closings() -> str:
    return _table(("row", "words"), (("`total_row`", _words(TOTALS)), ("`footer_row`", _words(CLOSINGS))))


def _remarks() -> str:
    rows = ((f"`{code}`", weight, english, ukrainian) for code, (weight, english, ukrainian) in REMARKS.items())
    return _table(("code", "about", "English", "Ukrainian"), rows)


def _errors() -> str:
    return _table(
        ("code", "what is wrong", "what to do"),
        ((f"`{code}`", problem, remedy) for code, (problem, remedy) in PROBLEMS.items()),
    )


TABLES: Mapping[str, Callable[[], str]] = {
    "headings": _headings,
    "vocabulary": _vocabulary,
    "absences": _absences,
    "closings": _closings,
    "remarks": _remarks,
    "errors": _errors,
}
assert set(FIELD_NAMES) == set(Field), "a field has no name"


def fill_in(page: str) -> str:
    """The page with every marked table written anew. A mark with an unknown name raises `KeyError`."""
    return _MARKS.sub(lambda match: f"{match.group(1)}\n{TABLES[match.group(2)]()}\n{match.group(3)}", page)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    write_whole(target, fill_in(target.read_text("utf-8")).encode())
