"""In which of their two languages the rooms below speak on a page: Ukrainian where the page is Ukrainian, else English."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language


def language() -> Literal["en", "uk"]:
    """`uk` or `en`: people, lists, terms, planning and the exchange tell their sentences in these."""
    return "uk" if (get_language() or "").startswith("uk") else "en"
