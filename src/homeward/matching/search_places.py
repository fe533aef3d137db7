"""Which word of a query answers to which place of a name, each place used once: the best such pairing, for many people at once.

A query of two words fits a person with both names better than a person whose one name is like both words. A word that nothing
answers counts against the person, unless the person has too few names for the query, as where a register leaves patronymics out;
a name that the query leaves out counts a little.

>>> worth = np.array([[[9.0, 8.0], [9.0, 1.0]]])  # one person, two words, two places
>>> costs = Costs(unanswered=-8.0, without_place=-2.0, left_out=-1.0)
>>> best_pairing(worth, np.array([2]), costs).tolist(), pairing(worth[0], 2, costs)
([17.0], (1, 0))
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Costs:
    """Bits, all negative: a word that nothing answers, the same where the person has no name left for it, a name left out."""

    unanswered: float
    without_place: float
    left_out: float

    def of(self, words: int, places: Ints, answered: int) -> Floats:
        """What stays over costs each person, when so many of the words are answered."""
        missing, excused = words - answered, np.maximum(words - places, 0)
        without = np.minimum(missing, excused)
        return np.asarray(
            self.without_place * without
            + self.unanswered * (missing - without)
            + self.left_out * np.maximum(places - answered, 0)
        )


def best_pairing(worth: Floats, places: Ints, costs: Costs) -> Floats:
    """The bits of the best pairing of each person: `worth` is (people, words, places), `places` how many places are filled.

    A place that is empty has to be worth less than anything that is left over costs.
    """
    people, words, width = worth.shape
    size = 1 << words
    best = np.full((size, people), -np.inf)
    best[0] = 0.0
    for place in range(width):
        # From the fullest set of words down, so that one place never answers two words.
        for answered in range(size - 1, 0, -1):
            for word in range(words):
                if answered >> word & 1:
                    with_it = best[answered ^ (1 << word)] + worth[:, word, place]
                    np.maximum(best[answered], with_it, out=best[answered])
    left_over = [costs.of(words, places, count) for count in range(words + 1)]
    return np.asarray(np.max([best[answered] + left_over[answered.bit_count()] for answered in range(size)], axis=0))


def pairing(worth: Floats, places: int, costs: Costs) -> tuple[int, ...]:
    """The place that answers each word (-1 for none) in the best pairing of one person; `worth` is (words, places)."""
    words, width = worth.shape
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (-1,) * int(words))}
    for place in range(width):
        for answered, (total, chosen) in sorted(best.items(), reverse=True):
            for word in range(words):
                more = answered | 1 << word
                with_it = total + float(worth[word, place])
                if more != answered and (more not in best or with_it > best[more][0]):
                    best[more] = with_it, (*chosen[:word], place, *chosen[word + 1 :])
    filled = np.array([places])
    return best[max(sorted(best), key=lambda answered: best[answered][0] + costs.of(words, filled, answered.bit_count())[0])][1]
