"""Passing files: late, twice, half, in any order, and with a log that lies."""

from __future__ import annotations

import contextlib
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.record import (
    COSIGNATURE,
    Parcel,
    ParcelError,
    RefusedToSignError,
    SplitError,
    Store,
    StoreError,
    as_parcel,
    cosign,
    deliver,
    hand_in,
    make_head,
    parse_parcel,
    take_in,
    to_record,
    verify,
    withhold,
)
from homeward.record.parcel import check_file_name
from tests.record.world import CODES, SCRATCH, START, World, file_bytes, grown_world, make_key, moment, terms


@pytest.fixture
def world(tmp_path: Path) -> World:
    return grown_world(tmp_path, rounds=2, acts=2)


def test_every_party_exports_the_same_bytes(world: World) -> None:
    world.log.keep_file("lists/SIDE-A", b"a list\n")
    parcel = deliver(world.log)
    for code in CODES[1:]:
        for name, content in take_in(world.stores[code], parcel).files.items():
            world.stores[code].keep_file(name, content)
    assert len({file_bytes(world.record(code)) for code in CODES}) == 1
    assert verify(world.record("SIDE-B")).lists == ("SIDE-A",)


def test_a_settled_export_ends_at_the_last_full_head(world: World) -> None:
    before = file_bytes(world.record())
    world.write("SIDE-A/officer-1")
    world.hand_in()
    make_head(world.log, world.log_key)
    assert verify(world.record()).kind == "incomplete"
    assert file_bytes(to_record(world.log, settled=True)) == before


def test_taking_in_a_parcel_again_does_nothing(world: World) -> None:
    world.write("SIDE-A/officer-1")
    parcel = hand_in(world.stores["SIDE-A"])
    assert take_in(world.log, parcel).acts == 1
    again = take_in(world.log, parcel)
    assert (again.acts, again.signatures, again.refused, again.waiting) == (0, 0, [], 0)
    make_head(world.log, world.log_key)
    whole = deliver(world.log)
    assert take_in(world.stores["SIDE-B"], whole).acts == 1
    assert take_in(world.stores["SIDE-B"], whole).acts == 0


def test_lines_out_of_order_wait_and_are_used_when_those_before_arrive(world: World) -> None:
    lines = [world.write("SIDE-A/officer-1", number=number) for number in range(4)]
    origin = world.charter.origin
    report = take_in(world.log, Parcel(origin, outbox=(lines[2], lines[3], lines[1])))
    assert (report.acts, report.waiting) == (0, 3)
    world.reopen("NEUTRAL")
    report = take_in(world.log, Parcel(origin, outbox=(lines[0],)))
    assert (report.acts, report.waiting) == (4, 0)
    assert list(world.log.lines(world.log.size - 4)) == lines


def test_deliveries_out_of_order_wait_and_name_what_they_need(world: World) -> None:
    start = world.log.size
    for _ in range(4):
        world.write("SIDE-A/officer-1")
    world.hand_in()
    make_head(world.log, world.log_key)
    late = deliver(world.log, start + 2)
    first = deliver(world.log, start)
    store = world.stores["SIDE-B"]
    report = take_in(store, late)
    assert (report.acts, report.needs) == (0, start)
    report = take_in(store, Parcel(first.origin, first=start, acts=first.acts[:2]))
    assert (report.acts, report.signatures, report.waiting) == (4, 1, 0)


def test_acts_wait_for_a_head_of_the_log_and_a_reordered_delivery_is_refused(world: World) -> None:
    start = world.log.size
    for code in CODES[1:]:
        world.write(f"{code}/officer-1")
    world.hand_in()
    store = world.stores["SIDE-B"]
    early = deliver(world.log, start)
    assert (take_in(store, early).acts, take_in(store, early).waiting) == (0, 2)
    make_head(world.log, world.log_key)
    good = deliver(world.log, start)
    swapped = Parcel(good.origin, first=start, acts=good.acts[::-1], heads=good.heads)
    fresh = world.stores["SIDE-A"]
    report = take_in(fresh, swapped)
    assert report.acts == 0
    assert "do not lead to the head" in report.refused[0]
    assert take_in(fresh, good).acts == 2
    assert "is not act" in take_in(fresh, swapped).refused[0]
    assert take_in(store, Parcel(good.origin, heads=good.heads)).acts == 2


