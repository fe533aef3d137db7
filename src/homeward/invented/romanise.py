"""Cyrillic names in Latin letters, by published tables and by the habits of other languages.

| scheme        | source                                                                                              |
|---------------|-----------------------------------------------------------------------------------------------------|
| `uk-2010`     | Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010 (official, passports since then)   |
| `uk-2007`     | passports of Ukraine before that (resolution 858 of 26 July 2007)                                    |
| `ru-1997`     | passports of Russia, Ministry of the Interior order 310 of 26 May 1997 (soft sign left out as typed) |
| `ru-icao`     | ICAO Doc 9303 part 3, section 6; passports of Russia since 2013                                      |
| `de`          | German (Duden) transcription                                                                         |
| `fr`          | French transcription                                                                                 |
| `pl`, `pl-plain` | Polish transcription, and the same typed without diacritics                                       |

>>> [romanise(name, "uk-2010") for name in ("Згурський", "Юрій", "Знам'янко", "Їжакевич")]
['Zghurskyi', 'Yurii', 'Znamianko', 'Yizhakevych']
>>> [romanise("Щербаков Юрий", scheme) for scheme in ("ru-1997", "ru-icao", "de", "fr")]
['Shcherbakov Yuriy', 'Shcherbakov Iurii', 'Schtscherbakow Juri', 'Chtcherbakov Iouri']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of writing one language in Latin letters.

    `clusters` are tried first, in order, and may use look-around; then `initial` for a letter at the start of a word, then
    `open` for a letter after a vowel, a soft or hard sign or an apostrophe, then `letters`.
    """

    language: str
    letters: Mapping[str, str]
    initial: Mapping[str, str] = field(default_factory=dict)
    open: Mapping[str, str] = field(default_factory=dict)
    clusters: tuple[tuple[str, str], ...] = ()


def _table(pairs: str) -> dict[str, str]:
    """ "а=a ь=" -> {"а": "a", "ь": ""}."""
    return {left: right for left, _, right in (pair.partition("=") for pair in pairs.split())}


_PLAIN = _table("а=a б=b в=v д=d з=z к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f")
_ENGLISH = _PLAIN | _table("ж=zh х=kh ц=ts ч=ch ш=sh щ=shch ь= '=")
_GERMAN = _PLAIN | _table("в=w ж=sch з=s х=ch ц=z ч=tsch ш=sch щ=schtsch ь= '= ъ=")
_FRENCH = _PLAIN | _table("у=ou ж=j х=kh ц=ts ч=tch ш=ch щ=chtch ь= '= ъ=")
_POLISH = _PLAIN | _table("в=w ж=ż л=ł х=ch ц=c ч=cz ш=sz щ=szcz ь= '= ъ=")
_J = _table("є=je ї=ji ю=ju я=ja")
#: Polish writes a softened consonant with an accent or an i, and л before a soft vowel without its stroke.
_POLISH_CLUSTERS = (
    (r"л(?=[еєіиїюяёь])", "l"),
    (r"ль", "l"),
    (r"нь", "ń"),
    (r"сь(?=[кц])", "s"),
    (r"цьк", "ck"),
    (r"сь", "ś"),
    (r"зь", "ź"),
    (r"ць", "ć"),
)

