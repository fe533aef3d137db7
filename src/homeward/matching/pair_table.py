"""The result of a comparison as columns: one entry for each pair proposed, ready for a data frame, an Arrow table or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.evidence import KINDS
from homeward.matching.scoring import Scored
from homeward.people.packed import PackedTexts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


#: What competition takes is a bar from so many bits on.
SMALLEST_BAR = 1e-9
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs to propose, scored, and what competition takes from each (0 or negative bits)."""

    scored: Scored
    lost: Floats

    def __len__(self) -> int:
        return len(self.lost)


@dataclass(frozen=True, slots=True)
class PairTable:
    """Proposed pairs. `evidence` has the bits of each bar by its kind, with "prior" and "others"; they add up to `bits`."""

    left_id: Sequence[str]
    right_id: Sequence[str]
    left_row: Ints
    right_row: Ints
    probability: Floats
    bits: Floats
    evidence: Mapping[str, Floats]
    #: For each kind of evidence which of its `levels` each pair has; 0 says nothing.
    level: Mapping[str, npt.NDArray[np.int8]]

    def bars(self, first: int = 0, last: int | None = None) -> Iterator[list[tuple[str, str, float]]]:
        """For each pair from `first` up to `last` the kind, the code and the bits of its bars; what says nothing has no bar."""
        last = len(self) if last is None else last
        for start in range(first, last, _AT_ONCE):
            rows = slice(start, min(start + _AT_ONCE, last))
            judged = [
                (kind, self.level[kind.name][rows].tolist(), self.evidence[kind.name][rows].tolist())
                for kind in KINDS
                if self.level[kind.name][rows].any()
            ]
            lost, prior = self.evidence["others"][rows].tolist(), self.evidence["prior"][rows].tolist()
            for k in range(len(lost)):
                bars = [("prior", "prior", prior[k])]
                bars += [(kind.name, kind.levels[level[k]], bits[k]) for kind, level, bits in judged if level[k]]
                yield [*bars, ("others", "rivals", lost[k])] if lost[k] < -SMALLEST_BAR else bars

    def __len__(self) -> int:
        return len(self.bits)

    @classmethod
    def of(cls, left: Columns, right: Columns, found: Found) -> PairTable:
        scored = found.scored
        # One number stands for all.
        evidence = {"prior": np.broadcast_to(np.float64(scored.prior), len(found))}
        evidence |= {kind.name: scored.bits[row] for row, kind in enumerate(KINDS)} | {"others": found.lost}
        bits = np.zeros(len(found))
        for bar in evidence.values():
            bits += bar
        return cls(
            left_id=_ids(left, scored.i),
            right_id=_ids(right, scored.j),
            left_row=scored.i,
            right_row=scored.j,
            probability=1.0 / (1.0 + np.exp2(np.clip(-bits, -1000.0, 1000.0))),
            bits=bits,
            evidence=evidence,
            level={kind.name: scored.level[row] for row, kind in enumerate(KINDS)},
        )


def _ids(columns: Columns, rows: Ints) -> Sequence[str]:
    """The identifiers of these rows, packed where those of the list are."""
    return columns.ids.only(rows) if isinstance(columns.ids, PackedTexts) else [columns.ids[row] for row in rows.tolist()]
