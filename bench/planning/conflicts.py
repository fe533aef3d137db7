"""Plant ten kinds of contradiction among 50 clauses and 10,000 people, and measure how long it takes to find them.

    python bench/planning/conflicts.py

For each kind: the seconds until `make_plan` has named a conflict (with and without the ways out of it), whether it is the one that
was planted, and whether it is minimal: this script removes each of its clauses in turn and asks whether the others can be kept.
CPU seconds stand beside wall clock seconds, because the machine may be shared.
"""

from __future__ import annotations

import argparse
import time

from instances import pools_of, terms_of

from homeward.planning import Column, Impossible, Table, make_plan
from homeward.planning.crowd import crowd_for
from homeward.planning.goals import NoPlan
from homeward.planning.impossible import Feasibility, minimal_conflict
from homeward.planning.order import Order
from homeward.planning.people import gather
from homeward.planning.program import Program
from homeward.planning.rows import clauses_of
from homeward.planning.solve import solve
from homeward.terms import Terms, parse

CLAUSES = 50


def clause(name: str, kind: str, rest: str) -> str:
    """One `[[terms]]` entry."""
    return f'[[terms]]\nid = "{name}"\nkind = "{kind}"\n{rest}\n'


def both(over: str) -> str:
    return f'sides = ["home-A", "home-B"]\nover = "{over}"\n'


#: Kind of contradiction: the clauses that make it up, which of them are at fault, and what else the terms then need.
PLANTED: dict[str, tuple[str, set[str], str]] = {
    "a minimum above a limit": (
        clause("X1", "count", 'sides = ["home-A"]\nover = "end"\nmin = 4000'), {"X1", "K"}, ""
    ),
    "an exact number above those held": (
        clause("X1", "count", 'sides = ["home-A"]\nover = "end"\nequals = 9000'), {"X1"}, ""
    ),
    "parity against two exact numbers": (
        clause("X1", "count", 'sides = ["home-A"]\nover = "end"\nequals = 900')
        + clause("X2", "count", 'sides = ["home-B"]\nover = "end"\nequals = 800'),
        {"X1", "X2", "P"},
        "",
    ),
    "all of a group that may not go": (
        clause("X1", "all", 'group = "old"\nsides = ["home-A"]') + clause("X2", "count", 'group = "old"\nover = "end"\nmax = 3'),
        {"X1", "X2"},
        "",
    ),
    "somebody named who is excluded": (
        clause("X1", "named", 'people = ["fam-0"]'),
        {"X1", "X2"},
        '[[exclusions]]\nid = "X2"\nground = "other"\ngroup = "marked"\n',
    ),
    "somebody named whom no list has": (clause("X1", "named", 'people = ["p-9999"]'), {"X1"}, ""),
    "a key that the other side cannot pay": (
        clause("X1", "ratio", both("end") + 'key = { officer = 30 }\nagainst = "all"')
        + clause("X2", "count", 'group = "officer"\nsides = ["home-A"]\nover = "end"\nmin = 170'),
        {"X1", "X2"},
        "",
    ),
    "a first stage that needs more than it may carry": (
        clause("X1", "count", 'group = "private"\nsides = ["home-A"]\nover = "s1"\nmin = 400')
        + clause("X2", "count", 'group = "officer"\nsides = ["home-A"]\nover = "s1"\nmin = 200')
        + clause("X3", "count", 'sides = ["home-A"]\nover = "s1"\nmax = 599'),
        {"X1", "X2", "X3"},
        "",
    ),
    "a family larger than the places for it": (
        clause("X1", "named", 'people = ["fam-1"]')
        + clause("X2", "together", 'by = "family"')
        + clause("X3", "count", 'group = "marked"\nsides = ["home-A"]\nover = "end"\nmax = 2'),
        {"X1", "X2", "X3"},
        "",
    ),
    "an odd number at two for one (only whole people show it)": (
        clause("X1", "ratio", both("s1") + 'key = { all = "1/2" }\nagainst = "officer"')
        + clause("X2", "count", 'sides = ["home-A"]\nover = "s1"\nequals = 301'),
        {"X1", "X2"},
        "",
    ),
}  # fmt: skip


def terms_with(planted: str, rest: str, people: int) -> Terms:
    """Fifty clauses in all: limits on categories, parity, and the planted ones."""
    extra = planted.count("[[terms]]") + rest.count("[[exclusions]]")
    base = terms_of(people, categories=CLAUSES - extra - 2).source.decode()
    groups = "marked = \"family == 'one'\"\n"
    head, mark, tail = base.replace("[groups]\n", "[groups]\n" + groups).partition("[[priorities]]")
    return parse((head + planted + mark + tail + rest).encode())


def with_family(table: Table) -> Table:
    """The same people, of whom three are one family."""
    names: list[str | None] = [None] * len(table)
    ids = list(table.ids)
    for number in range(3):
        ids[number], names[number] = f"fam-{number}", "one"
    return Table(ids, {**table.columns, "family": Column.of(names)})


def main() -> None:
    """Print one line for each kind, and the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    options = parser.parse_args()
    tables = pools_of(options.people)
    pools = {**tables, "home-A": with_family(tables["home-A"])}
    worst = [0.0, 0.0]
    as_planted = minimal = 0
    print(f"{options.people} people, {CLAUSES} clauses; seconds as CPU / wall clock")
    for name, (planted, at_fault, rest) in PLANTED.items():
        terms = terms_with(planted, rest, options.people)
        assert len(clauses_of(terms)) == CLAUSES
        cpu, wall = time.process_time(), time.perf_counter()
        people = gather(terms, pools)
        crowd = crowd_for(terms, people, clauses_of(terms))
        program = Program.of(crowd, len(terms.stages), crowd.rows)
        try:
            solve(program, Order(crowd, "x").fractions)
        except NoPlan as none:
            conflict = minimal_conflict(terms, people, program, none.ray)
        else:
            raise AssertionError(f"{name}: these terms are possible")
        alone = time.process_time() - cpu, time.perf_counter() - wall
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            make_plan(terms, pools, seed="x")
        except Impossible as impossible:
            ways = len(impossible.relaxations)
        whole = time.process_time() - cpu, time.perf_counter() - wall
        tester = Feasibility(terms, people)
        spared = all(tester.possible([other for other in conflict if other != one]) for one in conflict)
        found = {one.id for one in conflict}
        minimal += spared and not tester.possible(conflict)
        as_planted += found == at_fault
        worst = [max(worst[0], whole[0]), max(worst[1], whole[1])]
        print(
            f"{name:56} conflict {alone[0]:.2f} / {alone[1]:.2f}, with {ways} ways out {whole[0]:.2f} / {whole[1]:.2f}; "
            f"{', '.join(sorted(found))}: {'as planted' if found == at_fault else 'NOT as planted'}, "
            f"{'each clause needed' if spared else 'NOT minimal'}"
        )
    print(f"{as_planted} of {len(PLANTED)} as planted, {minimal} minimal; worst with ways out {worst[0]:.2f} / {worst[1]:.2f}")


if __name__ == "__main__":
    main()
