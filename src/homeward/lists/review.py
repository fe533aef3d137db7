"""The review sheet for two officers: one pair per row, both records as written, the reasons, and four cells to fill in.

The sheet holds names: it is a party's own file and leaves the house with nobody. Letters that differ are marked in red (only
within one script: between scripts every letter differs). Cells that come from lists are written as text, never as formulas.
Reading a filled sheet is `homeward.lists.review_reading`.

    write_review(Path("review.xlsx"), pairs, language="uk")
    result = read_review(Path("review.xlsx"), pairs, day="2025-05-18")
    book = book.add(result.decisions)
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from homeward.lists._files import canonical
from homeward.lists.pairs import SHOWN, Pair
from homeward.lists.review_sheet import Marked, SheetColumn, Shown, sheet_bytes
from homeward.lists.review_words import HEADINGS, NOBODY_FOUND, PUT_IN_BY_HAND, QUESTIONS, field_name, offered
from homeward.people import Field, Person, Progress
from homeward.people.atomic import write_whole

_WIDTHS = {
    "pair": 12, "question": 22, "probability": 9, "left_id": 12, "left": 38, "right_id": 12, "right": 38, "differs": 20,
    "reasons": 60, "decision_1": 14, "officer_1": 18, "decision_2": 14, "officer_2": 18, "check": 10,
}  # fmt: skip
_TO_FILL_IN = ("decision_1", "officer_1", "decision_2", "officer_2")
_EMPTY = ("", "", "", "")
#: After so many pairs the progress is told.
_STEP = 500


def write_review(
    path: Path,
    pairs: Sequence[Pair],
    *,
    language: str = "en",
    filled: Mapping[str, tuple[str, str, str, str]] | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the sheet for these pairs, in their order, atomically. `language` is `en` or `uk`. Raises `PeopleFileError`.

    The decision columns offer the three allowed words and accept any of the three languages' words when read. `filled` gives
    the four cells (decision 1, officer 1, decision 2, officer 2) of pairs, by pair id, that are already wholly or partly
    decided, so that a sheet can be sent out again without losing the work on it.
    """
    at = 1 if language == "uk" else 0
    columns = [
        SheetColumn(
            heading[at],
            _WIDTHS[key],
            offered=tuple(offered(language)) if key in {"decision_1", "decision_2"} else (),
            to_fill_in=key in _TO_FILL_IN,
            hidden=key == "check",
        )
        for key, heading in HEADINGS.items()
    ]

    def rows() -> Iterator[Sequence[Shown]]:
        for number, pair in enumerate(pairs):
            if progress is not None and number % _STEP == 0:
                progress("writing the review sheet", number, len(pairs))
            yield list(_cells(pair, language, (filled or {}).get(pair.id, _EMPTY)).values())

    write_whole(path, sheet_bytes("Звірка" if at else "Review", columns, rows(), len(pairs)))


def _cells(pair: Pair, language: str, filled: tuple[str, str, str, str]) -> dict[str, Shown]:
    at = 1 if language == "uk" else 0
    left, right = side_by_side(pair)
    differs = [field_name(field, language) for field in SHOWN if _differ(pair, field)]
    return {
        "pair": pair.id,
        "question": QUESTIONS[pair.question][at],
        "probability": pair.percent,
        "left_id": pair.left.id,
        "left": _marked(pair.left, pair.right, language),
        "right_id": pair.right_id,
        "right": _marked(pair.right, pair.left, language) if pair.right is not None else "",
        "differs": ", ".join(differs),
        "reasons": "\n".join(reasons(pair, language)),
        **dict(zip(_TO_FILL_IN, filled, strict=True)),
        "check": check_of(pair, left, right),
    }


def reasons(pair: Pair, language: str = "en") -> list[str]:
    """The reasons as sentences, the weightiest first. They quote names: for the sheet alone, never for a screen or a log."""
    at = 1 if language == "uk" else 0
    if pair.right is None:
        return [NOBODY_FOUND[at]]
    if not pair.evidence:
        return [PUT_IN_BY_HAND[at]]
    weighty = sorted(pair.evidence, key=lambda evidence: -abs(evidence.bits))
    return [evidence.sentence(language) for evidence in weighty if evidence.kind != "prior"]


def side_by_side(pair: Pair) -> tuple[str, str]:
    """Both records as plain text, as far as they are shown, whatever the language of the sheet: what `check_of` covers."""
    return _plain_record(pair.left), _plain_record(pair.right)


def _plain_record(person: Person | None) -> str:
    if person is None:
        return ""
    return "\n".join(f"{field.value}={_flat(person.written(field))}" for field in SHOWN if person.written(field))


def check_of(pair: Pair, left: str, right: str) -> str:
    """A short check over what stands in a row, so that a changed row is noticed when the sheet comes back."""
    return hashlib.sha256(canonical([pair.id, pair.left.id, pair.right_id, left, right])).hexdigest()[:12]


def shown_text(person: Person | None, language: str) -> str:
    """What stands in a record's cell, without the marking."""
    if person is None:
        return ""
    return "\n".join(
        f"{field_name(field, language)}: {_flat(person.written(field))}" for field in SHOWN if person.written(field)
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _marked(person: Person, other: Person | None, language: str) -> Shown:
    """The record's cell, with the letters that differ from the other record in red."""
    plain = shown_text(person, language)
    if other is None or len(plain) > 4_000:
        return plain
    pieces: list[str | Marked] = []
    for field in SHOWN:
        written = _flat(person.written(field))
        if not written:
            continue
        pieces.append(f"{chr(10) if pieces else ''}{field_name(field, language)}: ")
        pieces += _letters(written, _flat(other.written(field)))
    joined = _join(pieces)
    return joined if any(isinstance(piece, Marked) for piece in joined) else plain


def _letters(text: str, other: str) -> list[str | Marked]:
    """`text` in pieces, those that `other` does not have marked. Alike in all but case, or in another script: no marks."""
    one, two = text.casefold(), other.casefold()
    if not other or one == two or len(one) != len(text) or len(text) > 200 or len(two) > 200 or _script(one) != _script(two):
        return [text]
    pieces: list[str | Marked] = []
    for tag, start, end, _, _ in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if start < end:
            pieces.append(text[start:end] if tag == "equal" else Marked(text[start:end]))
    return pieces


def _join(pieces: Iterable[str | Marked]) -> list[str | Marked]:
    joined: list[str | Marked] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, str) and isinstance(last, str):
            joined[-1] = last + piece
        else:
            joined.append(piece)
    return joined


def _script(text: str) -> str:
    """The script of the first letter: the first word of its Unicode name."""
    letter = next((letter for letter in text if letter.isalpha()), "")
    return unicodedata.name(letter, "?").split()[0] if letter else ""


def _differ(pair: Pair, field: Field) -> bool:
    """Whether both records say something and not the same: by value where there is one, so that 1.3.87 is 1987-03-01."""
    if pair.right is None or not pair.left.written(field) or not pair.right.written(field):
        return False
    one, other = pair.left.value(field), pair.right.value(field)
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() != other.casefold()
    return one != other
