"""Matching two lists, or one list with itself, as persons or as columns; explaining one pair.

The order of the result depends on the people alone: by left row, then by falling bits, then by right row. Row order of the
lists changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from homeward.matching.cells import Table
from homeward.matching.choosing import Settled, choose, choose_repeats
from homeward.matching.columns import Columns
from homeward.matching.evidence import KINDS
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.model import Evidence, Progress, Proposal
from homeward.matching.pair_table import SMALLEST_BAR, Found, PairTable
from homeward.matching.reading import both, read
from homeward.matching.rounds import Engine, everybody, in_rounds, opened
from homeward.matching.scoring import Comparer, Scored
from homeward.matching.weights import weights
from homeward.people.person import Field, Person

_FIELDS = {
    "surname": Field.SURNAME, "given_names": Field.GIVEN_NAMES, "patronymic": Field.PATRONYMIC,
    "mother_maiden_name": Field.MOTHER_MAIDEN_NAME, "birth_date": Field.BIRTH_DATE, "birth_place": Field.BIRTH_PLACE,
    "service_number": Field.SERVICE_NUMBER, "rank": Field.RANK, "unit": Field.UNIT, "sex": Field.SEX,
    "captured_on": Field.CAPTURED_ON, "captured_at": Field.CAPTURED_AT,
}  # fmt: skip


def match(
    left: Sequence[Person],
    right: Sequence[Person],
    *,
    one_to_one: bool = True,
    at_least: float = 0.5,
    top: int = 1,
    progress: Progress | None = None,
    settled: Settled | None = None,
    engine: Engine | None = None,
) -> list[Proposal]:
    """Propose pairs of `left` and `right` that are one person with probability `at_least` or more.

    With `one_to_one` each record is in at most one proposal, the surest pairs being taken first; without, each left record
    has up to `top` proposals. What is `settled` is not proposed again. Another `engine` (`matching.engines`) gives the same
    proposals. Raises `ValueError` for `at_least` outside 0..1 or `top` below 1.
    """
    _check(at_least, top)
    one, other = Columns.of(left), Columns.of(right)
    found = _found(
        one, other, one_to_one=one_to_one, at_least=at_least, top=top, progress=progress, settled=settled, engine=engine
    )
    return [_proposal(left, right, found.scored, k, float(found.lost[k])) for k in range(len(found))]


def match_columns(
    left: Table,
    right: Table | None = None,
    *,
    one_to_one: bool = True,
    at_least: float = 0.5,
    top: int = 1,
    progress: Progress | None = None,
    settled: Settled | None = None,
    engine: Engine | None = None,
) -> PairTable:
    """The same as `match` on columns, for long lists: no person, no proposal, arrays in and arrays out.

    Without `right` it does the same as `match_self`. Raises `ValueError` also for columns of different lengths.

    >>> register = {"id": ["u1", "u2"], "surname": ["Щерботенко", "Вигаданий"], "birth_date": ["1987-03-14", "1990-01-30"]}
    >>> found = match_columns(register, {"id": ["r1"], "surname": ["SHCHERBOTENKO"], "birth_date": ["1987-03-14"]})
    >>> found.left_id, found.right_id, found.left_row.tolist()
    (['u1'], ['r1'], [0])
    """
    _check(at_least, top)
    columns, others = (read(left), None) if right is None else both(left, right)
    return match_lists(
        columns, others, one_to_one=one_to_one, at_least=at_least, top=top, progress=progress, settled=settled, engine=engine
    )


def match_lists(
    left: Columns,
    right: Columns | None = None,
    *,
    one_to_one: bool = True,
    at_least: float = 0.5,
    top: int = 1,
    progress: Progress | None = None,
    settled: Settled | None = None,
    engine: Engine | None = None,
) -> PairTable:
    """The same as `match_columns` on lists that were read before (`Columns.of_cells(Cells.of_columns(read_columns(...)))`)."""
    _check(at_least, top)
    found = _found(
        left, right, one_to_one=one_to_one, at_least=at_least, top=top, progress=progress, settled=settled, engine=engine
    )
    return PairTable.of(left, left if right is None else right, found)


def match_self(
    people: Sequence[Person],
    *,
    at_least: float = 0.5,
    progress: Progress | None = None,
    settled: Settled | None = None,
    engine: Engine | None = None,
) -> list[Proposal]:
    """Propose duplicates inside one list; `left_id` stands before `right_id` in the list. Same errors as `match`."""
    _check(at_least, 1)
    found = _repeats(Columns.of(people), at_least, progress, settled, engine)
    return [_proposal(people, people, found.scored, k, 0.0) for k in range(len(found))]


def explain(left: Person, right: Person, *, among: int = 2_000) -> Proposal:
    """The proposal for one pair on its own, as in lists of `among` people, with no competition; never refused as unlikely."""
    one, other = Columns.of([left]), Columns.of([right])
    comparer = Comparer.of(one, other, weights())
    comparer = Comparer(comparer.left, comparer.right, comparer.weights, comparer.weights.prior(among))
    scored = comparer.score(np.zeros(1, np.int64), np.zeros(1, np.int64))
    return _proposal([left], [right], scored, 0, 0.0)


def _check(at_least: float, top: int) -> None:
    if not 0.0 <= at_least <= 1.0:
        raise ValueError("at_least is a probability between 0 and 1")
    if top < 1:
        raise ValueError("top is at least 1")


def match_rows(
    left: Columns,
    right: Columns | None,
    *,
    one_to_one: bool = True,
    at_least: float = 0.5,
    top: int = 1,
    progress: Progress | None = None,
) -> tuple[Ints, Ints, Floats]:
    """The same as `match_lists`, and no more than left rows, right rows and bits."""
    found = _found(left, right, one_to_one=one_to_one, at_least=at_least, top=top, progress=progress, settled=None, engine=None)
    return found.scored.i, found.scored.j, found.scored.total() + found.lost


def _found(
    left: Columns,
    right: Columns | None,
    *,
    one_to_one: bool,
    at_least: float,
    top: int,
    progress: Progress | None,
    settled: Settled | None,
    engine: Engine | None,
) -> Found:
    """The pairs to propose of two lists, or the repeats of one, in the order of the result."""
    if right is None:
        return _repeats(left, at_least, progress, settled, engine)
    comparer = Comparer.of(left, right, weights())
    hopeful = (
        in_rounds(comparer, engine, progress, settled) if one_to_one else opened(everybody(comparer, engine, progress), settled)
    )
    return choose(comparer, hopeful, one_to_one=one_to_one, at_least=at_least, top=top)


def _repeats(
    columns: Columns, at_least: float, progress: Progress | None, settled: Settled | None, engine: Engine | None
) -> Found:
    comparer = Comparer.of(columns, columns, weights().inside_one_list())
    return choose_repeats(comparer, everybody(comparer, engine, progress), at_least=at_least, settled=settled)


def _proposal(left: Sequence[Person], right: Sequence[Person], scored: Scored, k: int, lost: float) -> Proposal:
    bars = [("prior", "prior", scored.prior)]
    for row, kind in enumerate(KINDS):
        level = int(scored.level[row, k])
        if level:
            bars.append((kind.name, kind.levels[level], float(scored.bits[row, k])))
    if lost < -SMALLEST_BAR:
        bars.append(("others", "rivals", lost))
    return proposal_of(left[int(scored.i[k])], right[int(scored.j[k])], bars)


def proposal_of(left: Person, right: Person, bars: Iterable[tuple[str, str, float]]) -> Proposal:
    """A pair of persons with bars (kind, code, bits) that are known, as `PairTable.bars` has them."""
    evidence = []
    for kind, code, bits in bars:
        field = _FIELDS.get(kind)
        written = (left.written(field), right.written(field)) if field else ("", "")
        evidence.append(Evidence(kind, bits, *written, code))
    return Proposal.of(left.id, right.id, tuple(evidence))
