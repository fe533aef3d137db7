"""Clocks flag what is due and what is late; they never order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lists import ClockState, Due, due_for_person, due_times, overdue
from homeward.terms import Clock
from tests.lists.made import TERMS, terms

YEMEN = (
    TERMS
    + b"""
[agreement]
date = 2025-05-01

[clocks]
lists = "1 week after signature"
answers = "7 days after lists"
remarks = "7 days after answers"
final_reply = "7 days after remarks"
names = "24 hours before stage"
completion = 2025-06-30
capture_card = "7 days after arrival"
"""
)


def at(day: int, hour: int = 0, month: int = 5) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


def table(**happened: datetime) -> dict[str, datetime | None]:
    return {due.id: due.at for due in due_times(terms(YEMEN), happened)}


def test_each_step_counts_from_when_the_step_before_it_is_due() -> None:
    assert table() == {
        "lists": at(9),
        "answers": at(16),
        "remarks": at(23),
        "final_reply": at(30),
        "names/day1": at(22),
        "completion": at(1, month=7),
    }


def test_each_step_counts_from_when_the_step_before_it_happened() -> None:
    found = table(lists=at(6, 12))
    assert (found["lists"], found["answers"], found["remarks"]) == (at(9), at(13, 12), at(20, 12))


def test_a_clock_without_a_beginning_has_no_time_yet() -> None:
    silent = replace(terms(YEMEN), agreement=type(terms(YEMEN).agreement)())
    assert {due.id: due.state(at(1)) for due in due_times(silent, {})}["answers"] is ClockState.NOT_STARTED


def test_clocks_that_wait_for_each_other_have_no_time() -> None:
    waiting = replace(
        terms(YEMEN),
        clocks={
            "answers": Clock("answers", amount=1, anchor="remarks"),
            "remarks": Clock("remarks", amount=1, anchor="answers"),
        },
    )
    assert [due.at for due in due_times(waiting, {})] == [None, None]


@pytest.mark.parametrize(
    ("done", "now", "state"),
    [
        (None, at(9), ClockState.RUNNING),
        (None, at(9, 1), ClockState.OVERDUE),
        (at(9), at(20), ClockState.IN_TIME),
        (at(9, 1), at(20), ClockState.LATE),
    ],
)
def test_a_clock_runs_until_its_very_moment(done: datetime | None, now: datetime, state: ClockState) -> None:
    due = Due("lists", at(9), done)
    assert due.state(now) is state
    for language in ("en", "uk"):
        assert due.text(now, language).startswith("lists: ")


def test_the_overdue_view_has_the_longest_overdue_first() -> None:
    dues = due_times(terms(YEMEN), {"lists": at(8)})
    late = overdue(dues, at(24))
    assert [(due.id, due.overdue_by(at(24))) for due in late] == [
        ("answers", timedelta(days=9)),
        ("names/day1", timedelta(days=2)),
        ("remarks", timedelta(days=2)),
    ]
    assert late[0].text(at(24)) == "answers: OVERDUE by 9 days (due 2025-05-15 00:00 UTC)"
    assert "ПРОСТРОЧЕНО на 9 діб" in late[0].text(at(24), "uk")


def test_a_clock_of_each_person_runs_from_that_persons_own_event() -> None:
    clock = terms(YEMEN).clocks["capture_card"]
    assert due_for_person(clock, date(2025, 5, 1)) == at(9)
    assert due_for_person(clock, at(1, 6)) == at(8, 6)
    assert "capture_card" not in table()


def test_a_moment_without_an_offset_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="lists"):
        due_times(terms(YEMEN), {"lists": datetime(2025, 5, 1)})  # noqa: DTZ001 - that is the mistake.


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_nothing_is_both_running_and_overdue_and_time_never_makes_it_less_late(first: int, more: int) -> None:
    due = Due("lists", at(9))
    earlier, later = at(1) + timedelta(hours=first), at(1) + timedelta(hours=first + more)
    assert due.overdue_by(later) >= due.overdue_by(earlier)
    assert (due.state(earlier) is ClockState.OVERDUE) is (due.overdue_by(earlier) > timedelta(0))
