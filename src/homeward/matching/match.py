"""Matching two lists, or one list with itself; explaining one pair.

The order of the result depends on the people alone: by left row, then by falling bits, then by right row. Row order of the
lists changes nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.matching.candidates import candidate_pairs
from homeward.matching.columns import Columns
from homeward.matching.evidence import KINDS
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.model import Evidence, Progress, Proposal
from homeward.matching.scoring import BLOCK, Comparer, Scored, rivals
from homeward.matching.weights import Weights, weights
from homeward.people.person import Field, Person

_FIELDS = {
    "surname": Field.SURNAME, "given_names": Field.GIVEN_NAMES, "patronymic": Field.PATRONYMIC,
    "mother_maiden_name": Field.MOTHER_MAIDEN_NAME, "birth_date": Field.BIRTH_DATE, "birth_place": Field.BIRTH_PLACE,
    "service_number": Field.SERVICE_NUMBER, "rank": Field.RANK, "unit": Field.UNIT, "sex": Field.SEX,
    "captured_on": Field.CAPTURED_ON, "captured_at": Field.CAPTURED_AT,
}  # fmt: skip
#: Pairs whose odds before competition are below this are dropped at once; they can neither win nor take from a winner.
_HOPELESS = -12.0


def match(
    left: Sequence[Person],
    right: Sequence[Person],
    *,
    one_to_one: bool = True,
    at_least: float = 0.5,
    top: int = 1,
    progress: Progress | None = None,
) -> list[Proposal]:
    """Propose pairs of `left` and `right` that are one person with probability `at_least` or more.

    With `one_to_one` each record is in at most one proposal, the surest pairs being taken first; without, each left record
    has up to `top` proposals. Raises `ValueError` for `at_least` outside 0..1 or `top` below 1.
    """
    _check(at_least, top)
    scored = _scored(Columns.of(left), Columns.of(right), progress, weights())
    total = scored.total()
    final = total + rivals(scored.i, scored.j, total)
    wanted = np.flatnonzero(final >= _bits_of(at_least))
    if one_to_one:
        wanted = wanted[_assign(scored.i[wanted], scored.j[wanted], final[wanted])]
    order = wanted[np.lexsort((scored.j[wanted], -final[wanted], scored.i[wanted]))]
    if not one_to_one:
        order = order[_place_in_run(scored.i[order]) < top]
    return [_proposal(left, right, scored, int(k), float(final[k] - total[k])) for k in order]


def match_self(people: Sequence[Person], *, at_least: float = 0.5, progress: Progress | None = None) -> list[Proposal]:
    """Propose duplicates inside one list; `left_id` stands before `right_id` in the list. Same errors as `match`."""
    _check(at_least, 1)
    columns = Columns.of(people)
    scored = _scored(columns, columns, progress, weights().inside_one_list())
    keep = np.flatnonzero(scored.total() >= _bits_of(at_least))
    order = keep[np.lexsort((scored.j[keep], scored.i[keep]))]
    return [_proposal(people, people, scored, int(k), 0.0) for k in order]


def explain(left: Person, right: Person, *, among: int = 2_000) -> Proposal:
    """The proposal for one pair on its own, as in lists of `among` people, with no competition; never refused as unlikely."""
    one, other = Columns.of([left]), Columns.of([right])
    comparer = Comparer.of(one, other, weights())
    comparer = Comparer(comparer.left, comparer.right, comparer.weights, comparer.weights.overlap - float(np.log2(among)))
    scored = comparer.score(np.zeros(1, np.int64), np.zeros(1, np.int64))
    return _proposal([left], [right], scored, 0, 0.0)


def _check(at_least: float, top: int) -> None:
    if not 0.0 <= at_least <= 1.0:
        raise ValueError("at_least is a probability between 0 and 1")
    if top < 1:
        raise ValueError("top is at least 1")


def _bits_of(probability: float) -> float:
    if probability in {0.0, 1.0}:
        return -np.inf if probability == 0.0 else 1000.0
    return float(np.log2(probability / (1.0 - probability)))


def _scored(left: Columns, right: Columns, progress: Progress | None, table: Weights) -> Scored:
    """Compare all candidates of two lists (each pair once when they are one list) and keep those with any hope."""
    if progress:
        progress("candidates", 0, len(left))
    i, j = candidate_pairs(left, right)
    if right is left:
        i, j = i[i < j], j[i < j]
    comparer = Comparer.of(left, right, table)
    blocks = []
    for start in range(0, max(1, len(i)), BLOCK):
        if progress:
            progress("pairs", start, len(i))
        blocks.append(comparer.score(i[start : start + BLOCK], j[start : start + BLOCK], hopeless=_HOPELESS))
    if progress:
        progress("pairs", len(i), len(i))
    return Scored(
        np.concatenate([b.i for b in blocks]),
        np.concatenate([b.j for b in blocks]),
        np.concatenate([b.bits for b in blocks], axis=1),
        np.concatenate([b.level for b in blocks], axis=1),
        comparer.prior,
    )


def _assign(i: Ints, j: Ints, bits: Floats) -> Ints:
    """Best pairs first, each record once; ties go to the earlier rows."""
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    chosen = []
    for k in np.lexsort((j, i, -bits)):
        a, b = int(i[k]), int(j[k])
        if a not in taken_i and b not in taken_j:
            taken_i.add(a)
            taken_j.add(b)
            chosen.append(k)
    return np.array(sorted(chosen), np.int64)


def _place_in_run(values: Ints) -> Ints:
    """For sorted values, the place of each among its equals, from 0."""
    if not len(values):
        return values
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    return np.asarray(np.arange(len(values)) - np.repeat(starts, np.diff(np.append(starts, len(values)))))


def _proposal(left: Sequence[Person], right: Sequence[Person], scored: Scored, k: int, lost: float) -> Proposal:
    a, b = left[int(scored.i[k])], right[int(scored.j[k])]
    bars = [Evidence("prior", scored.prior, "", "", "prior")]
    for row, kind in enumerate(KINDS):
        level = int(scored.level[row, k])
        if level == 0:
            continue
        field = _FIELDS.get(kind.name)
        written = (a.written(field), b.written(field)) if field else ("", "")
        bars.append(Evidence(kind.name, float(scored.bits[row, k]), *written, kind.levels[level]))
    if lost < -1e-9:
        bars.append(Evidence("others", lost, "", "", "rivals"))
    return Proposal.of(a.id, b.id, tuple(bars))
