"""The public side of a list: what everybody may see, and what one hash commits to.

    {"_sd":["…"],"count":2,"format":"homeward-list/1","holder":"south","kind":"held","side":"a","slots":8}
    {"_sd":["…","…",…],"category":["serious","soldier"],"person":"p-0002"}
    {"_sd":["…","…",…],"category":[],"person":"p-0004"}

The first line says whose list it is; its one digest hides the list's draw nonce. Each further line is one person, in the
order of their numbers: an id, the categories that the terms count by, and exactly `slots` digests in sorted order. The root
is that of the RFC 9162 tree over all lines, the first one included, so a tree over n people has n + 1 leaves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from homeward.record.disclosure import canonical
from homeward.record.disclosure.errors import DisclosureError
from homeward.record.disclosure.ids import person_number
from homeward.record.disclosure.salted import encode, is_digest
from homeward.record.tree import Tree, leaf_hash

FORMAT: Final = "homeward-list/1"
MAX_SLOTS: Final = 64
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ListHeader:
    """Whose list of what. `kind` is a word like "held" or "sought"; `side` and `holder` are codes of the terms."""

    kind: str
    side: str
    holder: str

    def __post_init__(self) -> None:
        if not all(_WORD.fullmatch(word) for word in (self.kind, self.side, self.holder)):
            raise ValueError("a list's kind, side and holder are short words of letters, digits, points and hyphens")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person's public line. `digests` are sorted and differ from each other."""

    person: str
    category: tuple[str, ...]
    digests: tuple[str, ...]

    def bytes(self) -> bytes:
        """The canonical line, without its newline."""
        return canonical.write({"_sd": list(self.digests), "category": list(self.category), "person": self.person})


@dataclass(frozen=True)
class PublicList:
    """A committed list as the public sees it."""

    header: ListHeader
    slots: int
    draw_digest: str
    people: tuple[PersonLine, ...]

    @cached_property
    def lines(self) -> tuple[bytes, ...]:
        """All lines without their newlines, the header's first."""
        header: dict[str, canonical.Json] = {
            "_sd": [self.draw_digest],
            "count": self.count,
            "format": FORMAT,
            "holder": self.header.holder,
            "kind": self.header.kind,
            "side": self.header.side,
            "slots": self.slots,
        }
        return (canonical.write(header), *(person.bytes() for person in self.people))

    @cached_property
    def tree(self) -> Tree:
        return Tree(leaf_hash(line) for line in self.lines)

    @property
    def root(self) -> bytes:
        """32 bytes that commit to every line, and through the digests to every field of every person."""
        return self.tree.root()

    @property
    def root_text(self) -> str:
        """The root as acts write it: base64url, 43 letters."""
        return encode(self.root)

    @property
    def count(self) -> int:
        """How many people are on the list."""
        return len(self.people)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return tree_size(self.count)

    @cached_property
    def categories(self) -> Mapping[str, int]:
        """How many people bear each category, in alphabetical order. A person may bear several."""
        return dict(sorted(Counter(word for person in self.people for word in person.category).items()))

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The number of each person's line in the tree, by the person's id."""
        return {person.person: number for number, person in enumerate(self.people, start=1)}

    def to_bytes(self) -> bytes:
        """The file `lists/<side>` of a record: every line ends in LF."""
        return b"".join(line + b"\n" for line in self.lines)


def tree_size(count: int) -> int:
    """The leaves of the tree over a list of `count` people: their lines and the header's."""
    return count + 1


def parse_public(data: bytes) -> PublicList:
    """Read what `PublicList.to_bytes` wrote, and nothing else; `DisclosureError` names the line."""
    lines = data.split(b"\n")
    if lines.pop() != b"":
        raise DisclosureError("the public list does not end with a whole line; ask for a new copy")
    if not lines:
        raise DisclosureError("the public list is empty; ask for a new copy")
    header, slots, draw_digest, count = _parse_header(lines[0])
    if count != len(lines) - 1:
        raise DisclosureError(f"the public list announces {count} people and holds {len(lines) - 1}; ask for a new copy")
    people: list[PersonLine] = []
    seen = {draw_digest}
    before = 0
    for number, line in enumerate(lines[1:], start=2):
        person = parse_person(line, slots, number)
        after = person_number(person.person)
        if after <= before:
            raise DisclosureError(f"line {number} of the public list is out of order or a repeat", person.person)
        if not seen.isdisjoint(person.digests):
            raise DisclosureError(f"line {number} of the public list repeats a digest of another line", person.person)
        seen.update(person.digests)
        people.append(person)
        before = after
    return PublicList(header, slots, draw_digest, tuple(people))


def parse_person(line: bytes, slots: int | None, number: int) -> PersonLine:
    """Read one person's line (no newline). `slots` is how many digests it must have; `number` is for the error text."""
    try:
        match canonical.read(line):
            case {"_sd": [*digests], "category": [*words], "person": str(person), **more} if not more:
                person_number(person)
                _check_digests(digests, slots)
                _check_categories(words)
                return PersonLine(person, tuple(map(str, words)), tuple(map(str, digests)))
    except ValueError as error:
        raise DisclosureError(f"line {number} of the public list is damaged: {error}; ask for a new copy") from None
    raise DisclosureError(f"line {number} of the public list is damaged: it is not a person's line; ask for a new copy")


def check_category(word: str) -> str:
    """A category is a short word; `ValueError` otherwise."""
    if not _WORD.fullmatch(word):
        raise ValueError("a category is a short word of letters, digits, points and hyphens")
    return word


def _parse_header(line: bytes) -> tuple[ListHeader, int, str, int]:
    try:
        match canonical.read(line):
            case {
                "_sd": [str(draw)],
                "count": int(count),
                "format": "homeward-list/1",
                "holder": str(holder),
                "kind": str(kind),
                "side": str(side),
                "slots": int(slots),
                **more,
            } if not more and 1 <= slots <= MAX_SLOTS and count >= 0 and is_digest(draw):
                return ListHeader(kind, side, holder), slots, draw, count
    except ValueError:
        pass
    raise DisclosureError(
        f"line 1 is not the first line of a public list ({FORMAT}); take the right file or ask for a new copy"
    )


def _check_digests(digests: list[canonical.Json], slots: int | None) -> None:
    if not all(map(is_digest, digests)):
        raise ValueError("a digest has another form")
    texts = list(map(str, digests))
    if texts != sorted(set(texts)):
        raise ValueError("its digests are not sorted, or one is repeated")
    if slots is not None and len(texts) != slots:
        raise ValueError(f"it has {len(texts)} digests instead of {slots}")


def _check_categories(words: list[canonical.Json]) -> None:
    if not all(isinstance(word, str) for word in words):
        raise ValueError("a category is a word")
    texts = [check_category(str(word)) for word in words]
    if texts != sorted(set(texts)):
        raise ValueError("its categories are not sorted, or one is repeated")
