"""A list of people as columns of numbers: every word once, every field an array with one entry for each person.

`Columns.of` reads the claims of persons; nothing below it sees a `Person`. Names become word numbers, dates three small
integers (0 where not known), closed vocabularies their place in the vocabulary, and free texts the number of the folded
text. A field that is absent for whatever reason (silent, unknown, withheld) is simply not there: missing is no mismatch.

>>> from homeward.people.person import Claim, Field, Person
>>> row = Person("r2", {Field.SURNAME: Claim("Тестенко Іван Петрович", "Тестенко Іван Петрович")})
>>> table = Columns.of([row])
>>> [table.words.text[table.names[role][0, 0]] for role in ROLES[:3]]  # a full name in the surname's column
['тестенко', 'іван', 'петрович']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from homeward.matching.names.folding import fold, words
from homeward.matching.names.spelling import Words
from homeward.people.person import CODES, Field, Person

#: The parts of a name, in the order of the arrays below. Father's first name stands in for an absent patronymic.
ROLES = ("surname", "given", "patronymic", "mother")
_FIELD_OF = {
    "surname": Field.SURNAME,
    "given": Field.GIVEN_NAMES,
    "patronymic": Field.PATRONYMIC,
    "mother": Field.MOTHER_MAIDEN_NAME,
}
#: How many words of one part of a name are compared (double surnames, second given names).
WIDEST = 2
PATRONYMIC_ENDINGS = (
    "ович", "евич", "йович", "ійович", "івна", "ївна", "овна", "евна", "ична", "ілліч", "ильич", "авіч", "евіч", "аўна", "еўна",
    "ovich", "evich", "ovych", "evych", "yovych", "iovych", "ivna", "yivna", "iivna", "ovna", "evna", "ichna", "ovitch", "owicz",
    "ewicz", "owitsch", "ewitsch", "ovic", "evic", "ovics", "ovitj", "ovytj", "ovitx", "avich",
)  # fmt: skip

_TYPED_DATE = re.compile("([12][0-9]{3})-([0-9]{2})-([0-9]{2})", re.ASCII)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One list. Arrays have one entry for each person; -1 is "no word", "no text" or "no code", 0 is "no such date part"."""

    ids: tuple[str, ...]
    words: Words
    #: For each word, the number of the word that is its first letter alone.
    initial: Ints
    #: For each word, the number of the masculine form of a feminine surname (its own number for all other words).
    masculine: Ints
    names: dict[str, Ints]
    birth: Ints
    captured: Ints
    texts: dict[Field, Ints]
    #: The folded texts that the numbers of `texts` stand for.
    text: tuple[str, ...]
    rank: Ints
    sex: Ints
    #: What other rooms of the comparison computed from this list once (readings of words, texts of places).
    derived: dict[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, people: Sequence[Person]) -> Columns:
        """Read the claims of each person; a person without any name or date is a row of absences."""
        parts = [_name_parts(person) for person in people]
        vocabulary = {word for one in parts for part in one.values() for word in part}
        manly_form = {word: masculine(word) for word in sorted({word for one in parts for word in one["surname"]})}
        vocabulary |= set(manly_form.values())
        vocabulary |= {word[0] for word in vocabulary}
        ordered = sorted(vocabulary) or ["?"]  # A list without any name still needs a first word.
        number = {word: place for place, word in enumerate(ordered)}
        names = {role: np.full((len(people), WIDEST), -1, np.int64) for role in ROLES}
        manly = np.arange(len(ordered))
        for word, form in manly_form.items():
            manly[number[word]] = number[form]
        for row, one in enumerate(parts):
            for role, part in one.items():
                for place, word in enumerate(part[:WIDEST]):
                    names[role][row, place] = number[word]
        text_fields = (Field.BIRTH_PLACE, Field.SERVICE_NUMBER, Field.UNIT, Field.CAPTURED_AT)
        folded = {which: [_text(person, which) for person in people] for which in text_fields}
        all_texts = sorted({text for column in folded.values() for text in column if text})
        text_number = {text: place for place, text in enumerate(all_texts)}
        return cls(
            ids=tuple(person.id for person in people),
            words=Words.of(ordered),
            initial=np.array([number[word[0]] for word in ordered], np.int64),
            masculine=manly,
            names=names,
            birth=_dates(people, Field.BIRTH_DATE),
            captured=_dates(people, Field.CAPTURED_ON),
            texts={f: np.array([text_number.get(text, -1) for text in column], np.int64) for f, column in folded.items()},
            text=tuple(all_texts),
            rank=np.array([_rank(person) for person in people], np.int64),
            sex=np.array([_code(person, Field.SEX) for person in people], np.int64),
        )


