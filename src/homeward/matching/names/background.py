"""How common a word is among names of its role: what log2 f(b) is made of.

A list says how often a word occurs in it; a shipped table of letter pairs says how likely a word is that the list shows
once or never. The two are joined as in a Pitman-Yor process: each word seen gives up `DISCOUNT` of its count to the table.
So a list of fifty people works as well as one of a million, and a word seen once among many singletons stays rare.

>>> import numpy as np
>>> common, rare = log2_frequency(Words.of(["коваленко", "щупальський"]), np.array([900, 1]), 10_000, "surname")
>>> bool(-4 < common < -3), bool(rare < -13)
(True, True)
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from homeward.matching.names.folding import LETTERS
from homeward.matching.names.letters import Words

#: How much of the count of each seen word goes to words not seen.
DISCOUNT = 0.6
#: How many people the shipped table counts for beside the list.
STRENGTH = 20.0
#: What the letter table is taken to say of a word that the list does not have in this role.
_UNSEEN = -30.0
ROLES = ("surname", "given", "patronymic")
#: So many words are looked up at once, which bounds memory.
_RUN = 100_000


@lru_cache(maxsize=1)
def _tables() -> dict[str, npt.NDArray[np.float32]]:
    with (files("homeward.matching.names") / "data" / "background.npz").open("rb") as file, np.load(file) as data:
        return {key: data[key].astype(np.float32) for key in data.files}


def log2_letters(words: Words, role: str, wanted: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.float64]:
    """log2 of the probability that the letter table writes exactly each word; a rough guess for words that are not wanted."""
    out = -5.0 * np.maximum(1.0, words.size)
    for script in LETTERS:
        table = _tables()[f"{role}_{script.name}".lower()]
        here = (words.script == script) & (words.length > 0)
        every = np.flatnonzero(here if wanted is None else here & wanted)
        for start in range(0, len(every), _RUN):
            here = every[start : start + _RUN]
            plain, edge = words.plain[here], np.zeros((len(here), 1), words.plain.dtype)
            before, after = np.hstack([edge, plain]), np.hstack([plain, edge])
            inside = np.arange(before.shape[1]) <= words.length[here, None]
            out[here] = np.where(inside, table[before, after], 0.0).sum(axis=1, dtype=np.float64)
    return out


def log2_frequency(words: Words, counts: npt.NDArray[np.int64], total: int, role: str) -> npt.NDArray[np.float64]:
    """log2 f of each word, given how often each occurs among `total` people of its list."""
    letters = np.where(counts > 0, log2_letters(words, role, counts > 0), _UNSEEN)
    kinds = int((counts > 0).sum())
    left_over = (STRENGTH + DISCOUNT * kinds) / (total + STRENGTH)
    seen = np.maximum(counts - DISCOUNT, 0.0) / (total + STRENGTH)
    return np.asarray(np.log2(seen + left_over * np.exp2(letters)), np.float64)
