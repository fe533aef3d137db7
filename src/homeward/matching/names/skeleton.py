"""A short key that most spellings of one name share: classes of consonants, no vowels, no doubled letters.

Only for finding candidates; it never scores. Latin digraphs are read first (`sch`, `zh`, `kh`, ...).

>>> skeleton("щербак"), skeleton("shcherbak"), skeleton("szczerbak"), skeleton("schtscherbak")
('SRPK', 'SRPK', 'SRPK', 'SRPK')
>>> skeleton("григоренко"), skeleton("hryhorenko"), skeleton("євтушенко"), skeleton("yevtushenko")
('KRKRNK', 'KRKRNK', 'AFSNK', 'AFSNK')
"""

from __future__ import annotations

import re
from functools import lru_cache

from homeward.matching.names.folding import Script, script_of

_CLASSES = {
    Script.CYRILLIC: {
        "бп": "P", "вфў": "F", "гґкх": "K", "дт": "T", "зсжшчцщ": "S", "л": "L", "м": "M", "н": "N", "р": "R",
    },
    Script.LATIN: {"bp": "P", "vfw": "F", "gkhqc": "K", "dt": "T", "zs": "S", "l": "L", "m": "M", "n": "N", "r": "R", "x": "KS"},
    Script.HEBREW: {"בפף": "P", "ו": "", "גכךקחה": "K", "דטת": "T", "זסשצץ": "S", "ל": "L", "מם": "M", "נן": "N", "ר": "R"},
    Script.ARABIC: {
        "بپ": "P", "فڤ": "F", "كقغخحهگک": "K", "تدطضذثظ": "T", "سزشصجچژ": "S", "ل": "L", "م": "M", "ن": "N", "ر": "R",
    },
}  # fmt: skip
_OF = {script: {letter: mark for many, mark in table.items() for letter in many} for script, table in _CLASSES.items()}
_LATIN_RUNS = re.compile("s[cz]?h?t?s?c?[hz]|[tc]?s?c[hz]|t?[sz]|c(?=[eiyj])|zh|ph|tch|[kg]h|ck")
_INITIAL_VOWEL = re.compile("[aeiouyjаеєёиіїйоуыэюяאויاويآأإ]")


def _run(match: re.Match[str]) -> str:
    text = match.group()
    return "f" if text == "ph" else "k" if text in {"kh", "gh", "ck"} else "s"


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """The key of one word; empty for a word without a letter of the tables."""
    script = script_of(word)
    if script is Script.OTHER or not word:
        return word
    start = "A" if _INITIAL_VOWEL.match(word) else ""
    text = _LATIN_RUNS.sub(_run, word) if script is Script.LATIN else word
    marks = "".join(_OF[script].get(letter, "") for letter in text).replace("TS", "S")
    out = start
    for mark in marks:
        if not out.endswith(mark):
            out += mark
    return out
