"""Invented pools and terms of any size for the measurements of this room."""

from __future__ import annotations

import numpy as np

from homeward.planning import Column, Table
from homeward.terms import Terms, parse

SITES = 40


def table_of(seed: int, count: int, mark: str) -> Table:
    """People with category, sex, age, health, rank, region, site and days held, in columns."""
    rng = np.random.default_rng(seed)

    def drawn(values: tuple[str, ...], weights: tuple[float, ...]) -> Column:
        return Column(rng.choice(len(values), count, p=np.array(weights) / sum(weights)).astype(np.int32), values)

    days = tuple(range(1, 1501))
    ages = tuple(range(18, 61))
    return Table(
        [f"{mark}-{number:07d}" for number in range(count)],
        {
            "status": drawn(("military", "civilian"), (9, 1)),
            "sex": drawn(("M", "F"), (95, 5)),
            "medical": drawn(("well", "sick", "slightly_wounded", "seriously_ill", "seriously_wounded"), (80, 8, 7, 3, 2)),
            "mobility": drawn(("walking", "assisted", "stretcher"), (94, 4, 2)),
            "rank": drawn(("private", "nco", "lieutenant", "captain", "major"), (60, 25, 8, 5, 2)),
            "age": Column(rng.integers(0, len(ages), count).astype(np.int32), ages),
            "days_held": Column(np.minimum(rng.exponential(420, count), 1499).astype(np.int32), days),
            "site": drawn(tuple(f"site-{n}" for n in range(SITES)), tuple(float(n + 3) for n in range(SITES))),
            "region": drawn(tuple(f"region-{n}" for n in range(24)), (1.0,) * 24),
        },
    )


#: Category, its expression, and how many of it may go in a stage, as a share of all people on a side.
CATEGORIES = (
    ("serious", "medical in ('seriously_ill', 'seriously_wounded')", 0.03),
    ("stretcher", "mobility == 'stretcher'", 0.01),
    ("woman", "sex == 'F'", 0.03),
    ("young", "age <= 20", 0.04),
    ("old", "age >= 55", 0.05),
    ("civilian", "status == 'civilian'", 0.04),
    ("officer", "rank in ('lieutenant', 'captain', 'major')", 0.05),
    ("private", "rank == 'private'", 0.12),
)


def terms_of(people: int, *, categories: int = 8, stages: int = 3, no_show: float = 0.01) -> Terms:
    """Parity after every stage, a place limit, and a limit for each category; beyond 8, categories are sites."""
    listed = [
        *CATEGORIES[:categories],
        *((f"site{n}", f"site == 'site-{n}'", 0.01) for n in range(max(categories - 8, 0))),
    ]
    side = people // 2
    text = 'schema = "exchange-terms/1"\ntitle = "Bench"\n[parties]\nA = "A"\nB = "B"\n'
    text += '[sides.home-A]\nfrom = "B"\nto = "A"\n[sides.home-B]\nfrom = "A"\nto = "B"\n'
    text += "".join(f'[[stages]]\nid = "s{n + 1}"\n' for n in range(stages))
    text += "[groups]\n" + "".join(f'{name} = "{expression}"\n' for name, expression, _ in listed)
    text += '[[terms]]\nid = "P"\nkind = "parity"\ngroups = ["all"]\nsides = ["home-A", "home-B"]\nover = "after every stage"\n'
    text += (
        '[[terms]]\nid = "K"\nkind = "count"\nsides = ["home-A", "home-B"]\nover = "each stage"\n'
        f"max = {max(side * 6 // (10 * stages), 1)}\n"
    )
    for name, _, share in listed:
        text += (
            f'[[terms]]\nid = "C-{name}"\nkind = "count"\ngroup = "{name}"\nsides = ["home-A", "home-B"]\nover = "each stage"\n'
            f"max = {max(int(side * share * 3 / stages), 1)}\n"
        )
    text += '[[priorities]]\ngroup = "serious"\n[[priorities]]\ngroup = "woman"\n[[priorities]]\nscore = "days_held"\n'
    text += f"[reserve]\nno_show = {no_show}\nrisk = 0.001\n"
    return parse(text.encode())


def pools_of(people: int) -> dict[str, Table]:
    """Half of the people on each side."""
    return {"home-A": table_of(1, people // 2, "a"), "home-B": table_of(2, people - people // 2, "b")}
