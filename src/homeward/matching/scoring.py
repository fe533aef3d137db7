"""From two lists to scored pairs: the evidence of each kind in bits.

A pair's odds before competition are 2 ** (prior + sum of the kinds). Each record is at most one person of the other list, so
these odds compete (`competition`); what that takes is a bar of its own (`others`), so the bars still add up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.evidence import KINDS
from homeward.matching.evidence.base import Floats, Ints, Judged, Pairs
from homeward.matching.memory import processors
from homeward.matching.names.comparison import ARRANGEMENTS, NameComparison, Side, arranged, suspicious
from homeward.matching.weights import Weights

#: Kinds that cost time for each pair of texts, judged after the others.
LATE = frozenset({"birth_place", "unit", "captured_at"})
#: Bits are rounded to so many digits: the last ones depend on how many pairs a processor computes at once.
DIGITS = 9
#: Pairs are compared in blocks of this many, which bounds memory and gives the progress its steps.
BLOCK = 400_000
#: So many pairs are one processor's share of work, where several work at the same time.
SHARE = 100_000
#: More shares than this are not scored at the same time, however many processors there are; it bounds memory, too.
_SHARES_AT_ONCE = 4
#: So many words of the left list are looked for in the right list at once.
_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with, for each kind (row) and pair (column), its bits and the number of its level."""

    i: Ints
    j: Ints
    bits: Floats
    level: npt.NDArray[np.int8]
    prior: float

    def total(self) -> Floats:
        """Prior and evidence of each pair, before competition."""
        return np.asarray(self.prior + self.bits.sum(axis=0))


@dataclass(frozen=True)
class Comparer:
    """Two lists made ready; `pairs` and `score` compare any pairs of their rows."""

    left: Side
    right: Side
    weights: Weights
    #: log2 odds, before looking, that one given pair is one person.
    prior: float

    @classmethod
    def of(cls, left: Columns, right: Columns, weights: Weights) -> Comparer:
        side = Side(left)
        larger = max(len(left), len(right), 2)
        return cls(side, side if right is left else Side(right), weights, weights.prior(larger))

    @cached_property
    def in_right(self) -> Ints:
        """For each word of the left list the number of the same word of the right list, -2 where there is none or no word."""
        if self.right is self.left:
            return np.append(np.arange(len(self.left.columns.words.text)), -2)
        mine, theirs = self.left.columns.words.text, self.right.columns.words.text
        out = np.full(len(mine) + 1, -2, np.int64)
        for start in range(0, len(mine), _WORDS):
            # Both lists have their words in order, so that some of the one are only looked for among some of the other.
            some = list(mine[start : start + _WORDS])
            first, last = bisect_left(theirs, some[0]), bisect_right(theirs, some[-1])
            place = {word: number for number, word in enumerate(theirs[first:last], start=first)}
            out[start : start + len(some)] = [place.get(word, -2) for word in some]
        return out

    def pairs(self, i: Ints, j: Ints) -> Pairs:
        """The pairs with the raw bits of their names, in the best arrangement of the columns."""
        comparison = NameComparison(self.left, self.right)
        cost = np.array(self.weights.level_bits("arrangement", tuple(ARRANGEMENTS)))
        arrangement, raw = arranged(
            comparison, i, j, cost, suspicious(self.left.columns)[i] | suspicious(self.right.columns)[j]
        )
        raw["mother"] = comparison.part("mother", self.left.columns.names["mother"][i], self.right.columns.names["mother"][j])
        rarity = {}
        for role in raw:
            a = self.left.columns.names[role][i, 0]
            b = self.right.columns.names[role][j, 0]
            rarity[role] = comparison.rarity(role, a, b)
        return Pairs(self.left.columns, self.right.columns, i, j, arrangement, raw, rarity, self.in_right)

    def score(self, i: Ints, j: Ints, *, hopeless: float = -np.inf) -> Scored:
        """Score pairs of rows; pairs that cannot reach `hopeless` bits before competition are left out.

        The costly kinds (`LATE`) are judged last, and only where they could still make a difference.
        """
        late = np.array([kind.name in LATE for kind in KINDS])
        pairs = self.pairs(i, j)
        bits, level = np.zeros((len(KINDS), len(i))), np.zeros((len(KINDS), len(i)), np.int8)
        self._judge(pairs, ~late, bits, level)
        hope = self.prior + bits.sum(axis=0) + self._most(late) >= hopeless
        if not hope.all():
            pairs, bits, level = pairs.only(hope), bits[:, hope], level[:, hope]
        self._judge(pairs, late, bits, level)
        hope = self.prior + bits.sum(axis=0) >= hopeless
        return Scored(pairs.i[hope], pairs.j[hope], bits[:, hope], level[:, hope], self.prior)

    def score_all(self, i: Ints, j: Ints) -> Scored:
        """Score pairs of rows in blocks and leave none out."""
        bits, level = np.empty((len(KINDS), len(i))), np.empty((len(KINDS), len(i)), np.int8)

        def score(start: int) -> None:
            some = slice(start, start + SHARE)
            block = self.score(i[some], j[some])
            bits[:, some], level[:, some] = block.bits, block.level

        # What is worked out once for a list is there after a first few pairs; blocks may then be worked on at the same time.
        self.score(i[:1], j[:1])
        with ThreadPoolExecutor(min(_SHARES_AT_ONCE, processors())) as pool:
            list(pool.map(score, range(0, len(i), SHARE)))
        return Scored(i, j, bits, level, self.prior)

    def _judge(self, pairs: Pairs, which: npt.NDArray[np.bool_], bits: Floats, level: npt.NDArray[np.int8]) -> None:
        for row in np.flatnonzero(which):
            kind = KINDS[row]
            judged = kind.judge(pairs)
            level[row] = judged.level
            bits[row] = self._bits(kind.name, kind.levels, judged)

    def _most(self, which: npt.NDArray[np.bool_]) -> float:
        """The most bits that the kinds marked can add."""
        return sum(max(self.weights.level_bits(KINDS[row].name, KINDS[row].levels)) for row in np.flatnonzero(which))

    def _bits(self, kind: str, levels: tuple[str, ...], judged: Judged) -> Floats:
        if judged.raw is None:
            return np.asarray(np.array(self.weights.level_bits(kind, levels))[judged.level])
        assert judged.rarity is not None
        return np.where(judged.level > 0, self.weights.name_bits(kind, judged.raw, judged.rarity), 0.0).round(DIGITS)
