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
from homeward.matching.names.folding import fold, words_of_cells
from homeward.matching.names.letters import Words
from homeward.people.person import Field, Person

#: The parts of a name, in the order of the arrays below. Father's first name stands in for an absent patronymic.
ROLES = ("surname", "given", "patronymic", "mother")
#: How many words of one part of a name are compared (double surnames, second given names, a chain of fathers).
WIDEST = 3
#: How many words of one cell are read; a whole name in one cell has three.
_READ = 3
PATRONYMIC_ENDINGS = (
    "ович", "евич", "йович", "ійович", "івна", "ївна", "овна", "евна", "ична", "ілліч", "ильич", "авіч", "евіч", "аўна", "еўна",
    "ovich", "evich", "ovych", "evych", "yovych", "iovych", "ivna", "yivna", "iivna", "ovna", "evna", "ichna", "ovitch", "owicz",
    "ewicz", "owitsch", "ewitsch", "ovic", "evic", "ovics", "ovitj", "ovytj", "ovitx", "avich",
)  # fmt: skip

#: What is derived from the rows of a list and not from its words and texts alone.
OF_ROWS = frozenset({"suspicious", "runs"})

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
        cell_at: dict[Field, Ints] = {}
        found: dict[Field, list[tuple[str, ...]]] = {}
        for which in NAME_FIELDS:
            cell_at[which], distinct = numbered(cells.text[which])
            found[which] = words_of_cells(distinct)
        # A long list is largest here: each table of words is given up as soon as the numbers are there.
        vocabulary = {word for each in found.values() for part in each for word in part}
        manly_form = {}
        for word in {word for which in (Field.SURNAME, Field.GIVEN_NAMES) for part in found[which] for word in part}:
            if word[-1] in _FEMININE_LETTERS and (form := masculine(word)) != word:
                manly_form[word] = form
        vocabulary.update(manly_form.values())
        vocabulary.update({word[0] for word in vocabulary})
        ordered = sorted(vocabulary) or ["?"]  # A list without any name still needs a first word.
        del vocabulary
        number = {word: place for place, word in enumerate(ordered)}
        manly = np.arange(len(ordered))
        for word, form in manly_form.items():
            manly[number[word]] = number[form]
        written = {which: _numbers(found.pop(which), number)[cell_at.pop(which)] for which in NAME_FIELDS}
        initial = np.fromiter((number[word[0]] for word in ordered), np.int32, len(ordered))
        del number, manly_form
        fatherly = np.fromiter(
            (word[-2:] in _LAST_TWO and word.endswith(PATRONYMIC_ENDINGS) for word in ordered), bool, len(ordered)
        )
        long = np.fromiter(map(len, ordered), np.int64, len(ordered)) > _SHORTEST_PATRONYMIC
        names = _name_parts(written, fatherly & long, ordered)
        del written
        text_at, folded = {}, {}
        for which in TEXT_FIELDS:
            text_at[which], distinct = numbered(cells.text[which])
            folded[which] = [_text(cell, which) for cell in distinct]
        all_texts = sorted({text for column in folded.values() for text in column if text})
        text_number = {text: place for place, text in enumerate(all_texts)}
        return cls(
            ids=cells.ids,
            words=Words.of(ordered),
            initial=initial,
            masculine=manly.astype(np.int32),
            fatherly=fatherly,
            names=names,
            birth=cells.birth.astype(np.int32),
            captured=cells.captured.astype(np.int32),
            texts={
                which: np.array([text_number.get(text, -1) for text in column] or [-1], np.int32)[text_at[which]]
                for which, column in folded.items()
            },
            text=tuple(all_texts),
            rank=cells.rank.astype(np.int32),
            sex=cells.sex.astype(np.int32),
        )


#: Endings of feminine surnames and what the masculine form has in their place.
_FEMININE = (
    ("ська", "ський"), ("цька", "цький"), ("ская", "ский"), ("цкая", "цкий"), ("ова", "ов"), ("ева", "ев"), ("єва", "єв"),
    ("іна", "ін"), ("їна", "їн"), ("ина", "ин"), ("skaia", "skii"), ("skaya", "skiy"), ("skaja", "skij"), ("ska", "skyi"),
    ("tska", "tskyi"), ("ova", "ov"), ("eva", "ev"), ("ina", "in"), ("yna", "yn"),
)  # fmt: skip


_FEMININE_LETTERS = frozenset(feminine[-1] for feminine, _ in _FEMININE)
_LAST_TWO = frozenset(ending[-2:] for ending in PATRONYMIC_ENDINGS)
#: A word is a patronymic beside a given name only if it is longer than this.
_SHORTEST_PATRONYMIC = 5


def masculine(word: str) -> str:
    """The masculine form of a surname that looks feminine; any other word as it is.

    >>> masculine("вигаданська"), masculine("ivanova"), masculine("коваль")
    ('вигаданський', 'ivanov', 'коваль')
    """
    for feminine, form in _FEMININE:
        if len(word) > len(feminine) + 1 and word.endswith(feminine):
            return word[: -len(feminine)] + form
    return word


def _numbers(each: list[tuple[str, ...]], number: dict[str, int]) -> Ints:
    """For each distinct cell the numbers of its first words, -1 where there is none, and how many words it has."""
    count = np.fromiter(map(len, each), np.int64, len(each))
    table = np.full((max(1, len(each)), _READ + 1), -1, np.int32)
    table[: len(each), _READ] = count
    for place in range(_READ):
        here = np.flatnonzero(count > place)
        table[here, place] = np.fromiter((number[part[place]] for part in each if len(part) > place), np.int64, len(here))
    return table


def _name_parts(written: dict[Field, Ints], patronymic: npt.NDArray[np.bool_], ordered: list[str]) -> dict[str, Ints]:
    """The words of each part of the name; a whole name in one cell is taken apart, a patronymic beside a given name moved.

    `written` has for each field the numbers of the first words of each row, and how many words there are.
    """
    surname, given, father, mother = (
        written[field].copy() for field in (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.MOTHER_MAIDEN_NAME)
    )
    father = np.where(father[:, -1:] > 0, father, written[Field.FATHER_NAME])
    in_surname, in_given, in_father = surname[:, -1].copy(), given[:, -1].copy(), father[:, -1].copy()
    alone = np.fromiter(map(len, ordered), np.int64, len(ordered)) == 1
    first, second, third = (surname[:, place].copy() for place in range(_READ))
    whole = (in_given == 0) & (in_father == 0) & ((in_surname == 2) | (in_surname == 3))
    last = whole & (in_surname == 3) & patronymic[second] & ~patronymic[third]
    for rows, parts in ((whole & ~last, (first, second, third)), (last, (third, first, second))):
        _put(rows, (surname, given, father), parts)
    first, second, third = (written[Field.GIVEN_NAMES][:, place] for place in range(_READ))
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


def _text(cell: str, field: Field) -> str:
    text = fold(cell)
    return text.replace(" ", "") if field is Field.SERVICE_NUMBER else text
