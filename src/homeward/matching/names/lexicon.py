"""Given names that are one name in several languages, and the patronymics made from them.

Миколай, Николай and Mikołaj share few letters with Микола; no spelling model can know that they are one name. The table
`data/given_names.txt` can: each of its lines is one name. A written word is read as at most `READINGS` lines of the table,
each with the probability that it is meant, through the spelling model, so that `MYKOLAJ` and a mistyped `Микоола` find
their line too. Patronymics are made from the same lines by rule.

>>> bool(names("given").share("микола", "николай") > -4), bool(names("given").share("микола", "михаил") < -20)
(True, True)
>>> bool(names("patronymic").share("володимирович", "владимировна") > -8)
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from homeward.matching.names.folding import Script, script_of, words
from homeward.matching.names.letters import Words
from homeward.matching.names.skeleton import skeleton
from homeward.matching.names.spelling import log2_spelling_pairs

Ints = npt.NDArray[np.int64]

#: How many lines of the table one word may be read as.
READINGS = 3
#: A reading less likely than this (bits, spelling of the word from its best form) is not taken.
WORST_READING = -20.0
#: A stranger to the table: log2 probability that a name is none of its lines.
STRANGER = -3.0
_NOTHING = -200.0
#: A word is compared with a form when this many marks at most are in the skeleton of the one and not of the other.
MARKS_APART = 2
_MARK_BIT = {mark: 1 << place for place, mark in enumerate("APFKTSLMNR")}


@dataclass(frozen=True, slots=True)
class Readings:
    """For each word: line numbers (-1 when fewer), log2 P(line | word) and log2 P(word | line), shape (words, READINGS)."""

    line: npt.NDArray[np.int32]
    meant: npt.NDArray[np.float32]
    written: npt.NDArray[np.float32]

    def log2_translated(
        self, other: Readings, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        """log2 of the probability of writing the other word when this one is translated through a line both may mean."""
        total = np.zeros(len(left))
        for mine in range(READINGS):
            for theirs in range(READINGS):
                line = self.line[left, mine]
                same = (line >= 0) & (line == other.line[right, theirs])
                total[same] += np.exp2(self.meant[left[same], mine].astype(np.float64) + other.written[right[same], theirs])
        return np.asarray(np.log2(np.maximum(total, 2.0**_NOTHING)))


@dataclass(frozen=True)
class Names:
    """One closed class of names: its forms and the line of each; `sex` of each line is "M" or "F"."""

    forms: tuple[str, ...]
    line_of: npt.NDArray[np.int32]
    log2_form: npt.NDArray[np.float32]
    sex: tuple[str, ...]

    @cached_property
    def spelled(self) -> Words:
        return Words.of(self.forms)

    @cached_property
    def number(self) -> dict[str, int]:
        return {form: number for number, form in enumerate(self.forms)}

    @cached_property
    def by_key(self) -> tuple[dict[str, int], Ints, Ints]:
        """The forms by the first two marks of their skeleton: the number of each key, the forms in order, where each begins."""
        keys = [skeleton(form)[:2] for form in self.forms]
        number = {key: place for place, key in enumerate(sorted(set(keys)))}
        of_form = np.array([number[key] for key in keys], np.int64)
        starts = np.append(0, np.cumsum(np.bincount(of_form, minlength=len(number))))
        return number, np.argsort(of_form, kind="stable"), starts

    @cached_property
    def size(self) -> Ints:
        return np.array([len(form) for form in self.forms], np.int64)

    @cached_property
    def marks(self) -> npt.NDArray[np.uint16]:
        return np.array([_mark_set(form) for form in self.forms], np.uint16)

    def _near(self, text: Sequence[str]) -> tuple[Ints, Ints]:
        """Pairs (form, word) worth comparing: forms that begin like the word and are about as long, and the word itself."""
        number, order, starts = self.by_key
        key = np.array([number.get(skeleton(word)[:2], -1) if len(word) >= 2 else -1 for word in text], np.int64)
        words_here = np.flatnonzero(key >= 0)
        first, count = starts[key[words_here]], np.diff(starts)[key[words_here]]
        row = np.repeat(words_here, count)
        form = order[np.repeat(first - (np.cumsum(count) - count), count) + np.arange(count.sum())]
        size = np.array([len(word) for word in text], np.int64)
        marks = np.array([_mark_set(word) for word in text], np.uint16)
        near = (np.abs(self.size[form] - size[row]) <= 4) & (np.bitwise_count(self.marks[form] ^ marks[row]) <= MARKS_APART)
        same = [(self.number[word], k) for k, word in enumerate(text) if word in self.number]
        exact = np.array(same, np.int64).reshape(-1, 2)
        both = np.sort(np.concatenate([row[near] * len(self.forms) + form[near], exact[:, 1] * len(self.forms) + exact[:, 0]]))
        both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
        return both % len(self.forms), both // len(self.forms)

    def read(self, text: Sequence[str]) -> Readings:
        """Read each word as lines of the table, through the spelling model; a form of the table is read in any case."""
        form, word = self._near(text)
        bits = log2_spelling_pairs(self.spelled, Words.of(text), form, word, worst=WORST_READING - 1.0).astype(np.float64)
        likely = bits >= WORST_READING
        form, word, bits = form[likely], word[likely], bits[likely] + self.log2_form[form[likely]]
        at = self.line_of[form].astype(np.int64)
        # Forms of one line add up; then the best lines of each word are its readings.
        order = np.lexsort((form, at, word))
        at, word, bits = at[order], word[order], bits[order]
        fresh = np.flatnonzero(np.append(True, (at[1:] != at[:-1]) | (word[1:] != word[:-1]))[: len(at)])
        line = np.full((len(text), READINGS), -1, np.int32)
        written = np.full((len(text), READINGS), _NOTHING, np.float32)
        if len(fresh):
            at, word, bits = at[fresh], word[fresh], np.logaddexp2.reduceat(bits, fresh)
            order = np.lexsort((at, -bits, word))
            at, word, bits = at[order], word[order], bits[order]
            starts = np.flatnonzero(np.append(True, word[1:] != word[:-1]))
            place = np.arange(len(word)) - np.repeat(starts, np.diff(np.append(starts, len(word))))
            best = place < READINGS
            line[word[best], place[best]], written[word[best], place[best]] = at[best], bits[best]
        stranger = STRANGER - 2.2 * np.array([len(one) for one in text], np.float64)
        whole = np.logaddexp2(np.logaddexp2.reduce(written.astype(np.float64), axis=1), stranger)
        meant = np.where(line >= 0, written - whole[:, None], _NOTHING).astype(np.float32)
        return Readings(line, meant, written)

    def share(self, a: str, b: str) -> float:
        """log2 of the probability of writing `b` for `a` through a line of the table."""
        one = np.zeros(1, np.int64)
        return float(self.read([a]).log2_translated(self.read([b]), one, one)[0])


def _mark_set(word: str) -> int:
    """Which marks the skeleton of a word has, as bits."""
    bits = 0
    for mark in skeleton(word):
        bits |= _MARK_BIT.get(mark, 0)
    return bits


def _patronymics(form: str, sex_endings: tuple[tuple[str, str], ...]) -> list[str]:
    """The patronymics that Ukrainian, Russian and Belarusian make from one given name in Cyrillic letters."""
    special = {
        "микола": ["микола", "микол"], "лев": ["льв"], "павло": ["павл"], "павел": ["павл"], "петро": ["петр"], "пётр": ["петр"],
        "яків": ["як", "яков"], "яков": ["яковл"], "михайло": ["михайл"], "михаил": ["михайл"], "ілля": ["ілл"], "илья": ["иль"],
    }  # fmt: skip
    made: list[str] = []
    if form in special:
        for stem in special[form]:
            joint = "й" if stem.endswith("а") else ""
            for masculine, feminine in sex_endings:
                made += [stem + joint + masculine, stem + joint + feminine]
        if form in {"ілля", "илья"}:
            made += ["ілліч", "іллівна", "ильич", "ильинична"]
        return made
    if form.endswith(("ій", "ий", "ей", "ай", "ой")):
        stem, variants = form[:-1], [form, form[:-2] + "ь" if form.endswith(("ій", "ий")) else form[:-1]]
        made += [form + "ович", form + "овна", form[:-1] + "ївна", stem + "евич", stem + "евна"]
        made += [variants[1] + "евич", variants[1] + "евна", form[:-2] + "ович", form[:-2] + "івна"]
        return made
    stem = form[:-1] if form[-1] in "аоьяў" else form
    for masculine, feminine in sex_endings:
        made += [stem + masculine, stem + feminine]
    if form[-1] == "ь":
        made += [stem + "евич", stem + "евна"]
    if form[-1] in "ая":
        made += [stem + "ич", stem + "ична"]
    return made


@lru_cache(maxsize=2)
def names(role: str) -> Names:
    """The table for the role "given" or "patronymic", read once."""
    source = (files("homeward.matching.names") / "data" / "given_names.txt").read_text(encoding="utf-8")
    forms: dict[str, int] = {}
    weight: list[float] = []
    sex: list[str] = []
    for text in source.splitlines():
        if not text or text.startswith("#"):
            continue
        who, *written = text.split()
        folded = [word for form in written for word in words(form)[:1]]
        if role == "patronymic":
            if who == "F":
                continue
            cyrillic = [form for form in folded if script_of(form) is Script.CYRILLIC and len(form) > 2][:6]
            endings = (("ович", "івна"), ("ович", "овна"), ("авіч", "аўна"))
            folded = [made for form in cyrillic for made in _patronymics(form, endings)]
        mine = [form for form in dict.fromkeys(folded) if form not in forms]
        for form in mine:
            forms[form] = len(sex)
            weight.append(-np.log2(len(mine)))
        sex.append(who)
    return Names(tuple(forms), np.array(list(forms.values()), np.int32), np.array(weight, np.float32), tuple(sex))
