"""Cleaning of written text: spaces, invisible characters, marks of direction, apostrophes, hyphens, letters of two scripts.

What was written is kept elsewhere; this is the value. Each function returns the value and the codes of the remarks it caused.

>>> clean("Лук’яненко\\u00a0 \\u200bПетро")
('Лукʼяненко Петро', ['invisible_removed'])
>>> repair_scripts("Кoвaль")  # Latin o and a
('Коваль', ['mixed_letters'])

The apostrophe becomes U+02BC, the *letter* apostrophe, which Unicode recommends for Ukrainian: words with it stay one word to
every program that splits at punctuation, and O'Brien and О'Браєн are treated alike. A straight or curly one comes out the same.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = "\u00ad\u034f\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb"
_JOINERS = "\u200c\u200d"
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_STRANGE = re.compile(f"[{_INVISIBLE}{_JOINERS}{_DIRECTIONS}\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_DIRECTION = re.compile(f"[{_DIRECTIONS}]")
_KEPT_JOINER = re.compile(f"(?<=[\u0600-\u08ff\u0900-\u0dff])[{_JOINERS}](?=[\u0600-\u08ff\u0900-\u0dff])")
_APOSTROPHE = re.compile("(?<=[^\\W\\d_])['’‘ʼ`´′ʹ‛＇\"](?=[^\\W\\d_])")
_DASH = re.compile("(?<=[^\\W\\d_]) ?[‐‑‒–—−-] ?(?=[^\\W\\d_])")
_PLAIN = re.compile(r"[A-Za-z0-9А-ЯЁІЇЄҐа-яёіїєґ.,/]+(?: [A-Za-z0-9А-ЯЁІЇЄҐа-яёіїєґ.,/]+)*")

_LATIN = "ABEKMHOPCTYXIJSaeopcyxijskmtbhr"
_CYRILLIC = "АВЕКМНОРСТУХІЈЅаеорсухіјѕкмтвнг"
# Only letters that look alike in print are swapped; the small k m t b h r are not, and stay out of both tables.
_TO_CYRILLIC = dict(zip(_LATIN[:25], _CYRILLIC[:25], strict=True)) | {"k": "к", "ï": "ї", "Ï": "Ї"}
_TO_LATIN = dict(zip(_CYRILLIC[:25], _LATIN[:25], strict=True)) | {"к": "k", "ї": "ï", "Ї": "Ï"}
_WORD = re.compile(r"[^\W\d_]+")
_HAS_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_HAS_CYRILLIC = re.compile("[\u0400-\u052f]")


def clean(text: str) -> tuple[str, list[str]]:
    """One space between words, NFC, no invisible characters, one kind of apostrophe between letters."""
    if _PLAIN.fullmatch(text):
        return unicodedata.normalize("NFC", text), []
    remarks = []
    if _STRANGE.search(text):
        kept = _KEPT_JOINER.sub("\ue000", text) if "\u200c" in text or "\u200d" in text else text
        if _DIRECTION.search(kept):
            remarks.append("direction_marks")
        without = _STRANGE.sub("", kept)
        if len(without) + len(_DIRECTION.findall(kept)) < len(kept):
            remarks.append("invisible_removed")
        text = without.replace("\ue000", "\u200c")
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return _APOSTROPHE.sub("ʼ", text), remarks


def join_hyphens(text: str) -> str:
    """`Нечуй - Левицький` and `Нечуй–Левицький` become `Нечуй-Левицький`."""
    return _DASH.sub("-", text)


def repair_scripts(text: str) -> tuple[str, list[str]]:
    """Where look-alike letters of two scripts stand in one word, write the word in the script of most of its letters.

    A word with as many letters of one as of the other goes with the rest of the text, and to Cyrillic if that does not tell.
    A word with a letter that has no double stays as it is, with a remark.
    """
    if not (_HAS_LATIN.search(text) and _HAS_CYRILLIC.search(text)):
        return text, []
    lean = len(_HAS_CYRILLIC.findall(text)) >= len(_HAS_LATIN.findall(text))
    remarks: list[str] = []

    def repair(match: re.Match[str]) -> str:
        word = match.group()
        latin, cyrillic = len(_HAS_LATIN.findall(word)), len(_HAS_CYRILLIC.findall(word))
        if not latin or not cyrillic:
            return word
        first = cyrillic > latin if cyrillic != latin else lean
        for to_cyrillic in (first, not first):
            table, wrong = (_TO_CYRILLIC, _HAS_LATIN) if to_cyrillic else (_TO_LATIN, _HAS_CYRILLIC)
            repaired = "".join(table.get(letter, letter) for letter in word)
            if not wrong.search(repaired):
                remarks.append("mixed_letters")
                return repaired
        remarks.append("mixed_letters_kept")
        return word

    return _WORD.sub(repair, text), list(dict.fromkeys(remarks))


def same_looks(text: str) -> str:
    """A form that is equal for texts which look the same in Latin and Cyrillic capitals; for comparing identifiers."""
    return "".join(_TO_LATIN.get(letter, letter) for letter in text.upper())
