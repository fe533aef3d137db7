"""An upper bound for the bits of each candidate pair, compiled: pairs that stay below what matters are dropped.

The bound is what `scoring.Comparer` would give, except that it is generous where exactness would cost time: kinds that need
texts (places, units, numbers, the mother's name) count as their best level, and a name of several words as its best word.
Names are compared last and only as far as they can still matter. Import this module only where numba is installed.

Everything stands in a few plain arrays, because compiled code is slow with anything else:

* `row` int32 (people, ROW): a person; `sieve._rows` fills it. One person is one line of the processor's cache.
* `more` int32 (people of whom there is more, MORE): second and third words of each part of the name, day of capture.
* `letters` uint8 (words, LETTERS): letter codes plain and in context, length, script, marks of the skeleton.
* `number` int32 (words, NUMBERS): initial, masculine form, lines of the lexicon as given name and as patronymic.
* `common` float64 (words, 3): log2 f in each role.
* `chance` float64 (words, CHANCES): log2 of meaning and of writing those lines.
* `place` int32 (texts, PLACES), `gazetteer` int64, and letters of texts: places of birth.
* `model` float32 (pairs of scripts, letters in context, MODEL): rows of sub, of ins, dele, move.
* `scale` float64: the numbers named below, then the tables of bits.
"""

# ruff: noqa: PLR0917 - compiled code takes plain arrays, each by its position.
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np

from homeward.matching.names.comparison import ARRANGEMENTS, MARKS_APART
from homeward.matching.names.folding import ALPHABET, LONGEST_WORD, Script
from homeward.matching.names.lexicon import READINGS
from homeward.matching.names.skeleton import MARKS
from homeward.matching.places import ALIKE, PARTLY

#: How many bits each number of ten bits has; which part of the right name stands for each part of the left one.
_ONES = np.bitwise_count(np.arange(1 << len(MARKS), dtype=np.uint16)).astype(np.int64)
_ORDERS = np.array(list(ARRANGEMENTS.values()), np.int64)

_Function = TypeVar("_Function", bound=Callable[..., Any])
# Nothing here allocates, so nobody counts references: two workers counting the same would wait for each other.
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
compiled: Callable[[_Function], _Function] = numba.njit(**_OPTIONS)

#: A row: of three parts of the name each the first word, the marks of its skeleton, its lines of the lexicon as a set of 32
#: bits; rarity of the three in a byte each; packed date; codes; place of birth, its marks, its places as a set; row of `more`.
WORD, MARK, LINE, RARE, BIRTH, CODES, BORN_AT, BORN_MARK, BORN_LINE, FURTHER, ROW = 0, 3, 6, 9, 10, 11, 12, 13, 14, 15, 16
CAPTURED, MORE = 6, 7
#: The codes: rank (7 bits) and sex (2 bits), then whether the columns may be exchanged, which kinds there are besides, and
#: which parts are plain: one word of several letters with no other form.
SEX, ODD, NUMBER, UNIT, CAPTURED_AT, MOTHER, PLAIN = 7, 512, 1024, 2048, 4096, 8192, 16384
#: Letters of a word: plain codes from 0, codes in context from `PLACED`, then length, script, marks (three bytes).
PLACED, LENGTH = LONGEST_WORD, 2 * LONGEST_WORD
SCRIPT, APART, LETTERS = LENGTH + 1, LENGTH + 2, 64
#: A place: the number of its key (one for both lists), whether it is common, its rarity, its stretch of the gazetteer.
KEY, COMMON, RARITY_MILLIBITS, FIRST, LAST, PLACES = 0, 1, 2, 3, 4, 5
#: Numbers of a word: initial, masculine form, then the lines of both roles.
INITIAL, MANLY, LINES, NUMBERS = 0, 1, 2, 2 + 2 * READINGS
#: Chances of a word: log2 of meaning each line of both roles, and of writing it.
MEANT, WRITTEN, CHANCES = 0, 2 * READINGS, 4 * READINGS
#: A row of the model: sub, ins, dele, move.
INS, DELE, MOVE, MODEL = ALPHABET, 2 * ALPHABET, 2 * ALPHABET + 1, 2 * ALPHABET + 2
_SCRIPTS = len(Script)
#: Single numbers of the scale, then its tables: bits by level, most bits of late kinds, cost of arrangements.
LEAST, PRIOR, FLOOR, SMALLEST, TRANSLATED, NEGLIGIBLE, AGREE = 0, 1, 2, 3, 4, 5, 6
BIRTH_BITS, CAPTURED_BITS, RANK_BITS, SEX_BITS, LATE_BITS, COST, BORN_AT_BITS, CURVES = 8, 20, 26, 32, 36, 42, 48, 56
#: Tables of curves: so many steps to a bit, from `LOWEST` on, `CURVE` in all; then those of rarity, from 0 on, `RARITY` in all.
STEPS, LOWEST, CURVE, RARITY = 8, -20.0, 360, 320
SCALE = CURVES + 3 * (CURVE + RARITY)
#: How many comparisons of given names and patronymics a worker remembers, and how many of surnames.
REMEMBERED = 1 << 18
#: What is remembered is exact down to this, or altogether.
_ENOUGH = -9.0
#: So many candidates of one row are looked at together.
TOGETHER = 256


