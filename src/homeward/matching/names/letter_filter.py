"""Which of many words could be written as a given word, judged by their letters alone: cheap, and in any pair of scripts.

Skeletons lose words that are written with other consonants (James and ג'יימס, Dean and דין). For each word of a list this filter adds
up, letter by letter of the word asked for, how well the best letter of the list's word explains it, and, letter by letter of the
list's word, how well that is explained in turn, both by the tables of the spelling model, whatever the order of the letters. The few
best are worth the spelling model itself.

>>> some = Words.of(("dean", "james", "koval", "shevchenko"))
>>> near = LetterFilter(some)
>>> near.best("דין", 1).tolist(), near.best("гіймс", 1).tolist()
([0], [1])
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from homeward.matching.names.folding import LETTERS, Script, encode, script_of
from homeward.matching.names.letters import Words
from homeward.matching.names.spelling import Table, table

Ints = npt.NDArray[np.int64]
#: Bits are kept in eighths of a bit, at most so many of them for each letter.
_PARTS, _WORST = 8.0, 255


@dataclass(frozen=True)
class _OneScript:
    """The words of one script: their numbers, their letters in context one after another, where each word begins."""

    number: Ints
    placed: Ints
    starts: Ints
    #: For a script and a letter of it: what it costs each word to explain that letter.
    cost: dict[tuple[Script, int], npt.NDArray[np.uint8]] = field(default_factory=dict)

    def costs(self, script: Script, letter: int, tables: Table) -> npt.NDArray[np.uint8]:
        """What it costs each word to explain a letter, in parts of a bit; computed once for each letter."""
        if (script, letter) not in self.cost:
            chance = np.maximum(tables.sub[:, letter], tables.ins[:, letter])
            parts = _parts_of(chance)
            least = np.minimum.reduceat(parts[self.placed], self.starts)
            self.cost[script, letter] = np.minimum(least, parts[0])
        return self.cost[script, letter]


class LetterFilter:
    """The words of a list, made ready. `best` keeps what it computes for each letter, so later calls are faster."""

    def __init__(self, words: Words) -> None:
        self._scripts: dict[Script, _OneScript] = {}
        length = words.length.astype(np.int64)
        for script in LETTERS:
            number = np.flatnonzero((words.script == script) & (length > 0))
            if not len(number):
                continue
            size = length[number]
            inside = np.arange(words.placed.shape[1]) < size[:, None]
            placed = words.placed[number][inside].astype(np.int64)
            self._scripts[script] = _OneScript(number, placed, np.append(0, np.cumsum(size))[:-1])

    def prepare(self, *scripts: Script) -> None:
        """Compute the letters of these scripts now, so that the first question is answered as fast as the others."""
        for script in scripts:
            for mine, words in self._scripts.items():
                tables = table(mine, script)
                for letter in range(1, len(LETTERS[script]) + 1) if tables is not None else ():
                    assert tables is not None
                    words.costs(script, letter, tables)

    def best(self, word: str, most: int) -> Ints:
        """The numbers of at most `most` words of each script that explain the letters of `word` best, in no order."""
        script = script_of(word)
        letters = encode(word)[0].tolist()
        found = [np.zeros(0, np.int64)]
        for mine, words in self._scripts.items():
            tables = table(mine, script) if script is not Script.OTHER else None
            if tables is None or not letters:
                continue
            cost = np.zeros(len(words.number), np.uint16)
            for letter in letters:
                cost += words.costs(script, letter, tables)
            # The letters of the list's words are looked at only where those of the question were explained well enough.
            some = _least(cost, 8 * most)
            unread = _parts_of(np.maximum(tables.dele, tables.sub[:, letters].max(axis=1))).astype(np.int64)
            total = cost[some] + _sums(unread, words, some)
            found.append(words.number[some[_least(total, most)]])
        return np.concatenate(found)


def _parts_of(chance: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    bits = -np.log2(np.maximum(chance, np.float32(1e-12)))
    return np.minimum(np.rint(_PARTS * bits), _WORST).astype(np.uint8)


def _least(cost: npt.NDArray[np.integer], most: int) -> Ints:
    """The places of the `most` least numbers and of all that tie with the last, so that no order decides."""
    if len(cost) <= most:
        return np.arange(len(cost))
    last = np.partition(cost, most - 1)[most - 1]
    below = np.flatnonzero(cost < last)
    ties = np.flatnonzero(cost == last)
    # Ever so many ties would make the filter useless; words come in alphabetical order, so the first ones are as good.
    return np.sort(np.concatenate([below, ties[:most]]))


def _sums(cost: Ints, words: _OneScript, some: Ints) -> Ints:
    """The sum of the costs of the letters of each of some words."""
    ends = np.append(words.starts[1:], len(words.placed))
    size = ends[some] - words.starts[some]
    if not len(some):
        return size
    offset = np.append(0, np.cumsum(size))[:-1]
    at = np.arange(int(size.sum())) + np.repeat(words.starts[some] - offset, size)
    return np.asarray(np.add.reduceat(cost[words.placed[at]], offset))
