"""One person by id: what the record says of them, with the name for who reads the list, and a line of the journal for that."""

from __future__ import annotations

import pytest

from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges import services
from homeward.bureau.journal.models import Line
from homeward.people import Field
from tests.bureau.conftest import SignIn
from tests.bureau.exchanges.conftest import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(closed_day: World) -> tuple[World, str]:
    """Somebody whom UA has received on the first day."""
    with services.office_of(closed_day.exchanges["UA"]) as office:
        people = office.state.people.values()
        return closed_day, next(each.id for each in people if each.state == "RECEIVED" and each.list == "home-UA")


def test_every_act_about_a_person_stands_on_one_page_in_words(received: tuple[World, str]) -> None:
    world, person = received
    page = world.client("UA").get(world.url("UA", f"people/{person}"))
    said = [act.says for act in page.context["acts"]]
    assert f"We received {person} in stage day1." in said
    assert f"We handed over {person} in stage day1." in said
    assert f"Private interview of {person}: wishes to go." in said
    answers = [each for each in said if each.startswith(f"Our answer to {person} is ACKNOWLEDGED_HELD (")]
    assert len(answers) == 1
    numbers = [act.index for act in page.context["acts"]]
    assert numbers == sorted(numbers, reverse=True)
    assert page.context["person"].state == "RECEIVED"


def test_the_name_stands_there_for_who_reads_the_list_and_for_nobody_else(received: tuple[World, str], sign_in: SignIn) -> None:
    world, person = received
    name = next(each for each in services.people_on(world.exchanges["UA"], "home-UA") if each.id == person).written(
        Field.SURNAME
    )
    lines = Line.objects.filter(tag="exchanges:list:read")
    assert name in world.client("UA").get(world.url("UA", f"people/{person}")).content.decode()
    assert lines.count() == 1
    auditor = sign_in(Role.AUDITOR)
    services.assign(world.exchanges["UA"], auditor.officer, by=None)  # type: ignore[attr-defined]
    assert name not in auditor.get(world.url("UA", f"people/{person}")).content.decode()
    assert name not in world.client("NEUTRAL").get(world.url("NEUTRAL", f"people/{person}")).content.decode()
    assert lines.count() == 1, "who sees no name reads nobody"


@pytest.mark.parametrize("typed", ["{0}", "P-{1}", "{2}", " {2} "])
def test_a_person_is_found_by_id_however_it_is_typed(received: tuple[World, str], typed: str) -> None:
    world, person = received
    digits = person.removeprefix("p-")
    asked = typed.format(person, digits, digits.lstrip("0"))
    answer = world.client("UA").get(world.url("UA", "people/"), {"person": asked})
    assert answer.headers["Location"] == world.url("UA", f"people/{person}")


@pytest.mark.parametrize("typed", ["", "0", "999999", "Коваль", "²"])
def test_whom_nobody_has_is_told(received: tuple[World, str], typed: str) -> None:
    world, _person = received
    answer = world.client("UA").get(world.url("UA", "people/"), {"person": typed}, follow=True)
    assert "Nobody in this exchange has this id." in answer.content.decode()
