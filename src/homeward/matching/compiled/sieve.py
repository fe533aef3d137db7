"""Candidates of two lists that have any hope, found by compiled loops on all processors.

`survivors` gives at least all pairs of `candidates.candidate_chunks` whose bits before competition reach `least`, and few more;
the caller scores them as it would have scored all. Each worker takes runs of left rows; the result does not depend on how many
workers there are. Import this module only where numba is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import local
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from homeward.matching import memory
from homeward.matching.candidates import row_bits
from homeward.matching.columns import Columns
from homeward.matching.compiled import arrays, bounds
from homeward.matching.compiled.joining import Met
from homeward.matching.compiled.joining import met as met_by
from homeward.matching.compiled.keying import sorted_keys
from homeward.matching.compiled.people import rows_of
from homeward.matching.evidence import KINDS as EVIDENCE
from homeward.matching.keys import KINDS, Kind, maker, most_pairs
from homeward.matching.names.comparison import FLOOR, NEGLIGIBLE, TRANSLATED, Side
from homeward.matching.names.compiled import compiled_forward
from homeward.matching.names.folding import ALPHABET, LONGEST_WORD, Script
from homeward.matching.names.letters import Words
from homeward.matching.names.spelling import SMALLEST, table
from homeward.matching.places import place_texts
from homeward.matching.scoring import Comparer
from homeward.matching.weights import AGREE
from homeward.people.person import Field

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: So many left rows make one run of a worker.
RUN = 8_192
#: A worker has room for this many pairs at once; one row never has more candidates (kinds of keys, keys of one, its bucket).
ROOM = 1 << 21
#: What rounding may change; the bound is let down by so much (bits).
_MARGIN = 0.01
_ROLES = ("surname", "given", "patronymic")
_CURVES = ("surname", "given_names", "patronymic")
#: Kinds that count as their best level; the mother's name comes after them.
_LATE = ("service_number", "unit", "captured_at")


def survivors(
    comparer: Comparer,
    least: float,
    *,
    kinds: Sequence[Kind] = KINDS,
    join: Met | None = None,
    kept: dict[str, Any] | None = None,
    workers: int | None = None,
) -> Iterator[tuple[int, Ints, Ints]]:
    """Pairs that may reach `least` bits before competition, in order of left row, then right row.

    Yields (left rows looked at so far, left rows, right rows). `join` says which rows meet, where that is known already; else
    those that share a key of one of the `kinds` do. `kept` keeps from call to call what is the same for all runs of one left
    list against one right list.
    """
    kept = {} if kept is None else kept
    left, right = comparer.left.columns, comparer.right.columns
    if not len(left) or not len(right):
        return
    # What is found here is scored next, however few pairs at a time.
    compiled_forward()
    one_list = left is right
    with ThreadPoolExecutor(workers or memory.processors()) as pool:
        met = join or meet(left, right, kinds, pool)
        if not kept:
            # At the same time, unless each takes so much memory that one after the other is better.
            each = map if memory.too_long(len(left) + len(right)) else pool.map
            made: list[Callable[[], Any]] = [
                lambda: (_words(comparer.left), *_places(left, left)),
                lambda: arrays.Side(*rows_of(comparer.right), _words(comparer.right), *_places(right, left)),
                lambda: _rules(comparer, least - _MARGIN),
            ]
            kept["mine"], kept["theirs"], kept["rules"] = each(lambda make: make(), made)
        mine, theirs, rules = arrays.Side(*_rows(comparer.left), *kept["mine"]), kept["theirs"], kept["rules"]
        own, sieve = local(), cast("Callable[..., tuple[int, int, int]]", bounds.sieve)

        def run(first: int) -> tuple[int, Ints, Ints]:
            if not hasattr(own, "memory"):
                own.memory = _memory(len(right))
            last, found = min(first + RUN, len(left)), []
            while first < last:
                first, count, _ = sieve(rules, mine, theirs, met, own.memory, first, last, one_list)
                found.append(own.memory.out[:, :count].copy())
            i, j = np.concatenate(found, axis=1).astype(np.int64)
            order = np.lexsort((j, i))
            return last, i[order], j[order]

        yield from pool.map(run, range(0, len(left), RUN))


def meet(left: Columns, right: Columns, kinds: Sequence[Kind], pool: ThreadPoolExecutor) -> Met:
    """Which rows of two lists share a key of one of the kinds."""
    bits = row_bits(len(left), len(right))
    made = list(pool.map(maker, (left,) if left is right else (left, right)))
    mine, theirs = made[0], made[-1]

    def join(kind: Kind) -> tuple[Any, Any, Any, Any]:
        a = sorted_keys(mine, kind, bits)
        b = a if left is right else sorted_keys(theirs, kind, bits)
        return met_by(a, b, int(bits), len(left), most_pairs(kind, len(right)))

    if memory.too_long(len(left) + len(right)):
        kept = Met.on_disk(map(join, kinds))
        del made, mine, theirs
        memory.give_back()
        return kept
    return Met.of(list(pool.map(join, kinds)))


def lay_out(columns: Columns) -> None:
    """Work out beforehand what the sieve reads of the people and words of a list on the left, for whoever has the time."""
    side = Side(columns)
    columns.derived.update({"sieve words": _words(side), "sieve rows": rows_of(side)})


def _rows(side: Side) -> tuple[Any, Any]:
    """The people of the left list as `arrays` has them."""
    found = side.columns.derived.get("sieve rows")
    return found if isinstance(found, tuple) else rows_of(side, read_once=True)


def _words(side: Side) -> arrays.Words:
    """The words of one list as `arrays` has them."""
    found = side.columns.derived.get("sieve words")
    if isinstance(found, arrays.Words):
        return found
    columns, words = side.columns, side.columns.words
    readings = [side.readings[role] for role in _ROLES[1:]]
    # Most words are a reading of no line; they share the first row.
    read = np.flatnonzero(np.logical_or.reduce([one.line[:, 0] >= 0 for one in readings]))
    number = np.zeros((len(words.text), arrays.NUMBERS), np.int32)
    number[:, arrays.INITIAL], number[:, arrays.MANLY] = columns.initial, columns.masculine
    number[read, arrays.READ] = np.arange(1, len(read) + 1)
    line = np.full((len(read) + 1, arrays.LINES), -1, np.int32)
    line[1:] = np.column_stack([one.line[read] for one in readings])
    chance = np.zeros((len(read) + 1, arrays.CHANCES))
    chance[1:] = np.column_stack([*(one.meant[read] for one in readings), *(one.written[read] for one in readings)])
    letters, common = _letters(words), np.empty((len(words.text), len(_ROLES)), np.float32)
    for place, role in enumerate(_ROLES):
        common[:, place] = side.frequency[role]
        letters[:, arrays.RARELY + place] = np.minimum(np.ceil(-side.frequency[role] * arrays.RARE_STEPS), 255)
    return arrays.Words(letters, number, common, line, chance)


def _letters(words: Words) -> npt.NDArray[np.uint8]:
    out = np.zeros((len(words.text), arrays.LETTERS), np.uint8)
    out[:, :LONGEST_WORD], out[:, arrays.PLACED : arrays.PLACED + LONGEST_WORD] = words.plain, words.placed
    out[:, arrays.LENGTH], out[:, arrays.SCRIPT] = words.length, words.script
    for place in range(3):
        out[:, arrays.APART + place] = words.marks >> 8 * place & 255
    return out


def _places(columns: Columns, first_list: Columns) -> tuple[Any, ...]:
    """The places of birth of one list; the numbers of keys are those of the first list and go on where that has none."""
    texts = place_texts(columns, Field.BIRTH_PLACE)
    number = {key: place for place, key in enumerate(dict.fromkeys(place_texts(first_list, Field.BIRTH_PLACE).keys))}
    count = np.fromiter(map(len, texts.places), np.int64, len(texts.places))
    place = np.zeros((len(texts.keys), arrays.PLACES), np.int32)
    place[:, arrays.KEY] = [number.setdefault(key, len(number)) for key in texts.keys]
    place[:, arrays.COMMON] = texts.common
    place[:, arrays.RARITY_MILLIBITS] = np.floor(texts.rarity * 1000)
    place[:, arrays.LAST] = np.cumsum(count)
    place[:, arrays.FIRST] = place[:, arrays.LAST] - count
    gazetteer = np.fromiter((one for some in texts.places for one in sorted(some)), np.int64, int(count.sum()))
    return place, _letters(texts.words), gazetteer


def _rules(comparer: Comparer, least: float) -> arrays.Rules:
    model = np.zeros((len(Script) ** 2, arrays.PLACES_OF_LETTERS, arrays.MODEL), np.float32)
    turned = np.zeros((len(Script) ** 2, ALPHABET, arrays.PLACES_OF_LETTERS), np.float32)
    for a in Script:
        for b in Script:
            learned = table(a, b)
            if learned is not None:
                here = model[a * len(Script) + b]
                here[:, :ALPHABET], here[:, arrays.INS : arrays.INS + ALPHABET] = learned.sub, learned.ins
                here[:, arrays.DELE], here[:, arrays.MOVE] = learned.dele, learned.move
                turned[a * len(Script) + b] = learned.sub.T
                # No letter has the code 0; what it costs to leave a letter out stands there.
                turned[a * len(Script) + b, 0] = learned.dele
    return arrays.Rules(_scale(comparer, least), model, turned, comparer.in_right.astype(np.int32))


def _scale(comparer: Comparer, least: float) -> Floats:
    weights = comparer.weights
    levels = {kind.name: kind.levels for kind in EVIDENCE}
    out = np.zeros(arrays.SCALE)

    def put(place: int, values: npt.ArrayLike) -> None:
        values = np.ravel(values)
        out[place : place + len(values)] = values

    put(arrays.LEAST, [least, comparer.prior, FLOOR, SMALLEST, TRANSLATED, NEGLIGIBLE, AGREE])
    for place, name in (
        (arrays.BIRTH_BITS, "birth_date"), (arrays.CAPTURED_BITS, "captured_on"), (arrays.RANK_BITS, "rank"),
        (arrays.SEX_BITS, "sex"), (arrays.COST, "arrangement"),
    ):  # fmt: skip
        put(place, weights.level_bits(name, levels[name]))
    put(arrays.LATE_BITS, [max(weights.level_bits(name, levels[name])) for name in _LATE])
    put(arrays.LATE_BITS + len(_LATE), max(weights.curves["mother_maiden_name"][1]))
    most = max(weights.level_bits("birth_place", levels["birth_place"]))
    put(arrays.BORN_AT_BITS, [most, *weights.level_bits("birth_place", levels["birth_place"])[1:]])
    raw = arrays.LOWEST + np.arange(arrays.CURVE) / arrays.STEPS
    curves = [weights.curve_bits(name, raw) for name in _CURVES]
    put(arrays.CURVES, curves)
    # The compiled code reads a curve one place further than `raw`, so that it comes out too high and never too low.
    bits = arrays.FEWEST + np.arange(arrays.BITS) / arrays.STEPS
    put(arrays.BACK, [np.searchsorted(curve, bits, "left") - 1.0 for curve in curves])
    rarity = np.arange(arrays.RARITY) / arrays.STEPS
    put(arrays.CURVES + 3 * arrays.CURVE, [np.interp(rarity, *weights.rarity[name]) for name in _CURVES])
    return out


def _memory(rows: int) -> arrays.Own:
    """What one worker has for itself."""
    reach = np.zeros((3 * len(Script), arrays.PLACES_OF_LETTERS), np.int32)
    return arrays.Own(
        seen=np.full(rows, -1, np.int32),
        key=np.full(arrays.REMEMBERED, -1, np.int64),
        value=np.zeros((arrays.REMEMBERED, 2)),
        now=np.zeros(LONGEST_WORD + 1, np.float32),
        near=np.zeros((arrays.TOGETHER, arrays.ROW + 1), np.int32),
        beside=np.zeros(arrays.TOGETHER),
        open=np.zeros(arrays.TOGETHER, np.int64),
        reach=reach,
        reach_float=reach.view(np.float32),
        reach_of=np.full(len(reach), -1, np.int64),
        work=np.zeros((2, ALPHABET), np.float32),
        raw=np.zeros(9),
        out=np.zeros((2, ROOM), np.int32),
    )
