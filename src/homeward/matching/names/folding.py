"""From a cell to words: one letter case, one form of each letter, no invisible characters, look-alikes undone.

A *word* here is a lower-case string in one script. Folding never replaces what the source wrote (`Person.written` keeps
that); it only says what is compared. Latin letters lose their diacritics because half of all writers drop them anyway;
Cyrillic letters keep theirs (`й`, `ї`, `ё` are letters of their own).

>>> words("  О’КОННОР-Шевченко ")
('оконнор', 'шевченко')
>>> words("ŁUKASZ  Müller, İbrahim")
('lukasz', 'muller', 'ibrahim')
>>> words("Abd al-Rahman, El-Bakri"), words("عبد الرحمن البكري")
(('abdalrahman', 'bakri'), ('عبدالرحمن', 'بكري'))
>>> words("Пeтренкo")  # the Latin letters e and o inside a Cyrillic word
('петренко',)
>>> script_of("петренко"), script_of("petrenko")
(<Script.CYRILLIC: 1>, <Script.LATIN: 0>)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from homeward.matching.names.arabic import joined, without_articles
from homeward.matching.names.flat import BEYOND, Flat


class Script(IntEnum):
    """The scripts that have a table of letters; everything else is `OTHER` and is compared only for equality."""

    LATIN = 0
    CYRILLIC = 1
    HEBREW = 2
    ARABIC = 3
    OTHER = 4


#: The letters of each script, in the order of their codes 1, 2, 3 ... (0 is padding).
LETTERS: dict[Script, str] = {
    Script.LATIN: "abcdefghijklmnopqrstuvwxyz",
    Script.CYRILLIC: "абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюя",
    Script.HEBREW: "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    Script.ARABIC: "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگک",
}

#: Letters that Unicode does not take apart, and letters of neighbouring alphabets, as the nearest letters of ours.
_SPECIAL = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ə": "a", "ħ": "h",
        "ј": "й", "љ": "ль", "њ": "нь", "ћ": "ч", "ђ": "дж", "џ": "дж", "ѕ": "з", "ә": "а", "ғ": "г", "қ": "к", "ң": "н",
        "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "ӣ": "и", "ӯ": "у", "ҳ": "х", "ҷ": "ч", "ѣ": "е", "ѳ": "ф", "ѵ": "и",
        "ی": "ي", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ے": "ي", "ٱ": "ا",
    }
)  # fmt: skip

#: Letters that look alike in print, Latin to Cyrillic; used only when a word mixes the two scripts.
_LOOK_ALIKE = dict(zip("aceikopxyhbmtn", "асеікорхунвмтп", strict=True))
_LOOK_BACK = {cyrillic: latin for latin, cyrillic in _LOOK_ALIKE.items()} | {"в": "b", "н": "h", "т": "t", "м": "m", "к": "k"}

#: Digits that optical reading puts in the place of letters; used only inside a word that has letters.
_DIGITS = {Script.LATIN: {"0": "o", "1": "l", "5": "s"}, Script.CYRILLIC: {"0": "о", "3": "з", "6": "б", "4": "ч"}}


def _script_bits() -> npt.NDArray[np.uint8]:
    """The script of each code point, as one bit."""
    out = np.full(BEYOND + 1, 1 << Script.OTHER, np.uint8)
    for script, letters in LETTERS.items():
        out[list(map(ord, letters))] = 1 << script
    return out


SCRIPT_BIT = _script_bits()
#: So many cells are looked at at once, which bounds memory.
_RUN = 50_000

#: A cell longer than this is not a name; only its beginning is read, so that a ten-megabyte cell costs nothing.
LONGEST_CELL = 200
#: The spelling model reads at most this many letters of a word.
LONGEST_WORD = 24

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 -" + LETTERS[Script.CYRILLIC])
#: Most cells are one word of plain letters, which folding leaves as it is.
_ONE_WORD = re.compile(f"[a-z]+|[{LETTERS[Script.CYRILLIC]}]+")
_APOSTROPHES = re.compile("['’ʼ‘`´ʹʺ\"“”«»]")
_KEEP_DIACRITIC = frozenset("йїёў")
_SCRIPT_BY_LETTER = {letter: script for script, letters in LETTERS.items() for letter in letters}

_ONLY = {script: frozenset(letters) for script, letters in LETTERS.items()}


def _decompose(text: str) -> str:
    out = []
    for letter in text:
        if letter in _PLAIN or letter in _KEEP_DIACRITIC:
            out.append(letter)
            continue
        out.extend(
            part
            for part in unicodedata.normalize("NFKD", letter)
            if unicodedata.category(part)[0] != "M" and unicodedata.category(part) not in {"Cf", "Cc", "Lm"}
        )
    return "".join(out)


def fold(cell: str) -> str:
    """Lower-case letters, digits and single spaces; hyphens and all other signs become spaces; apostrophes vanish."""
    if _ONE_WORD.fullmatch(small := cell.lower()) and len(cell) <= LONGEST_CELL:
        return small
    text = unicodedata.normalize("NFC", cell[:LONGEST_CELL]).replace("İ", "i").lower()
    text = _APOSTROPHES.sub("", text)
    if not text.isascii():
        text = _decompose(unicodedata.normalize("NFC", text).translate(_SPECIAL)).translate(_SPECIAL)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())


def script_of(word: str) -> Script:
    """The script of most letters of the word; ties go to the script that comes first in `Script`."""
    if word:
        script = _SCRIPT_BY_LETTER.get(word[0], Script.OTHER)
        if script is not Script.OTHER and _ONLY[script].issuperset(word):
            return script
    counts = [0] * (len(Script))
    for letter in word:
        counts[_SCRIPT_BY_LETTER.get(letter, Script.OTHER)] += 1
    return Script(max(range(len(counts)), key=lambda index: (counts[index], -index)))


def undo_look_alikes(word: str) -> str:
    """One script for the whole word where a look-alike letter or digit of another slipped in."""
    script = script_of(word)
    if script is not Script.OTHER and _ONLY[script].issuperset(word):
        return word
    if script is Script.CYRILLIC:
        swap = _LOOK_ALIKE | _DIGITS[script]
    elif script is Script.LATIN:
        swap = _LOOK_BACK | _DIGITS[script]
    else:
        return word
    return "".join(letter if letter in LETTERS[script] else swap.get(letter, letter) for letter in word)


def words(cell: str) -> tuple[str, ...]:
    """The words of one cell, in order, each in one script; digits alone are no word."""
    return _words(cell[:LONGEST_CELL])


def in_lower_case(cells: Sequence[str]) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """Cells in lower case, and which of them are one word of plain letters: `words` and `fold` leave such a text as it is.

    >>> in_lower_case(["Коваль", "de Koval", "Kоval"])  # the third has a Cyrillic letter
    (['коваль', 'de koval', 'kоval'], array([ True, False, False]))
    """
    small = [cell.lower() for cell in cells]
    plain = np.zeros(len(small), bool)
    for start in range(0, len(small), _RUN):
        flat = Flat.of(small[start : start + _RUN])
        bits = flat.known(SCRIPT_BIT)
        bits[flat.end] = 0
        kind = flat.each(np.bitwise_or, bits)
        of_letters = (kind == 1 << Script.LATIN) | (kind == 1 << Script.CYRILLIC)
        plain[start : start + _RUN] = of_letters & (flat.size <= LONGEST_CELL)
    return small, plain


@lru_cache(maxsize=1 << 14)
def _words(cell: str) -> tuple[str, ...]:
    folded = fold(without_articles(cell))
    if _ONE_WORD.fullmatch(folded):
        return (folded,)
    return tuple(undo_look_alikes(word) for word in joined(folded.split()) if not word.isdigit())


_CODES = {letter: code for letters in LETTERS.values() for code, letter in enumerate(letters, start=1)}
#: One row more than the longest alphabet: code 0 is padding.
ALPHABET = 1 + max(len(letters) for letters in LETTERS.values())
VOWELS = {
    Script.LATIN: frozenset("aeiouy"),
    Script.CYRILLIC: frozenset("аеєёиіїоуыэюяўь"),
    Script.HEBREW: frozenset("אוי"),
    Script.ARABIC: frozenset("اويىآ"),
}
#: Where a letter stands: at the beginning of the word, after a vowel, after a consonant.
CONTEXTS = 3


def encode(word: str) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """Letter codes of a word, plain and in context (`code + ALPHABET * context`); letters of no table are left out."""
    script = script_of(word)
    vowels = VOWELS.get(script, frozenset())
    plain, placed, before = [], [], 0
    for letter in word:
        if _SCRIPT_BY_LETTER.get(letter) is not script:
            continue
        code = _CODES[letter]
        plain.append(code)
        placed.append(code + ALPHABET * before)
        before = 1 if letter in vowels else 2
        if len(plain) == LONGEST_WORD:
            break
    return np.array(plain, np.int16), np.array(placed, np.int16)
