"""Writing claims: nothing is lost, nothing is written over, every write has its line."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register import services
from homeward.bureau.register.claims import Provenance, Said
from homeward.bureau.register.models import Person, Statement
from homeward.people import Field
from tests.bureau.register.people import RECORDS, claim, claims, enter, koval

pytestmark = pytest.mark.django_db


def test_a_person_who_was_entered_is_found_under_the_number() -> None:
    made = koval()
    found = services.person(made.number)
    assert found is not None
    assert (found.id, found.text(Field.SURNAME)) == (f"r-{made.number}", "Коваленчук")
    assert services.person(str(made)) == found


def test_every_write_has_its_line_in_the_journal_with_numbers_only() -> None:
    made = koval()
    services.add_claims(made.number, [Said("", Field.RANK, claim(Field.RANK, "private"), RECORDS)], seen=1, by=None)
    lines = Line.objects.order_by("id").values_list("tag", "subject", "counts")
    assert list(lines) == [
        (Tag.REGISTER_PERSON_ADDED, f"person:{made.number}", {"fields": 3}),
        (Tag.REGISTER_PERSON_CLAIMED, f"person:{made.number}", {"fields": 1, "corrects": 0, "version": 2}),
    ]


def test_the_same_form_sent_twice_makes_one_person() -> None:
    first, second = (services.add_person(claims(surname="Тестенко"), RECORDS, by=None, ticket="t-1") for _ in range(2))
    assert first == second
    assert Person.objects.count() == Statement.objects.count() == 1


def test_two_officers_who_edit_one_field_are_told_and_neither_word_is_lost() -> None:
    """Primero #508: the last one to save silently replaced what the first had written."""
    made = koval()
    mine, theirs = (Said("", Field.BIRTH_DATE, claim(Field.BIRTH_DATE, text), RECORDS) for text in ("1987-03-15", "1988"))
    services.add_claims(made.number, [theirs], seen=1, by=None)
    with pytest.raises(services.ConflictError) as caught:
        services.add_claims(made.number, [mine], seen=1, by=None)
    assert [str(each.claim.value) for each in caught.value.since if each.claim] == ["1988"]
    assert Statement.objects.count() == 2
    settled = [each.ref for each in caught.value.since]
    for choice in ("mine", "theirs", "both"):
        decided = services.decided([mine], caught.value.since, choice)
        services.add_claims(made.number, decided, seen=1, settled=settled, by=None)
        settled += [each.ref for each in services.claims_since(made, 1)]
    said = [
        str(each.claim.value)
        for _, batch in services.claims_of(made)
        for each in batch
        if each.field is Field.BIRTH_DATE and each.claim
    ]
    assert said == ["1987-03-14", "1988", "1987-03-15", "1987-03-15", "1987-03-15"]


def test_officers_who_edit_different_fields_do_not_disturb_each_other() -> None:
    made = koval()
    services.add_claims(made.number, [Said("", Field.RANK, claim(Field.RANK, "major"), RECORDS)], seen=1, by=None)
    services.add_claims(made.number, [Said("", Field.UNIT, claim(Field.UNIT, "А1234"), RECORDS)], seen=1, by=None)
    found = services.person(made.number)
    assert found is not None
    assert (found.text(Field.RANK), found.text(Field.UNIT)) == ("major", "А1234")


def test_the_better_grade_counts_and_the_other_is_shown_as_a_conflict() -> None:
    made = koval()
    call = Provenance("call", "C3", date(2026, 6, 1))
    services.add_claims(made.number, [Said("", Field.SURNAME, claim(Field.SURNAME, "Ковальчук"), call)], seen=1, by=None)
    found = services.person(made.number)
    assert found is not None
    assert found.text(Field.SURNAME) == "Коваленчук"
    from homeward.bureau.register.shelf import shelf

    kept = shelf().get(made.number)
    assert kept is not None
    assert kept.conflicts == {Field.SURNAME}


def test_an_officer_gets_people_with_the_fields_of_the_role(bob: Client) -> None:
    koval(medical="sick", rank="major")
    (found,) = services.people(bob.officer)  # type: ignore[attr-defined]
    assert found.text(Field.RANK) == "major"
    assert found.value(Field.MEDICAL) is None
    (whole,) = services.people(None)
    assert whole.text(Field.MEDICAL) == "sick"


def test_what_is_kept_in_memory_follows_the_database() -> None:
    koval()
    assert len(services.people(None)) == 1
    enter(surname="Тестенко")
    assert len(services.people(None)) == 2


@pytest.mark.parametrize("who", ["nadia", "charlie"])
def test_an_officer_who_may_not_read_the_register_gets_nobody(who: str, request: pytest.FixtureRequest) -> None:
    made = koval()
    officer = request.getfixturevalue(who).officer
    assert services.people(officer) == []
    assert services.person(made.number, officer) is None
