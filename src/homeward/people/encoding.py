"""Which encoding a text file is in, by rules that can be explained.

1. A byte order mark decides.
2. A text whose every second byte is zero or the high byte of Cyrillic is UTF-16.
3. What decodes as strict UTF-8 is UTF-8.
4. A text that is UTF-8 but for a few damaged bytes is UTF-8 with damage, which is counted.
5. Otherwise windows-1251, KOI8-U, IBM866, MacCyrillic and ISO 8859-5 are tried. Each decoding earns a point for every frequent
   Cyrillic letter, and loses for capitals after small letters (KOI8 read as windows-1251 turns every word inside out) and
   for signs that lists do not use. The best wins if its letters look like Ukrainian or Russian at all.
6. Only then is a statistical guesser asked (`charset-normalizer`), for Turkish, Arabic and the rest.

>>> decode("Прізвище;Ім'я\\nКоваль;Ірина".encode("koi8-u")).encoding
'koi8-u'
>>> decode("ПРІЗВИЩЕ".encode("utf-16")).encoding
'utf-16'
"""

from __future__ import annotations

import re
from typing import NamedTuple

from charset_normalizer import from_bytes

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: Small letters by how often they stand in Ukrainian and Russian text; a name list is close enough to tell encodings apart.
_FREQUENT = dict.fromkeys("оаинівертскл", 1.0) | dict.fromkeys("дпмуяьзгбйхчю", 0.5) | dict.fromkeys("жцшщєїґыъэфё", 0.2)
_USUAL_SIGNS = frozenset("№«»–—’‘“”…°§\u00a0\u00ad")
_INSIDE_OUT = re.compile("[а-яёіїєґ][А-ЯЁІЇЄҐ]")
_CANDIDATES = ("cp1251", "koi8-u", "cp866", "mac-cyrillic", "iso8859-5")
_SAMPLE = 200_000
_TELLING = 0.45


class Decoded(NamedTuple):
    """The text, the name of its encoding, and how many characters were damaged."""

    text: str
    encoding: str
    damaged: int


def decode(data: bytes) -> Decoded | None:
    """Decode a text file, or None when no rule tells its encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_damage(data, encoding)
    wide = _wide(data)
    if wide:
        return _with_damage(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    nearly = _with_damage(data, "utf-8")
    many = sum(1 for byte in data[:_SAMPLE] if byte >= 0xC0)
    if nearly.damaged * 50 <= many:
        return nearly
    sample = data[:_SAMPLE]
    score, _, encoding = max((cyrillic_score(sample, name), -at, name) for at, name in enumerate(_CANDIDATES))
    if score >= _TELLING:
        return _with_damage(data, encoding)
    best = from_bytes(sample).best()
    return _with_damage(data, best.encoding) if best is not None else None


def cyrillic_score(data: bytes, encoding: str) -> float:
    """How much the high bytes of a text look like Cyrillic words in this encoding: 1 is a perfect text, below 0 is rubbish."""
    high = sum(1 for byte in data if byte >= 0x80)
    if not high:
        return 0.0
    text = data.decode(encoding, "replace")
    points = 0.0
    for letter in text:
        if letter < "\x80" or letter in _USUAL_SIGNS:
            continue
        points += _FREQUENT.get(letter.lower(), -1.0)
    return (points - 2.0 * len(_INSIDE_OUT.findall(text))) / high


def _wide(data: bytes) -> str | None:
    sample = data[: 4096 & ~1]
    if len(sample) < 4:
        return None
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[start::2]
        low = sample[1 - start :: 2]
        if sum(byte in {0, 4} for byte in high) >= 0.9 * len(high) and sum(byte in {0, 4} for byte in low) < 0.3 * len(low):
            return encoding
    return None


def _with_damage(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd"))
