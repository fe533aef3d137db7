"""Small invented pools and terms for the tests of this room."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from homeward.planning import Candidate
from homeward.terms import Terms, parse

HEAD = """schema = "exchange-terms/1"
title = "Test"
[parties]
A = "Party A"
B = "Party B"
[sides.home-A]
from = "B"
to = "A"
[sides.home-B]
from = "A"
to = "B"
"""
GROUPS = """[groups]
soldier = "status == 'military'"
civilian = "status == 'civilian'"
serious = "medical in ('seriously_ill', 'seriously_wounded')"
stretcher = "mobility == 'stretcher'"
woman = "sex == 'F'"
young = "age <= 25"
"""


def terms_of(clauses: str, *, stages: Sequence[str] = ("s1", "s2"), groups: str = GROUPS) -> Terms:
    """Terms between two parties from the text of their clauses (TOML, from `[[terms]]` on)."""
    listed = "".join(f'[[stages]]\nid = "{stage}"\n' for stage in stages)
    return parse((HEAD + listed + groups + clauses).encode())


def clause(name: str, **fields: object) -> str:
    """One `[[terms]]` entry as text."""
    return f'[[terms]]\nid = "{name}"\n' + "".join(f"{key} = {_toml(value)}\n" for key, value in fields.items())


def _toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return str(value)


def pool_of(rng: random.Random, count: int, mark: str, *, unknown: float = 0.05, families: float = 0.1) -> list[Candidate]:
    """Invented people; each fact is unknown with probability `unknown`, and some belong to a family."""

    def fact(values: Sequence[str | int]) -> str | int | None:
        return None if rng.random() < unknown else rng.choice(values)

    return [
        Candidate(
            f"{mark}{number:05d}",
            {
                "status": fact(["military", "military", "military", "civilian"]),
                "medical": fact(["well"] * 6 + ["sick", "seriously_ill", "seriously_wounded"]),
                "mobility": fact(["walking"] * 9 + ["stretcher"]),
                "sex": fact(["M", "M", "M", "F"]),
                "age": fact(list(range(18, 60))),
                "days_held": fact(list(range(1, 1500))),
                "rank": fact(["private", "private", "nco", "captain", "general"]),
                "sentence": rng.choice(["life", "none", "none"]),
                "family": f"f{rng.randrange(max(count // 8, 1))}" if rng.random() < families else None,
            },
        )
        for number in range(count)
    ]


def pools_of(seed: int, count: int, **options: float) -> dict[str, list[Candidate]]:
    """Two pools of the same size."""
    rng = random.Random(seed)
    return {"home-A": pool_of(rng, count, "a", **options), "home-B": pool_of(rng, count, "b", **options)}


BOTH = ("home-A", "home-B")
PRIORITIES = """[[priorities]]
group = "woman"
[[priorities]]
score = "days_held"
"""