@compiled
def _forward(model: Any, t: int, letters_a: Any, x: int, letters_b: Any, y: int, enough: Any, now: Any) -> Any:
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
def _spelled(model: Any, scale: Any, letters_a: Any, x: int, letters_b: Any, y: int, same: bool, worst: float, now: Any) -> Any:
    """log2 T(y | x) for two words, or the least there is where it lies below `worst`."""
    apart = 0
    for k in range(APART, APART + 3):
        apart += _ONES[letters_a[x, k] ^ letters_b[y, k]]
    if apart > MARKS_APART:
        return np.log2(scale[SMALLEST])
    t = np.int64(letters_a[x, SCRIPT]) * _SCRIPTS + letters_b[y, SCRIPT]
    if model[t, 0, MOVE] == 0.0:
        return 0.0 if same else np.log2(scale[SMALLEST])
    found = _forward(model, t, letters_a, x, letters_b, y, np.float32(2.0**worst), now)
    return np.log2(max(np.float64(found), scale[SMALLEST]))


@compiled
def _one_way(
    model: Any, scale: Any, letters_a: Any, number_a: Any, chance_a: Any, x: int, letters_b: Any, number_b: Any, common_b: Any,
    chance_b: Any, y: int, role: int, same: bool, worst: float, now: Any,
) -> Any:  # fmt: skip
    """log2 T(y | x) / f(y), with translation for given names and patronymics; what lies below `worst` may come out lower."""
    common = common_b[y, role]
    worst += common - 0.01
    translated = -1000.0
    if role > 0:
        shared, first = 0.0, (role - 1) * READINGS
        for mine in range(first, first + READINGS):
            line = number_a[x, LINES + mine]
            for theirs in range(first, first + READINGS):
                if line >= 0 and line == number_b[y, LINES + theirs]:
                    shared += 2.0 ** (chance_a[x, MEANT + mine] + chance_b[y, WRITTEN + theirs])
        translated = np.log2(max(shared, 1e-60)) + np.log2(scale[TRANSLATED])
        worst -= scale[NEGLIGIBLE] if translated > worst else 0.0
    spelled = _spelled(model, scale, letters_a, x, letters_b, y, same, worst, now)
    if role > 0:
        spelled += np.log2(1.0 - scale[TRANSLATED])
        high, low = max(spelled, translated), min(spelled, translated)
        spelled = high + np.log2(1.0 + 2.0 ** (low - high))
    return spelled - common


@compiled
def _both_ways(
    model: Any, scale: Any, letters_a: Any, number_a: Any, common_a: Any, chance_a: Any, x: int, letters_b: Any, number_b: Any,
    common_b: Any, chance_b: Any, y: int, role: int, same: Any, need: float, now: Any,
) -> Any:  # fmt: skip
    """The raw bits of two words; a value below `need` may be too low, but never reaches `need`."""
    if letters_a[x, LENGTH] <= 1 or letters_b[y, LENGTH] <= 1:
        x, y = number_a[x, INITIAL], number_b[y, INITIAL]
    alike = same[x] == y
    # The way back brings at most the rarity of the word that it writes.
    worst = max(1.5 * scale[FLOOR], 2.0 * need + common_a[x, role])
    forth = _one_way(
        model, scale, letters_a, number_a, chance_a, x, letters_b, number_b, common_b, chance_b, y, role, alike, worst, now
    )
    if forth <= worst:
        return scale[FLOOR]
    worst = 2.0 * max(scale[FLOOR], need) - forth
    back = _one_way(
        model, scale, letters_b, number_b, chance_b, y, letters_a, number_a, common_a, chance_a, x, role, alike, worst, now
    )
    return max((forth + back) / 2.0, scale[FLOOR])


