"""Lodging with keepers: nobody reads alone, a wrong share is named, one keeper is explicit."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record.disclosure import canonical
from homeward.record.entropy import seeded
from homeward.record.note import encode_base64url
from homeward.record.seal import HybridIdentity, SealError, X25519Identity, seal, unseal
from homeward.record.shares import Lodged, LodgingError, join, lodge, open_lodged, open_share, parse_lodging

KEEPERS = {name: X25519Identity.make(entropy=seeded(name)) for name in ("icrc", "host", "church")}
LIST = b'{"disclosures":[]}\n'


#: What the seeds "icrc", "host" and "golden" give. A change here breaks every lodging ever made.
GOLDEN_LODGING = (
    '{"format":"homeward-lodging/1","keepers":{"host":"TMbx9RcRPRuXVXbEu3KQKOd8fTSEgomn-Gyc4VAI0HU","icrc'
    '":"A2keRY9zWCP5Rrv_CXLC8n064mcsUFcSRLN7O0rxl5s"},"key":"2M8NAa5VLkMElse83j_tHwnTXCWEdhzIvEnpDVkhiBo"'
    ',"list":"fXs9aXJ6zbDkjsbL_P4_fFd3G8o-4Gy7QTPnVVS2P5U"}'
)
GOLDEN_SHARES = "799d4ea28e4b365237bd501ed0af19400cc623b78089174ad929e83b6e82d4e5"
GOLDEN_SHARE = (
    '{"format":"homeward-share/1","keeper":"icrc","kind":"X25519","list":"fXs9aXJ6zbDkjsbL_P4_fFd3G8o-4Gy'
    '7QTPnVVS2P5U","share":"25d8b041fa232446c543d7a11fa04c7022bd262202e0cb2be74e1dfef15ccd6b"}'
)


def digest(data: bytes) -> str:
    return encode_base64url(hashlib.sha256(data).digest())


def lodged_with(*names: str, seed: str = "golden", one_keeper: bool = False) -> Lodged:
    recipients = {name: KEEPERS[name].recipient for name in names}
    return lodge(LIST, recipients, entropy=seeded(seed), one_keeper=one_keeper)


def shares_of(lodged: Lodged) -> dict[str, bytes]:
    return {name: open_share(lodged.lodging, name, sealed, KEEPERS[name]) for name, sealed in lodged.sealed_shares.items()}


def test_a_seeded_lodging_keeps_its_golden_bytes() -> None:
    lodged = lodged_with("icrc", "host")
    assert lodged.lodging.to_bytes().decode() == GOLDEN_LODGING
    assert hashlib.sha256(b"".join(lodged.sealed_shares[name] for name in ("host", "icrc"))).hexdigest() == GOLDEN_SHARES
    assert shares_of(lodged)["icrc"].decode() == GOLDEN_SHARE


@pytest.mark.parametrize("names", [("icrc", "host"), ("icrc", "host", "church")])
def test_all_keepers_together_open_the_list(names: tuple[str, ...]) -> None:
    lodged = lodged_with(*names)
    assert open_lodged(parse_lodging(lodged.lodging.to_bytes()), lodged.sealed_list, shares_of(lodged)) == LIST


def test_a_real_lodging_is_hybrid_from_end_to_end() -> None:
    icrc, host = HybridIdentity.make(), HybridIdentity.make()
    lodged = lodge(LIST, {"icrc": icrc.recipient, "host": host.recipient})
    for sealed in (lodged.sealed_list, *lodged.sealed_shares.values()):
        assert sealed.startswith(b"age-encryption.org/v1\n-> mlkem768x25519 ")
    shares = {
        "icrc": open_share(lodged.lodging, "icrc", lodged.sealed_shares["icrc"], icrc),
        "host": open_share(lodged.lodging, "host", lodged.sealed_shares["host"], host),
    }
    assert open_lodged(lodged.lodging, lodged.sealed_list, shares) == LIST


def test_fewer_than_all_keepers_learn_nothing_of_the_key() -> None:
    """For any share that a missing keeper might hold, the others' shares fit a possible key just as well."""
    lodged = lodged_with("icrc", "host", "church")
    key = join(lodged.lodging, shares_of(lodged)).secret
    texts = {name: bytes.fromhex(str(canonical.read(share)["share"])) for name, share in shares_of(lodged).items()}  # type: ignore[index,call-overload]
    for some in itertools.chain(itertools.combinations(texts, 1), itertools.combinations(texts, 2)):
        total = bytes(32)
        for name in some:
            total = bytes(a ^ b for a, b in zip(total, texts[name], strict=True))
        assert total != key
        with pytest.raises(SealError):
            unseal(lodged.sealed_list, [X25519Identity(total)])


def test_a_missing_share_names_the_keeper() -> None:
    lodged = lodged_with("icrc", "host")
    shares = shares_of(lodged)
    del shares["host"]
    with pytest.raises(LodgingError, match="host is missing") as caught:
        open_lodged(lodged.lodging, lodged.sealed_list, shares)
    assert caught.value.keeper == "host"


@given(st.sampled_from(["icrc", "host"]), st.data())
def test_a_changed_share_names_the_keeper_who_brought_it(keeper: str, data: st.DataObject) -> None:
    lodged = lodged_with("icrc", "host")
    shares = shares_of(lodged)
    changed = bytearray(shares[keeper])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(LodgingError) as caught:
        open_lodged(lodged.lodging, lodged.sealed_list, {**shares, keeper: bytes(changed)})
    assert caught.value.keeper == keeper


