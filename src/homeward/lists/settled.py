"""What a book of decisions settles about two lists, for a comparison that is not to ask again.

A decision counts while both records say what the officers saw (`pairs.make_pair` has the fingerprint); when one of them has changed,
the pair is proposed anew. It does not matter which list was on the left when the pair was decided.

>>> from homeward.people import Claim, Field
>>> left, right = (Person(id, {Field.SURNAME: Claim(name, name)}) for id, name in (("r2", "Коваль"), ("ua-7", "Koval")))
>>> pair = make_pair(Question.REGISTER, left, right)
>>> said = (Ruling.DIFFERENT, "Officer A", Ruling.DIFFERENT, "Officer B")
>>> book = DecisionBook((Decision(pair.id, pair.question, "r2", "ua-7", pair.fingerprint, *said, "2025-05-18"),))
>>> settled_pairs(book, [left], [right]).different, settled_pairs(book, [right], [left]).different
((('r2', 'ua-7'),), (('ua-7', 'r2'),))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.lists.decisions import Decision, DecisionBook, Question, Ruling
from homeward.lists.pairs import make_pair
from homeward.people import Person


@dataclass(frozen=True, slots=True)
class SettledPairs:
    """Pairs of ids (left, right) that two officers said are one person, and are two people; how many decisions are out of date."""

    same: tuple[tuple[str, str], ...]
    different: tuple[tuple[str, str], ...]
    #: Decisions about records of these lists that say something else now.
    changed: int

    def __len__(self) -> int:
        return len(self.same) + len(self.different)


def settled_pairs(book: DecisionBook, left: Sequence[Person], right: Sequence[Person] | None = None) -> SettledPairs:
    """What the book settles about two lists, or (without `right`) about the repeats of one, in the order of its decisions."""
    one = {person.id: person for person in left}
    other = {person.id: person for person in right} if right is not None else one
    question = Question.REGISTER if right is not None else Question.REPEAT
    found: dict[Ruling, list[tuple[str, str]]] = {Ruling.SAME: [], Ruling.DIFFERENT: []}
    changed = 0
    for decision in _last_of_each(book):
        if decision.question is not question or decision.outcome not in found:
            continue
        pair, turned = (decision.left_id, decision.right_id), False
        if pair[0] not in one or pair[1] not in other:
            pair, turned = (decision.right_id, decision.left_id), True
        if pair[0] not in one or pair[1] not in other:
            continue
        records = (one[pair[0]], other[pair[1]])
        first, second = reversed(records) if turned else records
        if make_pair(question, first, second).fingerprint == decision.fingerprint:
            assert decision.outcome is not None
            found[decision.outcome].append(pair)
        else:
            changed += 1
    return SettledPairs(tuple(found[Ruling.SAME]), tuple(found[Ruling.DIFFERENT]), changed)


def _last_of_each(book: DecisionBook) -> list[Decision]:
    """The entry that counts for each pair, oldest first."""
    return list({decision.pair_id: decision for decision in book.entries}.values())
