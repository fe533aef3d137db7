"""The printed page: an A4 PDF with the secret half above a cut line and the public half beneath it.

The bytes depend on the key and the language alone: no date, no random id. `reportlab` draws, `segno` makes the QR codes;
both are needed only for printing.
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from homeward.record.card.text import Language, say
from homeward.record.card.words import CardError
from homeward.record.keys import OwnKey, fingerprint

_MM: Final = 72 / 25.4
_WIDTH, _HEIGHT, _MARGIN = 210 * _MM, 297 * _MM, 20 * _MM
_CUT: Final = _HEIGHT / 2
_FACES: Final = {"Card": "DejaVuSans.ttf", "CardBold": "DejaVuSans-Bold.ttf", "CardMono": "DejaVuSansMono.ttf"}
#: A longer text makes a QR code that phones do not read from paper.
_QR_LIMIT: Final = 600


def draw_page(key: OwnKey, words: list[str], language: Language) -> bytes:
    """The PDF. `CardError` if a program that draws it is not installed."""
    file = BytesIO()
    page = _load("reportlab.pdfgen.canvas").Canvas(file, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    page.setTitle(say("public_title", language, name=key.name))
    page.setAuthor("Homeward")
    _load_faces()
    _draw_secret(page, key, words, language)
    _draw_cut(page, language)
    _draw_public(page, key, language)
    page.showPage()
    page.save()
    return file.getvalue()


def _draw_secret(page: Any, key: OwnKey, words: list[str], language: Language) -> None:
    top = _HEIGHT - _MARGIN
    _line(page, ("CardBold", 18), _MARGIN, top, say("secret_title", language, name=key.name))
    _line(page, ("Card", 9), _MARGIN, top - 8 * _MM, say("secret_1", language))
    _line(page, ("Card", 9), _MARGIN, top - 13 * _MM, say("secret_2", language))
    _qr(page, key.private_text.splitlines()[-1], _MARGIN, top - 72 * _MM, 52 * _MM)
    for place, word in enumerate(words):
        column, row = divmod(place, 9)
        left, base = _MARGIN + (60 + 38 * column) * _MM, top - (24 + 7.2 * row) * _MM
        _line(page, ("Card", 8), left, base, f"{place + 1:2}")
        _line(page, ("CardMono", 13), left + 6 * _MM, base, word)
    _line(page, ("Card", 9), _MARGIN, top - 98 * _MM, say("digits", language, digits=fingerprint(key.public_text)))


def _draw_cut(page: Any, language: Language) -> None:
    page.setDash(4, 4)
    page.line(0, _CUT, _WIDTH, _CUT)
    page.setDash()
    _line(page, ("Card", 7), _MARGIN, _CUT + 1.5 * _MM, say("cut", language))


def _draw_public(page: Any, key: OwnKey, language: Language) -> None:
    top = _CUT - 16 * _MM
    _line(page, ("CardBold", 18), _MARGIN, top, say("public_title", language, name=key.name))
    _line(page, ("Card", 9), _MARGIN, top - 8 * _MM, say("public_1", language))
    digits = fingerprint(key.public_text)
    _line(page, ("CardMono", 22), _MARGIN + 44 * _MM, top - 28 * _MM, digits[:14])
    _line(page, ("CardMono", 22), _MARGIN + 44 * _MM, top - 40 * _MM, digits[15:])
    _qr(page, key.public_text, _MARGIN, top - 52 * _MM, 38 * _MM)
    if len(key.public_text) <= _QR_LIMIT:
        _line(page, ("CardMono", 8), _MARGIN, top - 60 * _MM, key.public_text)
    _line(page, ("Card", 9), _MARGIN, top - 76 * _MM, say("public_2", language))


def _line(page: Any, font: tuple[str, float], left: float, base: float, text: str) -> None:
    page.setFont(*font)
    page.drawString(left, base, text)


def _qr(page: Any, text: str, left: float, bottom: float, side: float) -> None:
    if len(text) > _QR_LIMIT:
        return
    rows = [bytes(row) for row in _load("segno").make(text, error="m", micro=False, boost_error=False).matrix]
    module = side / len(rows)
    for number, row in enumerate(rows):
        base = bottom + side - (number + 1) * module
        for column, dark in enumerate(row):
            if dark:
                # Modules overlap by a hair, or printers leave white lines between them.
                page.rect(left + column * module, base, module * 1.02, module * 1.02, stroke=0, fill=1)


def _load_faces() -> None:
    """The DejaVu faces, which have Cyrillic, come with matplotlib, which the project uses for its charts."""
    fonts = _load("reportlab.pdfbase.ttfonts")
    folder = Path(_load("matplotlib").get_data_path()) / "fonts" / "ttf"
    for face, file in _FACES.items():
        _load("reportlab.pdfbase.pdfmetrics").registerFont(fonts.TTFont(face, str(folder / file)))


def _load(name: str) -> Any:
    """A program that only printing needs. Whoever verifies a record does not have it."""
    try:
        return import_module(name)
    except ImportError:
        needs = name.partition(".")[0]
        raise CardError(f"printing needs the program {needs}, which is not installed; copy the card as text by hand") from None
