"""Matching two lists, or one list with itself, as persons or as columns; explaining one pair.

The order of the result depends on the people alone: by left row, then by falling bits, then by right row. Row order of the
lists changes nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.matching.candidates import candidate_chunks
from homeward.matching.cells import Cells, Table
from homeward.matching.columns import Columns
from homeward.matching.evidence import KINDS
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.model import Evidence, Progress, Proposal
from homeward.matching.pair_table import Found, PairTable
from homeward.matching.scoring import BLOCK, Comparer, Scored, rivals
from homeward.matching.weights import weights
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
    found = _best(Columns.of(left), Columns.of(right), one_to_one=one_to_one, at_least=at_least, top=top, progress=progress)
    return [_proposal(left, right, found.scored, k, float(found.lost[k])) for k in range(len(found))]


def match_columns(
    left: Table,
    right: Table | None = None,
    *,
    one_to_one: bool = True,
    at_least: float = 0.5,
    top: int = 1,
    progress: Progress | None = None,
) -> PairTable:
    """The same as `match` on columns, for long lists: no person, no proposal, arrays in and arrays out.

    Without `right` it does the same as `match_self`. Raises `ValueError` also for columns of different lengths.

    >>> register = {"id": ["u1", "u2"], "surname": ["Щерботенко", "Вигаданий"], "birth_date": ["1987-03-14", "1990-01-30"]}
    >>> found = match_columns(register, {"id": ["r1"], "surname": ["SHCHERBOTENKO"], "birth_date": ["1987-03-14"]})
    >>> found.left_id, found.right_id, found.left_row.tolist()
    (['u1'], ['r1'], [0])
    """
    _check(at_least, top)
    columns = Columns.of_cells(Cells.of_table(left))
    if right is None:
        return PairTable.of(columns, columns, _repeats(columns, at_least, progress))
    others = Columns.of_cells(Cells.of_table(right))
    found = _best(columns, others, one_to_one=one_to_one, at_least=at_least, top=top, progress=progress)
    return PairTable.of(columns, others, found)


def match_self(people: Sequence[Person], *, at_least: float = 0.5, progress: Progress | None = None) -> list[Proposal]:
    """Propose duplicates inside one list; `left_id` stands before `right_id` in the list. Same errors as `match`."""
    _check(at_least, 1)
    found = _repeats(Columns.of(people), at_least, progress)
    return [_proposal(people, people, found.scored, k, 0.0) for k in range(len(found))]


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


def _best(left: Columns, right: Columns, *, one_to_one: bool, at_least: float, top: int, progress: Progress | None) -> Found:
    """The pairs to propose, in the order of the result."""
    comparer = Comparer.of(left, right, weights())
    i, j, total = _hopeful(comparer, progress)
    final = total + rivals(i, j, total)
    wanted = np.flatnonzero(final >= _bits_of(at_least))
    if one_to_one:
        wanted = wanted[_assign(i[wanted], j[wanted], final[wanted])]
    order = wanted[np.lexsort((j[wanted], -final[wanted], i[wanted]))]
    if not one_to_one:
        order = order[_place_in_run(i[order]) < top]
    return Found(comparer.score_all(i[order], j[order]), final[order] - total[order])


def _repeats(columns: Columns, at_least: float, progress: Progress | None) -> Found:
    comparer = Comparer.of(columns, columns, weights().inside_one_list())
    i, j, total = _hopeful(comparer, progress)
    keep = np.flatnonzero(total >= _bits_of(at_least))
    order = keep[np.lexsort((j[keep], i[keep]))]
    return Found(comparer.score_all(i[order], j[order]), np.zeros(len(order)))


def _hopeful(comparer: Comparer, progress: Progress | None) -> tuple[Ints, Ints, Floats]:
    """Compare all candidates of two lists, and keep rows and bits (before competition) of the pairs with any hope.

    Only three numbers of each pair are kept here: the bars of the few that are proposed are computed again.
    """
    left, right = comparer.left.columns, comparer.right.columns
    if progress:
        progress("pairs", 0, len(left))
    found: list[tuple[Ints, Ints, Floats]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for looked_at, i, j in candidate_chunks(left, right):
        for start in range(0, len(i), BLOCK):
            block = comparer.score(i[start : start + BLOCK], j[start : start + BLOCK], hopeless=_HOPELESS)
            found.append((block.i, block.j, block.total()))
        if progress:
            progress("pairs", looked_at, len(left))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))  # type: ignore[return-value] # Three of them.


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
