"""The birth date, with the errors that lists really have: exchanged day and month, one wrong digit, a year off by one.

A list that knows only the year often writes the first of January; such a date is read as the year alone when it does not
agree as written.
"""

from __future__ import annotations

import numpy as np

from homeward.matching.evidence.base import Ints, Judged, Kind, levels_of

LEVELS = (
    "missing", "same", "swapped", "year_off_by_one", "one_digit", "same_month", "same_day", "year_only", "same_year",
    "near_year", "different",
)  # fmt: skip


def digits_apart(a: Ints, b: Ints) -> Ints:
    """In how many of their eight digits two dates (year, month, day) differ."""
    apart = np.zeros(len(a), np.int64)
    for column, width in ((0, 4), (1, 2), (2, 2)):
        x, y = a[:, column], b[:, column]
        for power in range(width):
            apart += (x // 10**power % 10) != (y // 10**power % 10)
    return apart


def levels(a: Ints, b: Ints) -> Ints:
    """The level of each pair of dates; arrays of shape (pairs, 3) with 0 for a part not known."""
    year_a, month_a, day_a = a.T
    year_b, month_b, day_b = b.T
    known = (year_a > 0) & (year_b > 0)
    whole = (day_a > 0) & (day_b > 0)
    gap = np.abs(year_a - year_b)
    year = gap == 0
    month, day = month_a == month_b, day_a == day_b
    placeholder = ((month_a == 1) & (day_a == 1)) | ((month_b == 1) & (day_b == 1))
    partial_month = known & ~whole & (month_a > 0) & (month_b > 0)
    return levels_of(
        len(a),
        (0, ~known),
        (1, whole & year & month & day),
        (2, whole & year & (month_a == day_b) & (day_a == month_b)),
        (3, whole & (gap == 1) & month & day),
        (4, whole & (digits_apart(a, b) == 1)),
        (5, (whole | partial_month) & year & month),
        (6, whole & month & day),
        (7, year & (~whole & ~(partial_month & ~month) | (placeholder & whole))),
        (8, year),
        (9, gap <= 1),
        (10, known),
    )


KIND = Kind(
    "birth_date",
    LEVELS,
    lambda pairs: Judged(levels(pairs.left.birth[pairs.i], pairs.right.birth[pairs.j])),
    {
        "same": ("Birth date: the same", "Дата народження: однакова"),
        "swapped": ("Birth date: day and month exchanged", "Дата народження: переставлено день і місяць"),
        "year_off_by_one": (
            "Birth date: same day, the year off by one",
            "Дата народження: той самий день, рік відрізняється на один",
        ),
        "one_digit": ("Birth date: one digit differs", "Дата народження: відрізняється одна цифра"),
        "same_month": ("Birth date: same year and month", "Дата народження: ті самі рік і місяць"),
        "same_day": ("Birth date: same day and month, another year", "Дата народження: ті самі день і місяць, інший рік"),
        "year_only": (
            "Birth date: only the year is known, and it agrees",
            "Дата народження: відомий лише рік, і він збігається",
        ),
        "same_year": ("Birth date: same year, another day", "Дата народження: той самий рік, інший день"),
        "near_year": ("Birth date: the years are one apart", "Дата народження: роки відрізняються на один"),
        "different": ("Birth date: different", "Дата народження: різна"),
    },
)
