"""Sealed files pass to and from another program: pyrage, which is the Rust implementation of age, where it is installed.

It knows X25519 recipients and passphrases, no hybrid ones; `test_seal_interop_hybrid.py` has those.
"""

from __future__ import annotations

import pytest

from homeward.record.entropy import seeded
from homeward.record.seal import Passphrase, SealError, X25519Identity, armor, dearmor, parse_identity, seal, unseal

pyrage = pytest.importorskip("pyrage")
CHUNK = 64 * 1024
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]


@pytest.mark.parametrize("size", SIZES)
def test_another_program_opens_what_we_seal(size: int) -> None:
    identity, plaintext = X25519Identity.make(), seeded("plain")(size)
    theirs = pyrage.x25519.Identity.from_str(identity.private_text)
    assert str(theirs.to_public()) == str(identity.recipient)
    sealed = seal(plaintext, [X25519Identity.make().recipient, identity.recipient])
    assert pyrage.decrypt(sealed, [theirs]) == plaintext
    assert pyrage.decrypt(armor(sealed), [theirs]) == plaintext


@pytest.mark.parametrize("size", SIZES)
def test_we_open_what_another_program_seals(size: int) -> None:
    theirs, plaintext = pyrage.x25519.Identity.generate(), seeded("plain")(size)
    identity = parse_identity(str(theirs))
    assert unseal(pyrage.encrypt(plaintext, [theirs.to_public()]), [identity]) == plaintext
    assert unseal(dearmor(pyrage.encrypt(plaintext, [theirs.to_public()], armored=True)), [identity]) == plaintext


def test_a_passphrase_of_ours_opens_in_another_program_and_the_other_way_round() -> None:
    assert pyrage.passphrase.decrypt(seal(b"p-0417", [Passphrase("сім слів", work_factor=4)]), "сім слів") == b"p-0417"
    try:
        opened = unseal(pyrage.passphrase.encrypt(b"p-0417", "сім слів"), [Passphrase("сім слів")])
    except SealError as error:
        # The other program takes as many steps as fit into a second; a very fast machine may pass our limit.
        if error.reason != "header failure":
            raise
        pytest.skip("the other program asked for more steps than we allow")
    assert opened == b"p-0417"
