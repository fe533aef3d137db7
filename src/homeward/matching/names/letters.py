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

from homeward.matching.names.flat import BEYOND, Flat
from homeward.matching.names.folding import ALPHABET, CONTEXTS, LETTERS, LONGEST_WORD, VOWELS, Script, encode, script_of
from homeward.matching.names.skeleton import MARKS, skeletons

#: So many words are read at once, which bounds memory.
_RUN = 100_000
assert CONTEXTS * ALPHABET <= 256, "a letter in context is a number of 8 bits"


def _by_code_point() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int8], npt.NDArray[np.uint8]]:
    code = np.zeros(BEYOND + 1, np.uint8)
    script = np.full(BEYOND + 1, Script.OTHER, np.int8)
    context = np.full(BEYOND + 1, 2 * ALPHABET, np.uint8)
    for one, letters in LETTERS.items():
        for number, letter in enumerate(letters, start=1):
            code[ord(letter)], script[ord(letter)] = number, one
            if letter in VOWELS[one]:
                context[ord(letter)] = ALPHABET
    context[ord("\n")] = 0  # A letter after the line break before a word is its first.
    return code, script, context


_CODE, _SCRIPT, _CONTEXT = _by_code_point()


#: How often each mark stands in a skeleton is counted in so many bits of one number.
_COUNT = 5
assert 1 << _COUNT > LONGEST_WORD


def _counters() -> npt.NDArray[np.uint64]:
    out = np.zeros(256, np.uint64)
    for place, mark in enumerate(MARKS):
        out[ord(mark)] = 1 << _COUNT * place
    return out


_COUNTER = _counters()


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
        flat = Flat.of(text)
        code, of_script = flat.known(_CODE), flat.known(_SCRIPT)
        in_context = code + np.where(code > 0, np.append(np.uint8(0), flat.known(_CONTEXT)[:-1]), np.uint8(0))
        plain, placed = flat.padded(LONGEST_WORD, code), flat.padded(LONGEST_WORD, in_context)
        script = of_script[flat.start]
        # Texts without a letter have nothing to read.
        script[flat.size == 0] = Script.LATIN
        of_script[flat.end] = script
        same = flat.each(np.logical_and, of_script == np.repeat(script, flat.size + 1))
        length = np.minimum(flat.size, LONGEST_WORD).astype(np.int16)
        # Words with letters of two scripts or of none, and very long ones, are read letter by letter.
        for row in np.flatnonzero(~same | (script == Script.OTHER) | (flat.size > LONGEST_WORD)).tolist():
            codes, codes_placed = encode(text[row])
            plain[row], placed[row] = 0, 0
            plain[row, : len(codes)], placed[row, : len(codes)] = codes, codes_placed
            length[row], script[row] = len(codes), script_of(text[row])
        return cls(text, plain, placed, length, script)

    @cached_property
    def size(self) -> npt.NDArray[np.int64]:
        """How many letters each word has, whether the model reads them or not."""
        return np.fromiter(map(len, self.text), np.int64, len(self.text))

    @cached_property
    def skeleton(self) -> Flat:
        """The consonant skeleton of each word."""
        return skeletons(self.text)

    @cached_property
    def marks(self) -> npt.NDArray[np.int32]:
        """Which marks the skeleton of each word has, as bits, and in the bits after those, which it has twice."""
        out = np.zeros(len(self.text), np.int32)
        for start in range(0, len(out), _RUN):
            flat = self.skeleton.only(start, min(start + _RUN, len(out)))
            counter = _COUNTER[flat.point.astype(np.uint8)]
            if int(flat.size.max(initial=0)) > LONGEST_WORD:
                counter[flat.place >= LONGEST_WORD] = 0
            counts = flat.each(np.add, counter)
            for place in range(len(MARKS)):
                count = counts >> np.uint64(_COUNT * place) & np.uint64((1 << _COUNT) - 1)
                here = (count > 0).astype(np.int32) << place | (count > 1).astype(np.int32) << (place + len(MARKS))
                out[start : start + _RUN] |= here
        return out


_ARRAYS = ("plain", "placed", "length", "script")


def marks_apart(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
    """How many marks (each counted once or twice) the one skeleton has and the other has not, and the other way round."""
    return np.asarray(np.bitwise_count(a ^ b))
