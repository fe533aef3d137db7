"""No list is learnt before its owner has the other's commitment and lodging, whatever one side or one keeper does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from homeward.office.mail import arrived
from homeward.office.own_lists import lodge, open_received, people_of, release
from homeward.record.disclosure import DisclosureError
from homeward.record.entropy import seeded
from homeward.record.seal import parse_recipient, unseal
from homeward.record.shares import LodgingError, open_lodged, open_share, parse_lodging
from homeward.record.shares import lodge as lodge_with
from tests.office.reveal_world import NAMES, Table, readable
from tests.record.world import SCRATCH

CHANCE = "release"


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder in memory where there is one: offices wait for the disk at every step."""
    with TemporaryDirectory(dir=SCRATCH) as folder:
        yield Path(folder)


@pytest.fixture
def table(scratch: Path) -> Table:
    """Two keepers, and nobody has committed yet."""
    return Table(scratch)


def nobody_has_learnt(table: Table) -> None:
    """No file of either side, nor of a keeper, lets a name of the other side be read; and nothing counts as released."""
    assert table.names_known_to("UA", "UA") == set()
    assert table.names_known_to("RU", "RU") == set()
    for keeper in table.keepers:
        assert table.names_known_to(keeper, "") == set()
    assert {each.state for each in table.neutral.state.lists.values()} <= {"NONE", "COMMITTED", "LODGED"}


def refused(table: Table, match: str) -> None:
    """The keepers try to release and may not; nobody learns anything."""
    before = table.neutral.store.size
    with pytest.raises((LodgingError, DisclosureError), match=match):
        release(table.keeping(), seeded(CHANCE))
    table.carrier.round()
    assert b"lists-released" not in b"".join(table.neutral.store.lines(before))
    nobody_has_learnt(table)


# ---- everybody honest ---------------------------------------------------------------------------------------------


def test_when_all_have_committed_and_lodged_both_sides_learn_together(table: Table) -> None:
    table.commit()
    table.hand_over()
    nobody_has_learnt(table)
    table.lodge()
    nobody_has_learnt(table)
    handed = release(table.keeping(), seeded(CHANCE))
    table.carrier.round(outward=handed)
    for list_id in table.lists:
        open_received(table.receiver(list_id), list_id)
        names = {claim.value for each in people_of(table.receiver(list_id), list_id) for claim in each.claims.values()}
        assert set(NAMES[table.holder(list_id).party]) <= names
        assert table.names_known_to(table.receiver(list_id).party, table.receiver(list_id).party) == set(
            NAMES[table.holder(list_id).party]
        )
    table.carrier.round()
    assert {each.state for each in table.neutral.state.lists.values()} == {"RELEASED"}


# ---- one side is dishonest ----------------------------------------------------------------------------------------


def test_a_side_that_never_commits_learns_nothing(table: Table) -> None:
    table.commit(table.lists[0])
    table.hand_over()
    for keeper in table.keepers:
        lodge(table.offices[keeper], table.lists[0])
    table.carrier.round()
    refused(table, "has not arrived")


def test_a_side_that_commits_and_sends_no_lodging_learns_nothing(table: Table) -> None:
    table.commit()
    table.made[table.lists[1]] = {name: data for name, data in table.made[table.lists[1]].items() if name.startswith("lists/")}
    table.hand_over()
    table.lodge(table.lists[0])
    refused(table, "has not arrived")


def other_list(table: Table, list_id: str) -> dict[str, bytes]:
    """Something else lodged under a commitment: sealed and shared as it should be, and not the list that was committed."""
    recipients = {
        party.code: parse_recipient(party.recipient)
        for party in table.neutral.store.charter.signing.parties
        if party.code in table.keepers and party.recipient is not None
    }
    return lodging_files(list_id, b"garbage", recipients)


def lodging_files(list_id: str, content: bytes, recipients: dict[str, object]) -> dict[str, bytes]:
    lodged = lodge_with(content, recipients, one_keeper=len(recipients) == 1, entropy=seeded("another"))  # type: ignore[arg-type]
    files = {f"sealed/{list_id}.age": lodged.sealed_list, f"sealed/{list_id}-lodging": lodged.lodging.to_bytes()}
    return files | {f"sealed/{list_id}-share-{keeper}.age": share for keeper, share in lodged.sealed_shares.items()}


def garbage_lodged(table: Table, list_id: str) -> dict[str, bytes]:
    return other_list(table, list_id)


def the_own_list_of_the_other_side_lodged(table: Table, list_id: str) -> dict[str, bytes]:
    """A copy of what the other side lodged, under one's own name."""
    other = next(name for name in table.lists if name != list_id)
    return {name.replace(other, list_id): data for name, data in table.made[other].items() if name.startswith("sealed/")}


def a_share_that_is_damaged(table: Table, list_id: str) -> dict[str, bytes]:
    name = f"sealed/{list_id}-share-{table.keepers[-1]}.age"
    data = table.made[list_id][name]
    return {name: data[:-1] + bytes([data[-1] ^ 1])}


def a_share_of_another_keeper(table: Table, list_id: str) -> dict[str, bytes]:
    return {
        f"sealed/{list_id}-share-{table.keepers[-1]}.age": table.made[list_id][f"sealed/{list_id}-share-{table.keepers[0]}.age"]
    }


def a_sealed_list_that_is_damaged(table: Table, list_id: str) -> dict[str, bytes]:
    name = f"sealed/{list_id}.age"
    data = table.made[list_id][name]
    return {name: data[:-1] + bytes([data[-1] ^ 1])}


