"""A list of people as columns of numbers: every word once, every field an array with one entry for each person.

`Columns.of` reads persons, `Columns.of_cells` the cells of a table; nothing below sees a `Person`. Names become word numbers,
dates three small integers (0 where not known), closed vocabularies their place in the vocabulary, and free texts the number
of the folded text. A field that is absent for whatever reason (silent, unknown, withheld) is simply not there: missing is no
mismatch.

>>> from homeward.people.person import Claim, Field, Person
>>> row = Person("r2", {Field.SURNAME: Claim("Тестенко Іван Петрович", "Тестенко Іван Петрович")})
>>> table = Columns.of([row])
>>> [table.words.text[table.names[role][0, 0]] for role in ROLES[:3]]  # a full name in the surname's column
['тестенко', 'іван', 'петрович']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.matching.cells import NAME_FIELDS, TEXT_FIELDS, Cells, numbered
from homeward.matching.names.folding import Script, encode, script_of
from homeward.matching.names.letters import Words
from homeward.matching.names.vocabulary import READ, Vocabulary
from homeward.people.person import Field, Person

#: The parts of a name, in the order of the arrays below. Father's first name stands in for an absent patronymic.
ROLES = ("surname", "given", "patronymic", "mother")
#: How many words of one part of a name are compared (double surnames, second given names, a chain of fathers).
WIDEST = 3
PATRONYMIC_ENDINGS = (
    "ович", "евич", "йович", "ійович", "івна", "ївна", "овна", "евна", "ична", "ілліч", "ильич", "авіч", "евіч", "аўна", "еўна",
    "ovich", "evich", "ovych", "evych", "yovych", "iovych", "ivna", "yivna", "iivna", "ovna", "evna", "ichna", "ovitch", "owicz",
    "ewicz", "owitsch", "ewitsch", "ovic", "evic", "ovics", "ovitj", "ovytj", "ovitx", "avich",
)  # fmt: skip

#: What is derived from the rows of a list and not from its words and texts alone, or is of use on this machine only: parts of a
#: list do without.
OF_ROWS = frozenset({"suspicious", "runs", "sieve rows", "sieve words"})

#: Numbers of 32 bits in a list that was read, of 64 while it is worked on.
Ints = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One list. Arrays have one entry for each person; -1 is "no word", "no text" or "no code", 0 is "no such date part"."""

    ids: Sequence[str]
    words: Words
    #: For each word, the number of the word that is its first letter alone.
    initial: Ints
    #: For each word, the number of the masculine form of a feminine surname (its own number for all other words).
    masculine: Ints
    #: For each word, whether it ends as patronymics do.
    fatherly: npt.NDArray[np.bool_]
    names: dict[str, Ints]
    birth: Ints
    captured: Ints
    texts: dict[Field, Ints]
    #: The folded texts that the numbers of `texts` stand for.
    text: Sequence[str]
    rank: Ints
    sex: Ints
    #: What other rooms of the comparison computed from this list once (readings of words, texts of places).
    derived: dict[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def only(self, rows: Ints) -> Columns:
        """Some of the people, without ids, as a list that still knows all words and texts and what is derived from them."""
        return replace(
            self,
            ids=("",) * len(rows),
            names={role: words[rows] for role, words in self.names.items()},
            birth=self.birth[rows], captured=self.captured[rows],
            texts={which: numbers[rows] for which, numbers in self.texts.items()},
            rank=self.rank[rows], sex=self.sex[rows],
            derived={name: value for name, value in self.derived.items() if name not in OF_ROWS},
        )  # fmt: skip

    @classmethod
    def of(cls, people: Sequence[Person]) -> Columns:
        """Read the claims of each person; a person without any name or date is a row of absences."""
        return cls.of_cells(Cells.of_people(people))

    @classmethod
    def of_cells(cls, cells: Cells) -> Columns:
        # A long list is largest here: what is no longer needed is given up at once.
        vocabulary = Vocabulary()
        found = {which: _words_of(cells, which, vocabulary) for which in (Field.SURNAME, Field.GIVEN_NAMES)}
        feminine = [word for word in vocabulary if word[-3:] in _FEMININE_BY_END]
        manly_form = {word: form for word in feminine if (form := masculine(word)) != word}
        found |= {which: _words_of(cells, which, vocabulary) for which in NAME_FIELDS if which not in found}
        manly = np.array([(vocabulary[word], vocabulary[form]) for word, form in manly_form.items()], np.int64).reshape(-1, 2)
        # A list without any name still needs a first word.
        initials = [vocabulary[letter] for letter in {word[0] for word in vocabulary} or {"?"}]
        ordered, place = vocabulary.in_order()
        del vocabulary, manly_form, feminine
        written = {}
        for which in NAME_FIELDS:
            at, numbers = found.pop(which)
            numbers[:, :READ] = place[numbers[:, :READ]]
            written[which] = numbers[at]
        words = Words.of(ordered)
        # A letter alone comes before all words that begin with it.
        first = np.sort(place[initials])
        initial = np.repeat(first, np.diff(np.append(first, len(ordered))))
        masculine_of = np.arange(len(ordered), dtype=np.int32)
        masculine_of[place[manly[:, 0]]] = place[manly[:, 1]]
        fatherly = _fatherly(words)
        names = _name_parts(written, fatherly & (words.size > _SHORTEST_PATRONYMIC), words.size == 1)
        del written
        texts = Vocabulary()
        text_at = {which: _texts_of(cells, which, texts) for which in TEXT_FIELDS}
        text, place = texts.in_order()
        return cls(
            ids=cells.ids,
            words=words,
            initial=initial,
            masculine=masculine_of,
            fatherly=fatherly,
            names=names,
            birth=cells.birth.astype(np.int32),
            captured=cells.captured.astype(np.int32),
            texts={which: place[numbers] for which, numbers in text_at.items()},
            text=tuple(text),
            rank=cells.rank.astype(np.int32),
            sex=cells.sex.astype(np.int32),
        )


#: Endings of feminine surnames and what the masculine form has in their place.
_FEMININE = (
    ("ська", "ський"), ("цька", "цький"), ("ская", "ский"), ("цкая", "цкий"), ("ова", "ов"), ("ева", "ев"), ("єва", "єв"),
    ("іна", "ін"), ("їна", "їн"), ("ина", "ин"), ("skaia", "skii"), ("skaya", "skiy"), ("skaja", "skij"), ("ska", "skyi"),
    ("tska", "tskyi"), ("ova", "ov"), ("eva", "ev"), ("ina", "in"), ("yna", "yn"),
)  # fmt: skip


#: The same by the last three letters of the feminine.
_FEMININE_BY_END: dict[str, list[tuple[str, str]]] = {}
for _feminine, _form in _FEMININE:
    _FEMININE_BY_END.setdefault(_feminine[-3:], []).append((_feminine, _form))
#: A word is a patronymic beside a given name only if it is longer than this.
_SHORTEST_PATRONYMIC = 5


def masculine(word: str) -> str:
    """The masculine form of a surname that looks feminine; any other word as it is.

    >>> masculine("вигаданська"), masculine("ivanova"), masculine("коваль")
    ('вигаданський', 'ivanov', 'коваль')
    """
    for feminine, form in _FEMININE_BY_END.get(word[-3:], ()):
        if len(word) > len(feminine) + 1 and word.endswith(feminine):
            return word[: -len(feminine)] + form
    return word


def _words_of(cells: Cells, which: Field, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """For each row the number of its cell, and for each cell the numbers of its first words (`Vocabulary.words_of`)."""
    at, distinct = numbered(cells.text[which])
    return at, vocabulary.words_of(distinct)


def _texts_of(cells: Cells, which: Field, texts: Vocabulary) -> Ints:
    """For each row the number of the folded text of a cell; a service number is read without spaces."""
    at, distinct = numbered(cells.text[which])
    return texts.folded(distinct, spaces=which is not Field.SERVICE_NUMBER)[at]


def _fatherly(words: Words) -> npt.NDArray[np.bool_]:
    """Which words end as patronymics do."""
    row, last = np.arange(len(words.text)), words.length.astype(np.int64) - 1
    ends = words.script.astype(np.int64) << 16 | words.plain[row, last - 1].astype(np.int64) << 8 | words.plain[row, last]
    # Of the words that the model reads whole, only those with the right two letters at the end are looked at.
    may = np.flatnonzero(_LAST_TWO[ends] | (words.size != words.length))
    out = np.zeros(len(words.text), bool)
    out[may] = [words.text[place].endswith(PATRONYMIC_ENDINGS) for place in may.tolist()]
    return out


def _last_two(ending: str) -> int:
    before, last = encode(ending[-2:])[0]
    return int(script_of(ending)) << 16 | int(before) << 8 | int(last)


_LAST_TWO = np.zeros(len(Script) << 16, bool)
_LAST_TWO[list(map(_last_two, PATRONYMIC_ENDINGS))] = True


def _name_parts(written: dict[Field, Ints], patronymic: npt.NDArray[np.bool_], alone: npt.NDArray[np.bool_]) -> dict[str, Ints]:
    """The words of each part of the name; a whole name in one cell is taken apart, a patronymic beside a given name moved.

    `written` has for each field the numbers of the first words of each row, and how many words there are; of each word is known
    whether it is a patronymic and whether it is one letter.
    """
    surname, given, father, mother = (
        written[field].copy() for field in (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.MOTHER_MAIDEN_NAME)
    )
    father = np.where(father[:, -1:] > 0, father, written[Field.FATHER_NAME])
    in_surname, in_given, in_father = surname[:, -1].copy(), given[:, -1].copy(), father[:, -1].copy()
    first, second, third = (surname[:, place].copy() for place in range(READ))
    whole = (in_given == 0) & (in_father == 0) & ((in_surname == 2) | (in_surname == 3))
    last = whole & (in_surname == 3) & patronymic[second] & ~patronymic[third]
    for rows, parts in ((whole & ~last, (first, second, third)), (last, (third, first, second))):
        _put(rows, (surname, given, father), parts)
    first, second, third = (written[Field.GIVEN_NAMES][:, place] for place in range(READ))
    whole = (in_surname == 0) & (in_father == 0) & (in_given == 3)
    _put(whole & ~patronymic[third], (surname, given, father), (third, first, second))
    _put(whole & patronymic[third], (surname, given, father), (first, second, third))
    beside = (in_father == 0) & (in_given == 2) & (patronymic[second] | alone[second])
    _put(beside, (given, father), (first, second))
    return {role: part[:, :WIDEST].astype(np.int32) for role, part in zip(ROLES, (surname, given, father, mother), strict=True)}


def _put(rows: npt.NDArray[np.bool_], parts: tuple[Ints, ...], values: tuple[Ints, ...]) -> None:
    """Give the marked rows of each part one word and no other."""
    for part, value in zip(parts, values, strict=True):
        part[rows] = -1
        part[rows, 0] = value[rows]
