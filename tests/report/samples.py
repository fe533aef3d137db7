"""Invented reports for the tests: one of an exchange that went nearly as agreed, and one of an exchange that has not begun."""

from __future__ import annotations

from dataclasses import replace

from homeward.planning import Account, Band, Standing, Use
from homeward.report import (
    DeviationSummary,
    FunnelStep,
    ListQuality,
    MatchingSummary,
    PlanReport,
    Report,
    SideSummary,
    StageSummary,
    TimelineEvent,
)
from homeward.terms import Clause

STEPS = ("listed", "agreed", "may_go", "planned", "handed_over", "received")


def side(name: str, holder: str, receiver: str, counts: tuple[int, ...]) -> SideSummary:
    """A side whose women are half of its people at every step."""
    funnel = tuple(FunnelStep(step, count, {"woman": count // 2}) for step, count in zip(STEPS, counts, strict=True))
    return SideSummary(name, holder, receiver, {"ACKNOWLEDGED_HELD": counts[1], "NOT_HELD": counts[0] - counts[1]}, funnel)


def account() -> Account:
    """The plan of that exchange: two stages, one group and one score, one limit that is full and one that is not."""
    bus = Clause("B1", "count", 7, "seats in a bus", max=12, texts={"en": "seats in a bus", "uk": "місця в автобусі"})
    counts = {"to-north": (12, 8, 6), "to-south": (12, 8, 8)}
    women = {"to-north": (9, 1, 0), "to-south": (11, 0, 0)}
    unsure = {"to-north": (0, 0, 2), "to-south": (0, 0, 0)}
    days = (
        Band("score", {"to-north": (10, 2, 0), "to-south": (12, 1, 0)}, 500, 1234),
        Band("score", {"to-north": (2, 6, 5), "to-south": (0, 7, 8)}, 3, 499),
        Band("not known", {"to-north": (0, 0, 1), "to-south": (0, 0, 0)}),
    )
    return Account(
        sides=("to-north", "to-south"),
        stages=("first", "second"),
        dates=("2031-03-01", None),
        counts=counts,
        reserves={"to-north": ((2, 3), (1, 1)), "to-south": ((3, 3), (0, 1))},
        standings=(
            Standing("GC III 109", (Band("members", women), Band("not known", unsure))),
            Standing("woman", (Band("members", women), Band("not known", unsure))),
            Standing("days_held", days),
            Standing("all", (Band("members", counts),)),
        ),
        uses=(
            Use(bus, "first", ("to-north", "to-south"), 12, 12),
            Use(bus, "second", ("to-north", "to-south"), 8, 12, so_far=True),
        ),
    )


def plan() -> PlanReport:
    """The same plan alone."""
    return PlanReport(
        title="20 for 20",
        parties={"N": "North", "S": "South"},
        sides=(("to-north", "S", "N"), ("to-south", "N", "S")),
        account=account(),
        verdict="Proven: no plan within the terms is better.",
        verdict_word="best",
        proof=("People 54; clauses 3.",),
        seed="drawn",
        made_from=("SHA-256 terms.toml  00ff",),
    )


def exchange() -> Report:
    """North and South, 20 for 20 in two stages: one person of South's died on the way, and a reserve stepped in."""
    meanings = {"REPEAT": "Let two officers decide."}
    stages = (
        StageSummary(
            "first",
            "2031-03-01",
            {
                "to-north": {"planned": 12, "reserves_called": 0, "received": 12},
                "to-south": {"planned": 12, "reserves_called": 1, "received": 12, "died": 1},
            },
            {"to-north": 12, "to-south": 12},
        ),
        StageSummary(
            "second",
            None,
            {
                "to-north": {"planned": 8, "reserves_called": 0, "received": 7, "not_presented": 1},
                "to-south": {"planned": 8, "reserves_called": 0, "received": 8},
            },
            {"to-north": 19, "to-south": 20},
            ("clause T1: 19 people instead of 20; explained by act 52",),
        ),
    )
    return Report(
        title="20 for 20",
        parties={"N": "North", "S": "South", "W": "The Witness"},
        terms_text='20 for 20\n\nArticle 1. Parties\n\n1.1 "N" is\n    North.\n1.2 "S" is South.\n\n    ab12 cd34\n    ef56 ab78\n',
        terms_digits="1111 2222 3333 4444 5555 6666 7777 8888 9999 0000",
        legal_remarks=("GC III 117: say whether the released may serve again",),
        lists=(
            ListQuality("S: to-north", 30, 25, 4, 1, {"REPEAT": 2, "SOMETHING_NEW": 1}, meanings),
            ListQuality("N: to-south", 1234, 1200, 30, 4, {"REPEAT": 5}, meanings),
        ),
        matching=(
            MatchingSummary("to-north", (0.2, 0.97, 1.0), {"same": 2, "different": 1}, ("different", "same", "same")),
            MatchingSummary("to-south", (0.5, 0.999), {"same": 1, "undecided": 1}),
        ),
        sides=(
            side("to-north", "S", "N", (30, 26, 26, 20, 19, 19)),
            side("to-south", "N", "S", (1230, 28, 28, 21, 20, 20)),
        ),
        stages=stages,
        deviations=(
            DeviationSummary(40, "DEATH_IN_TRANSIT", "a person died on the way", "first", "p-0007", "N", "S", "p-0019"),
            DeviationSummary(52, "NON_DELIVERY", "a person was not presented", "second", "p-0003", "S", None),
        ),
        timeline=(
            TimelineEvent(1, "2031-02-01T09:00:00Z", "N", "We propose these terms."),
            TimelineEvent(60, "2031-03-02T17:30:00Z", "W", "The exchange is closed."),
        ),
        act_times=tuple(f"2031-02-{1 + act // 3:02}T09:00:00Z" for act in range(60)),
        verdict_text="verdict     COMPLETE AND UNCHANGED",
        verdict_word="complete",
        plan_proof=("48 people, 3 clauses; proven optimal: yes",),
        plan=account(),
    )


def nothing_yet() -> Report:
    """A report before anything has happened."""
    return Report("Not begun", {}, "", "", (), (), (), (), (), (), (), (), "", "incomplete")


def nobody() -> Report:
    """Lists, sides and stages, and not one person in them."""
    nobody_there = side("to-north", "S", "N", (0, 0, 0, 0, 0, 0))
    return replace(
        nothing_yet(),
        lists=(ListQuality("S: to-north", 0, 0, 0, 0),),
        matching=(MatchingSummary("to-north", (), {}),),
        sides=(nobody_there, replace(nobody_there, id="to-south", holder="N", receiver="S")),
        stages=(StageSummary("first", None, {"to-north": {"planned": 0}, "to-south": {"planned": 0}}, {}),),
        act_times=("not a time",),
    )
