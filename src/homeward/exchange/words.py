"""Sentences in the languages of the verdict, kept as tables: one key, one sentence in each language.

>>> say({"en": "{count} acts", "uk": "актів: {count}"}, "uk", count=3)
'актів: 3'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "uk"]
LANGUAGES: tuple[Language, ...] = ("en", "uk")

#: One sentence in every language, with `{placeholders}` that never hold a person's name.
Sentence = Mapping[str, str]


def say(sentence: Sentence, language: str, /, **values: object) -> str:
    """The sentence in `language` (English where the language is not one of ours) with its placeholders filled in."""
    return sentence.get(language, sentence["en"]).format(**values)
