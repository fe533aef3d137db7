"""What a page does once it has asked for a job: over to the job's page, or on to the result where it was done at once."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.shortcuts import redirect

from homeward.bureau.access.models import User
from homeward.bureau.jobs import services
from homeward.bureau.jobs.kinds import KINDS
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.states import State
from homeward.bureau.jobs.working import see_to


def follow(job: Job, *, by: User) -> HttpResponseRedirect:
    """Where the browser goes now. Raises `JobError` for a job that was done at once and failed: the form says why."""
    see_to(job.kind)
    job.refresh_from_db(fields=("state", "about", "told"))
    match State(job.state):
        case State.FAILED:
            services.note_seen(job, by=by)
            raise services.JobError(job.told)
        case State.DONE:
            services.note_seen(job, by=by)
            return HttpResponseRedirect(KINDS[job.kind].result_of(job.about))
        case _:
            return redirect("jobs:job", job.pk)
