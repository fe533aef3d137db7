"""All that is written about jobs. Each change of state is made only from a state that the table allows, and by who holds the job.

job = ask(READ, by=user, title="list.csv", file=data, …)    a row that waits
give_up(job, by=user)                                       only while it waits
claim(READ, token)                                          a worker takes the oldest, or one whose worker was killed
beat, tell, settle, fail                                    the worker that holds it: still there, so far, done, failed
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.jobs.kinds import KINDS
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.states import OPEN, State, may_move
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag

#: A worker that has not renewed its lease for so long was killed; it renews it every `BEAT` seconds.
LEASE = timedelta(seconds=20)
BEAT = 4.0
#: A job that has cut off its worker so often is not begun again.
MOST_TRIES = 5
#: So many jobs of one officer may be open: a row may hold a file of 64 MB.
MOST_OPEN = 20


class NotOursError(Exception):
    """The worker has lost its lease: another one has the job, and nothing of this one's is written."""


class JobError(Exception):
    """A job that cannot be asked for or done, and the officer can do something about it: the text says what, in his language."""


def ask(kind: str, *, by: User, title: str, file: bytes = b"", about: str = "", **asked: Any) -> Job:
    """Put a job into the queue. One that is open about the same thing is given instead of a second. Raises `JobError`.

    `title` is what the officer sees it called by, such as the file's name; it is sealed, as everything else that is `asked`.
    """
    assert kind in KINDS, "a kind of the table"
    found = open_about(kind, about, by=by)
    if found is not None:
        return found
    if Job.objects.filter(by=by, state__in=OPEN).count() >= MOST_OPEN:
        raise JobError(_("You have %(jobs)s jobs under way. Wait until one has ended, or give one up.") % {"jobs": MOST_OPEN})
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                by=by,
                language=get_language() or settings.LANGUAGE_CODE,
                about=about,
                asked={"title": title, **asked},
                file=file,
            )
            write(Tag.JOBS_JOB_ASKED, _subject(job), by=by, counts={"kind": kind, **_about(job)})
    except IntegrityError:
        # Two clicks at the same moment: the database lets one of them in.
        found = open_about(kind, about, by=by)
        if found is None:
            raise
        return found
    return job


def open_about(kind: str, about: str, *, by: User) -> Job | None:
    """The officer's open job of this kind about this thing."""
    return Job.objects.filter(kind=kind, about=about, by=by, state__in=OPEN).first() if about else None


def give_up(job: Job, *, by: User) -> bool:
    """Take back a job that still waits. False when it has been begun or has ended."""
    with transaction.atomic():
        if not _move(job, State.WAITING, State.GIVEN_UP):
            return False
        write(Tag.JOBS_JOB_GIVEN_UP, _subject(job), by=by, counts={"kind": job.kind})
    return True


def note_seen(job: Job, *, by: User) -> None:
    """The officer has seen how it ended: the first page says no more of it."""
    assert job.by_id == by.pk, "only who asked sees a job"
    Job.objects.filter(pk=job.pk, seen=None).exclude(state__in=OPEN).update(seen=timezone.now())


# -- a worker's


def waits(kind: str) -> bool:
    """Whether a worker of this kind would find something: a cheap look without a lock."""
    ready = Job.objects.filter(kind=kind)
    return (
        ready.filter(state=State.RUNNING.value, lease__lt=timezone.now()).exists()
        or ready.filter(state=State.WAITING.value).exists()
    )


def claim(kind: str, token: str) -> Job | None:
    """Take the job of this kind whose worker was killed, or else the oldest that waits; None while another worker has one."""
    now = timezone.now()
    try:
        with transaction.atomic():
            mine = Job.objects.select_for_update().filter(kind=kind).order_by("pk")
            job = mine.filter(state=State.RUNNING.value).first()
            if job is None:
                job = mine.filter(state=State.WAITING.value).first()
            elif job.lease is None or job.lease > now:
                return None
            if job is None:
                return None
            old = State(job.state)
            if job.tries >= MOST_TRIES:
                with override(job.language):
                    why = _(
                        "This work has ended its worker %(tries)s times, probably for want of memory. Nothing is lost: "
                        "divide the file into smaller ones and ask again, or give the machine more memory."
                    ) % {"tries": job.tries}
                _end(job, old, State.FAILED, told=why)
                return None
            taken = {"holder": token, "lease": now + LEASE, "tries": F("tries") + 1, "begun": now, "rows": 0, "total": 0}
            moved = _move(job, old, State.RUNNING, **taken)
            assert moved, "the row is locked"
            if old is State.RUNNING:
                write(Tag.JOBS_JOB_RESUMED, _subject(job), by=None, counts={"kind": kind, "tries": job.tries + 1})
    except IntegrityError:
        return None
    return Job.objects.select_related("by").get(pk=job.pk)


def release(token: str) -> None:
    """The worker of this token has ended, whatever it held: somebody else may take that at once."""
    Job.objects.filter(holder=token, state=State.RUNNING.value).update(lease=timezone.now())


def beat(job: Job) -> bool:
    """Renew the lease. False when the job is another's by now."""
    return bool(_held(job).update(lease=timezone.now() + LEASE))


def tell(job: Job, step: str, rows: int, total: int) -> None:
    """Say how far it is. Raises `NotOursError`; inside a transaction, that undoes it."""
    if not _held(job).update(step=step, rows=rows, total=total, lease=timezone.now() + LEASE):
        raise NotOursError


def settle(job: Job, about: str) -> None:
    """Done, in the transaction of the last writing. Raises `NotOursError`, which undoes that transaction."""
    _end(job, State.RUNNING, State.DONE, about=about)


def fail(job: Job, why: str) -> None:
    """Failed: nothing of its last transaction was written. `why` names the remedy and is sealed. Raises `NotOursError`."""
    with transaction.atomic():
        _end(job, State.RUNNING, State.FAILED, told=why)


def _end(job: Job, old: State, new: State, **more: Any) -> None:
    kept = {"title": job.asked.get("title", "")}
    if not _move(job, old, new, ended=timezone.now(), lease=None, holder="", file=b"", asked=kept, **more):
        raise NotOursError
    if new is State.DONE:
        job.about = more["about"]
    write(
        Tag.JOBS_JOB_DONE if new is State.DONE else Tag.JOBS_JOB_FAILED,
        _subject(job),
        by=job.by,
        counts={"kind": job.kind, **_about(job)},
    )


def _move(job: Job, old: State, new: State, **more: Any) -> bool:
    """Change the state of a job that stands as the caller believes, and is held by whom the caller believes."""
    assert may_move(old, new), "a move of the table"
    if new is State.GIVEN_UP:
        more |= {"ended": timezone.now(), "file": b"", "asked": {"title": job.asked.get("title", "")}}
    row = Job.objects.filter(pk=job.pk, state=old.value, holder=job.holder)
    return bool(row.update(state=new.value, **more))


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, holder=job.holder, state=State.RUNNING.value)


def _subject(job: Job) -> str:
    return f"job:{job.pk}"


def _about(job: Job) -> dict[str, int | str]:
    return {"about": job.about} if job.about else {}
