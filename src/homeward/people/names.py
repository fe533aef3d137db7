"""Names as lists write them: capitals, notes in brackets, ranks beside the name, a full name in one column.

>>> clean_name("ШЕВЧЕНКО-ЛУК'ЯНЕНКО"), clean_name("McDONALD"), clean_name("Коваль (помер)")
(('Шевченко-Лукʼяненко', []), ('McDONALD', []), ('Коваль', ['death_in_name']))
>>> split_full_name("Тарас Петрович КОВАЛЬ")
(FullName(surname='КОВАЛЬ', given='Тарас', patronymic='Петрович'), [])
>>> split_full_name("Коваль Т.П.")
(FullName(surname='Коваль', given='Т.', patronymic='П.'), ['initials_only'])
"""

from __future__ import annotations

import re
from typing import NamedTuple

from homeward.people.person import Field
from homeward.people.text import clean, join_hyphens, repair_scripts
from homeward.people.words import code_of, plain

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?")
_DEATH = re.compile(r"\b(?:помер|умер|загину|загибл|погиб|мертв|двохсот|200|died|dead|deceased|killed)", re.IGNORECASE)
_CROSS = re.compile("[†✝☨]")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_PIECES = re.compile(r"([-\s'ʼ.]+)")
_INITIALS = re.compile(r"^([^\W\d_])\.?\s?(?:([^\W\d_])\.?)?$")
_SPLIT_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_])")

#: Endings of patronymics, in small letters and U+02BC: Ukrainian, Russian, Belarusian, and their usual Latin spellings.
PATRONYMIC_ENDINGS = (
    "ович", "евич", "йович", "ьович", "ьевич", "ійович", "івна", "ївна", "овна", "евна", "ївна", "инична", "ічна", "ична", "ілліч", "ильич",
    "ілліч", "кузьмич", "фомич", "лукич", "лукіч", "хомич", "кузьмич", "фоміч", "ович", "авіч", "эвіч", "аўна", "еўна",
    "ovych", "ovich", "evych", "evich", "yovych", "ivna", "yivna", "ovna", "evna", "ichna",
)  # fmt: skip
#: Words that make a patronymic of the word before them: Hüseyn oğlu, Гусейн оглы.
PATRONYMIC_WORDS = frozenset(
    {"оглы", "огли", "оглу", "кызы", "кизи", "гызы", "улы", "уулу", "oglu", "ogly", "oğlu", "kyzy", "qizi", "qızı", "gyzy"}
)
#: Small words inside names that keep their small letters when a name is brought out of capitals.
PARTICLES = frozenset({
    "фон", "ван", "де", "дер", "да", "аль", "ибн", "ібн", "бін", "бен",
    "von", "van", "de", "der", "da", "al", "el", "ibn", "bin", "bint", "ben",
}) | PATRONYMIC_WORDS  # fmt: skip


class FullName(NamedTuple):
    """The parts of a name as they stand in the cell; "" for a part that is not there."""

    surname: str
    given: str
    patronymic: str


def is_patronymic(word: str) -> bool:
    """Whether a word ends as patronymics do and is long enough to be one (`Попович` as a surname cannot be told apart)."""
    folded = word.casefold()
    return len(folded) >= 6 and folded.endswith(PATRONYMIC_ENDINGS)


def clean_name(text: str) -> tuple[str, list[str]]:
    """The value of a name cell, and the codes of the remarks. A cell without a letter gives ""."""
    value, remarks = clean(text)
    value, more = without_notes(value)
    remarks += more
    value = join_hyphens(value).strip(" ,;:-_/\\*")
    value, more = repair_scripts(value)
    remarks += more
    if _DIGIT.search(value):
        remarks.append("digits_in_name")
    if not _LETTER.search(value):
        return "", [code for code in remarks if code != "digits_in_name"] + (["no_letters"] if value else [])
    return title_case(value), remarks


def without_notes(text: str) -> tuple[str, list[str]]:
    """Leave out what stands in brackets, and a cross; give the codes of the remarks."""
    remarks = []
    if "(" in text or "[" in text or "{" in text:
        inside = [match.group(1) for match in _BRACKETS.finditer(text)]
        if inside:
            dead = any(_DEATH.search(note) for note in inside)
            remarks.append("death_in_name" if dead else "note_in_name")
            text = " ".join(_BRACKETS.sub(" ", text).split())
    if _CROSS.search(text):
        remarks.append("death_in_name")
        text = " ".join(_CROSS.sub(" ", text).split())
    return text, list(dict.fromkeys(remarks))


def title_case(text: str) -> str:
    """`ШЕВЧЕНКО` and `шевченко` become `Шевченко`. Text that mixes capitals and small letters is left alone (`McDonald`)."""
    upper = text.isupper()
    if not upper and not text.islower():
        return text
    if upper and len(text.rstrip(".")) < 2:
        return text
    pieces = _PIECES.split(text)
    out = []
    for at, piece in enumerate(pieces):
        lower = piece.lower()
        before = pieces[at - 1] if at else ""
        if not piece or at % 2:
            out.append(piece)
        elif lower in PARTICLES and len(pieces) > 1:
            out.append(lower)
        elif before in {"ʼ", "'"} and not (len(pieces[at - 2]) == 1 and pieces[at - 2].isascii()):
            # The Ukrainian apostrophe stands inside a word; after a single Latin letter (O', D') a new one begins.
            out.append(lower)
        elif upper and lower.startswith("mc") and len(lower) > 3:
            out.append("Mc" + lower[2:].capitalize())
        else:
            out.append(lower[:1].upper() + lower[1:])
    return "".join(out)


