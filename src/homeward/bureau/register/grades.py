"""How far a claim can be relied on, and where it came from: two tables that the pages, the fold and the tests read.

A grade is the two-part one that registers of missing people use: how reliable the source is (A to F), and how well the content
is supported (1 to 6). F and 6 say "cannot be judged", which is better than knowing that a source is bad, so they stand in the
middle and not at the end. Of two grades the one with the smaller sum of both places is better; with equal sums, the one with the
better source.

>>> sorted(["F6", "C3", "A1", "B2", "E5", "A3"], key=weight)
['A1', 'A3', 'B2', 'C3', 'F6', 'E5']
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Letter -> its place from best to worst, and what it says about the source.
RELIABILITY: Mapping[str, tuple[int, Promise | str]] = {
    "A": (0, _("completely reliable")),
    "B": (1, _("usually reliable")),
    "C": (2, _("fairly reliable")),
    "D": (4, _("not usually reliable")),
    "E": (5, _("unreliable")),
    "F": (3, _("reliability cannot be judged")),
}

#: Digit -> its place from best to worst, and what it says about the content.
CONTENT: Mapping[str, tuple[int, Promise | str]] = {
    "1": (0, _("confirmed by other sources")),
    "2": (1, _("probably true")),
    "3": (2, _("possibly true")),
    "4": (4, _("doubtful")),
    "5": (5, _("improbable")),
    "6": (3, _("truth cannot be judged")),
}

GRADES: tuple[str, ...] = tuple(letter + digit for letter in RELIABILITY for digit in CONTENT)


class SourceKind(NamedTuple):
    """A kind of source: what it is called, and the grade that a claim of it gets when nobody says otherwise."""

    title: Promise | str
    grade: str


#: The kinds of evidence that bureaux work with; a returned person and a neutral's visit are the best there is.
SOURCES: Mapping[str, SourceKind] = {
    "own_records": SourceKind(_("our own records"), "A2"),
    "holding_side": SourceKind(_("notice of the side that holds the person"), "B2"),
    "neutral_visit": SourceKind(_("visit or notice of the neutral"), "A1"),
    "returned_person": SourceKind(_("a person who returned"), "B3"),
    "family": SourceKind(_("the family"), "B3"),
    "letter": SourceKind(_("letter or card of the person"), "B2"),
    "call": SourceKind(_("call"), "C3"),
    "document": SourceKind(_("identity paper or other document"), "B2"),
    "photo_video": SourceKind(_("photo or video"), "C3"),
    "open_source": SourceKind(_("press or social media"), "D4"),
    "laboratory": SourceKind(_("fingerprints, DNA or dental record"), "A1"),
    "court": SourceKind(_("court record"), "B2"),
    "other": SourceKind(_("another source"), "F6"),
}


def weight(grade: str) -> tuple[int, int]:
    """What a grade is sorted by, the best first. Raises `KeyError` for anything that is no grade."""
    reliability, content = RELIABILITY[grade[:1]][0], CONTENT[grade[1:]][0]
    return reliability + content, reliability


def grade_in_words(grade: str) -> str:
    """Both halves of a grade in words.

    >>> grade_in_words("B3")
    'usually reliable, possibly true'
    """
    return f"{RELIABILITY[grade[0]][1]}, {CONTENT[grade[1]][1]}"
