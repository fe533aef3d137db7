"""One case: the bytes of a file, and what a verifier must say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.world import file_bytes
from homeward.record import Record

#: An act without effect: its number, what it is, who signed it, and the reason's code.
VoidAct = tuple[int, str, str, str]


@dataclass(frozen=True)
class Case:
    """`record` is the verdict on lines, signatures and heads; `exchange` also on what the acts mean.

    `place`, `index` and `code` are those of the first finding; None when there is none.
    """

    content: Record | bytes
    says: str
    record: str
    exchange: str
    place: str | None = None
    index: int | None = None
    code: str | None = None
    #: Place, index and code of what the exchange finds beyond the record: a file that is not the one that an act names.
    finding: tuple[str, int | None, str] | None = None
    void: tuple[VoidAct, ...] = ()
    #: People handed over and received.
    people: tuple[int, int] | None = None
    #: False where the fault lies in an ML-DSA-44 signature, which not every verifier can check.
    without_ml_dsa: bool = True

    @property
    def data(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else file_bytes(self.content)

    def expected(self) -> dict[str, Any]:
        found: dict[str, Any] = {"says": self.says, "record": self.record, "exchange": self.exchange}
        if self.code is not None:
            found |= {"place": self.place, "index": self.index, "code": self.code}
        if self.finding is not None:
            found["exchange_finding"] = dict(zip(("place", "index", "code"), self.finding, strict=True))
        if self.void:
            found["void"] = [list(each) for each in self.void]
        if self.people is not None:
            found["people"] = {"handed_over": self.people[0], "received": self.people[1]}
        if not self.without_ml_dsa:
            found["needs_ml_dsa"] = True
        return found


Make = Callable[[], Case]
GOOD: dict[str, Make] = {}
BAD: dict[str, Make] = {}


def case(table: dict[str, Make]) -> Callable[[Make], Make]:
    """Enter a function as a case; its name is the file's name."""

    def enter(make: Make) -> Make:
        name = make.__name__.replace("_", "-")
        assert name not in table, "two cases have one name"
        table[name] = make
        return make

    return enter


def unreadable(content: Record | bytes, says: str, place: str = "file", code: str | None = None) -> Case:
    return Case(content, says, "unreadable", "unreadable", place, None, code or {"heads": "head"}.get(place, place))


def changed(content: Record, says: str, code: str, index: int, place: str = "acts", **more: Any) -> Case:
    return Case(content, says, "changed", "changed", place, index, code, **more)


def every_case() -> Mapping[str, Make]:
    """All cases by path, in the order of their names."""
    return {
        f"{folder}/{name}.record": table[name] for folder, table in (("bad", BAD), ("good", GOOD)) for name in sorted(table)
    }
