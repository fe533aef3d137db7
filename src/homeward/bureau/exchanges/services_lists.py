"""This party's own lists: uploaded, checked, committed to; and what other parties' lists bring.

A file of people is kept sealed in the database until it is committed to; then the office has the list. Reading rows with names is
written into the journal by who shows them (`read_by`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import DraftList, Exchange
from homeward.bureau.exchanges.offices import desk_of, office_of
from homeward.bureau.exchanges.services_signing import require, sign
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.lists import Diff, ListKind, NameList, check, diff
from homeward.office.committing import commit_or_finish, is_begun, is_done
from homeward.office.desk import Office
from homeward.office.own_lists import people_of, rows_of
from homeward.people import PeopleFile, Person, read_people
from homeward.terms import ListCheck, Terms, check_list

SUFFIXES = (".xlsx", ".csv", ".xls", ".ods", ".xlsb", ".tsv", ".txt")


def reckoning_day(terms: Terms) -> date | None:
    """The day on which ages and days held are reckoned where the terms fix none: that of the first dated stage, for all parties alike."""
    return next((stage.date for stage in terms.stages if stage.date is not None), terms.agreement.signed)


def upload_list(exchange: Exchange, list_id: str, name: str, content: bytes, *, by: User) -> DraftList:
    """Keep a new version of this node's own list with its quality report. Raises `ExchangeError` for a file that cannot be read."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise ExchangeError(_("A list is a spreadsheet: %(kinds)s.") % {"kinds": ", ".join(SUFFIXES)})
    with office_of(exchange) as office, told():
        terms = office.terms
        each = office.state.lists.get(list_id)
        if each is None or office.party not in each.holders:
            raise ExchangeError(_("This list is not one that %(party)s draws up.") % {"party": office.party})
        if is_begun(office, list_id):
            raise ExchangeError(_("The list is committed to; it is not changed any more."))
    with told():
        read = read_people(f"list{suffix}", data=content)
        report = check(read, terms=terms, side=list_id, on=reckoning_day(terms))
    with transaction.atomic():
        last = DraftList.objects.filter(exchange=exchange, list_id=list_id).aggregate(last=Max("version"))["last"] or 0
        draft = DraftList.objects.create(
            exchange=exchange,
            list_id=list_id,
            version=last + 1,
            suffix=suffix,
            content=content,
            uploaded_by=by,
            rows=report.rows,
            accepted=report.accepted,
            remarked=report.remarked,
            refused=report.refused,
            report={language: report.text(language) for language in ("en", "uk")},
            stops_sending=report.stops,
        )
        counts: dict[str, int | str] = {"list": list_id, "version": draft.version, "rows": report.rows}
        write(Tag.EXCHANGES_LIST_UPLOADED, exchange.subject, by=by, counts=counts)
    return draft


def read_draft(draft: DraftList) -> PeopleFile:
    """The people of an uploaded version, with their rows."""
    with told():
        return read_people(f"list{draft.suffix}", data=bytes(draft.content))


def check_draft(draft: DraftList, terms: Terms) -> ListCheck:
    """An uploaded version against the terms, clause by clause."""
    return check_list(terms, draft.list_id, read_draft(draft).people, on=reckoning_day(terms))


def differences(older: DraftList, newer: DraftList) -> Diff:
    """What changed between two uploaded versions. The text names ids and fields, no people."""

    def names(draft: DraftList) -> NameList:
        return NameList(ListKind.OFFER, draft.version, "", draft.list_id, read_draft(draft).people)

    with told():
        return diff(names(older), names(newer))


def commit_list(exchange: Exchange, list_id: str, *, by: User) -> int:
    """Bind this party to the newest uploaded version, or finish what was begun before a power cut. Gives how many people."""
    with office_of(exchange) as office, told():
        require(by, "list-committed")
        each = office.state.lists.get(list_id)
        if each is None or office.party not in each.holders:
            raise ExchangeError(_("This list is not one that %(party)s draws up.") % {"party": office.party})
        if office.state.state != "AGREED":
            raise ExchangeError(_("The terms are not agreed yet; a list is committed to after that."))
        begun = is_begun(office, list_id)
        if begun and is_done(office, list_id):
            raise ExchangeError(_("The list is committed to already."))
        draft = DraftList.objects.filter(exchange=exchange, list_id=list_id).first()
        if draft is None and not begun:
            raise ExchangeError(_("Upload the list first."))
        if draft is not None and draft.stops_sending and not begun:
            raise ExchangeError(_("The quality report names rows that stop this list from being sent; correct them first."))
        people: Sequence[Person] = read_draft(draft).people if draft is not None and not begun else ()
        if not begun and not people:
            raise ExchangeError(_("There is nobody on this list."))
        count = 0

        def run() -> None:
            nonlocal count
            count = commit_or_finish(office, list_id, people, on=reckoning_day(office.terms), entropy=os.urandom)

        sign(exchange, office, [by], run, by=by)
        return count


def people_on(exchange: Exchange, list_id: str) -> list[Person]:
    """The people of a list that this office may read, under their ids of the exchange. Raises `ExchangeError`."""
    with desk_of(exchange) as desk, told():
        if not readable(desk.office, list_id):
            raise ExchangeError(_("This list is not open here."))
        return desk.derived(f"people {list_id}", lambda office: people_of(office, list_id))


def readable(office: Office, list_id: str) -> bool:
    """Whether this office has the opened list: its own, or one released to it."""
    return (office.private / f"{list_id}.opened").exists() and f"lists/{list_id}" in office.store.file_names()


def own_rows(office: Office, list_id: str) -> dict[str, str]:
    """Id in the exchange → row of this party's own file; empty for a list of others."""
    return dict(rows_of(office, list_id)) if (office.private / f"{list_id}.rows.json").exists() else {}


def read_by(exchange: Exchange, list_id: str, user: User, shown: int) -> None:
    """Write down that an officer was shown rows of a list with names."""
    with transaction.atomic():
        write(Tag.EXCHANGES_LIST_READ, exchange.subject, by=user, counts={"list": list_id, "shown": shown})
