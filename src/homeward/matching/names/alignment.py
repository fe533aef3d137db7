"""Which letters of two spellings do not answer each other, across scripts: for showing two records side by side.

The letters of one word are laid against those of the other along the likeliest way in which the spelling model
(`homeward.matching.names.spelling`) writes the one for the other. A letter that the model would hardly write there is marked on
both sides; `щ` beside `shch` is not.

>>> marked("Щербатенко", "SHCHERBOTENKO")
([4], [7])
>>> marked("Микола", "MYKOLA"), marked("Коваль", "Коваль")
(([], []), ([], []))
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from homeward.matching.names.folding import LONGEST_WORD, Script, encode, fold, script_of
from homeward.matching.names.spelling import SMALLEST, table

_Floats = npt.NDArray[np.floating]

#: Less likely than this, in bits, a letter is not an answer: one written for another, one left out, one put in.
UNLIKELY_FOR, UNLIKELY_OUT, UNLIKELY_IN = -6.5, -6.0, -7.0


def marked(left: str, right: str) -> tuple[list[int], list[int]]:
    """The places in each of two single words that do not answer the other word.

    All of both are marked when the model has no table for their scripts and they are not equal once folded.
    """
    one, two = _letters(left), _letters(right)
    if [letter for letter, _ in one] == [letter for letter, _ in two]:
        return [], []
    word, other = "".join(letter for letter, _ in one), "".join(letter for letter, _ in two)
    known = bool(word and other) and table(script_of(word), script_of(other)) is not None
    if not known or not _readable(word) or not _readable(other):
        return list(range(len(left))), list(range(len(right)))
    wrong, wrong_other = _laid(word, other)
    return sorted({one[at][1] for at in wrong}), sorted({two[at][1] for at in wrong_other})


def likeness(left: str, right: str) -> float:
    """How many letters of two words answer each other, from 0 to 1: for choosing which words of two cells to lay together."""
    wrong, wrong_other = marked(left, right)
    return 1.0 - (len(wrong) + len(wrong_other)) / max(len(left) + len(right), 1)


def _letters(word: str) -> list[tuple[str, int]]:
    """Every folded letter with the place in the word that it comes from."""
    return [(letter, place) for place, written in enumerate(word) for letter in fold(written).replace(" ", "")]


def _readable(word: str) -> bool:
    """Whether the model has a code for every letter of the word."""
    return script_of(word) is not Script.OTHER and len(encode(word)[0]) == len(word) <= LONGEST_WORD


@lru_cache(maxsize=256)
def _logs(a: Script, b: Script) -> tuple[_Floats, _Floats, _Floats]:
    tables = table(a, b)
    assert tables is not None, "asked only where there is a table"
    sub, ins, dele = (np.log2(np.maximum(part, SMALLEST)) for part in (tables.sub, tables.ins, tables.dele))
    return sub, ins, dele


class _Costs:
    """What each step costs in bits for one pair of words: row `i` is the beginning or letter `i` of the one, `j` a letter of the other."""

    def __init__(self, word: str, other: str) -> None:
        self._sub, self._ins, self._dele = _logs(script_of(word), script_of(other))
        self._rows, self._letters = [0, *encode(word)[1].tolist()], encode(other)[0].tolist()
        self.size, self.size_other = len(self._rows) - 1, len(self._letters)

    def written_for(self, i: int, j: int) -> float:
        return float(self._sub[self._rows[i], self._letters[j - 1]])

    def left_out(self, i: int) -> float:
        return float(self._dele[self._rows[i]])

    def put_in(self, i: int, j: int) -> float:
        return float(self._ins[self._rows[i], self._letters[j - 1]])


def _laid(word: str, other: str) -> tuple[list[int], list[int]]:
    """The places of both words that the likeliest way of writing `other` for `word` leaves without an answer."""
    costs = _Costs(word, other)
    best = np.full((costs.size + 1, costs.size_other + 1), -np.inf)
    step = [[""] * (costs.size_other + 1) for _ in range(costs.size + 1)]
    best[0, 0] = 0.0
    for i in range(costs.size + 1):
        for j in range(costs.size_other + 1):
            ways = []
            if i and j:
                ways.append((best[i - 1, j - 1] + costs.written_for(i, j), "for"))
            if i:
                ways.append((best[i - 1, j] + costs.left_out(i), "out"))
            if j:
                ways.append((best[i, j - 1] + costs.put_in(i, j), "in"))
            if ways:
                best[i, j], step[i][j] = max(ways)
    return _unanswered(step, costs)


def _unanswered(step: list[list[str]], costs: _Costs) -> tuple[list[int], list[int]]:
    """Walk the likeliest way back and keep what is unlikely on it."""
    wrong, wrong_other = [], []
    i, j = costs.size, costs.size_other
    while i or j:
        match step[i][j]:
            case "for":
                if costs.written_for(i, j) < UNLIKELY_FOR:
                    wrong.append(i - 1)
                    wrong_other.append(j - 1)
                i, j = i - 1, j - 1
            case "out":
                if costs.left_out(i) < UNLIKELY_OUT:
                    wrong.append(i - 1)
                i -= 1
            case _:
                if costs.put_in(i, j) < UNLIKELY_IN:
                    wrong_other.append(j - 1)
                j -= 1
    return wrong, wrong_other
