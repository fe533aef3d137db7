"""Records that are unchanged, with what a verifier must say of their acts; and how a stage ends when somebody falls out."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.case import Case, VoidAct
from conformance.world import (
    PEOPLE,
    Draft,
    opened,
)


def void_acts(
    draft: Draft,
    says: str,
    *void: VoidAct,
    exchange: str = "incomplete",
    people: tuple[int, int] = (0, 0),
    finding: tuple[str, int | None, str] | None = None,
) -> Case:
    """The record as far as it goes, under a full head: unchanged, and these acts have no effect; `finding` as in `Case`."""
    if not draft.heads or draft.heads[-1].head.size < draft.size:
        draft.head()
    exchange = "changed" if finding else exchange
    return Case(draft.record(), says, "unchanged", exchange, finding=finding, void=void, people=people)


def with_deviation(kind: str, *, agreed: bool = True, stop: int = 3) -> Draft:
    """p-0004 does not come home: `kind` says why, by A; B agrees. The others cross."""
    draft = opened()
    draft.cross(*PEOPLE[:stop])
    at = draft.say("deviation", "A/officer-1", kind=kind, person="p-0004", stage="day1")
    if agreed:
        draft.agree(at, "B")
    draft.head()
    return draft


FULL = {"planned": 2, "received": 2, "reserves_called": 0}


def short(column: str) -> tuple[dict[str, int], dict[str, int]]:
    return FULL, {column: 1, "planned": 2, "received": 1, "reserves_called": 0}


def finish(draft: Draft, *columns: Mapping[str, int]) -> Draft:
    draft.close_stage(*map(dict, columns))
    draft.head()
    draft.close()
    return draft