def take_rank(text: str) -> tuple[str, str]:
    """Split a rank off the beginning or the end of a name cell: the name and the rank as written ("" when there is none).

    Майор, Солдат and Major are surnames too. So a rank is taken only if it begins with a small letter or ends with a dot, or
    if four words or more stand in the cell; and only if something is left.
    """
    words = text.replace(",", " , ").split()
    count = sum(1 for word in words if word != ",")
    if count < 2:
        return text, ""
    for size in (3, 2, 1):
        for head in (True, False):
            taken = words[:size] if head else words[-size:]
            rest = words[size:] if head else words[:-size]
            phrase = " ".join(word for word in taken if word != ",")
            left = [word for word in rest if word != ","]
            if len(taken) < size or not left or "," in taken[1:-1] or code_of(Field.RANK, phrase) is None:
                continue
            if not (phrase[0].islower() or taken[-1].endswith(".") or count >= 4 or "," in words):
                continue
            if len(plain(phrase).replace(" ", "")) < 3:
                continue
            return " ".join(rest).replace(" ,", ",").strip(" ,"), phrase
    return text, ""


def split_full_name(text: str, *, given_first: bool = False) -> tuple[FullName, list[str]]:
    """Split `Surname Given Patronymic` or `Given Patronymic Surname`; a patronymic, a comma or capitals decide the order.

    `given_first` is what the heading says, and decides when nothing in the cell does.
    """
    text = text.strip(" ,;")
    if "," in text:
        surname, _, rest = text.partition(",")
        given, patronymic, remarks = split_given(rest.replace(",", " ").strip())
        if given:
            return FullName(surname.strip(), given, patronymic), remarks
        text = surname.strip()
    words = _SPLIT_INITIALS.sub(" ", text).split()
    if len(words) <= 1:
        return FullName(text, "", ""), ["one_word_name"]
    if words[-1].casefold() in PATRONYMIC_WORDS and len(words) >= 4:
        return _assemble(words[:1], words[1:-2], words[-2:])
    if (initials := _initials(words)) is not None:
        return initials
    if is_patronymic(words[-1]) and len(words) >= 3 and not (given_first and is_patronymic(words[-2])):
        return _assemble(words[:-2], words[-2:-1], words[-1:])
    at = next((i for i in range(1, len(words) - 1) if is_patronymic(words[i])), None)
    if at is not None:
        return _assemble(words[at + 1 :], words[:at], words[at : at + 1])
    capitals = [i for i, word in enumerate(words) if word.isupper() and len(word) > 1]
    if capitals and len(capitals) < len(words):
        if capitals == list(range(len(capitals))):
            return _assemble(words[: len(capitals)], words[len(capitals) :], [])
        if capitals == list(range(len(words) - len(capitals), len(words))):
            return _assemble(words[-len(capitals) :], words[: -len(capitals)], [])
    if given_first:
        name = FullName(words[-1], " ".join(words[:-1]), "")
        return name, ["name_order"] + (["name_split"] if len(words) > 2 else [])
    return FullName(words[0], " ".join(words[1:]), ""), ["name_split"] if len(words) > 2 else []


def split_given(text: str) -> tuple[str, str, list[str]]:
    """Split `Given Patronymic`: given name, patronymic ("" if there is none), remarks."""
    words = _SPLIT_INITIALS.sub(" ", text).split()
    if len(words) >= 3 and words[-1].casefold() in PATRONYMIC_WORDS:
        return " ".join(words[:-2]), " ".join(words[-2:]), []
    if len(words) >= 2 and is_patronymic(words[-1]):
        return " ".join(words[:-1]), words[-1], []
    if len(words) == 2 and all(_INITIALS.match(word) for word in words):
        return words[0], words[1], ["initials_only"]
    return " ".join(words), "", ["initials_only"] if len(words) == 1 and words[0].endswith(".") and len(words[0]) == 2 else []


def _initials(words: list[str]) -> tuple[FullName, list[str]] | None:
    """`Коваль Т. П.` and `Т.П. Коваль`."""
    short = [len(word.rstrip(".")) == 1 for word in words]
    if len(words) > 3 or sum(short) != len(words) - 1:
        return None
    surname = words[short.index(False)]
    initials = [word.rstrip(".") + "." for word, is_short in zip(words, short, strict=True) if is_short]
    return FullName(surname, initials[0], initials[1] if len(initials) > 1 else ""), ["initials_only"]


def _assemble(surname: list[str], given: list[str], patronymic: list[str]) -> tuple[FullName, list[str]]:
    name = FullName(" ".join(surname), " ".join(given), " ".join(patronymic))
    return name, ["name_split"] if len(surname) + len(given) > 2 else []
