"""Working through pairs, one at a time. With HTMX only the desk is swapped; without script every step is a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.register.known import knows
from homeward.bureau.register.services import number_of
from homeward.bureau.review.forms import ByHandForm
from homeward.bureau.review.history import desk_of
from homeward.bureau.review.models import Proposal, Run
from homeward.bureau.review.seeing import PARTS, part_of, proposals_of, run_or_404
from homeward.bureau.review.services import WordRefusedError, add_by_hand, last_word_of, note_read, say
from homeward.bureau.review.sides import seen_by
from homeward.bureau.review.standing import Said
from homeward.bureau.review.views_runs import tabs
from homeward.lists import Question


@needs(Permission.REVIEW_PROPOSAL_READ)
@require_safe
def work(request: OfficerRequest, run: int, part: str) -> HttpResponse:
    """The first pair of a part."""
    queue = _queue(request.user, run, part)
    return _show(request, queue, queue.here.first())


@needs(Permission.REVIEW_PROPOSAL_READ)
@require_safe
def pair(request: OfficerRequest, run: int, part: str, place: int) -> HttpResponse:
    """One pair side by side."""
    queue = _queue(request.user, run, part)
    return _show(request, queue, queue.at(place))


@needs(Permission.REVIEW_PROPOSAL_DECIDE)
@require_POST
def give_word(request: OfficerRequest, run: int, part: str, place: int) -> HttpResponse:
    """Give a word on a pair, and go on to the next one of the part."""
    queue = _queue(request.user, run, part)
    proposal = queue.at(place)
    wanted = request.POST.get("word", "")
    if wanted not in set(Said):
        raise Http404
    try:
        say(proposal.pair, Said(wanted), by=request.user)
    except WordRefusedError as refused:
        return _show(request, queue, proposal, note=str(refused), refused=True)
    following = queue.after(proposal) if Said(wanted) in _GO_ON else place
    return _show(request, queue, None if following is None else queue.at(following), note=_told(Said(wanted)))


#: After these an officer goes on to the next pair; after the others the same pair is shown as it stands now.
_GO_ON = frozenset({Said.SAME, Said.DIFFERENT, Said.UNSURE})


@needs(Permission.REVIEW_PROPOSAL_DECIDE)
@require_POST
def undo(request: OfficerRequest, run: int, part: str) -> HttpResponse:
    """Take back the officer's last word that nobody has answered; or show the last pair, which two have to open again."""
    queue = _queue(request.user, run, part)
    word, can_be_taken_back = last_word_of(queue.run, request.user)
    proposal = queue.all.filter(pair=word.pair_id).first() if word is not None else None
    if word is None or proposal is None:
        return _show(request, queue, queue.here.first(), note=_("You have given no word here yet."), refused=True)
    if not can_be_taken_back:
        note = _("A second officer has spoken on your last pair; opening it again takes two.")
        return _show(request, queue, proposal, note=note, refused=True)
    say(word.pair, Said.TAKEN_BACK, by=request.user)
    return _show(request, queue, queue.at(proposal.place), note=_told(Said.TAKEN_BACK))


@needs(Permission.REVIEW_PROPOSAL_DECIDE)
@require_POST
def by_hand(request: OfficerRequest, run: int, place: int) -> HttpResponse:
    """Put a pair before the officers that the machine did not propose: the entry of this pair, and somebody of the register."""
    queue = _queue(request.user, run, "mine")
    proposal = queue.at(place)
    if proposal.pair.question == Question.REPEAT.value:
        raise Http404
    form = ByHandForm(request.POST)
    number = number_of(form.data.get("number", "")) if form.is_valid() else None
    person = knows(request.user, number) if number is not None else None
    if person is None:
        return _show(request, queue, proposal, note=_("There is nobody of this number in the register."), refused=True)
    made = add_by_hand(queue.run, proposal.pair.seen["left"]["id"], person.person, by=request.user)
    return _show(request, queue, made, note=_("The pair is on the desk; two officers decide it like any other."))


# -- showing


@dataclass(frozen=True, slots=True)
class _Queue:
    """One run as an officer works through it: all proposals that the officer may know of, and those of the part (`here`)."""

    run: Run
    part: str
    all: QuerySet[Proposal]
    here: QuerySet[Proposal]

    def at(self, place: int) -> Proposal:
        """The proposal at this place of the run; 404 when the officer may not know of it."""
        found = self.all.filter(place=place).first()
        if found is None:
            raise Http404
        return found

    def after(self, proposal: Proposal) -> int | None:
        """The place of the next pair of the part; after the last one, of the first that is left."""
        others = self.here.exclude(pk=proposal.pk).values_list("place", flat=True)
        later = Q(weight__gt=proposal.weight) | Q(weight=proposal.weight, place__gt=proposal.place)
        following = others.filter(later).first()
        return others.first() if following is None else following

    def before(self, proposal: Proposal) -> int | None:
        """The place of the pair before this one in the part."""
        earlier = Q(weight__lt=proposal.weight) | Q(weight=proposal.weight, place__lt=proposal.place)
        return self.here.filter(earlier).reverse().values_list("place", flat=True).first()


def _queue(user: User, run: int, part: str) -> _Queue:
    if part not in PARTS:
        raise Http404
    found = run_or_404(user, run)
    proposals = proposals_of(user, found)
    return _Queue(found, part, proposals, part_of(user, proposals, part))


def _show(
    request: OfficerRequest, queue: _Queue, proposal: Proposal | None, *, note: str = "", refused: bool = False
) -> HttpResponse:
    """The desk with this pair, or the end of the part. A change without script is answered by an address of its own."""
    htmx = bool(request.headers.get("HX-Request"))
    run, part = queue.run, queue.part
    if request.method == "POST" and not htmx and not refused:
        if proposal is None:
            return redirect(f"{reverse('review:queue', args=(run.pk,))}?part={part}")
        return redirect("review:pair", run=run.pk, part=part, place=proposal.place)
    context: dict[str, Any] = {
        "run": run,
        "part": part,
        "tabs": tabs(request.user, queue.all),
        "note": note,
        "refused": refused,
    }
    if proposal is not None:
        note_read(proposal, by=request.user)
        context |= {
            "proposal": proposal,
            "seen": seen_by(request.user, proposal),
            "desk": desk_of(request.user, proposal.pair),
            "may_decide": may(request.user, Permission.REVIEW_PROPOSAL_DECIDE),
            "after": queue.after(proposal),
            "before": queue.before(proposal),
            "by_hand": ByHandForm() if proposal.pair.question != Question.REPEAT.value else None,
        }
    template = "review/desk.html" if htmx else "review/pair.html"
    response = render(request, template, context, status=409 if refused and not htmx else 200)
    if htmx and proposal is not None:
        response.headers["HX-Push-Url"] = reverse("review:pair", args=(run.pk, part, proposal.place))
    return response


def _told(said: Said) -> str:
    """What was done, for a screen reader and the line above the pair."""
    return {
        Said.SAME: _("Your word is kept: same person."),
        Said.DIFFERENT: _("Your word is kept: different people."),
        Said.UNSURE: _("Your word is kept: unsure."),
        Said.TAKEN_BACK: _("Your word is taken back; it stays in the history."),
        Said.UNDO_ASKED: _("A second officer has to agree before the pair is open again."),
        Said.UNDO_DROPPED: _("The decision stands."),
        Said.UNDONE: _("The pair is open again; both decisions stay in the book."),
    }[said]
