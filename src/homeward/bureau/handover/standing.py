"""What the ticks on one person add up to, in whatever order they came: a tick stands unless another row takes it back.

Nobody ticked: open. One outcome, from however many tablets: that. Two outcomes that differ: a conflict, which somebody has to take
back one side of before the vehicle leaves. The order of arrival decides nothing, so a tablet that was out of reach changes nothing
by coming late.

>>> from uuid import UUID
>>> one, two = UUID(int=1), UUID(int=2)
>>> undone = [Row(one, "received", None), Row(two, "", one)]
>>> standing(undone[:1]).outcome, standing(undone).outcome, standing(reversed(undone)).outcome
('received', None, None)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Row:
    """A tick as far as it matters here."""

    key: UUID
    outcome: str
    takes_back: UUID | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands: the outcomes that were ticked and not taken back, and the keys of those ticks."""

    outcomes: tuple[str, ...] = ()
    keys: tuple[UUID, ...] = ()

    @property
    def outcome(self) -> str | None:
        """The one outcome, or None while nobody has ticked and while ticks contradict each other."""
        return self.outcomes[0] if len(self.outcomes) == 1 else None

    @property
    def conflict(self) -> bool:
        return len(self.outcomes) > 1


def standing(rows: Iterable[Row]) -> Standing:
    """Where a person stands after these rows."""
    seen = list(rows)
    gone = {row.takes_back for row in seen if row.takes_back is not None}
    stands = [row for row in seen if row.takes_back is None and row.key not in gone]
    return Standing(tuple(sorted({row.outcome for row in stands})), tuple(sorted(row.key for row in stands)))
