"""Pairs to be decided by two people: the machine's proposals, with what both records say and why they may be one person.

A pair's id is stable: the same question about the same two records has the same id in every run. Its `fingerprint` covers
what the officers see of the two records, so that a settled pair comes back only when one of the records has changed. An entry
for which the machine found nobody is a pair too (`Question.NOBODY`): a denial needs two people like everything else.

>>> from homeward.people import Claim, Field, Person
>>> left, right = (Person(id, {Field.SURNAME: Claim(name, name)}) for id, name in (("r2", "Коваль"), ("ua-7", "Koval")))
>>> pair = make_pair(Question.REGISTER, left, right)
>>> pair.id == make_pair(Question.REGISTER, left, right).id, pair.percent
(True, 'by hand')
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeward.lists._files import canonical
from homeward.lists.decisions import DecisionBook, Question
from homeward.lists.errors import ListError
from homeward.lists.identity import missing_to_identify
from homeward.matching import Evidence, Proposal
from homeward.people import Field, Person

#: What is shown of each record, in this order: what GC III 17 and 122(4) name, then what else tells two people apart.
SHOWN: tuple[Field, ...] = (
    Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.FATHER_NAME, Field.MOTHER_MAIDEN_NAME, Field.BIRTH_DATE,
    Field.BIRTH_PLACE, Field.SERVICE_NUMBER, Field.RANK, Field.UNIT, Field.NATIONALITY, Field.SEX, Field.STATUS,
    Field.CAPTURED_ON, Field.CAPTURED_AT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and why they are asked about. `right` is None for `NOBODY`; `probability` is None if put in by hand."""

    id: str
    question: Question
    left: Person
    right: Person | None
    probability: float | None
    evidence: tuple[Evidence, ...]
    fingerprint: str

    @property
    def right_id(self) -> str:
        return self.right.id if self.right is not None else ""

    @property
    def percent(self) -> str:
        if self.right is None:
            return "–"
        return percent(self.probability) if self.probability is not None else "by hand"


def percent(probability: float) -> str:
    """A probability as people read it; never 0 or 100, which no machine can know.

    >>> percent(0.987), percent(0.99996), percent(0.0001)
    ('99 %', '>99.9 %', '<0.1 %')
    """
    if probability >= 0.9995:
        return ">99.9 %"
    if probability < 0.0005:
        return "<0.1 %"
    return f"{100 * probability:.0f} %" if 0.01 <= probability < 0.99 else f"{100 * probability:.1f} %"


def make_pair(question: Question, left: Person, right: Person | None, proposal: Proposal | None = None) -> Pair:
    """One pair; without a proposal it is one that an officer put in by hand."""
    assert (right is None) == (question is Question.NOBODY), "only the question 'nobody' has no second record"
    key = canonical([question.value, left.id, right.id if right is not None else None])
    seen = [
        [[field.value, person.written(field)] for field in SHOWN] if person is not None else None for person in (left, right)
    ]
    return Pair(
        id="pair-" + hashlib.sha256(key).hexdigest()[:16],
        question=question,
        left=left,
        right=right,
        probability=proposal.probability if proposal is not None else None,
        evidence=tuple(proposal.evidence) if proposal is not None else (),
        fingerprint=hashlib.sha256(canonical(seen)).hexdigest()[:16],
    )


def register_pairs(
    entries: Sequence[Person],
    register: Sequence[Person],
    proposals: Iterable[Proposal],
    *,
    by_hand: Iterable[tuple[str, str]] = (),
    ask_about_nobody: bool = True,
) -> list[Pair]:
    """Pairs of the list with the register, in the list's order, best proposal first, and the entries that nobody was proposed for.

    Entries that identify nobody are not asked about: their answer is INSUFFICIENT_DATA, whatever is in the register.

    `by_hand` adds pairs (entry id, register id) that officers found themselves. Raises `ListError` for an unknown id.
    """
    left, right = _by_id(entries, "the list"), _by_id(register, "the register")
    found: dict[str, list[Pair]] = {}
    for proposal in proposals:
        found.setdefault(proposal.left_id, []).append(
            make_pair(Question.REGISTER, left[proposal.left_id], right[proposal.right_id], proposal)
        )
    for one, other in by_hand:
        if one not in left or other not in right:
            raise ListError("", f"the pair {one} and {other} names a record that is not there", remedy="look at both ids")
        pair = make_pair(Question.REGISTER, left[one], right[other])
        if pair.id not in {known.id for known in found.get(one, ())}:
            found.setdefault(one, []).append(pair)
    pairs: list[Pair] = []
    for entry in entries:
        if entry.id in found:
            pairs += sorted(found[entry.id], key=lambda pair: (-(pair.probability or 0.0), pair.right_id))
        elif ask_about_nobody and not missing_to_identify(entry):
            pairs.append(make_pair(Question.NOBODY, entry, None))
    return pairs


def repeat_pairs(entries: Sequence[Person], proposals: Iterable[Proposal]) -> list[Pair]:
    """Pairs of entries of one list that may be one person, in the list's order."""
    people = _by_id(entries, "the list")
    place = {entry.id: number for number, entry in enumerate(entries)}
    pairs = [make_pair(Question.REPEAT, people[found.left_id], people[found.right_id], found) for found in proposals]
    return sorted(pairs, key=lambda pair: (place[pair.left.id], place[pair.right_id]))


def open_pairs(pairs: Iterable[Pair], book: DecisionBook) -> list[Pair]:
    """The pairs that still have to be asked: never settled, or settled on other evidence."""
    return [pair for pair in pairs if not book.settled(pair.id, pair.fingerprint)]


def _by_id(people: Sequence[Person], what: str) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for person in people:
        if person.id in found:
            raise ListError("", f"the id {person.id} stands twice in {what}", remedy="give every row its own id")
        found[person.id] = person
    return found
