"""The paper card of a key: a page to print once, cut, and keep for decades.

The upper half is the secret: a QR code, and 27 words with checks (see `words`) for the day when no camera reads the code. The
lower half is public: 24 digits to compare aloud, and a QR code with the public text. `restore_key` makes the key again from
the words, or from the scanned code, and compares the digits if they are given.

>>> from homeward.record.entropy import seeded
>>> from homeward.record.keys import Kind, fingerprint, make_key
>>> key = make_key(Kind.ROOT, "UA", entropy=seeded("an example"))
>>> words = card_words(key)
>>> restore_key("UA/root", " ".join(words), digits=fingerprint(key.public_text)) == key
True
>>> restore_key("RU/root", " ".join(words), digits=fingerprint(key.public_text))
Traceback (most recent call last):
homeward.record.card.words.CardError: the digits of this key are not those of the card: check its name, PARTY/device
"""

from __future__ import annotations

from homeward.record.card.page import draw_page
from homeward.record.card.text import Language, say
from homeward.record.card.words import CardError, from_words, to_words
from homeward.record.keys import Kind, OwnKey, fingerprint, kind_of, parse_private
from homeward.record.note import COSIGNATURE, ED25519, MLDSA44, NoteError, Signer, check_name
from homeward.record.seal import HybridIdentity, SealError, X25519Identity

__all__ = ["CardError", "Language", "card_pdf", "card_text", "card_words", "restore_key"]

#: The first byte on a card: the number of a signing key's kind in a signed note, or one of these for sealing keys.
_HYBRID = 0x20
_X25519 = 0x21

#: How the text of a scanned code begins.
_CODES = ("PRIVATE+KEY+", "AGE-SECRET-KEY-")


def card_words(key: OwnKey) -> list[str]:
    """The 27 words of the card."""
    match key.secret:
        case Signer(verifier, seed):
            return to_words(bytes([verifier.kind]) + seed)
        case HybridIdentity(secret):
            return to_words(bytes([_HYBRID]) + secret)
        case X25519Identity(secret):
            return to_words(bytes([_X25519]) + secret)


def restore_key(name: str, card: str, *, digits: str | None = None) -> OwnKey:
    """The key from the words as typed, or from the text of the scanned code.

    Give the card's `digits` too: they prove that the name and the secret belong together. `CardError` names the places of
    words to read again, or says that the digits differ.
    """
    try:
        check_name(name)
    except NoteError as error:
        raise CardError(f"{error}; it stands on the card above the words") from None
    key = _from_code(name, card.strip()) if card.strip().startswith(_CODES) else _from_payload(name, from_words(card))
    if key.name != name or (digits is not None and "".join(digits.split()) != fingerprint(key.public_text).replace(" ", "")):
        raise CardError("the digits of this key are not those of the card: check its name, PARTY/device")
    return key


def _from_code(name: str, code: str) -> OwnKey:
    try:
        return parse_private(code + "\n" if code.startswith(_CODES[0]) else f"# homeward sealing key {name}\n{code}\n")
    except (NoteError, SealError) as error:
        raise CardError(f"the scanned code is damaged: {error}; scan it again or type the words") from None


def _from_payload(name: str, payload: bytes) -> OwnKey:
    number, secret = payload[0], payload[1:]
    match number:
        case 0x01 | 0x04 | 0x06:
            signer = Signer.from_seed(name, number, secret)
            return OwnKey(name, kind_of(signer), signer)
        case 0x20:
            return OwnKey(name, Kind.SEALING, HybridIdentity(secret))
        case 0x21:
            return OwnKey(name, Kind.SEALING, X25519Identity(secret))
        case _:
            raise CardError("these words are sound and hold no key that this software knows; are they of another program?")


def card_text(key: OwnKey, language: Language = "en") -> str:
    """The card as plain text, to copy by hand where there is no printer. It shows the secret."""
    digits = fingerprint(key.public_text)
    rows = [f"{place + 1:2} {word:<10}" for place, word in enumerate(card_words(key))]
    columns = ["  ".join(rows[row::9]).rstrip() for row in range(9)]
    secret = [say("secret_title", language, name=key.name), say("secret_1", language), say("secret_2", language)]
    public = [say("public_title", language, name=key.name), say("public_1", language), digits]
    return "\n".join(
        [
            *secret,
            "",
            *columns,
            "",
            say("digits", language, digits=digits),
            "",
            f"-- {say('cut', language)} --",
            "",
            *public,
            "",
        ]
    )


def card_pdf(key: OwnKey, language: Language = "en") -> bytes:
    """The card as a one-page PDF (A4). The same key gives the same bytes. `CardError` if printing is not installed."""
    return draw_page(key, card_words(key), language)


assert {ED25519, COSIGNATURE, MLDSA44} == {0x01, 0x04, 0x06}, "restore_key knows every kind of signing key"
