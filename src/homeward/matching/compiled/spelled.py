"""Bits of two words, and of a part of two names, compiled: what `names.comparison` computes, as far down as it can matter."""

# ruff: noqa: PLR0917 - compiled code is called with positions.
from __future__ import annotations

from typing import Any

import numpy as np

from homeward.matching.compiled.arrays import (
    APART,
    DELE,
    FLOOR,
    FURTHER,
    INITIAL,
    INS,
    LENGTH,
    MANLY,
    MEANT,
    MOVE,
    NEGLIGIBLE,
    PLACED,
    READ,
    REMEMBERED,
    SCRIPT,
    SCRIPTS,
    SMALLEST,
    TRANSLATED,
    WORD,
    WRITTEN,
    compiled,
    inlined,
)  # fmt: skip
from homeward.matching.names.comparison import MARKS_APART
from homeward.matching.names.lexicon import READINGS
from homeward.matching.names.skeleton import MARKS

#: How many bits each number of ten bits has.
ONES = np.bitwise_count(np.arange(1 << len(MARKS), dtype=np.uint16)).astype(np.int64)
#: What is remembered is exact down to this, or altogether.
_ENOUGH = -9.0


@compiled
def forward(model: Any, t: int, letters_a: Any, x: int, letters_b: Any, y: int, enough: Any, now: Any) -> Any:
    """T(y | x) as `spelling` computes it; 0 when it falls below `enough` on the way."""
    n, m = np.int64(letters_a[x, LENGTH]), np.int64(letters_b[y, LENGTH])
    row: Any = 0
    now[0] = np.float32(1.0)
    for j in range(m):
        now[j + 1] = now[j] * model[t, 0, INS + np.int64(letters_b[y, j])]
    for i in range(n):
        go = model[t, row, MOVE]
        row = np.int64(letters_a[x, PLACED + i])
        lost = go * model[t, row, DELE]
        previous = now[0]
        now[0] = previous * lost
        whole = now[0]
        for j in range(m):
            letter = np.int64(letters_b[y, j])
            here = now[j + 1]
            now[j + 1] = here * lost + previous * go * model[t, row, letter] + now[j] * model[t, row, INS + letter]
            previous = here
            whole += now[j + 1]
        if whole < enough:
            return np.float32(0.0)
    return now[m] * model[t, row, MOVE]


@compiled
def spelled(model: Any, scale: Any, letters_a: Any, x: int, letters_b: Any, y: int, same: bool, worst: float, now: Any) -> Any:
    """log2 T(y | x) for two words, or the least there is where it lies below `worst`."""
    apart = 0
    for k in range(APART, APART + 3):
        apart += ONES[letters_a[x, k] ^ letters_b[y, k]]
    if apart > MARKS_APART:
        return np.log2(scale[SMALLEST])
    t = np.int64(letters_a[x, SCRIPT]) * SCRIPTS + letters_b[y, SCRIPT]
    if model[t, 0, MOVE] == 0.0:
        return 0.0 if same else np.log2(scale[SMALLEST])
    found = forward(model, t, letters_a, x, letters_b, y, np.float32(2.0**worst), now)
    return np.log2(max(np.float64(found), scale[SMALLEST]))


@inlined
def _one_way(model: Any, scale: Any, a: Any, x: int, b: Any, y: int, role: int, same: bool, worst: float, now: Any) -> Any:
    """log2 T(y | x) / f(y), with translation for given names and patronymics; what lies below `worst` may come out lower."""
    common = b.common[y, role]
    worst += common - 0.01
    translated = -1000.0
    if role > 0:
        shared, first = 0.0, (role - 1) * READINGS
        read, wrote = a.number[x, READ], b.number[y, READ]
        for mine in range(first, first + READINGS):
            line = a.line[read, mine]
            for theirs in range(first, first + READINGS):
                if line >= 0 and line == b.line[wrote, theirs]:
                    shared += 2.0 ** (a.chance[read, MEANT + mine] + b.chance[wrote, WRITTEN + theirs])
        translated = np.log2(max(shared, 1e-60)) + np.log2(scale[TRANSLATED])
        worst -= scale[NEGLIGIBLE] if translated > worst else 0.0
    bits = spelled(model, scale, a.letters, x, b.letters, y, same, worst, now)
    if role > 0:
        bits += np.log2(1.0 - scale[TRANSLATED])
        high, low = max(bits, translated), min(bits, translated)
        bits = high + np.log2(1.0 + 2.0 ** (low - high))
    return bits - common


@inlined
def _both_ways(model: Any, scale: Any, a: Any, x: int, b: Any, y: int, role: int, same: Any, need: float, now: Any) -> Any:
    """The raw bits of two words; a value below `need` may be too low, but never reaches `need`."""
    if a.letters[x, LENGTH] <= 1 or b.letters[y, LENGTH] <= 1:
        x, y = a.number[x, INITIAL], b.number[y, INITIAL]
    alike = same[x] == y
    # The way back brings at most the rarity of the word that it writes.
    worst = max(1.5 * scale[FLOOR], 2.0 * need + a.common[x, role])
    forth = _one_way(model, scale, a, x, b, y, role, alike, worst, now)
    if forth <= worst:
        return scale[FLOOR]
    worst = 2.0 * max(scale[FLOOR], need) - forth
    back = _one_way(model, scale, b, y, a, x, role, alike, worst, now)
    return max((forth + back) / 2.0, scale[FLOOR])


@inlined
def _word(row: Any, more: Any, i: int, part: int, k: int) -> Any:
    """The k-th word of a part of a name, -1 where there is none."""
    if k == 0:
        return row[i, WORD + part]
    return more[row[i, FURTHER], 2 * part + k - 1] if row[i, FURTHER] >= 0 else -1


@inlined
def part_of_names(
    rules: Any, row_a: Any, more_a: Any, a: Any, i: int, row_b: Any, more_b: Any, b: Any, j: int, role: int, part: int, need: float,
    own: Any,
) -> Any:  # fmt: skip
    """The most raw bits of one role of the left row against one part of the right row; a value below `need` may be too low."""
    model, scale, same, now, key, value = rules.model, rules.scale, rules.same, own.now, own.key, own.value
    best = scale[FLOOR]
    for k in range(3):
        x = _word(row_a, more_a, i, role, k)
        if x < 0:
            continue
        for m in range(3):
            y = _word(row_b, more_b, j, part, m)
            if y < 0:
                continue
            if role == 0:
                # Surnames are too many to remember.
                best = max(best, _both_ways(model, scale, a, x, b, y, role, same, need, now))
                continue
            # What was compared before is remembered, with how far down it was exact.
            asked = (np.int64(x) << 32 | np.int64(y)) * 3 + role
            slot = ((asked * 0x9E3779B97F4A7C1) >> 24) & (REMEMBERED - 1)
            if key[slot] != asked or value[slot, 1] > need:
                key[slot], value[slot, 1] = asked, _ENOUGH if need > _ENOUGH else -1e3
                value[slot, 0] = _both_ways(model, scale, a, x, b, y, role, same, value[slot, 1], now)
            best = max(best, value[slot, 0])
    if role == 0 and best < need:
        x, y = row_a[i, WORD], row_b[j, WORD + part]
        form_x, form_y = a.number[x, MANLY], b.number[y, MANLY]
        if form_x != x or form_y != y:
            common = (a.common[x, 0] + b.common[y, 0]) / 2.0
            alike, worst = same[form_x] == form_y, scale[FLOOR] + common
            bits = spelled(model, scale, a.letters, form_x, b.letters, form_y, alike, worst, now)
            best = max(best, bits - common - 1.0)
    return best
