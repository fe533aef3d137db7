"""What a comparison says: a proposal, and the bars of evidence that add up to it.

All evidence is in bits, the logarithm to base 2 of the odds: +1 bit doubles the odds that two records are one person, -1
halves them. A proposal's bits are the sum of its bars, and its probability is 1 / (1 + 2 ** -bits), so a bar that is taken
away moves the score by exactly itself.

>>> bars = (Evidence("prior", -11.0, "", "", "prior"), Evidence("surname", 12.0, "Тест", "TEST", "alike"))
>>> one = Proposal.of("a1", "b7", bars)
>>> one.bits, round(one.probability, 3)
(1.0, 0.667)
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Protocol

Language = Literal["en", "uk"]


class Progress(Protocol):
    """Called now and then with the step's name, how much of it is done, and how much there is; counts only, never names."""

    def __call__(self, step: str, done: int, total: int, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """One bar: its kind, its bits (for: positive, against: negative), what each side wrote, and a code for the sentence."""

    kind: str
    bits: float
    left: str
    right: str
    code: str

    def sentence(self, language: str = "en") -> str:
        """The bar in words, in English ("en") or Ukrainian ("uk"); another language raises `ValueError`."""
        from homeward.matching.evidence import sentence  # noqa: PLC0415 - the kinds import this module.

        return sentence(self, language)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that may be one person. A machine only proposes; two people decide."""

    left_id: str
    right_id: str
    probability: float
    bits: float
    evidence: tuple[Evidence, ...]

    @classmethod
    def of(cls, left_id: str, right_id: str, evidence: tuple[Evidence, ...]) -> Proposal:
        bits = math.fsum(bar.bits for bar in evidence)
        return cls(left_id, right_id, probability(bits), bits, evidence)

    def without(self, kind: str) -> Proposal:
        """The same proposal as it would stand without the bars of one kind."""
        return Proposal.of(self.left_id, self.right_id, tuple(bar for bar in self.evidence if bar.kind != kind))


def probability(bits: float) -> float:
    """The probability that odds of 2 ** bits stand for, without overflow.

    >>> probability(0.0), probability(5000.0), probability(-5000.0)
    (0.5, 1.0, 0.0)
    """
    if bits > 1000:
        return 1.0
    return 0.0 if bits < -1000 else 1.0 / (1.0 + 2.0**-bits)
