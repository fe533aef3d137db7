"""Measure conflicts, replanning, reasons and netting: medians over several runs, CPU and wall clock of one process.

python bench/planning/day.py
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from instances import pools_of, terms_of

from homeward.planning import Candidate, Explainer, Impossible, Incident, make_plan, net, replan
from homeward.planning.candidate import candidates_of
from homeward.planning.day import FOR_GOOD
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
