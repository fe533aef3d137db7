"""How likely two words can be spellings of each other at most, seen letter by letter of the right word alone, compiled.

For a word x of the left list and a script, `prepare` works out once, for every letter r (in context) that a right word may have,
a number of bits such that for every word y of that script

    log2 T(y | x) + log2 T(x | y) <= the sum over the letters of y.

Writing y while reading x, each next letter of y has at most the chance that it has from the place in x where it is likeliest,
counting all ways to leave letters of x out before it. Reading y while writing x, each letter of y is left out or written as some
letter of x: at most the chance of the one and of the likeliest other. Both are products over the letters of y, so strangers are
told apart by a few additions.
"""

# ruff: noqa: PLR0917 - compiled code is called with positions.
from __future__ import annotations

from typing import Any

import numpy as np

from homeward.matching.compiled.arrays import (
    DELE,
    INS,
    LENGTH,
    MOVE,
    PLACED,
    PLACES_OF_LETTERS,
    RARE_STEPS,
    RARELY,
    SCRIPT,
    SCRIPTS,
    compiled,
    inlined,
)  # fmt: skip
from homeward.matching.names.folding import ALPHABET, CONTEXTS

#: What rounding of the model may add to a sum (bits), and how many parts of a bit `prepare` counts in.
_MARGIN, _PARTS = 0.1, 256.0
#: log2 of a number is at most its exponent, its mantissa (read as a whole number) and this many parts.
_ABOVE = 23


@compiled
def prepare(
    model: Any, turned: Any, letters: Any, x: int, script: Any, line: Any, reach: Any, reach_float: Any, work: Any
) -> Any:
    """Fill one line of `reach`, in parts of a bit, for the word x against words of a script."""
    mine, n = np.int64(letters[x, SCRIPT]), np.int64(letters[x, LENGTH])
    there, back = mine * SCRIPTS + script, script * SCRIPTS + mine
    if model[there, 0, MOVE] == 0.0 or model[back, 0, MOVE] == 0.0:
        for r in range(PLACES_OF_LETTERS):
            reach[line, r] = 0
        return
    # Forth: from each place of x, the chance that a letter is the next one written; the most of all places.
    row: Any = np.int64(letters[x, PLACED + n - 1]) if n else 0
    for letter in range(ALPHABET):
        work[0, letter] = model[there, row, INS + letter]
        work[1, letter] = work[0, letter]
    for i in range(n - 1, -1, -1):
        lost, before = model[there, row, DELE], np.int64(letters[x, PLACED + i - 1]) if i else 0
        go = model[there, before, MOVE]
        for letter in range(ALPHABET):
            chance = model[there, before, INS + letter] + go * (model[there, row, letter] + lost * work[0, letter])
            work[0, letter] = chance
            work[1, letter] = max(work[1, letter], chance)
        row = before
    # Back: a letter of y is written as one letter of x or left out.
    for r in range(PLACES_OF_LETTERS):
        reach_float[line, r] = 0.0
    for i in range(n):
        written: Any = np.int64(letters[x, i])
        for r in range(PLACES_OF_LETTERS):
            reach_float[line, r] = max(reach_float[line, r], turned[back, written, r])
    for context in range(CONTEXTS):
        for letter in range(ALPHABET):
            r = context * ALPHABET + letter
            reach_float[line, r] = (reach_float[line, r] + turned[back, 0, r]) * work[1, letter]
    for r in range(PLACES_OF_LETTERS):
        reach[line, r] = (reach[line, r] >> 15) - (127 * 256 - _ABOVE)


@inlined
def most_raw(reach: Any, line: Any, letters_a: Any, x: int, letters_b: Any, y: int, role: int) -> Any:
    """The most raw bits that two words can have through their spelling; `line` has been prepared for x."""
    total = 0
    for j in range(np.int64(letters_b[y, LENGTH])):
        total += reach[line, letters_b[y, PLACED + j]]
    rarely = np.int64(letters_a[x, RARELY + role]) + np.int64(letters_b[y, RARELY + role])
    return (total / _PARTS + rarely / RARE_STEPS + _MARGIN) / 2.0
