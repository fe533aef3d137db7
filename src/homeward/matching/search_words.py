"""What each word of a register is worth as an answer to one word of a query, in bits, for each part of a name.

The query is taken to be written by somebody who means a name of the register: the bits are log2 P(query's word | register's word)
less log2 P(query's word | anybody of the register or beyond). P comes from the spelling model, from the table of given names, and
from beginnings, because people search while they type. Words are looked for among those that share the consonants (one may be
wrong), that are the same name in another language, that begin alike, and whose letters fit best (`names.letter_filter`).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.names.background import ROLES as BACKGROUND_ROLES
from homeward.matching.names.background import log2_letters
from homeward.matching.names.comparison import TRANSLATED, readings
from homeward.matching.names.folding import Script
from homeward.matching.names.known_pairs import WRITTEN_SO, count_of, partners_of, word_numbers
from homeward.matching.names.letter_filter import LetterFilter
from homeward.matching.names.letters import Words
from homeward.matching.names.lexicon import READINGS, Readings, names
from homeward.matching.names.neighbours import Neighbours
from homeward.matching.names.skeleton import skeleton
from homeward.matching.names.spelling import log2_spelling_pairs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ROLES = ("surname", "given", "patronymic")
#: What a word of the query costs that nothing in a person's name answers.
UNANSWERED = -8.0
#: What it costs that a word was only begun, beside that so short a beginning says less.
BEGUN = -2.0
#: So many beginnings are read, and so many words go through the filter of letters.
MOST_BEGINNINGS, MOST_LIKE = 1_000, 500
#: What knowing the first letter of a name leaves to be known less (bits).
FIRST_LETTER = 4.5
#: The share of queries about a name that the register does not have.
STRANGER = -2.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The words worth anything with the most that each is worth, and the bits of every word for each role.

    The last entry of each array of `bits` is "no word".
    """

    near: Ints
    most: Floats
    bits: dict[str, npt.NDArray[np.float32]]


