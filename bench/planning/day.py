"""Measure conflicts, replanning, reasons and netting: medians over several runs, CPU and wall clock of one process.

    python bench/planning/day.py

The command `homeward plan replan` is measured as it is typed: a process of its own each time, with its start, the reading of the
plan's folder and the writing of the new one.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from instances import pools_of, terms_of

from homeward.invented import write_exchange
from homeward.planning import Candidate, Explainer, Impossible, Incident, make_plan, net, replan
from homeward.planning.candidate import candidates_of
from homeward.planning.incidents import FOR_GOOD
from homeward.terms import Terms, parse


def timed(runs: int, action: Callable[[int], object]) -> str:
    """Median and worst of so many runs."""
    wall, cpu = [], []
    for number in range(runs):
        start = time.perf_counter(), time.process_time()
        action(number)
        wall.append(time.perf_counter() - start[0])
        cpu.append(time.process_time() - start[1])
    return (
        f"CPU median {statistics.median(cpu):.3f} s, worst {max(cpu):.3f} s; "
        f"wall median {statistics.median(wall):.3f} s, worst {max(wall):.3f} s; {runs} runs"
    )


def the_command(runs: int) -> str:
    """`homeward plan replan` on invented lists of about 2,000 people, 1 to 20 incidents, a process for each run."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_exchange(folder / "lists", people=770, seed=1)
        lists = [f"--list={party}={folder / 'lists' / party / 'held.xlsx'}" for party in ("UA", "RU")]
        command = [sys.executable, "-m", "homeward", "plan"]
        made = [*command, "make", str(folder / "lists" / "terms.toml"), *lists, "-o", str(folder / "plan"), "--seed", "x"]
        subprocess.run([*made, "--no-reasons", "--no-charts"], check=True, capture_output=True)
        plan = json.loads((folder / "plan" / "plan.json").read_bytes())
        going = [person for stage in plan["stages"] for ids in stage["going"].values() for person in ids]
        people = len(going) + sum(map(len, plan["left_out"].values()))
        cpu: list[float] = []

        def one(number: int) -> None:
            rng = random.Random(number)
            chosen = rng.sample(going, number % 20 + 1)
            incidents = [f"--incident={person}={rng.choice(sorted(FOR_GOOD))}" for person in chosen]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            target = str(folder / f"plan-{number}")
            ran = subprocess.run(
                [*command, "replan", str(folder / "plan"), "--stage", "day1", *incidents, "-o", target],
                check=False,
                capture_output=True,
            )
            assert ran.returncode in {0, 1}, ran
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

        wall = timed(runs, one).partition("; ")[2]
        return f"{people} people: CPU median {statistics.median(cpu):.3f} s, worst {max(cpu):.3f} s; {wall}"


def contradicted(terms: Terms) -> Terms:
    """The same terms with a minimum that the stage limits do not allow."""
    extra = '[[terms]]\nid = "X"\nkind = "count"\nsides = ["home-A"]\nover = "end"\nmin = 4999\n'
    head, sep, tail = terms.source.decode().partition("[[priorities]]")
    return parse((head + extra + sep + tail).encode())


def main() -> None:
    """Print one line for each measurement."""
    terms, pools = terms_of(10_000, categories=40), pools_of(10_000)
    broken = contradicted(terms)

    def conflict(_: int) -> None:
        try:
            make_plan(broken, pools, seed="x")
        except Impossible as impossible:
            found.append(len(impossible.clauses))

    found: list[int] = []
    result = timed(3, conflict)
    print(f"conflict, 10,000 people, {len(broken.clauses)} clauses: {result}; minimal sets of {set(found)}")

    terms, tables = terms_of(2_000, no_show=0.03), pools_of(2_000)
    people: dict[str, list[Candidate]] = {side: list(candidates_of(table)) for side, table in tables.items()}
    plan = make_plan(terms, people, seed="x")
    coming = [person for stage in plan.stages for ids in stage.going.values() for person in ids]
    short = 0

    def day(number: int) -> None:
        nonlocal short
        rng = random.Random(number)
        incidents = [Incident(person, rng.choice(sorted(FOR_GOOD))) for person in rng.sample(coming, number % 20 + 1)]
        short += bool(replan(terms, people, plan, incidents, stage="s1").shortfalls)

    print(f"replan, 2,000 people, 1 to 20 incidents: {timed(40, day)}; shortfall named in {short}")

    print(f"homeward plan replan, the whole command, {the_command(20)}")

    explainer = Explainer(terms, people, plan)
    ids = [person.id for pool in people.values() for person in pool]
    print(f"why, 2,000 people: {timed(2_000, lambda number: explainer.why(ids[number]).sentence('uk'))}")

    rng = random.Random(7)
    names = [f"P{number}" for number in range(10)]
    arcs = {(one, two): rng.randint(0, 2_200) for one in names for two in names if one != two}
    for cap in (None, 2, 3):
        total = net(arcs, longest_cycle=cap).total
        print(
            f"netting, 10 parties, {sum(arcs.values())} people, cycles up to {cap}: {total} go; "
            + timed(5, lambda _, cap=cap: net(arcs, longest_cycle=cap))
        )


if __name__ == "__main__":
    main()
