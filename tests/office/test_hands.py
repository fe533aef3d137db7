"""Whose hands sign an act, and a delivery that is made from what its receiver is known to hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from homeward.office.beginning import new_device, open_office
from homeward.office.delivering import acknowledged, named_before, send_from_what_is_known
from homeward.office.desk import Office
from homeward.office.hands import HandsError, by_hands, devices_of
from homeward.office.mail import receive
from homeward.record import parse_line
from tests.office.reveal_world import Table


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    made = Table(tmp_path, keepers=("NEUTRAL",))
    yield made
    for office in made.offices.values():
        office.close()


def signers(office: Office) -> list[str]:
    return [signature.name for signature in parse_line(office.store.pending()[-1]).signatures]


def test_the_named_hands_sign_in_their_order_and_no_other(table: Table) -> None:
    office = table.offices["UA"]
    with by_hands(office, "officer-2", "officer-1"):
        office.say("broken-off", reason="security")
        assert signers(office) == ["UA/officer-2", "UA/officer-1"]
        office.say("deviation", kind="LATE")
        assert signers(office) == ["UA/officer-2"]
    office.say("deviation", kind="CONDUCT")
    assert signers(office) == ["UA/officer-1"]


def test_a_hand_that_is_not_here_and_one_named_twice_are_refused(table: Table) -> None:
    office = table.offices["UA"]
    with pytest.raises(HandsError, match="officer-9"), by_hands(office, "officer-9"):
        pass
    with pytest.raises(HandsError, match="signs an act once"), by_hands(office, "officer-1", "officer-1"):
        pass
    assert devices_of(office) == ("officer-1", "officer-2")


def test_a_new_device_is_a_hand_once_the_office_is_opened_again(table: Table) -> None:
    office = table.offices["UA"]
    new_device(office, "officer-3")
    with open_office(office.folder, office.clock) as opened:
        assert devices_of(opened) == ("officer-1", "officer-2", "officer-3")


def test_a_lost_parcel_comes_again_by_itself(table: Table) -> None:
    neutral, party = table.neutral, table.offices["UA"]
    table.carrier.round()
    known = acknowledged(neutral, "UA")
    assert known == party.store.size
    table.offices["RU"].say("deviation", kind="LATE")
    table.carrier.pass_on()
    before = party.store.size
    assert before > known
    lost = send_from_what_is_known(neutral, "UA")
    again = send_from_what_is_known(neutral, "UA")
    assert lost.name != again.name
    assert lost.read_bytes() == again.read_bytes(), "nothing says that the first one arrived"
    assert receive(party, again).acts == 0, "the carrier had brought it by another way"
    whole = send_from_what_is_known(neutral, "UA", whole=True)
    assert len(whole.read_bytes()) > len(again.read_bytes())


def test_files_that_known_acts_name_are_not_sent_again(table: Table) -> None:
    table.commit()
    table.carrier.round()
    neutral = table.neutral
    assert named_before(neutral, 0) == frozenset()
    assert {name for name in named_before(neutral, neutral.store.size) if name.startswith("lists/")}
