"""The page's own arithmetic against official vectors: SHA-256, Ed25519 under our rule, ML-DSA-44, points that may be keys."""

from __future__ import annotations

import hashlib
from typing import Any

from homeward.record.note import LOW_ORDER
from tests.record.vectors import load, needs_vectors
from tests.verifier.conftest import Browser

_BYTES = "const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));"
_ED25519 = (
    "async (all) => { "
    + _BYTES
    + """
  const found = [];
  for (const [key, message, signature] of all) {
    try {
      found.push(await homewardVerify.verifyEd25519({ public: bytes(key) }, bytes(message), bytes(signature)));
    } catch (error) {
      found.push(false);
    }
  }
  return found;
}"""
)
_ML_DSA = "(all) => { " + _BYTES + " return all.map((each) => homewardVerify.verifyMlDsa44(...each.map(bytes))); }"
_SHA256 = (
    "(all) => { "
    + _BYTES
    + """
  return all.map((text) => Array.from(homewardVerify.sha256(bytes(text)), (byte) => byte.toString(16).padStart(2, "0")).join(""));
}"""
)
_SOUND = "(all) => { " + _BYTES + " return all.map((text) => homewardVerify.isSoundPoint(bytes(text))); }"


def test_sha256_of_every_length_around_its_blocks(browser: Browser) -> None:
    messages = [bytes(number * 7 % 256 for number in range(length)) for length in [*range(260), 4096, 100_003]]
    digests = browser.page.evaluate(_SHA256, [message.hex() for message in messages])
    assert digests == [hashlib.sha256(message).hexdigest() for message in messages]


@needs_vectors
def test_the_914_edge_cases_of_ed25519_are_decided_by_the_rule(browser: Browser) -> None:
    vectors = load("cctv/ed25519/ed25519vectors.json")
    refused = {"low_order_A", "low_order_R", "low_order_residue", "reencoded_k"}
    wanted = [not set(vector["flags"] or ()) & refused for vector in vectors]
    asked = [(vector["key"], vector["msg"].encode().hex(), vector["sig"]) for vector in vectors]
    assert browser.page.evaluate(_ED25519, asked) == wanted
    assert (len(wanted), sum(wanted)) == (914, 43)


@needs_vectors
def test_wycheproof_ed25519(browser: Browser) -> None:
    groups = load("wycheproof/testvectors_v1/ed25519_test.json")["testGroups"]
    tests = [(group["publicKey"]["pk"], test) for group in groups for test in group["tests"]]
    answers = browser.page.evaluate(_ED25519, [(key, test["msg"], test["sig"]) for key, test in tests])
    assert answers == [test["result"] == "valid" for _, test in tests]
    assert len(answers) == 151


@needs_vectors
def test_wycheproof_ml_dsa_44(browser: Browser) -> None:
    """The eight vectors with a context are left out: heads never have one."""
    groups: Any = load("wycheproof/testvectors_v1/mldsa_44_verify_test.json")["testGroups"]
    tests = [(group["publicKey"], test) for group in groups for test in group["tests"] if "ctx" not in test]
    answers = browser.page.evaluate(_ML_DSA, [(key, test["msg"], test["sig"]) for key, test in tests])
    assert answers == [test["result"] == "valid" for _, test in tests]
    assert len(answers) == 172


@needs_vectors
def test_keys_of_low_or_mixed_order_are_no_sound_points(browser: Browser) -> None:
    vectors = load("cctv/ed25519/ed25519vectors.json")
    mixed = sorted({v["key"] for v in vectors if "low_order_component_A" in (v["flags"] or ())})
    low = sorted(point.hex() for point in LOW_ORDER)
    good = load("wycheproof/testvectors_v1/ed25519_test.json")["testGroups"][0]["publicKey"]["pk"]
    assert browser.page.evaluate(_SOUND, [*mixed, *low, good]) == [False] * (len(mixed) + 14) + [True]
