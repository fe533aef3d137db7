"""Many words at once as arrays of letter codes: what the spelling model, the letter table and the keys read.

The result is what `folding.encode` and `folding.script_of` give for each word, computed for all words of one script together.

>>> some = Words.of(("коваль", "koval", "42nd", ""))
>>> [Script(number).name for number in some.script.tolist()], some.length.tolist()
(['CYRILLIC', 'LATIN', 'LATIN', 'LATIN'], [6, 5, 2, 0])
>>> bool((some.plain[0, :6] == encode("коваль")[0]).all())
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from homeward.matching.names.folding import ALPHABET, CONTEXTS, LETTERS, LONGEST_WORD, VOWELS, Script, encode, script_of
from homeward.matching.names.skeleton import MARKS, skeletons

#: Code points from here on belong to no table of letters.
_BEYOND = 0x700
#: So many words are read at once, which bounds memory.
_RUN = 100_000
assert CONTEXTS * ALPHABET <= 256, "a letter in context is a number of 8 bits"


def _by_code_point() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int8], npt.NDArray[np.uint8]]:
    code = np.zeros(_BEYOND + 1, np.uint8)
    script = np.full(_BEYOND + 1, Script.OTHER, np.int8)
    context = np.full(_BEYOND + 1, 2 * ALPHABET, np.uint8)
    for one, letters in LETTERS.items():
        for number, letter in enumerate(letters, start=1):
            code[ord(letter)], script[ord(letter)] = number, one
            if letter in VOWELS[one]:
                context[ord(letter)] = ALPHABET
    return code, script, context


_CODE, _SCRIPT, _CONTEXT = _by_code_point()


def code_points(text: Sequence[str], width: int) -> npt.NDArray[np.uint32]:
    """The first `width` code points of each text, padded with 0, of shape (texts, width)."""
    return np.ascontiguousarray(np.array(text, dtype=f"U{width}")).view(np.uint32).reshape(len(text), width)


@dataclass(frozen=True)
class Words:
    """Unique words ready for the model: letter codes (padded with 0), codes in context, lengths and scripts."""

    text: Sequence[str]
    plain: npt.NDArray[np.uint8]
    placed: npt.NDArray[np.uint8]
    length: npt.NDArray[np.int16]
    script: npt.NDArray[np.int8]

    @classmethod
    def of(cls, text: Sequence[str]) -> Words:
        text = tuple(text)
        if not text:
            nothing = np.zeros((0, LONGEST_WORD), np.uint8)
            return cls((), nothing, nothing, np.zeros(0, np.int16), np.zeros(0, np.int8))
        parts = [cls._some(text[start : start + _RUN]) for start in range(0, len(text), _RUN)]
        if len(parts) == 1:
            return parts[0]
        return cls(text, *(np.concatenate([getattr(part, name) for part in parts]) for name in _ARRAYS))

    @classmethod
    def _some(cls, text: tuple[str, ...]) -> Words:
        point = np.minimum(code_points(text, LONGEST_WORD), _BEYOND)
        size = np.fromiter(map(len, text), np.int64, len(text))
        plain, script = _CODE[point], _SCRIPT[point[:, 0]]
        placed = plain.copy()
        placed[:, 1:] += np.where(plain[:, 1:] > 0, _CONTEXT[point[:, :-1]], 0).astype(np.uint8)
        # Texts without a letter have nothing to read.
        script[size == 0] = Script.LATIN
        one_script = ((_SCRIPT[point] == script[:, None]) | (point == 0)).all(axis=1)
        length = np.minimum(size, LONGEST_WORD).astype(np.int16)
        # Words with letters of two scripts or of none, and very long ones, are read letter by letter.
        for row in np.flatnonzero(~one_script | (script == Script.OTHER) | (size > LONGEST_WORD)).tolist():
            codes, codes_placed = encode(text[row])
            plain[row], placed[row] = 0, 0
            plain[row, : len(codes)], placed[row, : len(codes)] = codes, codes_placed
            length[row], script[row] = len(codes), script_of(text[row])
        return cls(text, plain, placed, length, script)

    @cached_property
    def skeleton(self) -> list[str]:
        """The consonant skeleton of each word; equal ones are one object."""
        once: dict[str, str] = {}
        runs = (skeletons(self.text[start : start + _RUN]) for start in range(0, len(self.text), _RUN))
        return [once.setdefault(marks, marks) for run in runs for marks in run]

    @cached_property
    def marks(self) -> npt.NDArray[np.int32]:
        """Which marks the skeleton of each word has, as bits, and in the bits after those, which it has twice."""
        out = np.zeros(len(self.text), np.int32)
        for start in range(0, len(out), _RUN):
            point = code_points(self.skeleton[start : start + _RUN], LONGEST_WORD).astype(np.uint8)
            some = out[start : start + _RUN]
            for place, mark in enumerate(MARKS):
                count = (point == ord(mark)).sum(axis=1)
                some |= ((count > 0).astype(np.int32) << place) | ((count > 1).astype(np.int32) << (place + len(MARKS)))
        return out


_ARRAYS = ("plain", "placed", "length", "script")


def marks_apart(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
    """How many marks (each counted once or twice) the one skeleton has and the other has not, and the other way round."""
    return np.asarray(np.bitwise_count(a ^ b))
