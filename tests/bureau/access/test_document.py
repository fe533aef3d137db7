"""The page about roles is what the table says."""

from __future__ import annotations

from pathlib import Path

from homeward.bureau.access.document import as_markdown

PAGE = Path(__file__).parents[3] / "docs" / "bureau-roles.md"


def test_the_page_about_roles_is_what_the_table_says() -> None:
    assert PAGE.read_text("utf-8") == as_markdown(), "run: tools/roles-page"


def test_every_permission_is_given_to_somebody() -> None:
    assert "|  |" not in as_markdown()
