"""A short key that most spellings of one name share: classes of consonants, no vowels, no doubled letters.

Only for finding candidates; it never scores. Latin digraphs are read first (`sch`, `zh`, `kh`, ...).

>>> skeleton("щербак"), skeleton("shcherbak"), skeleton("szczerbak"), skeleton("schtscherbak")
('SRPK', 'SRPK', 'SRPK', 'SRPK')
>>> skeleton("григоренко"), skeleton("hryhorenko"), skeleton("євтушенко"), skeleton("yevtushenko")
('KRKRNK', 'KRKRNK', 'AFSNK', 'AFSNK')
>>> skeleton("وليد"), skeleton("walid"), skeleton("جمباوي"), skeleton("jambawi"), skeleton("عمر"), skeleton("umar")
('FLT', 'FLT', 'AMPF', 'AMPF', 'AMR', 'AMR')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.matching.names.flat import BEYOND, Flat, Ints
from homeward.matching.names.folding import LETTERS, SCRIPT_BIT, Script, script_of

_CLASSES = {
    Script.CYRILLIC: {
        "бп": "P", "вфў": "F", "гґкх": "K", "дт": "T", "зсжшчцщ": "S", "л": "L", "м": "M", "н": "N", "р": "R",
    },
    Script.LATIN: {"bp": "P", "vfw": "F", "gkhqc": "K", "dt": "T", "zs": "S", "l": "L", "m": "M", "n": "N", "r": "R", "x": "KS"},
    Script.HEBREW: {"בפף": "P", "ו": "", "גכךקחה": "K", "דטת": "T", "זסשצץ": "S", "ל": "L", "מם": "M", "נן": "N", "ר": "R"},
    Script.ARABIC: {
        "بپ": "P", "فڤ": "F", "كقغخحهگک": "K", "تدطضذثظ": "T", "سزشصچژ": "S", "ل": "L", "م": "M", "ن": "N", "ر": "R",
    },
}  # fmt: skip
#: All marks that a skeleton is made of.
MARKS = "APFKTSLMNR"
_OF = {script: {letter: mark for many, mark in table.items() for letter in many} for script, table in _CLASSES.items()}
_LATIN_RUNS = re.compile("s[cz]?h?t?s?c?[hz]|[tc]?s?c[hz]|t?[sz]|c(?=[eiyj])|zh|[pt]h|tch|[kg]h|ck")
#: Where the Arabic letter waw is a consonant: at the beginning, before a long a, and in the ending -awi.
_ARABIC_CONSONANT_WAW = re.compile("^و|و(?=ا)|(?<=ا)و(?=ي)", re.MULTILINE)
_INITIAL_VOWEL = re.compile("[aeiouyjаеєёиіїйоуыэюяאויاعجيآأإ]")


def _run(match: re.Match[str]) -> str:
    text = match.group()
    return "f" if text == "ph" else "t" if text == "th" else "k" if text in {"kh", "gh", "ck"} else "s"


#: Of the runs above those that are one sibilant; the marks of the others come out right if "ph" and "th" are one letter each.
#: Written by first letters, so that other letters are passed over quickly.
_SIBILANTS = re.compile("s(?:[cz]?h?t?s?c?[hz]|c[hz]|)|t(?:s?c[hz]|[sz])|c(?:s?c[hz]|[hz]|(?=[eiyj]))|z")
#: So many words are read at once, which bounds memory.
_RUN = 50_000
_LINE_BREAK = ord("\n")


def _by_code_point() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """For each code point: its mark as an ASCII code (0 for none), and whether it opens a word with "A"."""
    mark, opens = np.zeros(BEYOND + 1, np.uint8), np.zeros(BEYOND + 1, bool)
    for table in _OF.values():
        for letter, marks in table.items():
            # `x` is written out before.
            mark[ord(letter)] = ord(marks) if len(marks) == 1 else 0
    for vowel in _INITIAL_VOWEL.pattern.strip("[]"):
        mark[ord(vowel)], opens[ord(vowel)] = 0, True
    mark[_LINE_BREAK] = _LINE_BREAK
    return mark, opens


_MARK, _OPENS = _by_code_point()


@lru_cache(maxsize=1 << 12)
def skeleton(word: str) -> str:
    """The key of one word; empty for a word without a letter of the tables."""
    script = script_of(word)
    if script is Script.OTHER or not word:
        return word
    start = "A" if _INITIAL_VOWEL.match(word) else ""
    text = _readable(word, script)
    marks = "".join(_OF[script].get(letter, "") for letter in text).replace("TS", "S")
    out = start
    for mark in marks:
        if not out.endswith(mark):
            out += mark
    return out


def _readable(text: str, script: Script) -> str:
    """A word with each consonant that takes several letters, or only some of a letter, as one letter."""
    if script is Script.LATIN:
        return _LATIN_RUNS.sub(_run, text)
    return _ARABIC_CONSONANT_WAW.sub("ف", text) if script is Script.ARABIC else text


def skeletons(text: Sequence[str]) -> Flat:
    """The keys of many words: what `skeleton` gives for each, worked out for all words of one script together.

    >>> skeletons(["щербак", "szczerbak", "", "xaver", "42nd"]).texts() == [
    ...     skeleton(w) for w in ("щербак", "szczerbak", "", "xaver", "42nd")
    ... ]
    True
    """
    return Flat.joined([_some(text[start : start + _RUN]) for start in range(0, max(1, len(text)), _RUN)])


def _some(text: Sequence[str]) -> Flat:
    flat = Flat.of(text)
    bits = flat.known(SCRIPT_BIT)
    bits[flat.end] = 0
    kind, code = flat.each(np.bitwise_or, bits), np.repeat(flat.each(np.bitwise_or, bits), flat.size + 1)
    found: list[tuple[Ints, Flat]] = []
    for script in LETTERS:
        rows = np.flatnonzero(kind == 1 << script)
        if len(rows):
            found.append((rows, _joined(flat.point[code == 1 << script], script)))
    rest = np.flatnonzero((flat.size > 0) & ~np.isin(kind, [1 << script for script in LETTERS]))
    if len(rest):
        found.append((rest, Flat.of([skeleton(text[row]) for row in rest.tolist()])))
    size = np.zeros(len(flat), np.int64)
    for rows, marks in found:
        size[rows] = marks.size
    end = np.cumsum(size + 1) - 1
    beyond = any(int(marks.point.max(initial=0)) > np.iinfo(np.uint8).max for _, marks in found)
    out = np.full(int(end[-1]) + 1 if len(end) else 0, _LINE_BREAK, np.uint32 if beyond else np.uint8)
    for rows, marks in found:
        out[np.repeat(end[rows] - marks.end, marks.size + 1) + np.arange(len(marks.point))] = marks.point
    return Flat(out, end)


def _joined(point: npt.NDArray[Any], script: Script) -> Flat:
    """The keys of words of letters of one script, from the code points of the words with a line break after each."""
    if script is Script.LATIN:
        text = point.astype(np.uint8).tobytes().decode("ascii")
        text = _SIBILANTS.sub("s", text).replace("ph", "f").replace("th", "t").replace("x", "ks")
        point = np.frombuffer(text.encode("ascii"), np.uint8)
    elif script is Script.ARABIC:
        point = np.frombuffer(_readable(point.tobytes().decode("utf-32-le"), script).encode("utf-32-le"), np.uint32)
    mark = _MARK[point]
    begins = np.append(True, point[:-1] == _LINE_BREAK)
    mark[begins & _OPENS[point]] = ord("A")
    mark = mark[mark > 0]
    # A sibilant takes the dental before it; of equal marks one is left.
    mark = mark[~((mark == ord("T")) & (np.append(mark[1:], 0) == ord("S")))]
    mark = mark[(np.append(0, mark[:-1]) != mark) | (mark == _LINE_BREAK)]
    return Flat(mark, np.flatnonzero(mark == _LINE_BREAK))
