"""A party's keys: made, kept, read aloud, proved; and what is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import nacl.bindings
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record.entropy import seeded
from homeward.record.key_files import KeyFileError, write_new
from homeward.record.keys import (
    Kind,
    OwnKey,
    answer_challenge,
    challenge_sealing,
    check_public,
    fingerprint,
    load_key,
    make_key,
    parse_private,
    save_key,
)
from homeward.record.note import LOW_ORDER, NoteError, Verifier, check_possession, prove_possession
from homeward.record.seal import Passphrase, SealError, dearmor, seal, unseal

KINDS = [(kind, "officer-1" if kind is Kind.DEVICE else None) for kind in Kind]
ROOT = make_key(Kind.ROOT, "UA", entropy=seeded("root"))
SEALING = make_key(Kind.SEALING, "UA", entropy=seeded("sealing"))


@pytest.mark.parametrize(("kind", "device"), KINDS)
def test_a_key_of_each_kind_goes_into_its_file_and_back(kind: Kind, device: str | None, tmp_path: Path) -> None:
    key = make_key(kind, "UA", device)
    path = save_key(tmp_path, key)
    again = load_key(path)
    assert (again.name, again.kind, again.public_text, again.private_text) == (
        key.name,
        kind,
        key.public_text,
        key.private_text,
    )
    assert path.with_suffix(".pub").read_text() == key.public_text + "\n"


@pytest.mark.parametrize(("kind", "device"), KINDS)
def test_the_same_seed_makes_the_same_key_and_another_seed_another(kind: Kind, device: str | None) -> None:
    one, same, other = (make_key(kind, "UA", device, entropy=seeded(seed)) for seed in ("1", "1", "2"))
    assert one.private_text == same.private_text
    assert one.public_text != other.public_text


def test_private_texts_keep_their_golden_letters() -> None:
    assert ROOT.private_text == "PRIVATE+KEY+UA/root+6d8c80b7+AVkLCw/1KwrXEGgzsfKqgkWtk9MYufqVGeOoqQ/CT84a\n"
    assert SEALING.private_text == (
        "# homeward sealing key UA/recipient\nAGE-SECRET-KEY-PQ-123PHK5LGJ2KLVLKWYXMSRLA8KAZRQ2RK5F246MD7SVHGQJLN470SWYD2NS\n"
    )


def test_a_replacement_is_of_the_kind_that_it_replaces() -> None:
    for kind, device in [(Kind.ROOT, "root-2"), (Kind.LOG, "log-3"), (Kind.WITNESS, "witness-4"), (Kind.DEVICE, "phone")]:
        assert parse_private(make_key(kind, "UA", device).private_text).kind is kind


def test_a_device_key_cannot_pass_for_another_kind() -> None:
    for device in (None, "root", "log", "witness", "recipient"):
        with pytest.raises(ValueError, match="named after its device"):
            make_key(Kind.DEVICE, "UA", device)


@pytest.mark.parametrize("party", ["", "U A", "UA/x", "Україна", "U\n"])
def test_a_party_whose_name_cannot_stand_in_a_key_is_refused(party: str) -> None:
    with pytest.raises(NoteError):
        make_key(Kind.ROOT, party)


# -- Files ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = save_key(tmp_path / "new" / "folder", ROOT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.with_suffix(".pub").stat().st_mode) == 0o644


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = save_key(tmp_path, ROOT)
    before = path.read_bytes()
    other = make_key(Kind.ROOT, "UA")
    with pytest.raises(KeyFileError, match=r"UA\.root\.(key|pub) exists already"):
        save_key(tmp_path, other)
    path.with_suffix(".pub").unlink()
    with pytest.raises(KeyFileError, match=r"UA\.root\.key exists already"):
        save_key(tmp_path, other)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["UA.root.key"]


def test_a_stick_without_links_keeps_the_promise_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = save_key(tmp_path, ROOT)
    assert load_key(path).private_text == ROOT.private_text
    with pytest.raises(KeyFileError, match="exists already"):
        write_new(path, "PRIVATE\n")
    assert load_key(path).private_text == ROOT.private_text


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(KeyFileError, match="No space left on device; choose another folder"):
        save_key(tmp_path, ROOT)
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_seals_the_file_as_any_age_program_reads_it(tmp_path: Path) -> None:
    path = save_key(tmp_path, ROOT, passphrase="seven plain words", work_factor=4)
    assert b"PRIVATE" not in path.read_bytes()
    assert unseal(dearmor(path.read_bytes()), [Passphrase("seven plain words")]).decode() == ROOT.private_text
    assert load_key(path, passphrase="seven plain words").private_text == ROOT.private_text
    with pytest.raises(KeyFileError, match="protected by a passphrase"):
        load_key(path)
    with pytest.raises(KeyFileError, match="does not open"):
        load_key(path, passphrase="other words")


@pytest.mark.parametrize("passphrase", ["", "\udcff"])
def test_a_passphrase_that_cannot_be_typed_again_is_refused(passphrase: str, tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"UA\.root\.key is not written: .* choose another"):
        save_key(tmp_path, ROOT, passphrase=passphrase)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "\n", "x", "PRIVATE+KEY+UA/root+00000000+AAAA\n", "\u2014", "# homeward sealing key x\n"])
def test_a_file_that_is_no_key_is_refused_by_its_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "UA.root.key"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KeyFileError, match=r"UA\.root\.key"):
        load_key(path)
    with pytest.raises(KeyFileError, match=r"gone\.key cannot be read"):
        load_key(tmp_path / "gone.key")


@given(st.text(st.characters(codec="ascii"), max_size=120))
def test_any_text_as_a_private_key_gives_only_the_typed_errors(text: str) -> None:
    with pytest.raises((NoteError, SealError)):
        parse_private(text)


@given(st.integers(0, 60), st.sampled_from("AZaz09+/="))
def test_a_changed_letter_in_a_private_text_is_refused_and_not_repeated(place: int, letter: str) -> None:
    text = ROOT.private_text
    at = place % (len(text) - 1)
    changed = text[:at] + letter + text[at + 1 :]
    if changed == text:
        return
    with pytest.raises((NoteError, SealError)) as caught:
        parse_private(changed)
    assert text[30:-1] not in str(caught.value)


def test_printing_a_key_never_shows_the_secret() -> None:
    for key in (ROOT, SEALING):
        assert not any(part in repr(key) for part in key.private_text.strip().split("+") if len(part) > 20)


# -- Read aloud ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "device"), KINDS)
def test_a_fingerprint_is_six_groups_of_four_digits(kind: Kind, device: str | None) -> None:
    groups = fingerprint(make_key(kind, "UA", device).public_text).split(" ")
    assert [len(group) for group in groups] == [4] * 6
    assert "".join(groups).isdecimal()


def test_a_fingerprint_says_which_party_the_key_is_of() -> None:
    """The same key under another party's name has other digits, so a card cannot be handed on under a false name."""
    verifier = ROOT.signer.verifier
    assert fingerprint(verifier.text) != fingerprint(Verifier("RU/root", verifier.kind, verifier.public).text)


