"""The short way for acts that follow plainly on their author's last one: reading and judging them in one loop.

In a long record nearly every line is such an act. Its `in`, `n`, `prev` and `by` need not be judged and then looked up: they need
only be equal to what must stand there, and what must stand there has its form already. Whatever is not plain, not equal, or wrong in
any way is left to the long way (`quick.read_line`, then `Ledger.admit`), which alone knows the reasons. So both must agree on every
record; tests hold them to it, and the verifier that is one file and installs nothing goes the long way alone.

| field | the long way asks | here |
|---|---|---|
| in | form; is it this exchange? | equal to this exchange |
| by, signature | form; a key that counts; does the id belong to it? | the same, looked up once per author |
| n, prev | form; one more than the author's last; its hash | equal to these |
| seen | form; the root at that size | equal to what the last act had seen, or to a root that was found true |
| act, at, names of fields | form | the same, once for each that comes up |

The loop is written out in one piece, with nothing called that need not be: it runs a million times, and what it costs is the
difference between a verification and the bare check of its signatures (docs/performance-record.md).
"""

from __future__ import annotations

from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterator
from hashlib import sha256
from operator import itemgetter
from typing import Protocol

from homeward.record.act import ENVELOPE, MAX_INTEGER, MAX_LINE_BYTES, Act, LineError
from homeward.record.ledger import KEY_ACTS, Author, KeyEntry, Ledger
from homeward.record.note import TO_URL, NoteError, Signature
from homeward.record.pool import CHUNK, Pool
from homeward.record.quick import CODE_CHARACTERS, CODE_ENDS, HERE, SECONDS, is_kind, is_minute, is_plain, is_shape

if HERE:
    from orjson import dumps, loads

#: Single bytes as numbers: Python looks for these ten times as fast as for bytes of length one.
_BACKSLASH, _DELETE = 0x5C, 0x7F
_envelope = itemgetter(*ENVELOPE)
#: An upper bound for what is remembered, in case a hostile record makes up a new shape for every line.
_MOST_SHAPES = 4096
#: A key id and a signature.
_CODE_BYTES = 68


class Clock(Protocol):
    """What cosigners' clocks say of the times in acts."""

    def bounds(self, index: int, seen: int) -> tuple[str, str, int]:
        """No remark is due from the first time to the second, for acts before the third number that had seen as much."""

    def look(self, index: int, at: str, seen: int) -> None:
        """An act that lies outside of the bounds."""


class _Known:
    """An author, and everything of its key that a line must show."""

    __slots__ = ("author", "before", "code_at", "entry", "id", "name", "public", "signatures")

    def __init__(self, name: str, entry: KeyEntry, author: Author) -> None:
        self.name, self.entry, self.author = name, entry, author
        self.before = f"\u2014 {name} ".encode()
        self.code_at, self.id, self.public = len(self.before), entry.key.id, entry.key.public
        self.signatures = 0


