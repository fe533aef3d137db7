"""Which pairs are worth comparing: records that share a key, by any of several kinds of key.

A key joins what two records of one person almost always share in some combination: the consonant skeleton of a name part,
the line of the given name in the lexicon, the birth date as written, with day and month exchanged, or its year. Each kind
of key has a cap on the pairs of one bucket, so a million equal names never meet each other: the more specific kinds (with a
date or a patronymic) still find their pairs.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.names.comparison import readings
from homeward.matching.names.skeleton import skeleton
from homeward.people.person import Field

#: A bucket of one key may hold this many pairs; a bigger one is left to the more specific keys.
LARGEST_BUCKET = 4096
#: In all, one record may have about this many candidates from one kind of key.
WIDEST_KIND = 40

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


def _number(text: str) -> int:
    """A 64-bit number for a text that is the same on every machine and run (FNV-1a)."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def _mix(*parts: npt.NDArray[np.uint64] | int) -> Keys:
    """One key from several numbers (splitmix64 steps)."""
    total: npt.NDArray[np.uint64] | np.uint64 = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        for part in parts:
            value = np.asarray(part, np.uint64) + total
            value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            total = value ^ (value >> np.uint64(31))
    return np.asarray(total, np.uint64)


class _Marks:
    """Numbers of the words of one list: skeleton, skeletons with one mark lost, closed-class line, initial."""

    def __init__(self, columns: Columns) -> None:
        text = columns.words.text
        whole = [skeleton(word) for word in text]
        self.skeleton = np.array([_number(mark) for mark in whole] + [0], np.uint64)
        self.usable = np.array([len(mark) >= 1 and len(word) > 1 for mark, word in zip(whole, text, strict=True)] + [False])
        self.long = np.array([len(mark) >= 4 for mark in whole] + [False])
        self.lost = np.array(
            [[_number(mark[:k] + mark[k + 1 :]) for k in range(7)] if len(mark) >= 4 else [0] * 7 for mark in whole]
            + [[0] * 7],
            np.uint64,
        )
        self.lost_usable = np.array([[k < len(mark) and len(mark) >= 4 for k in range(7)] for mark in whole] + [[False] * 7])
        self.initial = np.array([_number(mark[:1]) for mark in whole] + [0], np.uint64)
        self.has_initial = np.array([bool(mark) for mark in whole] + [False])
        hashed = np.array([_number(part) for part in columns.text] + [0], np.uint64)
        self.number = hashed[columns.texts[Field.SERVICE_NUMBER]]
        self.line = {}
        for role in ("given", "patronymic"):
            line = self.skeleton.copy()
            read = readings(columns, role).line[:, 0]
            line[:-1][read >= 0] = (read[read >= 0] + 1).astype(np.uint64)
            self.line[role] = line


