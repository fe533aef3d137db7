"""What a card says, in English and Ukrainian."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Language = Literal["en", "uk"]

SENTENCES: Final[Mapping[str, Mapping[Language, str]]] = {
    "secret_title": {"en": "SECRET KEY of {name}", "uk": "ТАЄМНИЙ КЛЮЧ {name}"},
    "secret_1": {
        "en": "Whoever has this half can sign for you. Keep it in a safe. Make no photo and no copy.",
        "uk": "Хто має цю половину, може підписувати за вас. Тримайте її в сейфі. Не фотографуйте й не копіюйте.",
    },
    "secret_2": {
        "en": "To restore the key, scan the code or type the 27 words. Four letters of each word are enough.",
        "uk": "Щоб відновити ключ, зчитайте код або введіть 27 слів. Досить чотирьох літер кожного слова.",
    },
    "digits": {
        "en": "The restored key must show these digits: {digits}",
        "uk": "Відновлений ключ має показати ці цифри: {digits}",
    },
    "cut": {"en": "cut here", "uk": "лінія відрізу"},
    "public_title": {"en": "PUBLIC KEY of {name}", "uk": "ВІДКРИТИЙ КЛЮЧ {name}"},
    "public_1": {
        "en": "Give this half to the other parties. They read the digits aloud and compare.",
        "uk": "Віддайте цю половину іншим сторонам. Вони читають цифри вголос і звіряють.",
    },
    "public_2": {
        "en": "Received by: ______________________   Date: ______________   Signature: ______________________",
        "uk": "Отримав(ла): _____________________   Дата: ______________   Підпис: ________________________",
    },
}


def say(key: str, language: Language, **values: str) -> str:
    return SENTENCES[key][language].format(**values)
