"""The invented lists leave a plan possible: what the terms ask for is there after faults and refusals are taken away."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from homeward.invented import write_exchange
from homeward.people import read_people
from homeward.planning import Candidate, check_plan, make_plan
from homeward.terms import facts_of, load


@pytest.mark.parametrize(("people", "seed"), [(10, 1), (40, 2), (150, 3)])
def test_a_plan_for_the_terms_exists_when_faults_and_refusals_are_gone(tmp_path: Path, people: int, seed: int) -> None:
    truth = write_exchange(tmp_path, people=people, seed=seed)
    with (tmp_path / "interviews.csv").open(encoding="utf-8", newline="") as file:
        willing = {line["id"] for line in csv.DictReader(file) if line["outcome"] == "wishes_to_go"}
    terms = load(tmp_path / "terms.toml")
    pools = {}
    for holder in truth.parties:
        receiver = truth.other(holder)
        sound = {row.id for row in truth.held[holder] if row.register_id and not row.planted}
        pools[f"home-{receiver}"] = [
            Candidate(person.id, facts_of(person, date(2025, 5, 23), holder=holder, receiver=receiver))
            for person in read_people(tmp_path / holder / "held.xlsx").people
            if person.id in sound & willing
        ]
    plan = make_plan(terms, pools, seed="test")
    assert check_plan(terms, pools, plan) == []
    assert sum(len(going) for stage in plan.stages for going in stage.going.values()) == 2 * people