#: Endings of feminine surnames and what the masculine form has in their place.
_FEMININE = (
    ("ська", "ський"), ("цька", "цький"), ("ская", "ский"), ("цкая", "цкий"), ("ова", "ов"), ("ева", "ев"), ("єва", "єв"),
    ("іна", "ін"), ("їна", "їн"), ("ина", "ин"), ("skaia", "skii"), ("skaya", "skiy"), ("skaja", "skij"), ("ska", "skyi"),
    ("tska", "tskyi"), ("ova", "ov"), ("eva", "ev"), ("ina", "in"), ("yna", "yn"),
)  # fmt: skip


def masculine(word: str) -> str:
    """The masculine form of a surname that looks feminine; any other word as it is.

    >>> masculine("вигаданська"), masculine("ivanova"), masculine("коваль")
    ('вигаданський', 'ivanov', 'коваль')
    """
    for feminine, form in _FEMININE:
        if len(word) > len(feminine) + 1 and word.endswith(feminine):
            return word[: -len(feminine)] + form
    return word


def _looks_patronymic(word: str) -> bool:
    return len(word) > 5 and word.endswith(PATRONYMIC_ENDINGS)


def _name_parts(person: Person) -> dict[str, tuple[str, ...]]:
    """The words of each part of the name; a whole name in one cell is taken apart, a patronymic beside a given name moved."""
    part = {role: words(person.text(field) or "") for role, field in _FIELD_OF.items()}
    if not part["patronymic"]:
        part["patronymic"] = words(person.text(Field.FATHER_NAME) or "")
    if not part["given"] and not part["patronymic"] and len(part["surname"]) in {2, 3}:
        whole = part["surname"]
        last = len(whole) == 3 and _looks_patronymic(whole[1]) and not _looks_patronymic(whole[2])
        surname, rest = (whole[2:], whole[:2]) if last else (whole[:1], whole[1:])
        part |= {"surname": surname, "given": rest[:1], "patronymic": rest[1:]}
    elif not part["surname"] and not part["patronymic"] and len(part["given"]) == 3:
        whole = part["given"]
        part |= {"surname": whole[2:], "given": whole[:1], "patronymic": whole[1:2]}
        if _looks_patronymic(whole[2]):
            part |= {"surname": whole[:1], "given": whole[1:2], "patronymic": whole[2:]}
    elif (
        not part["patronymic"]
        and len(part["given"]) == 2
        and (_looks_patronymic(part["given"][1]) or len(part["given"][1]) == 1)
    ):
        part |= {"given": part["given"][:1], "patronymic": part["given"][1:]}
    return part


def _text(person: Person, field: Field) -> str:
    text = fold(person.text(field) or "")
    return text.replace(" ", "") if field is Field.SERVICE_NUMBER else text


def _dates(people: Sequence[Person], field: Field) -> Ints:
    out = np.zeros((len(people), 3), np.int64)
    for row, person in enumerate(people):
        if (day := person.date(field)) is not None:
            out[row] = day.year, day.month or 0, day.day or 0
        elif (typed := _TYPED_DATE.fullmatch(person.written(field).strip())) is not None:
            # No such day exists, but a slip of one digit in a true date still points to it.
            out[row] = [int(part) for part in typed.groups()]
    return out


def _code(person: Person, field: Field) -> int:
    text = person.text(field)
    return CODES[field].index(text) if text in CODES[field] else -1


def _rank(person: Person) -> int:
    """The place of the rank in the ladder; a list that numbers its ranks is read by its numbers."""
    code = _code(person, Field.RANK)
    if code >= 0:
        return code
    written = person.written(Field.RANK).strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 2 else -1
