"""Running a record from its first line, from bytes alone: form, rules, tree. Signatures are left to the caller.

The one place that turns lines into roots again: making and cosigning heads and verifying a file all come through here.
"""

from __future__ import annotations

import json

from homeward.record.act import Act, LineError
from homeward.record.charter import Charter
from homeward.record.ledger import KEY_ACTS, Ledger
from homeward.record.note import Verifier
from homeward.record.quick import read_line
from homeward.record.tree import Tree, leaf_hash


class Replay:
    """Takes lines in, one after the other, and can give the root at every size up to there."""

    def __init__(self, charter: Charter) -> None:
        self.ledger = Ledger(charter)
        self._tree = Tree()
        #: Leaf hashes that are not in the tree yet; `Lane.run` adds to them.
        self.new: list[bytes] = []
        self._roots: dict[int, bytes] = {}

    @property
    def size(self) -> int:
        return len(self.new) + self._tree.size

    def feed(self, line: bytes) -> tuple[Act, tuple[Verifier, ...]]:
        """Take the next line in. Gives the act and the keys that must have signed it. Raises `LineError`, `RefusedActError`."""
        act = read_line(line)
        keys = self.ledger.admit(act, self.root_at)
        self.new.append(act.leaf)
        return act, keys

    def trust(self, line: bytes) -> bytes:
        """Take in a line that was fed and found good before, and give its leaf hash; the caller compares the root over it.

        Only what later lines need is read from it: whose it is, its number, and what it says of keys. Raises `LineError` when
        it can no longer be the line that was found good.
        """
        leaf = leaf_hash(line)
        try:
            fields = json.loads(line.partition(b"\t")[0])
            kind, by, number = fields["act"], fields["by"], fields["n"]
        except (ValueError, KeyError, TypeError):
            raise LineError("it is not an act any more") from None
        if kind in KEY_ACTS:
            self.ledger.take(read_line(line))
        else:
            self.ledger.count(by, number, leaf)
        self.new.append(leaf)
        return leaf

    def pass_over(self, leaf: bytes) -> None:
        """Take in a withheld line, of which only the hash is known."""
        self.ledger.pass_over(leaf)
        self.new.append(leaf)

    def root_at(self, size: int) -> bytes:
        """The root over the first `size` lines fed so far."""
        root = self._roots.get(size)
        if root is None:
            if size > self._tree.size:
                self._flush()
            root = self._tree.root(size)
            if len(self._roots) > 4096:
                self._roots.clear()
            self._roots[size] = root
        return root

    def tree(self) -> Tree:
        """The whole tree over what was fed so far, for proofs."""
        self._flush()
        return self._tree

    def _flush(self) -> None:
        self._tree.extend(self.new)
        self.new = []
