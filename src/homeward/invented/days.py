"""What happens after the lists: private interviews, and what goes wrong on the days of the handover.

`interviews.csv` is the neutral's: `party,id,outcome,reason`. `party` is the holder, `id` the row of its list. Outcomes:
`wishes_to_go`, `refuses`, `other_destination`, `undecided`, `not_held` (nobody could be interviewed; `reason` says why).

`incidents.csv` is what a rehearsal lets go wrong: `stage,kind,party,id,vehicle,reserve,note`. `stage` is a stage of the terms, `kind`
a deviation (`REFUSAL_AT_LINE`, `DEATH_IN_TRANSIT`, `NON_DELIVERY`, `SUBSTITUTION`), `party` the holder that hands over. The
plan is not known when the file is written, so `id` may be empty: anybody who goes from that party in that stage; `vehicle`,
if given, narrows that to the people of one vehicle of the party in that stage, counted from 1. `reserve` is `no` where nobody
may step in, so that the sides are uneven until the gap is made good; empty otherwise.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

from homeward.invented.chance import share, stream
from homeward.invented.held import HeldList
from homeward.invented.tables import Layout

OUTCOMES = ("wishes_to_go", "refuses", "other_destination", "undecided", "not_held")

#: Of a thousand people going, how many say anything but "wishes to go"; at least one refuses.
_RATES = {"refuses": 4, "other_destination": 1, "undecided": 1}

#: (which stage, counted from 0 and around; kind; which party; vehicle; reserve; note)
INCIDENTS: Sequence[tuple[int, str, int, str, str, str]] = (
    (0, "REFUSAL_AT_LINE", 1, "", "", "says at the line that he or she does not want to cross"),
    (1, "NON_DELIVERY", 0, "1", "no", "one person fewer on the vehicle than on the manifest"),
    (1, "DEATH_IN_TRANSIT", 1, "", "", "died on the way; the doctors of both sides have seen the body"),
    (2, "SUBSTITUTION", 0, "", "", "the person presented is not the one on the manifest"),
)


def interviews(lists: dict[str, HeldList], *, people: int, seed: int | str) -> Layout:
    """An outcome for every row of every list."""
    body: list[list[str]] = []
    for holder, held in lists.items():
        rng = stream(seed, "interviews", holder)
        repeated = {line.part.person.key for _, line in held.lines if line.part is not None and line.part.repeated}
        able = [
            id_
            for id_, line in held.lines
            if line.part is not None
            and line.part.acceptable
            and line.part.person.key not in repeated
            and not line.part.person.family
        ]
        rng.shuffle(able)
        other: dict[str, str] = {}
        for outcome, rate in _RATES.items():
            for _ in range(share(people, rate, at_least=1 if outcome == "refuses" else 0)):
                other[able.pop()] = outcome
        for id_, line in held.lines:
            outcome, reason = other.get(id_, "wishes_to_go"), ""
            if line.part is None:
                outcome, reason = "not_held", "the row names nobody who could be called"
            elif {"released", "dead"} & set(line.planted):
                outcome, reason = "not_held", "nobody came when the name was called"
            body.append([holder, id_, outcome, reason])
    return Layout("", ["party", "id", "outcome", "reason"], body)


def incidents(terms: str, parties: tuple[str, str]) -> Layout:
    """The incidents of the days, on the stages of these terms; none when the terms have no stages."""
    stages = [str(stage["id"]) for stage in tomllib.loads(terms).get("stages", [])]
    body = [
        [stages[stage % len(stages)], kind, parties[party], "", vehicle, reserve, note]
        for stage, kind, party, vehicle, reserve, note in INCIDENTS
        if stages
    ]
    return Layout("", ["stage", "kind", "party", "id", "vehicle", "reserve", "note"], body)
