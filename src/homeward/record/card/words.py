"""A secret as 27 words that a person can copy by hand: 24 for the secret, 3 to check them.

The words are the 2,048 of the English BIP-39 list (MIT licence, `words-licence.txt`), no two of which share their first four
letters, so four letters of each are enough. Each word stands for 11 bits. The 24 words hold 33 bytes: one that says what the
secret is, and 32 of secret. The last 3 make the whole a Reed-Solomon code over the field of 2,048 elements: with c_0 … c_26
the numbers of the words and a the element x,

    c_0·a^(0·j) + c_1·a^(1·j) + … + c_26·a^(26·j) = 0      for j = 0, 1, 2

Any two such rows of words differ in at least four places. So one, two or three wrong words are always noticed, two words that
changed places too; a single wrong word is *found*, and up to three that cannot be read (written as `?`) are filled in.
(BIP-39's own 8-bit checksum would let one wrong card in 256 pass.)

>>> words = to_words(bytes(33))
>>> words[:3], len(words)
(['abandon', 'abandon', 'abandon'], 27)
>>> card = to_words(bytes(range(33)))
>>> from_words(" ".join(card)) == from_words(" ".join(word[:4].upper() for word in card)) == bytes(range(33))
True
>>> from_words(" ".join(["?", *card[1:]])) == bytes(range(33))
True
>>> from_words(" ".join(["zoo", *card[1:]]))
Traceback (most recent call last):
homeward.record.card.words.CardError: the words do not fit together: read word 1 again
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

PAYLOAD: Final = 33
DATA_WORDS: Final = 24
CHECK_WORDS: Final = 3
WORDS: Final = DATA_WORDS + CHECK_WORDS
UNREADABLE: Final = "?"

_ORDER: Final = 2047
_POLYNOMIAL: Final = 0b1000_0000_0101  # x^11 + x^2 + 1 is primitive: the powers of x run through all elements but 0.


class CardError(Exception):
    """A card that cannot be read or printed. The text names the place of a word, never the word."""


def to_words(payload: bytes) -> list[str]:
    """The 27 words for 33 bytes."""
    if len(payload) != PAYLOAD:
        raise ValueError(f"a card holds {PAYLOAD} bytes")
    number = int.from_bytes(payload, "big")
    code = [number >> 11 * (DATA_WORDS - 1 - place) & 2047 for place in range(DATA_WORDS)] + [0] * CHECK_WORDS
    _fill(code, list(range(DATA_WORDS, WORDS)))
    return [_wordlist()[value] for value in code]


def from_words(text: str) -> bytes:
    """The 33 bytes for 27 words as typed: any white space, capital or small letters, four letters of each are enough.

    `CardError` names the places to read again.
    """
    typed = text.lower().split()
    if len(typed) != WORDS:
        raise CardError(f"a card has {WORDS} words and these are {len(typed)}; write ? for a word that cannot be read")
    by_start = _by_start()
    missing = [place for place, word in enumerate(typed) if word == UNREADABLE]
    unknown = [place + 1 for place, word in enumerate(typed) if word != UNREADABLE and _find(word, by_start) is None]
    if unknown:
        raise CardError(f"not on the list of words: read word {', '.join(map(str, unknown))} again")
    if len(missing) > CHECK_WORDS:
        raise CardError(f"{len(missing)} words cannot be read; at most {CHECK_WORDS} can be filled in; use the QR code")
    code = [_find(word, by_start) or 0 for word in typed]
    _fill(code, missing)
    sums = _sums(code)
    if any(sums):
        place = None if missing else _locate(sums)
        again = "read all words again" if place is None else f"read word {place + 1} again"
        raise CardError(f"the words do not fit together: {again}")
    number = 0
    for value in code[:DATA_WORDS]:
        number = number << 11 | value
    return number.to_bytes(PAYLOAD, "big")


def _find(word: str, by_start: dict[str, int]) -> int | None:
    value = by_start.get(word[:4])
    return value if value is not None and (_wordlist()[value] == word or len(word) == 4) else None


@cache
def _wordlist() -> tuple[str, ...]:
    words = tuple((files("homeward.record.card") / "words.txt").read_text(encoding="ascii").split())
    assert len(words) == 2048, "the list of words is whole"
    return words


@cache
def _by_start() -> dict[str, int]:
    return {word[:4]: value for value, word in enumerate(_wordlist())}


# -- The field of 2,048 elements and the code over it -------------------------------------------------------------------------


@cache
def _powers() -> tuple[list[int], list[int]]:
    """The powers of x, and for each element other than 0 the exponent that gives it."""
    powers, exponents = [1] * _ORDER, [0] * (_ORDER + 1)
    for exponent in range(1, _ORDER):
        value = powers[exponent - 1] << 1
        powers[exponent] = value ^ _POLYNOMIAL if value > _ORDER else value
        exponents[powers[exponent]] = exponent
    return powers, exponents


def _times(left: int, right: int) -> int:
    powers, exponents = _powers()
    return powers[(exponents[left] + exponents[right]) % _ORDER] if left and right else 0


def _over(left: int, right: int) -> int:
    powers, exponents = _powers()
    assert right, "nobody divides by zero here"
    return powers[(exponents[left] - exponents[right]) % _ORDER] if left else 0


def _power(place: int, row: int) -> int:
    return _powers()[0][place * row % _ORDER]


def _sums(code: list[int]) -> list[int]:
    """The three sums of the docstring, all zero for a sound card."""
    sums = [0] * CHECK_WORDS
    for place, value in enumerate(code):
        for row in range(CHECK_WORDS):
            sums[row] ^= _times(value, _power(place, row))
    return sums


def _fill(code: list[int], places: list[int]) -> None:
    """Set the words at `places` (at most three) so that as many sums as there are places become zero."""
    for place in places:
        code[place] = 0
    rows = [[*(_power(place, row) for place in places), total] for row, total in enumerate(_sums(code))][: len(places)]
    # Gauss and Jordan. The places differ, so no pivot is zero (Vandermonde).
    for pivot in range(len(places)):
        rows[pivot] = [_over(value, rows[pivot][pivot]) for value in rows[pivot]]
        for other in range(len(places)):
            if other != pivot:
                factor = rows[other][pivot]
                rows[other] = [value ^ _times(factor, base) for value, base in zip(rows[other], rows[pivot], strict=True)]
    for place, row_values in zip(places, rows, strict=True):
        code[place] = row_values[-1]


def _locate(sums: list[int]) -> int | None:
    """The place of the one wrong word that explains the sums, or None if no single word does."""
    if not all(sums):
        return None
    step = _over(sums[1], sums[0])
    place = _powers()[1][step]
    return place if place < WORDS and _over(sums[2], sums[1]) == step else None
