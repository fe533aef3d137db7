"""The Merkle tree of RFC 9162 section 2.1 (the same as RFC 6962) over lines of bytes.

    leaf  = SHA-256(0x00, line)          the line without its newline
    node  = SHA-256(0x01, left, right)   left holds the largest power of two smaller than the number of leaves
    empty = SHA-256()

Making a proof and checking it are the same recursion, written twice: the maker appends the hash of the other half on the way
up, the checker takes it off on the way down. Each step of a check uses up one hash of the proof, so a check always ends.
Sizes and positions come from a signed head, never from the proof: the same proof can fit a false size.

>>> tree = Tree()
>>> tree.extend([leaf_hash(line) for line in (b"one", b"two", b"three")])
>>> proof = tree.prove_inclusion(2, 3)
>>> check_inclusion(leaf_hash(b"three"), 2, 3, tree.root(3), proof)
>>> check_inclusion(leaf_hash(b"four"), 2, 3, tree.root(3), proof)
Traceback (most recent call last):
homeward.record.tree.ProofError: the proof does not lead to the root of the head
>>> check_consistency(2, tree.root(2), 3, tree.root(3), tree.prove_consistency(2, 3))
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()

_sha256 = hashlib.sha256


class ProofError(Exception):
    """A proof that does not prove what it should."""


def leaf_hash(line: bytes) -> bytes:
    """RFC 9162 section 2.1.1, for a line without its newline."""
    return _sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162 section 2.1.1."""
    return _sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, level by level. The last node of a level without a partner moves up unchanged."""
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        pairs = iter(level)
        level = [_sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)] + odd
    return level[0]


class Frontier:
    """The right edge of a growing tree: at most one hash per level, so a root costs O(log n) memory.

    >>> edge = Frontier()
    >>> edge.push(leaf_hash(b"one")), edge.push(leaf_hash(b"two"))
    (None, None)
    >>> edge.root() == root_of([leaf_hash(b"one"), leaf_hash(b"two")]), edge.size
    (True, 2)
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if len(hashes) != size.bit_count() or any(len(item) != HASH_BYTES for item in hashes):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} whole subtrees at its edge, not {len(hashes)}")
        self.size = size
        #: The roots of the whole subtrees, the largest first: one for each 1 in the binary form of `size`.
        self.hashes = list(hashes)

    def copy(self) -> Frontier:
        """Another one at the same place, which then goes its own way."""
        return Frontier(self.size, self.hashes)

    def push(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.size += 1
        joins = (self.size & -self.size).bit_length() - 1
        for _ in range(joins):
            leaf = _sha256(b"\x01" + self.hashes.pop() + leaf).digest()
        self.hashes.append(leaf)

    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = _sha256(b"\x01" + left + root).digest()
        return root


class Tree:
    """All whole subtrees, level by level (64 bytes per leaf in all): the root of any earlier size, and proofs."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self.extend(leaves)

    @property
    def size(self) -> int:
        return len(self._levels[0]) // HASH_BYTES

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes, and every whole subtree that they complete."""
        self._levels[0] += b"".join(leaves)
        depth = 0
        while len(self._levels[depth]) >= 2 * HASH_BYTES:
            if depth + 1 == len(self._levels):
                self._levels.append(bytearray())
            below, above = self._levels[depth], self._levels[depth + 1]
            # Only what is new, once as bytes: slices of these are half as dear as slices of what can still grow.
            pairs = bytes(below[2 * len(above) :])
            new = [
                _sha256(b"\x01" + pairs[at : at + 2 * HASH_BYTES]).digest()
                for at in range(0, len(pairs) - 2 * HASH_BYTES + 1, 2 * HASH_BYTES)
            ]
            above += b"".join(new)
            depth += 1

    def leaf(self, index: int) -> bytes:
        return self._node(0, index)

    @property
    def leaf_bytes(self) -> bytes:
        """All leaf hashes, one after the other."""
        return bytes(self._levels[0])

    def leaves(self) -> list[bytes]:
        """All leaf hashes, in order."""
        level = self.leaf_bytes
        return [level[at : at + HASH_BYTES] for at in range(0, len(level), HASH_BYTES)]

    def root(self, size: int | None = None) -> bytes:
        """The root when the tree had `size` leaves. Raises `ValueError` if it never had."""
        size = self.size if size is None else size
        if not 0 <= size <= self.size:
            raise ValueError(f"this tree has {self.size} leaves, it has no root at {size}")
        return self._hash(0, size) if size else EMPTY_ROOT

    def frontier(self, size: int | None = None) -> Frontier:
        """The right edge when the tree had `size` leaves."""
        size = self.size if size is None else size
        hashes, start = [], 0
        for depth in reversed(range(size.bit_length())):
            if size >> depth & 1:
                hashes.append(self._node(depth, start >> depth))
                start += 1 << depth
        return Frontier(size, hashes)

    def prove_inclusion(self, index: int, size: int) -> list[bytes]:
        """The audit path of leaf `index` in the tree of `size` leaves (RFC 9162 section 2.1.3.1)."""
        if not 0 <= index < size <= self.size:
            raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
        return self._path(index, 0, size)

    def prove_consistency(self, old: int, size: int) -> list[bytes]:
        """That the tree of `old` leaves is the beginning of that of `size` (RFC 9162 section 2.1.4.1)."""
        return self.prove_subtree(0, old, size)

    def prove_subtree(self, start: int, end: int, size: int) -> list[bytes]:
        """That the leaves from `start` to before `end` are a subtree of the tree of `size` leaves."""
        if not (valid_subtree(start, end) and end <= size <= self.size):
            raise ValueError(f"leaves {start} to {end} are no subtree of a tree of {size} leaves")
        return self._subproof(start, end, 0, size, known=True)

    def _node(self, depth: int, index: int) -> bytes:
        at = index * HASH_BYTES
        return bytes(self._levels[depth][at : at + HASH_BYTES])

    def _hash(self, base: int, size: int) -> bytes:
        """The hash over `size` leaves from `base`, which is a multiple of the power of two that holds them."""
        if size & (size - 1) == 0:
            depth = size.bit_length() - 1
            return self._node(depth, base >> depth)
        half = split(size)
        return node_hash(self._hash(base, half), self._hash(base + half, size - half))

    def _path(self, index: int, base: int, size: int) -> list[bytes]:
        if size == 1:
            return []
        half = split(size)
        if index < half:
            return [*self._path(index, base, half), self._hash(base + half, size - half)]
        return [*self._path(index - half, base + half, size - half), self._hash(base, half)]

    def _subproof(self, start: int, end: int, base: int, size: int, *, known: bool) -> list[bytes]:
        if (start, end) == (0, size):
            return [] if known else [self._hash(base, size)]
        half = split(size)
        if end <= half:
            return [*self._subproof(start, end, base, half, known=known), self._hash(base + half, size - half)]
        if start >= half:
            return [*self._subproof(start - half, end - half, base + half, size - half, known=known), self._hash(base, half)]
        return [*self._subproof(0, end - half, base + half, size - half, known=False), self._hash(base, half)]


def split(size: int) -> int:
    """The largest power of two smaller than `size`, for a size of at least 2."""
    assert size >= 2, "a tree of fewer than two leaves is not split"
    return 1 << (size - 1).bit_length() - 1


def valid_subtree(start: int, end: int) -> bool:
    """A subtree begins at a multiple of the smallest power of two that holds it."""
    return 0 <= start < end and start & ((1 << (end - start - 1).bit_length()) - 1) == 0


def check_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Mirrors `Tree.prove_inclusion`. Raises `ProofError` unless `leaf` is number `index` of the tree with `root`."""
    if not 0 <= index < size:
        raise ProofError(f"there is no line {index} in a record of {size} lines")
    rest = _hashes([leaf, root], proof)
    hashed = _include(leaf, index, size, rest)
    _arrive(rest, hashed == root)


def check_consistency(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Mirrors `Tree.prove_consistency`. Raises `ProofError` unless the old tree is the beginning of the new one."""
    check_subtree(0, old, old_root, size=size, root=root, proof=proof)


def check_subtree(start: int, end: int, subtree_root: bytes, *, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Mirrors `Tree.prove_subtree`."""
    if not (valid_subtree(start, end) and end <= size):
        raise ProofError(f"lines {start} to {end} are no subtree of a record of {size} lines")
    rest = _hashes([subtree_root, root], proof)
    inner, outer = _contain(subtree_root, start, end, size, rest, known=True)
    _arrive(rest, (inner, outer) == (subtree_root, root))


def _hashes(ends: list[bytes], proof: Sequence[bytes]) -> list[bytes]:
    if any(len(item) != HASH_BYTES for item in [*ends, *proof]):
        raise ProofError(f"every hash has {HASH_BYTES} bytes")
    return list(proof)


def _take(rest: list[bytes]) -> bytes:
    if not rest:
        raise ProofError("the proof is too short")
    return rest.pop()


def _arrive(rest: list[bytes], equal: bool) -> None:
    if rest:
        raise ProofError("the proof is too long")
    if not equal:
        raise ProofError("the proof does not lead to the root of the head")


def _include(leaf: bytes, index: int, size: int, rest: list[bytes]) -> bytes:
    if size == 1:
        return leaf
    half = split(size)
    other = _take(rest)
    if index < half:
        return node_hash(_include(leaf, index, half, rest), other)
    return node_hash(other, _include(leaf, index - half, size - half, rest))


def _contain(inner: bytes, start: int, end: int, size: int, rest: list[bytes], *, known: bool) -> tuple[bytes, bytes]:
    """The hash of the subtree and the hash of the whole, as the proof has them."""
    if (start, end) == (0, size):
        whole = inner if known else _take(rest)
        return whole, whole
    half = split(size)
    other = _take(rest)
    if end <= half:
        part, whole = _contain(inner, start, end, half, rest, known=known)
        return part, node_hash(whole, other)
    if start >= half:
        part, whole = _contain(inner, start - half, end - half, size - half, rest, known=known)
        return part, node_hash(other, whole)
    part, whole = _contain(inner, 0, end - half, size - half, rest, known=False)
    return node_hash(other, part), node_hash(other, whole)
