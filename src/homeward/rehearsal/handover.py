"""The day of a stage: vehicles cross, some things go wrong, reserves step in, columns balance.

1. The holder hands over everybody on the manifests, except those to whom something happens before the line.
2. The receiver receives them; a person who is not who the manifest says is refused.
3. What happened is stated as a deviation by one party and agreed to by another.
4. Where the incident leaves time for it, a reserve of the same class is called, handed over, received.
5. Both sides and the neutral close the stage with its balance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from homeward.office.after_stages import without_uncalled
from homeward.office.stages import close_stage
from homeward.planning import Incident as PlanIncident
from homeward.planning import Plan, StagePlan, pools_after, replan
from homeward.rehearsal.day_files import Incident
from homeward.rehearsal.errors import RehearsalError
from homeward.rehearsal.scene import Happened, Scene

#: What each deviation is to the plan. All of them end the person's way in this exchange.
_TO_THE_PLAN: Mapping[str, Literal["refused", "dead", "misidentified"]] = {
    "REFUSAL_AT_LINE": "refused",
    "DEATH_IN_TRANSIT": "dead",
    "NON_DELIVERY": "misidentified",
    "SUBSTITUTION": "misidentified",
    "ESCAPE": "refused",
}

#: Deviations that come to light only when the person is presented; all others keep the person from the line.
_AT_THE_LINE = frozenset({"SUBSTITUTION"})


def hand_over(scene: Scene, number: int, incidents: Sequence[Incident]) -> tuple[Plan, list[Happened]]:
    """Play the day of stage `number`. Gives the plan as it stands afterwards, and what happened."""
    stage = scene.plan.stages[number]
    befallen = _choose(scene, stage, incidents)
    for list_id, people in stage.going.items():
        holder, _ = scene.inputs.sides[list_id]
        with scene.offices[holder].batch():
            for vehicle, person in _vehicles(people):
                if person not in befallen or befallen[person].kind in _AT_THE_LINE:
                    scene.offices[holder].say("handed-over", person=person, stage=stage.id, vehicle=vehicle)
    scene.carrier.pass_on()
    for list_id, people in stage.going.items():
        _, receiver = scene.inputs.sides[list_id]
        office = scene.offices[receiver]
        with office.batch():
            for person in people:
                if person not in befallen:
                    office.say("received", person=person, stage=stage.id)
                elif befallen[person].kind in _AT_THE_LINE:
                    office.say("refused", person=person, stage=stage.id, reason="not_the_person_on_the_manifest")
    scene.carrier.pass_on()
    _state_deviations(scene, stage, befallen)
    plan, stood_in = _call_reserves(scene, number, befallen)
    _close(scene, stage.id)
    list_of = {person: list_id for list_id, people in stage.going.items() for person in people}
    happened = [
        Happened(stage.id, incident.kind, list_of[person], person, stood_in.get(person))
        for person, incident in befallen.items()
    ]
    return plan, happened


def _choose(scene: Scene, stage: StagePlan, incidents: Sequence[Incident]) -> dict[str, Incident]:
    """Whom each incident befalls: the row it names, or somebody of that side and vehicle, drawn from the rehearsal's seed."""
    befallen: dict[str, Incident] = {}
    families, kinds = scene.families(), scene.kinds()
    for incident in incidents:
        (list_id,) = [name for name, (holder, _) in scene.inputs.sides.items() if holder == incident.party]
        going = list(_vehicles(stage.going.get(list_id, ())))
        if incident.row:
            rows = scene.rows(list_id)
            wanted = [person for _, person in going if rows[person] == incident.row]
        else:
            wanted = [person for vehicle, person in going if incident.vehicle is None or vehicle == _name(incident.vehicle)]
        # Families travel together; an incident drawn by lot does not tear one apart.
        free = [person for person in wanted if person not in befallen and (incident.row or person not in families)]
        reserves = stage.reserves.get(list_id, ())
        if incident.reserve and not incident.row:
            # Where a reserve should step in, it befalls somebody for whom there is one, if there is anybody like that.
            ready = {kinds[other] for other in reserves}
            free = [person for person in free if kinds[person] in ready] or free
        if not free:
            raise RehearsalError(
                f"incidents.csv, line {incident.line}: nobody going in {stage.id} from {incident.party} fits this incident; "
                "leave the id and the vehicle empty, or name a row that is planned for this stage"
            )
        draw = scene.entropy("incident", str(incident.line))(8)
        befallen[free[int.from_bytes(draw, "big") % len(free)]] = incident
    return befallen


def _state_deviations(scene: Scene, stage: StagePlan, befallen: dict[str, Incident]) -> None:
    """The receiver states who was not there or not the right one, the holder what happened on its own side; the other agrees."""
    if not befallen:
        return
    leaves: list[tuple[str, str]] = []
    for person, incident in befallen.items():
        (receiver,) = [to for holder, to in scene.inputs.sides.values() if holder == incident.party]
        told_by_receiver = incident.kind in {"SUBSTITUTION", "NON_DELIVERY"}
        by, other = (receiver, incident.party) if told_by_receiver else (incident.party, receiver)
        leaves.append((other, scene.offices[by].say("deviation", kind=incident.kind, stage=stage.id, person=person)))
    scene.carrier.pass_on()
    for other, leaf in leaves:
        scene.offices[other].agree(leaf)
    scene.carrier.pass_on()


def _call_reserves(scene: Scene, number: int, befallen: dict[str, Incident]) -> tuple[Plan, dict[str, str]]:
    """Let reserves step in where there is time. Gives the plan afterwards, and who stood in for whom."""
    stage = scene.plan.stages[number]
    if not befallen:
        return scene.plan, {}
    incidents = [PlanIncident(person, _TO_THE_PLAN[incident.kind]) for person, incident in befallen.items()]
    found = replan(scene.terms, scene.pools, scene.plan, incidents, stage=stage.id)
    coming = [change.person for change in found.changes if change.after == stage.id]
    list_of = {person: list_id for list_id, people in stage.going.items() for person in people}
    kinds = scene.kinds()
    called: dict[str, str] = {}
    for person, incident in befallen.items():
        reserves = stage.reserves.get(list_of[person], ())
        fitting = [other for other in coming if other in reserves and kinds[other] == kinds[person]]
        if incident.reserve and fitting:
            called[person] = fitting[0]
            coming.remove(fitting[0])
    for absent, reserve in called.items():
        holder, _ = scene.inputs.sides[list_of[absent]]
        scene.offices[holder].say("reserve-called", stage=stage.id, person=reserve, **{"for": absent})
        scene.offices[holder].say("handed-over", person=reserve, stage=stage.id, vehicle="reserve")
    scene.carrier.pass_on()
    for absent, reserve in called.items():
        _, receiver = scene.inputs.sides[list_of[absent]]
        scene.offices[receiver].say("received", person=reserve, stage=stage.id)
    scene.carrier.pass_on()
    scene.pools = {name: list(pool) for name, pool in pools_after(scene.pools, incidents).items()}
    return without_uncalled(found.plan, number, set(coming)), called


def _close(scene: Scene, stage: str) -> None:
    first, *others = scene.parties().values()
    leaf = close_stage(others[0], stage)
    scene.carrier.pass_on()
    for office in (first, scene.offices[scene.neutral]):
        office.agree(leaf)
    scene.carrier.round()


_SEATS = 50


def _vehicles(people: Sequence[str]) -> list[tuple[str, str]]:
    """(vehicle, person), fifty to a vehicle in the order of the ids."""
    return [(_name(place // _SEATS + 1), person) for place, person in enumerate(people)]


def _name(number: int) -> str:
    return f"bus-{number}"
