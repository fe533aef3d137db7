"""Measure plans between several parties, with and without a cap on the length of cycles: every priority, every proof.

python bench/planning/parties.py
"""

from __future__ import annotations

import argparse
import random
import time

from instances import table_of

from homeward.planning import Table, check_plan, make_plan
from homeward.terms import Terms, parse


def terms_of(parties: list[str], cap: int | None) -> Terms:
    """A stream between any two parties, a limit on the whole, two priorities."""
    text = 'schema = "exchange-terms/1"\ntitle = "Bench"\n[parties]\n' + "".join(f'{name} = "{name}"\n' for name in parties)
    for giver in parties:
        text += "".join(f'[sides.{giver}-{taker}]\nfrom = "{giver}"\nto = "{taker}"\n' for taker in parties if taker != giver)
    text += "[[stages]]\nid = \"s1\"\n[groups]\nserious = \"medical in ('seriously_ill', 'seriously_wounded')\"\n"
    text += '[[terms]]\nid = "K"\nkind = "count"\nover = "end"\nmax = 70000\n'
    text += '[[priorities]]\ngroup = "serious"\n[[priorities]]\nscore = "days_held"\n[circulation]\n'
    return parse((text + ("" if cap is None else f"longest_cycle = {cap}\n")).encode())


def main() -> None:
    """Print one line for each cap."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parties", type=int, default=10)
    parser.add_argument("--most", type=int, default=2_200, help="at most so many people on the way between two parties")
    options = parser.parse_args()
    names = [f"P{number}" for number in range(options.parties)]
    rng = random.Random(7)
    ways = [(giver, taker) for giver in names for taker in names if giver != taker]
    pools: dict[str, Table] = {
        f"{giver}-{taker}": table_of(number, rng.randint(0, options.most), f"{giver}{taker}")
        for number, (giver, taker) in enumerate(ways)
    }
    people = sum(len(pool) for pool in pools.values())
    for cap in (None, 2, 3):
        terms = terms_of(names, cap)
        wall, cpu = time.perf_counter(), time.process_time()
        plan = make_plan(terms, pools, seed="bench")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        going = sum(len(ids) for ids in plan.stages[0].going.values())
        faults = len(check_plan(terms, pools, plan))
        print(
            f"{people} people, {options.parties} parties, cycles up to {cap}: {going} go, proven {plan.proof.optimal}, "
            f"{faults} faults; {wall:.2f} s wall, {cpu:.2f} s CPU"
        )


if __name__ == "__main__":
    main()
