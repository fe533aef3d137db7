"""Sealed files: round trips, golden bytes, refusals."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.record.entropy import seeded
from homeward.record.seal import (
    HybridIdentity,
    HybridRecipient,
    Identity,
    Passphrase,
    Recipient,
    SealError,
    X25519Identity,
    X25519Recipient,
    armor,
    dearmor,
    parse_identity,
    parse_recipient,
    seal,
    unseal,
)
from homeward.record.seal.encoding import _BECH32, _expand, _polymod, decode_base64, decode_bech32, encode_base64, encode_bech32
from homeward.record.seal.header import parse_header

CURVE = X25519Identity.make(entropy=seeded("curve"))
HYBRID = HybridIdentity.make(entropy=seeded("hybrid"))
STRANGER = X25519Identity.make(entropy=seeded("stranger"))
CHUNK = 64 * 1024

#: What the seeds "curve", "hybrid" and "golden" give. A change here breaks every file ever sealed.
GOLDEN_FILE = (
    "6167652d656e6372797074696f6e2e6f72672f76310a2d3e20583235353139205059556b55714e4b4c553767714568736261506b36357654"
    "46564e3275757534793541764f3948503167450a36626a584d6949414b7671565535496c73445a44337044435336716951514d75476a7444"
    "7973565163686b0a2d2d2d2076385738524a584875332b4e69356d7374536d2f72337262767554736d775476784b7958384a4b443856550a"
    "5d814495e7f98819bec4763bb36fc5a0735f0d1daa7b2bbb84e339600bed7591ade4e74b7349"
)
GOLDEN_RECIPIENT = "age1yyrfyzs3pyu6fwdvg5dkk8lt7xyxn5k4flftue0pqfxy4cu4le5qzdgeet"
GOLDEN_IDENTITY = "AGE-SECRET-KEY-1UEZVP72VE9JNDL244QD80PDFELHLQ38J02WFMP0ZSYAXW6PWDAHS6C2TWL"
GOLDEN_HYBRID_HASH = "9537c938638a70a57217b5af2756f6a0edb8f7401842ac7f8dc68dd123bd3353"
GOLDEN_HYBRID_IDENTITY = "AGE-SECRET-KEY-PQ-1PCCA8XF45CXVDH2V6XVD6H4PYE8RG8F0977M9N48YSXE426SJQNS2QF9UD"


# -- Golden bytes --------------------------------------------------------------------------------------------------------------


def test_a_seeded_x25519_file_keeps_its_golden_bytes() -> None:
    sealed = seal(b"p-0417", [CURVE.recipient], entropy=seeded("golden"))
    assert sealed.hex() == GOLDEN_FILE


def test_the_texts_of_keys_keep_their_golden_letters() -> None:
    assert str(CURVE.recipient) == GOLDEN_RECIPIENT
    assert CURVE.private_text == GOLDEN_IDENTITY
    assert hashlib.sha256(str(HYBRID.recipient).encode()).hexdigest() == GOLDEN_HYBRID_HASH
    assert HYBRID.private_text == GOLDEN_HYBRID_IDENTITY


def test_the_keys_in_the_text_of_the_age_specification_belong_together() -> None:
    identity = parse_identity("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    assert str(identity.recipient) == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


# -- Round trips ---------------------------------------------------------------------------------------------------------------

BOUNDARIES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1]


@pytest.mark.parametrize("size", BOUNDARIES)
@pytest.mark.parametrize("identity", [CURVE, HYBRID, Passphrase("seven words", work_factor=2)], ids=lambda key: key.kind)
def test_what_was_sealed_is_opened_at_every_chunk_boundary(identity: Identity, size: int) -> None:
    recipient = identity if isinstance(identity, Passphrase) else identity.recipient
    plaintext = seeded("plain")(size)
    assert unseal(seal(plaintext, [recipient]), [STRANGER, identity]) == plaintext


@given(st.binary(max_size=200), st.integers(1, 4), st.data())
def test_each_recipient_alone_opens_the_file(plaintext: bytes, count: int, data: st.DataObject) -> None:
    identities = [X25519Identity.make() for _ in range(count)]
    sealed = seal(plaintext, [identity.recipient for identity in identities])
    assert unseal(sealed, [data.draw(st.sampled_from(identities))]) == plaintext


def test_the_same_seed_gives_the_same_x25519_file_and_another_seed_another() -> None:
    first, same, other = (seal(b"x", [CURVE.recipient], entropy=seeded(seed)) for seed in ("1", "1", "2"))
    assert first == same != other


def test_two_files_of_the_same_contents_share_neither_nonce_nor_share() -> None:
    first, second = (seal(b"x", [HYBRID.recipient]) for _ in range(2))
    assert parse_header(first)[0].stanzas != parse_header(second)[0].stanzas
    assert first[-17:] != second[-17:]


@given(st.binary(max_size=300))
def test_armour_goes_there_and_back(file: bytes) -> None:
    if file:
        assert dearmor(armor(file)) == dearmor(b"\n \t" + armor(file).replace(b"\n", b"\r\n") + b"\n\n") == file


@given(st.binary(max_size=80))
def test_base64_and_bech32_go_there_and_back(data: bytes) -> None:
    assert decode_base64(encode_base64(data)) == data
    assert decode_bech32(encode_bech32("age", data)) == ("age", data)


@given(st.binary(min_size=32, max_size=32))
def test_key_texts_go_there_and_back(secret: bytes) -> None:
    for identity in (X25519Identity(secret), HybridIdentity(secret)):
        assert parse_identity(identity.private_text) == identity
        assert parse_recipient(str(identity.recipient)) == identity.recipient


# -- Refusals ------------------------------------------------------------------------------------------------------------------


def reason(sealed: bytes, *identities: Identity) -> str:
    with pytest.raises(SealError) as caught:
        unseal(sealed, identities)
    return caught.value.reason


@settings(max_examples=300)
@given(st.data())
def test_no_changed_byte_goes_unseen(data: st.DataObject) -> None:
    sealed = bytearray(seal(b"p-0417 and more", [CURVE.recipient, STRANGER.recipient], entropy=seeded("golden")))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    reason(bytes(sealed), CURVE)


@pytest.mark.parametrize("size", [0, 10, CHUNK, CHUNK + 5])
def test_a_file_cut_anywhere_near_an_edge_is_refused(size: int) -> None:
    sealed = seal(bytes(size), [CURVE.recipient], entropy=seeded("cut"))
    header_end = parse_header(sealed)[1]
    for cut in {0, 1, header_end - 1, header_end, header_end + 15, header_end + 16, len(sealed) - 17, len(sealed) - 1}:
        if cut < len(sealed):
            reason(sealed[:cut], CURVE)


def test_a_stranger_gets_no_match_and_is_told_what_to_do() -> None:
    assert reason(seal(b"x", [CURVE.recipient]), STRANGER, HYBRID) == "no match"
    assert reason(seal(b"x", [HYBRID.recipient]), STRANGER, HybridIdentity.make()) == "no match"
    assert reason(seal(b"x", [Passphrase("right", work_factor=1)]), Passphrase("wrong")) == "no match"


def test_a_recipient_added_by_somebody_without_the_file_key_is_refused() -> None:
    sealed = seal(b"x", [CURVE.recipient])
    stanza = parse_header(seal(b"y", [STRANGER.recipient]))[0].stanzas[0].text().encode()
    assert reason(sealed.replace(b"v1\n", b"v1\n" + stanza, 1), CURVE) == "HMAC failure"


def test_keys_of_two_kinds_and_a_passphrase_with_company_are_refused() -> None:
    together: list[list[Recipient]] = [
        [CURVE.recipient, HYBRID.recipient],
        [Passphrase("a"), CURVE.recipient],
        [Passphrase("a"), Passphrase("b")],
    ]
    for recipients in together:
        with pytest.raises(SealError, match=r"kind|passphrase"):
            seal(b"x", recipients)


def test_a_work_factor_that_would_stop_the_computer_is_refused_unread() -> None:
    sealed = seal(b"x", [Passphrase("p", work_factor=2)])
    first = sealed.split(b"\n", 2)[1]
    for factor in (b"21", b"99", b"100000000000000000000"):
        assert reason(sealed.replace(first, first[:-1] + factor), Passphrase("p")) == "header failure"


LOW_ORDER = [bytes(32), b"\x01" + bytes(31), bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]


@pytest.mark.parametrize("point", LOW_ORDER)
def test_a_recipient_of_low_order_is_refused(point: bytes) -> None:
    with pytest.raises(SealError, match="protect nothing"):
        X25519Recipient(point)
    with pytest.raises(SealError, match="protect nothing"):
        HybridRecipient(HYBRID.recipient.public[:1184] + point)


def test_an_mlkem_key_with_numbers_out_of_range_is_refused() -> None:
    with pytest.raises(SealError, match="ML-KEM"):
        HybridRecipient(b"\xff" * 1184 + CURVE.recipient.public)


@pytest.mark.parametrize("place", [0, 5, 20, 61])
def test_a_key_with_one_wrong_letter_is_refused(place: int) -> None:
    text = str(CURVE.recipient)
    wrong = text[:place] + ("q" if text[place] != "q" else "p") + text[place + 1 :]
    with pytest.raises(SealError, match="copy it again"):
        parse_recipient(wrong)


@given(st.one_of(st.text(max_size=100), st.from_regex(r"(age1|AGE-SECRET-KEY-1|age1pq1)[a-zA-Z0-9]{0,80}", fullmatch=True)))
def test_any_text_as_a_key_gives_only_the_typed_error(text: str) -> None:
    for parse in (parse_recipient, parse_identity):
        with pytest.raises(SealError):
            parse(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("age1qqqqLPNWAM", "mixed"),
        ("age1qqqqlpnwab", "never have"),
        ("age1qqqqlpnwaq", "checksum"),
        ("ageqqqqlpnwam", "form of a key"),
        ("1qqqqlpnwam", "form of a key"),
        ("age1", "form of a key"),
    ],
)
def test_each_fault_of_a_copied_key_is_named(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        decode_bech32(text)


def test_a_key_whose_last_letter_carries_stray_bits_is_refused() -> None:
    """One byte takes two letters with two bits to spare. They must be zero, even where the checksum fits."""
    for values in ([0, 0], [31, 28]):
        assert len(decode_bech32(_bech32(values))[1]) == 1
    for values in ([0, 1], [0, 3], [31, 29], [0, 0, 0]):
        with pytest.raises(ValueError, match="form of a key"):
            decode_bech32(_bech32(values))


def _bech32(values: list[int]) -> str:
    checksum = _polymod([*_expand("age"), *values, *bytes(6)]) ^ 1
    return "age1" + "".join(_BECH32[value] for value in [*values, *(checksum >> 5 * (5 - i) & 31 for i in range(6))])


@pytest.mark.parametrize("parse", [parse_recipient, parse_identity])
def test_a_sound_text_of_another_kind_is_not_a_key(parse: Callable[[str], object]) -> None:
    other = [
        encode_bech32("age", bytes(31)),
        encode_bech32("bc", bytes(32)),
        encode_bech32("age-secret-key-", bytes(33)).upper(),
    ]
    for text in other:
        with pytest.raises(SealError, match="this is not a"):
            parse(text)


def test_a_header_without_a_recipient_is_refused() -> None:
    assert reason(b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n" + bytes(32), CURVE) == "header failure"


@pytest.mark.parametrize("make", [X25519Recipient, X25519Identity, HybridRecipient, HybridIdentity])
def test_keys_of_another_length_are_our_own_bug(make: Callable[[bytes], object]) -> None:
    with pytest.raises(ValueError, match="bytes"):
        make(bytes(31))


@pytest.mark.parametrize("factor", [0, 21, -1])
def test_a_work_factor_out_of_range_is_our_own_bug(factor: int) -> None:
    with pytest.raises(ValueError, match="work factor"):
        Passphrase("p", work_factor=factor)


PIECES = [
    b"age-encryption.org/v1\n",
    b"-> ",
    b"X25519 ",
    b"scrypt ",
    b"--- ",
    b"\n",
    b"A" * 43,
    b"A" * 64,
    b"=",
    b" ",
    b"1",
    b"\xff",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)), max_size=20))
def test_any_bytes_give_only_the_typed_error(pieces: list[bytes]) -> None:
    for data in (b"".join(pieces), PIECES[0] + b"".join(pieces)):
        reason(data, CURVE, HYBRID, Passphrase("p"))
    with pytest.raises(SealError):
        dearmor(b"-----BEGIN AGE ENCRYPTED FILE-----\n" + b"".join(pieces))


def test_no_secret_shows_in_a_printed_object_or_an_error() -> None:
    secrets = [CURVE.private_text, HYBRID.private_text, CURVE.secret.hex(), repr(CURVE.secret), "seven words"]
    shown = [repr(CURVE), repr(HYBRID), repr(Passphrase("seven words")), str(CURVE)]
    try:
        parse_identity(CURVE.private_text + "Q")
    except SealError as error:
        shown.append(str(error))
    assert len(shown) == 5
    assert not any(secret in text for secret in secrets for text in shown)


def test_sealing_to_nobody_is_our_own_bug() -> None:
    with pytest.raises(ValueError, match="at least one"):
        seal(b"x", [], entropy=os.urandom)
