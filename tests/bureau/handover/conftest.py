"""A stage's manifest of invented people."""

from __future__ import annotations

import pytest

from homeward.bureau.handover.models import Manifest
from homeward.bureau.handover.services import write_manifest
from homeward.exchange.acts import Role
from homeward.people import Claim, Field, Person
from homeward.planning.manifests import Vehicle, manifests

NAMES = {"p-0101": ("Безіменко", "Тарас"), "p-0102": ("Вигадана", "Олена"), "p-0103": ("Щерботенко", "Микола")}
GOING = {"home-BB": tuple(NAMES), "home-AA": ("p-0201", "p-0202")}
FLEET = {"home-BB": (Vehicle("bus-01", 45, 0, 2), Vehicle("ambulance-01", 4, 2, 1)), "home-AA": (Vehicle("bus-01", 45, 0, 2),)}
ROLES = {"home-BB": Role.RECEIVER, "home-AA": Role.HOLDER}


def named(number: str, surname: str, given: str, mobility: str) -> Person:
    claims = {Field.SURNAME: surname, Field.GIVEN_NAMES: given, Field.MOBILITY: mobility}
    return Person(number, {field: Claim(value, value) for field, value in claims.items()})


@pytest.fixture
def manifest(db: None) -> Manifest:
    """Three people whom we receive, one of them lying, and two whom we hand over."""
    facts = {person: {} for people in GOING.values() for person in people} | {"p-0101": {"mobility": "stretcher"}}
    seated = manifests(GOING, facts, vehicles=FLEET)
    people = {each: named(each, *name, "stretcher" if each == "p-0101" else "walking") for each, name in NAMES.items()}
    return write_manifest(
        exchange="autumn", stage="day1", vehicles=FLEET, roles=ROLES, lines=seated.lines, people=people, families={}, by=None
    )
