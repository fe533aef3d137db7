"""Which forms of the lexicon each of many words may be a spelling of, compiled for this machine where numba is installed.

Forms that begin with the same letters stand beside each other, so what the spelling model says of their beginning is worked out once,
and where it says that nothing likely follows, none of them is looked at further. Pairs are only left out here: those that are left
go through the model as all would without numba, so the numbers are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from homeward.matching.names.folding import ALPHABET, CONTEXTS, LONGEST_WORD, Script
from homeward.matching.names.letters import Words
from homeward.matching.names.skeleton import MARKS
from homeward.matching.names.spelling import table

Ints = npt.NDArray[np.int64]

#: From this many words on, the compiled code is worth loading.
WORTH_LOADING = 20_000
_SCRIPTS = len(Script)
#: A word is compared with a form when this many marks at most are in the skeleton of the one and not of the other.
MARKS_APART = 2
#: The bits of marks that say that there is one, without those that say that there are two.
ONCE = (1 << len(MARKS)) - 1
#: A form is compared with a word that has so many letters more or fewer at most.
LENGTHS_APART = 4
#: There is room for so many pairs at once.
_ROOM = 1 << 16


class Forms(NamedTuple):
    """The forms, those with like skeletons together, and among them those with like beginnings."""

    #: For each place the number of a form, where the forms of each skeleton begin, and with how many letters of the one before
    #: each begins (-1 where that is of another script or skeleton).
    number: Any
    starts: Any
    alike: Any
    placed: Any
    length: Any
    script: Any
    marks: Any

    @classmethod
    def of(cls, forms: Words, order: Ints, starts: Ints) -> Forms:
        """From the order of the forms and where each skeleton begins in it."""
        placed, script = forms.placed[order], forms.script[order]
        same = (placed[1:] == placed[:-1]) & (placed[1:] > 0)
        alike = np.append(-1, np.where(script[1:] == script[:-1], np.cumprod(same, axis=1).sum(axis=1), -1))[: len(order)]
        alike[starts[:-1]] = -1
        return cls(order, starts, alike, placed, forms.length[order], script, forms.marks[order])


@lru_cache(maxsize=1)
def _model() -> tuple[Any, ...]:
    """The spelling model for each two scripts: sub, ins, dele, move; and for which scripts there is one."""
    kinds, rows = _SCRIPTS**2, CONTEXTS * ALPHABET
    sub, ins = np.zeros((kinds, rows, ALPHABET), np.float32), np.zeros((kinds, rows, ALPHABET), np.float32)
    dele, move, known = np.zeros((kinds, rows), np.float32), np.zeros((kinds, rows), np.float32), np.zeros(kinds, bool)
    for a in Script:
        for b in Script:
            learned, kind = table(a, b), a * _SCRIPTS + b
            if learned is not None:
                sub[kind], ins[kind], dele[kind], move[kind], known[kind] = (
                    learned.sub, learned.ins, learned.dele, learned.move, True,
                )  # fmt: skip
    return sub, ins, dele, move, known


def _may_be(model: Any, forms: Any, words: Any, run: Any, key: Any, first: int, enough: Any, out: Any) -> Any:  # noqa: PLR0917
    """Write pairs (form, word) into `out`, from the word at `first` on; returns where it stopped and how many there are."""
    sub, ins, dele, move, known = model
    number, starts, alike, placed, length_a, script_a, marks_a = forms
    plain, length_b, script_b, marks_b = words
    rows = np.zeros((LONGEST_WORD + 1, LONGEST_WORD + 1), np.float32)
    count = 0
    for k in range(first, len(run)):
        here = key[k]
        if here < 0:
            continue
        if count + starts[here + 1] - starts[here] > out.shape[1]:
            return k, count
        b = run[k]
        m = length_b[b]
        valid, dead = -1, -1
        kind = 0
        for place in range(starts[here], starts[here + 1]):
            common = alike[place]
            valid = min(valid, common)
            if dead > common:
                dead = -1
            n = length_a[place]
            if dead >= 0 or abs(n - m) > LENGTHS_APART:
                continue
            differ, many = (marks_a[place] ^ marks_b[b]) & ONCE, 0
            while differ:
                differ &= differ - 1
                many += 1
            if many > MARKS_APART:
                continue
            if valid < 0:
                kind = script_a[place] * _SCRIPTS + script_b[b]
                if not known[kind]:
                    continue
                rows[0, 0] = np.float32(1.0)
                for j in range(m):
                    rows[0, j + 1] = rows[0, j] * ins[kind, 0, plain[b, j]]
                valid = 0
            row = placed[place, valid - 1] if valid else 0
            for i in range(valid, n):
                go = move[kind, row]
                row = placed[place, i]
                lost = go * dele[kind, row]
                rows[i + 1, 0] = rows[i, 0] * lost
                whole = rows[i + 1, 0]
                for j in range(m):
                    letter = plain[b, j]
                    value = rows[i, j + 1] * lost + rows[i, j] * go * sub[kind, row, letter]
                    rows[i + 1, j + 1] = value + rows[i + 1, j] * ins[kind, row, letter]
                    whole += rows[i + 1, j + 1]
                valid = i + 1
                if whole < enough:
                    dead = valid
                    break
            if dead < 0 and rows[n, m] * move[kind, row] >= enough:
                out[0, count], out[1, count] = number[place], b
                count += 1
    return len(run), count


@lru_cache(maxsize=1)
def _compiled() -> Callable[..., tuple[int, int]] | None:
    try:
        import numba  # noqa: PLC0415 - an optional package.
    except ImportError:
        return None
    kernel: Callable[..., tuple[int, int]] = numba.njit(cache=True, nogil=True)(_may_be)
    return kernel


def may_be(forms: Forms, spelled: Words, run: Ints, key: Ints, worst: float) -> tuple[Ints, Ints] | None:
    """Pairs (form, word of `run`) that may have `worst` bits or more, or None where compiled code is missing or not worth it.

    `key` has for each word of the run the number of its skeleton among those of the forms, or -1.
    """
    kernel = _compiled() if len(run) >= WORTH_LOADING or _compiled.cache_info().currsize else None
    if kernel is None:
        return None
    words, first, found = (spelled.plain, spelled.length, spelled.script, spelled.marks), 0, []
    room = max(_ROOM, int(np.diff(forms.starts).max(initial=0)))
    while first < len(run):
        out = np.empty((2, room), np.int64)
        first, count = kernel(_model(), forms, words, run, key, first, np.float32(2.0**worst), out)
        found.append(out[:, :count])
    form, word = np.concatenate([np.zeros((2, 0), np.int64), *found], axis=1)
    return form, word
