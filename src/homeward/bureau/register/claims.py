"""One claim about a person with everything that the register keeps of it, and how claims are kept in a sealed column.

A claim says one thing about one field: what was written and what was read from it, in which script, by which source, of which
grade, on which day, entered by whom. It is never changed. A correction is another claim that names those it `corrects`; one that
was entered while another officer's stood against it may `yield` to that. A claim without a value withdraws what it corrects.

>>> one = Said("12.0", Field.SURNAME, Claim("KOVAL", "Koval"), Provenance("family", "B3", date(2026, 5, 3), "letter"))
>>> one.script, one.withdrawal
('Latn', False)
>>> unpacked(packed([one])) == [replace_ref(one, "")]
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from homeward.people import Claim, Field
from homeward.people.plain import value_from_plain, value_to_plain

NAMES = (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.FATHER_NAME, Field.MOTHER_MAIDEN_NAME)
#: First and last letter of each script that lists are written in; whoever writes another one is told apart from them all.
_SCRIPTS = (
    ("Latn", "A", "\u024f"), ("Latn", "\u1e00", "\u1eff"), ("Cyrl", "\u0400", "\u052f"), ("Arab", "\u0600", "\u06ff"),
    ("Arab", "\u0750", "\u08ff"), ("Arab", "\ufb50", "\ufdff"), ("Arab", "\ufe70", "\ufeff"), ("Grek", "\u0370", "\u03ff"),
    ("Geor", "\u10a0", "\u10ff"), ("Armn", "\u0530", "\u058f"), ("Hebr", "\u0590", "\u05ff"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where claims come from: the kind of source (`grades.SOURCES`), the grade, the day of the source, and words about it."""

    kind: str
    grade: str
    on: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One claim. `ref` is the number of its statement, a dot, and its place in it; empty for one that is not stored yet."""

    ref: str
    field: Field
    claim: Claim | None
    provenance: Provenance
    corrects: tuple[str, ...] = ()
    yields_to: str = ""

    @property
    def withdrawal(self) -> bool:
        """Whether it only says that what it corrects was wrong."""
        return self.claim is None

    @property
    def script(self) -> str:
        """The script of what was written (ISO 15924), empty for digits and marks alone."""
        return script_of(self.claim.written) if self.claim is not None else ""


@lru_cache(maxsize=65_536)
def script_of(text: str) -> str:
    """The script of most letters of a text, as ISO 15924 names it.

    >>> script_of("Коваль"), script_of("كوفال"), script_of("14.03.1987"), script_of("柯")
    ('Cyrl', 'Arab', '', 'Zyyy')
    """
    found = Counter(_script(letter) for letter in text if letter.isalpha())
    return found.most_common(1)[0][0] if found else ""


@lru_cache(maxsize=4_096)
def _script(letter: str) -> str:
    return next((script for script, first, last in _SCRIPTS if first <= letter <= last), "Zyyy")


def packed(claims: Sequence[Said], other: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Claims of one statement as plain values. They share their provenance."""
    assert claims or other, "a statement says something"
    assert len({said.provenance for said in claims}) <= 1, "the claims of one statement have one source"
    plain: dict[str, Any] = {"claims": [_plain(said) for said in claims]}
    if claims:
        source = claims[0].provenance
        plain["source"] = [source.kind, source.grade, source.on.isoformat(), source.text]
    if other:
        plain["other"] = dict(other)
    return plain


def unpacked(plain: Mapping[str, Any], statement: int | None = None) -> list[Said]:
    """The claims of a statement, with their places as `ref` when its number is given."""
    if not plain["claims"]:
        return []
    kind, grade, on, text = plain["source"]
    source = Provenance(kind, grade, date.fromisoformat(on), text)
    return [
        _said(each, source, "" if statement is None else f"{statement}.{place}") for place, each in enumerate(plain["claims"])
    ]


def replace_ref(said: Said, ref: str) -> Said:
    """The same claim under another number."""
    return replace(said, ref=ref)


def _plain(said: Said) -> list[Any]:
    claim = None if said.claim is None else [said.claim.written, value_to_plain(said.claim.value)]
    return [said.field.value, claim, list(said.corrects), said.yields_to]


def _said(plain: Sequence[Any], source: Provenance, ref: str) -> Said:
    field, claim, corrects, yields_to = plain
    found = None if claim is None else Claim(claim[0], value_from_plain(claim[1]))
    return Said(ref, Field(field), found, source, tuple(corrects), yields_to)
