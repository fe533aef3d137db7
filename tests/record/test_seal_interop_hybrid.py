"""Hybrid sealed files pass to and from another program: `age-encryption` by the author of age, in JavaScript.

It runs where Node is installed and HOMEWARD_NODE_FOLDER names a folder in which `npm install age-encryption` was run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from homeward.record.entropy import seeded
from homeward.record.seal import HybridIdentity, X25519Identity, seal, unseal

FOLDER = Path(os.environ.get("HOMEWARD_NODE_FOLDER", "/nonexistent"))
NODE = shutil.which("node")
CHUNK = 64 * 1024

pytestmark = pytest.mark.skipif(
    NODE is None or not (FOLDER / "node_modules" / "age-encryption").is_dir(),
    reason="no Node with age-encryption in HOMEWARD_NODE_FOLDER",
)

#: Opens ours.age, says which recipient the identity has, and seals the same plaintext again to that recipient.
PROGRAM = """
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import fs from 'node:fs';
const [folder, identity] = process.argv.slice(-2);
const decrypter = new Decrypter();
decrypter.addIdentity(identity);
const plain = await decrypter.decrypt(new Uint8Array(fs.readFileSync(`${folder}/ours.age`)), 'uint8array');
fs.writeFileSync(`${folder}/plain`, plain);
const recipient = await identityToRecipient(identity);
fs.writeFileSync(`${folder}/recipient`, recipient);
const encrypter = new Encrypter();
encrypter.addRecipient(recipient);
fs.writeFileSync(`${folder}/theirs.age`, await encrypter.encrypt(plain));
"""


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
@pytest.mark.parametrize("kind", [HybridIdentity, X25519Identity])
def test_hybrid_files_pass_both_ways(kind: type[HybridIdentity | X25519Identity], size: int, tmp_path: Path) -> None:
    identity, stranger, plaintext = kind.make(), kind.make(), seeded("plain")(size)
    (tmp_path / "ours.age").write_bytes(seal(plaintext, [stranger.recipient, identity.recipient]))
    assert NODE is not None
    arguments = [NODE, "--input-type=module", "-e", PROGRAM, "--", str(tmp_path), identity.private_text]
    subprocess.run(arguments, cwd=FOLDER, check=True, timeout=60)
    assert (tmp_path / "plain").read_bytes() == plaintext
    assert (tmp_path / "recipient").read_text() == str(identity.recipient)
    assert unseal((tmp_path / "theirs.age").read_bytes(), [identity]) == plaintext