# -- Refusals ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("point", sorted(LOW_ORDER), ids=bytes.hex)
def test_each_of_the_14_low_order_keys_is_refused(point: bytes) -> None:
    with pytest.raises(KeyFileError, match="not a sound Ed25519 key"):
        check_public(Verifier("UA/root", 1, point).text)


def test_a_key_of_mixed_order_is_refused() -> None:
    """A sound key plus a point of order 8: of full length and on the curve, and still two programs may disagree about it."""
    order8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    mixed = nacl.bindings.crypto_core_ed25519_add(ROOT.signer.verifier.public, order8)
    assert mixed not in LOW_ORDER
    with pytest.raises(KeyFileError, match="not a sound Ed25519 key"):
        check_public(Verifier("UA/root", 1, mixed).text)


def test_sound_public_keys_are_given_back() -> None:
    for kind, device in KINDS:
        text = make_key(kind, "UA", device).public_text
        assert check_public(text) == text


def test_a_private_text_offered_as_public_is_refused_without_repeating_it() -> None:
    for key in (ROOT, SEALING):
        with pytest.raises(KeyFileError) as caught:
            check_public(key.private_text.strip())
        assert key.private_text.strip()[20:] not in str(caught.value)


# -- Proof of possession -------------------------------------------------------------------------------------------------------


def test_a_signing_key_proves_possession_for_one_record_only() -> None:
    proof = prove_possession("homeward/one", ROOT.signer)
    assert check_possession("homeward/one", ROOT.signer.verifier, proof)
    assert not check_possession("homeward/two", ROOT.signer.verifier, proof)


def answering(key: OwnKey, origin: str, sealed: bytes) -> str:
    return answer_challenge(origin, key.identity, sealed)


def test_only_the_owner_of_a_sealing_key_can_answer_its_challenge() -> None:
    sealed, expected = challenge_sealing("homeward/one", SEALING.identity.recipient)
    assert answering(SEALING, "homeward/one", sealed) == expected
    with pytest.raises(KeyFileError, match="does not open"):
        answering(make_key(Kind.SEALING, "UA"), "homeward/one", sealed)
    with pytest.raises(KeyFileError, match="not a challenge for this record"):
        answering(SEALING, "homeward/two", sealed)


def test_a_sealed_list_cannot_be_passed_off_as_a_challenge() -> None:
    for secret in (b"a list of names", b"homeward sealing possession v1\n", b"\xff"):
        with pytest.raises(KeyFileError, match="not a challenge"):
            answering(SEALING, "homeward/one", seal(secret, [SEALING.identity.recipient]))


def test_signing_and_sealing_keys_do_not_stand_in_for_each_other() -> None:
    with pytest.raises(TypeError, match="signs nothing"):
        _ = SEALING.signer
    with pytest.raises(TypeError, match="opens nothing"):
        _ = ROOT.identity
