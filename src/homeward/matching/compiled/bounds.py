"""An upper bound for the bits of each candidate pair, compiled: pairs that stay below what matters are dropped.

The bound is what `scoring.Comparer` would give, except that it is generous where exactness would cost time: kinds that need
texts (units, numbers, the mother's name) count as their best level, and a name of several words as its best word. What costs
little comes first: dates and codes, then the marks of skeletons, then the letters of words one by one (`reach`), and only what may
still reach the bits that matter is compared as the evidence itself would (`spelled`). Import this module only where numba is
installed.
"""

# ruff: noqa: PLR0917 - compiled code is called with positions.
from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import numpy as np

from homeward.matching.compiled.arrays import (
    BORN_AT,
    BORN_AT_BITS,
    BORN_LINE,
    BORN_MARK,
    CODES,
    COST,
    FLOOR,
    LEAST,
    LINE,
    LOWEST,
    MARK,
    ODD,
    PLAIN,
    RARE,
    RARE_STEPS,
    RARELY,
    ROW,
    SCRIPT,
    SCRIPTS,
    STEPS,
    TOGETHER,
    WORD,
    compiled,
    inlined,
)  # fmt: skip
from homeward.matching.compiled.beside import beside_names, birth_place_level
from homeward.matching.compiled.reach import most_raw, prepare
from homeward.matching.compiled.spelled import ONES, part_of_names
from homeward.matching.compiled.worth import curve, needed, worth
from homeward.matching.names.comparison import ARRANGEMENTS, MARKS_APART

#: Which part of the right name stands for each part of the left one.
_ORDERS = np.array(list(ARRANGEMENTS.values()), np.int64)
_MANY = len(ARRANGEMENTS)
#: More raw bits than any part of a name has.
_ANYTHING = 99.0


@inlined
def _rarity(row_a: Any, i: int, row_b: Any, j: int, role: int) -> Any:
    """The most raw bits that a part of two names can have, and the most that its rarity is."""
    a, b = row_a[i, RARE] >> 8 * role & 255, row_b[j, RARE] >> 8 * role & 255
    return _ANYTHING if a == 255 or b == 255 else (a + b) / (2.0 * STEPS)


@inlined
def _apart(a: int, b: int) -> Any:
    """Whether two skeletons are too different for two spellings of one word."""
    marks = a ^ b
    return ONES[marks & 1023] + ONES[marks >> 10] > MARKS_APART


@inlined
def _unlike(row_a: Any, i: int, row_b: Any, j: int, role: int, part: int) -> Any:
    """Whether it can be seen without looking at letters that a part of two names has the least raw bits."""
    if not (row_a[i, CODES] & PLAIN << role and row_b[j, CODES] & PLAIN << part):
        return False
    if role > 0 and row_a[i, LINE + role] & row_b[j, LINE + part]:
        return False
    return _apart(row_a[i, MARK + role], row_b[j, MARK + part])


@inlined
def _glance(scale: Any, row_a: Any, more_a: Any, i: int, row_b: Any, more_b: Any, j: int, beside: Any) -> Any:
    """Which arrangements (a set of bits) may reach `scale[LEAST]`, seen without letters; `beside` is told all but the names."""
    bits = beside_names(scale, row_a, more_a, i, row_b, more_b, j)
    if row_a[i, BORN_AT] >= 0 and row_b[j, BORN_AT] >= 0:
        other = row_a[i, BORN_LINE] & row_b[j, BORN_LINE] == 0 and _apart(row_a[i, BORN_MARK], row_b[j, BORN_MARK])
        bits += scale[BORN_AT_BITS + (6 if other else 0)]  # Unless it is seen to be another place, the most there is.
    beside[j] = bits
    found = 0
    for order in range(_MANY if (row_a[i, CODES] | row_b[j, CODES]) & ODD else 1):
        hope = bits + scale[COST + order]
        for role in range(3):
            part = _ORDERS[order, role]
            if row_a[i, WORD + role] >= 0 and row_b[j, WORD + part] >= 0:
                if _unlike(row_a, i, row_b, j, role, part):
                    hope += curve(scale, role, scale[FLOOR])
                else:
                    rarity = _ANYTHING if order else _rarity(row_a, i, row_b, j, role)
                    hope += worth(scale, role, rarity, rarity)
        if hope >= scale[LEAST]:
            found |= 1 << order
    return found


@inlined
def _by_letters(
    rules: Any, row_a: Any, words_a: Any, i: int, row_b: Any, words_b: Any, j: int, role: int, part: int, own: Any
) -> Any:
    """The most raw bits of one role of the left row against one part of the right row, seen letter by letter."""
    if _unlike(row_a, i, row_b, j, role, part):
        return rules.scale[FLOOR]
    x, y = row_a[i, WORD + role], row_b[j, WORD + part]
    if not (row_a[i, CODES] & PLAIN << role and row_b[j, CODES] & PLAIN << part):
        return _ANYTHING
    if role > 0 and row_a[i, LINE + role] & row_b[j, LINE + part]:
        # It may be a translation.
        a, b = np.int64(words_a.letters[x, RARELY + role]), np.int64(words_b.letters[y, RARELY + role])
        return (a + b) / (2.0 * RARE_STEPS)
    script = np.int64(words_b.letters[y, SCRIPT])
    line = role * SCRIPTS + script
    if own.reach_of[line] != x:
        own.reach_of[line] = x
        prepare(rules.model, rules.turned, words_a.letters, x, script, line, own.reach, own.reach_float, own.work)
    return most_raw(own.reach, line, words_a.letters, x, words_b.letters, y, role)


