"""Measure the plan by types against one variable for each person, in HiGHS and in OR-Tools CP-SAT, in one run.

    pip install ortools             # only for this comparison; it is no dependency of ours
    python bench/planning/compare.py --people 100000 --limit 300

The others solve one objective: most days held over everybody gone, earlier stages counting again (the sum over stages of the days
of everybody gone by then), under the same clauses. Ours is measured twice: as `homeward plan` does it, with all levels of the
priorities, the proof and the reserves, which is more work; and with that one objective alone, so that the optimum can be compared.

Every method runs in a process of its own, one after the other, because the libraries of HiGHS and OR-Tools do not load into one.
Reading the people is not counted. Ours then starts from people; the others start from ready arrays, which spares them the reading
of the clauses. A method that ends at its limit has taken at least that long: the ratio is then a lower bound, and marked so.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from per_person import OPEN, Model, by_cp_sat, by_highs

#: Method → how it is told in the table.
METHODS = {
    "plan": "types: the whole plan (ours)",
    "single": "types: the one objective (ours)",
    "highs-lp": "person: HiGHS, fractions",
    "highs": "person: HiGHS, whole numbers",
    "cp-sat": "person: CP-SAT",
}
#: Seconds after its limit at which a method that has not stopped by itself is ended.
_GRACE = 60


def model_of(people: int, categories: int, stages: int) -> Model:
    """The clauses of the terms as rows over people."""
    from instances import pools_of, terms_of  # noqa: PLC0415 - loads HiGHS, which CP-SAT's process must not.

    from homeward.planning.crowd import crowd_for  # noqa: PLC0415
    from homeward.planning.people import gather  # noqa: PLC0415
    from homeward.planning.program import lines_of  # noqa: PLC0415
    from homeward.planning.rows import clauses_of  # noqa: PLC0415

    terms = terms_of(people, categories=categories, stages=stages)
    everybody = gather(terms, pools_of(people))
    crowd = crowd_for(terms, everybody, clauses_of(terms))
    own = crowd.type_class[crowd.unit_type[crowd.unit_of]]
    scores, codes = everybody.score("days_held")
    lines = lines_of(crowd, crowd.rows)

    def each(values: list[int | None]) -> np.ndarray:
        return np.array([OPEN if value is None else value for value in values], dtype=np.int64)

    return Model(
        gain=scores[codes],
        stages=stages,
        stage=each([line.stage for line in lines]),
        before=each([line.before for line in lines]),
        lower=each([line.lower for line in lines]),
        upper=each([line.upper for line in lines]),
        counts=np.stack([line.coefficient[own] for line in lines]),
    )


def ours(people: int, categories: int, stages: int, *, single: bool) -> tuple[str, float, float]:
    """The plan by types; what it is, and the seconds since the people were there (wall clock, CPU)."""
    from instances import pools_of, terms_of  # noqa: PLC0415 - loads HiGHS, which CP-SAT's process must not.

    from homeward.planning import make_plan  # noqa: PLC0415
    from homeward.planning.crowd import crowd_for  # noqa: PLC0415
    from homeward.planning.face import Face, pieces_of, solve_pieces  # noqa: PLC0415
    from homeward.planning.goals import Goal, worth  # noqa: PLC0415
    from homeward.planning.people import gather  # noqa: PLC0415
    from homeward.planning.program import Program  # noqa: PLC0415
    from homeward.planning.rows import clauses_of  # noqa: PLC0415

    terms, pools = terms_of(people, categories=categories, stages=stages), pools_of(people)
    wall, cpu = time.perf_counter(), time.process_time()
    if not single:
        proof = make_plan(terms, pools, seed="bench").proof
        text = (
            f"proven {proof.optimal}, {len(proof.steps)} levels, {proof.classes} classes, {proof.types} types, {proof.method}"
        )
        return text, time.perf_counter() - wall, time.process_time() - cpu
    crowd = crowd_for(terms, gather(terms, pools), clauses_of(terms))
    program = Program.of(crowd, stages, crowd.rows)
    level = next(place for place, level in enumerate(crowd.levels) if level.score == "days_held")
    goal = Goal("days_held", early=False, gain=crowd.type_gain[:, level], stages=tuple(range(stages)))
    face = Face.whole(program)
    pieces = pieces_of(program, face, goal)
    solved = solve_pieces(program, face, pieces)
    totals = np.rint(solved.totals).astype(np.int64)
    if np.abs(solved.totals - totals).max() > 1e-6 or not program.keeps(totals):
        totals = np.rint(solve_pieces(program, face, pieces, whole=True).totals).astype(np.int64)
    kept = "keeps every clause" if program.keeps(totals) else "BREAKS a clause"
    bound = solved.objective * float(goal.gain.max())
    text = f"{kept}, objective {worth(program, goal, totals)}, bound {bound:.0f}"
    return text, time.perf_counter() - wall, time.process_time() - cpu


def measured(method: str, options: argparse.Namespace, model: Path) -> dict[str, Any]:
    """One method in this process: seconds, peak memory, and what came out."""
    if method in {"plan", "single"}:
        size = options.people, options.categories, options.stages
        text, wall, cpu = ours(*size, single=method == "single")
    else:
        loaded = Model.load(model)
        started = time.perf_counter(), time.process_time()
        solve = by_cp_sat if method == "cp-sat" else partial(by_highs, whole=method == "highs")
        text = solve(loaded, options.limit)
        wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"method": method, "wall": wall, "cpu": cpu, "memory": memory, "result": text}


def main() -> None:
    """Print one line for each method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--categories", type=int, default=8)
    parser.add_argument("--stages", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300.0, help="wall clock seconds for each of the others")
    parser.add_argument("--only", nargs="+", choices=list(METHODS), default=list(METHODS), help="only these methods")
    parser.add_argument("--in-this-process", nargs=2, metavar=("METHOD", "MODEL"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.in_this_process:
        method, model = options.in_this_process
        print(json.dumps(measured(method, options, Path(model))))
        return
    print(f"{options.people} people, {options.categories} categories, {options.stages} stages, limit {options.limit:.0f} s")
    size = ["--people", str(options.people), "--categories", str(options.categories), "--stages", str(options.stages)]
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.npz"
        if set(options.only) - {"plan", "single"}:
            model_of(options.people, options.categories, options.stages).save(model)
        first: dict[str, Any] | None = None
        for method in options.only:
            command = [sys.executable, __file__, *size, "--limit", str(options.limit), "--in-this-process", method, str(model)]
            started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            try:
                ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=options.limit + _GRACE)
            except subprocess.TimeoutExpired:
                # Some searches look at the clock too seldom. Reading the model is within this time, and not within the others.
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                text = "did not stop at its limit and was ended; nothing found"
                found = {"wall": time.perf_counter() - started, "cpu": cpu, "memory": after.ru_maxrss // 1024, "result": text}
                print(_line(method, found, first or found, options.limit), flush=True)
                continue
            if ran.returncode:
                print(f"{METHODS[method]:32} did not run: {(ran.stderr.strip().splitlines() or ['?'])[-1]}", flush=True)
                continue
            found = json.loads(ran.stdout.splitlines()[-1])
            first = first or found
            print(_line(method, found, first, options.limit), flush=True)


def _line(method: str, found: dict[str, Any], first: dict[str, Any], limit: float) -> str:
    """One line of the table; the ratio of a method that came to its limit is marked as a lower bound."""
    least = "≥ " if found["wall"] >= limit else ""
    return (
        f"{METHODS[method]:32} {found['wall']:8.2f} s wall {found['cpu']:8.2f} s CPU {found['memory']:6} MB; "
        f"{least}{found['wall'] / first['wall']:.1f} times the wall clock, {least}{found['cpu'] / first['cpu']:.1f} times "
        f"the CPU; {found['result']}"
    )


if __name__ == "__main__":
    main()
