"""Invented people and small terms for the tests of this room."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from homeward.people.dates import PartialDate
from homeward.people.person import Absence, Claim, Field, Person
from homeward.terms import Terms, parse

REPOSITORY = Path(__file__).parents[2]
AGREEMENTS = sorted((REPOSITORY / "examples" / "terms").glob("*.toml"))
SHARED = Path(os.environ.get("HOMEWARD_SHARED", REPOSITORY.parent / "shared"))

HEAD = """schema = "exchange-terms/1"
title = "Small terms"
[parties]
A = "First party"
B = "Second party"
[sides.home-A]
from = "B"
to = "A"
[sides.home-B]
from = "A"
to = "B"
[[stages]]
id = "one"
date = 2025-05-23
[[stages]]
id = "two"
date = 2025-05-24
[groups]
soldier = "status == 'military'"
civilian = "status == 'civilian'"
serious = "medical in ('seriously_ill', 'seriously_wounded')"
young = "age <= 25"
"""


def small(body: str) -> Terms:
    """The terms made of the common head and these further lines."""
    return parse((HEAD + body).encode())


def person(ident: str, **values: str | int | PartialDate | date | Absence) -> Person:
    """One invented row; dates may be given whole."""
    claims = {
        Field(name): Claim(str(value), PartialDate.from_date(value) if isinstance(value, date) else value)
        for name, value in values.items()
    }
    return Person(ident, claims)


def shared_terms() -> list[Path]:
    """The example terms beside the repository; the test that needs them is skipped where they are not."""
    found = sorted((SHARED / "terms").glob("*.toml"))
    if not found:
        pytest.skip(f"no example terms beside the repository ({SHARED / 'terms'})")
    return found
