"""Fields of an act that the office can compute itself, so that nobody copies a hash by hand.

Act → function from the office and the fields given to the fields that follow from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from homeward.exchange import balance_of, balance_table
from homeward.office.desk import Office

Fields = Mapping[str, Any]


def _of_freeze(office: Office, given: Fields) -> dict[str, Any]:
    each = office.state.lists.get(given.get("list", ""))
    if each is None or each.root is None:
        return {}
    agreed = sum(person.list == each.id and person.state == "AGREED" for person in office.state.people.values())
    return {"root": each.root, "agreed": agreed}


def _of_opening(office: Office, given: Fields) -> dict[str, Any]:
    stage = office.state.stages.get(given.get("stage", ""))
    return {"plan": stage.plan} if stage is not None and stage.plan is not None else {}


def _of_closing(office: Office, given: Fields) -> dict[str, Any]:
    stage = office.state.stages.get(given.get("stage", ""))
    return {"balance": balance_table(balance_of(stage, office.state.people))} if stage is not None else {}


_FILLED: Mapping[str, Callable[[Office, Fields], dict[str, Any]]] = {
    "list-frozen": _of_freeze,
    "stage-opened": _of_opening,
    "stage-closed": _of_closing,
}


def filled_in(office: Office, act: str, given: Fields) -> dict[str, Any]:
    """`given` with what follows from it and was not given. What was given stays as it is."""
    fill = _FILLED.get(act)
    return {**(fill(office, given) if fill is not None else {}), **given}
