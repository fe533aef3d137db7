"""Answers to a received list: derived from what two officers decided, looked over, corrected by hand, sent.

The machine derives an answer for every name from decisions alone (`homeward.lists.derive_answers`); an officer may choose another
one before it is sent. What an answer carries beside its code lies sealed here, and goes to the holder in a sealed file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import DraftAnswer, Exchange
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_lists import people_on
from homeward.bureau.exchanges.services_signing import require, sign
from homeward.bureau.jobs.models import Job
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.review.models import Run
from homeward.bureau.review.services import answers_of
from homeward.bureau.review.work import ask_about_list
from homeward.lists import ANSWER_CODES, Answer, check_answers, read_answers
from homeward.lists.answers import Carried
from homeward.office.answering import answer
from homeward.office.going import put
from homeward.people import Absence


def latest_run(exchange: Exchange, list_id: str) -> Run | None:
    """The newest review run over this list."""
    return Run.objects.filter(exchange=exchange.slug, list_id=list_id).order_by("-pk").first()


def review(exchange: Exchange, list_id: str, *, by: User) -> Job:
    """Ask that a received list be compared with the whole register: every likely pair comes before the officers of the review desk."""
    require(by, "answered")
    _require_open(exchange, list_id)
    return ask_about_list(exchange.slug, list_id, people_on(exchange, list_id), by=by)


def derive(exchange: Exchange, list_id: str, *, by: User) -> int:
    """Draft an answer for every name from the decisions so far; answers that an officer chose himself stay. Gives how many."""
    require(by, "answered")
    _require_open(exchange, list_id)
    run = latest_run(exchange, list_id)
    if run is None:
        raise ExchangeError(_("Start a review of this list first: two officers decide who is who."))
    by_hand = [_answer_of(each) for each in DraftAnswer.objects.filter(exchange=exchange, list_id=list_id, by_hand=True)]
    with told():
        answers = answers_of(run, given=by_hand)
    kept = {each.entry_id for each in by_hand}
    with transaction.atomic():
        DraftAnswer.objects.filter(exchange=exchange, list_id=list_id, by_hand=False).delete()
        DraftAnswer.objects.bulk_create(
            [_draft_of(exchange, list_id, each) for each in answers if each.entry_id not in kept], batch_size=500
        )
        counts: dict[str, int | str] = {"list": list_id, "answers": len(answers), "by_hand": len(kept)}
        write(Tag.EXCHANGES_ANSWER_DRAFTED, exchange.subject, by=by, counts=counts)
    return len(answers)


def set_answer(
    exchange: Exchange, list_id: str, entry: str, *, code: str, detail: str, carries: Mapping[str, str], by: User
) -> None:
    """Choose an answer by hand. `carries` are texts; "unknown" and "withheld" are the two stated absences. Raises `ExchangeError`."""
    require(by, "answered")
    _require_open(exchange, list_id)
    rule = ANSWER_CODES.get(code)
    if rule is None or entry not in {person.id for person in people_on(exchange, list_id)}:
        raise ExchangeError(_("There is no such name or no such answer."))
    wanted = (*rule.carries, *rule.may_carry)
    given: dict[str, Carried] = {name: _carried(text) for name, text in carries.items() if name in wanted and text.strip()}
    chosen = Answer(entry, code, detail if rule.details else "", given)
    problems = chosen.problems()
    if problems:
        raise ExchangeError("; ".join(problems))
    with transaction.atomic():
        draft = _draft_of(exchange, list_id, chosen, by_hand=True)
        DraftAnswer.objects.update_or_create(
            exchange=exchange,
            entry=entry,
            defaults={
                "list_id": list_id, "code": draft.code, "detail": draft.detail, "carries": draft.carries, "by_hand": True,
            },
        )  # fmt: skip
        counts: dict[str, int | str] = {"list": list_id, "entry": entry, "code": code}
        write(Tag.EXCHANGES_ANSWER_DRAFTED, exchange.subject, by=by, counts=counts)


def drafts(exchange: Exchange, list_id: str) -> list[Answer]:
    """The answers as they would be sent now, in the order of the ids."""
    return [_answer_of(each) for each in DraftAnswer.objects.filter(exchange=exchange, list_id=list_id).order_by("entry")]


def received_answers(exchange: Exchange, list_id: str) -> list[Answer]:
    """The answers that the receiver sent to a list of ours, as opened here. Raises `ExchangeError` where they are not."""
    with office_of(exchange) as office, told():
        path = office.private / f"{list_id}.answers.json"
        if office.party not in office.state.lists[list_id].holders or not path.exists():
            raise ExchangeError(_("The answers are not open here."))
        answers, _kind = read_answers(path)
        return list(answers)


def send_answers(exchange: Exchange, list_id: str, *, by: User) -> int:
    """Sign an answer for every name; what was cut off before goes on. Gives how many."""
    with office_of(exchange) as office, told():
        require(by, "answers-sent")
        each = office.state.lists.get(list_id)
        if each is None or office.party not in each.receivers or each.state != "RELEASED":
            raise ExchangeError(_("This list is not waiting for answers of %(party)s.") % {"party": office.party})
        answers = drafts(exchange, list_id)
        ids = [person.id for person in office.state.people.values() if person.list == list_id]
        problems = check_answers(answers, ids)
        if problems:
            raise ExchangeError(
                _("%(count)s answers are missing or wrong, the first: %(first)s")
                % {"count": len(problems), "first": problems[0]}
            )

        def run() -> None:
            files = answer(office, list_id, answers, os.urandom)
            put(office, {office.neutral, *each.holders}, files)

        sign(exchange, office, [by], run, by=by)
        return len(answers)


def _require_open(exchange: Exchange, list_id: str) -> None:
    with office_of(exchange) as office:
        each = office.state.lists[list_id]
        if office.party not in each.receivers:
            raise ExchangeError(_("This list is answered by its receiver."))
        if each.state != "RELEASED":
            raise ExchangeError(_("The list is not open for answers."))


def _draft_of(exchange: Exchange, list_id: str, each: Answer, *, by_hand: bool = False) -> DraftAnswer:
    carries = {name: value if isinstance(value, str) else {"absent": value.value} for name, value in each.carries.items()}
    return DraftAnswer(
        exchange=exchange,
        list_id=list_id,
        entry=each.entry_id,
        code=each.code,
        detail=each.detail,
        carries=carries,
        by_hand=by_hand,
    )


def _answer_of(draft: DraftAnswer) -> Answer:
    carries: dict[str, Carried] = {
        name: value if isinstance(value, str) else Absence(value["absent"]) for name, value in draft.carries.items()
    }
    return Answer(draft.entry, draft.code, draft.detail, carries)


def _carried(text: str) -> Carried:
    text = text.strip()
    return {"unknown": Absence.UNKNOWN, "withheld": Absence.WITHHELD}.get(text.casefold(), text)