def test_a_key_that_arrives_after_its_first_act_is_waited_for(world: World) -> None:
    added = world.add_key("SIDE-A/officer-9")
    used = world.write("SIDE-A/officer-9")
    assert take_in(world.log, Parcel(world.charter.origin, outbox=(used,))).waiting == 1
    assert take_in(world.log, Parcel(world.charter.origin, outbox=(added,))).acts == 2


def test_a_forged_line_is_refused_kept_out_and_does_not_stop_the_others(world: World) -> None:
    good = [world.write("SIDE-A/officer-1"), world.write("SIDE-B/officer-1")]
    forged = good[0].replace(b"noted", b"moted", 1)
    report = take_in(world.log, Parcel(world.charter.origin, outbox=(b"nonsense", forged, *good)))
    assert report.acts == 2
    assert len(report.refused) == 2
    assert world.log.index_of(forged) is None


def test_a_delivery_with_a_false_act_is_not_used_and_the_true_one_is(world: World) -> None:
    start = world.log.size
    for _ in range(3):
        world.write("SIDE-A/officer-1")
    world.hand_in()
    make_head(world.log, world.log_key)
    parcel = deliver(world.log, start)
    acts = (parcel.acts[0], parcel.acts[1].replace(b"noted", b"moted", 1), parcel.acts[2])
    report = take_in(world.stores["SIDE-B"], Parcel(parcel.origin, first=start, acts=acts, heads=parcel.heads))
    assert report.acts == 0
    assert f"act {start + 1}" in report.refused[0]
    assert take_in(world.stores["SIDE-B"], parcel).acts == 3


def test_another_exchanges_parcel_is_refused(world: World, tmp_path: Path) -> None:
    other = World(tmp_path / "other", terms("Another"))
    other.write("SIDE-A/root")
    with pytest.raises(StoreError, match="another exchange"):
        take_in(world.log, hand_in(other.stores["SIDE-A"]))


def test_a_store_is_filled_from_a_record_file(world: World, tmp_path: Path) -> None:
    with Store.create(tmp_path / "new", world.terms) as store:
        report = take_in(store, as_parcel(world.record(), world.charter.origin))
        assert report.acts == world.log.size
        assert file_bytes(to_record(store)) == file_bytes(world.record())
    with pytest.raises(ParcelError, match="withheld"):
        as_parcel(withhold(world.record()), world.charter.origin)


def test_a_parcel_cut_off_anywhere_is_refused_whole(world: World) -> None:
    world.write("SIDE-A/officer-1")
    data = hand_in(world.stores["SIDE-A"]).data
    for cut in range(0, len(data), 53):
        with pytest.raises(ParcelError):
            parse_parcel(data[:cut])


@given(st.binary(max_size=100), st.integers(0, 300))
def test_any_bytes_are_a_parcel_in_its_one_form_or_refused(data: bytes, at: int) -> None:
    import hashlib

    good = Parcel("homeward/" + "A" * 43, (b"x",), 3, (b"y", b"z"), (), (("lists/A", b"\n\0end"),)).data
    assert parse_parcel(good).data == good
    for body in (data, good[:at] + data + good[at:], good[:-69][:at] + data + good[:-69][at:]):
        for candidate in (body, body + f"end {hashlib.sha256(body).hexdigest()}\n".encode()):
            with contextlib.suppress(ParcelError):
                assert parse_parcel(candidate).data == candidate


@pytest.mark.parametrize("name", ["acts", "lists/../x", "lists/a/b", "/lists/a", "lists/", "lists/a.exe"])
def test_a_file_in_a_parcel_has_a_plain_name(name: str) -> None:
    with pytest.raises(ParcelError):
        check_file_name(name)


