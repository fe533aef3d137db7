"""Answers derived from decisions: for every entry of a list, the one answer that two-person decisions and the register allow.

The machine only suggests. Nobody is acknowledged, denied, called a duplicate, dead or released because a program thought so: an
answer about identity rests on a pair that two officers settled, and an entry that nobody has settled is under inquiry. What
follows is the order in which an entry is looked at; the first line that applies gives the answer:

1. officers gave the answer themselves (`given`)                          -> that answer
2. the decisions contradict each other about it                           -> UNDER_INQUIRY
3. decided to be the same person as another entry that is answered        -> DUPLICATE_OF
4. decided to be a person of the register: released, dead, refuses        -> ALREADY_RELEASED, DECEASED, REFUSES_TRANSFER
5. …whose status the register states otherwise (soldier or civilian)      -> DISPUTED_STATUS
6. …otherwise                                                             -> ACKNOWLEDGED_HELD
7. the entry names nobody who could be looked for                         -> INSUFFICIENT_DATA
8. decided to be none of those proposed, or nobody                        -> NOT_HELD
9. not settled, and the clock for answers has run out                     -> NO_ANSWER
10. not settled                                                           -> UNDER_INQUIRY

A denial of somebody acknowledged before becomes PREVIOUSLY_ACKNOWLEDGED_NOW_DENIED. The same rules serve both directions: the
home side answering an OFFER gives its register, the holder answering a REQUEST gives the register of those it holds.

>>> from homeward.lists.pairs import make_pair
>>> from homeward.people import Claim
>>> def row(id, **fields):
...     return Person(id, {Field(name): Claim(text, text) for name, text in fields.items()})
>>> listed = row("r2", surname="Коваль", given_names="Остап", patronymic="Юрійович")
>>> known = row("ua-7", surname="Коваль", given_names="Остап", patronymic="Юрійович", state="released")
>>> pair = make_pair(Question.REGISTER, listed, known)
>>> derive_answers([listed], [known], DecisionBook(), [pair])[0].code
'UNDER_INQUIRY'
>>> from homeward.lists.decisions import Decision
>>> same = Decision(pair.id, pair.question, "r2", "ua-7", pair.fingerprint, Ruling.SAME, "A", Ruling.SAME, "B", "2025-05-18")
>>> derive_answers([listed], [known], DecisionBook((same,)), [pair])[0]
Answer(entry_id='r2', code='ALREADY_RELEASED', detail='', carries={'date': <Absence.UNKNOWN: 'unknown'>})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from homeward.lists.answers import Answer, Carried, check_answers, raise_alarms
from homeward.lists.decisions import DecisionBook, Question, Ruling
from homeward.lists.errors import ListError, ListProblemsError
from homeward.lists.identity import missing_to_identify
from homeward.lists.pairs import Pair
from homeward.people import Absence, Field, Person

_OUT = {"released": "ALREADY_RELEASED", "dead": "DECEASED", "refused": "REFUSES_TRANSFER"}


def derive_answers(
    entries: Sequence[Person],
    register: Sequence[Person],
    decisions: DecisionBook,
    asked: Iterable[Pair] = (),
    *,
    given: Iterable[Answer] = (),
    earlier: Iterable[Answer] = (),
    earlier_reference: str = "",
    due: date | None = None,
    on: date | None = None,
    until: date | None = None,
) -> list[Answer]:
    """Exactly one answer for every entry, in the order of the list.

    `asked` are the pairs that were put to the officers (all of them, with their evidence as it is now): an entry is denied only
    when every pair asked about it is settled as different. `due` and `on` are the clock for answers and today; `until` is the
    day by which an answer under inquiry is promised. `earlier` are the answers given before, under the same entry ids. Raises
    `ListProblemsError` when `given` breaks the rules of answers.
    """
    people = {person.id: person for person in register}
    lacking = {entry.id: missing_to_identify(entry) for entry in entries}
    duplicates, contradicted = _duplicates(entries, lacking, decisions)
    open_ids, denied_ids = _standing(asked, decisions)
    own = {answer.entry_id: answer for answer in given}
    late = due is not None and on is not None and on > due
    promised: Carried = until.isoformat() if until is not None else Absence.UNKNOWN
    inquiry = {"until": promised}
    answers: list[Answer] = []
    for entry in entries:
        matched = [people[found] for found in decisions.counterparts(entry.id) if found in people]
        if entry.id in own:
            answers.append(own[entry.id])
        elif entry.id in contradicted or len(matched) > 1:
            answers.append(Answer(entry.id, "UNDER_INQUIRY", carries=inquiry))
        elif entry.id in duplicates:
            answers.append(Answer(entry.id, "DUPLICATE_OF", carries={"other": duplicates[entry.id]}))
        elif matched:
            answers.append(_recognised(entry, matched[0]))
        elif lacking[entry.id]:
            answers.append(
                Answer(
                    entry.id, "INSUFFICIENT_DATA", carries={"missing": ", ".join(field.value for field in lacking[entry.id])}
                )
            )
        elif entry.id in denied_ids and entry.id not in open_ids:
            answers.append(Answer(entry.id, "NOT_HELD", "unknown_to_us"))
        elif late and due is not None:
            answers.append(Answer(entry.id, "NO_ANSWER", carries={"due": due.isoformat()}))
        else:
            answers.append(Answer(entry.id, "UNDER_INQUIRY", carries=inquiry))
    answers = raise_alarms(earlier, answers, reference=earlier_reference or "earlier answers")
    ids = [entry.id for entry in entries]
    strangers = [ListError("given answers", f"the entry {stray} is not on the list") for stray in own if stray not in lacking]
    problems = [*strangers, *check_answers(answers, ids)]
    if problems:
        raise ListProblemsError(tuple(problems))
    return answers


def _recognised(entry: Person, person: Person) -> Answer:
    """The answer about an entry that two officers said is this person of the register."""
    state = person.text(Field.STATE)
    since = _stated(person, Field.STATE_SINCE)
    if state == "refused":
        # The register knows that the person refuses; who witnessed it stands in the interview's own record.
        return Answer(entry.id, "REFUSES_TRANSFER", carries={"witness": Absence.UNKNOWN, "date": since})
    if state in _OUT:
        return Answer(entry.id, _OUT[state], carries={"date": since})
    claimed, known = entry.text(Field.STATUS), person.text(Field.STATUS)
    if claimed is not None and known is not None and (claimed == "civilian") != (known == "civilian"):
        return Answer(entry.id, "DISPUTED_STATUS", carries={"status": known})
    return Answer(entry.id, "ACKNOWLEDGED_HELD")


def _stated(person: Person, field: Field) -> Carried:
    """A date as ISO text; `UNKNOWN` when the register is silent, and its own word when it says that it may not say."""
    value = person.date(field)
    if value is not None:
        return str(value)
    return Absence.WITHHELD if person.value(field) is Absence.WITHHELD else Absence.UNKNOWN


def _standing(asked: Iterable[Pair], decisions: DecisionBook) -> tuple[set[str], set[str]]:
    """Entries with a question still open, and entries with a question settled as different, on the evidence as it is now."""
    still_open: set[str] = set()
    denied: set[str] = set()
    for pair in asked:
        if pair.question is Question.REPEAT:
            continue
        last = decisions.last(pair.id)
        if last is None or not decisions.settled(pair.id, pair.fingerprint):
            still_open.add(pair.left.id)
        elif last.outcome is Ruling.DIFFERENT:
            denied.add(pair.left.id)
    return still_open, denied


def _duplicates(
    entries: Sequence[Person], lacking: Mapping[str, Sequence[Field]], decisions: DecisionBook
) -> tuple[Mapping[str, str], set[str]]:
    """Who is a duplicate of whom, and about whom the decisions contradict each other.

    Entries are one person when a repeat was decided so, or when both were decided to be the same person of the register. Of
    such a group the first entry that names somebody is answered, and the others are its duplicates, except those that were
    decided to be different from another of the group, or to be somebody else of the register than the first.
    """
    rank = {entry.id: (bool(lacking[entry.id]), number) for number, entry in enumerate(entries)}
    parent: dict[str, str] = {}

    def root(entry_id: str) -> str:
        while (above := parent.get(entry_id, entry_id)) != entry_id:
            parent[entry_id] = parent.get(above, above)
            entry_id = above
        return entry_id

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)), key=rank.__getitem__)
        if first != second:
            parent[second] = first

    for left, right in decisions.repeats():
        if left in rank and right in rank:
            join(left, right)
    first_with: dict[str, str] = {}
    for entry in entries:
        for found in decisions.counterparts(entry.id):
            join(first_with.setdefault(found, entry.id), entry.id)

    duplicates = {entry.id: root(entry.id) for entry in entries if root(entry.id) != entry.id}
    contradicted = {
        max(pair, key=rank.__getitem__)
        for pair in decisions.kept_apart()
        if all(entry_id in rank for entry_id in pair) and root(pair[0]) == root(pair[1])
    }
    for entry_id, first in duplicates.items():
        here, there = decisions.counterparts(entry_id), decisions.counterparts(first)
        if here and there and set(here) != set(there):
            contradicted.add(entry_id)
    return duplicates, contradicted
