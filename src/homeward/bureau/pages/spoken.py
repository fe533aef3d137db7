"""In which language the rooms below speak on a page, and their sentences in the languages that they do not speak themselves.

The rooms tell everything in English and in Ukrainian. Sentences that they put together out of many parts (the terms in words, why
somebody is not in the plan, the verdict) are shown in one of these two: `language()`. Whatever stands in a table is told in all five:
`told(…)`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from django.utils.translation import get_language

from homeward import lists
from homeward.bureau.pages.phrases import CARRIED, LANGUAGES, PHRASES
from homeward.people import FIELD_NAMES, REMARKS, Field, Remark


def language() -> Literal["en", "uk"]:
    """`uk` or `en`: people, lists, terms, planning and the exchange tell their sentences in these."""
    return "uk" if (get_language() or "").startswith("uk") else "en"


def told(said: Mapping[str, str] | Sequence[str], /, **values: object) -> str:
    """A sentence out of a table of the rooms below, in the language of the page, with its placeholders filled in.

    `said` is that table's row: English and Ukrainian, by language or in this order. What no table of ours knows is told in English.
    """
    english, ukrainian = (said["en"], said["uk"]) if isinstance(said, Mapping) else said
    page = (get_language() or "")[:2]
    sentence = ukrainian if page == "uk" else english
    if page in LANGUAGES and english in PHRASES:
        sentence = PHRASES[english][LANGUAGES.index(page)]
    return sentence.format(**values) if values else sentence


def field_name(field: Field) -> str:
    """What a field of a person is called."""
    return told(FIELD_NAMES[field])


def carried_title(name: str) -> str:
    """What the thing is called that an answer carries; a name that no table knows is shown as it is."""
    page = (get_language() or "")[:2]
    if page in LANGUAGES and name in CARRIED:
        return CARRIED[name][LANGUAGES.index(page)]
    return told(lists.CARRIED[name]) if name in lists.CARRIED else name


def remark_text(remark: Remark) -> str:
    """What the reader of lists remarks, headed by the field it is about."""
    sentence = told(REMARKS[remark.code][1:], **dict(remark.details))
    return f"{field_name(remark.field)}: {sentence}" if remark.field is not None else sentence[0].upper() + sentence[1:]
