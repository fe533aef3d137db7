"""Comparing names of places: the same text, two names of one place, two spellings, a word in common, or neither."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from homeward.matching.evidence.base import Ints, Pairs
from homeward.matching.names.background import log2_letters
from homeward.matching.names.folding import words
from homeward.matching.names.spelling import Words, log2_spelling_pairs
from homeward.people.person import Field

#: Bits of spelling evidence above which two names are spellings of one, and above which they may be.
ALIKE, PARTLY = 8.0, 3.0


def place_levels(pairs: Pairs, field: Field) -> Ints:
    """Level numbers 0 missing, 1 same, 2 same_place, 3 alike, 4 partly, 5 different; each distinct pair of texts once."""
    a, b = pairs.left.texts[field][pairs.i], pairs.right.texts[field][pairs.j]
    both = (a >= 0) & (b >= 0)
    out = np.zeros(len(pairs), np.int64)
    width = max(1, len(pairs.right.text))
    distinct, back = np.unique(a[both] * width + b[both], return_inverse=True)
    left = [pairs.left.text[k] for k in distinct // width]
    right = [pairs.right.text[k] for k in distinct % width]
    out[both] = levels_of_texts(left, right)[back]
    return out


def levels_of_texts(left: Sequence[str], right: Sequence[str]) -> Ints:
    """The level of each pair of folded place names."""
    out = np.full(len(left), 5, np.int64)
    bits = _spelling_bits(left, right)
    out[bits >= PARTLY] = 4
    out[bits >= ALIKE] = 3
    out[np.array([one == other for one, other in zip(left, right, strict=True)], bool)] = 1
    return out


def _spelling_bits(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.float64]:
    """log2 T(b | a) / f(b) of whole names written as one word, so that `Новий Розділ` may be `Novyirozdil`."""
    one = sorted({"".join(words(text)) for text in left})
    other = sorted({"".join(words(text)) for text in right})
    at_one, at_other = {text: k for k, text in enumerate(one)}, {text: k for k, text in enumerate(other)}
    a = np.array([at_one["".join(words(text))] for text in left], np.int64)
    b = np.array([at_other["".join(words(text))] for text in right], np.int64)
    spelling = log2_spelling_pairs(Words.of(one), Words.of(other), a, b).astype(np.float64)
    rarity = np.array([log2_letters(text, "surname") for text in other])
    return np.asarray(spelling - rarity[b] if len(b) else spelling)
