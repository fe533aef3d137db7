"""Words that are one name in two scripts although no rule of spelling says so: John and ג'ון, Moshe and משה, Jacques and Жак.

The table `data/known_pairs.npz` holds numbers of words, not words; `bench/matching/learn_pairs.py` makes it from Wikidata (CC0) of the
pairs that the spelling model finds unlikely. A pair that is in it is taken to be written so half the time.

>>> sorted(partners_of("משה") & {word_number("moshe"), word_number("moses"), word_number("petro")}) == [word_number("moshe")]
True
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]

#: How often somebody who means a word of a known pair writes it as its partner (bits), when it has only one.
WRITTEN_SO = -1.0


def word_number(word: str) -> int:
    """A 32-bit number for a word, the same on every machine (BLAKE2b)."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "little")


def word_numbers(words: Sequence[str]) -> Numbers:
    """The numbers of many words."""
    return np.fromiter(map(word_number, words), np.uint32, len(words))


@lru_cache(maxsize=1)
def table() -> tuple[Numbers, Numbers]:
    """The pairs, each in both directions, in order of the first number."""
    with (files("homeward.matching.names") / "data" / "known_pairs.npz").open("rb") as file, np.load(file) as data:
        one, other = data["one"], data["other"]
    first, second = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(first, kind="stable")
    return first[order], second[order]


def partners_of(word: str) -> frozenset[int]:
    """The numbers of the words that are known to be the same name."""
    first, second = table()
    number = np.uint32(word_number(word))
    low, high = np.searchsorted(first, number, "left"), np.searchsorted(first, number, "right")
    return frozenset(second[low:high].tolist())


def count_of(numbers: Numbers) -> npt.NDArray[np.int64]:
    """How many partners the word of each number has."""
    first, _ = table()
    return np.asarray(np.searchsorted(first, numbers, "right") - np.searchsorted(first, numbers, "left"), np.int64)
