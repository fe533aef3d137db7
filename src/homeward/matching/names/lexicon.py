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
from homeward.matching.names.skeleton import skeleton
from homeward.matching.names.spelling import Words, log2_spelling_pairs

#: How many lines of the table one word may be read as.
READINGS = 3
#: A reading less likely than this (bits, spelling of the word from its best form) is not taken.
WORST_READING = -20.0
#: A stranger to the table: log2 probability that a name is none of its lines.
STRANGER = -3.0
_NOTHING = -200.0


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
    def by_key(self) -> dict[str, list[int]]:
        """The forms by the first two marks of their skeleton: a word is compared only with forms that begin like it."""
        found: dict[str, list[int]] = {}
        for number, form in enumerate(self.forms):
            found.setdefault(skeleton(form)[:2], []).append(number)
        return found

    def read(self, text: Sequence[str]) -> Readings:
        """Read each word as lines of the table, through the spelling model; a form of the table is read in any case."""
        spelled = Words.of(text)
        form_at, word_at = [], []
        for row, word in enumerate(text):
            if len(word) < 2:
                continue
            near = [n for n in self.by_key.get(skeleton(word)[:2], ()) if abs(len(self.forms[n]) - len(word)) <= 4]
            if word in self.number:
                near.append(self.number[word])
            for number in sorted(set(near)):
                form_at.append(number)
                word_at.append(row)
        forms_at, words_at = np.array(form_at, np.int64), np.array(word_at, np.int64)
        spelling = log2_spelling_pairs(self.spelled, spelled, forms_at, words_at).astype(np.float64)
        line = np.full((len(text), READINGS), -1, np.int32)
        meant = np.full((len(text), READINGS), _NOTHING, np.float32)
        written = np.full((len(text), READINGS), _NOTHING, np.float32)
        best: dict[int, dict[int, float]] = {}
        for form, row, bits in zip(forms_at, words_at, spelling, strict=True):
            if bits >= WORST_READING:
                lines = best.setdefault(int(row), {})
                at = int(self.line_of[form])
                lines[at] = float(np.logaddexp2(lines.get(at, _NOTHING), bits + self.log2_form[form]))
        for row, lines in best.items():
            ranked = sorted(lines.items(), key=lambda item: (-item[1], item[0]))[:READINGS]
            stranger = STRANGER - 2.2 * len(text[row])
            whole = np.logaddexp2.reduce([bits for _, bits in ranked] + [stranger])
            for place, (at, bits) in enumerate(ranked):
                line[row, place], meant[row, place], written[row, place] = at, bits - whole, bits
        return Readings(line, meant, written)

    def share(self, a: str, b: str) -> float:
        """log2 of the probability of writing `b` for `a` through a line of the table."""
        one = np.zeros(1, np.int64)
        return float(self.read([a]).log2_translated(self.read([b]), one, one)[0])


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
