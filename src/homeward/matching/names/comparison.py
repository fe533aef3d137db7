"""Raw evidence of the parts of a name for many pairs of records: log2 T(b | a) / f(b), in both directions, averaged.

Each part of a name (surname, given names, patronymic, mother's maiden name) is compared word by word. Given names and
patronymics may also be translations of each other (lexicon). A part that is an initial is compared as an initial. When the
columns of one record may be exchanged, the arrangement that explains the pair best is taken and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.names.background import ROLES, log2_frequency
from homeward.matching.names.folding import Script
from homeward.matching.names.letters import marks_apart
from homeward.matching.names.lexicon import Readings, names
from homeward.matching.names.spelling import LEAST, log2_spelling_pairs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Probability that a given name or patronymic was translated rather than spelled, when the lexicon offers a translation.
TRANSLATED = 0.4
#: The raw evidence of a part never falls below this: one wrong part alone cannot veto.
FLOOR = -20.0
#: Bits by which one of two ways to write a name must be less likely to be left out of their sum.
NEGLIGIBLE = 32.0
#: Words are spellings of one name only if so many marks at most are in the skeleton of the one and not of the other. Of the 15,000
#: true pairs of surnames of the development lists one has more and yet some likelihood.
MARKS_APART = 4
#: How a part of the name of the right record is read: which of its parts stands where surname, given, patronymic belong.
ARRANGEMENTS = {
    "as_written": (0, 1, 2),
    "surname_given": (1, 0, 2),
    "given_patronymic": (0, 2, 1),
    "rotated_left": (1, 2, 0),
    "rotated_right": (2, 0, 1),
}
_PARTS = ("surname", "given", "patronymic")


def readings(columns: Columns, role: str) -> Readings:
    """How each word of a list may be read as a line of the lexicon of this role; computed once for each list."""
    key = f"readings {role}"
    if key not in columns.derived:
        # Any word may be a given name in the wrong column, but patronymics are looked for only where they may stand.
        wanted = np.ones(len(columns.words.text) + 1, bool)
        if role != "given":
            wanted[:-1] = columns.fatherly
            wanted[columns.names["patronymic"]] = wanted[columns.names["given"]] = True
        columns.derived[key] = names(role).read_words(columns.words, np.flatnonzero(wanted[:-1]))
    found = columns.derived[key]
    assert isinstance(found, Readings)
    return found


def suspicious(columns: Columns) -> npt.NDArray[np.bool_]:
    """Records whose parts may stand in each other's columns, judged by what given names and patronymics look like."""
    if "suspicious" not in columns.derived:
        named = np.append(readings(columns, "given").written[:, 0] > -14.0, False)
        father = np.append(columns.fatherly, False)
        single = np.append(columns.words.length <= 1, False)
        s, g, p = (columns.names[role][:, 0] for role in _PARTS)
        odd_surname = named[s] | single[s]
        odd_given = (g >= 0) & (~named[g] | father[g] | single[g])
        odd_father = (p >= 0) & ~father[p]
        columns.derived["suspicious"] = np.asarray(odd_surname | odd_given | odd_father)
    found = columns.derived["suspicious"]
    assert isinstance(found, np.ndarray)
    return found


def frequency(columns: Columns) -> dict[str, Floats]:
    """log2 f of each word (as whole word) and of each first letter (as initial), for each role; computed once for each list.

    A part of a list (`Columns.only`) has the frequencies of the whole.
    """
    if "frequency" not in columns.derived:
        out = {}
        for role in _PARTS:
            first = columns.names[role][:, 0]
            used = first[first >= 0]
            count = np.bincount(used, minlength=len(columns.words.text)).astype(np.int64)
            whole = log2_frequency(columns.words, count, len(used), role)
            letters = np.bincount(columns.initial[used], minlength=len(count)) + 0.3
            out[role] = np.where(columns.words.size == 1, np.log2(letters / (len(used) + 10.0)), whole)
        columns.derived["frequency"] = out
    found = columns.derived["frequency"]
    assert isinstance(found, dict)
    return found


@dataclass(frozen=True)
class Side:
    """One list with what the comparison needs to know of its words."""

    columns: Columns

    @property
    def frequency(self) -> dict[str, Floats]:
        """`frequency` of the list."""
        return frequency(self.columns)

    @cached_property
    def readings(self) -> dict[str, Readings]:
        return {role: readings(self.columns, role) for role in ("given", "patronymic")}

    @cached_property
    def single(self) -> npt.NDArray[np.bool_]:
        return self.columns.words.length <= 1


