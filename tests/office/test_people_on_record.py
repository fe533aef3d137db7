"""People as lists of the record carry them: nothing that counts is lost on the way, nothing that should stay goes along."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from homeward.office.people_on_record import to_fields, to_person
from homeward.people import Absence, Claim, Field, PartialDate, Person

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=20)
CLAIMS = st.dictionaries(
    st.sampled_from([Field.SURNAME, Field.GIVEN_NAMES, Field.RANK, Field.UNIT]),
    st.builds(Claim, written=TEXT, value=st.one_of(TEXT, st.sampled_from(Absence))),
)


def test_parts_of_a_full_name_do_not_each_carry_the_whole_cell() -> None:
    whole = "Шевченко Олександр Петрович"
    parts = {Field.SURNAME: "Шевченко", Field.GIVEN_NAMES: "Олександр", Field.PATRONYMIC: "Петрович"}
    person = Person("r2", {field: Claim(whole, value) for field, value in parts.items()})
    assert to_fields(person) == {field.value: value for field, value in sorted(parts.items())}


def test_an_id_and_a_note_of_the_holder_stay_with_the_holder() -> None:
    person = Person("r2", {Field.ID: Claim("17", "17"), Field.NOTE: Claim("x", "x"), Field.SEX: Claim("ж", "F")})
    assert to_fields(person) == {"sex": "F", "sex_written": "ж"}


def test_a_date_of_which_a_part_is_missing_comes_back_as_such() -> None:
    person = Person("r2", {Field.BIRTH_DATE: Claim("03.1987", PartialDate(1987, 3))})
    assert to_person("p-0001", to_fields(person)).date(Field.BIRTH_DATE) == PartialDate(1987, 3)


def test_unknown_withheld_and_silence_stay_three_things() -> None:
    person = Person("r2", {Field.UNIT: Claim("?", Absence.UNKNOWN), Field.RANK: Claim("–", Absence.WITHHELD)})
    back = to_person("p-0001", to_fields(person))
    assert [back.value(field) for field in (Field.UNIT, Field.RANK, Field.SURNAME)] == [Absence.UNKNOWN, Absence.WITHHELD, None]


@given(CLAIMS)
def test_values_survive_the_way_over_the_record_but_for_spaces_and_forms_of_letters(claims: dict[Field, Claim]) -> None:
    person = Person("r2", claims)
    once = to_person("p-0001", to_fields(person))
    again = to_person("p-0001", to_fields(once))
    assert again == once
    assert {field: claim.value for field, claim in again.claims.items()} == {
        field: claim.value for field, claim in once.claims.items()
    }
