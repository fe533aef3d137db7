"""A dictionary attack: given public bytes and candidate names and dates, who can be found?

An attacker who can guess a value tries it in every form in which careless software might have left it: as plain text in some
encoding, or as a digest with no salt or with a salt that is public. The attack is a set look-up: every word, every base64
or hexadecimal text of the public bytes is a target, and every guess in every form is tried against the targets.

`found` is used on the files of this room here, and may be used by other rooms' tests on whatever they publish.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence

_HASHES = (
    *(hashlib.md5, hashlib.sha1, hashlib.sha224, hashlib.sha256, hashlib.sha384, hashlib.sha512),
    *(hashlib.sha3_256, hashlib.blake2b, hashlib.blake2s),
)
_FIELDS = ("surname", "given_names", "name", "birth_date", "rank")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-u", "iso8859-5", "cp866")
_CODED = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_DIGEST_LENGTHS = (16, 20, 28, 32, 48, 64)
#: Texts whose first so many bytes stand together nowhere are not looked for in the whole: most of them, and it saves most of the time.
_PIECE = 6


def found(public: bytes, candidates: Iterable[str], public_salts: Sequence[bytes] = ()) -> list[str]:
    """The candidates that `public` gives away, in the order of the candidates.

    `public_salts` are values that an attacker would try as salts or keys besides the empty one: ids, roots, codes.
    """
    targets, pieces = _targets(public), _pieces(public)
    salts = [b"", *public_salts]
    return [
        word
        for word in candidates
        if _is_plain(word, public, pieces) or any(guess in targets for guess in _digests(word, salts))
    ]


def _targets(public: bytes) -> frozenset[bytes]:
    """Every digest-like value of the public bytes, and its first 16 bytes, since digests are often cut."""
    values: set[bytes] = set()
    for text in _CODED.findall(public):
        if re.fullmatch(rb"[0-9a-fA-F]+", text) and len(text) % 2 == 0:
            values.add(bytes.fromhex(text.decode()))
        plain = text.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        if len(plain) % 4 != 1:
            values.add(b64decode(plain + b"=" * (-len(plain) % 4)))
    return frozenset(value[:16] for value in values if len(value) in _DIGEST_LENGTHS)


def _pieces(public: bytes) -> frozenset[bytes]:
    return frozenset(public[start : start + _PIECE] for start in range(len(public) - _PIECE + 1))


def _is_plain(word: str, public: bytes, pieces: frozenset[bytes]) -> bool:
    return any((len(text) < _PIECE or text[:_PIECE] in pieces) and text in public for text in _plain_texts(word))


def _plain_texts(word: str) -> frozenset[bytes]:
    """Every text in which careless software may have left the word as it is, each once: most encodings agree on most words."""
    texts: set[bytes] = set()
    for form in _forms(word):
        texts.add(json.dumps(form).encode()[1:-1])
        for encoding in _ENCODINGS:
            try:
                data = form.encode(encoding)
            except UnicodeEncodeError:
                continue
            texts |= {data, data.hex().encode(), *_base64_middles(data)}
    return frozenset(texts)


def _base64_middles(data: bytes) -> Iterator[bytes]:
    """The letters that `data` has inside a longer base64 text, for each of the three places where it may begin."""
    for shift in range(3):
        coded = urlsafe_b64encode(bytes(shift) + data)
        middle = coded[(shift * 8 + 5) // 6 : (shift + len(data)) * 8 // 6]
        if len(middle) >= 8:
            yield middle
            yield middle.replace(b"-", b"+").replace(b"_", b"/")


def _forms(word: str) -> set[str]:
    forms = {word, word.lower(), word.upper(), word.title()}
    return forms | {unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD") for text in forms}


def _framed(word: str) -> Iterator[str]:
    yield word
    yield json.dumps(word)
    yield json.dumps(word, ensure_ascii=False)
    yield word + "\n"
    for field in _FIELDS:
        for separators in ((",", ":"), (", ", ": ")):
            for ascii_only in (True, False):
                for shape in ([field, word], {field: word}, ["", field, word]):
                    yield json.dumps(shape, separators=separators, ensure_ascii=ascii_only)
        yield f"{field}={word}"
        yield f"{field}:{word}"
        yield f"{field}{word}"


def _digests(word: str, salts: Sequence[bytes]) -> Iterator[bytes]:
    for form in _forms(word):
        for text in _framed(form):
            data = text.encode("utf-8")
            for message in (data, urlsafe_b64encode(data).rstrip(b"="), b"\x00" + data):
                for salt in salts:
                    for digest in _HASHES:
                        yield digest(salt + message).digest()[:16]
                        if salt:
                            yield digest(message + salt).digest()[:16]
                    yield hmac.digest(salt, message, "sha256")[:16]
