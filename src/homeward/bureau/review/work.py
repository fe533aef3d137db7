"""The review desk's job: comparing a list with itself and with the register (`homeward.bureau.jobs.kinds`).

    ask_about_file(…)      the file goes with the job, sealed, and is read by its worker
    ask_about_list(…)      the entries go with the job: the office is open in the server, and not in two processes

A comparison that is open about a list already is given instead of a second one.
"""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.jobs.kinds import COMPARE
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.services import JobError, ask
from homeward.bureau.jobs.working import Work
from homeward.bureau.register.services import people as register_people
from homeward.bureau.review.services import start_run
from homeward.lists import ListError
from homeward.people import PeopleFileError, Person, read_people
from homeward.people.plain import from_plain, to_plain


def ask_about_file(name: str, suffix: str, data: bytes, *, by: User) -> Job:
    """Ask for the comparison of a file that belongs to no exchange. Raises `JobError`."""
    return ask(COMPARE, by=by, title=name, file=data, exchange="", list=name, suffix=suffix)


def ask_about_list(exchange: str, list_id: str, entries: list[Person], *, by: User) -> Job:
    """Ask for the comparison of a list of an exchange that is open here. Raises `JobError`."""
    plain = json.dumps([to_plain(each) for each in entries], ensure_ascii=False, separators=(",", ":")).encode()
    return ask(
        COMPARE, by=by, title=f"{exchange} {list_id}", file=plain, about=f"list:{exchange}/{list_id}",
        exchange=exchange, list=list_id, suffix="",
    )  # fmt: skip


def compare(work: Work) -> None:
    """Compare with the whole register; who may know of whom is asked again when a pair is shown."""
    asked = work.asked
    entries = _entries(work)
    work.step("register")
    register = register_people(None)
    try:
        start_run(
            exchange=asked["exchange"],
            list_id=asked["list"],
            entries=entries,
            register=register,
            by=work.by,
            progress=work.step("comparing"),
            writing=lambda: work.step("writing"),
            then=lambda run: work.done(f"run:{run.pk}"),
        )
    except ListError as error:
        raise JobError(str(error)) from None


def _entries(work: Work) -> list[Person]:
    suffix, data = work.asked["suffix"], work.job.file
    if not suffix:
        return [from_plain(each) for each in json.loads(data)]
    try:
        found = list(read_people(f"list{suffix}", data=data, progress=work.step("reading")).people)
    except PeopleFileError as error:
        raise JobError(str(error)) from None
    if not found:
        raise JobError(_("There are no people in this file. Choose the file that holds the list, and ask again."))
    return found
