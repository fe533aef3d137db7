"""A whole exchange played on one machine, step by step, by the offices alone.

Each party has its own folder with its own keys and its own copy of the record; the `Carrier` takes files from one to the other,
and nothing else passes between them. The steps follow docs/the-way-of-an-exchange.md in its order. What a party may not know, its
step does not look at: the plan is computed by each side from what its own office can open, and agreed only if it is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from homeward.lists import Answer
from homeward.office.answering import answer, open_answers
from homeward.office.founding import charter_for, found
from homeward.office.keys import Keys
from homeward.office.own_lists import commit, lodge, open_received, people_of, release, rows_of
from homeward.office.people_on_record import to_fields, to_person
from homeward.office.stages import agree_to_stage, freeze, open_stage, pools_of, propose_stage, seed_of_the_draw
from homeward.people import Person
from homeward.planning import account_of, make_plan
from homeward.record import save_record, to_record
from homeward.record.disclosure import assign_ids, person_number
from homeward.rehearsal.carrier import Carrier
from homeward.rehearsal.day_files import NOT_HELD, Incident, read_incidents, read_interviews
from homeward.rehearsal.folder import Inputs
from homeward.rehearsal.handover import hand_over
from homeward.rehearsal.scene import Scene, entropy_for


def entries_to_come(inputs: Inputs, list_id: str, seed: str) -> list[tuple[Person, str]]:
    """What the receiver of a list will read when it is released, with the holder's row behind each; in the order of the ids.

    The ids are drawn as `commit` draws them, so the officers can decide on a sheet before the exchange is played.
    """
    holder, _ = inputs.sides[list_id]
    people = inputs.parties[holder].held.people
    lists = sorted(inputs.sides)
    ids = assign_ids(len(people), lists.index(list_id), len(lists), entropy_for(seed, holder, list_id))
    found = [(to_person(person_id, to_fields(person)), person.id) for person_id, person in zip(ids, people, strict=True)]
    return sorted(found, key=lambda pair: person_number(pair[0].id))


class Play(Scene):
    """One rehearsal. The steps are its methods, in their order; `run` in `homeward.rehearsal` calls them."""

    # -- agree

    def found(self) -> None:
        """Keys for everybody, one file of terms with everybody's keys, an empty record each, and the terms agreed."""
        self.progress("keys and terms", 0, 0)
        codes = [*self.terms.parties, self.neutral]
        keys = {
            code: Keys.make(
                self.folder / code / "keys",
                code,
                log=code == self.neutral,
                post_quantum=self.post_quantum,
                entropy=self.entropy(code, "keys"),
            )
            for code in codes
        }
        log = keys[self.neutral].log
        assert log is not None, "the neutral keeps the log"
        charter = charter_for(self.terms.source, [each.public for each in keys.values()], log.verifier)
        self.offices = {code: found(self.folder / code, keys[code], charter, self.clock) for code in codes}
        self.carrier = Carrier(self.offices[self.neutral], self.parties())
        first, *others = self.parties().values()
        leaf = first.say("terms-proposed")
        self.carrier.pass_on()
        for office in (*others, self.offices[self.neutral]):
            office.agree(leaf)
        self.carrier.round()

    # -- lists

    def commit(self) -> None:
        """Both holders bind themselves to their lists; when all have cosigned that, the lists are lodged, opened, released."""
        self.progress("committing to the lists", 0, 0)
        self.move_to("commit", 9)
        files: dict[str, dict[str, bytes]] = {}
        for list_id, (holder, _) in self.inputs.sides.items():
            people = self.inputs.parties[holder].held.people
            made = commit(self.offices[holder], list_id, people, on=self.reckoning_day, entropy=self.entropy(holder, list_id))
            files.setdefault(holder, {}).update(made)
        self.carrier.round(inward=files)
        self.progress("lodging and releasing", 0, 0)
        self.move_to("release", 10)
        keeper = self.offices[self.neutral]
        for list_id in self.inputs.sides:
            lodge(keeper, list_id)
        self.carrier.log_own()
        handed = release([keeper], self.entropy(self.neutral, "release"))
        self.carrier.round(outward=handed)
        for list_id, (_, receiver) in self.inputs.sides.items():
            open_received(self.offices[receiver], list_id)

    def received(self, list_id: str) -> list[Person]:
        """A list as its receiver reads it after the release, under the ids of the exchange."""
        _, receiver = self.inputs.sides[list_id]
        return people_of(self.offices[receiver], list_id)

    def answer(self, answers: Mapping[str, Sequence[Answer]]) -> None:
        """Every receiver answers every name; the neutral has asked everybody in private; both lists are frozen."""
        self.progress("answering every name", 0, 0)
        self.move_to("answers", 9)
        files: dict[str, dict[str, bytes]] = {}
        for list_id, (_, receiver) in self.inputs.sides.items():
            made = answer(self.offices[receiver], list_id, answers[list_id], self.entropy(receiver, list_id, "answers"))
            files.setdefault(receiver, {}).update(made)
        self._interview()
        self.carrier.pass_on(inward=files)
        self.progress("freezing the lists", 0, 0)
        self.move_to("freeze", 9)
        leaves = {}
        for list_id, (holder, _) in self.inputs.sides.items():
            open_answers(self.offices[holder], list_id)
            leaves[list_id] = freeze(self.offices[holder], list_id)
        self.carrier.pass_on()
        for list_id, (_, receiver) in self.inputs.sides.items():
            self.offices[receiver].agree(leaves[list_id])
        self.carrier.round()

    def _interview(self) -> None:
        neutral = self.offices[self.neutral]
        outcomes = read_interviews(self.inputs.folder, self.terms)
        for list_id, (holder, _) in self.inputs.sides.items():
            # The holder calls people by its own rows; the neutral writes down the id of the exchange and the outcome alone.
            with neutral.batch():
                for person_id, row in sorted(rows_of(self.offices[holder], list_id).items()):
                    outcome, reason = outcomes.get((holder, row), NOT_HELD)
                    neutral.say("interviewed", person=person_id, outcome=outcome, reason=reason or None)

    # -- plan

    def make_plan(self) -> None:
        """Each party computes the plan alone. Raises `Impossible` when the terms contradict each other for these lists."""
        self.progress("planning the stages", 0, 0)
        plans = []
        for office in self.parties().values():
            self.pools = pools_of(office, on=self.reckoning_day)
            plans.append(make_plan(self.terms, self.pools, seed=seed_of_the_draw(office)))
        self.plan = plans[0]
        self.proof = self.plan.proof
        self.planned = account_of(self.terms, self.pools, self.plan)
        assert all(plan == self.plan for plan in plans), "two parties computed two plans from the same lists and terms"

    def stage(self, number: int, incidents: Sequence[Incident]) -> None:
        """One stage: planned by one, checked and agreed by all, opened by all, handed over, balanced, closed."""
        stage = self.plan.stages[number]
        day = self.terms.stages[number].date or self.first_day + timedelta(days=number)
        self.progress(f"stage {stage.id}: plan and go", 0, 0)
        self.clock.move_to(day, 5)
        first, *others = self.parties().values()
        neutral = self.offices[self.neutral]
        leaf = propose_stage(first, stage)
        self.carrier.pass_on()
        for office in others:
            agree_to_stage(office, leaf, stage)
        neutral.agree(leaf)
        self.carrier.round()
        self.clock.move_to(day, 7)
        leaf = open_stage(others[0], stage.id)
        self.carrier.pass_on()
        for office in (first, neutral):
            office.agree(leaf)
        self.carrier.round()
        self.progress(f"stage {stage.id}: handing over", 0, 0)
        self.clock.move_to(day, 9)
        self.plan, happened = hand_over(self, number, [each for each in incidents if each.stage == stage.id])
        self.happened += happened

    def incidents(self) -> list[Incident]:
        """What the folder says will go wrong."""
        return read_incidents(self.inputs.folder, self.terms)

    # -- close

    def finish(self) -> None:
        """All close the exchange; the last head is cosigned by all; everybody exports the same record."""
        self.progress("closing", 0, 0)
        first, *others = self.parties().values()
        leaf = first.say("closed")
        self.carrier.pass_on()
        for office in (*others, self.offices[self.neutral]):
            office.agree(leaf)
        self.carrier.round()
        self.acts = list(self.offices[self.neutral].entries())
        for code, office in self.offices.items():
            save_record(to_record(office.store), self.folder / code / f"{code}.record")
