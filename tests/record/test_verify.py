"""The verdict: what is changed, what is missing, and what is neither."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.record import (
    Act,
    Record,
    Store,
    as_parcel,
    compare,
    make_head,
    parse_heads,
    parse_line,
    save_record,
    take_in,
    verify,
    verify_file,
    withhold,
)
from homeward.record.head import SignedHead
from homeward.record.note import Signature
from homeward.record.quorum import assemble
from tests.record.world import CODES, LOG_KEEPER, World, file_bytes, grown_world, make_key, moment, terms


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return grown_world(tmp_path_factory.mktemp("verify"))


@pytest.fixture(scope="module")
def good(world: World) -> Record:
    record = world.record()
    return replace(record, acts=tuple(record.acts))


def _heads(record: Record) -> list[SignedHead]:
    return list(parse_heads(record.heads))


def _with_heads(record: Record, heads: list[SignedHead]) -> Record:
    return replace(record, heads=b"".join(signed.note for signed in heads))


def test_a_good_record_is_unchanged_and_everything_is_counted(good: Record, world: World) -> None:
    seen: list[tuple[int, Act]] = []
    steps: list[tuple[str, int, int]] = []
    verdict = verify(good, on_act=lambda index, act: seen.append((index, act)), progress=lambda *step: steps.append(step))
    assert (verdict.kind, verdict.exit_code, verdict.findings, verdict.remarks) == ("unchanged", 0, (), ())
    assert (verdict.acts, verdict.heads, verdict.full_heads, verdict.last_full) == (world.log.size, 3, 3, world.log.size)
    assert verdict.signatures == sum(line.count(b"\t") for line in good.acts)
    assert {use.name: use.signatures for use in verdict.keys if use.signatures}.keys() == {
        "NEUTRAL/root",
        "SIDE-A/root",
        "SIDE-B/root",
        "SIDE-A/officer-1",
        "SIDE-B/officer-1",
    }
    assert verdict.cosigned.keys() == set(CODES)
    assert set(verdict.reach.values()) == {world.log.size}
    assert (verdict.card, verdict.origin) == (world.charter.card, world.charter.origin)
    assert [index for index, _ in seen] == list(range(world.log.size))
    assert steps


def test_one_and_many_threads_give_the_same_verdict(good: Record) -> None:
    assert verify(good, workers=1) == verify(good, workers=4)


def test_a_record_from_a_file_and_from_memory_are_judged_alike(good: Record, tmp_path: Path) -> None:
    save_record(good, tmp_path / "a.record")
    assert verify_file(tmp_path / "a.record") == verify_file(file_bytes(good)) == verify(good)


@pytest.mark.parametrize("code", CODES)
def test_a_missing_cosigner_is_named_with_the_act_until_which_it_cosigned(good: Record, world: World, code: str) -> None:
    *others, last = _heads(good)
    cut = SignedHead(last.head, tuple(item for item in last.signatures if item.name != f"{code}/witness"))
    verdict = verify(_with_heads(good, [*others, cut]))
    assert (verdict.kind, verdict.exit_code) == ("incomplete", 2)
    reach = others[-1].head.size
    assert f"{code} has not cosigned after act {reach}" in [finding.text for finding in verdict.findings]
    assert verdict.reach[code] == reach
    assert "uncovered" in [finding.code for finding in verdict.findings]


def test_acts_under_no_head_and_a_record_without_heads_are_incomplete(good: Record) -> None:
    *others, _ = _heads(good)
    assert [finding.code for finding in verify(_with_heads(good, others)).findings] == ["uncovered"]
    assert [finding.code for finding in verify(replace(good, heads=b"")).findings] == ["no-head"]


def test_withheld_acts_are_counted_and_the_rest_is_checked(good: Record) -> None:
    some = withhold(good, {9, 11, 14})
    verdict = verify(some)
    assert (verdict.kind, verdict.withheld, verdict.acts) == ("incomplete", 3, len(tuple(good.acts)))
    assert verify(withhold(good)).withheld == sum(not parse_line(line).kind.startswith("key-") for line in good.acts)
    assert compare(good, some).relation == "same"
    lines = list(some.acts)
    lines[10] = lines[10].replace(b"p-", b"q-", 1)
    assert (verify(replace(some, acts=tuple(lines))).kind, verify(replace(some, acts=tuple(lines))).index) == ("changed", 10)


@pytest.mark.parametrize("seed", range(40))
def test_a_head_with_anything_altered_is_found(good: Record, seed: int) -> None:
    random = Random(seed)
    number = random.randrange(3)
    heads = _heads(good)
    chosen = heads[number]
    at = random.randrange(len(chosen.signatures))
    alterations = [
        replace(chosen, head=replace(chosen.head, size=chosen.head.size - 1)),
        replace(chosen, head=replace(chosen.head, root=bytes(32))),
        replace(chosen, head=replace(chosen.head, origin="homeward/" + "A" * 43)),
        SignedHead(
            chosen.head, chosen.signatures[:at] + heads[number - 1].signatures[at : at + 1] + chosen.signatures[at + 1 :]
        ),
        SignedHead(chosen.head, chosen.signatures[::-1]),
        SignedHead(chosen.head, chosen.signatures[1:]),
    ]
    altered = [*heads[:number], random.choice(alterations), *heads[number + 1 :]]
    verdict = verify(_with_heads(good, altered), workers=1)
    assert verdict.kind == "changed"
    assert (verdict.findings[-1].place, verdict.findings[-1].index) == ("heads", number)


@pytest.mark.parametrize("also_an_act", [False, True])
def test_a_false_signature_under_a_head_is_found_with_or_without_a_false_act(good: Record, also_an_act: bool) -> None:
    """The signatures under heads are checked ahead of the acts: what is false must be told apart all the same."""
    first, *others = _heads(good)
    log, second = first.signatures[:2]
    false = Signature(second.name, second.id, second.body[:-1] + b"\0")
    record = _with_heads(good, [replace(first, signatures=(log, false, *first.signatures[2:])), *others])
    acts = list(good.acts)
    if also_an_act:
        acts[-1] = acts[-1][:-8] + b"AAAAAA" + acts[-1][-2:]
    verdict = verify(replace(record, acts=acts))
    expected = [("acts", len(acts) - 1)] * also_an_act + [("heads", 0)]
    assert [(finding.place, finding.index) for finding in verdict.findings] == expected
    assert false.name in verdict.findings[-1].text


def test_a_head_under_which_strangers_have_signed_without_end_is_false_and_no_other_form(good: Record) -> None:
    """The format sets no bound to a head; both verifiers must then say the same of a very long one."""
    *others, last = _heads(good)
    strangers = tuple(Signature(f"SIDE-A/x{number}", b"1234", bytes(64)) for number in range(10_000))
    long = SignedHead(last.head, (*last.signatures, *strangers))
    assert len(long.note) > 1 << 20
    verdict = verify(_with_heads(good, [*others, long]))
    assert [(finding.code, finding.index) for finding in verdict.findings] == [("head", len(others))]
    assert "SIDE-A/x0 may not sign" in verdict.findings[0].text


def test_heads_in_another_order_or_an_open_head_in_the_middle_are_found(good: Record) -> None:
    first, second, third = _heads(good)
    open_head = SignedHead(second.head, second.signatures[:-1])
    for heads, number in (([second, first, third], 1), ([first, first, third], 1), ([first, open_head, third], 2)):
        verdict = verify(_with_heads(good, heads))
        assert (verdict.kind, verdict.findings[0].index) == ("changed", number)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_leaf_file_is_found_and_the_acts_are_not_blamed(good: Record, seed: int) -> None:
    random = Random(seed)
    leaves = bytearray(good.leaves)
    at = random.randrange(len(leaves))
    leaves[at] ^= 1 << random.randrange(8)
    verdict = verify(replace(good, leaves=bytes(leaves)), workers=1)
    assert (verdict.kind, verdict.findings[0].place, verdict.index) == ("changed", "leaves", at // 32)


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data[:-32], lambda data: data + bytes(32), lambda _: b""]
)
def test_a_leaf_file_of_another_length_is_found(good: Record, change: object) -> None:
    verdict = verify(replace(good, leaves=change(good.leaves)))  # type: ignore[operator] # it is a function
    assert (verdict.kind, verdict.findings[0].place) == ("changed", "leaves")


def test_other_terms_make_it_another_exchanges_record(good: Record) -> None:
    verdict = verify(replace(good, terms=terms("Another example")))
    assert verdict.kind == "changed"
    assert verdict.findings[0].index == 0
    assert "another exchange" in verdict.findings[0].text


@pytest.mark.parametrize("data", [b"", b"no terms", b"\xff"])
def test_terms_that_cannot_be_read_make_the_record_unreadable(good: Record, data: bytes) -> None:
    assert (verify(replace(good, terms=data)).kind, verify(replace(good, heads=b"x")).exit_code) == ("unreadable", 3)


def test_clocks_that_are_a_year_off_change_no_verdict_and_are_remarked(tmp_path: Path) -> None:
    world = grown_world(tmp_path, rounds=1)
    for code, year in (("SIDE-A", 2025), ("SIDE-B", 2027)):
        world.stores[code].write("noted", {}, make_key(f"{code}/officer-1"), at=f"{year}-07-01T10:00:00Z")
    world.full_round()
    verdict = verify(world.record())
    assert verdict.kind == "unchanged"
    assert [remark.code for remark in verdict.remarks] == ["before", "after"]


def test_retired_and_doubted_keys_are_listed_by_index(tmp_path: Path) -> None:
    world = grown_world(tmp_path, rounds=1)
    world.write("SIDE-A/officer-1")
    world.write("SIDE-A/root", "key-distrusted", key="SIDE-A/officer-1", **{"from": 5})
    world.write("SIDE-B/root", "key-retired", key="SIDE-B/officer-1")
    world.full_round()
    verdict = verify(world.record())
    uses = {use.name: (use.retired, use.doubted_from) for use in verdict.keys if use.retired is not None}
    assert verdict.kind == "unchanged"
    assert uses == {"SIDE-A/officer-1": (6, 5), "SIDE-B/officer-1": (7, None)}


def test_an_act_by_a_retired_key_that_the_log_let_in_is_found(tmp_path: Path) -> None:
    """A dishonest log and all cosigners together cannot make such an act stand."""
    world = grown_world(tmp_path, rounds=1)
    late = world.write("SIDE-A/officer-1")
    world.write("SIDE-A/root", "key-retired", key="SIDE-A/officer-1")
    world.hand_in("SIDE-B")
    record = world.record()
    retired = next(line for line in world.stores["SIDE-A"].pending() if b"key-retired" in line)
    verdict = verify(replace(record, acts=(*record.acts, retired, late)))
    assert (verdict.kind, verdict.index) == ("changed", 6)
    assert "retired" in verdict.findings[0].text


def test_two_versions_of_one_record_are_compared_to_the_act_and_the_keys(tmp_path: Path) -> None:
    world = grown_world(tmp_path / "one", rounds=1)
    twin = World(tmp_path / "two")
    origin = world.charter.origin
    for line in world.log.lines():
        twin.log.append(line)
    for number, side in enumerate((world, twin)):
        side.log.append(side.log.write("noted", {"side": number}, make_key("NEUTRAL/root"), at=moment(900)))
        make_head(side.log, side.log_key)
        side.cosign(LOG_KEEPER)
    found = compare(world.record(), twin.record())
    assert (found.relation, found.index, found.both) == ("split", 5, ("NEUTRAL/log", "NEUTRAL/witness"))
    shorter = replace(world.record(), acts=tuple(world.log.lines(0, 3)))
    assert (compare(world.record(), shorter).relation, compare(shorter, world.record()).index) == ("first-longer", 3)
    assert compare(world.record(), replace(world.record(), terms=terms("Another"))).relation == "terms"
    with Store.create(tmp_path / "three", world.terms) as store:
        take_in(store, as_parcel(world.record(), origin))


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=80), max_size=6), st.binary(max_size=120), st.binary(max_size=96))
def test_any_content_gets_a_verdict(acts: list[bytes], heads: bytes, leaves: bytes) -> None:
    record = Record(terms(), tuple(line.replace(b"\n", b"") for line in acts), heads, leaves)
    verdict = verify(record, workers=1)
    assert verdict.kind in {"changed", "incomplete", "unreadable"}
    assert verdict.findings


def test_the_order_in_which_signatures_came_in_does_not_show(good: Record, world: World) -> None:
    for signed in _heads(good):
        assert assemble(signed.head, signed.signatures[::-1], world.log.ledger) == signed


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
def test_the_verifier_opens_no_socket_and_writes_no_file(good: Record, tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    save_record(good, path)
    program = "import sys; from pathlib import Path; from homeward.record import verify_file; print(verify_file(Path(sys.argv[1])).kind)"
    trace = tmp_path / "trace"
    watched = "trace=socket,connect,sendto,open,openat,creat,mkdir,rename,unlink,renameat,renameat2,unlinkat"
    command = ["strace", "-f", "-qq", "-o", str(trace), "-e", watched, sys.executable, "-B", "-c", program, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if not done.stdout:
        pytest.skip("tracing is not allowed on this machine")
    assert done.stdout.strip() == "unchanged"
    calls = trace.read_text().splitlines()
    assert any("openat" in call for call in calls)
    guilty = [
        call
        for call in calls
        if any(word in call for word in ("socket(", "connect(", "O_WRONLY", "O_RDWR", "O_CREAT", "rename", "unlink", "mkdir"))
    ]
    assert guilty == []
