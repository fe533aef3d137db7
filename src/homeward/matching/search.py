"""Looking up one person in a long register by a few words: a name in any script and order, whole or begun, and a year or a date.

`build_index` reads the register once; `Index.search` then answers while somebody types. Each word of the query is compared
with the register's words (`homeward.matching.search_words`), and the words of the query are given to the places of each name,
each place once (`homeward.matching.search_places`). A person's bits are the sum of what each word of the query is worth for that
person; a word found nowhere in the name counts against the person, and so, a little, does a name that the query leaves out.

>>> register = {
...     "id": ["u1", "u2", "u3"],
...     "surname": ["Щерботенко", "Вигаданий", "Щербаненко"],
...     "given_names": ["Микола", "Петро", "Олена"],
...     "birth_date": ["1987-03-14", "1990-01-30", "1987-02-02"],
... }
>>> index = build_index(register)
>>> [found.id for found in index.search("Shcherbotenko Nikolai 1987")]
['u1']
>>> index.search("петро виг")[0].id
'u2'
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from homeward.matching import compiled
from homeward.matching.cells import Cells, Table
from homeward.matching.columns import WIDEST, Columns
from homeward.matching.evidence import KINDS
from homeward.matching.evidence.birth_date import LEVELS as BIRTH_LEVELS
from homeward.matching.evidence.birth_date import levels as birth_levels
from homeward.matching.model import Evidence, probability
from homeward.matching.names.compiled import compiled_forward
from homeward.matching.names.folding import words
from homeward.matching.search_places import Costs, best_pairing, pairing
from homeward.matching.search_words import ROLES, UNANSWERED, Answer, Vocabulary
from homeward.matching.weights import weights
from homeward.people.person import Person

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_KIND = {"surname": "surname", "given": "given_names", "patronymic": "patronymic"}
#: What is left over of a query and of a name. Registers leave patronymics out more often than they have another one.
COSTS = Costs(unanswered=UNANSWERED, without_place=-2.5, left_out=-1.0)
#: More words of a query are not read, and more people than this are not weighed.
MOST_WORDS, MOST_ROWS = 6, 40_000
#: People who are about this many bits behind the best one are not weighed word by place, if there are enough others to show.
FAR_BEHIND = 18.0
_DATE = re.compile(
    "([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{1,2})[.]([0-9]{1,2})[.]([12][0-9]{3})|([12][0-9]{3})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Found:
    """One person of the register: row (from 0), id, and the bars, which add up to `bits`."""

    row: int
    id: str
    probability: float
    bits: float
    evidence: tuple[Evidence, ...]


def build_index(people: Sequence[Person] | Table) -> Index:
    """Read a register of persons, or of columns headed by the names of `Field`, for searching."""
    cells = Cells.of_table(people) if isinstance(people, Mapping) else Cells.of_people(people)
    return Index(Columns.of_cells(cells))


@dataclass(frozen=True)
class Index:
    """A register made ready for `search`. Built by `build_index`."""

    columns: Columns

    def __post_init__(self) -> None:
        # Everything that every search needs is made now, so that the first search is as fast as the others.
        _ = self._vocabulary, self._rows, self._places
        if len(self.columns) >= compiled.WORTH_LOADING:
            compiled_forward()

    def search(self, query: str, *, limit: int = 10) -> list[Found]:
        """The people that fit the query best, best first; people who tie come in the order of the register.

        Raises `ValueError` for a limit below 1. A query without any word of a name finds nobody.
        """
        if limit < 1:
            raise ValueError("a search has a limit of at least 1")
        born, rest = _birth(query)
        asked = words(rest)[:MOST_WORDS]
        answers = [self._vocabulary.answer(word) for word in asked]
        rows = self._rows_worth_weighing(answers)
        if not len(rows):
            return []
        table = weights()
        level = np.zeros(len(rows), np.int64)
        if born.any():
            level = birth_levels(np.broadcast_to(born, (len(rows), 3)), self.columns.birth[rows])
        birth_bits = np.array(table.level_bits("birth_date", BIRTH_LEVELS))[level]
        # First every word by itself, wherever it stands; only people who come near the best that way are weighed word by place.
        hope = birth_bits + sum(self._hope(answer, rows) for answer in answers)
        near = _near(hope, 4 * limit)
        far = np.exp2(hope[~near]).sum()
        rows, level, birth_bits = rows[near], level[near], birth_bits[near]
        worth = np.stack([self._worth(answer, rows) for answer in answers], axis=1)
        places = self._places[rows]
        named = best_pairing(worth, places, COSTS)
        prior = table.overlap - math.log2(max(2, len(self.columns)))
        total = prior + named + birth_bits
        lost = _lost(total, far * 2.0**prior)
        found = []
        least = np.partition(total, -limit)[-limit] if limit < len(total) else -np.inf
        best_rows = np.flatnonzero(total >= least)
        for k in best_rows[np.lexsort((rows[best_rows], -total[best_rows]))][:limit].tolist():
            bars = [Evidence("prior", prior, "", "", "prior"), *self._bars(asked, worth[k], int(rows[k]), int(places[k]))]
            if level[k]:
                bars.append(Evidence("birth_date", float(birth_bits[k]), "", "", BIRTH_LEVELS[level[k]]))
            if lost[k] < -1e-9:
                bars.append(Evidence("others", float(lost[k]), "", "", "rivals"))
            whole = math.fsum(bar.bits for bar in bars)
            found.append(Found(int(rows[k]), self.columns.ids[rows[k]], probability(whole), whole, tuple(bars)))
        return found

    def _hope(self, answer: Answer, rows: Ints) -> Floats:
        """About how many bits one word of the query is worth for each of some people, by the words worth anything."""
        hope = np.full(len(rows), UNANSWERED)
        found, each = self._rows.with_words(answer.near)
        at = np.searchsorted(rows, found)
        there = rows[np.minimum(at, len(rows) - 1)] == found
        np.maximum.at(hope, at[there], answer.most[each][there])
        return hope

    def _worth(self, answer: Answer, rows: Ints) -> Floats:
        """The bits of one word of the query in each place of the names of some people, shape (people, places)."""
        return np.concatenate([answer.bits[role][self.columns.names[role][rows]] for role in ROLES], axis=1).astype(np.float64)

    def _bars(self, asked: Sequence[str], worth: Floats, row: int, places: int) -> list[Evidence]:
        """A bar for each word of the query, and one for what it leaves out of the name."""
        bars = []
        chosen = pairing(worth, places, COSTS)
        used = sum(place >= 0 for place in chosen)
        excused = max(len(asked) - places, 0)
        for place, word, bits in zip(chosen, asked, worth, strict=True):
            if place < 0 and excused:
                excused -= 1
                bars.append(Evidence("left_out", COSTS.without_place, "", "", "no_place"))
            elif place < 0:
                bars.append(Evidence(_KIND["surname"], UNANSWERED, word, "", "different"))
            else:
                role = ROLES[place // WIDEST]
                theirs = self.columns.words.text[self.columns.names[role][row, place % WIDEST]]
                code = "different" if bits[place] <= UNANSWERED else "same" if theirs == word else "alike"
                bars.append(Evidence(_KIND[role], float(bits[place]), word, theirs, code))
        if places > used:
            bars.append(Evidence("left_out", COSTS.left_out * (places - used), "", "", "left_out"))
        return bars

    def _rows_worth_weighing(self, answers: list[Answer]) -> Ints:
        """The people of the rarest answers; those of commoner ones too while there are not too many."""
        people: list[Ints] = []
        postings = sorted((self._rows.of(answer.near) for answer in answers), key=len)
        for rows in postings:
            if people and sum(map(len, people)) + len(rows) > MOST_ROWS:
                break
            people.append(rows[:MOST_ROWS])
        rows = np.sort(np.concatenate([np.zeros(0, np.int64), *people]))
        return np.asarray(rows[np.append(True, rows[1:] != rows[:-1])[: len(rows)]])

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self.columns)

    @cached_property
    def _rows(self) -> _Postings:
        return _Postings.of_columns(self.columns)

    @cached_property
    def _places(self) -> Ints:
        """How many words each person's name has."""
        return np.asarray(sum((self.columns.names[role] >= 0).sum(axis=1) for role in ROLES), np.int64)


