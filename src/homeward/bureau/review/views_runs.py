"""Pages about runs: all of them, a new one, and the queue of one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import is_founded, office_of
from homeward.bureau.exchanges.services import exchanges_of, people_on
from homeward.bureau.exchanges.services_lists import readable
from homeward.bureau.jobs.following import follow
from homeward.bureau.jobs.services import JobError
from homeward.bureau.review import work
from homeward.bureau.review.forms import FileForm, ReleasedListForm
from homeward.bureau.review.models import Proposal
from homeward.bureau.review.seeing import PARTS, counts_for, part_of, proposals_of, run_or_404, runs_of
from homeward.bureau.review.services import note_queue_read
from homeward.bureau.review.sides import queue_row

_ON_A_PAGE = 50


@needs(Permission.REVIEW_PROPOSAL_READ)
@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """All runs that the officer may know of, with what waits in each."""
    page = Paginator(runs_of(request.user).select_related("by"), 20).get_page(request.GET.get("page"))
    rows = [(run, counts_for(request.user, proposals_of(request.user, run))) for run in page]
    return render(request, "review/index.html", {"page": page, "rows": rows})


@needs(Permission.REVIEW_RUN_MAKE)
def new(request: OfficerRequest) -> HttpResponse:
    """Start a run over a list of an exchange, or over a file."""
    lists = _open_lists(request.user)
    form = ReleasedListForm(request.POST if request.method == "POST" else None, lists=lists)
    if request.method == "POST" and form.is_valid():
        slug, _bar, list_id = form.cleaned_data["released"].partition("/")
        exchange = exchanges_of(request.user).get(slug=slug)
        try:
            asked = work.ask_about_list(slug, list_id, people_on(exchange, list_id), by=request.user)
            return follow(asked, by=request.user)
        except (JobError, ExchangeError) as error:
            form.add_error("released", str(error))
    return render(request, "review/new.html", {"form": form, "file_form": FileForm(), "lists": lists})


@needs(Permission.REVIEW_RUN_MAKE)
@require_POST
def new_from_file(request: OfficerRequest) -> HttpResponse:
    """Start a run over a file that belongs to no exchange."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            asked = work.ask_about_file(given["name"], form.suffix, given["file"].read(), by=request.user)
            return follow(asked, by=request.user)
        except JobError as error:
            form.add_error("file", str(error))
    lists = _open_lists(request.user)
    context = {"form": ReleasedListForm(lists=lists), "file_form": form, "lists": lists}
    return render(request, "review/new.html", context, status=422)


@needs(Permission.REVIEW_PROPOSAL_READ)
@require_safe
def queue(request: OfficerRequest, run: int) -> HttpResponse:
    """The pairs of one run, part by part, in the order in which they are to be looked at."""
    found = run_or_404(request.user, run)
    part = request.GET.get("part", "mine")
    if part not in PARTS:
        raise Http404
    proposals = proposals_of(request.user, found)
    page = Paginator(part_of(request.user, proposals, part), _ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [queue_row(request.user, proposal) for proposal in page]
    note_queue_read(found, len(rows), by=request.user)
    context = {"run": found, "part": part, "page": page, "rows": rows, "tabs": tabs(request.user, proposals)}
    return render(request, "review/queue.html", context)


def tabs(user: User, proposals: QuerySet[Proposal]) -> list[tuple[str, str, int]]:
    """Each part of a run: its name in addresses, its title, and how many pairs stand in it."""
    titles = {
        "mine": _("For you"),
        "waiting": _("Wait for a second officer"),
        "disagree": _("Officers disagree"),
        "settled": _("Settled"),
        "all": _("All"),
    }
    counts = counts_for(user, proposals)
    return [(part, titles[part], counts[part]) for part in PARTS]


def _open_lists(user: User) -> list[tuple[str, str]]:
    """The lists that are open at this node in exchanges of this officer: value and title of a choice."""
    found: list[tuple[str, str]] = []
    for exchange in exchanges_of(user):
        if is_founded(exchange):
            found += [(f"{exchange.slug}/{list_id}", f"{exchange.title}: {list_id}") for list_id in _readable(exchange)]
    return found


def _readable(exchange: Exchange) -> list[str]:
    with office_of(exchange) as office:
        return [list_id for list_id in sorted(office.state.lists) if readable(office, list_id)]
