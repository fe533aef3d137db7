"""How another clerk writes the same name: his language and script, and the slips of his hand.

A *habit* says in which language and script a clerk writes, and whether he translates a given name (Микола, Николай) or writes
it down letter by letter (Микола). A *slip* damages one text. Slips never fail and never return an empty text.

>>> names = {"uk": FullName("Лисенко", "Микола", "Юрійович", "Юрій"), "ru": FullName("Лысенко", "Николай", "Юрьевич", "Юрий")}
>>> for habit in ("ru", "ru-letters", "uk-2010", "uk-pl-plain"):
...     written = write_name(names, "uk", HABITS[habit])
...     print(written.surname, written.given, written.patronymic)
Лысенко Николай Юрьевич
Лисенко Микола Юрийович
Lysenko Mykola Yuriiovych
Lysenko Mykola Jurijowycz
>>> without_apostrophe("В'ячеслав", Random(1)), capitals("Лисенко", Random(1))
('Вячеслав', 'ЛИСЕНКО')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from homeward.invented.orthography import russian_in_ukrainian, ukrainian_in_russian
from homeward.invented.person import FullName
from homeward.invented.romanise import romanise


@dataclass(frozen=True, slots=True)
class Habit:
    """`language` is the form that is written or romanised; `how` is by the pairs of names or by letters; `scheme` romanises."""

    language: Literal["uk", "ru"]
    how: Literal["pairs", "letters", "hard letters"] = "pairs"
    scheme: str = ""


#: Every habit by its name.
HABITS: Mapping[str, Habit] = {
    "uk": Habit("uk"),
    "ru": Habit("ru"),
    "uk-letters": Habit("uk", "letters"),
    "ru-letters": Habit("ru", "letters"),
    "ru-hard-letters": Habit("ru", "hard letters"),
    "uk-2010": Habit("uk", scheme="uk-2010"),
    "uk-2007": Habit("uk", scheme="uk-2007"),
    "uk-de": Habit("uk", scheme="uk-de"),
    "uk-fr": Habit("uk", scheme="uk-fr"),
    "uk-pl": Habit("uk", scheme="uk-pl"),
    "uk-pl-plain": Habit("uk", scheme="uk-pl-plain"),
    "ru-1997": Habit("ru", scheme="ru-1997"),
    "ru-icao": Habit("ru", scheme="ru-icao"),
    "ru-de": Habit("ru", scheme="ru-de"),
    "ru-fr": Habit("ru", scheme="ru-fr"),
    "ru-pl": Habit("ru", scheme="ru-pl"),
    "ru-pl-plain": Habit("ru", scheme="ru-pl-plain"),
}


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as one clerk writes it; `maiden` is "" when there is none."""

    surname: str
    given: str
    patronymic: str
    maiden: str = ""


def write_name(names: Mapping[str, FullName], nation: str, habit: Habit) -> WrittenName:
    """The name of a person of `nation` as a clerk of this habit writes it."""
    own, other = names[nation], names[habit.language]
    if habit.how == "pairs" or habit.language == nation:
        parts = (other.surname, other.given, other.patronymic, other.maiden)
    else:
        by_letter = _letters(nation, habit)
        parts = (by_letter(own.surname), by_letter(own.given), by_letter(own.patronymic), by_letter(own.maiden))
    if habit.scheme:
        return WrittenName(*(romanise(part, habit.scheme, habit.language) for part in parts))
    return WrittenName(*parts)


def _letters(nation: str, habit: Habit) -> Callable[[str], str]:
    if nation == "ru":
        return russian_in_ukrainian
    return lambda word: ukrainian_in_russian(word, hard_vowel=habit.how == "hard letters")


#: Rows of the two keyboards; a neighbour is the next key in the row.
_KEYS = ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю", "йцукенгшщзхъ", "фывапролджэ", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LOOK_ALIKES = str.maketrans("аеіорсухАВЕКМНОРСТХІ", "aeiopcyxABEKMHOPCTXI")


def _letter_at(text: str, rng: Random) -> int | None:
    """The place of a letter other than the first one (first letters are rarely mistaken); None in a text of one letter."""
    places = [i for i, char in enumerate(text) if i and char.isalpha()]
    return rng.choice(places) if places else None


def neighbour_letter(text: str, rng: Random) -> str:
    """One letter replaced by its neighbour on the keyboard."""
    place = _letter_at(text, rng)
    if place is None:
        return text
    letter = text[place].lower()
    for row in _KEYS:
        at = row.find(letter)
        if at >= 0:
            other = row[at + 1] if at + 1 < len(row) and (at == 0 or rng.random() < 0.5) else row[at - 1]
            return text[:place] + (other.upper() if text[place].isupper() else other) + text[place + 1 :]
    return text


def doubled_letter(text: str, rng: Random) -> str:
    """One letter typed twice."""
    place = _letter_at(text, rng)
    return text if place is None else text[:place] + text[place] + text[place:]


def dropped_letter(text: str, rng: Random) -> str:
    """One letter left out; a text of two letters or fewer stays whole."""
    place = _letter_at(text, rng)
    return text if place is None or len(text) < 3 else text[:place] + text[place + 1 :]


def swapped_letters(text: str, rng: Random) -> str:
    """Two letters in each other's place."""
    place = _letter_at(text, rng)
    if place is None or place + 1 >= len(text) or not text[place + 1].isalpha():
        return text
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def look_alike(text: str, rng: Random) -> str:
    """Cyrillic letters read as Latin ones by a machine that reads paper: one to three of them."""
    places = [i for i, char in enumerate(text) if char != char.translate(_LOOK_ALIKES)]
    if not places:
        return text
    chosen = set(rng.sample(places, k=min(len(places), rng.randint(1, 3))))
    return "".join(char.translate(_LOOK_ALIKES) if i in chosen else char for i, char in enumerate(text))


def without_yo(text: str, _rng: Random) -> str:
    """е for ё, as Russian is usually typed."""
    return text.replace("ё", "е").replace("Ё", "Е")


def without_apostrophe(text: str, _rng: Random) -> str:
    """The apostrophe left out; a text of nothing else stays as it is."""
    return text.replace("'", "") or text


def capitals(text: str, _rng: Random) -> str:
    """All in capitals."""
    return text.upper()


Slip = Callable[[str, Random], str]

#: Every slip by its name.
SLIPS: Mapping[str, Slip] = {
    "neighbour_letter": neighbour_letter,
    "doubled_letter": doubled_letter,
    "dropped_letter": dropped_letter,
    "swapped_letters": swapped_letters,
    "look_alike": look_alike,
    "without_yo": without_yo,
    "without_apostrophe": without_apostrophe,
    "capitals": capitals,
}
