"""Everything but the names, compiled: birth date, capture, rank, sex, birth place, and the best that the other kinds can be."""

# ruff: noqa: PLR0917 - compiled code is called with positions.
from __future__ import annotations

from typing import Any

from homeward.matching.compiled.arrays import (
    BIRTH,
    BIRTH_BITS,
    CAPTURED,
    CAPTURED_BITS,
    CODES,
    COMMON,
    FIRST,
    FURTHER,
    KEY,
    LAST,
    LATE_BITS,
    NUMBER,
    PRIOR,
    RANK_BITS,
    RARITY_MILLIBITS,
    SEX,
    SEX_BITS,
    inlined,
)  # fmt: skip
from homeward.matching.compiled.spelled import spelled
from homeward.matching.places import ALIKE, PARTLY


@inlined
def birth_level(a: int, b: int) -> Any:
    """The number of the level of two packed dates, as `evidence.birth_date.levels` has it."""
    year_a, year_b = a >> 9, b >> 9
    if year_a == 0 or year_b == 0:
        return 0
    month_a, month_b, day_a, day_b = a >> 5 & 15, b >> 5 & 15, a & 31, b & 31
    whole = day_a > 0 and day_b > 0
    gap = abs(year_a - year_b)
    month, day = month_a == month_b, day_a == day_b
    if whole:
        if a == b:
            return 1
        if gap == 0 and month_a == day_b and day_a == month_b:
            return 2
        if month and day and gap == 1:
            return 3
        # One digit can differ only where two of the three parts agree.
        if (gap == 0) + month + day == 2:
            apart = (month_a // 10 != month_b // 10) + (month_a % 10 != month_b % 10)
            apart += (day_a // 10 != day_b // 10) + (day_a % 10 != day_b % 10)
            for _ in range(4):
                apart += year_a % 10 != year_b % 10
                year_a, year_b = year_a // 10, year_b // 10
            if apart == 1:
                return 4
    partial_month = not whole and month_a > 0 and month_b > 0
    if (whole or partial_month) and gap == 0 and month:
        return 5
    if whole and month and day:
        return 6
    first = (month_a == 1 and day_a == 1) or (month_b == 1 and day_b == 1)
    if gap == 0:
        return 7 if (not whole and not partial_month) or (first and whole) else 8
    return 9 if gap <= 1 else 10


@inlined
def captured_level(a: int, b: int) -> Any:
    """The number of the level of two packed days of capture, as `evidence.captured` has it."""
    year_a, year_b = a >> 9, b >> 9
    if year_a == 0 or year_b == 0:
        return 0
    month_a, month_b, day_a, day_b = a >> 5 & 15, b >> 5 & 15, a & 31, b & 31
    whole = day_a > 0 and day_b > 0
    gap = abs((year_a - year_b) * 365 + (month_a - month_b) * 30 + day_a - day_b)
    if whole and gap <= 7:
        return 1 if gap == 0 else 2
    near = year_a == year_b and (month_a in (month_b, 0) or month_b == 0)
    return 3 if near or (whole and gap <= 60) else 4


@inlined
def beside_names(scale: Any, row_a: Any, more_a: Any, i: int, row_b: Any, more_b: Any, j: int) -> Any:
    """The prior and the most bits of everything but the names and the place of birth."""
    bits = scale[PRIOR] + scale[BIRTH_BITS + birth_level(row_a[i, BIRTH], row_b[j, BIRTH])]
    if row_a[i, FURTHER] >= 0 and row_b[j, FURTHER] >= 0:
        a, b = more_a[row_a[i, FURTHER], CAPTURED], more_b[row_b[j, FURTHER], CAPTURED]
        bits += scale[CAPTURED_BITS + captured_level(a, b)]
    rank_a, rank_b = row_a[i, CODES] & 127, row_b[j, CODES] & 127
    if rank_a and rank_b:
        bits += scale[RANK_BITS + 1 + min(abs(rank_a - rank_b), 3)]
    sex_a, sex_b = row_a[i, CODES] >> SEX & 3, row_b[j, CODES] >> SEX & 3
    if sex_a and sex_b:
        bits += scale[SEX_BITS + (1 if sex_a == sex_b else 2)]
    both = row_a[i, CODES] & row_b[j, CODES]
    if both & 15 * NUMBER:
        for k in range(4):
            if both & NUMBER << k:
                bits += scale[LATE_BITS + k]
    return bits


@inlined
def birth_place_level(
    model: Any, scale: Any, place_a: Any, letters_a: Any, gazetteer_a: Any, x: int, place_b: Any, letters_b: Any, gazetteer_b: Any,
    y: int, now: Any,
) -> Any:  # fmt: skip
    """The number of the level of two places of birth, as `places.place_levels` has it."""
    level, same = 6, False
    if place_a[x, KEY] == place_b[y, KEY]:
        level = 1
    else:
        for a in range(place_a[x, FIRST], place_a[x, LAST]):
            for b in range(place_b[y, FIRST], place_b[y, LAST]):
                if gazetteer_a[a] == gazetteer_b[b]:
                    level = 3
    if level == 6:
        rarity = place_b[y, RARITY_MILLIBITS] / 1000.0
        bits = spelled(model, scale, letters_a, x, letters_b, y, same, rarity + PARTLY - 0.02, now) - rarity + 0.001
        level = 4 if bits >= ALIKE else 5 if bits >= PARTLY else 6
    return 2 if level <= 4 and (place_a[x, COMMON] or place_b[y, COMMON]) else level
