"""A plan's folder says the same when it is read again, and every stage has files of its own."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from homeward.cli.plan_folder import HappenedInStage, PlanFolder, read_plan, write_data
from homeward.cli.plan_input import Input, ListUsed, fields_kept
from homeward.cli.plan_tables import stage_file
from homeward.cli.words import WORDS
from homeward.planning import Candidate, Incident, make_plan
from homeward.terms import parse
from tests.cli.running import homeward
from tests.planning.invented import HEAD, clause, pool_of, terms_of


@given(st.integers(0, 10_000), st.booleans())
@settings(max_examples=15, deadline=None)
def test_what_is_written_is_read_again(seed: int, happened: bool) -> None:
    rng = random.Random(seed)
    terms = terms_of(
        clause("T1", kind="count", group="soldier", sides=["home-A", "home-B"], max=6)
        + clause("T2", kind="parity", sides=["home-A", "home-B"])
    )
    kept = set(fields_kept(terms))
    pools = {
        side: [
            Candidate(person.id, {name: value for name, value in person.facts.items() if value is not None and name in kept})
            for person in pool_of(rng, 12, side)
        ]
        for side in terms.sides
    }
    used = tuple(ListUsed(side, None, f"{side}.csv", "0" * 64, 12, (3, 9)) for side in terms.sides)
    plan = make_plan(terms, pools, seed=str(seed))
    incidents = (HappenedInStage("s1", Incident(pools["home-A"][0].id, "absent")),) if happened else ()
    folder = PlanFolder(terms, Input(pools, used, {"p-out": "why"}), date(2025, 5, 23), plan, incidents)
    with TemporaryDirectory() as place:
        write_data(folder, Path(place))
        read = read_plan(Path(place))
    assert read.plan == folder.plan
    assert (read.made_from, read.on, read.incidents) == (folder.made_from, folder.on, folder.incidents)
    assert read.terms.source == folder.terms.source


@given(st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=6, unique=True))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_two_stages_share_a_file_and_no_name_leaves_the_folder(stages: list[str]) -> None:
    names = [stage_file(stage, ".xlsx") for stage in stages]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "/" in name or "\0" in name]


def test_both_languages_put_in_the_same_values() -> None:
    for key, texts in WORDS.items():
        english, ukrainian = ({part.partition("}")[0] for part in text.split("{")[1:]} for text in texts)
        assert english == ukrainian, key


def test_a_change_says_whose_remains_are_handed_over_for_whom(tmp_path: Path) -> None:
    remains = '[sides.remains-A]\nfrom = "B"\nto = "A"\ncarries = "remains"\n[[stages]]\nid = "s1"\n'
    rules = clause("R", kind="count", sides=["remains-A"], over="s1", max=1) + '[substitution]\ndead = "remains"\n'
    terms = parse((HEAD + remains + clause("P", kind="parity", sides=["home-A", "home-B"]) + rules).encode())
    pools = {side: [Candidate(f"{side}-{number}", {}) for number in range(2)] for side in ("home-A", "home-B")}
    plan = make_plan(terms, {**pools, "remains-A": []}, seed="x")
    pools["remains-A"] = [Candidate("r-1", {})]
    folder = PlanFolder(terms, Input(pools, (), {}), None, plan)
    (tmp_path / "plan").mkdir()
    write_data(folder, tmp_path / "plan")
    arguments = ("plan", "replan", tmp_path / "plan", "--stage", "s1", "--incident", "home-A-0=dead")
    ran = homeward(*arguments, "-o", tmp_path / "one", "--json")
    assert ran.json["remains"] == {"home-A-0": "r-1"}
    assert read_plan(tmp_path / "one").remains == {"home-A-0": "r-1"}
    told = homeward(*arguments, "-o", tmp_path / "two", "--language", "uk")
    assert "замість особи home-A-0 передають останки r-1" in told.out
    rows = list(load_workbook(tmp_path / "two" / "changes.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True))
    assert any(row[0] == "r-1" and "замість особи home-A-0" in str(row[4]) for row in rows)
