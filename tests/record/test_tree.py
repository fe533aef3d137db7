"""The tree: official vectors, every small tree, and every small lie about one."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record.tree import (
    EMPTY_ROOT,
    Frontier,
    ProofError,
    Tree,
    check_consistency,
    check_inclusion,
    check_subtree,
    leaf_hash,
    node_hash,
    root_of,
    valid_subtree,
)
from tests.record.vectors import VECTORS, load, needs_vectors

FOLDER = "rfc6962-transparency-dev/testdata"

_TWELVE = "the two equal roots have 12 bytes; here a hash has 32"
_EMPTY = "a subtree of no leaves: the reference lets it be, here a subtree begins before it ends"
_TWELVE_EMPTY = "a subtree of no leaves, and a root of 12 bytes"
#: Vectors that the reference accepts and this room refuses, with the reason. There are none the other way round.
DIFFERENCES = {
    "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json": _TWELVE,
    "subtreeconsistency/additional/sizes-are-equal-one-and-proof-is-empty.json": _TWELVE,
    "subtreeconsistency/additional/subtree-is-empty-subtree-root-valid-proof-is-empty.json": _EMPTY,
    "subtreeconsistency/additional/subtree-is-empty-sizes-are-equal-one-subtree-root-valid-proof-is-empty.json": _EMPTY,
    "subtreeconsistency/additional/subtree-is-empty-sizes-are-equal-zero-subtree-root-valid-proof-is-empty.json": _EMPTY,
    "subtreeconsistency/additional/subtree-is-empty-subtree-root-valid-tree-root-random-proof-is-empty.json": _TWELVE_EMPTY,
    "subtreeconsistency/additional/"
    "subtree-is-empty-sizes-are-equal-one-subtree-root-valid-tree-root-random-proof-is-empty.json": _TWELVE_EMPTY,
    "subtreeconsistency/additional/"
    "subtree-is-empty-sizes-are-equal-zero-subtree-root-valid-tree-root-random-proof-is-empty.json": _TWELVE_EMPTY,
}


def _accepted(kind: str, vector: dict[str, Any]) -> bool:
    def hashed(name: str) -> bytes:
        return b64decode(vector[name] or "")

    proof = [b64decode(item) for item in vector["proof"] or ()]
    try:
        if kind == "inclusion":
            check_inclusion(hashed("leafHash"), vector["leafIdx"], vector["treeSize"], hashed("root"), proof)
        elif kind == "consistency":
            check_consistency(vector["size1"], hashed("root1"), vector["size2"], hashed("root2"), proof)
        elif kind == "subtreeinclusion":
            start, end = vector["start"], vector["end"]
            if not valid_subtree(start, end):
                return False
            check_inclusion(hashed("leafHash"), vector["leafIdx"] - start, end - start, hashed("root"), proof)
        else:
            start, end, size = vector["start"], vector["end"], vector["size"]
            check_subtree(start, end, hashed("root1"), size=size, root=hashed("root2"), proof=proof)
    except ProofError:
        return False
    return True


@needs_vectors
def test_the_518_proof_vectors_are_answered_as_expected_but_for_the_named_differences() -> None:
    names = sorted(path.relative_to(VECTORS / FOLDER).as_posix() for path in (VECTORS / FOLDER).rglob("*.json"))
    assert len(names) == 518
    different = {}
    for name in names:
        vector = load(f"{FOLDER}/{name}")
        if _accepted(name.partition("/")[0], vector) == bool(vector["wantErr"]):
            different[name] = vector
    assert different.keys() == DIFFERENCES.keys()
    assert not any(vector["wantErr"] for vector in different.values())


def _leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"line %d" % number) for number in range(count)]


@cache
def _by_definition(start: int, end: int) -> bytes:
    """RFC 9162 section 2.1.1, word for word."""
    size = end - start
    if size == 0:
        return hashlib.sha256().digest()
    if size == 1:
        return hashlib.sha256(b"\x00line %d" % start).digest()
    half = 1
    while half * 2 < size:
        half *= 2
    return hashlib.sha256(b"\x01" + _by_definition(start, start + half) + _by_definition(start + half, end)).digest()


def test_three_ways_to_a_root_agree_with_the_definition() -> None:
    tree, edge = Tree(), Frontier()
    assert tree.root() == edge.root() == root_of([]) == EMPTY_ROOT
    for size, leaf in enumerate(_leaves(70), 1):
        tree.extend([leaf])
        edge.push(leaf)
        expected = _by_definition(0, size)
        assert tree.root() == edge.root() == root_of(_leaves(size)) == expected
        assert tree.frontier().hashes == edge.hashes
        assert all(tree.root(earlier) == _by_definition(0, earlier) for earlier in range(size))


def test_every_proof_in_every_tree_up_to_40_leaves_is_accepted_and_every_mutant_refused() -> None:
    leaves = _leaves(40)
    tree = Tree(leaves)
    random = Random(9162)
    mutants = 0
    for size in range(1, 41):
        for index in range(size):
            proof = tree.prove_inclusion(index, size)
            check_inclusion(leaves[index], index, size, tree.root(size), proof)
            for other, changed in _mutants(proof, random):
                mutants += 1
                with pytest.raises(ProofError):
                    check_inclusion(other or leaves[index], index, size, tree.root(size), changed)
            for lie in {index - 1, index + 1} - {-1}:
                with pytest.raises(ProofError):
                    check_inclusion(leaves[index], lie, size, tree.root(size), proof)
        for old in range(1, size + 1):
            proof = tree.prove_consistency(old, size)
            check_consistency(old, tree.root(old), size, tree.root(size), proof)
            for other, changed in _mutants(proof, random):
                mutants += 1
                with pytest.raises(ProofError):
                    check_consistency(old, other or tree.root(old), size, tree.root(size), changed)
    assert mutants > 10_000


def _mutants(proof: list[bytes], random: Random) -> list[tuple[bytes | None, list[bytes]]]:
    """A false leaf or old root, a hash too many, one too few, and one with a flipped bit or a byte too few."""
    found: list[tuple[bytes | None, list[bytes]]] = [
        (bytes(32), proof),
        (None, [*proof, bytes(32)]),
        (None, [bytes(32), *proof]),
    ]
    if proof:
        at = random.randrange(len(proof))
        flipped = bytearray(proof[at])
        flipped[random.randrange(32)] ^= 1 << random.randrange(8)
        found += [(None, proof[1:]), (None, proof[:-1]), (None, [*proof[:at], bytes(flipped), *proof[at + 1 :]])]
        found += [(None, [*proof[:at], proof[at][:-1], *proof[at + 1 :]])]
    return found


@given(st.integers(1, 200), st.data())
def test_a_subtree_is_proved_and_a_wrong_one_is_not(size: int, data: st.DataObject) -> None:
    tree = Tree(_leaves(size))
    end = data.draw(st.integers(1, size))
    start = data.draw(st.sampled_from([start for start in range(end) if valid_subtree(start, end)]))
    root = root_of(_leaves(size)[start:end])
    proof = tree.prove_subtree(start, end, size)
    check_subtree(start, end, root, size=size, root=tree.root(), proof=proof)
    with pytest.raises(ProofError):
        check_subtree(start, end, node_hash(root, root), size=size, root=tree.root(), proof=proof)


@given(st.lists(st.integers(0, 40), max_size=6))
def test_a_tree_grown_in_any_steps_is_the_same_tree(steps: list[int]) -> None:
    leaves = _leaves(sum(steps))
    tree, at = Tree(), 0
    for step in steps:
        tree.extend(leaves[at : at + step])
        at += step
    assert tree.root() == root_of(leaves)
    edge = Frontier()
    for leaf in leaves:
        edge.push(leaf)
    assert Frontier(edge.size, edge.hashes).root() == tree.root()


@given(st.integers(-5, 2**60), st.integers(-5, 2**60), st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_any_sizes_and_proof_end_in_an_answer(index: int, size: int, proof: list[bytes]) -> None:
    with pytest.raises(ProofError):
        check_inclusion(bytes(32), index, size, bytes(32), [*proof, bytes(32)])
    with pytest.raises(ProofError):
        check_consistency(index, bytes(32), size, bytes(31), proof)


def test_a_frontier_with_the_wrong_number_of_hashes_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="whole subtrees"):
        Frontier(3, [bytes(32)])
    with pytest.raises(ValueError, match="not in a tree"):
        Tree(_leaves(3)).prove_inclusion(3, 3)
    with pytest.raises(ValueError, match="no subtree"):
        Tree(_leaves(8)).prove_subtree(1, 3, 8)
    with pytest.raises(ValueError, match="it has no root"):
        Tree().root(1)