@compiled
def _word(row: Any, more: Any, i: int, part: int, k: int) -> Any:
    """The k-th word of a part of a name, -1 where there is none."""
    if k == 0:
        return row[i, WORD + part]
    return more[row[i, FURTHER], 2 * part + k - 1] if row[i, FURTHER] >= 0 else -1


@compiled
def _raw(
    model: Any, scale: Any, row_a: Any, more_a: Any, letters_a: Any, number_a: Any, common_a: Any, chance_a: Any, i: int,
    row_b: Any, more_b: Any, letters_b: Any, number_b: Any, common_b: Any, chance_b: Any, j: int, same: Any, role: int,
    part: int, need: float, key: Any, value: Any, now: Any,
) -> Any:  # fmt: skip
    """The most raw bits of one role of the left row against one part of the right row; a value below `need` may be too low."""
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
                found = _both_ways(
                    model, scale, letters_a, number_a, common_a, chance_a, x, letters_b, number_b, common_b, chance_b, y, role,
                    same, need, now,
                )  # fmt: skip
                best = max(best, found)
                continue
            # What was compared before is remembered, with how far down it was exact.
            asked = (np.int64(x) << 32 | np.int64(y)) * 3 + role
            slot = ((asked * 0x9E3779B97F4A7C1) >> 24) & (REMEMBERED - 1)
            if key[slot] != asked or value[slot, 1] > need:
                key[slot], value[slot, 1] = asked, _ENOUGH if need > _ENOUGH else -1e3
                value[slot, 0] = _both_ways(
                    model, scale, letters_a, number_a, common_a, chance_a, x, letters_b, number_b, common_b, chance_b, y, role, same,
                    value[slot, 1], now,
                )  # fmt: skip
            best = max(best, value[slot, 0])
    if role == 0 and best < need:
        x, y = row_a[i, WORD], row_b[j, WORD + part]
        form_x, form_y = number_a[x, MANLY], number_b[y, MANLY]
        if form_x != x or form_y != y:
            common = (common_a[x, 0] + common_b[y, 0]) / 2.0
            alike, worst = same[form_x] == form_y, scale[FLOOR] + common
            spelled = _spelled(model, scale, letters_a, form_x, letters_b, form_y, alike, worst, now)
            best = max(best, spelled - common - 1.0)
    return best


@compiled
def _rarity(row_a: Any, i: int, row_b: Any, j: int, role: int) -> Any:
    """The most raw bits that a part of two names can have, and the most that its rarity is."""
    a, b = row_a[i, RARE] >> 8 * role & 255, row_b[j, RARE] >> 8 * role & 255
    return 99.0 if a == 255 or b == 255 else (a + b) / (2.0 * STEPS)


@compiled
def _unlike(row_a: Any, i: int, row_b: Any, j: int, role: int, part: int) -> Any:
    """Whether it can be seen without looking at letters that a part of two names has the least raw bits."""
    if not (row_a[i, CODES] & PLAIN << role and row_b[j, CODES] & PLAIN << part):
        return False
    if role > 0 and row_a[i, LINE + role] & row_b[j, LINE + part]:
        return False
    apart = row_a[i, MARK + role] ^ row_b[j, MARK + part]
    return _ONES[apart & 1023] + _ONES[apart >> 10] > MARKS_APART


@compiled
def _curve(scale: Any, role: int, raw: float) -> Any:
    """The most bits that raw bits up to `raw` are worth before rarity counts."""
    return scale[CURVES + role * CURVE + min(max(int((raw - LOWEST) * STEPS) + 1, 0), CURVE - 1)]


@compiled
def _rare(scale: Any, role: int, rarity: float) -> Any:
    """The most that rarity up to `rarity` brings (0 or negative bits)."""
    return scale[CURVES + 3 * CURVE + role * RARITY + min(max(int(rarity * STEPS) + 1, 0), RARITY - 1)]


@compiled
def _worth(scale: Any, role: int, raw: float, rarity: float) -> Any:
    """The most bits that a part of a name can be worth whose raw bits are `raw` at most and its rarity `rarity` at most."""
    curve = _curve(scale, role, raw)
    if raw < scale[AGREE]:
        return curve
    return max(curve + _rare(scale, role, rarity), _curve(scale, role, scale[AGREE]))


