"""Given names that are one name in several languages, and the patronymics made from them.

Миколай, Николай and Mikołaj share few letters with Микола; no spelling model can know that they are one name. The table
`data/given_names.txt` can: each of its lines is one name. A written word is read as at most `READINGS` lines of the table,
each with the probability that it is meant, through the spelling model, so that `MYKOLAJ` and a mistyped `Микоола` find
their line too. Patronymics are made from the same lines by rule; a father may also be named by his own name.

>>> bool(names("given").share("микола", "николай") > -4), bool(names("given").share("микола", "михаил") < -20)
(True, True)
>>> (
...     bool(names("patronymic").share("володимирович", "владимировна") > -8),
...     bool(names("patronymic").share("петрович", "пётр") > -8),
... )
(True, True)
>>> bool(names("given").share("عبدالرحمن", "abdelrahman") > -6), bool(names("given").share("عبدالرحمن", "abdelkarim") > -20)
(True, False)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import repeat

import numpy as np
import numpy.typing as npt

from homeward.matching.names.compiled_lexicon import LENGTHS_APART, MARKS_APART, ONCE, Forms, may_be
from homeward.matching.names.flat import Flat, alphabetical
from homeward.matching.names.folding import Script, script_of, words
from homeward.matching.names.letters import Words, marks_apart
from homeward.matching.names.spelling import log2_spelling_pairs, table

Ints = npt.NDArray[np.int64]

#: How many lines of the table one word may be read as.
READINGS = 3
#: A reading less likely than this (bits, spelling of the word from its best form) is not taken.
WORST_READING = -20.0
#: A stranger to the table: log2 probability that a name is none of its lines.
STRANGER = -3.0
_NOTHING = -200.0
#: Words are looked up in runs of this many, which bounds memory.
_RUN = 20_000


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
    def by_key(self) -> tuple[Ints, Forms]:
        """The forms by the first two marks of their skeleton: these as numbers, and the forms in that order."""
        number, of_form = np.unique(_first_two(self.spelled.skeleton), return_inverse=True)
        starts = np.append(0, np.cumsum(np.bincount(of_form, minlength=len(number))))
        place = np.empty(len(self.forms), np.int64)
        place[alphabetical(self.forms)] = np.arange(len(self.forms))
        order = np.lexsort((place, self.spelled.script, of_form))
        return number, Forms.of(self.spelled, order, starts)

    def _near(self, spelled: Words, run: Ints) -> tuple[Ints, Ints]:
        """Pairs (form, word of `run`) worth comparing: forms that begin like the word and are about as long, and the word."""
        number, forms = self.by_key
        first, last = int(run[0]) if len(run) else 0, int(run[-1]) + 1 if len(run) else 0
        asked = _first_two(spelled.skeleton.only(first, last))[run - first]
        key = np.minimum(np.searchsorted(number, asked), len(number) - 1)
        key = np.where((number[key] == asked) & (spelled.size[run] >= 2), key, -1)
        form, word = may_be(forms, spelled, run, key, WORST_READING - 1.0) or self._like(spelled, run, key)
        # Words that the model has nothing to say of are read as the very form that they are.
        alone = run[(spelled.size[run] < 2) | _no_model()[spelled.script[run]]]
        texts = map(spelled.text.__getitem__, alone.tolist())
        same = np.fromiter(map(self.number.get, texts, repeat(-1)), np.int64, len(alone))
        exact = same >= 0
        both = np.concatenate([word * len(self.forms) + form, alone[exact] * len(self.forms) + same[exact]])
        both.sort()
        both = both[np.append(True, both[1:] != both[:-1])[: len(both)]]
        return both % len(self.forms), both // len(self.forms)

    def _like(self, spelled: Words, run: Ints, key: Ints) -> tuple[Ints, Ints]:
        """What `may_be` gives and more: the pairs that have about as many letters and marks."""
        forms = self.by_key[1]
        count = np.where(key >= 0, np.diff(forms.starts)[key], 0)
        row = np.repeat(run, count)
        form = forms.number[np.repeat(forms.starts[key] - (np.cumsum(count) - count), count) + np.arange(count.sum())]
        near = np.abs(self.spelled.length[form] - spelled.length[row]) <= LENGTHS_APART
        near &= marks_apart(self.spelled.marks[form] & ONCE, spelled.marks[row] & ONCE) <= MARKS_APART
        return form[near], row[near]

    def read(self, text: Sequence[str]) -> Readings:
        """Read each word as lines of the table, through the spelling model; a form of the table is read in any case."""
        return self.read_words(Words.of(text), np.arange(len(text)))

    def read_words(self, spelled: Words, wanted: Ints) -> Readings:
        """The same for the words whose numbers are `wanted`; the others are read as no line."""
        found = []
        for start in range(0, max(1, len(wanted)), _RUN):
            form, word = self._near(spelled, wanted[start : start + _RUN])
            bits = log2_spelling_pairs(self.spelled, spelled, form, word, worst=WORST_READING - 1.0)
            likely = bits >= WORST_READING
            found.append((form[likely], word[likely], bits[likely].astype(np.float64)))
        forms, read, likely_bits = (np.concatenate(part) for part in zip(*found, strict=True))
        return self._readings(spelled, forms, read, likely_bits.astype(np.float64))

    def _readings(self, spelled: Words, form: Ints, word: Ints, bits: npt.NDArray[np.float64]) -> Readings:
        """The readings of words from the forms that they may be."""
        bits = bits + self.log2_form[form]
        at = self.line_of[form].astype(np.int64)
        # Forms of one line add up; then the best lines of each word are its readings.
        order = np.lexsort((form, at, word))
        at, word, bits = at[order], word[order], bits[order]
        fresh = np.flatnonzero(np.append(True, (at[1:] != at[:-1]) | (word[1:] != word[:-1]))[: len(at)])
        line = np.full((len(spelled.text), READINGS), -1, np.int32)
        written = np.full((len(spelled.text), READINGS), _NOTHING, np.float32)
        if len(fresh):
            at, word, bits = at[fresh], word[fresh], np.logaddexp2.reduceat(bits, fresh)
            order = np.lexsort((at, -bits, word))
            at, word, bits = at[order], word[order], bits[order]
            starts = np.flatnonzero(np.append(True, word[1:] != word[:-1]))
            place = np.arange(len(word)) - np.repeat(starts, np.diff(np.append(starts, len(word))))
            best = place < READINGS
            line[word[best], place[best]], written[word[best], place[best]] = at[best], bits[best]
        some = np.flatnonzero(line[:, 0] >= 0)
        stranger = STRANGER - 2.2 * spelled.size[some]
        whole = np.logaddexp2(np.logaddexp2.reduce(written[some].astype(np.float64), axis=1), stranger)
        meant = np.full((len(spelled.text), READINGS), _NOTHING, np.float32)
        meant[some] = np.where(line[some] >= 0, written[some] - whole[:, None], _NOTHING)
        return Readings(line, meant, written)

    def share(self, a: str, b: str) -> float:
        """log2 of the probability of writing `b` for `a` through a line of the table."""
        one = np.zeros(1, np.int64)
        return float(self.read([a]).log2_translated(self.read([b]), one, one)[0])


@lru_cache(maxsize=1)
def _no_model() -> npt.NDArray[np.bool_]:
    """The scripts of which the spelling model knows no word written in the same script."""
    return np.array([table(script, script) is None for script in Script])


def _first_two(skeletons: Flat) -> Ints:
    """The first two marks of each skeleton as one number."""
    two = skeletons.padded(2).astype(np.int64)
    return np.asarray(two[:, 0] << 21 | two[:, 1])


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
            # A father is named by a patronymic or, in other languages and as his first name, by his own name.
            ways = [[made for form in cyrillic for made in _patronymics(form, endings)], folded]
        else:
            ways = [folded]
        for way in ways:
            mine = [form for form in dict.fromkeys(way) if form not in forms]
            for form in mine:
                forms[form] = len(sex)
                weight.append(-np.log2(len(mine)))
        sex.append(who)
    return Names(tuple(forms), np.array(list(forms.values()), np.int32), np.array(weight, np.float32), tuple(sex))
