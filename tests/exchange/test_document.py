"""docs/acts.md says what the program does."""

from pathlib import Path

from homeward.exchange.document import as_markdown

PAGE = Path(__file__).parents[2] / "docs" / "acts.md"


def test_the_page_of_acts_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(), (
        "write it anew: python -c 'from homeward.exchange.document import as_markdown as m; print(m(), end=\"\")' > docs/acts.md"
    )
