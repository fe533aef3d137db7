"""From compared pairs to proposals: what is settled is left out, the rest competes, and each record is taken once or a few times.

What two officers settled is not asked again. A record that is known to be somebody takes part no more, so that it stands in nobody's
way; a pair known to be two people is no rival of the right one.

>>> settled = Settled.of(("u1", "u2"), ("r1", "r2"), same=[("u1", "r1")], different=[("u2", "r1")])
>>> i, j = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
>>> [rows.tolist() for rows in settled.open(i, j)]
[[1], [1]]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.matching.competition import lost
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.pair_table import Found
from homeward.matching.scoring import Comparer

#: So often pairs are taken together before the rest is taken one by one.
_ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Settled:
    """Pairs of rows (left, right) of two lists that two officers settled, each of shape (pairs, 2)."""

    same: Ints
    different: Ints

    @classmethod
    def of(
        cls,
        left: Sequence[str],
        right: Sequence[str],
        *,
        same: Iterable[tuple[str, str]] = (),
        different: Iterable[tuple[str, str]] = (),
    ) -> Settled:
        """From pairs of ids; `left` and `right` are the ids of the lists in their order. Ids of no list are left out."""
        row, column = ({name: number for number, name in enumerate(ids)} for ids in (left, right))

        def rows(pairs: Iterable[tuple[str, str]]) -> Ints:
            found = [(row[one], column[other]) for one, other in pairs if one in row and other in column]
            return np.array(sorted(found), np.int64).reshape(-1, 2)

        return cls(rows(same), rows(different))

    def allows(self, i: Ints, j: Ints) -> npt.NDArray[np.bool_]:
        """Which pairs are still to be asked about."""
        width = int(max([j.max(initial=0), self.different[:, 1].max(initial=0)])) + 1
        apart = np.isin(i * width + j, self.different[:, 0] * width + self.different[:, 1])
        return np.asarray(~(apart | np.isin(i, self.same[:, 0]) | np.isin(j, self.same[:, 1])))

    def open(self, i: Ints, j: Ints) -> tuple[Ints, Ints]:
        """The pairs that are still to be asked about."""
        which = self.allows(i, j)
        return i[which], j[which]

    def open_inside(self, i: Ints, j: Ints) -> npt.NDArray[np.bool_]:
        """The same for two rows of one list: only the pair itself is settled, since three rows may be one person."""
        pairs = np.sort(np.concatenate([self.same, self.different]), axis=1)
        width = int(max(j.max(initial=0), i.max(initial=0), pairs.max(initial=0))) + 1
        low, high = np.minimum(i, j), np.maximum(i, j)
        return np.asarray(~np.isin(low * width + high, pairs[:, 0] * width + pairs[:, 1]))


def choose(
    comparer: Comparer,
    hopeful: tuple[Ints, Ints, Floats],
    *,
    one_to_one: bool,
    at_least: float,
    top: int,
) -> Found:
    """The pairs to propose, in the order of the result: by left row, then by falling bits, then by right row.

    `hopeful` has rows and bits (before competition) of every pair with any hope that is not settled, by left row, then by right row.
    """
    i, j, total = hopeful
    final = total + lost(i, j, total)
    wanted = np.flatnonzero(final >= bits_of(at_least))
    if one_to_one:
        # Each left row once, so they are in order.
        order = wanted[assign(i[wanted], j[wanted], final[wanted])]
    else:
        order = wanted[np.lexsort((j[wanted], -final[wanted], i[wanted]))]
        order = order[_place_in_run(i[order]) < top]
    return Found(comparer.score_all(i[order], j[order]), final[order] - total[order])


def choose_repeats(
    comparer: Comparer, hopeful: tuple[Ints, Ints, Floats], *, at_least: float, settled: Settled | None = None
) -> Found:
    """The repeats of one list to propose; three rows of one person are three pairs, so nothing competes."""
    i, j, total = hopeful
    if settled is not None:
        which = settled.open_inside(i, j)
        i, j, total = i[which], j[which], total[which]
    keep = np.flatnonzero(total >= bits_of(at_least))
    order = keep[np.lexsort((j[keep], i[keep]))]
    return Found(comparer.score_all(i[order], j[order]), np.zeros(len(order)))


def bits_of(probability: float) -> float:
    """The bits that a probability stands for; those of 1 are more than any pair has."""
    if probability in {0.0, 1.0}:
        return -np.inf if probability == 0.0 else 1000.0
    return float(np.log2(probability / (1.0 - probability)))


def assign(i: Ints, j: Ints, bits: Floats) -> Ints:
    """Best pairs first, each record once; ties go to the earlier rows. The places of the pairs chosen, in order.

    >>> assign(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([1.0, 2.0, 3.0]))
    array([1, 2])
    """
    # Most pairs have no rival, and need not be put in order.
    alone = (np.bincount(i)[i] == 1) & (np.bincount(j)[j] == 1)
    chosen, rest = [np.flatnonzero(alone)], np.flatnonzero(~alone)
    left = rest[np.lexsort((j[rest], i[rest], -bits[rest]))]
    taken_i, taken_j = (np.zeros(int(side.max(initial=-1)) + 1, bool) for side in (i, j))
    # A pair that is the first of both its records is taken, whatever becomes of the others. Few rounds leave next to nothing.
    for _ in range(_ROUNDS):
        if not len(left):
            break
        a, b = i[left], j[left]
        first = _first(a) & _first(b)
        chosen.append(left[first])
        taken_i[a[first]] = taken_j[b[first]] = True
        left = left[~(taken_i[a] | taken_j[b])]
    for k in left.tolist():
        if not taken_i[i[k]] and not taken_j[j[k]]:
            taken_i[i[k]] = taken_j[j[k]] = True
            chosen.append(np.array([k]))
    return np.sort(np.concatenate(chosen))


def _first(values: Ints) -> npt.NDArray[np.bool_]:
    """Which values stand before all their equals."""
    place = np.full(int(values.max(initial=-1)) + 1, len(values), np.int64)
    np.minimum.at(place, values, np.arange(len(values)))
    return np.asarray(place[values] == np.arange(len(values)))


def _place_in_run(values: Ints) -> Ints:
    """For sorted values, the place of each among its equals, from 0."""
    if not len(values):
        return values
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    return np.asarray(np.arange(len(values)) - np.repeat(starts, np.diff(np.append(starts, len(values)))))
