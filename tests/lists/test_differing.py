"""Marked letters: those that differ within one script, those that do not answer each other between two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lists.differing import Piece, differing, differing_dates
from homeward.people import PartialDate


def text_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


def shown(one: str, other: str) -> tuple[str, str]:
    left, right = differing(one, other)
    return text_of(left), text_of(right)


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
        ("П.", "Петрович"),
        ("О", "Остап"),
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


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("14.03.1987", PartialDate(1987, 3, 14)), ("1987-03-14", PartialDate(1987, 3, 14)), ("14.03.1987", "1987-03-14")),
        (("14.03.1987", PartialDate(1987, 3, 14)), ("1988-03-14", PartialDate(1988, 3, 14)), ("14.03.[1987]", "[1988]-03-14")),
        (("12.08.1987", PartialDate(1987, 8, 12)), ("1987-12-08", PartialDate(1987, 12, 8)), ("[12.08.1987]", "[1987-12-08]")),
        (("14.03.1987", PartialDate(1987, 3, 14)), ("1987", PartialDate(1987)), ("14.03.1987", "1987")),
        (("14.03.1987", PartialDate(1987, 3, 14)), ("1986", PartialDate(1986)), ("[14].[03].[1987]", "[1986]")),
    ],
)
def test_dates_are_compared_by_their_numbers_however_they_are_written(
    one: tuple[str, PartialDate], other: tuple[str, PartialDate], expected: tuple[str, str]
) -> None:
    left, right = differing_dates(*one, *other)
    assert (text_of(left), text_of(right)) == expected


def test_scripts_that_nobody_has_tables_for_are_marked_whole() -> None:
    assert shown("柯", "KO") == ("[柯]", "[KO]")


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_pieces_are_the_text_and_nothing_else_whatever_it_holds(one: str, other: str) -> None:
    left, right = differing(one, other)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (one, other)


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя' -", max_size=25))
def test_a_text_beside_itself_has_no_marks(text: str) -> None:
    assert not any(piece.differs for piece in differing(text, text)[0])
