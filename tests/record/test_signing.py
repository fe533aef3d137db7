"""When a key signs a head, and every case in which it must not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from homeward.record import (
    COSIGNATURE,
    MLDSA44,
    Parcel,
    RefusedToSignError,
    SplitError,
    Store,
    StoreError,
    cosign,
    deliver,
    hand_in,
    make_head,
    standing,
    take_in,
)
from homeward.record.head import Head, SignedHead, cosign_head, sign_head
from homeward.record.signing import unheard
from tests.record.world import CODES, START, World, grown_world, make_key, terms

WITNESS = {code: make_key(f"{code}/witness", COSIGNATURE) for code in CODES}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return grown_world(tmp_path, rounds=1)


def _new_head(world: World, name: str = "SIDE-A/officer-1") -> SignedHead:
    world.write(name)
    world.hand_in()
    head = make_head(world.log, world.log_key)
    world.deliver()
    return head


def test_cosigning_again_gives_the_first_cosignature(world: World) -> None:
    _new_head(world)
    first = cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START)
    assert cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START + 500) == first


def test_a_head_over_the_same_acts_is_the_same_head(world: World) -> None:
    assert make_head(world.log, world.log_key) == make_head(world.log, world.log_key)


def test_a_party_whose_act_was_dropped_refuses_to_cosign_until_it_is_in(world: World) -> None:
    world.write("SIDE-A/officer-1")
    world.write("SIDE-B/officer-1")
    world.hand_in("SIDE-B")
    make_head(world.log, world.log_key)
    world.deliver()
    with pytest.raises(RefusedToSignError, match="1 of our own acts are not in the record"):
        cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START)
    world.full_round()
    assert len(world.log.full_heads()) == 2


def test_an_act_written_after_the_head_does_not_stop_its_cosigning(world: World) -> None:
    head = _new_head(world)
    world.write("SIDE-A/officer-1")
    assert unheard(world.stores["SIDE-A"], head.head.size) == []
    cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START)


def test_an_act_of_a_key_retired_meanwhile_does_not_stop_cosigning_for_ever(world: World) -> None:
    world.write("SIDE-A/root", "key-retired", key="SIDE-A/officer-1")
    world.hand_in()
    lost = world.write("SIDE-A/officer-1")
    world.hand_in()
    assert world.log.index_of(lost) is None
    _new_head(world, "SIDE-B/officer-1")
    cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START)


def test_a_witness_refuses_a_second_head_of_one_size(world: World, tmp_path: Path) -> None:
    """The log shows SIDE-A one record and SIDE-B another of the same length."""
    shutil.copytree(world.log.folder, tmp_path / "twin")
    _new_head(world)
    cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START)
    with Store.open(tmp_path / "twin", signed=tmp_path / "twin-signed") as twin:
        take_in(twin, hand_in(world.stores["SIDE-B"]))
        twin.append(twin.write("noted", {"other": 1}, make_key("NEUTRAL/root"), at="2026-07-01T10:30:00Z"))
        make_head(twin, world.log_key)
        with pytest.raises(SplitError) as caught:
            take_in(world.stores["SIDE-A"], deliver(twin))
        assert caught.value.index == twin.size - 1
        head = world.stores["SIDE-A"].head(twin.size)
        assert head is not None
        with pytest.raises(SplitError):
            take_in(twin, Parcel(world.charter.origin, heads=(head,)))


def test_a_log_restored_from_an_old_backup_signs_no_second_head(world: World, tmp_path: Path) -> None:
    """Every earlier copy of the folder is put back in turn; the file beside the keys knows better."""
    copies = []
    for number in range(4):
        world.log.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copies.append(tmp_path / f"copy-{number}")
        shutil.copytree(world.log.folder, copies[-1])
        _new_head(world)
        world.cosign()
    for copy in copies:
        with Store.open(copy, signed=world.log.signed_folder) as old:
            size = old.size
            old.append(old.write("noted", {"other": 1}, make_key("NEUTRAL/root"), at="2026-07-01T11:00:00Z"))
            with pytest.raises(RefusedToSignError):
                make_head(old, world.log_key)
            with pytest.raises(RefusedToSignError):
                cosign(old, WITNESS["NEUTRAL"], START)
            assert [signed.head.size for signed in old.heads() if signed.head.size > size] == []


def test_a_log_restored_from_an_old_backup_goes_on_after_taking_another_partys_copy(world: World, tmp_path: Path) -> None:
    shutil.copytree(world.log.folder, tmp_path / "old")
    _new_head(world)
    world.cosign()
    with Store.open(tmp_path / "old", signed=world.log.signed_folder) as old:
        assert take_in(old, deliver(world.stores["SIDE-A"], old.size)).acts == 1
        old.append(old.write("noted", {}, make_key("NEUTRAL/root"), at="2026-07-01T11:00:00Z"))
        make_head(old, world.log_key)


def test_the_database_alone_remembers_when_the_file_is_lost(world: World) -> None:
    head = _new_head(world)
    world.cosign("SIDE-A")
    shutil.rmtree(world.stores["SIDE-A"].signed_folder)
    cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START + 9)
    with pytest.raises(RefusedToSignError, match="signs none below it"):
        cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START, size=5)
    assert head.head.size > 5


def test_an_unreadable_memory_stops_all_signing(world: World) -> None:
    _new_head(world)
    world.cosign("SIDE-A")
    for path in world.stores["SIDE-A"].signed_folder.iterdir():
        path.write_bytes(b"garbage")
    with pytest.raises(StoreError, match="cannot be read"):
        cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START)


def test_the_memory_of_another_record_stops_all_signing(world: World, tmp_path: Path) -> None:
    other = World(tmp_path / "other", terms("Another"))
    other.write("SIDE-A/root")
    other.hand_in()
    with (
        Store.open(other.log.folder, signed=world.log.signed_folder) as mixed,
        pytest.raises(StoreError, match="another record's"),
    ):
        make_head(mixed, world.log_key)


def test_strangers_retired_keys_and_heads_that_are_not_there_are_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(RefusedToSignError, match="not a cosigning key"):
        cosign(world.stores["SIDE-A"], make_key("SIDE-A/witness", COSIGNATURE, "another"), START)
    with pytest.raises(RefusedToSignError, match="not the key of this record's log"):
        make_head(world.log, make_key("NEUTRAL/log", salt="another"))
    with pytest.raises(RefusedToSignError, match="no head"):
        cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START, size=3)
    empty = World(tmp_path / "empty")
    with pytest.raises(RefusedToSignError, match="no acts"):
        make_head(empty.log, empty.log_key)
    with pytest.raises(RefusedToSignError, match="no head"):
        cosign(empty.log, WITNESS["NEUTRAL"], START)


def test_a_new_witness_cosigns_from_its_act_on_and_the_old_one_no_more(world: World) -> None:
    world.add_key("SIDE-A/witness-2", "witness", kind=COSIGNATURE)
    world.write("SIDE-A/root", "key-retired", key="SIDE-A/witness")
    _new_head(world)
    with pytest.raises(RefusedToSignError, match="not a cosigning key"):
        cosign(world.stores["SIDE-A"], WITNESS["SIDE-A"], START)
    cosign(world.stores["SIDE-A"], make_key("SIDE-A/witness-2", COSIGNATURE), START)
    world.cosign("NEUTRAL", "SIDE-B")
    world.hand_in()
    assert standing(world.log.heads()[-1], world.log.ledger).full
    assert len(world.log.full_heads()) == 2


def test_a_closing_head_is_sealed_with_ml_dsa(tmp_path: Path) -> None:
    world = World(tmp_path, terms(closing=True))
    world.write("SIDE-A/root")
    world.full_round()
    world.cosign(kind=MLDSA44)
    world.hand_in()
    world.deliver()
    assert {world.record(code).heads for code in CODES} == {world.log.heads()[-1].note}
    assert standing(world.log.heads()[-1], world.log.ledger).sealed


def test_false_signatures_under_a_head_are_refused_and_the_good_ones_kept(world: World) -> None:
    head = _new_head(world).head
    false = cosign_head(Head(head.origin, head.size, bytes(32)), WITNESS["SIDE-B"], START)
    good = cosign_head(head, WITNESS["SIDE-B"], START)
    report = take_in(world.log, Parcel(head.origin, heads=(SignedHead(head, (false, good)),)))
    assert report.signatures == 1
    assert ["is false" in sentence for sentence in report.refused] == [True]
    unsigned = Head(head.origin, 3, world.log.root_at(3))
    report = take_in(
        world.log, Parcel(head.origin, heads=(SignedHead(unsigned, (cosign_head(unsigned, WITNESS["SIDE-B"], START),)),))
    )
    assert "not signed by the log" in report.refused[0]
    forged = Head("homeward/" + "A" * 43, head.size, head.root)
    report = take_in(world.log, Parcel(head.origin, heads=(SignedHead(forged, (sign_head(forged, world.log_key),)),)))
    assert "another exchange" in report.refused[0]
