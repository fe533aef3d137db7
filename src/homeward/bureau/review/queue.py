"""In which order pairs are looked at: what matters first, comes first. The order is this table, and nothing else decides it.

1. `WOUNDED` one of the two records says that the person is seriously wounded or seriously ill: such people are repatriated first
   (GC III 109, 110), and no exchange may hold them back;
2. `PEOPLE`  pairs of two records: those about which the machine is least sure, closest to even odds, come first, because there an
   officer's eyes change most;
3. `NOBODY`  entries for which the machine found nobody.

>>> from homeward.people import Claim
>>> left, right = (Person(id, {Field.MEDICAL: Claim(text, text)}) for id, text in (("r1", "well"), ("u1", "seriously_ill")))
>>> weight(left, right, 3.5) < weight(left, left, 0.2) < weight(left, left, 9.0) < weight(left, None, 0.0)
True
"""

from __future__ import annotations

from enum import IntEnum

from homeward.people import Field, Person

#: What the treaties call seriously wounded and seriously sick.
SERIOUS = frozenset({"seriously_wounded", "seriously_ill"})
_BAND = 1_000_000
_MOST_BITS = 9_999.0


class Band(IntEnum):
    """The parts of the queue, first to last."""

    WOUNDED = 0
    PEOPLE = 1
    NOBODY = 2


def band(left: Person, right: Person | None) -> Band:
    """The part of the queue that a pair stands in."""
    if is_serious(left) or is_serious(right):
        return Band.WOUNDED
    return Band.PEOPLE if right is not None else Band.NOBODY


def weight(left: Person, right: Person | None, bits: float) -> int:
    """Where in the queue: smaller comes earlier. `bits` is the machine's evidence, 0 for even odds."""
    return band(left, right) * _BAND + round(min(abs(bits), _MOST_BITS) * 100)


def is_serious(person: Person | None) -> bool:
    """Whether a record says that the person is seriously wounded or seriously ill."""
    return person is not None and person.text(Field.MEDICAL) in SERIOUS