@dataclass(frozen=True, slots=True)
class _Postings:
    """For each word the rows that have it in any part of the name."""

    starts: Ints
    rows: npt.NDArray[np.int32]

    @classmethod
    def of_columns(cls, columns: Columns) -> _Postings:
        word = np.concatenate([columns.names[role][:, place] for role in ROLES for place in range(WIDEST)])
        row = np.tile(np.arange(len(columns), dtype=np.int32), WIDEST * len(ROLES))
        word, row = word[word >= 0], row[word >= 0]
        starts = np.append(0, np.cumsum(np.bincount(word, minlength=len(columns.words.text))))
        return cls(starts, row[np.argsort(word, kind="stable")])

    def of(self, word: Ints) -> Ints:
        return self.with_words(word)[0]

    def with_words(self, word: Ints) -> tuple[Ints, Ints]:
        """The rows of some words, one word after another, and for each row the place of its word among these."""
        first = self.starts[word]
        size = self.starts[word + 1] - first
        offset = np.cumsum(size) - size
        at = np.arange(int(size.sum())) + np.repeat(first - offset, size)
        return self.rows[at].astype(np.int64), np.repeat(np.arange(len(word)), size)


def _near(hope: Floats, enough: int) -> npt.NDArray[np.bool_]:
    """The people near the best one, and so many of the next best, the first of the register where several are as good."""
    near = np.asarray(hope >= hope.max() - FAR_BEHIND)
    enough = min(enough, len(hope))
    if near.sum() < enough:
        last = np.partition(hope, -enough)[-enough]
        near |= hope > last
        near[np.flatnonzero(hope == last)[: enough - int((hope > last).sum())]] = True
    return near


def _lost(total: Floats, far: float) -> Floats:
    """The bits that each person loses because others fit too: those weighed, and the odds of all who are far behind."""
    odds = np.exp2(np.clip(total, -60.0, 60.0))
    return np.asarray(-np.log2(1.0 + np.maximum(odds.sum() + far - odds, 0.0)))


def _birth(query: str) -> tuple[Ints, str]:
    """The year or date in a query (zeros where there is none), and the query without it."""
    match = _DATE.search(query)
    if match is None:
        return np.zeros(3, np.int64), query
    year, month, day, day_first, month_second, year_last, alone = (int(part or 0) for part in match.groups())
    born = np.array([year or year_last or alone, month or month_second, day or day_first], np.int64)
    return born, query[: match.start()] + " " + query[match.end() :]


assert {*_KIND.values(), "birth_date"} <= {kind.name for kind in KINDS}
