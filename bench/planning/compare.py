"""Measure the plan by types against one variable per person, in HiGHS and (where installed) in OR-Tools CP-SAT, in one run.

    python bench/planning/compare.py --people 100000 --limit 120

All three solve the same first objective: most days held over everybody gone, earlier stages counting again (the sum over stages
of the days of everybody gone by then), under the same clauses. Ours solves all levels of the priorities and names reserves as
well, so its time is for more work. Times are wall clock and CPU of one process (with two threads for the
others); memory is the process's peak so far. A method that ends at its limit has taken at least that long.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from itertools import pairwise

import highspy
import numpy as np
from instances import pools_of, terms_of

from homeward.planning import Table, make_plan
from homeward.planning.crowd import crowd_for
from homeward.planning.highs import INFINITY, highs_lp
from homeward.planning.people import gather
from homeward.planning.program import Line, lines_of
from homeward.planning.rows import clauses_of
from homeward.terms import Terms


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def per_person(terms: Terms, pools: dict[str, Table]) -> tuple[np.ndarray, np.ndarray, list[tuple[Line, np.ndarray]]]:
    """Days held, sides, and each clause row's coefficient for each person."""
    people = gather(terms, pools)
    crowd = crowd_for(terms, people, clauses_of(terms))
    own_class = crowd.type_class[crowd.unit_type[crowd.unit_of]]
    scores, codes = people.score("days_held")
    return scores[codes], people.side, [(line, line.coefficient[own_class]) for line in lines_of(crowd, crowd.rows)]


def highs_per_person(terms: Terms, pools: dict[str, Table], limit: float, *, whole: bool) -> str:
    """x[i, s] = 1 if person i has gone by the end of stage s; rising over stages."""
    days, _, lines = per_person(terms, pools)
    count, stages = len(days), len(terms.stages)
    index = np.arange(count * stages).reshape(count, stages)
    rises = count * (stages - 1)
    rows = [np.arange(rises), np.arange(rises)]
    columns = [index[:, :-1].reshape(-1), index[:, 1:].reshape(-1)]
    values = [-np.ones(rises), np.ones(rises)]
    for place, (line, coefficient) in enumerate(lines):
        used = np.flatnonzero(coefficient)
        for stage, sign in ((line.stage, 1.0), (line.before, -1.0)):
            if stage >= 0:
                rows.append(np.full(len(used), rises + place))
                columns.append(index[used, stage])
                values.append(sign * coefficient[used].astype(float))
    lp = highs_lp(
        np.ones(count * stages),
        np.repeat(days, stages).astype(float),
        np.concatenate([np.zeros(rises), [-INFINITY if line.lower is None else line.lower for line, _ in lines]]),
        np.concatenate([np.full(rises, INFINITY), [INFINITY if line.upper is None else line.upper for line, _ in lines]]),
        rows=np.concatenate(rows),
        columns=np.concatenate(columns),
        values=np.concatenate(values),
    )
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * (count * stages)
    highspy.Highs.resetGlobalScheduler(True)  # noqa: FBT003 - our own solver runs on one thread, this one may use two.
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("time_limit", limit)
    highs.setOptionValue("threads", 2)
    highs.passModel(lp)
    highs.run()
    return f"{highs.modelStatusToString(highs.getModelStatus())}, objective {highs.getObjectiveValue():.0f}"


def cp_sat_per_person(terms: Terms, pools: dict[str, Table], limit: float) -> str:
    """The same model for CP-SAT."""
    try:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - optional, only for this comparison.
    except ImportError:
        return "not installed, or its library does not load beside that of HiGHS"
    days, _, lines = per_person(terms, pools)
    stages = len(terms.stages)
    model = cp_model.CpModel()
    gone = [[model.new_bool_var("") for _ in range(stages)] for _ in days]
    for person in gone:
        for one, other in pairwise(person):
            model.add_implication(one, other)
    for line, coefficient in lines:
        used = np.flatnonzero(coefficient).tolist()
        total = sum(int(coefficient[i]) * gone[i][line.stage] for i in used)
        if line.before >= 0:
            total -= sum(int(coefficient[i]) * gone[i][line.before] for i in used)
        if line.lower is not None:
            model.add(total >= line.lower)
        if line.upper is not None:
            model.add(total <= line.upper)
    model.maximize(sum(int(days[i]) * sum(person) for i, person in enumerate(gone)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = f", objective {solver.objective_value:.0f}" if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else ""
    return solver.status_name(status) + found


def ours(terms: Terms, pools: dict[str, Table]) -> str:
    """The plan by types, all levels, with reserves."""
    plan = make_plan(terms, pools, seed="bench")
    proof = plan.proof
    return f"proven {proof.optimal}, {proof.classes} classes, {proof.types} types, {proof.method}"


def main() -> None:
    """Print one line for each method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--categories", type=int, default=8)
    parser.add_argument("--stages", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds for each of the others")
    parser.add_argument("--only-ours", action="store_true")
    options = parser.parse_args()
    terms = terms_of(options.people, categories=options.categories, stages=options.stages)
    pools = pools_of(options.people)
    print(f"{options.people} people, {options.categories} categories, {options.stages} stages; {megabytes()} MB after reading")
    methods: dict[str, Callable[[], str]] = {"types (ours)": lambda: ours(terms, pools)}
    if not options.only_ours:
        methods["HiGHS per person, LP"] = lambda: highs_per_person(terms, pools, options.limit, whole=False)
        methods["CP-SAT per person"] = lambda: cp_sat_per_person(terms, pools, options.limit)
        methods["HiGHS per person, whole"] = lambda: highs_per_person(terms, pools, options.limit, whole=True)
    ours_took = 0.0
    for name, method in methods.items():
        wall, cpu = time.perf_counter(), time.process_time()
        result = method()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        ours_took = ours_took or wall
        print(
            f"{name:26} {wall:8.2f} s wall  {cpu:8.2f} s CPU  {megabytes():6} MB  {wall / ours_took:7.1f} times  {result}",
            flush=True,
        )


if __name__ == "__main__":
    main()
