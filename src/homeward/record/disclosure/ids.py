"""Ids of people within one exchange: `p-0417`. They say nothing about the person, also not by their order.

Each side numbers its own people without asking the others: of k sides, side i takes the numbers that leave the remainder i
when divided by k. Which person gets which number is drawn.

>>> from homeward.record.entropy import seeded
>>> assign_ids(4, 0, 2, seeded("rehearsal 7")), assign_ids(3, 1, 2, seeded("rehearsal 7"))
(('p-0006', 'p-0002', 'p-0008', 'p-0004'), ('p-0003', 'p-0005', 'p-0001'))
"""

from __future__ import annotations

import re

from homeward.record.entropy import Entropy, shuffled

_ID = re.compile(r"p-(0[0-9]{3}|[1-9][0-9]{3,8})", re.ASCII)


def assign_ids(count: int, side_index: int, sides: int, entropy: Entropy) -> tuple[str, ...]:
    """One id for each of `count` people, in the order of the people. `side_index` counts from 0."""
    if not (count >= 0 and 0 <= side_index < sides):
        raise ValueError("a side has a number from 0 to the number of sides less one")
    first = side_index or sides
    return tuple(person_id(number) for number in shuffled(range(first, first + sides * count, sides), entropy))


def person_id(number: int) -> str:
    """The id with this number, of at least four digits."""
    if not 1 <= number <= 999_999_999:
        raise ValueError("a person's number has one to nine digits")
    return f"p-{number:04}"


def person_number(person: str) -> int:
    """The number in an id; `ValueError` if it is not an id in its one spelling."""
    if not _ID.fullmatch(person) or person == "p-0000":
        raise ValueError("a person's id is p- and at least four digits, like p-0417")
    return int(person[2:])
