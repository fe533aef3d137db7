"""How a Ukrainian word is written in Russian, and a Russian surname in Ukrainian, by the usual rules of the two languages.

These are the rules by which a clerk writes a name by ear of the letter, without knowing the person. Given names have their
own pairs (`given_names`), because Микола is Николай and no rule of letters says so.

Source for the second function: Ukrainian Orthography 2019, sections 144 and 145 (surnames and place names of Slavic origin).

>>> ukrainian_in_russian("Лук'яненко"), ukrainian_in_russian("Ярошівський")
('Лукьяненко', 'Ярошивский')
>>> [russian_in_ukrainian(name) for name in ("Соловьёв", "Сергеев", "Ильин", "Шишкин", "Зайцев")]
['Соловйов', 'Сергєєв', 'Ільїн', 'Шишкін', 'Зайцев']
"""

from __future__ import annotations

import re
from functools import lru_cache

_UK_TO_RU = str.maketrans("іїєґІЇЄҐ", "ииегИИЕГ")
#: Roots common to both languages keep their и where other Russian surnames turn it into і.
_KEEPS_I = re.compile(
    "анисим|борис|васил|виноград|вишн|гаврил|герасим|григор|гриш|данил|денис|дмитр|калин|кирил|клим|константин|криво|"
    "липов|максим|мирон|митрофан|михай|никифор|пирож|родион|рыбак|сидор|синиц|смирн|тимоф|тит|тихо|трофим|харитон|широк"
)
_VOWELS = "аеёиоуыэюяіїє"
_HUSHING = "жчшщц"
#: Before я, ю, є, ї Ukrainian writes an apostrophe after these letters where Russian writes a soft sign.
_TAKES_APOSTROPHE = "бпвмфкгхржчшщ"


@lru_cache(maxsize=100_000)
def ukrainian_in_russian(word: str, *, hard_vowel: bool = False) -> str:
    """Write a Ukrainian word with Russian letters. `hard_vowel` writes Ukrainian и as ы, as some do (Лисенко, Лысенко)."""
    text = word.replace("ʼ", "'").replace("’", "'")
    text = re.sub(r"ськ(ий|а|е)$", r"ск\1", text)
    text = re.sub(r"цьк(ий|а|е)$", r"цк\1", text)
    text = re.sub(r"ськ$", "ск", re.sub(r"цьк$", "цк", text))
    text = re.sub(r"ьо", "ё", text)
    text = re.sub(r"(?<=[бпвмф])йо", "ьё", text)
    text = re.sub(r"'(?=[єїюя])", "ь", text)
    text = re.sub(r"'", "", text)
    if hard_vowel:
        # The adjective ending keeps its и, and no и follows к, г, х or a hushing letter as ы in Russian spelling.
        text = re.sub(r"(?<=[бвдзлмнпрстфБВДЗЛМНПРСТФ])и(?!й$)", "ы", text)
    text = re.sub(r"ець$", "ец", text)
    return text.translate(_UK_TO_RU)


@lru_cache(maxsize=100_000)
def russian_in_ukrainian(word: str) -> str:
    """Write a Russian surname or place name with Ukrainian letters."""
    lower = word.lower()
    common = _KEEPS_I.match(lower)
    kept = common.end() if common is not None else 0
    out: list[str] = []
    for i, letter in enumerate(lower):
        if letter == "и" and 0 < i < kept:
            out.append("и")
            continue
        before = lower[i - 1] if i else ""
        rest = lower[i:]
        out.append(_one(letter, before, rest, start=i == 0))
    text = "".join(out)
    text = re.sub(r"(?<=[бпвмфкгхрж])ь(?=[яюєї])", "'", text)
    text = re.sub(r"'(?=[^яюєї]|$)", "", text)
    # A soft sign and йо make one sound: Соловьйов is written Соловйов.
    text = text.replace("ьйо", "йо")
    return text[:1].upper() + text[1:] if word[:1].isupper() else text


def _one(letter: str, before: str, rest: str, *, start: bool) -> str:
    soft_before = start or before in _VOWELS or before in "йьъ"
    match letter:
        case "е":
            if soft_before:
                return "є"
            # The suffix -ев, -еев is -єв, -єєв, but not after a hushing letter, ц or р.
            return "є" if re.match(r"(ев|еев|еева|ева)$", rest) and before not in _HUSHING + "р" else "е"
        case "ё":
            if before in _HUSHING and before:
                return "о"
            return "йо" if soft_before or before in "бпвмф" else "ьо"
        case "и":
            if re.match(r"(ий|ого|ому)$", rest) and not start:
                return "и"
            if before and (before in _VOWELS or before in "ьъ"):
                return "ї"
            # After a hushing letter и stays before a consonant, except in the endings -ин and -ина of surnames in -кин.
            return "и" if before and before in _HUSHING else "і"
        case "ы":
            return "и"
        case "э":
            return "е"
        case "ъ":
            return "'"
        case "с" if re.match(r"ск(ий|ая|ое|ого)$", rest):
            return "сь"
        case "ц" if re.match(r"цк(ий|ая|ое|ого)$", rest):
            return "ць"
        case "я" if re.match(r"я$", rest) and before == "а":
            return ""
        case _:
            return letter
