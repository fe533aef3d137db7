"""The rules by which claims fold to what the register holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.bureau.register.claims import Provenance, Said
from homeward.bureau.register.fold import fold
from homeward.bureau.register.grades import CONTENT, GRADES, RELIABILITY, SOURCES, weight
from homeward.people import Absence, Claim, Field, PartialDate


def said(ref: str, field: Field, value: object, *, grade: str = "B2", day: int = 1, **more: object) -> Said:
    written = value.value if isinstance(value, Absence) else str(value)
    claim = Claim(written, value)  # type: ignore[arg-type]
    return Said(ref, field, claim, Provenance("family", grade, date(2026, 5, day)), **more)  # type: ignore[arg-type]


def withdrawal(ref: str, field: Field, *corrects: str) -> Said:
    return Said(ref, field, None, Provenance("family", "B2", date(2026, 5, 1)), corrects)


def best(claims: list[Said], field: Field) -> object:
    view = fold(claims).fields[field]
    return view.best.claim.value if view.best and view.best.claim else None


def test_the_newest_of_the_best_grade_is_current() -> None:
    claims = [
        said("1", Field.UNIT, "А1", grade="A2", day=1),
        said("2", Field.UNIT, "А2", grade="A2", day=3),
        said("3", Field.UNIT, "А3", grade="C3", day=9),
    ]
    assert best(claims, Field.UNIT) == "А2"


def test_of_equal_claims_the_one_entered_later_is_current() -> None:
    assert best([said("1", Field.UNIT, "А1"), said("2", Field.UNIT, "А2")], Field.UNIT) == "А2"


def test_unknown_withheld_and_silent_are_three_values() -> None:
    claims = [said("1", Field.RANK, Absence.UNKNOWN), said("2", Field.UNIT, Absence.WITHHELD)]
    person = fold(claims).person("r-1")
    assert (person.value(Field.RANK), person.value(Field.UNIT), person.value(Field.SITE)) == (
        Absence.UNKNOWN,
        Absence.WITHHELD,
        None,
    )


def test_who_says_unknown_does_not_displace_who_knows() -> None:
    assert (
        best([said("1", Field.RANK, "major", grade="D4"), said("2", Field.RANK, Absence.UNKNOWN, grade="A1")], Field.RANK)
        == "major"
    )


@pytest.mark.parametrize(
    ("field", "one", "two", "disagree"),
    [
        (Field.BIRTH_DATE, PartialDate(1987, 3, 14), PartialDate(1987), False),
        (Field.BIRTH_DATE, PartialDate(1987, 3, 14), PartialDate(1988), True),
        (Field.SURNAME, "Коваль", "KOVAL", False),
        (Field.SURNAME, "Коваль", "коваль", False),
        (Field.SURNAME, "Коваль", "Ковалюк", True),
        (Field.SEX, "M", "F", True),
        (Field.NOTE, "one", "two", False),
        (Field.RANK, "major", Absence.WITHHELD, False),
    ],
)
def test_what_is_a_conflict(field: Field, one: object, two: object, disagree: bool) -> None:
    assert bool(fold([said("1", field, one, grade="A1"), said("2", field, two)]).conflicts) is disagree


def test_what_changes_with_time_is_in_conflict_only_with_what_is_as_new() -> None:
    older = [said("1", Field.SITE, "Camp 1", day=1), said("2", Field.SITE, "Camp 2", day=5)]
    newer = [said("1", Field.SITE, "Camp 1", grade="A1", day=1), said("2", Field.SITE, "Camp 2", grade="D4", day=5)]
    assert fold(older).conflicts == ()
    assert fold(newer).conflicts == (Field.SITE,)


def test_a_name_is_current_in_one_script() -> None:
    claims = [
        said("1", Field.SURNAME, "Коваль"),
        said("2", Field.GIVEN_NAMES, "Петро"),
        said("3", Field.PATRONYMIC, "Іванович"),
        said("4", Field.SURNAME, "Koval", grade="A1"),
        said("5", Field.GIVEN_NAMES, "Petro", grade="A1"),
    ]
    view = fold(claims)
    person = view.person("r-1")
    assert [person.text(f) for f in (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC)] == ["Коваль", "Петро", "Іванович"]
    assert [spelling.text(Field.SURNAME) for spelling in view.names("r-1")] == ["Коваль", "Koval"]


def test_a_corrected_claim_stands_again_when_its_correction_is_withdrawn() -> None:
    claims = [said("1", Field.UNIT, "А1"), said("2", Field.UNIT, "А2", corrects=("1",))]
    assert best(claims, Field.UNIT) == "А2"
    assert best([*claims, withdrawal("3", Field.UNIT, "2")], Field.UNIT) == "А1"
    assert best([*claims, said("3", Field.UNIT, "А3", corrects=("2",))], Field.UNIT) == "А3"


def test_what_yields_is_kept_and_stands_when_the_other_is_withdrawn() -> None:
    claims = [said("1", Field.UNIT, "А1"), said("2", Field.UNIT, "А2", yields_to="1")]
    assert best(claims, Field.UNIT) == "А1"
    assert [each.ref for each in fold(claims).fields[Field.UNIT].past] == ["2"]
    assert best([*claims, withdrawal("3", Field.UNIT, "1")], Field.UNIT) == "А2"


_claims = st.lists(
    st.tuples(
        st.sampled_from([Field.SURNAME, Field.UNIT]),
        st.sampled_from(["Коваль", "Koval", "А1", Absence.UNKNOWN, None]),
        st.sampled_from(["A1", "B2", "F6"]),
        st.integers(1, 9),
        st.lists(st.integers(0, 8), max_size=2),
        st.one_of(st.none(), st.integers(0, 8)),
    ),
    max_size=9,
)


@settings(deadline=None)
@given(_claims)
def test_no_claim_is_ever_lost_by_the_fold(drawn: list[tuple[Field, object, str, int, list[int], int | None]]) -> None:
    claims = []
    for at, (field, value, grade, day, corrects, yields) in enumerate(drawn):
        before = tuple(str(ref) for ref in corrects if ref < at and claims[ref].field is field)
        if value is None:
            claims.append(withdrawal(str(at), field, *before))
        else:
            yields_to = str(yields) if yields is not None and yields < at else ""
            claims.append(said(str(at), field, value, grade=grade, day=day, corrects=before, yields_to=yields_to))
    view = fold(claims)
    shown = [one.ref for each in view.fields.values() for one in ((each.best,) if each.best else ()) + each.others + each.past]
    assert sorted(shown) == sorted(one.ref for one in claims)
    assert all(set(each.conflicts) <= set(each.others) for each in view.fields.values())


def test_grades_are_a_whole_order_and_every_source_has_one() -> None:
    assert len({weight(grade) for grade in GRADES}) == len(GRADES) == len(RELIABILITY) * len(CONTENT)
    assert min(GRADES, key=weight) == "A1"
    assert max(GRADES, key=weight) == "E5"
    assert all(source.grade in GRADES for source in SOURCES.values())
