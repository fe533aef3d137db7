"""Making and sorting the keys of one kind, compiled: what `keys.Maker` and `candidates.packed` do with arrays, in one pass.

Import this module only where numba is installed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from homeward.matching.compiled.joining import compiled
from homeward.matching.keys import MULTIPLY, STEP, Keys, Kind, Maker, Part
from homeward.matching.names.neighbours import LOSABLE

_STEP, _MULTIPLY = np.uint64(STEP), np.uint64(MULTIPLY)
_HALF, _REST = np.uint64(31), np.uint64(29)
#: Stands where a recipe has fewer ingredients than three.
_NONE = ((np.zeros(1, np.bool_), np.zeros(1, np.uint64), np.zeros(1, np.int32)),) * 3


def sorted_keys(maker: Maker, kind: Kind, bits: np.uint64) -> Keys:
    """The keys of one kind as `candidates.packed` gives them for the pieces that the maker makes."""
    recipes = list(maker.recipes(kind))
    # No memory is taken for what is never written.
    most = sum(len(rows) * (LOSABLE if recipe[0] == "lost" else 1) for rows, _, recipe in recipes)
    out, taken = np.empty(most, np.uint64), 0
    for rows, part, recipe in recipes:
        rest = [_plain(part[name]) for name in recipe if name != "lost"]
        assert len(rest) <= len(_NONE), "a recipe has at most three ingredients beside a lost mark"
        some = (*rest, *_NONE)[: len(_NONE)]
        if recipe[0] == "lost":
            taken = _put_lost(out, taken, bits, rows, _plain(part["lost"]), len(rest), *some)
        else:
            taken = _put(out, taken, bits, rows, len(rest), *some)
    whole = out[:taken].copy()
    del out
    whole.sort()
    return whole[: _once(whole)]


def _plain(part: Part) -> tuple[Any, Any, Any]:
    return part.usable, part.number, np.ascontiguousarray(part.at, np.int32)


@compiled
def _packed(key: Any, shift: Any, row: Any) -> Any:
    """A key after the last step of `keys._mix`, with its row in the last bits as `candidates.packed` has it."""
    key ^= key >> _HALF
    key *= _MULTIPLY
    key ^= key >> _REST
    return key >> shift << shift | np.uint64(row)


@compiled
def _put(  # noqa: PLR0917 - compiled code is called with positions.
    out: Any, taken: Any, bits: Any, rows: Any, count: int, one: Any, two: Any, three: Any
) -> Any:
    """Write the keys of a recipe of one, two or three ingredients; returns how many there are then."""
    shift = np.uint64(bits)
    for k in range(len(rows)):
        a = one[2][k]
        if not one[0][a]:
            continue
        key = one[1][a] * _STEP
        if count > 1:
            b = two[2][k]
            if not two[0][b]:
                continue
            key = (key + two[1][b]) * _STEP
        if count > 2:
            c = three[2][k]
            if not three[0][c]:
                continue
            key = (key + three[1][c]) * _STEP
        out[taken] = _packed(key, shift, rows[k])
        taken += 1
    return taken


@compiled
def _put_lost(  # noqa: PLR0917 - compiled code is called with positions.
    out: Any, taken: Any, bits: Any, rows: Any, lost: Any, count: int, one: Any, two: Any, three: Any
) -> Any:
    """The same for a recipe that begins with a surname of which a mark is lost, each of them in turn."""
    shift = np.uint64(bits)
    for k in range(len(rows)):
        word = lost[2][k]
        if not lost[0][word, 0]:
            continue
        a, b, c = one[2][k], 0, 0
        if not one[0][a]:
            continue
        if count > 1:
            b = two[2][k]
            if not two[0][b]:
                continue
        if count > 2:
            c = three[2][k]
            if not three[0][c]:
                continue
        for mark in range(lost[0].shape[1]):
            if not lost[0][word, mark]:
                continue
            key = (lost[1][word, mark] * _STEP + one[1][a]) * _STEP
            if count > 1:
                key = (key + two[1][b]) * _STEP
            if count > 2:
                key = (key + three[1][c]) * _STEP
            out[taken] = _packed(key, shift, rows[k])
            taken += 1
    return taken


@compiled
def _once(ordered: Any) -> Any:
    """Move each of the sorted numbers that occur to the front, once; returns how many there are."""
    count = 0
    for k in range(len(ordered)):
        if k == 0 or ordered[k] != ordered[k - 1]:
            ordered[count] = ordered[k]
            count += 1
    return count
