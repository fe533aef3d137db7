"""Finding the pairs of two lists that have any hope: all at once, or, in long lists, in two rounds.

In the first round two records are compared when they share a narrow key (`keys.NARROW`): one that few strangers share. A pair that is
then `SURE`, with the evidence against it and all rivals of both records weighed, leaves: neither record is looked for further. In the
second round those who are left are compared by every key, and since they are fewer, a key may bring more of them. So the keys that
bring forty strangers for each true pair are asked for a third of the people, and about a third of the others.

What is found in either round competes together. Where each record may have several proposals, or repeats of one list are
sought, a sure pair says nothing about the next one: there everybody is compared by every key at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from homeward.matching import compiled
from homeward.matching.candidates import candidate_chunks
from homeward.matching.choosing import Settled, bits_of
from homeward.matching.competition import lost
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.keys import KINDS, LONG, NARROW, Kind
from homeward.matching.model import Progress
from homeward.matching.names.comparison import Side, frequency
from homeward.matching.scoring import BLOCK, Comparer

#: Rows of the left list, rows of the right list, bits before competition.
Hopeful = tuple[Ints, Ints, Floats]
#: Compares all candidates of two lists that share a key of one of the kinds, and keeps the pairs with any hope.
Engine = Callable[[Comparer, Sequence[Kind], Progress | None], Hopeful]
#: Pairs whose bits before competition are below this, odds of one to five hundred, are dropped at once; they can neither win nor take
#: anything to speak of from a winner.
HOPELESS = -9.0
#: From this probability on, weighed against the rivals of the first round, neither record is looked for further.
SURE = 0.999


def everybody(comparer: Comparer, engine: Engine | None, progress: Progress | None) -> Hopeful:
    """The pairs with any hope, everybody compared by every kind of key at once."""
    return (engine or here)(comparer, KINDS, progress)


def in_rounds(comparer: Comparer, engine: Engine | None, progress: Progress | None, settled: Settled | None) -> Hopeful:
    """The pairs with any hope that are not `settled`, in order of left row, then right row; of long lists in two rounds."""
    left, right = comparer.left.columns, comparer.right.columns
    if len(right) <= LONG:
        return opened(everybody(comparer, engine, progress), settled)
    engine = engine or here
    first = opened(engine(comparer, NARROW, progress), settled)
    mine, theirs = _without(len(left), len(right), _sure(first), settled)
    i, j, bits = engine(_among(comparer, mine, theirs), KINDS, progress and _second(progress))
    return opened((np.append(first[0], mine[i]), np.append(first[1], theirs[j]), np.append(first[2], bits)), settled)


def here(comparer: Comparer, kinds: Sequence[Kind], progress: Progress | None) -> Hopeful:
    """The engine of this process.

    Only three numbers of each pair are kept: the bars of the few that are proposed are computed again.
    """
    left = comparer.left.columns
    if progress:
        progress("pairs", 0, len(left))
    found: list[Hopeful] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for looked_at, i, j in _together(_worth_scoring(comparer, kinds)):
        for start in range(0, len(i), BLOCK):
            block = comparer.score(i[start : start + BLOCK], j[start : start + BLOCK], hopeless=HOPELESS)
            found.append((block.i, block.j, block.total()))
        if progress:
            progress("pairs", looked_at, len(left))
    i, j, bits = (np.concatenate(part) for part in zip(*found, strict=True))
    return i, j, bits


def _together(chunks: Iterable[tuple[int, Ints, Ints]]) -> Iterator[tuple[int, Ints, Ints]]:
    """The same pairs in larger chunks: to compare many pairs at once costs less for each."""
    waiting: list[tuple[int, Ints, Ints]] = []
    for chunk in chunks:
        waiting.append(chunk)
        if sum(len(i) for _, i, _ in waiting) >= BLOCK // 4:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def _joined(chunks: Sequence[tuple[int, Ints, Ints]]) -> tuple[int, Ints, Ints]:
    return chunks[-1][0], np.concatenate([i for _, i, _ in chunks]), np.concatenate([j for _, _, j in chunks])


def _worth_scoring(comparer: Comparer, kinds: Sequence[Kind]) -> Iterator[tuple[int, Ints, Ints]]:
    """Candidates in order of left row, then right row: all of them, or those that compiled code finds not hopeless."""
    left, right = comparer.left.columns, comparer.right.columns
    if len(left) + len(right) < compiled.WORTH_LOADING or not compiled.installed():
        yield from candidate_chunks(left, right, kinds=kinds)
        return
    from homeward.matching.compiled.sieve import survivors  # noqa: PLC0415 - needs numba, which is optional.

    yield from survivors(comparer, HOPELESS, kinds=kinds)


def opened(hopeful: Hopeful, settled: Settled | None) -> Hopeful:
    """Each pair once, by left row, then by right row, without those that are settled.

    Engines hand the pairs over in orders of their own, and sums must not depend on that. One number for each pair: what comes as a
    few runs that are in order, as it mostly does, is merged in no time.
    """
    i, j, bits = hopeful
    pair = i * (int(j.max(initial=0)) + 1) + j
    order = np.argsort(pair, kind="stable")
    i, j, bits, pair = i[order], j[order], bits[order], pair[order]
    fresh = np.append(True, pair[1:] != pair[:-1])[: len(pair)]
    if settled is not None:
        fresh &= settled.allows(i, j)
    return i[fresh], j[fresh], bits[fresh]


def _sure(hopeful: Hopeful) -> tuple[Ints, Ints]:
    """The rows of both lists whose partner is sure."""
    i, j, bits = hopeful
    sure = bits + lost(i, j, bits, rounds=3) >= bits_of(SURE)
    return i[sure], j[sure]


def _without(left: int, right: int, sure: tuple[Ints, Ints], settled: Settled | None) -> tuple[Ints, Ints]:
    """The rows of lists of these lengths that are still looked for."""
    rest = []
    for side, length in enumerate((left, right)):
        there = np.ones(length, bool)
        there[sure[side]] = False
        if settled is not None:
            there[settled.same[:, side]] = False
        rest.append(np.flatnonzero(there))
    return rest[0], rest[1]


def _among(comparer: Comparer, mine: Ints, theirs: Ints) -> Comparer:
    """The same comparison among some rows only. How common a word is, and the odds before looking, stay those of the whole."""
    narrowed = Comparer(_some(comparer.left, mine), _some(comparer.right, theirs), comparer.weights, comparer.prior)
    narrowed.__dict__["in_right"] = comparer.in_right
    return narrowed


def _some(side: Side, rows: Ints) -> Side:
    # Worked out for the whole list, if it was not yet.
    frequency(side.columns)
    return Side(side.columns.only(rows))


def _second(progress: Progress) -> Progress:
    return lambda step, done, total: progress(f"{step}, second round", done, total)