# ---- simulator ----------------------------------------------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_nothing_is_lost_by_late_repeated_or_reordered_files(random: Random) -> None:
    with TemporaryDirectory(dir=SCRATCH) as folder:
        world = grown_world(Path(folder), rounds=1)
        written, parcels = _chaos(world, random)
        # In the end every courier arrives, twice and in any order.
        for _ in range(2):
            random.shuffle(parcels)
            for code, data in parcels:
                take_in(world.stores[code], parse_parcel(data))
        size = world.full_round()
        assert all(world.log.index_of(line) is not None for line in written)
        assert size == world.log.size
        assert len({file_bytes(world.record(code)) for code in CODES}) == 1
        assert verify(world.record("SIDE-A"), workers=1).kind == "unchanged"


def _chaos(world: World, random: Random) -> tuple[list[bytes], list[tuple[str, bytes]]]:
    """Thirty moves of anybody: write, send a parcel, let any parcel arrive, make a head, try to cosign."""
    written: list[bytes] = []
    parcels: list[tuple[str, bytes]] = []
    for _ in range(30):
        code = random.choice(CODES)
        store = world.stores[code]
        move = random.choice(("write", "write", "send", "send", "arrive", "arrive", "head", "cosign"))
        if move == "write" and code != "NEUTRAL":
            written.append(world.write(f"{code}/officer-1"))
        elif move == "send" and code == "NEUTRAL":
            parcels.append((random.choice(CODES[1:]), deliver(store, random.randrange(store.size + 1)).data))
        elif move == "send":
            parcels.append(("NEUTRAL", hand_in(store).data))
        elif move == "arrive" and parcels:
            to, data = random.choice(parcels)
            take_in(world.stores[to], parse_parcel(data))
        elif move == "head":
            make_head(world.log, world.log_key)
        elif move == "cosign":
            with contextlib.suppress(RefusedToSignError):
                world.cosign(code)
    return written, parcels


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.sets(st.sampled_from(CODES[1:]), max_size=1))
def test_with_one_honest_party_no_two_different_heads_are_both_full(random: Random, colluding: set[str]) -> None:
    """The log shows two records; the parties in `colluding` and the neutral itself sign whatever they are shown."""
    with TemporaryDirectory(dir=SCRATCH) as folder:
        world = grown_world(Path(folder), rounds=1)
        twin = World(Path(folder) / "twin")
        for code in CODES:
            take_in(twin.stores[code], _as_needed(world, code))
        heads = []
        for number, side in enumerate((world, twin) * 2):
            for _ in range(random.randrange(1, 3)):
                line = side.log.write("noted", {"side": number % 2}, make_key("NEUTRAL/root"), at=moment(900 + number))
                side.log.append(line)
            make_head(side.log, world.log_key)
            parcel = deliver(side.log)
            for code in CODES:
                # An honest party has one store, which both records reach; a dishonest one has a store for each.
                honest = code != "NEUTRAL" and code not in colluding
                store = (world if honest else side).stores[code]
                with contextlib.suppress(SplitError, RefusedToSignError):
                    if code != "NEUTRAL":
                        take_in(store, parcel)
                    signed = cosign(store, make_key(f"{code}/witness", COSIGNATURE), START + number)
                    take_in(side.log, Parcel(world.charter.origin, heads=(signed,)))
            heads += side.log.full_heads()
        roots = {signed.head.size: side for side in (world, twin) for signed in side.log.full_heads()}
        everything = sorted({(signed.head.size, signed.head.root) for signed in heads})
        longest = roots[max(roots)].log
        assert all(root == longest.root_at(size) for size, root in everything)
        assert all(one[0] < other[0] for one, other in pairwise(everything))


def _as_needed(world: World, code: str) -> Parcel:
    """What a second store of the same party needs to stand where the first does."""
    if code != "NEUTRAL":
        return deliver(world.log)
    return Parcel(world.charter.origin, outbox=tuple(world.log.lines()))