class Vocabulary:
    """The words of a register made ready for `answer`."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        text = columns.words.text
        used = np.concatenate([columns.names[role].ravel() for role in ROLES])
        count = np.bincount(used[used >= 0], minlength=len(text))
        with np.errstate(divide="ignore"):
            #: log2 of the share of people who have each word in their name.
            self._share = np.log2(count / max(1, len(columns)))
        self._neighbours = Neighbours.of_words(text)
        #: The words of one letter: what is left of a name where only its initial is written.
        self._initials = np.flatnonzero(columns.words.length == 1)
        self._letters = LetterFilter(columns.words)
        self._letters.prepare(Script.CYRILLIC, Script.LATIN)
        numbers = word_numbers(text)
        by_number = np.argsort(numbers, kind="stable")
        self._by_number = by_number, numbers[by_number]
        #: How many words of other scripts each word is known to be the same name as.
        self._partners = np.maximum(count_of(numbers), 1)
        marks = [skeleton(word) for word in text]
        order = sorted(range(len(marks)), key=marks.__getitem__)
        self._by_skeleton = [marks[k] for k in order], np.array(order, np.int64)
        self._of_line = {role: _lines(columns, role) for role in ROLES[1:]}

    def answer(self, word: str) -> Answer:
        """The bits of every word of the register as an answer to `word`."""
        asked = Words.of((word,))
        read = {role: names(role).read([word]) for role in ROLES[1:]}
        begun, rough = self._begun_by(word)
        near = np.concatenate([self._neighbours.of(word), begun, rough, *(self._same_line(role, read[role]) for role in read)])
        known = self._known(word)
        near = self._used(np.concatenate([near, self._letters.best(word, MOST_LIKE), self._initials, known]))
        written = self._written(asked, near)
        pairs = np.isin(near, known)
        written[pairs] = np.maximum(written[pairs], WRITTEN_SO - np.log2(self._partners[near[pairs]]))
        unknown = max(float(log2_letters(asked, role)[0]) for role in BACKGROUND_ROLES) + STRANGER
        self._read_initials(word, near, written, unknown)
        said = dict.fromkeys(ROLES, written)
        for role, mine in read.items():
            theirs = readings(self._columns, role)
            shared = theirs.log2_translated(mine, near, np.zeros(len(near), np.int64))
            said[role] = np.logaddexp2(written + np.log2(1 - TRANSLATED), shared + np.log2(TRANSLATED))
        likeliest = np.maximum.reduce(list(said.values()))
        anybody = np.logaddexp2(unknown, np.logaddexp2.reduce(likeliest + self._share[near], initial=-np.inf))
        bits = {}
        for role in ROLES:
            worth = np.full(len(self._columns.words.text) + 1, 2 * UNANSWERED, np.float32)
            worth[near] = np.maximum(said[role] - anybody, UNANSWERED)
            for some, cost in ((begun, BEGUN), (rough, 2 * BEGUN)):
                if len(some):
                    worth[some] = np.maximum(worth[some], cost - float(np.logaddexp2.reduce(self._share[some])))
            bits[role] = worth
        # What was only begun is looked at even where the register is so small that a beginning says nothing.
        most = np.maximum.reduce([bits[role][near] for role in ROLES]).astype(np.float64)
        good = (most > 0.0) | np.isin(near, np.concatenate([begun, rough]))
        return Answer(near[good], most[good], bits)

    def _known(self, word: str) -> Ints:
        """The words of the register that are known to be the same name as `word` in another script."""
        order, numbers = self._by_number
        asked = np.array(sorted(partners_of(word)), np.uint32)
        low, high = np.searchsorted(numbers, asked, "left"), np.searchsorted(numbers, asked, "right")
        return np.concatenate([np.zeros(0, np.int64), *(order[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True))])

    def _read_initials(self, word: str, near: Ints, written: Floats, unknown: float) -> None:
        """Put in `written` what an initial of the register says of a whole word of the query: its first letter, and no more."""
        if len(word) < 2 or not len(self._initials):
            return
        at = np.searchsorted(near, self._initials)
        there = near[np.minimum(at, len(near) - 1)] == self._initials
        letter = self._written(Words.of((word[0],)), self._initials[there])
        written[at[there]] = np.maximum(written[at[there]], letter + unknown - STRANGER + FIRST_LETTER)

    def _used(self, some: Ints) -> Ints:
        """The words that stand in a name, each once, in order."""
        some = np.unique(some)
        return np.asarray(some[np.isfinite(self._share[some])])

    def _written(self, asked: Words, near: Ints) -> Floats:
        """log2 of the probability that somebody who means each word writes the word asked for."""
        to = np.zeros(len(near), np.int64)
        return log2_spelling_pairs(self._columns.words, asked, near, to).astype(np.float64)

    def _begun_by(self, word: str) -> tuple[Ints, Ints]:
        """The words that begin with these letters, and those of other spellings whose consonants begin like these."""
        text = self._columns.words.text
        first, last = bisect_left(text, word), bisect_left(text, word + "\U0010ffff")
        begun = self._used(np.arange(first, min(last, first + MOST_BEGINNINGS)))
        marks = skeleton(word)
        if len(marks) < 3:
            return begun, begun[:0]
        ordered, of_word = self._by_skeleton
        first, last = bisect_left(ordered, marks), bisect_left(ordered, marks + "\U0010ffff")
        return begun, np.setdiff1d(self._used(of_word[first : min(last, first + MOST_BEGINNINGS)]), begun)

    def _same_line(self, role: str, read: Readings) -> Ints:
        order, starts = self._of_line[role]
        lines = read.line[0][read.line[0] >= 0]
        return np.concatenate([np.zeros(0, np.int64), *(order[starts[line] : starts[line + 1]] for line in lines)])


def _lines(columns: Columns, role: str) -> tuple[Ints, Ints]:
    """Word numbers in the order of the lexicon's lines, and where each line begins."""
    line = readings(columns, role).line
    assert line.shape[1] == READINGS
    word, place = np.nonzero(line >= 0)
    flat = line[word, place].astype(np.int64)
    starts = np.append(0, np.cumsum(np.bincount(flat, minlength=len(names(role).sex))))
    return word[np.argsort(flat, kind="stable")], starts
