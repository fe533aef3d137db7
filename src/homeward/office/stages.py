"""From the frozen lists to the last person received: what an office does in each stage.

Every party computes the plan alone, from the lists that it has opened, and agrees only to the plan that it has computed itself.
The neutral, who reads no list, agrees to what it can check: that everybody planned was agreed and asked in private.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from homeward.exchange import MAY_GO, as_table, balance_of, balance_table, from_table
from homeward.exchange.seed import draw_seed
from homeward.office.desk import Office
from homeward.office.own_lists import people_of
from homeward.planning import Candidate, StagePlan
from homeward.terms import facts_under


class PlanDiffersError(Exception):
    """The plan that another party proposed is not the one that this office computes from the same lists and terms."""


def freeze(office: Office, list_id: str) -> str:
    """The holder says that its list is final."""
    each = office.state.lists[list_id]
    agreed = sum(person.list == list_id and person.state == "AGREED" for person in office.state.people.values())
    return office.say("list-frozen", list=list_id, root=each.root, agreed=agreed)


def seed_of_the_draw(office: Office) -> str:
    """The seed fixed in the terms, or the one that all lists' numbers make together."""
    return office.terms.tie.seed or draw_seed(office.store.charter.origin, office.state.draw)


def pools_of(office: Office, *, on: date | None) -> dict[str, list[Candidate]]:
    """Who can be planned, per list: agreed by both sides and, after the private interview, free to go."""
    pools: dict[str, list[Candidate]] = {}
    standing = office.state.people
    for list_id, side in office.terms.sides.items():
        pools[list_id] = []
        for person in people_of(office, list_id):
            stands = standing[person.id]
            if (stands.state == "AGREED" or stands.stage is not None) and stands.interview in MAY_GO:
                facts = facts_under(office.terms, person, list_id, on=on, holder=side.holder, receiver=side.receiver)
                pools[list_id].append(Candidate(person.id, facts))
    return pools


def propose_stage(office: Office, stage: StagePlan) -> str:
    """Propose the people of one stage and their reserves."""
    return office.say("stage-planned", stage=stage.id, going=_table(stage.going), reserves=_table(stage.reserves))


def agree_to_stage(office: Office, leaf: str, mine: StagePlan) -> str:
    """Agree to a proposed stage if it is the one that this office computed; `PlanDiffersError` names the stage if not."""
    fields = office.state.proposals[leaf].entry.fields
    for name, people in (("going", mine.going), ("reserves", mine.reserves)):
        proposed = {key: tuple(ids) for key, ids in from_table(fields[name]).items()}
        if proposed != {key: tuple(ids) for key, ids in people.items()}:
            raise PlanDiffersError(f"stage {mine.id}: the proposed plan is not the one that our lists and the terms give")
    return office.agree(leaf)


def open_stage(office: Office, stage: str) -> str:
    """This party's GO; the others agree with theirs."""
    return office.say("stage-opened", stage=stage, plan=office.state.stages[stage].plan)


def close_stage(office: Office, stage: str) -> str:
    """Propose to close a stage with the balance as this office counts it."""
    balance = balance_table(balance_of(office.state.stages[stage], office.state.people))
    return office.say("stage-closed", stage=stage, balance=balance)


def _table(people: Mapping[str, Sequence[str]]) -> list[list[object]]:
    return as_table({name: list(ids) for name, ids in people.items()})
