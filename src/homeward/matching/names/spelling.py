"""How likely one spelling of a name is, given another: the conditional probability T(b | a) of word `b` for word `a`.

The model writes `b` while it reads `a` letter by letter. At each letter of `a` it writes one letter (table `sub`) or none
(`dele`); after it, and before the first, it may write more (`ins`). So `щ` may write `s` and then `h`, `c`, `h`. Each pair
of scripts has its own tables, each letter has three rows (at the beginning, after a vowel, after a consonant), and all
numbers were learned by expectation maximisation from public name pairs (`bench/matching/learn_spelling.py`). T sums to one
over all words `b` of a script, so log2 T(b | a) / f(b) is evidence in bits when f(b) is how common `b` is.

The same function covers romanisation tables old and new, German, French and Polish habits, and Ukrainian against Russian
spelling, because the tables have seen all of them; a small share of every row is left for slips of the pen.

>>> near = log2_spelling(["щербак"], ["shcherbak", "szczerbak", "shevchuk"])
>>> bool(near[0] > near[1] > near[2] + 10)
True

Source of the idea: pair hidden Markov models, Durbin et al., Biological Sequence Analysis (1998), chapter 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from homeward.matching.names.compiled import kernel_for
from homeward.matching.names.folding import ALPHABET, LETTERS, Script
from homeward.matching.names.letters import Words

#: The share of every row that is left for slips: a wrong letter, a lost letter, an extra letter.
SLIP_SUB, SLIP_DELE, SLIP_INS = 0.012, 0.004, 0.006
#: The smallest probability that is told apart from zero; its logarithm bounds every result from below.
SMALLEST = 1e-36
LEAST = np.log2(np.float32(SMALLEST))
#: After this many letters of `a` it is asked which pairs can still become likely enough.
GIVE_UP_AT = (2, 4, 6)
_CHUNK = 2048

Floats = npt.NDArray[np.float32]
Floats64 = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """One pair of scripts: `sub` and `ins` of shape (letters in context of a, letters of b); `dele` and `move` per row.

    `both` holds each entry of `sub` and `ins` side by side, so that one look-up brings the two.
    """

    sub: Floats
    ins: Floats
    dele: Floats
    move: Floats
    both: npt.NDArray[np.complex64]


@lru_cache(maxsize=1)
def _learned() -> dict[str, npt.NDArray[np.float16]]:
    with (files("homeward.matching.names") / "data" / "spelling.npz").open("rb") as file, np.load(file) as data:
        return {key: data[key] for key in data.files}


@lru_cache(maxsize=64)
def table(a: Script, b: Script) -> Table | None:
    """The learned table for writing a word of script `a` in script `b`, or None when there is none."""
    name, learned = f"{a.name}_{b.name}_".lower(), _learned()
    if name + "sub" not in learned:
        return None
    size = len(LETTERS[b])
    spread = np.zeros(ALPHABET, np.float64)
    spread[1 : size + 1] = 1.0 / size
    sub = learned[name + "sub"].astype(np.float64) * (1 - SLIP_SUB - SLIP_DELE) + SLIP_SUB * spread
    dele = learned[name + "dele"].astype(np.float64) * (1 - SLIP_SUB - SLIP_DELE) + SLIP_DELE
    ins = learned[name + "ins"].astype(np.float64) * (1 - SLIP_INS) + SLIP_INS * spread
    move = ins[:, 0].copy()
    ins[:, 0] = 0.0
    sub[:, 0] = 0.0
    both = (sub + 1j * ins).astype(np.complex64).ravel()
    return Table(sub.astype(np.float32), ins.astype(np.float32), dele.astype(np.float32), move.astype(np.float32), both)


def log2_spelling_pairs(a: Words, b: Words, left: Ints, right: Ints, *, worst: Floats64 | float = -np.inf) -> Floats:
    """log2 T(b | a) for the pairs (left[k], right[k]) of word numbers; words of no table count only when equal.

    A pair that turns out to lie below `worst` (bits; one number, or one for each pair) is given up on the way, and its result
    is the least there is.
    """
    out = np.full(len(left), LEAST, np.float32)
    scripts = a.script[left].astype(np.int64) * len(Script) + b.script[right]
    enough = np.broadcast_to(np.exp2(np.asarray(worst, np.float64)).astype(np.float32), len(left))
    for kind in np.flatnonzero(np.bincount(scripts)).tolist():
        here = np.flatnonzero(scripts == kind)
        tables = table(Script(kind // len(Script)), Script(kind % len(Script)))
        if tables is None:
            same = [a.text[left[k]] == b.text[right[k]] for k in here]
            out[here[np.array(same, bool)]] = 0.0
            continue
        kernel = kernel_for(len(here))
        if kernel is not None:
            found = kernel(
                tables.sub, tables.ins, tables.dele, tables.move, a.placed, a.length, b.plain, b.length,
                left[here], right[here], enough[here],
            )  # fmt: skip
            out[here] = np.log2(np.maximum(found, np.float32(SMALLEST)))
            continue
        # Pairs of like lengths share a chunk, so that no chunk computes much padding.
        order = here[np.argsort((a.length[left[here]].astype(np.int16) << 5) + b.length[right[here]], kind="stable")]
        for start in range(0, len(order), _CHUNK):
            some = order[start : start + _CHUNK]
            out[some] = _forward(tables, a, b, left[some], right[some], enough=enough[some])
    return out


def _forward(tables: Table, a: Words, b: Words, left: Ints, right: Ints, *, enough: Floats) -> Floats:
    """The forward sum over all alignments, for one chunk of pairs at once; arrays are (letters of b, pairs)."""
    n, m = a.length[left].astype(np.int64), b.length[right].astype(np.int64)
    rows, columns = int(n.max(initial=0)), int(m.max(initial=0))
    placed = a.placed[left, :rows].T.astype(np.int64)
    letters = b.plain[right, :columns].T.astype(np.int64)
    pair = np.arange(len(left))
    out = np.zeros(len(left), np.float32)
    row = np.zeros(len(left), np.int64)
    now = np.zeros((columns + 1, len(left)), np.float32)
    now[0] = 1.0
    for i in range(rows + 1):
        move = tables.move[row]
        row = placed[i - 1] if i else row
        looked_up = tables.both.take(row * ALPHABET + letters)
        if i:
            before = now
            now = before * (move * tables.dele[row])
            now[1:] += before[:-1] * move * looked_up.real
        inserted = np.ascontiguousarray(looked_up.imag)
        for j in range(columns):
            now[j + 1] += now[j] * inserted[j]
        done = n == i
        if done.any():
            out[pair[done]] = (now[m, np.arange(len(m))] * tables.move[row])[done]
        if i in GIVE_UP_AT:
            # All that can still be written passes through this row, so its sum bounds the result.
            going = now.sum(axis=0) >= enough
            if np.count_nonzero(going) < 0.8 * len(going):
                now, placed, letters = now[:, going], placed[:, going], letters[:, going]
                n, m, row, pair, enough = n[going], m[going], row[going], pair[going], enough[going]
    return np.log2(np.maximum(out, np.float32(SMALLEST)))


def log2_spelling(a: Sequence[str], b: Sequence[str]) -> Floats:
    """log2 T(b | a) for each `b` given the single word of `a`, or pair by pair when both are of one length."""
    left = np.zeros(len(b), np.int64) if len(a) == 1 else np.arange(len(a))
    return log2_spelling_pairs(Words.of(a), Words.of(b), left, np.arange(len(b)))
