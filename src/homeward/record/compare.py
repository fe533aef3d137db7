"""Two copies of a record: where they first differ, and who signed which.

>>> from homeward.record.bundle import Record
>>> one, two = (Record(b"terms", lines, b"", b"") for lines in ((b"a", b"b"), (b"a", b"c")))
>>> compare(one, two).index
1
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from homeward.record.bundle import Record
from homeward.record.head import HeadError, SignedHead, parse_heads
from homeward.record.tree import leaf_hash
from homeward.record.withheld import withheld_leaf


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two copies have in common.

    `relation`: `same`; `terms` (two exchanges); `first-longer`, `second-longer` (one is the beginning of the other);
    `split` (act `index` is another one in each). `signed_first` and `signed_second` name the keys that signed heads over a
    split in each copy: a key that stands in both has signed two versions.
    """

    relation: str
    #: The first act that is not the same in both copies, or None.
    index: int | None = None
    signed_first: tuple[str, ...] = ()
    signed_second: tuple[str, ...] = ()

    @property
    def both(self) -> tuple[str, ...]:
        """Keys that signed both versions of a split record: proof of dishonesty, or of a copied key."""
        return tuple(sorted(set(self.signed_first) & set(self.signed_second))) if self.relation == "split" else ()


def compare(first: Record, second: Record) -> Comparison:
    """Compare two records that were each verified before. A withheld line equals the line that it stands for."""
    if first.terms != second.terms:
        return Comparison("terms")
    for index, (one, other) in enumerate(zip_longest(_leaves(first), _leaves(second))):
        if one == other:
            continue
        relation = "second-longer" if one is None else "first-longer" if other is None else "split"
        return Comparison(relation, index, _signers(first, index), _signers(second, index))
    return Comparison("same")


def _leaves(record: Record) -> Iterator[bytes]:
    for line in record.acts:
        yield withheld_leaf(line) or leaf_hash(line)


def _signers(record: Record, index: int) -> tuple[str, ...]:
    """The keys under heads that cover act `index`."""
    try:
        heads: list[SignedHead] = list(parse_heads(record.heads))
    except HeadError:
        return ()
    return tuple(sorted({signature.name for signed in heads if signed.head.size > index for signature in signed.signatures}))
