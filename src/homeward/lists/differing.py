"""Two texts side by side, in pieces, with the letters that differ marked: for whoever compares two records.

Within one script every letter that the other text does not have at that place is marked; case alone is no difference. Between
scripts every letter differs, so there only those are marked that do not answer each other when the one is written in the other
script (`homeward.matching.names.alignment`). A text beside an empty one is not marked: silence is no contradiction.

>>> [[(piece.text, piece.differs) for piece in side] for side in differing("Петренко", "Петрэнко")]
[[('Петр', False), ('е', True), ('нко', False)], [('Петр', False), ('э', True), ('нко', False)]]
>>> [[piece.text for piece in side if piece.differs] for side in differing("Щербатенко Олена", "OLENA SHCHERBOTENKO")]
[['а'], ['O']]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from homeward.matching.names.alignment import likeness, marked
from homeward.matching.names.folding import Script, fold, script_of
from homeward.people import PartialDate

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_NUMBER = re.compile(r"[0-9]+", re.ASCII)
#: Longer texts are not taken apart: nobody would read the marks.
_LONGEST = 200
#: Words of which fewer letters answer each other than this are not laid together.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether it differs from the other text."""

    text: str
    differs: bool


def differing(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces."""
    if not one or not other or max(len(one), len(other)) > _LONGEST:
        return _pieces(one, ()), _pieces(other, ())
    if _is_initial_of(one, other) or _is_initial_of(other, one):
        return _pieces(one, ()), _pieces(other, ())
    wrong, wrong_other = _across(one, other) if _scripts_differ(one, other) else _within(one, other)
    return _pieces(one, wrong), _pieces(other, wrong_other)


def differing_dates(
    one: str, day: PartialDate, other: str, other_day: PartialDate
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two written dates in pieces, with the numbers marked that the other date does not have, however each is written.

    >>> [
    ...     [piece.text for piece in side if piece.differs]
    ...     for side in differing_dates("21.08.2022", PartialDate(2022, 8, 21), "2022-08-20", PartialDate(2022, 8, 20))
    ... ]
    [['21'], ['20']]
    """
    if day == other_day:
        return _pieces(one, ()), _pieces(other, ())
    wrong, wrong_other = _numbers_not_in(one, other_day), _numbers_not_in(other, day)
    if not wrong and not wrong_other and day.complete and other_day.complete:
        # The same numbers in other places, such as a day taken for a month.
        return _pieces(one, range(len(one))), _pieces(other, range(len(other)))
    return _pieces(one, wrong), _pieces(other, wrong_other)


def _numbers_not_in(text: str, day: PartialDate) -> list[int]:
    """The places of numbers that are neither the year, the month nor the day; a part that the date leaves open marks nothing."""
    parts = {day.year, day.year % 100, day.month, day.day}
    unknown = (day.month is None) + (day.day is None)
    numbers = [match for match in _NUMBER.finditer(text) if int(match.group()) not in parts]
    return [] if len(numbers) <= unknown else [place for match in numbers for place in range(*match.span())]


def _is_initial_of(short: str, long: str) -> bool:
    """Whether a text is nothing but the other's first letter, with or without a dot: that says less, and nothing else."""
    letter = short.strip().removesuffix(".")
    return len(letter) == 1 and letter.isalpha() and long.strip().casefold().startswith(letter.casefold())


def _scripts_differ(one: str, other: str) -> bool:
    folded = (fold(text) for text in (one, other))
    scripts = {script_of(text) for text in folded if any(letter.isalpha() for letter in text)}
    return len(scripts) > 1 or scripts == {Script.OTHER}


def _within(one: str, other: str) -> tuple[list[int], list[int]]:
    """The places that differ, letter by letter."""
    small, small_other = (text.casefold() if len(text.casefold()) == len(text) else text for text in (one, other))
    wrong: list[int] = []
    wrong_other: list[int] = []
    for tag, start, end, start_other, end_other in SequenceMatcher(None, small, small_other, autojunk=False).get_opcodes():
        if tag != "equal":
            wrong += range(start, end)
            wrong_other += range(start_other, end_other)
    return wrong, wrong_other


def _across(one: str, other: str) -> tuple[list[int], list[int]]:
    """The places that differ, word beside word, whatever the order of the words."""
    words, words_other = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    wrong: list[int] = []
    wrong_other: list[int] = []
    for at, at_other in _laid_together([word.group() for word in words], [word.group() for word in words_other]):
        here = words[at] if at is not None else None
        there = words_other[at_other] if at_other is not None else None
        found, found_other = marked(here.group() if here else "", there.group() if there else "")
        if here is not None:
            wrong += [here.start() + place for place in found]
        if there is not None:
            wrong_other += [there.start() + place for place in found_other]
    return sorted(wrong), sorted(wrong_other)


def _laid_together(words: Sequence[str], others: Sequence[str]) -> Iterable[tuple[int | None, int | None]]:
    """Which word belongs to which: the most alike first, each once; two single words always; the rest stand alone."""
    scored = sorted(
        (-likeness(word, other), at, at_other) for at, word in enumerate(words) for at_other, other in enumerate(others)
    )
    single = len(words) == len(others) == 1
    taken: dict[int, int] = {}
    for score, at, at_other in scored:
        if at not in taken and at_other not in taken.values() and (single or -score >= _ALIKE):
            taken[at] = at_other
    for at in range(len(words)):
        yield at, taken.get(at)
    for at_other in range(len(others)):
        if at_other not in taken.values():
            yield None, at_other


def _pieces(text: str, wrong: Sequence[int]) -> tuple[Piece, ...]:
    """The text cut where marks begin and end."""
    marks = set(wrong)
    pieces: list[Piece] = []
    for place, letter in enumerate(text):
        differs = place in marks
        if pieces and pieces[-1].differs == differs:
            pieces[-1] = Piece(pieces[-1].text + letter, differs)
        else:
            pieces.append(Piece(letter, differs))
    return tuple(pieces)