@pytest.mark.parametrize(
    ("lie", "match"),
    [
        (garbage_lodged, r"."),
        (the_own_list_of_the_other_side_lodged, r"."),
        (a_share_that_is_damaged, "share"),
        (a_share_of_another_keeper, "share"),
        (a_sealed_list_that_is_damaged, "not the one that was lodged"),
    ],
)
@pytest.mark.parametrize("keepers", [("NEUTRAL", "TR"), ("NEUTRAL",)], ids=["two keepers", "one keeper"])
def test_a_side_that_lodges_something_else_learns_nothing(
    scratch: Path, lie: Callable[[Table, str], dict[str, bytes]], match: str, keepers: tuple[str, ...]
) -> None:
    if lie is a_share_of_another_keeper and len(keepers) == 1:
        pytest.skip("with one keeper there is no other's share")
    table = Table(scratch, keepers)
    table.commit()
    liar = table.lists[1]
    table.made[liar] |= lie(table, liar)
    table.hand_over()
    for keeper in keepers:
        lodge(table.offices[keeper], table.lists[0])
        # A keeper that looks at its own share may see the lie now; else both see it when they open the lists.
        with suppress(LodgingError):
            lodge(table.offices[keeper], liar)
    table.carrier.round()
    refused(table, match)


def test_a_side_that_brings_another_list_after_committing_does_not_get_it_into_the_record(table: Table) -> None:
    table.commit()
    table.hand_over()
    list_id = table.lists[0]
    committed = table.neutral.state.lists[list_id].root
    holder = table.holder(list_id)
    holder.say("list-committed", list=list_id, root="A" * 43, count=1, categories=[], draw="A" * 43)
    table.carrier.round()
    assert table.neutral.state.lists[list_id].root == committed
    assert arrived(table.neutral, f"lists/{list_id}") == table.made[list_id][f"lists/{list_id}"]


# ---- one keeper is dishonest --------------------------------------------------------------------------------------


@pytest.mark.parametrize("alone", ["NEUTRAL", "TR"])
def test_one_of_two_keepers_cannot_open_a_list_alone(table: Table, alone: str) -> None:
    table.commit()
    table.hand_over()
    table.lodge()
    keeper = table.offices[alone]
    for list_id in table.lists:
        lodging = parse_lodging(table.made[list_id][f"sealed/{list_id}-lodging"])
        mine = open_share(lodging, alone, table.made[list_id][f"sealed/{list_id}-share-{alone}.age"], keeper.keys.sealing)
        with pytest.raises(LodgingError, match="missing"):
            open_lodged(lodging, table.made[list_id][f"sealed/{list_id}.age"], {alone: mine})
        other = next(code for code in table.keepers if code != alone)
        with pytest.raises(LodgingError, match=other):
            open_lodged(lodging, table.made[list_id][f"sealed/{list_id}.age"], {alone: mine, other: mine})
    with pytest.raises(LodgingError, match="missing"):
        release([keeper], seeded(CHANCE))
    table.carrier.round()
    nobody_has_learnt(table)


def test_a_keeper_that_says_so_alone_releases_nothing(table: Table) -> None:
    table.commit()
    table.hand_over()
    table.lodge()
    table.offices["TR"].say("lists-released", draw=[["home-RU", "x"], ["home-UA", "x"]])
    table.carrier.round()
    nobody_has_learnt(table)


def test_keepers_may_not_release_before_every_keeper_has_lodged(table: Table) -> None:
    table.commit()
    table.hand_over()
    table.lodge(keepers=("NEUTRAL",))
    refused(table, "TR")


@pytest.mark.parametrize("keepers", [("NEUTRAL", "TR"), ("NEUTRAL",)], ids=["two keepers", "one keeper"])
def test_keepers_may_not_release_before_all_have_cosigned_the_commitments(scratch: Path, keepers: tuple[str, ...]) -> None:
    table = Table(scratch, keepers)
    table.commit()
    table.hand_over(cosigned=False)
    for keeper in keepers:
        for list_id in table.lists:
            lodge(table.offices[keeper], list_id)
    table.carrier.pass_on()
    with pytest.raises(LodgingError, match="may not be released yet"):
        release(table.keeping(), seeded(CHANCE))
    nobody_has_learnt(table)


def test_with_one_keeper_that_keeper_can_read_a_list_at_once_and_nobody_sees_it(scratch: Path) -> None:
    """The weakness that the verdict prints for such terms: fair between the sides, as far as the one keeper is honest."""
    table = Table(scratch, ("NEUTRAL",))
    table.commit(table.lists[0])
    table.hand_over()
    list_id = table.lists[0]
    before = table.neutral.store.size
    lodging = parse_lodging(table.made[list_id][f"sealed/{list_id}-lodging"])
    assert lodging.one_keeper
    sealed_share = table.made[list_id][f"sealed/{list_id}-share-NEUTRAL.age"]
    share = open_share(lodging, "NEUTRAL", sealed_share, table.neutral.keys.sealing)
    read = open_lodged(lodging, table.made[list_id][f"sealed/{list_id}.age"], {"NEUTRAL": share})
    assert all(name in readable(read) for name in NAMES[table.holder(list_id).party])
    assert table.neutral.store.size == before
    nobody_has_learnt(table)


def test_a_sealed_list_handed_to_one_receiver_is_no_use_to_another(table: Table) -> None:
    table.commit()
    table.hand_over()
    table.lodge()
    handed = release(table.keeping(), seeded(CHANCE))
    for party, files in handed.items():
        for content in files.values():
            for other, office in table.offices.items():
                if other != party:
                    with pytest.raises(Exception, match=r"."):
                        unseal(content, [office.keys.sealing])
