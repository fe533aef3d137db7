"""Both sides of a pair as one officer may see them: fields with the differing letters marked, and the machine's reasons.

Both records are cut down to the officer's fields before anything is compared or explained, so that neither a reason nor a marked
letter tells of a field that is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import fields_seen, groups_seen, visible
from homeward.bureau.pages.spoken import field_name, language
from homeward.bureau.review.models import Proposal
from homeward.bureau.review.packing import unpack
from homeward.bureau.review.queue import is_serious
from homeward.lists import Question
from homeward.lists.differing import Piece, differing, differing_dates
from homeward.lists.pairs import SHOWN, percent
from homeward.matching import Evidence
from homeward.people import Field, Person

_IN_A_LINE = (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of both records: its name, what each wrote in pieces with the differing ones marked, and whether they differ."""

    name: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason: its sentence, its bits, and where its bar begins and how long it is, in percent of the whole drawing."""

    sentence: str
    bits: float
    start: float
    length: float

    @property
    def speaks_for(self) -> bool:
        return self.bits > 0


@dataclass(frozen=True, slots=True)
class Reasons:
    """The machine's reasons, from before looking to the sum. `even` is where even odds lie in the drawing, in percent."""

    bars: tuple[Bar, ...]
    even: float
    bits: float
    probability: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A pair as one officer sees it."""

    question: str
    left_title: str
    right_title: str
    left_id: str
    right_id: str
    rows: tuple[FieldRow, ...]
    reasons: Reasons | None
    #: Said only to officers who may see how people are.
    serious: bool


def seen_by(user: User, proposal: Proposal) -> Seen:
    """A pair cut down to what the officer may see."""
    whole = unpack(proposal.pair, proposal.reasons)
    fields = fields_seen(user)
    left = visible(user, whole.left)
    right = visible(user, whole.right) if whole.right is not None else None
    question, left_title, right_title = _titles(whole.question)
    return Seen(
        question=question,
        left_title=left_title,
        right_title=right_title,
        left_id=whole.left.id,
        right_id=whole.right_id,
        rows=tuple(field_rows(left, right)),
        reasons=reasons_of(whole.evidence, whole.probability, fields) if right is not None else None,
        serious="health" in groups_seen(user) and (is_serious(whole.left) or is_serious(whole.right)),
    )


def _titles(question: Question) -> tuple[str, str, str]:
    match question:
        case Question.REGISTER:
            return _("Is this entry that person of the register?"), _("On the list"), _("In our register")
        case Question.REPEAT:
            return _("Are these two entries one person?"), _("On the list"), _("On the same list")
        case Question.NOBODY:
            return _("Nobody was proposed: is there anybody in the register?"), _("On the list"), _("In our register")


def field_rows(left: Person, right: Person | None) -> Iterable[FieldRow]:
    """The fields that either record says something in, in the order of a review sheet."""
    for field in SHOWN:
        if left.written(field) or (right is not None and right.written(field)):
            marked, marked_other = _marked(field, left, right)
            yield FieldRow(field_name(field), marked, marked_other, any(each.differs for each in (*marked, *marked_other)))


def _marked(field: Field, left: Person, right: Person | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What both records wrote, in pieces. One code in two languages is no difference, nor is one day written in two ways."""
    one, other = left.written(field), right.written(field) if right is not None else ""
    if right is None:
        return differing(one, "")
    day, other_day = left.date(field), right.date(field)
    if day is not None and other_day is not None:
        return differing_dates(one, day, other, other_day)
    if left.value(field) == right.value(field):
        return differing(one, one)[0], differing(other, other)[0]
    return differing(one, other)


#: Which fields a kind of evidence looks at; a kind without a row here looks at the whole comparison.
_LOOKS_AT: Mapping[str, tuple[Field, ...]] = {
    "surname": (Field.SURNAME,),
    "given_names": (Field.GIVEN_NAMES,),
    "patronymic": (Field.PATRONYMIC,),
    "mother_maiden_name": (Field.MOTHER_MAIDEN_NAME,),
    "arrangement": (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC),
    "birth_date": (Field.BIRTH_DATE,),
    "birth_place": (Field.BIRTH_PLACE,),
    "service_number": (Field.SERVICE_NUMBER,),
    "rank": (Field.RANK,),
    "unit": (Field.UNIT,),
    "sex": (Field.SEX,),
    "captured_on": (Field.CAPTURED_ON,),
    "captured_at": (Field.CAPTURED_AT,),
}
_WHOLE = frozenset({"prior", "others"})


def reasons_of(evidence: Iterable[Evidence], probability: float | None, fields: frozenset[Field]) -> Reasons:
    """The reasons as a drawing that falls from bar to bar. Reasons from fields that are not shown become one bar without words."""
    said: list[tuple[str, float]] = []
    unsaid = 0.0
    for each in evidence:
        looks_at = _LOOKS_AT.get(each.kind)
        if each.kind in _WHOLE or (looks_at is not None and fields.issuperset(looks_at)):
            said.append((each.sentence(language()), each.bits))
        else:
            unsaid += each.bits
    if unsaid:
        said.append((_("Fields that your role does not show"), unsaid))
    steps = [0.0]
    for _sentence, bits in said:
        steps.append(steps[-1] + bits)
    low, span = min(steps), max(max(steps) - min(steps), 1.0)
    bars = tuple(
        Bar(sentence, bits, (min(steps[at], steps[at + 1]) - low) / span * 100, abs(bits) / span * 100)
        for at, (sentence, bits) in enumerate(said)
    )
    shown = percent(probability) if probability is not None else ""
    return Reasons(bars, -low / span * 100, steps[-1], shown, by_hand=probability is None)


def name_line(person: Person | None) -> str:
    """Surname, given names and birth date as written, for a list of pairs; `person` must be cut down to the officer's fields."""
    if person is None:
        return ""
    names = " ".join(filter(None, (person.written(field) for field in _IN_A_LINE)))
    born = person.written(Field.BIRTH_DATE)
    return f"{names}, {born}" if names and born else names or born


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue."""

    proposal: Proposal
    left: str
    right: str
    probability: str


def queue_row(user: User, proposal: Proposal) -> QueueRow:
    """A proposal as a line of the queue, cut down to what the officer may see."""
    whole = unpack(proposal.pair, proposal.reasons)
    right = visible(user, whole.right) if whole.right is not None else None
    return QueueRow(
        proposal, name_line(visible(user, whole.left)), name_line(right), whole.percent if whole.probability else ""
    )
