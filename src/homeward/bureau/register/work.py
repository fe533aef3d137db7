"""The register's jobs: reading a file with its dry run, and taking an import in (`homeward.bureau.jobs.kinds`)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.jobs.kinds import READ, TAKE_IN
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.services import JobError, ask, open_about
from homeward.bureau.jobs.working import Work
from homeward.bureau.register import services_import
from homeward.bureau.register.claims import Provenance
from homeward.bureau.register.models import Import
from homeward.people import PeopleFileError


def ask_to_read(data: bytes, name: str, provenance: Provenance, *, by: User, sheet: str | None = None) -> Job:
    """Ask for the dry run of a file. Raises `JobError`."""
    source = services_import.plain_provenance(provenance)
    return ask(READ, by=by, title=name, file=data, source=source, sheet=sheet or "")


def ask_to_take_in(one: Import, *, by: User) -> Job:
    """Ask that the rows of an import which wait be taken in. Raises `JobError`."""
    return ask(TAKE_IN, by=by, title=one.content["name"], about=_about(one))


def taking_in(one: Import, *, by: User) -> Job | None:
    """The open job that takes this import in."""
    return open_about(TAKE_IN, _about(one), by=by)


def _about(one: Import) -> str:
    return f"import:{one.pk}"


def read(work: Work) -> None:
    """Read the file and plan it; what cannot be read is told with its row and the remedy."""
    asked = work.asked
    try:
        services_import.stage(
            work.job.file,
            asked["title"],
            services_import.provenance_from(asked["source"]),
            by=work.by,
            sheet=asked["sheet"] or None,
            step=work.step,
            then=lambda one: work.done(_about(one)),
        )
    except PeopleFileError as error:
        # The same sentence as where a file is read at once: what is wrong, where, and what to do.
        raise JobError(f"{error.problem} {error.remedy}") from None


def take_in(work: Work) -> None:
    """Do the rows that wait, step by step: each step is one transaction, so that a job that was cut off goes on."""
    one = Import.objects.defer("file").get(pk=int(work.job.about.rpartition(":")[2]), by=work.by)
    if one.state not in services_import.OPEN:
        raise JobError(_("This import is no longer open: look at its page, which says what became of it."))
    total = one.rows.count()
    work.step("taking_in")

    def then(waiting: int) -> None:
        work.so_far("taking_in", total - waiting, total)
        if not waiting:
            work.done(work.job.about)

    while services_import.go_on(one, by=work.by, then=then):
        pass
