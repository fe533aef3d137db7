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

from homeward.matching.names.folding import LETTERS, Script, script_of

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


#: For many words at once: every letter's marks in one table (`x` is written out before), and which letters open with "A".
_ALL = {ord(letter): mark for table in _OF.values() for letter, mark in table.items() if letter != "x"}
_VOWELS = sorted(set(_INITIAL_VOWEL.pattern.strip("[]")))
_TO_MARKS = {
    **{ord(letter): None for script, table in LETTERS.items() if script in _OF for letter in table}, **_ALL,
    **{ord(vowel): None for vowel in _VOWELS},
}  # fmt: skip
_ONE_SCRIPT = {script: re.compile(f"[{letters}]+") for script, letters in LETTERS.items()}
_REPEATED = re.compile(r"([A-Z])\1+")


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
    """A word, or words in lines, with each consonant that takes several letters, or only some of a letter, as one letter."""
    if script is Script.LATIN:
        return _LATIN_RUNS.sub(_run, text)
    return _ARABIC_CONSONANT_WAW.sub("ف", text) if script is Script.ARABIC else text


def skeletons(text: Sequence[str]) -> list[str]:
    """The keys of many words: what `skeleton` gives for each, worked out for all words of one script together.

    >>> skeletons(["щербак", "szczerbak", "", "xaver", "42nd"]) == [
    ...     skeleton(w) for w in ("щербак", "szczerbak", "", "xaver", "42nd")
    ... ]
    True
    """
    out = [""] * len(text)
    rest = [row for row, word in enumerate(text) if word]
    for script, whole in _ONE_SCRIPT.items():
        fits = whole.fullmatch
        here = [row for row in rest if fits(text[row])]
        if not here:
            continue
        rest = [row for row in rest if not fits(text[row])] if len(here) < len(rest) else []
        for row, marks in zip(here, _joined([text[row] for row in here], script), strict=True):
            out[row] = marks
    for row in rest:
        out[row] = skeleton(text[row])
    return out


def _joined(some: list[str], script: Script) -> list[str]:
    """The keys of words of letters of one script, through one long text with a word on each line."""
    text = "\n" + "\n".join(some)
    if script is Script.ARABIC:
        text = _readable(text, script)
    for vowel in _VOWELS:
        text = text.replace("\n" + vowel, "\nA" + vowel)
    if script is Script.LATIN:
        text = _readable(text, script).replace("x", "ks")
    text = text.translate(_TO_MARKS).replace("TS", "S")
    return _REPEATED.sub(r"\1", text).split("\n")[1:]