def _keys(columns: Columns) -> Iterator[list[tuple[Keys, Rows]]]:
    """For each kind of key: its keys and the rows that have them."""
    marks, count = _Marks(columns), len(columns)
    rows = np.arange(count)
    surname, given, patronymic = (columns.names[role][:, 0] for role in ("surname", "given", "patronymic"))
    second = columns.names["surname"][:, 1]
    year, month, day = columns.birth.T
    has_year, whole = year > 0, day > 0
    date = (year * 10000 + month * 100 + day).astype(np.uint64)
    turned = (year * 10000 + day * 100 + month).astype(np.uint64)
    turns = whole & (day <= 12) & (day != month)
    born = year.astype(np.uint64)
    # (surname word, given word, patronymic word): as written, and with the columns exchanged.
    readings = [(surname, given, patronymic), (second, given, patronymic), (given, surname, patronymic)]
    readings += [(surname, patronymic, given), (patronymic, surname, given)]

    def kind(tag: int, where: npt.NDArray[np.bool_], *parts: npt.NDArray[np.uint64]) -> tuple[Keys, Rows]:
        return _mix(tag, *(part[where] for part in parts)), rows[where]

    has = marks.usable
    by_kind: list[list[tuple[Keys, Rows]]] = [[] for _ in range(12)]
    for s, g, p in readings:
        skeleton_s, line_g, line_p = marks.skeleton[s], marks.line["given"][g], marks.line["patronymic"][p]
        by_kind[0].append(kind(0, has[s] & has[g], skeleton_s, line_g))
        by_kind[1].append(kind(1, has[s] & has[p], skeleton_s, line_p))
        by_kind[2].append(kind(2, has[s] & whole, skeleton_s, date))
        by_kind[2].append(kind(2, has[s] & turns, skeleton_s, turned))
        by_kind[3].append(kind(3, has[s] & has_year, skeleton_s, born))
        by_kind[4].append(kind(4, has[s] & marks.has_initial[g], skeleton_s, marks.initial[g]))
        by_kind[5].append(kind(5, has[g] & has[p] & has_year, line_g, line_p, born))
        by_kind[6].append(kind(6, has[g] & whole, line_g, date))
        by_kind[6].append(kind(6, has[g] & turns, line_g, turned))
        by_kind[7].append(kind(7, has[s] & whole, skeleton_s, (month * 100 + day).astype(np.uint64)))
        by_kind[8].append(kind(8, has[g] & has[s], line_g, skeleton_s))
        for k in range(7):
            lost = marks.lost[s, k]
            by_kind[8].append(kind(8, has[g] & marks.lost_usable[s, k], line_g, lost))
    by_kind[9].append(kind(9, whole & marks.has_initial[surname], date, marks.initial[surname]))
    by_kind[9].append(kind(9, whole & marks.has_initial[given], date, marks.initial[given]))
    number = marks.number
    by_kind[10].append(kind(10, number > 0, number))
    by_kind[11].append(kind(11, whole, date))
    yield from by_kind


def candidate_pairs(left: Columns, right: Columns) -> tuple[Rows, Rows]:
    """Row numbers of the pairs worth comparing, each pair once, ordered by left row, then right row."""
    found = [np.zeros(0, np.int64)]
    for mine, theirs in zip(_keys(left), _keys(right), strict=True):
        found.append(_join(mine, theirs, len(right)))
    pairs = np.unique(np.concatenate(found))
    return pairs // max(1, len(right)), pairs % max(1, len(right))


def _join(mine: list[tuple[Keys, Rows]], theirs: list[tuple[Keys, Rows]], width: int) -> Rows:
    """The pairs of one kind of key as left * width + right, skipping buckets over the cap."""
    keys_a, rows_a = _sorted(mine)
    keys_b, rows_b = _sorted(theirs)
    unique_a, start_a, count_a = np.unique(keys_a, return_index=True, return_counts=True)
    unique_b, start_b, count_b = np.unique(keys_b, return_index=True, return_counts=True)
    at_a, at_b = np.intersect1d(unique_a, unique_b, assume_unique=True, return_indices=True)[1:]
    start_a, count_a, start_b, count_b = start_a[at_a], count_a[at_a], start_b[at_b], count_b[at_b]
    fits = count_a * count_b <= LARGEST_BUCKET
    start_a, count_a, start_b, count_b = start_a[fits], count_a[fits], start_b[fits], count_b[fits]
    size = count_a * count_b
    bucket = np.repeat(np.arange(len(size)), size)
    place = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    i = rows_a[start_a[bucket] + place // count_b[bucket]]
    j = rows_b[start_b[bucket] + place % count_b[bucket]]
    return np.unique(i * width + j)


def _sorted(parts: list[tuple[Keys, Rows]]) -> tuple[Keys, Rows]:
    keys, rows = np.concatenate([k for k, _ in parts]), np.concatenate([r for _, r in parts])
    order = np.lexsort((rows, keys))
    keys, rows = keys[order], rows[order]
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
    return keys[fresh], rows[fresh]
