"""The people themselves: repeatable, plausible, whole."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from homeward.invented import generate_people
from homeward.invented.chance import Weighted, share, stream
from homeward.invented.given_names import by_ukrainian, patronymic_ru
from homeward.invented.person import REFERENCE_DATE, InventedPerson
from homeward.people import CODES, Field

#: The first number below a thousand of the stream "golden" with seed 1.
GOLDEN = 83


@pytest.fixture(scope="module", params=["uk", "ru"])
def crowd(request: pytest.FixtureRequest) -> list[InventedPerson]:
    return generate_people(6000, seed=11, nation=request.param)


def _age(person: InventedPerson) -> int:
    born, on = person.birth_date, REFERENCE_DATE
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def test_the_same_arguments_give_the_same_people_and_another_seed_gives_others() -> None:
    assert generate_people(50, seed=1, nation="uk") == generate_people(50, seed=1, nation="uk")
    assert generate_people(50, seed=1, nation="uk") != generate_people(50, seed=2, nation="uk")
    assert generate_people(50, seed=1, nation="uk") != generate_people(50, seed=1, nation="ru")


def test_the_seed_may_be_text_and_nothing_depends_on_the_hash_seed() -> None:
    assert generate_people(5, seed="7", nation="ru") == generate_people(5, seed=7, nation="ru")
    # A golden value: it changes only when somebody changes the streams of chance on purpose.
    assert [stream(1, "golden").randrange(1000) for _ in range(2)] == [GOLDEN, GOLDEN]


def test_keys_are_unique_and_numbered_from_first() -> None:
    people = generate_people(30, seed=1, nation="ru", first=101)
    assert [person.key for person in people] == [f"ru-{number:06}" for number in range(101, 131)]


def test_codes_are_those_of_the_people_room(crowd: list[InventedPerson]) -> None:
    for person in crowd:
        assert person.sex in CODES[Field.SEX]
        assert person.status in CODES[Field.STATUS]
        assert person.medical in CODES[Field.MEDICAL]
        assert person.mobility in CODES[Field.MOBILITY]
        assert person.rank in CODES[Field.RANK] if person.status == "military" else person.rank == ""


def test_frequencies_are_those_of_the_reports(crowd: list[InventedPerson]) -> None:
    count = len(crowd)
    soldiers = [person for person in crowd if person.status == "military"]
    assert count - len(soldiers) == round(count * 0.15)
    assert 0.03 < sum(person.sex == "F" for person in soldiers) / len(soldiers) < 0.07
    assert 0.06 <= sum(person.serious for person in crowd) / count <= 0.085
    assert 0.02 < sum(person.mobility == "stretcher" for person in crowd) / count < 0.04


def test_everybody_is_between_19_and_60_and_some_are_under_25(crowd: list[InventedPerson]) -> None:
    ages = [_age(person) for person in crowd]
    assert min(ages) >= 19
    assert max(ages) <= 60
    assert 0.05 < sum(age < 25 for age in ages) / len(ages) < 0.25


def test_people_have_been_held_from_a_month_to_more_than_three_years_and_a_few_since_2014(crowd: list[InventedPerson]) -> None:
    days = [(REFERENCE_DATE - person.captured_on).days for person in crowd]
    assert min(days) >= 30
    assert sum(held > 3 * 365 for held in days) > len(days) * 0.01
    early = [person for person in crowd if person.captured_on < date(2022, 2, 24)]
    assert 0 < len(early) < len(crowd) * 0.03
    assert all((person.captured_on - person.birth_date).days > 17 * 365 for person in crowd)


def test_families_are_civilians_of_one_surname_captured_together(crowd: list[InventedPerson]) -> None:
    families: dict[str, list[InventedPerson]] = {}
    for person in crowd:
        if person.family:
            families.setdefault(person.family, []).append(person)
    assert families
    for members in families.values():
        assert 2 <= len(members) <= 4
        assert {member.status for member in members} == {"civilian"}
        assert len({(member.captured_on, member.captured_at) for member in members}) == 1
        stems = {member.names["ru"].surname[:3] for member in members}
        assert len(stems) == 1


def test_namesakes_occur_by_themselves_because_some_names_are_common(crowd: list[InventedPerson]) -> None:
    names = Counter((person.names["uk"].surname, person.names["uk"].given) for person in crowd)
    assert max(names.values()) >= 3
    assert sum(times == 1 for times in names.values()) > len(crowd) / 2


def test_both_names_of_a_person_are_one_name() -> None:
    for person in generate_people(300, seed=3, nation="uk", women=0.4):
        uk, ru = person.names["uk"], person.names["ru"]
        assert bool(uk.maiden) == bool(ru.maiden)
        assert (by_ukrainian(uk.given).ru, by_ukrainian(uk.father).ru) == (ru.given, ru.father)
        assert ru.patronymic == patronymic_ru(ru.father, person.sex)
        assert uk.patronymic.endswith(("ович", "ич", "іч") if person.sex == "M" else "вна")


def test_a_table_of_weights_draws_by_weight_and_refuses_to_be_empty() -> None:
    rng = stream(1, "draw")
    drawn = Counter(Weighted({"a": 3, "b": 1, "c": 0}).draw(rng) for _ in range(4000))
    assert drawn["a"] == pytest.approx(3000, rel=0.05)
    assert drawn["c"] == 0
    with pytest.raises(ValueError, match="at least one value"):
        Weighted[str]({})
    assert share(10, 40, at_least=1) == 1
