"""Marked letters: those that differ within one script, those that do not answer each other between two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lists.differing import Piece, differing


def shown(one: str, other: str) -> tuple[str, str]:
    def text(pieces: tuple[Piece, ...]) -> str:
        return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)

    left, right = differing(one, other)
    return text(left), text(right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Шевченко", "ШЕВЧЕНКО"),
        ("Щербатенко", "SHCHERBATENKO"),
        ("Іванович", "IVANOVICH"),
        ("Євгенія", "EVGENIYA"),
        ("Ющенко", "JUSCHTSCHENKO"),
        ("Лук'яненко", "LUKIANENKO"),
        ("Коваль Остап", "OSTAP KOVAL"),
        ("Коваль", ""),
    ],
)
def test_one_name_written_two_ways_has_no_marks(one: str, other: str) -> None:
    assert shown(one, other) == (one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Петренко", "Петрэнко", ("Петр[е]нко", "Петр[э]нко")),
        ("Щербатенко", "SHCHERBOTENKO", ("Щерб[а]тенко", "SHCHERB[O]TENKO")),
        ("Коваль", "KOVALENKO", ("Коваль", "KOVAL[ENKO]")),
        ("14.03.1987", "14.08.1987", ("14.0[3].1987", "14.0[8].1987")),
        ("Олена Марія", "OLENA", ("Олена [Марія]", "OLENA")),
    ],
)
def test_what_differs_is_marked_on_both_sides(one: str, other: str, expected: tuple[str, str]) -> None:
    assert shown(one, other) == expected


def test_scripts_that_nobody_has_tables_for_are_marked_whole() -> None:
    assert shown("柯", "KO") == ("[柯]", "[KO]")


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_pieces_are_the_text_and_nothing_else_whatever_it_holds(one: str, other: str) -> None:
    left, right = differing(one, other)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (one, other)


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя' -", max_size=25))
def test_a_text_beside_itself_has_no_marks(text: str) -> None:
    assert not any(piece.differs for piece in differing(text, text)[0])