@compiled
def _needed(scale: Any, role: int, bits: float, rarity: float) -> Any:
    """Raw bits below which a part of a name is certainly worth less than `bits`."""
    low, high = 0, CURVE
    while low < high:
        middle = (low + high) // 2
        if _worth(scale, role, LOWEST + middle / STEPS, rarity) < bits:
            low = middle + 1
        else:
            high = middle
    return LOWEST + low / STEPS


@compiled
def birth_level(a: int, b: int) -> Any:
    """The number of the level of two packed dates, as `evidence.birth_date.levels` has it."""
    year_a, year_b = a >> 9, b >> 9
    if year_a == 0 or year_b == 0:
        return 0
    month_a, month_b, day_a, day_b = a >> 5 & 15, b >> 5 & 15, a & 31, b & 31
    whole = day_a > 0 and day_b > 0
    gap = abs(year_a - year_b)
    if whole:
        if a == b:
            return 1
        if gap == 0 and month_a == day_b and day_a == month_b:
            return 2
        if month_a == month_b and day_a == day_b and gap == 1:
            return 3
        apart = (month_a // 10 != month_b // 10) + (month_a % 10 != month_b % 10)
        apart += (day_a // 10 != day_b // 10) + (day_a % 10 != day_b % 10)
        for _ in range(4):
            apart += year_a % 10 != year_b % 10
            year_a, year_b = year_a // 10, year_b // 10
        if apart == 1:
            return 4
    partial_month = not whole and month_a > 0 and month_b > 0
    month = month_a == month_b
    if (whole or partial_month) and gap == 0 and month:
        return 5
    if whole and month and day_a == day_b:
        return 6
    first = (month_a == 1 and day_a == 1) or (month_b == 1 and day_b == 1)
    if gap == 0:
        return 7 if (not whole and not partial_month) or (first and whole) else 8
    return 9 if gap <= 1 else 10


@compiled
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


@compiled
def _beside_names(scale: Any, row_a: Any, more_a: Any, i: int, row_b: Any, more_b: Any, j: int) -> Any:
    """The prior and the most bits of everything but the names."""
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
    for k in range(4):
        if both & NUMBER << k:
            bits += scale[LATE_BITS + k]
    return bits


@compiled
def _born_at(
    model: Any, scale: Any, place_a: Any, letters_a: Any, gazetteer_a: Any, x: int, place_b: Any, letters_b: Any,
    gazetteer_b: Any, y: int, now: Any,
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
        bits = _spelled(model, scale, letters_a, x, letters_b, y, same, rarity + PARTLY - 0.02, now) - rarity + 0.001
        level = 4 if bits >= ALIKE else 5 if bits >= PARTLY else 6
    return 2 if level <= 4 and (place_a[x, COMMON] or place_b[y, COMMON]) else level


@compiled
def _may_reach(
    model: Any, scale: Any, row_a: Any, more_a: Any, letters_a: Any, number_a: Any, common_a: Any, chance_a: Any, place_a: Any,
    letters_of_a: Any, gazetteer_a: Any, i: int, row_b: Any, more_b: Any, letters_b: Any, number_b: Any, common_b: Any, chance_b: Any,
    place_b: Any, letters_of_b: Any, gazetteer_b: Any, j: int, same: Any, key: Any, value: Any, now: Any,
) -> Any:  # fmt: skip
    """Whether the bits of a pair before competition may reach `scale[LEAST]`, in any arrangement that is tried."""
    beside = _beside_names(scale, row_a, more_a, i, row_b, more_b, j)
    x, y = row_a[i, BORN_AT], row_b[j, BORN_AT]
    place_known = x < 0 or y < 0
    if not place_known:
        apart = row_a[i, BORN_MARK] ^ row_b[j, BORN_MARK]
        if row_a[i, BORN_LINE] & row_b[j, BORN_LINE] == 0 and _ONES[apart & 1023] + _ONES[apart >> 10] > MARKS_APART:
            beside += scale[BORN_AT_BITS + 6]
            place_known = True
        else:
            beside += scale[BORN_AT_BITS]  # The most there is, until it is looked at.
    orders = 5 if (row_a[i, CODES] | row_b[j, CODES]) & ODD else 1
    for order in range(orders):
        hope = beside + scale[COST + order]
        open_roles = 0
        for role in range(3):
            part = _ORDERS[order, role]
            if row_a[i, WORD + role] >= 0 and row_b[j, WORD + part] >= 0:
                if _unlike(row_a, i, row_b, j, role, part):
                    hope += _curve(scale, role, scale[FLOOR])
                    continue
                rarity = 99.0 if order else _rarity(row_a, i, row_b, j, role)
                hope += _worth(scale, role, rarity, rarity)
                open_roles |= 1 << role
        # Given name and patronymic first: there are few different ones, and what was compared is remembered.
        for turn in range(4):
            if hope < scale[LEAST]:
                break
            if turn == 2:
                if not place_known:
                    place_known = True
                    level = _born_at(
                        model, scale, place_a, letters_of_a, gazetteer_a, x, place_b, letters_of_b, gazetteer_b, y, now
                    )
                    less = scale[BORN_AT_BITS] - scale[BORN_AT_BITS + level]
                    beside -= less
                    hope -= less
                continue
            role = 0 if turn == 3 else turn + 1
            if not open_roles & 1 << role:
                continue
            part = _ORDERS[order, role]
            rarity = 99.0 if order else _rarity(row_a, i, row_b, j, role)
            hope -= _worth(scale, role, rarity, rarity)
            need = _needed(scale, role, scale[LEAST] - hope, rarity)
            if need <= LOWEST:
                if turn == 3:
                    return True  # However different the surnames are, there is hope.
                need = -1e3
            raw = _raw(
                model, scale, row_a, more_a, letters_a, number_a, common_a, chance_a, i, row_b, more_b, letters_b, number_b,
                common_b, chance_b, j, same, role, part, need, key, value, now,
            )  # fmt: skip
            hope += _worth(scale, role, raw, rarity)
        if hope >= scale[LEAST]:
            return True
    return False


@compiled
def sieve(
    model: Any, scale: Any, row_a: Any, more_a: Any, letters_a: Any, number_a: Any, common_a: Any, chance_a: Any, place_a: Any,
    letters_of_a: Any, gazetteer_a: Any, row_b: Any, more_b: Any, letters_b: Any, number_b: Any, common_b: Any, chance_b: Any, place_b: Any,
    letters_of_b: Any, gazetteer_b: Any, same: Any, seen: Any, key: Any, value: Any, now: Any, near: Any, out: Any, first: Any,
    begin: Any, end: Any, met: Any, start: int, stop: int, one_list: bool,
) -> Any:  # fmt: skip
    """Write the pairs of the left rows from `start` up to `stop` that may reach `scale[LEAST]` into the two rows of `out`.

    Stops before the row that `out` may have no room for. Returns the row reached, and how many pairs were found and looked at.
    `first`, `begin`, `end` and `met` are those of `joining.Met`; `seen`, `key`, `value`, `now`, `near` and
    `out` are one worker's own.
    """
    count, looked = 0, 0
    for i in range(start, stop):
        most = 0
        for kind in range(len(first)):
            for slot in range(first[kind, i], first[kind, i + 1]):
                most += end[slot] - begin[slot]
        if count + most > out.shape[1]:
            return i, count, looked
        waiting = 0
        for kind in range(len(first)):
            for slot in range(first[kind, i], first[kind, i + 1]):
                for at in range(begin[slot], end[slot]):
                    j = met[at]
                    if seen[j] == i or (one_list and j <= i):
                        continue
                    seen[j] = i
                    # Rows are fetched first and looked at later, so that the processor waits for many at once.
                    near[waiting, ROW] = j
                    for k in range(ROW):
                        near[waiting, k] = row_b[j, k]
                    waiting += 1
                    if waiting < TOGETHER:
                        continue
                    looked += waiting
                    for k in range(waiting):
                        if _may_reach(
                            model, scale, row_a, more_a, letters_a, number_a, common_a, chance_a, place_a, letters_of_a,
                            gazetteer_a, i, near, more_b, letters_b, number_b, common_b, chance_b, place_b, letters_of_b,
                            gazetteer_b, k, same, key, value, now,
                        ):  # fmt: skip
                            out[0, count], out[1, count] = i, near[k, ROW]
                            count += 1
                    waiting = 0
        looked += waiting
        for k in range(waiting):
            if _may_reach(
                model, scale, row_a, more_a, letters_a, number_a, common_a, chance_a, place_a, letters_of_a, gazetteer_a, i,
                near, more_b, letters_b, number_b, common_b, chance_b, place_b, letters_of_b, gazetteer_b, k, same, key, value,
                now,
            ):  # fmt: skip
                out[0, count], out[1, count] = i, near[k, ROW]
                count += 1
    return stop, count, looked
