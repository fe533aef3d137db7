"""From a store to the file `NAME.record`, and from the file to a copy with lines withheld.

Stores that hold the same acts, signatures and files export the same bytes, whoever exports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from homeward.record.act import parse_line
from homeward.record.bundle import Record
from homeward.record.head import parse_heads
from homeward.record.ledger import KEY_ACTS
from homeward.record.note import encode_base64url
from homeward.record.parcel import Parcel, ParcelError
from homeward.record.quorum import standing
from homeward.record.store import Store
from homeward.record.tree import leaf_hash


@dataclass(frozen=True, slots=True)
class _StoredLines:
    """The first lines of a store, read from disk each time they are iterated."""

    store: Store
    size: int

    def __iter__(self) -> Iterator[bytes]:
        return self.store.lines(0, self.size)


def to_record(store: Store, *, settled: bool = False) -> Record:
    """The record as it stands in a store. `settled` ends it at the last full head, so that all parties have the same.

    The leaf hashes are made from the lines, not taken from the store.
    """
    heads = store.heads()
    full = [signed for signed in heads if standing(signed, store.ledger).full]
    reach = full[-1].head.size if full else 0
    newer = [] if settled else [signed for signed in heads if signed.head.size > reach]
    size = reach if settled else store.size
    lines = _StoredLines(store, size)
    files = store.files()
    return Record(
        terms=store.charter.terms,
        acts=lines,
        heads=b"".join(signed.note for signed in [*full, *newer[-1:]]),
        leaves=b"".join(leaf_hash(line) for line in lines),
        lists={name.partition("/")[2]: content for name, content in files.items() if name.startswith("lists/")},
        sealed={name.partition("/")[2]: content for name, content in files.items() if name.startswith("sealed/")},
    )


def withhold(record: Record, indices: Collection[int] | None = None) -> Record:
    """A copy for the public: without sealed files, and with the acts at `indices` (None: all) replaced by their hashes.

    Acts about keys stay, so that every other act can still be checked.
    """
    lines = []
    for index, line in enumerate(record.acts):
        hide = not line.startswith(b"#") and (indices is None or index in indices) and parse_line(line).kind not in KEY_ACTS
        lines.append(b"#" + encode_base64url(leaf_hash(line)).encode("ascii") if hide else line)
    return replace(record, acts=tuple(lines), sealed={})


def as_parcel(record: Record, origin: str) -> Parcel:
    """A record file as a parcel, for a store that is to be filled from it. Raises `ParcelError` if lines are withheld."""
    acts = tuple(record.acts)
    if any(line.startswith(b"#") for line in acts):
        raise ParcelError("lines are withheld in this copy; a store needs the whole record")
    return Parcel(origin, (), 0, acts, tuple(parse_heads(record.heads)), ())
