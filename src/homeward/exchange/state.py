"""Where an exchange stands: what `homeward.exchange.fold` makes of the acts. Plain data; `fold` alone writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homeward.exchange.rules import START


@dataclass(frozen=True, slots=True)
class Entry:
    """One signed line of the record, as this room reads it: `fields` are the act's own, the envelope is in the attributes."""

    index: int
    leaf: str
    act: str
    by: str
    party: str
    at: str
    hands: int
    fields: Mapping[str, object]

    def word(self, name: str) -> str:
        """A text field whose form has been checked."""
        value = self.fields[name]
        assert isinstance(value, str)
        return value


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One public line of a list: an id and the groups of the terms that the person belongs to. No names."""

    id: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class PublicLines:
    """The public lines of one list, and the Merkle root over them, computed by the caller from the bytes themselves.

    `draw` is the digest in the first line, which hides the list's number for the common draw; `side` and `holder` are whose list
    the first line says it is.
    """

    root: str
    draw: str
    side: str
    holder: str
    people: tuple[ListedPerson, ...]


@dataclass(slots=True)
class PersonState:
    id: str
    list: str
    groups: frozenset[str]
    state: str = START["person"]
    answer: str | None = None
    #: The outcome of the private interview, and the reason when there was none.
    interview: str | None = None
    stage: str | None = None
    #: Whose place this person took, when called from the reserve.
    stands_in_for: str | None = None


@dataclass(slots=True)
class ListState:
    id: str
    holders: frozenset[str]
    receivers: frozenset[str]
    state: str = START["list"]
    root: str | None = None
    count: int = 0
    categories: Mapping[str, int] = field(default_factory=dict)
    draw: str | None = None
    committed_at: int | None = None
    #: Keeper → hash of the sealed file that it keeps.
    lodged: dict[str, str] = field(default_factory=dict)
    claims: int = 0
    answered: int = 0
    agreed_at_freeze: int | None = None


@dataclass(slots=True)
class StageState:
    id: str
    state: str = START["stage"]
    #: Leaf hash of the plan that all agreed to.
    plan: str | None = None
    going: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reserves: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Everybody whose place is in this stage, those planned and those called from the reserve, per list.
    people: dict[str, list[str]] = field(default_factory=dict)
    #: Reserve called → the person it stands in for.
    filled: dict[str, str] = field(default_factory=dict)
    balance: dict[str, dict[str, int]] = field(default_factory=dict)
    differences: list[ClauseDifference] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """A clause that the people received do not meet: by how much, and the deviations that explain it (act numbers)."""

    clause: str
    list: str
    group: str
    wanted: str
    got: int
    short: int
    explained_by: tuple[int, ...]


@dataclass(slots=True)
class Proposal:
    """An act that others must agree to. `settled` is the index of the act that made it count."""

    entry: Entry
    needs: frozenset[str]
    #: How many of `needs` are enough.
    enough: int
    agreed: dict[str, int] = field(default_factory=dict)
    settled: int | None = None


@dataclass(slots=True)
class DeviationState:
    index: int
    kind: str
    by: str
    stage: str | None
    list: str | None
    person: str | None
    count: int | None
    agreed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Void:
    """An act without effect: its index, who signed it, and the reason (a code of `homeward.exchange.guards.REASONS`)."""

    index: int
    act: str
    by: str
    reason: str
    detail: str


@dataclass(slots=True)
class ExchangeState:
    parties: tuple[str, ...]
    neutral: str
    keepers: tuple[str, ...]
    #: The names of the keys that speak for a party as its root, as acts about keys change them.
    roots: set[str]
    state: str = START["exchange"]
    lists: dict[str, ListState] = field(default_factory=dict)
    stages: dict[str, StageState] = field(default_factory=dict)
    people: dict[str, PersonState] = field(default_factory=dict)
    #: Leaf hash → proposal, and the settled ones by what they are about.
    proposals: dict[str, Proposal] = field(default_factory=dict)
    settled_proposals: dict[tuple[str, str], Proposal] = field(default_factory=dict)
    deviations: list[DeviationState] = field(default_factory=list)
    void: list[Void] = field(default_factory=list)
    draw: dict[str, str] = field(default_factory=dict)
    acts: int = 0
    #: Size of the largest head that all parties had cosigned when the last act was written.
    full_head: int = 0

    @property
    def everyone(self) -> frozenset[str]:
        return frozenset((*self.parties, self.neutral))

    def in_force(self, proposal: Proposal | None) -> bool:
        """Whether an act of effect counts: all agreed, and a head that all parties cosigned covers the last assent."""
        return proposal is not None and proposal.settled is not None and proposal.settled < self.full_head

    def settled(self, act: str, subject: str = "") -> Proposal | None:
        """The proposal of this kind about this subject (a stage, a list, or nothing) to which all have agreed, if any."""
        return self.settled_proposals.get((act, subject))

    def gap_of(self, person: PersonState) -> bool:
        """Whether this person's place in the stage is empty for a reason that two parties signed."""
        return person.state in {"NOT_PRESENTED", "WRONG_PERSON", "DIED", "ESCAPED", "DECLINED", "RETURNED"}
