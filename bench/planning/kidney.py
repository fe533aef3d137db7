"""Measure short cycles against an open kidney-exchange solver on the same graphs, in one run; both must find the same optimum.

    pip install kep-solver          # only for this comparison; it is no dependency of ours
    python bench/planning/kidney.py --pairs 64 256 512

The graphs are invented in the manner of Saidman et al. (2006), on which the PrefLib kidney data rest as well: a patient and a
willing donor who does not fit; blood types O, A, B and AB with shares .48, .34, .14 and .04; and positive crossmatches with a chance
of .05, .45 or .90 for 70, 20 and 10 of 100 patients. An arc says that one pair's donor fits another pair's patient. The most
transplants are sought, in cycles of at most three pairs. kep_solver is asked in the ways it offers (one variable for each cycle, its
default; PICEF), with its own default solver, CBC through PuLP. Reading the graph and building the model are within the times.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable

from homeward.planning import net

BLOOD = ("O", "A", "B", "AB")
SHARES = (0.48, 0.34, 0.14, 0.04)
#: Chance that a patient's blood reacts to a donor who fits by blood type, and how many patients have it.
REACTS = ((0.05, 70), (0.45, 20), (0.90, 10))
FITS = {"O": {"O", "A", "B", "AB"}, "A": {"A", "AB"}, "B": {"B", "AB"}, "AB": {"AB"}}
LONGEST = 3

Arcs = dict[tuple[str, str], int]


def graph(pairs: int, seed: int) -> Arcs:
    """Arcs between pairs whose own donor does not fit."""
    rng = random.Random(seed)
    people: list[tuple[str, str, float]] = []
    while len(people) < pairs:
        patient, donor = rng.choices(BLOOD, SHARES, k=2)
        (reacts,) = rng.choices([chance for chance, _ in REACTS], [weight for _, weight in REACTS])
        if patient not in FITS[donor] or rng.random() < reacts:
            people.append((patient, donor, reacts))
    return {
        (f"p{giver:04}", f"p{getter:04}"): 1
        for giver, (_, donor, _) in enumerate(people)
        for getter, (patient, _, reacts) in enumerate(people)
        if giver != getter and patient in FITS[donor] and rng.random() >= reacts
    }


def ours(arcs: Arcs) -> int:
    """Long cycles forbidden as they turn up."""
    return net(arcs, longest_cycle=LONGEST, limits=dict.fromkeys({pair for arc in arcs for pair in arc}, 1)).total


def open_solver(model: str) -> Callable[[Arcs], int]:
    """One of the two models of kep_solver."""
    from kep_solver import model as models  # noqa: PLC0415 - optional, only for this comparison.
    from kep_solver.entities import Donor, Instance, Recipient, Transplant  # noqa: PLC0415

    def solve(arcs: Arcs) -> int:
        instance = Instance()
        patients, donors = {}, {}
        for pair in sorted({pair for arc in arcs for pair in arc}):
            patients[pair], donors[pair] = Recipient(pair), Donor(pair)
            donors[pair].recipient = patients[pair]
            patients[pair].addDonor(donors[pair])
            instance.addRecipient(patients[pair])
        for giver, getter in arcs:
            instance.addTransplant(Transplant(donors[giver], patients[getter], 1.0))
        chosen = getattr(models, model)(instance, [models.TransplantCount()], maxCycleLength=LONGEST, maxChainLength=0)
        selected, _, _ = chosen.solve()
        return sum(len(cycle) for cycle in selected)

    return solve


def main() -> None:
    """Print one line for each graph and solver."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, nargs="+", default=[64, 256])
    parser.add_argument("--graphs", type=int, default=1, help="how many graphs of each size")
    parser.add_argument(
        "--models", nargs="*", default=["CycleAndChainModel", "PICEF"], help="models of kep_solver to compare with"
    )
    options = parser.parse_args()
    for pairs in options.pairs:
        for seed in range(options.graphs):
            arcs = graph(pairs, seed)
            print(f"{pairs} pairs, graph {seed}: {len(arcs)} arcs")
            solvers = {"ours": ours, **{f"kep_solver {model}": open_solver(model) for model in options.models}}
            first: tuple[int, float] | None = None
            for name, solver in solvers.items():
                # The other solver runs CBC as a process of its own, so the children's time counts as well.
                wall, cpu = time.perf_counter(), _cpu()
                total = solver(arcs)
                wall, cpu = time.perf_counter() - wall, _cpu() - cpu
                first = first or (total, cpu)
                same = "same optimum" if total == first[0] else "NOT the same optimum"
                print(
                    f"  {name:32} {total:4} transplants, {same}; {cpu:8.2f} s CPU, {wall:8.2f} s wall; {cpu / first[1]:7.1f} times",
                    flush=True,
                )


def _cpu() -> float:
    """CPU seconds of this process and of the processes that it has started and that have ended."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