SCHEMES: Mapping[str, Scheme] = {
    "uk-2010": Scheme(
        "uk",
        _ENGLISH | _table("г=h ґ=g е=e є=ie и=y і=i ї=i й=i ю=iu я=ia"),
        initial=_table("є=ye ї=yi й=y ю=yu я=ya"),
        clusters=((r"зг", "zgh"),),
    ),
    "uk-2007": Scheme("uk", _ENGLISH | _table("г=g ґ=g е=e є=ie и=y і=i ї=i й=i ю=iu я=ia")),
    "uk-de": Scheme("uk", _GERMAN | _table("г=h ґ=g е=e є=je и=y і=i ї=ji й=j ю=ju я=ja"), clusters=((r"(?<=[иі])й\b", ""),)),
    "uk-fr": Scheme(
        "uk",
        _FRENCH | _table("г=h ґ=g е=e є=ie и=y і=i ї=ï й=ï ю=iou я=ia"),
        initial=_table("є=ye ї=yi я=ya й=y"),
        clusters=((r"(?<=[иі])й\b", ""),),
    ),
    "uk-pl": Scheme(
        "uk",
        _POLISH | _table("г=h ґ=g е=e є=ie и=y і=i ї=ji й=j ю=iu я=ia"),
        initial=_J,
        open=_J,
        clusters=(*_POLISH_CLUSTERS, (r"ий\b", "y")),
    ),
    "ru-1997": Scheme(
        "ru",
        _ENGLISH | _table("г=g е=e ё=e и=i й=y ъ= ы=y э=e ю=yu я=ya"),
        initial=_table("е=ye ё=ye"),
        open=_table("е=ye ё=ye"),
    ),
    "ru-icao": Scheme("ru", _ENGLISH | _table("г=g е=e ё=e и=i й=i ъ=ie ы=y э=e ю=iu я=ia")),
    "ru-de": Scheme(
        "ru",
        _GERMAN | _table("г=g е=e ё=jo и=i й=i ы=y э=e ю=ju я=ja"),
        initial=_table("е=je"),
        open=_table("е=je с=ss"),
        clusters=((r"(?<=[иы])й\b", ""), (r"(?<=[жчшщ])ё", "o"), (r"кс", "x"), (r"с(?![аеёиоуыэюя])", "s")),
    ),
    "ru-fr": Scheme(
        "ru",
        _FRENCH | _table("г=g е=e ё=io и=i й=ï ы=y э=e ю=iou я=ia"),
        initial=_table("е=e"),
        open=_table("е=ïe с=ss"),
        clusters=(
            (r"(?<=[иы])й\b", ""),
            (r"г(?=[еёиы])", "gu"),
            (r"(?<=[ьъ])е", "ie"),
            (r"ин\b", "ine"),
            (r"с(?![аеёиоуыэюя])", "s"),
        ),
    ),
    "ru-pl": Scheme(
        "ru",
        _POLISH | _table("г=g е=ie ё=io и=i й=j ы=y э=e ю=iu я=ia"),
        initial=_J | _table("е=je ё=jo"),
        open=_J | _table("е=je ё=jo"),
        clusters=(
            *_POLISH_CLUSTERS,
            (r"(?<=[лжчшщц])е", "e"),
            (r"(?<=[кг])ий\b", "i"),
            (r"[иы]й\b", "ij"),
            (r"(?<=[жшц])и", "y"),
        ),
    ),
}

_OPENS = frozenset("аеёиоуыэюяєіїьъ'")
_POLISH_PLAIN = str.maketrans("łŁ", "lL")


def scheme_for(scheme: str, language: str) -> str:
    """The full name of a habit for a language: `de` is `uk-de` or `ru-de`. Raises `ValueError` when there is none."""
    for name in (scheme, f"{language}-{scheme}"):
        if name in SCHEMES:
            return name
    raise ValueError(f"no such scheme for {language}: {scheme}")


def romanise(text: str, scheme: str, language: str = "") -> str:
    """Write Cyrillic `text` by `scheme`. Letters that the scheme does not know stay as they are.

    `de`, `fr`, `pl` and `pl-plain` pick the table of `language`; without it Ukrainian is taken when the text has a letter that
    only Ukrainian has.
    """
    plain = scheme.endswith("-plain")
    base = scheme.removesuffix("-plain")
    if base not in SCHEMES:
        base = scheme_for(base, language or ("uk" if re.search("[іїєґІЇЄҐ']", text) else "ru"))
    latin = re.sub(r"[\w'ʼ’]+", lambda match: _word(match.group(), base), text)
    return _undress(latin) if plain else latin


@lru_cache(maxsize=200_000)
def _word(word: str, scheme: str) -> str:
    rules = SCHEMES[scheme]
    lower = word.lower().replace("ʼ", "'").replace("’", "'")
    out: list[str] = []
    i = 0
    while i < len(lower):
        for pattern, replacement in rules.clusters:
            match = re.compile(pattern).match(lower, i)
            if match is not None:
                out.append(replacement)
                i = match.end()
                break
        else:
            letter = lower[i]
            if i == 0 and letter in rules.initial:
                out.append(rules.initial[letter])
            elif i and lower[i - 1] in _OPENS and letter in rules.open:
                out.append(rules.open[letter])
            else:
                out.append(rules.letters.get(letter, letter))
            i += 1
    text = "".join(out)
    if word.isupper() and len(word) > 1:
        return text.upper()
    return text[:1].upper() + text[1:] if word[:1].isupper() else text


def _undress(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.translate(_POLISH_PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
