"""Two invented officers who decide on proposed pairs, as the officers of a demo or a bench must be somebody.

They know the truth. Now and then the second one is not sure and says so; a row that identifies nobody leaves both unsure. What
they say of a pair depends on the seed and the pair alone, so the order of the proposals does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable

from homeward.invented.chance import stream
from homeward.invented.truth import Truth

#: Of a thousand decisions, how many are "unsure" by one of the two officers.
UNSURE_PER_THOUSAND = 8


def invented_decisions(truth: Truth, proposals: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """For each (id, id) the two officers' words: "same", "different" or "unsure".

    The ids are of any list or register of the exchange: a list against a register, or a list against itself. An id that the
    exchange does not have raises `KeyError`.
    """
    return [_decide(truth, left, right) for left, right in proposals]


def _decide(truth: Truth, left: str, right: str) -> tuple[str, str]:
    one, other = truth.person_of[left], truth.person_of[right]
    if one is None or other is None:
        return ("unsure", "unsure")
    word = "same" if one == other else "different"
    rng = stream(truth.seed, "officers", *sorted((left, right)))
    if rng.random() * 1000 < UNSURE_PER_THOUSAND:
        return ("unsure", word) if rng.random() < 0.5 else (word, "unsure")
    return (word, word)
