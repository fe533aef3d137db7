"""Words of Arabic names: the article is left out, names made of several words become one word, "son of" is no name.

The article is written apart, with a hyphen, joined or not at all, and takes the sound of the letter after it (al-Bakri, El Bakri, Bakri,
ash-Shami). In Arabic letters it begins with a bare alif; a foreign name that begins so is written with a hamza (ألكسندر, Alexander), and
the few that are often written without one are listed. Abd al-Rahman and Nur al-Din are one name each, in however many words.

>>> without_articles("أحمد البكري"), without_articles("عبد الرحمن"), without_articles("ألكسندر")
('أحمد بكري', 'عبدالرحمن', 'ألكسندر')
>>> joined(["abd", "al", "rahman"]), joined(["al", "bakri"]), joined(["nur", "ad", "din"]), joined(["omar", "bin", "said"])
(['abdalrahman'], ['bakri'], ['nuraldin'], ['omar', 'said'])
>>> joined(["al"]), joined(["ash", "ketchum"])
(['al'], ['ash', 'ketchum'])
"""

from __future__ import annotations

import re

#: The article before a word of three letters or more, and words of one name that are written apart.
_ARTICLE = re.compile(r"(?<!\w)[اٱ]ل(?=\w{3})(?!ياس\b|هام\b|بر[تي]|كس|فريد\b|ين[اة]?\b|يسا\b|يزا)")
_SERVANT_OF, _FATHER_OF = re.compile(r"(?<!\w)(عبد)\s+(?=\w{2})"), re.compile(r"(?<!\w)([أا]بو)\s+(?=\w{2})")
_OF_FAITH = re.compile(r"(?<=\w)\s+(الدين|الله)(?!\w)")

_PLAIN_ARTICLES = frozenset({"al", "el", "ul", "il", "ال"})
#: The article before a letter whose sound it takes.
_ASSIMILATED = {"as": "s", "es": "s", "ash": "sh", "esh": "sh", "ad": "d", "ed": "d", "ud": "d", "ar": "r", "er": "r", "ur": "r", "an": "n",
                "en": "n", "at": "t", "et": "t", "az": "z", "ez": "z"}  # fmt: skip
_SERVANT = frozenset({"abd", "abdul", "abdel", "abdal", "abdur", "abdus", "abdou", "abdu"})
_FATHER = frozenset({"abu", "abo", "abou"})
_FAITH = {"din": "aldin", "deen": "aldin", "dine": "aldin", "uddin": "aldin", "eddin": "aldin", "eddine": "aldin", "aldin": "aldin",
          "eldin": "aldin", "addin": "aldin", "aldeen": "aldin", "eldeen": "aldin", "allah": "allah", "ullah": "allah"}  # fmt: skip
_SON_OF = frozenset({"bin", "ibn", "bint", "ould", "wuld", "بن", "ابن", "بنت"})
#: A list of words without any of these is left as it is.
_KNOWN = _PLAIN_ARTICLES | _ASSIMILATED.keys() | _SERVANT | _FATHER | _FAITH.keys() | _SON_OF
#: A word shorter than this after an article or "son of" is an initial or no name.
_SHORTEST = 2


def without_articles(text: str) -> str:
    """A text in Arabic letters, as it is written, without its articles; names of several words as one."""
    if "ال" not in text and "ٱل" not in text and "بو" not in text and "عبد" not in text:
        return text
    for pattern in (_SERVANT_OF, _FATHER_OF, _OF_FAITH):
        text = pattern.sub(r"\1", text)
    return _ARTICLE.sub("", text)


def joined(words: list[str]) -> list[str]:
    """Folded words of one cell, without articles and "son of", and with names of several words as one."""
    if len(words) < 2 or _KNOWN.isdisjoint(words):
        return words
    out: list[str] = []
    prefix = ""
    for place, word in enumerate(words):
        more = place + 1 < len(words) and len(words[place + 1]) >= _SHORTEST
        if prefix == "abd" and _is_article(word, words, place):
            prefix = "abdal"
        elif more and not prefix and word in _SERVANT:
            prefix = word
        elif more and not prefix and word in _FATHER:
            prefix = "abu"
        elif more and not prefix and (word in _SON_OF or _is_article(word, words, place)):
            continue
        elif out and not prefix and word in _FAITH:
            out[-1] += _FAITH[word]
        else:
            out.append(prefix + word)
            prefix = ""
    return out


def _is_article(word: str, words: list[str], place: int) -> bool:
    if place + 1 == len(words):
        return False
    after = words[place + 1]
    return word in _PLAIN_ARTICLES or (word in _ASSIMILATED and after.startswith(_ASSIMILATED[word]))
