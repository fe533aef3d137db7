"""Working through pairs, one at a time. With HTMX only the desk is swapped; without script every step is a page of its own."""

from __future__ import annotations

from typing import Any

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
    found = _run(request.user, run, part)
    first = part_of(request.user, proposals_of(request.user, found), part).first()
    return _show(request, found, part, first)


@needs(Permission.REVIEW_PROPOSAL_READ)
@require_safe
def pair(request: OfficerRequest, run: int, part: str, place: int) -> HttpResponse:
    """One pair side by side."""
    found = _run(request.user, run, part)
    return _show(request, found, part, _proposal(request.user, found, place))


@needs(Permission.REVIEW_PROPOSAL_DECIDE)
@require_POST
def give_word(request: OfficerRequest, run: int, part: str, place: int) -> HttpResponse:
    """Give a word on a pair, and go on to the next one of the part."""
    found = _run(request.user, run, part)
    proposal = _proposal(request.user, found, place)
    wanted = request.POST.get("word", "")
    if wanted not in set(Said):
        raise Http404
    try:
        say(proposal.pair, Said(wanted), by=request.user)
    except WordRefusedError as refused:
        return _show(request, found, part, proposal, note=str(refused), refused=True)
    following = _neighbour(request.user, found, part, proposal, step=1) if Said(wanted) in _GO_ON else proposal
    return _show(request, found, part, following, note=_told(Said(wanted)))


#: After these an officer goes on to the next pair; after the others the same pair is shown as it stands now.
_GO_ON = frozenset({Said.SAME, Said.DIFFERENT, Said.UNSURE})


@needs(Permission.REVIEW_PROPOSAL_DECIDE)
@require_POST
def undo(request: OfficerRequest, run: int, part: str) -> HttpResponse:
    """Take back the officer's last word that nobody has answered; or show the last pair, which two have to open again."""
    found = _run(request.user, run, part)
    word, can_be_taken_back = last_word_of(found, request.user)
    proposal = proposals_of(request.user, found).filter(pair=word.pair_id).first() if word is not None else None
    if word is None or proposal is None:
        first = part_of(request.user, proposals_of(request.user, found), part).first()
        return _show(request, found, part, first, note=_("You have given no word here yet."), refused=True)
    if not can_be_taken_back:
        note = _("A second officer has spoken on your last pair; opening it again takes two.")
        return _show(request, found, part, proposal, note=note, refused=True)
    say(word.pair, Said.TAKEN_BACK, by=request.user)
    return _show(request, found, part, proposal, note=_told(Said.TAKEN_BACK))


@needs(Permission.REVIEW_PROPOSAL_DECIDE)
@require_POST
def by_hand(request: OfficerRequest, run: int, place: int) -> HttpResponse:
    """Put a pair before the officers that the machine did not propose: the entry of this pair, and somebody of the register."""
    found = _run(request.user, run, "mine")
    proposal = _proposal(request.user, found, place)
    if proposal.pair.question == Question.REPEAT.value:
        raise Http404
    form = ByHandForm(request.POST)
    number = number_of(form.data.get("number", "")) if form.is_valid() else None
    person = knows(request.user, number) if number is not None else None
    if person is None:
        note = _("There is nobody of this number in the register.")
        return _show(request, found, "mine", proposal, note=note, refused=True)
    made = add_by_hand(found, proposal.pair.seen["left"]["id"], person.person, by=request.user)
    return _show(request, found, "mine", made, note=_("The pair is on the desk; two officers decide it like any other."))


# -- showing


def _run(user: User, run: int, part: str) -> Run:
    if part not in PARTS:
        raise Http404
    return run_or_404(user, run)


def _proposal(user: User, run: Run, place: int) -> Proposal:
    found = proposals_of(user, run).filter(place=place).first()
    if found is None:
        raise Http404
    return found


def _neighbour(user: User, run: Run, part: str, here: Proposal, *, step: int) -> Proposal | None:
    """The pair after (1) or before (-1) this one in the order of the part; after the last one, the first that is left."""
    found = part_of(user, proposals_of(user, run), part).exclude(pk=here.pk)
    if step > 0:
        later = found.filter(weight=here.weight, place__gt=here.place) | found.filter(weight__gt=here.weight)
        return later.order_by("weight", "place").first() or found.first()
    earlier = found.filter(weight=here.weight, place__lt=here.place) | found.filter(weight__lt=here.weight)
    return earlier.order_by("-weight", "-place").first()


def _show(
    request: OfficerRequest,
    run: Run,
    part: str,
    proposal: Proposal | None,
    *,
    note: str = "",
    refused: bool = False,
) -> HttpResponse:
    """The desk with this pair, or the end of the part. A change without script is answered by an address of its own."""
    htmx = bool(request.headers.get("HX-Request"))
    if request.method == "POST" and not htmx and not refused:
        if proposal is None:
            return redirect(f"{reverse('review:queue', args=(run.pk,))}?part={part}")
        return redirect("review:pair", run=run.pk, part=part, place=proposal.place)
    context: dict[str, Any] = {"run": run, "part": part, "tabs": tabs(request.user, run), "note": note, "refused": refused}
    if proposal is not None:
        note_read(proposal, by=request.user)
        proposal.pair.refresh_from_db(fields=["state", "waits_on"])
        context |= {
            "proposal": proposal,
            "seen": seen_by(request.user, proposal),
            "desk": desk_of(request.user, proposal.pair),
            "may_decide": may(request.user, Permission.REVIEW_PROPOSAL_DECIDE),
            "after": _neighbour(request.user, run, part, proposal, step=1),
            "before": _neighbour(request.user, run, part, proposal, step=-1),
            "by_hand": ByHandForm() if proposal.pair.question != Question.REPEAT.value else None,
        }
    response = render(
        request, "review/desk.html" if htmx else "review/pair.html", context, status=409 if refused and not htmx else 200
    )
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
