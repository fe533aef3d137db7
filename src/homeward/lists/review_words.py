"""Words on a review sheet: headings, what an officer may write as a decision, and the names of the fields shown.

Headings and decisions are read in any of the three languages, whatever language the sheet was written in.

>>> read_ruling("  Та  сама "), read_ruling("НЕ ТОТ"), read_ruling("sme") is None
(<Ruling.SAME: 'same'>, <Ruling.DIFFERENT: 'different'>, True)
"""

from __future__ import annotations

from collections.abc import Mapping

from homeward.lists.decisions import Question, Ruling
from homeward.people import FIELD_NAMES, Field

#: Column key -> heading (en, uk), in the order of the sheet.
HEADINGS: Mapping[str, tuple[str, str]] = {
    "pair": ("Pair", "Пара"),
    "question": ("Question", "Питання"),
    "probability": ("Sure", "Певність"),
    "left_id": ("Entry", "Запис"),
    "left": ("On the list", "У списку"),
    "right_id": ("Other record", "Інший запис"),
    "right": ("In the other record", "В іншому записі"),
    "differs": ("Differs in", "Розбіжності"),
    "reasons": ("Reasons", "Підстави"),
    "decision_1": ("Decision 1", "Рішення 1"),
    "officer_1": ("Officer 1", "Посадова особа 1"),
    "decision_2": ("Decision 2", "Рішення 2"),
    "officer_2": ("Officer 2", "Посадова особа 2"),
    "check": ("Check (do not change)", "Контроль (не змінювати)"),
}

#: Words for each ruling. The first of each language is the one that the sheet offers. "Yes" and "no" are not among them: they
#: would answer the question as it is worded, and the questions are worded differently.
RULING_WORDS: Mapping[Ruling, Mapping[str, tuple[str, ...]]] = {
    Ruling.SAME: {
        "en": ("same", "same person"),
        "uk": ("та сама", "та сама особа", "той самий", "одна особа", "однакові"),
        "ru": ("то же лицо", "тот же", "та же", "тот самый", "одно лицо", "совпадает"),
    },
    Ruling.DIFFERENT: {
        "en": ("different", "different people", "not the same", "nobody"),
        "uk": ("різні", "інша", "інший", "різні особи", "не та", "не той", "нікого"),
        "ru": ("разные", "другой", "другая", "разные лица", "не тот", "не та", "никого"),
    },
    Ruling.UNSURE: {
        "en": ("unsure", "not sure", "do not know"),
        "uk": ("непевно", "не певен", "не певна", "невпевнено", "не знаю", "сумнів"),
        "ru": ("не уверен", "не уверена", "неясно", "сомнение"),
    },
}

QUESTIONS: Mapping[Question, tuple[str, str]] = {
    Question.REGISTER: ("Is this entry that person of the register?", "Чи це та особа з реєстру?"),
    Question.REPEAT: ("Are these two entries one person?", "Чи ці два записи – одна особа?"),
    Question.NOBODY: (
        "Nobody was proposed: is there anybody in the register?",
        "Нікого не запропоновано: чи є хтось у реєстрі?",
    ),
}

NOBODY_FOUND = (
    "The machine proposes nobody. Search by hand; write 'different' if there is nobody.",
    "Машина нікого не пропонує. Пошукайте вручну; якщо нікого немає, напишіть «різні».",
)
PUT_IN_BY_HAND = ("Put in by hand.", "Внесено вручну.")


def field_name(field: Field, language: str = "en") -> str:
    """The field in words, as it stands inside a sentence."""
    name = FIELD_NAMES[field][1 if language == "uk" else 0]
    return name[0].lower() + name[1:]


def fold(text: str) -> str:
    """Letters alike whatever the case, the spaces and the quotes round them."""
    return " ".join(text.split()).strip(" .\"'«»").casefold()


_WORD_TO_RULING = {
    fold(word): ruling for ruling, languages in RULING_WORDS.items() for words in languages.values() for word in words
}


def read_ruling(text: str) -> Ruling | None:
    """The ruling that an officer wrote, or None for a word that is not allowed."""
    return _WORD_TO_RULING.get(fold(text))


def offered(language: str) -> tuple[str, ...]:
    """The three words that the sheet offers in its drop-down list."""
    return tuple(RULING_WORDS[ruling][language][0] for ruling in (Ruling.SAME, Ruling.DIFFERENT, Ruling.UNSURE))