class Lane:
    """The short way through the lines of one ledger. `leaves` are the leaf hashes that are not in the tree yet."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._authors: dict[str, _Known] = {}
        #: Names of fields in their order → the names of those that are the act's own.
        self._shapes: dict[tuple[str, ...], tuple[str, ...]] = {}
        #: Kinds of acts that came up and say nothing of keys.
        self._kinds: set[str] = set()

    @property
    def signatures(self) -> dict[str, int]:
        """How many acts of each author came this way."""
        return {name: known.signatures for name, known in self._authors.items() if known.signatures}

    def run(
        self,
        lines: Iterator[bytes],
        leaves: list[bytes],
        pool: Pool,
        clock: Clock,
        on_act: Callable[[int, Act], None] | None = None,
    ) -> bytes | None:
        """Take in acts up to the first line that the long way must judge, and give that line; None when there are no more.

        Leaf hashes are added to `leaves`, signatures handed to `pool`.
        """
        ledger, exchange, authors, shapes = self._ledger, self._ledger.charter.exchange, self._authors, self._shapes
        kinds = self._kinds
        size, last_seen, jobs = ledger.size, None, pool.jobs
        earliest, latest, until = "", "", size
        last_shape, own = tuple[str, ...](), tuple[str, ...]()
        if not HERE or ledger.withheld:
            return next(lines, None)
        try:
            for line in lines:
                text, _, signed = line.partition(b"\t")
                try:
                    fields = loads(text)
                    if (
                        dumps(fields) != text
                        or not text.isascii()
                        or _BACKSLASH in text
                        or _DELETE in text
                        or len(line) > MAX_LINE_BYTES
                    ):
                        return line
                    kind, at, by, into, n, prev, seen = _envelope(fields)
                    known = authors.get(by) or self._meet(by)
                    author = known.author
                    shape = tuple(fields)
                    if shape != last_shape:
                        own, last_shape = shapes.get(shape) or self._learn(shape), shape
                    if prev != author.last or n != author.n + 1 or type(n) is not int or into != exchange:
                        return line
                    if seen != last_seen or type(seen[0]) is not int:
                        if not self._is_true(seen):
                            return line
                        last_seen, until = seen, size
                    if (
                        (kind not in kinds and not self._is_other_kind(kind))
                        or at[16:] not in SECONDS
                        or not is_minute(at[:16])
                    ):
                        return line
                    for name in own:
                        value = fields[name]
                        if type(value) is not str and not is_plain(value):
                            return line
                    code = signed[known.code_at :]
                    if len(code) != CODE_CHARACTERS or code[-2:] not in CODE_ENDS or not signed.startswith(known.before):
                        return line
                    # Not the strict mode, which is slower: 68 bytes need all 91 characters before the last to be of the alphabet.
                    data = a2b_base64(code)
                except (ValueError, TypeError, KeyError, IndexError, NoteError, LineError, Base64Error):
                    return line
                if len(data) != _CODE_BYTES or not data.startswith(known.id) or known.entry.retired is not None:
                    return line
                leaf = sha256(b"\x00" + line).digest()
                author.n, author.last = n, b2a_base64(leaf, newline=False).translate(TO_URL, b"=").decode("ascii")
                known.signatures += 1
                leaves.append(leaf)
                jobs.append((size, known.public, data[4:] + text + b"\n"))
                if len(jobs) == CHUNK:
                    pool.flush()
                    jobs = pool.jobs
                if size >= until:
                    earliest, latest, until = clock.bounds(size, seen[0])
                if not earliest <= at <= latest:
                    clock.look(size, at, seen[0])
                if on_act is not None:
                    on_act(size, Act(line, text, fields, (Signature(by, data[:4], data[4:]),), leaf))
                size += 1
            return None
        finally:
            ledger.size = size

    def _meet(self, name: str) -> _Known:
        """An author whose first plain line this may be. Raises `KeyError` for one who has no key that counts."""
        entry = self._ledger.keys[name]
        if not entry.in_use:
            raise KeyError
        # An author of no acts yet, who may have been made for a line that then is refused, is as good as none.
        known = self._authors[name] = _Known(name, entry, self._ledger.authors.setdefault(name, Author()))
        return known

    def _learn(self, shape: tuple[str, ...]) -> tuple[str, ...]:
        """The names of the act's own fields. Raises `KeyError` for names that a field cannot have, or out of their order."""
        if not is_shape(shape) or list(shape) != sorted(shape):
            raise KeyError
        if len(self._shapes) > _MOST_SHAPES:
            self._shapes.clear()
        # Never empty, so that looking it up needs no second question: to look at `act` twice does no harm.
        own = self._shapes[shape] = tuple([name for name in shape if name not in ENVELOPE]) or ENVELOPE[:1]
        return own

    def _is_other_kind(self, kind: str) -> bool:
        """Is this a kind of act, and none that is about keys?"""
        if not is_kind(kind) or kind in KEY_ACTS:
            return False
        if len(self._kinds) > _MOST_SHAPES:
            self._kinds.clear()
        self._kinds.add(kind)
        return True

    def _is_true(self, seen: object) -> bool:
        """Is this a size and a root that were found true before?"""
        if type(seen) is not list or len(seen) != 2:
            return False
        size, root = seen
        return type(size) is int and type(root) is str and self._ledger.seen.get(size) == root


assert MAX_INTEGER < 1 << 63, "whole numbers that orjson reads without loss include all that acts may hold"
