"""Pages about an officer's jobs: all of them, one with its progress, giving up one that waits. Others' jobs are not there.

The page of a job asks for its progress once a second and goes to the result by itself when the job is done; without script a link
does the same. Only a change that is worth hearing is put where a screen reader reads it out: another step, ten per cent more.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.policy import may
from homeward.bureau.jobs import services
from homeward.bureau.jobs.kinds import ASKERS, KINDS, STEPS
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.states import OPEN, WORDS, State

_ON_A_PAGE = 50


@needs(*ASKERS)
@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """The officer's own jobs, the newest first."""
    page = Paginator(_of(request.user), _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/index.html", {"page": page, "rows": [_seen(job) for job in page]})


@needs(*ASKERS)
@require_safe
def job(request: OfficerRequest, pk: int) -> HttpResponse:
    """One job: how far it is, or how it ended."""
    found = _mine(request.user, pk)
    services.note_seen(found, by=request.user)
    return render(request, "jobs/job.html", _seen(found))


@needs(*ASKERS)
@require_safe
def progress(request: OfficerRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, for HTMX. When the job is done it sends the browser to the result."""
    found = _mine(request.user, pk)
    if not request.headers.get("HX-Request"):
        return redirect("jobs:job", pk)
    if State(found.state) not in OPEN:
        services.note_seen(found, by=request.user)
        if found.state == State.DONE.value:
            return HttpResponse(headers={"HX-Redirect": KINDS[found.kind].result_of(found.about)})
        return HttpResponse(headers={"HX-Refresh": "true"})
    seen, said = _seen(found), request.GET.get("said", "")
    if not said.startswith(found.state):
        # It has begun since: the head of the page and what may be done with it are others now.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "jobs/_progress.html", {**seen, "changed": said != seen["mark"]})


@needs(*ASKERS)
@require_POST
def give_up(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take back a job that waits; one that has begun goes on, and its page says so."""
    found = _mine(request.user, pk)
    if services.give_up(found, by=request.user):
        return redirect("jobs:index")
    found.refresh_from_db()
    return render(request, "jobs/job.html", {**_seen(found), "too_late": True}, status=409)


def _of(user: User) -> Any:
    """The officer's jobs of kinds that the officer may still ask for, without their files."""
    kinds = [code for code, kind in KINDS.items() if any(may(user, each) for each in kind.permissions)]
    return Job.objects.filter(by=user, kind__in=kinds).defer("file")


def _mine(user: User, pk: int) -> Job:
    found: Job | None = _of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _seen(found: Job) -> dict[str, Any]:
    """A job as pages show it."""
    kind, state = KINDS[found.kind], State(found.state)
    word, tone = WORDS[state]
    tenths = found.rows * 10 // found.total if found.total else 0
    return {
        "job": found,
        "kind": kind,
        "title": found.asked.get("title", ""),
        "word": word,
        "tone": tone,
        "open": state in OPEN,
        "waiting": state is State.WAITING,
        "failed": state is State.FAILED,
        "step": STEPS.get(found.step, ""),
        "percent": tenths * 10,
        # What a screen reader has been told of: with the same mark there is nothing new to tell.
        "mark": f"{found.state}-{found.step}-{tenths}",
        "before": _before(found) if state is State.WAITING else 0,
        "result": kind.result_of(found.about) if state is State.DONE else "",
    }


def _before(found: Job) -> int:
    """How many jobs of the kind come before it, anybody's: a count and nothing more."""
    return Job.objects.filter(kind=found.kind, state__in=OPEN, pk__lt=found.pk).count()