def test_a_share_of_another_lodging_names_the_keeper() -> None:
    lodged, other = lodged_with("icrc", "host"), lodged_with("icrc", "host", seed="other")
    with pytest.raises(LodgingError, match="share of host is not the one") as caught:
        open_lodged(lodged.lodging, lodged.sealed_list, {**shares_of(lodged), "host": shares_of(other)["host"]})
    assert caught.value.keeper == "host"


def test_two_keepers_cannot_change_shares() -> None:
    lodged = lodged_with("icrc", "host")
    shares = shares_of(lodged)
    with pytest.raises(LodgingError):
        open_lodged(lodged.lodging, lodged.sealed_list, {"icrc": shares["host"], "host": shares["icrc"]})


def test_a_keeper_sees_at_once_that_the_share_received_is_not_the_lodged_one() -> None:
    lodged = lodged_with("icrc", "host")
    wrong = seal(b"noise", [KEEPERS["icrc"].recipient])
    with pytest.raises(LodgingError, match="not the one that was lodged"):
        open_share(lodged.lodging, "icrc", wrong, KEEPERS["icrc"])
    with pytest.raises(LodgingError, match="cannot be opened"):
        open_share(lodged.lodging, "icrc", lodged.sealed_shares["host"], KEEPERS["icrc"])
    with pytest.raises(LodgingError, match="not a keeper"):
        open_share(lodged.lodging, "church", lodged.sealed_shares["icrc"], KEEPERS["icrc"])


def test_another_sealed_list_is_refused() -> None:
    lodged, other = lodged_with("icrc", "host"), lodged_with("icrc", "host", seed="other")
    with pytest.raises(LodgingError, match="SHA-256"):
        open_lodged(lodged.lodging, other.sealed_list, shares_of(lodged))


def test_a_side_that_lodged_garbage_is_found_out_before_release() -> None:
    lodged = lodged_with("icrc", "host")
    noise = seal(LIST, [KEEPERS["church"].recipient])
    garbage = dataclasses.replace(lodged.lodging, key_hash="A" * 43)
    with pytest.raises(LodgingError, match="release neither"):
        open_lodged(garbage, lodged.sealed_list, shares_of(lodged))
    text = canonical.read(shares_of(lodged)["icrc"])
    assert isinstance(text, dict)
    forged = {"host": canonical.write({**text, "keeper": "host", "list": digest(noise)})}
    forged["icrc"] = canonical.write({**text, "list": digest(noise)})
    hashes = {name: digest(share) for name, share in forged.items()}
    lodging = dataclasses.replace(lodged.lodging, list_hash=digest(noise), keepers=hashes)
    with pytest.raises(LodgingError, match="release neither"):
        open_lodged(lodging, noise, forged)


def test_one_keeper_must_be_asked_for() -> None:
    with pytest.raises(ValueError, match="one_keeper"):
        lodged_with("icrc")
    with pytest.raises(ValueError, match="several keepers"):
        lodged_with("icrc", "host", one_keeper=True)
    lodged = lodged_with("icrc", one_keeper=True)
    assert lodged.lodging.one_keeper
    assert open_lodged(lodged.lodging, lodged.sealed_list, shares_of(lodged)) == LIST
    assert not lodged_with("icrc", "host").lodging.one_keeper


def test_a_list_sealed_to_another_key_is_found_out_before_release() -> None:
    """A side that seals its list to a key of its own and announces it well: only opening shows it."""
    lodged = lodged_with("icrc", "host")
    swapped = seal(LIST, [KEEPERS["church"].recipient], entropy=seeded("swap"))
    shares = {}
    for name, share in shares_of(lodged).items():
        text = canonical.read(share)
        assert isinstance(text, dict)
        shares[name] = canonical.write({**text, "list": digest(swapped)})
    hashes = {name: digest(share) for name, share in shares.items()}
    lodging = dataclasses.replace(lodged.lodging, list_hash=digest(swapped), keepers=hashes)
    with pytest.raises(LodgingError, match=r"does not open: .*neither side's list is released"):
        open_lodged(lodging, swapped, shares)


def test_a_keeper_is_named_by_a_short_word() -> None:
    with pytest.raises(ValueError, match="short word"):
        lodge(LIST, {"two words": KEEPERS["icrc"].recipient, "host": KEEPERS["host"].recipient})


@pytest.mark.parametrize(
    "change",
    [
        {"list": "A" * 42},
        {"key": "A" * 42 + "B"},
        {"keepers": {}},
        {"keepers": {"two words": "A" * 43}},
        {"keepers": {"x": 7}},
        {"more": 1},
    ],
)
def test_a_lodging_has_one_form(change: dict[str, canonical.Json]) -> None:
    good = canonical.read(lodged_with("icrc", "host").lodging.to_bytes())
    assert isinstance(good, dict)
    with pytest.raises(LodgingError, match="not the text of a lodging"):
        parse_lodging(canonical.write({**good, **change}))


def test_keepers_with_keys_of_two_kinds_are_refused() -> None:
    with pytest.raises(SealError, match="two kinds"):
        lodge(LIST, {"icrc": KEEPERS["icrc"].recipient, "host": HybridIdentity.make().recipient})


@given(st.binary(max_size=200))
def test_any_bytes_as_a_lodging_or_a_share_give_only_the_typed_error(data: bytes) -> None:
    with pytest.raises(LodgingError):
        parse_lodging(data)
    lodging = dataclasses.replace(lodged_with("icrc", one_keeper=True).lodging, keepers={"icrc": digest(data)})
    with pytest.raises(LodgingError):
        join(lodging, {"icrc": data})
