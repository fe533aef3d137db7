"""Looking up one person in a long register by a few words: a name in any script and order, whole or begun, and a year or a date.

`build_index` reads the register once; `Index.search` then answers while somebody types. Each word of the query is compared
with the register's words that share its consonants (one may be wrong), that are the same name in another language, or that
begin with it. A person's bits are the sum of what each word of the query is worth for that person; a word found nowhere in
the name counts against the person.

>>> register = {
...     "id": ["u1", "u2", "u3"],
...     "surname": ["Щерботенко", "Вигаданий", "Щербаненко"],
...     "given_names": ["Микола", "Петро", "Олена"],
...     "birth_date": ["1987-03-14", "1990-01-30", "1987-02-02"],
... }
>>> index = build_index(register)
>>> [found.id for found in index.search("Shcherbotenko Nikolai 1987")]
['u1', 'u3']
>>> index.search("петро виг")[0].id
'u2'
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from homeward.matching.cells import Cells, Table
from homeward.matching.columns import WIDEST, Columns
from homeward.matching.evidence import KINDS
from homeward.matching.evidence.birth_date import LEVELS as BIRTH_LEVELS
from homeward.matching.evidence.birth_date import levels as birth_levels
from homeward.matching.model import Evidence, probability
from homeward.matching.names.comparison import FLOOR, TRANSLATED, Side, readings
from homeward.matching.names.folding import words
from homeward.matching.names.letters import Words
from homeward.matching.names.lexicon import READINGS, Readings, names
from homeward.matching.names.neighbours import Neighbours
from homeward.matching.names.skeleton import skeleton
from homeward.matching.names.spelling import log2_spelling_pairs
from homeward.matching.scoring import rivals
from homeward.matching.weights import weights
from homeward.people.person import Person

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ROLES = ("surname", "given", "patronymic")
_KIND = {"surname": "surname", "given": "given_names", "patronymic": "patronymic"}
#: What a word of the query costs that nothing in a person's name answers.
UNANSWERED = -6.0
#: What it costs that a word was only begun, beside that so short a beginning says less.
BEGUN = -2.0
#: More words of a query are not read, and more people than this are not weighed.
MOST_WORDS, MOST_ROWS, MOST_BEGINNINGS = 6, 40_000, 1_000
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
        _ = self._side.frequency, self._neighbours, self._rows, self._of_line, self._by_skeleton

    def search(self, query: str, *, limit: int = 10) -> list[Found]:
        """The people that fit the query best, best first; people who tie come in the order of the register.

        Raises `ValueError` for a limit below 1. A query without any word of a name finds nobody.
        """
        if limit < 1:
            raise ValueError("a search has a limit of at least 1")
        born, rest = _birth(query)
        asked = words(rest)[:MOST_WORDS]
        answers = [self._answers(word) for word in asked]
        rows = self._rows_worth_weighing(answers)
        if not len(rows):
            return []
        bits, best = np.zeros(len(rows)), []
        for answer in answers:
            worth = np.stack([answer.bits[role][self.columns.names[role][rows]].max(axis=1) for role in ROLES])
            best.append(worth.argmax(axis=0))
            bits += worth.max(axis=0)
        table = weights()
        level = np.zeros(len(rows), np.int64)
        if born.any():
            level = birth_levels(np.broadcast_to(born, (len(rows), 3)), self.columns.birth[rows])
        birth_bits = np.array(table.level_bits("birth_date", BIRTH_LEVELS))[level]
        prior = table.overlap - math.log2(max(2, len(self.columns)))
        total = prior + bits + birth_bits
        lost = rivals(np.zeros(len(rows), np.int64), np.arange(len(rows)), total)
        found = []
        least = np.partition(total, -limit)[-limit] if limit < len(total) else -np.inf
        best_rows = np.flatnonzero(total >= least)
        for k in best_rows[np.lexsort((rows[best_rows], -total[best_rows]))][:limit].tolist():
            bars = [Evidence("prior", prior, "", "", "prior")]
            for word, answer, role in zip(asked, answers, best, strict=True):
                bars.append(self._bar(word, answer, ROLES[role[k]], int(rows[k])))
            if level[k]:
                bars.append(Evidence("birth_date", float(birth_bits[k]), "", "", BIRTH_LEVELS[level[k]]))
            if lost[k] < -1e-9:
                bars.append(Evidence("others", float(lost[k]), "", "", "rivals"))
            whole = math.fsum(bar.bits for bar in bars)
            found.append(Found(int(rows[k]), self.columns.ids[rows[k]], probability(whole), whole, tuple(bars)))
        return found

    def _bar(self, word: str, answer: _Answer, role: str, row: int) -> Evidence:
        here = self.columns.names[role][row]
        at = here[answer.bits[role][here].argmax()]
        bits = float(answer.bits[role][at])
        theirs = self.columns.words.text[at] if at >= 0 else ""
        code = "different" if bits <= UNANSWERED else "same" if theirs == word else "alike"
        return Evidence(_KIND[role], bits, word, theirs, code)

    def _rows_worth_weighing(self, answers: list[_Answer]) -> Ints:
        """The people of the rarest answers; those of commoner ones too while there are not too many."""
        people: list[Ints] = []
        postings = sorted((self._rows.of(answer.near) for answer in answers), key=len)
        for rows in postings:
            if people and sum(map(len, people)) + len(rows) > MOST_ROWS:
                break
            people.append(rows[:MOST_ROWS])
        rows = np.sort(np.concatenate([np.zeros(0, np.int64), *people]))
        return np.asarray(rows[np.append(True, rows[1:] != rows[:-1])[: len(rows)]])

    def _answers(self, word: str) -> _Answer:
        """What each word of the register is worth as an answer to one word of the query, in each part of the name."""
        vocabulary = self.columns.words
        asked = Words.of((word,))
        near = self._neighbours.of(word)
        read = {role: names(role).read([word]) for role in ROLES[1:]}
        near = np.concatenate([near, *(self._same_line(role, read[role]) for role in ROLES[1:])])
        begun, rough = self._begun_by(word)
        near = np.unique(np.concatenate([near, begun, rough]))
        spelled = log2_spelling_pairs(asked, vocabulary, np.zeros(len(near), np.int64), near).astype(np.float64)
        bits = {}
        for role in ROLES:
            common = self._side.frequency[role]
            here = spelled
            if role in read:
                shared = read[role].log2_translated(readings(self.columns, role), np.zeros(len(near), np.int64), near)
                here = np.logaddexp2(spelled + np.log2(1 - TRANSLATED), shared + np.log2(TRANSLATED))
            worth = np.full(len(vocabulary.text) + 1, UNANSWERED, np.float32)
            worth[near] = np.maximum(here - common[near], UNANSWERED)
            for some, cost in ((begun, BEGUN), (rough, 2 * BEGUN)):
                if len(some):
                    share = float(np.log2(np.exp2(common[some]).sum()))
                    worth[some] = np.maximum(worth[some], -share + cost)
            bits[role] = worth
        good = np.maximum.reduce([bits[role][near] for role in ROLES]) > 0.0
        return _Answer(near[good], bits)

    def _begun_by(self, word: str) -> tuple[Ints, Ints]:
        """The words that begin with these letters, and those of other spellings whose consonants begin like these."""
        text = self.columns.words.text
        first, last = bisect_left(text, word), bisect_left(text, word + "\U0010ffff")
        begun = np.arange(first, min(last, first + MOST_BEGINNINGS))
        marks = skeleton(word)
        if len(marks) < 3:
            return begun, begun[:0]
        ordered, of_word = self._by_skeleton
        first, last = bisect_left(ordered, marks), bisect_left(ordered, marks + "\U0010ffff")
        return begun, np.setdiff1d(of_word[first : min(last, first + MOST_BEGINNINGS)], begun)

    def _same_line(self, role: str, read: Readings) -> Ints:
        order, starts = self._of_line[role]
        lines = read.line[0][read.line[0] >= 0]
        return np.concatenate([np.zeros(0, np.int64), *(order[starts[line] : starts[line + 1]] for line in lines)])

    @cached_property
    def _side(self) -> Side:
        return Side(self.columns)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours.of_words(self.columns.words.text)

    @cached_property
    def _by_skeleton(self) -> tuple[list[str], Ints]:
        marks = [skeleton(word) for word in self.columns.words.text]
        order = sorted(range(len(marks)), key=marks.__getitem__)
        return [marks[k] for k in order], np.array(order, np.int64)

    @cached_property
    def _rows(self) -> _Postings:
        return _Postings.of_columns(self.columns)

    @cached_property
    def _of_line(self) -> dict[str, tuple[Ints, Ints]]:
        """For each role: word numbers in the order of the lexicon's lines, and where each line begins."""
        out = {}
        for role in ROLES[1:]:
            line = readings(self.columns, role).line
            word, place = np.nonzero(line >= 0)
            flat = line[word, place].astype(np.int64)
            starts = np.append(0, np.cumsum(np.bincount(flat, minlength=len(names(role).sex))))
            out[role] = word[np.argsort(flat, kind="stable")], starts
        assert line.shape[1] == READINGS
        return out


@dataclass(frozen=True, slots=True)
class _Answer:
    """The words worth anything, and the bits of every word for each role; the last entry of each array is "no word"."""

    near: Ints
    bits: dict[str, npt.NDArray[np.float32]]


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
        parts = [self.rows[self.starts[one] : self.starts[one + 1]] for one in word.tolist()]
        return np.concatenate([np.zeros(0, np.int64), *parts])


def _birth(query: str) -> tuple[Ints, str]:
    """The year or date in a query (zeros where there is none), and the query without it."""
    match = _DATE.search(query)
    if match is None:
        return np.zeros(3, np.int64), query
    year, month, day, day_first, month_second, year_last, alone = (int(part or 0) for part in match.groups())
    born = np.array([year or year_last or alone, month or month_second, day or day_first], np.int64)
    return born, query[: match.start()] + " " + query[match.end() :]


assert {*_KIND.values(), "birth_date"} <= {kind.name for kind in KINDS}
assert FLOOR < UNANSWERED