def distinct(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values in order, and the place of each value among them."""
    order = np.argsort(values)
    ordered = values[order]
    fresh = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    back = np.empty(len(values), np.int64)
    back[order] = np.cumsum(fresh) - 1
    return ordered[fresh], back


@dataclass(frozen=True)
class NameComparison:
    """Compares the names of two lists; `left` and `right` may be the same list."""

    left: Side
    right: Side

    def words(self, role: str, left: Ints, right: Ints) -> Floats:
        """Raw bits for pairs of word numbers in one role; each distinct pair is computed once. -1 on either side gives 0."""
        both = (left >= 0) & (right >= 0)
        out = np.zeros(len(left))
        width = len(self.right.columns.words.text)
        unique, back = distinct(left[both].astype(np.int64) * width + right[both])
        out[both] = self._distinct(role, unique // max(1, width), unique % max(1, width))[back]
        return out

    def _distinct(self, role: str, a: Ints, b: Ints) -> Floats:
        # An initial on one side makes the other side an initial too: only first letters can be compared.
        initial = self.left.single[a] | self.right.single[b]
        a = np.where(initial, self.left.columns.initial[a], a)
        b = np.where(initial, self.right.columns.initial[b], b)
        forth = self._one_way(role, self.left, self.right, a, b, worst=1.5 * FLOOR)
        # The way back is not worth computing where the way there has already found another name.
        near = np.flatnonzero(forth > 1.5 * FLOOR)
        raw = np.full(len(a), FLOOR)
        back = self._one_way(role, self.right, self.left, b[near], a[near], worst=2 * FLOOR - forth[near])
        raw[near] = np.maximum((forth[near] + back) / 2, FLOOR)
        return raw

    @staticmethod
    def _one_way(role: str, source: Side, target: Side, a: Ints, b: Ints, *, worst: Floats | float) -> Floats:
        """log2 T(b | a) / f(b) for pairs of word numbers of the two sides; what lies below `worst` may come out lower still."""
        common = target.frequency[role if role in ROLES else "surname"][b]
        worst = worst + common - 0.01
        if role not in source.readings:
            spelled = _spelled(source, target, a, b, worst)
            return np.asarray(spelled - common)
        translated = source.readings[role].log2_translated(target.readings[role], a, b) + np.log2(TRANSLATED)
        # Beside a good translation, a spelling this much less likely changes no figure that anybody sees.
        worst = worst - np.where(translated > worst, NEGLIGIBLE, -np.log2(1 - TRANSLATED))
        spelled = _spelled(source, target, a, b, worst)
        spelled = np.logaddexp2(spelled + np.log2(1 - TRANSLATED), translated)
        return np.asarray(spelled - common)

    def part(self, role: str, a: Ints, b: Ints) -> Floats:
        """Raw bits of one part for pairs of names, each up to `WIDEST` words: the best word of the one against that of the other.

        `a` and `b` hold word numbers, shape (pairs, WIDEST); what one name has beside its first word may be -1.
        """
        at, mine, theirs = [np.arange(len(a))], [a[:, 0]], [b[:, 0]]
        chances = np.maximum(1, (a >= 0).sum(axis=1) * (b >= 0).sum(axis=1))
        for one, other in list(product(range(a.shape[1]), range(b.shape[1])))[1:]:
            double = np.flatnonzero((a[:, one] >= 0) & (b[:, other] >= 0))
            at, mine, theirs = [*at, double], [*mine, a[double, one]], [*theirs, b[double, other]]
        all_bits = self.words(role, np.concatenate(mine), np.concatenate(theirs))
        best = all_bits[: len(a)].copy()
        # One of several words that agrees is less than a whole agreement: there were so many chances.
        others = np.concatenate(at[1:])
        np.maximum.at(best, others, all_bits[len(a) :] - np.log2(chances[others]))
        shorter = np.minimum((a >= 0).sum(axis=1), (b >= 0).sum(axis=1))
        if role == "patronymic" and (shorter >= 2).any():
            grid = np.full((len(a), a.shape[1], b.shape[1]), FLOOR)
            places = list(product(range(a.shape[1]), range(b.shape[1])))
            for (one, other), rows, end in zip(places, at, np.cumsum([len(rows) for rows in at]).tolist(), strict=True):
                grid[rows, one, other] = all_bits[end - len(rows) : end]
            best = np.where(shorter >= 2, _in_order(grid, shorter), best)
        if role in {"surname", "mother"}:
            manly_a, manly_b = self.left.columns.masculine[a[:, 0]], self.right.columns.masculine[b[:, 0]]
            both = (a[:, 0] >= 0) & (b[:, 0] >= 0)
            feminine = np.flatnonzero(both & ((manly_a != a[:, 0]) | (manly_b != b[:, 0])))
            if len(feminine):
                tried = self._manly(a[feminine, 0], b[feminine, 0], manly_a[feminine], manly_b[feminine])
                best[feminine] = np.maximum(best[feminine], tried)
        return best

    def _manly(self, a: Ints, b: Ints, manly_a: Ints, manly_b: Ints) -> Floats:
        """Raw bits of surnames as their masculine forms: the spelling of these, the rarity of what is written."""
        common = (self.left.frequency["surname"][a] + self.right.frequency["surname"][b]) / 2
        forth = _spelled(self.left, self.right, manly_a, manly_b, FLOOR + common)
        return np.asarray(np.maximum(forth - common - 1.0, FLOOR))

    def rarity(self, role: str, a: Ints, b: Ints) -> Floats:
        """-log2 f of the words, the mean of both lists: the most bits that agreement on them can be worth."""
        known = role if role in ROLES else "surname"
        there = (a >= 0) & (b >= 0)
        return np.where(there, -(self.left.frequency[known][a] + self.right.frequency[known][b]) / 2, 0.0)

    def same_script(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        a = self.left.columns.names["surname"][left, 0]
        b = self.right.columns.names["surname"][right, 0]
        script_a = np.where(a >= 0, self.left.columns.words.script[a], Script.OTHER)
        return np.asarray(script_a == np.where(b >= 0, self.right.columns.words.script[b], Script.OTHER))


def _spelled(source: Side, target: Side, a: Ints, b: Ints, worst: Floats) -> Floats:
    """log2 T(b | a) for pairs of word numbers; words whose consonants are too different are taken to be other names."""
    mine, theirs = source.columns.words, target.columns.words
    near = np.flatnonzero(marks_apart(mine.marks[a], theirs.marks[b]) <= MARKS_APART)
    out = np.full(len(a), LEAST, np.float64)
    out[near] = log2_spelling_pairs(mine, theirs, a[near], b[near], worst=worst[near])
    return out


def _in_order(grid: Floats, count: Ints) -> Floats:
    """The best mean of `count` words of one chain of fathers against as many of the other, both in order; -inf for one word.

    `grid` has the bits of each word of the one against each of the other, shape (pairs, words, words). A chain from which
    fathers were left out agrees in all that is left; another man's chain may share one name by chance, seldom two.
    """
    best = np.full(len(grid), -np.inf)
    for size in range(2, min(grid.shape[1:]) + 1):
        for mine in combinations(range(grid.shape[1]), size):
            for theirs in combinations(range(grid.shape[2]), size):
                mean = np.mean([grid[:, one, other] for one, other in zip(mine, theirs, strict=True)], axis=0)
                best = np.where(count == size, np.maximum(best, mean), best)
    return best


def arranged(
    comparison: NameComparison, left: Ints, right: Ints, cost: Floats, odd: npt.NDArray[np.bool_]
) -> tuple[Ints, dict[str, Floats]]:
    """For each pair the best arrangement (number in `ARRANGEMENTS`) and the raw bits of surname, given, patronymic in it.

    `cost` is what each arrangement pays in bits; only pairs marked `odd` are tried in more than the written one, and only in those
    that lay as many parts beside each other as can be: a name that contradicts is not explained by moving it to where nothing
    stands.
    """
    mine, theirs = (
        {role: side.columns.names[role][rows] for role in _PARTS}
        for side, rows in ((comparison.left, left), (comparison.right, right))
    )
    raw = {role: comparison.part(role, mine[role], theirs[role]) for role in _PARTS}
    best = np.zeros(len(left), np.int64)
    total = raw["surname"] + raw["given"] + raw["patronymic"]
    # A pair whose name agrees well as it stands needs no other arrangement.
    here = np.flatnonzero(odd & (total < 16.0))
    orders = list(ARRANGEMENTS.values())[1:]
    tried = {}
    for place, role in enumerate(_PARTS):
        others = np.concatenate([theirs[_PARTS[order[place]]][here] for order in orders])
        tried[role] = comparison.part(role, np.tile(mine[role][here], (len(orders), 1)), others).reshape(len(orders), -1)
    there, there_right = (np.stack([side[role][here, 0] >= 0 for role in _PARTS]) for side in (mine, theirs))
    compared = np.stack([(there & there_right[list(order)]).sum(axis=0) for order in ARRANGEMENTS.values()])
    most = compared.max(axis=0)
    for number in range(len(orders)):
        bits = {role: tried[role][number] for role in _PARTS}
        sum_tried = bits["surname"] + bits["given"] + bits["patronymic"] + cost[number + 1]
        better = (sum_tried > total[here]) & (compared[number + 1] == most)
        at = here[better]
        best[at], total[at] = number + 1, sum_tried[better]
        for role in _PARTS:
            raw[role][at] = bits[role][better]
    return best, raw