@inlined
def _may_reach(rules: Any, a: Any, i: int, b: Any, j: int, opened: int, own: Any) -> Any:
    """Whether the bits of a pair before competition may reach `scale[LEAST]` in one of the arrangements `opened`."""
    scale, row_a, row_b = rules.scale, a.row, own.near
    beside = own.beside[j]
    x, y = row_a[i, BORN_AT], row_b[j, BORN_AT]
    place_known = x < 0 or y < 0 or (
        row_a[i, BORN_LINE] & row_b[j, BORN_LINE] == 0 and _apart(row_a[i, BORN_MARK], row_b[j, BORN_MARK])
    )  # fmt: skip
    seen = 0
    for order in range(_MANY):
        if not opened & 1 << order:
            continue
        hope = beside + scale[COST + order]
        open_roles = 0
        for role in range(3):
            part = _ORDERS[order, role]
            if row_a[i, WORD + role] >= 0 and row_b[j, WORD + part] >= 0:
                at = 3 * role + part
                rarity = _ANYTHING if order else _rarity(row_a, i, row_b, j, role)
                if not seen & 1 << at:
                    seen |= 1 << at
                    own.raw[at] = _by_letters(rules, row_a, a.words, i, row_b, b.words, j, role, part, own)
                hope += worth(scale, role, min(own.raw[at], rarity), rarity)
                if own.raw[at] > scale[FLOOR]:
                    open_roles |= 1 << role
        # Given name and patronymic first: there are few different ones, and what was compared is remembered.
        for turn in range(4):
            if hope < scale[LEAST]:
                break
            if turn == 2:
                if not place_known:
                    place_known = True
                    level = birth_place_level(
                        rules.model,
                        scale,
                        a.place,
                        a.place_letters,
                        a.gazetteer,
                        x,
                        b.place,
                        b.place_letters,
                        b.gazetteer,
                        y,
                        own.now,
                    )
                    less = scale[BORN_AT_BITS] - scale[BORN_AT_BITS + level]
                    beside -= less
                    hope -= less
                continue
            role = 0 if turn == 3 else turn + 1
            if not open_roles & 1 << role:
                continue
            part = _ORDERS[order, role]
            rarity = _ANYTHING if order else _rarity(row_a, i, row_b, j, role)
            hope -= worth(scale, role, min(own.raw[3 * role + part], rarity), rarity)
            need = needed(scale, role, scale[LEAST] - hope, rarity)
            if need <= LOWEST:
                if turn == 3:
                    return True  # However different the surnames are, there is hope.
                need = -1e3
            raw = part_of_names(rules, row_a, a.more, a.words, i, row_b, b.more, b.words, j, role, part, need, own)
            hope += worth(scale, role, raw, rarity)
        if hope >= scale[LEAST]:
            return True
    return False


@compiled
def _look(rules: Any, a: Any, i: int, b: Any, waiting: int, count: int, own: Any) -> Any:
    """Look at the right rows whose numbers wait in `own.near`; returns how many pairs are in `own.out`, of which there were `count`."""
    # Rows, and later letters, are fetched before they are looked at, so that the processor waits for many at once.
    for k in range(waiting):
        for part in range(ROW):
            own.near[k, part] = b.row[own.near[k, ROW], part]
    for k in range(waiting):
        own.open[k] = _glance(rules.scale, a.row, a.more, i, own.near, b.more, k, own.beside)
    touched = 0
    for k in range(waiting):
        if own.open[k]:
            for part in range(3):
                y = own.near[k, WORD + part]
                if y >= 0:
                    touched += b.words.letters[y, SCRIPT]
    for k in range(waiting):
        if own.open[k] and _may_reach(rules, a, i, b, k, own.open[k], own):
            own.out[0, count], own.out[1, count] = i, own.near[k, ROW]
            count += 1
    return count + (touched < 0)


def _fingerprint() -> int:
    """A number of the sources of this folder: compiled code on disk is of these, whichever file of them was changed."""
    here = sorted(Path(__file__).parent.glob("*.py"))
    return zlib.crc32(b"".join(file.read_bytes() for file in here))


def _of_sources(fingerprint: int) -> Any:
    """The compiled loop. It closes over the fingerprint, and so what is kept on disk is looked up by it."""

    @compiled
    def sieve(rules: Any, a: Any, b: Any, met: Any, own: Any, start: int, stop: int, one_list: bool) -> Any:
        """Write the pairs of the left rows from `start` up to `stop` that may reach `scale[LEAST]` into the two rows of `own.out`.

        Stops before the row that `out` may have no room for. Returns the row reached, how many pairs were found and looked at.
        `met` is a `joining.Met`.
        """
        count, looked = 0 * fingerprint, 0
        for i in range(start, stop):
            most = 0
            for kind in range(len(met.first)):
                for slot in range(met.first[kind, i], met.first[kind, i + 1]):
                    most += met.end[slot] - met.begin[slot]
            if count + most > own.out.shape[1]:
                return i, count, looked
            waiting = 0
            for kind in range(len(met.first)):
                for slot in range(met.first[kind, i], met.first[kind, i + 1]):
                    for at in range(met.begin[slot], met.end[slot]):
                        j = met.right[at]
                        if own.seen[j] == i or (one_list and j <= i):
                            continue
                        own.seen[j] = i
                        own.near[waiting, ROW] = j
                        waiting += 1
                        if waiting == TOGETHER:
                            count, looked, waiting = _look(rules, a, i, b, waiting, count, own), looked + waiting, 0
            count, looked = _look(rules, a, i, b, waiting, count, own), looked + waiting
        return stop, count, looked

    return sieve


sieve = _of_sources(_fingerprint())
