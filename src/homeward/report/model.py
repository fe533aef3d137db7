"""What a report shows, as plain data: counts, codes, ids and times. There is no field that could hold a name.

Whoever ran the exchange (`homeward.rehearsal`, later a bureau's node) fills this in; `homeward.report.write_report` draws it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homeward.planning import Account


@dataclass(frozen=True, slots=True)
class ListQuality:
    """One file of people as it was read and checked. `findings` counts rows by the code of `homeward.lists`."""

    label: str
    rows: int
    accepted: int
    remarked: int
    refused: int
    findings: Mapping[str, int] = field(default_factory=dict)
    #: Code → what it means, in the report's language.
    meanings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatchingSummary:
    """Proposals between one list and the home register: how sure the machine was, and what two officers decided."""

    label: str
    #: The probability of every proposal shown to the officers, between 0 and 1.
    probabilities: tuple[float, ...]
    decided: Mapping[str, int]
    #: What was decided about each of `probabilities`, in the same order (`same`, `different`, `undecided`); may be left empty.
    decisions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """A decision for every proposal, or for none of them."""
        if self.decisions and len(self.decisions) != len(self.probabilities):
            raise ValueError("there must be as many decisions as probabilities, or none")


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many people of each group of the terms got as far as this step."""

    step: str
    count: int
    by_group: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideSummary:
    """One stream of people: who hands over to whom, the answers given to its names, and its way from listed to home."""

    id: str
    holder: str
    receiver: str
    answers: Mapping[str, int]
    funnel: tuple[FunnelStep, ...]


@dataclass(frozen=True, slots=True)
class StageSummary:
    """One stage: the balance's columns per side (`homeward.exchange.balance`) and what two parties signed about differences."""

    id: str
    date: str | None
    balance: Mapping[str, Mapping[str, int]]
    #: Per side, everybody received up to and including this stage.
    received_so_far: Mapping[str, int]
    #: Clauses that were not met exactly, each as one sentence.
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviationSummary:
    act: int
    kind: str
    meaning: str
    stage: str | None
    person: str | None
    by: str
    agreed_by: str | None
    #: Who stepped in, if anybody.
    reserve: str | None = None


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """A moment of the exchange: the act's number and time, who signed it, and a short sentence."""

    act: int
    at: str
    party: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    #: Code → name of every party and of the neutral.
    parties: Mapping[str, str]
    terms_text: str
    terms_digits: str
    legal_remarks: tuple[str, ...]
    lists: tuple[ListQuality, ...]
    matching: tuple[MatchingSummary, ...]
    sides: tuple[SideSummary, ...]
    stages: tuple[StageSummary, ...]
    deviations: tuple[DeviationSummary, ...]
    timeline: tuple[TimelineEvent, ...]
    #: Time of every act, as in the record, for the picture of how the record grew.
    act_times: tuple[str, ...]
    verdict_text: str
    verdict_word: str
    plan_proof: tuple[str, ...] = ()
    #: The plan in numbers: who goes when by priority, and how much of each limit is used.
    plan: Account | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class PlanReport:
    """A plan alone, before the exchange: its numbers, and sentences in the page's language."""

    title: str
    #: Code → name of every party.
    parties: Mapping[str, str]
    #: The id of each side, who holds its people, and who receives them.
    sides: tuple[tuple[str, str, str], ...]
    account: Account
    #: One sentence on whether there is a better plan, and the word for it: `best`, `perhaps_not_best` or `changed`.
    verdict: str
    verdict_word: str
    #: What was solved, and what each level reaches of its bound.
    proof: tuple[str, ...]
    #: The seed of the draw, and the files that the plan was made from with their hashes.
    seed: str
    made_from: tuple[str, ...]
