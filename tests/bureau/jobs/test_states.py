"""The table of states holds: whatever is done to a job in whatever state, it goes only where the table says."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from homeward.bureau.jobs import services
from homeward.bureau.jobs.kinds import READ
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.states import MOVES, OPEN, WORDS, State, may_move

pytestmark = pytest.mark.django_db


def test_every_state_has_its_moves_and_its_words_and_an_end_has_none() -> None:
    assert set(MOVES) == set(WORDS) == set(State)
    assert {State.WAITING, State.RUNNING} == OPEN
    assert all(not MOVES[state] for state in State if state not in OPEN)


def _give_up(job: Job) -> None:
    services.give_up(job, by=job.by)


def _take(_job: Job) -> None:
    services.claim(READ, "another")


def _settle(job: Job) -> None:
    services.settle(job, "import:1")


def _fail(job: Job) -> None:
    services.fail(job, "why")


@pytest.mark.parametrize(
    ("done", "leads_to"),
    [(_give_up, State.GIVEN_UP), (_take, State.RUNNING), (_settle, State.DONE), (_fail, State.FAILED)],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
@pytest.mark.parametrize("old", list(State))
def test_a_job_goes_only_where_the_table_says(alice: Client, old: State, done: Callable[[Job], None], leads_to: State) -> None:
    job = services.ask(READ, by=alice.officer, title="list.csv")  # type: ignore[attr-defined]
    # A running job's worker was killed a while ago, so that another may take it.
    Job.objects.update(state=old.value, lease=timezone.now() - timedelta(seconds=1), holder="worker")
    job.refresh_from_db()
    with contextlib.suppress(services.NotOursError):
        done(job)
    now = State(Job.objects.get().state)
    assert now is (leads_to if may_move(old, leads_to) else old)
