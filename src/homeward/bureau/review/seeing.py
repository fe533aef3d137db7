"""Which runs and which pairs an officer may know of, and in which part of a run's queue they stand for him.

Runs of an exchange that the officer is not assigned to, and pairs with a specially protected person whom the officer may not know of,
do not exist for that officer: not in lists, not in counts, and 404 by number.
"""

from __future__ import annotations

from django.db.models import Case, Count, Max, Q, QuerySet, When
from django.http import Http404

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.services import exchanges_of
from homeward.bureau.register.known import opened
from homeward.bureau.register.models import Person as RegisterPerson
from homeward.bureau.review.models import Proposal, Run
from homeward.bureau.review.standing import State


def runs_of(user: User) -> QuerySet[Run]:
    """The runs that the officer may know of, newest first."""
    return Run.objects.filter(Q(exchange="") | Q(exchange__in=exchanges_of(user).values("slug")))


def newest_runs_of(user: User) -> list[Run]:
    """The newest run of every list that the officer may know of: older ones have nothing that it has not."""
    newest = runs_of(user).order_by().values("exchange", "list_id").annotate(newest=Max("pk")).values("newest")
    return list(Run.objects.filter(pk__in=newest))


def run_or_404(user: User, number: int) -> Run:
    """The run of this number if the officer may know of it."""
    run = runs_of(user).filter(pk=number).first()
    if run is None:
        raise Http404
    return run


def proposals_of(user: User, run: Run) -> QuerySet[Proposal]:
    """The run's proposals that the officer may know of, in the order of the queue."""
    hidden = RegisterPerson.objects.filter(protected=True).exclude(number__in=opened(user)).values("number")
    return (
        Proposal.objects.filter(run=run)
        .exclude(pair__register_number__isnull=False, pair__register_number__in=hidden)
        .select_related("pair")
        .order_by("weight", "place")
    )


#: Parts of a run by what the officer is to do there: the name in the address, and which pairs stand in it.
PARTS: tuple[str, ...] = ("mine", "waiting", "disagree", "settled", "all")


def part_of(user: User, found: QuerySet[Proposal], part: str) -> QuerySet[Proposal]:
    """The proposals of one part. `mine` are those on which this officer can give a word, or a hand, now."""
    match part:
        case "mine":
            return found.filter(_waits_for(user))
        case "waiting":
            return found.filter(pair__state__in=(State.WAITING.value, State.UNDOING.value))
        case "disagree" | "settled":
            return found.filter(pair__state=part)
        case _:
            return found


def _waits_for(user: User) -> Q:
    second = Q(pair__state__in=(State.WAITING.value, State.UNDOING.value)) & ~Q(pair__waits_on=user)
    return Q(pair__state=State.OPEN.value) | second


def counts_for(user: User, found: QuerySet[Proposal]) -> dict[str, int]:
    """How many of a run's proposals stand in each part, for this officer."""
    mine = Case(When(pair__waits_on=user, then=True), default=False)
    rows = found.order_by().annotate(on_me=mine).values_list("pair__state", "on_me").annotate(count=Count("pk"))
    counts = dict.fromkeys(PARTS, 0)
    for state, on_me, count in rows:
        waiting = state in (State.WAITING.value, State.UNDOING.value)
        counts["waiting" if waiting else state] = counts.get("waiting" if waiting else state, 0) + count
        counts["all"] += count
        if state == State.OPEN.value or (waiting and not on_me):
            counts["mine"] += count
    return {part: counts[part] for part in PARTS}
