"""Which word of a query answers to which place of a name, each place used once: the best such pairing, for many people at once.

A query of two words fits a person with both names better than a person whose one name is like both words. Words that nothing
answers pay `unanswered`, places that the query leaves out pay `left_out`.

>>> worth = np.array([[[9.0, 8.0], [9.0, 1.0]]])  # one person, two words, two places
>>> best_pairing(worth, np.array([2]), unanswered=-6.0, left_out=-1.0).tolist()
[17.0]
>>> pairing(worth[0], 2, unanswered=-6.0, left_out=-1.0)
(1, 0)
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def best_pairing(worth: Floats, places: Ints, *, unanswered: float, left_out: float) -> Floats:
    """The bits of the best pairing of each person: `worth` is (people, words, places), `places` how many places are filled.

    A place that is empty is worth less than `unanswered` to every word.
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
    total = np.full(people, -np.inf)
    for answered in range(size):
        count = answered.bit_count()
        rest = unanswered * (words - count) + left_out * np.maximum(places - count, 0)
        total = np.maximum(total, best[answered] + rest)
    return total


def pairing(worth: Floats, places: int, *, unanswered: float, left_out: float) -> tuple[int, ...]:
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

    def whole(answered: int) -> float:
        count, total = answered.bit_count(), best[answered][0]
        return total + unanswered * float(words - count) + left_out * float(max(places - count, 0))

    return best[max(sorted(best), key=whole)][1]
