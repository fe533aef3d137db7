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

from homeward.matching.names.folding import ALPHABET, LETTERS, LONGEST_WORD, Script, encode, script_of

#: The share of every row that is left for slips: a wrong letter, a lost letter, an extra letter.
SLIP_SUB, SLIP_DELE, SLIP_INS = 0.012, 0.004, 0.006
#: The smallest probability that is told apart from zero; its logarithm bounds every result from below.
SMALLEST = 1e-36
_CHUNK = 8192

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """One pair of scripts: `sub` and `ins` of shape (letters in context of a, letters of b); `dele` and `move` per row."""

    sub: Floats
    ins: Floats
    dele: Floats
    move: Floats


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
    return Table(sub.astype(np.float32), ins.astype(np.float32), dele.astype(np.float32), move.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Words:
    """Unique words ready for the model: letter codes (padded with 0), codes in context, lengths and scripts."""

    text: tuple[str, ...]
    plain: npt.NDArray[np.int16]
    placed: npt.NDArray[np.int16]
    length: npt.NDArray[np.int16]
    script: npt.NDArray[np.int8]

    @classmethod
    def of(cls, text: Sequence[str]) -> Words:
        plain = np.zeros((len(text), LONGEST_WORD), np.int16)
        placed = np.zeros((len(text), LONGEST_WORD), np.int16)
        length = np.zeros(len(text), np.int16)
        script = np.zeros(len(text), np.int8)
        for row, word in enumerate(text):
            codes, codes_placed = encode(word)
            plain[row, : len(codes)], placed[row, : len(codes)] = codes, codes_placed
            length[row], script[row] = len(codes), script_of(word)
        return cls(tuple(text), plain, placed, length, script)


def log2_spelling_pairs(a: Words, b: Words, left: Ints, right: Ints) -> Floats:
    """log2 T(b | a) for the pairs (left[k], right[k]) of word numbers; words of no table count only when equal."""
    out = np.full(len(left), np.log2(SMALLEST), np.float32)
    scripts = a.script[left].astype(np.int64) * len(Script) + b.script[right]
    for kind in np.unique(scripts):
        here = np.flatnonzero(scripts == kind)
        tables = table(Script(int(kind) // len(Script)), Script(int(kind) % len(Script)))
        if tables is None:
            same = [a.text[left[k]] == b.text[right[k]] for k in here]
            out[here[np.array(same, bool)]] = 0.0
            continue
        # Pairs of like lengths share a chunk, so that no chunk computes much padding.
        order = here[np.argsort(a.length[left[here]].astype(np.int64) * 64 + b.length[right[here]], kind="stable")]
        for start in range(0, len(order), _CHUNK):
            some = order[start : start + _CHUNK]
            out[some] = _forward(tables, a, b, left[some], right[some])
    return out


def _forward(tables: Table, a: Words, b: Words, left: Ints, right: Ints) -> Floats:
    """The forward sum over all alignments, for one chunk of pairs at once; arrays are (letters of b, pairs)."""
    n, m = a.length[left].astype(np.int64), b.length[right].astype(np.int64)
    rows, columns = int(n.max(initial=0)), int(m.max(initial=0))
    placed = np.ascontiguousarray(a.placed[left, :rows].T.astype(np.int64))
    letters = np.ascontiguousarray(b.plain[right, :columns].T.astype(np.int64))
    pair = np.arange(len(left))
    out = np.zeros(len(left), np.float32)
    row = np.zeros(len(left), np.int64)
    sub, ins = tables.sub.ravel(), tables.ins.ravel()
    now = np.zeros((columns + 1, len(left)), np.float32)
    now[0] = 1.0
    for i in range(rows + 1):
        if i:
            before, move = now, tables.move[row]
            row = placed[i - 1]
            now = before * (move * tables.dele[row])
            now[1:] += before[:-1] * move * sub.take(row * ALPHABET + letters)
        inserted = ins.take(row * ALPHABET + letters)
        for j in range(columns):
            now[j + 1] += now[j] * inserted[j]
        done = n == i
        if done.any():
            out[done] = (now[m, pair] * tables.move[row])[done]
    return np.log2(np.maximum(out, np.float32(SMALLEST)))


def log2_spelling(a: Sequence[str], b: Sequence[str]) -> Floats:
    """log2 T(b | a) for each `b` given the single word of `a`, or pair by pair when both are of one length."""
    left = np.zeros(len(b), np.int64) if len(a) == 1 else np.arange(len(a))
    return log2_spelling_pairs(Words.of(a), Words.of(b), left, np.arange(len(b)))
