"""From acts to the state of an exchange: read one signed line after another, keep what has effect, name what has none.

The fold is a pure function of the terms, the public lines of the lists, the acts in their order, and the sizes of the heads
that all parties cosigned. It never repairs and never guesses: an act that no rule allows stays in the record and changes
nothing; `ExchangeState.void` says why. Every party folds alone and comes to the same state.

For each act: (1) its form, (2) the author's role, (3) the hands that signed, (4) the rules of its subjects, (5) the proposal it
makes or the proposal it agrees to, (6) what changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from homeward.exchange.acts import ACTS, RECORD_ACTS, ActForm, Assent, Role, form_problem, from_table
from homeward.exchange.balance import balance_of, differences
from homeward.exchange.deviations import DEVIATIONS
from homeward.exchange.guards import Context, first_failing
from homeward.exchange.rules import Subject, rules_for
from homeward.exchange.state import (
    DeviationState,
    Entry,
    ExchangeState,
    ListState,
    PersonState,
    Proposal,
    PublicLines,
    StageState,
    Void,
)
from homeward.lists import ANSWER_CODES
from homeward.terms import Terms

#: What an act is about: the kind of subject and its id.
About = tuple[Subject, str]


class _NoEffectError(Exception):
    """An act that changes nothing: the reason's code and its detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Fold:
    """Feed it every act in order with `add`, and every full head's size with `head` before the acts that come after it.

    `lines` may grow while the exchange runs: the public lines of a list must be there when its commitment is read.
    """

    def __init__(
        self,
        terms: Terms,
        neutral: str,
        keepers: Sequence[str],
        lines: Mapping[str, PublicLines],
        roots: Iterable[str] | None = None,
    ) -> None:
        """`roots` are the root keys that the charter names; without them, `PARTY/root` of everybody."""
        self.terms = terms
        self.lines = lines
        everybody = (*terms.parties, neutral)
        own = {f"{code}/root" for code in everybody} if roots is None else set(roots)
        self.state = ExchangeState(tuple(terms.parties), neutral, tuple(keepers), own)
        for side in terms.sides.values():
            self.state.lists[side.id] = ListState(side.id, self._members(side.holder), self._members(side.receiver))
        for stage in terms.stages:
            self.state.stages[stage.id] = StageState(stage.id)
        self._context = Context(terms, self.state, lines)
        self._signing = {root.partition("/")[0] for root in own}
        #: Hash of the proposal of a new root → its party, its name, and which parties have accepted it.
        self._new_roots: dict[str, tuple[str, str, set[str]]] = {}

    def _members(self, party_or_bloc: str) -> frozenset[str]:
        return frozenset(self.terms.blocs.get(party_or_bloc, (party_or_bloc,)))

    def head(self, size: int) -> None:
        """All parties cosigned a head of this size. Only what they had cosigned counts for acts of effect."""
        self.state.full_head = max(self.state.full_head, size)

    def add(self, entry: Entry) -> Void | None:
        """Fold one act; the answer is None, or why the act has no effect."""
        self.state.acts = entry.index + 1
        if entry.act in RECORD_ACTS:
            self._note_roots(entry)
            return None
        try:
            self._add(entry)
        except _NoEffectError as no_effect:
            void = Void(entry.index, entry.act, entry.by, no_effect.reason, no_effect.detail)
            self.state.void.append(void)
            return void
        return None

    def _note_roots(self, entry: Entry) -> None:
        """A party may change its root; the record has checked that those signed who must."""
        key, roles = str(entry.fields.get("key")), entry.fields.get("roles")
        match entry.act:
            case "key-proposed":
                self._new_roots[entry.leaf] = (entry.party, key.partition("+")[0], set())
            case "key-accepted":
                self._accept_root(entry)
            case "key-added":
                if isinstance(roles, list) and "root" in roles:
                    self.state.roots.add(key.partition("+")[0])
            case _:
                self.state.roots.discard(key)

    def _accept_root(self, entry: Entry) -> None:
        """Once all others have accepted a lost root's successor, it alone speaks for its party."""
        found = self._new_roots.get(str(entry.fields.get("of")))
        if found is None:
            return
        party, name, accepted = found
        accepted.add(entry.party)
        if accepted >= self._signing - {party}:
            self.state.roots = {root for root in self.state.roots if root.partition("/")[0] != party} | {name}

    def check(self, entry: Entry) -> Void | None:
        """Why this act would have no effect as things stand, or None. Nothing changes."""
        try:
            if entry.act not in RECORD_ACTS:
                self._check(entry)
        except _NoEffectError as no_effect:
            return Void(entry.index, entry.act, entry.by, no_effect.reason, no_effect.detail)
        return None

    def overtaken(self, leaf: str) -> tuple[Void, int | None] | None:
        """Why nobody's assent to this open proposal would count as things stand, and the number of the act by which the same was
        settled otherwise, where one was; None while the proposal may still count. `KeyError` without such a proposal.
        """
        entry = self.state.proposals[leaf].entry
        try:
            self._check_running()
            self._check_rules(entry, self._subjects(entry))
        except _NoEffectError as no_effect:
            same = self.state.settled(entry.act, _about(entry)) or self.state.settled("closed")
            return Void(entry.index, entry.act, entry.by, no_effect.reason, no_effect.detail), same.settled if same else None
        return None

    def _add(self, entry: Entry) -> None:
        proposal, subjects = self._check(entry)
        if proposal is not None:
            proposal.agreed[entry.party] = entry.index
            if len(proposal.agreed) >= proposal.enough:
                self._settle(proposal, entry, subjects)
            return
        assent = ACTS[entry.act].assent
        if assent is Assent.NONE:
            self._apply(entry, subjects, entry)
            return
        proposal = Proposal(entry, *self._assent_of(assent, entry, subjects))
        self.state.proposals[entry.leaf] = proposal
        if entry.act == "deviation":
            self.state.deviations.append(_deviation_of(entry))
        if not proposal.needs:
            self._settle(proposal, entry, subjects)

    def _check(self, entry: Entry) -> tuple[Proposal | None, list[About]]:
        """Everything that must hold before the act counts: for an assent the proposal that it is for, and what it is about."""
        problem = form_problem(entry.act, entry.fields)
        if problem is not None:
            raise _NoEffectError("form", problem)
        self._check_running()
        if self.state.state == "NEW" and entry.act not in {"terms-proposed", "agreed", "broken-off"}:
            raise _NoEffectError("not_agreed_yet", "")
        if entry.act == "agreed":
            return self._check_assent(entry)
        form = ACTS[entry.act]
        subjects = self._subjects(entry)
        self._check_role(form, entry, subjects)
        if entry.hands < form.hands:
            raise _NoEffectError("hands", "")
        self._check_rules(entry, subjects)
        return None, subjects

    def _check_running(self) -> None:
        if self.state.state in {"CLOSED", "BROKEN_OFF"}:
            raise _NoEffectError("over", self.state.state)

    # -- (1) subjects and (2) roles

    def _subjects(self, entry: Entry) -> list[About]:
        """What the act is about. A deviation about no person is about nothing that has a state."""
        fields, state = entry.fields, self.state
        match entry.act:
            case "terms-proposed" | "closed" | "broken-off":
                return [("exchange", "")]
            case "lists-released":
                return [("list", name) for name in state.lists]
        found: list[About] = []
        if "list" in fields and entry.act != "deviation":
            found.append(("list", self._known("list", entry.word("list"))))
        if entry.act in {"stage-planned", "stage-opened", "stage-closed"}:
            found.append(("stage", self._known("stage", entry.word("stage"))))
        if "person" in fields:
            found.append(("person", self._known("person", entry.word("person"))))
        return found

    def _known(self, kind: Subject, name: str) -> str:
        tables: dict[Subject, Mapping[str, object]] = {
            "list": self.state.lists,
            "stage": self.state.stages,
            "person": self.state.people,
        }
        if name not in tables[kind]:
            raise _NoEffectError("unknown_subject", name)
        return name

    def _check_role(self, form: ActForm, entry: Entry, subjects: Sequence[About]) -> None:
        state, party = self.state, entry.party
        each = self._list_of(subjects)
        match form.role:
            case Role.ANYONE:
                allowed = party in state.everyone
            case Role.PARTY:
                allowed = party in state.parties
            case Role.NEUTRAL:
                allowed = party == state.neutral
            case Role.KEEPER:
                allowed = party in state.keepers
            case Role.HOLDER:
                allowed = each is not None and party in each.holders
            case Role.RECEIVER:
                allowed = each is not None and party in each.receivers
            case _:
                assert_never(form.role)
        if not allowed:
            raise _NoEffectError("role", party)

    def _list_of(self, subjects: Sequence[About]) -> ListState | None:
        for kind, name in subjects:
            if kind == "list":
                return self.state.lists[name]
            if kind == "person":
                return self.state.lists[self.state.people[name].list]
        return None

    # -- (4) rules

    def _state_of(self, about: About) -> str:
        kind, name = about
        match kind:
            case "exchange":
                return self.state.state
            case "list":
                return self.state.lists[name].state
            case "stage":
                return self.state.stages[name].state
            case "person":
                return self.state.people[name].state
            case _:
                assert_never(kind)

    def _check_rules(self, entry: Entry, subjects: Sequence[About]) -> None:
        for about in subjects:
            failing = first_failing(self._context, entry, about[0], about[1], self._state_of(about))
            if failing is not None:
                raise _NoEffectError(*failing)

    # -- (5) proposals and assent

    def _assent_of(self, assent: Assent, entry: Entry, subjects: Sequence[About]) -> tuple[frozenset[str], int]:
        """Who may agree, and how many of them are enough."""
        others = self.state.everyone - {entry.party}
        match assent:
            case Assent.ALL:
                needs = others
            case Assent.KEEPERS:
                needs = frozenset(self.state.keepers) - {entry.party}
            case Assent.RECEIVER:
                each = self._list_of(subjects)
                assert each is not None
                needs = each.receivers
            case Assent.ONE:
                return others, 1
            case Assent.NONE:
                needs = frozenset()
            case _:
                assert_never(assent)
        return needs, len(needs)

    def _check_assent(self, entry: Entry) -> tuple[Proposal, list[About]]:
        proposal = self.state.proposals.get(entry.word("of"))
        if proposal is None or proposal.settled is not None:
            raise _NoEffectError("nothing_to_agree", "")
        if entry.party not in proposal.needs or entry.party in proposal.agreed:
            raise _NoEffectError("role", entry.party)
        if entry.hands < ACTS[proposal.entry.act].hands:
            raise _NoEffectError("hands", "")
        if proposal.entry.act == "terms-proposed" and entry.by not in self.state.roots:
            raise _NoEffectError("signed_by_root", entry.by)
        subjects = self._subjects(proposal.entry)
        # The state may have moved on since the proposal, so its rules are asked again at every assent.
        self._check_rules(proposal.entry, subjects)
        return proposal, subjects

    def _settle(self, proposal: Proposal, by: Entry, subjects: Sequence[About]) -> None:
        proposal.settled = by.index
        entry = proposal.entry
        if entry.act != "deviation":
            self.state.settled_proposals[(entry.act, _about(entry))] = proposal
        self._apply(entry, subjects, by)

    # -- (6) what changes

    def _apply(self, entry: Entry, subjects: Sequence[About], last: Entry) -> None:
        for kind, name in subjects:
            then = rules_for(kind, self._state_of((kind, name)), entry.act)[0].then
            match kind:
                case "exchange":
                    self.state.state = then
                case "list":
                    self._apply_to_list(entry, self.state.lists[name], then)
                case "stage":
                    self._apply_to_stage(entry, self.state.stages[name], then)
                case "person":
                    self._apply_to_person(entry, self.state.people[name], then)
                case _:
                    assert_never(kind)
        if entry.act == "lists-released":
            self.state.draw = from_table(entry.fields["draw"])
        if entry.act == "deviation":
            for deviation in self.state.deviations:
                if deviation.index == entry.index:
                    deviation.agreed_by = last.party

    def _apply_to_list(self, entry: Entry, each: ListState, then: str) -> None:
        each.state = then
        fields = entry.fields
        match entry.act:
            case "list-committed":
                count = fields["count"]
                assert isinstance(count, int)
                each.root, each.draw, each.count = entry.word("root"), entry.word("draw"), count
                each.categories, each.committed_at = from_table(fields["categories"]), entry.index
                for person in self.lines[each.id].people:
                    self.state.people[person.id] = PersonState(person.id, each.id, person.groups)
            case "list-lodged":
                each.lodged[entry.party] = entry.word("sealed")
            case "claimed":
                each.claims += 1
            case "list-frozen":
                agreed = fields["agreed"]
                assert isinstance(agreed, int)
                each.agreed_at_freeze = agreed

    def _apply_to_stage(self, entry: Entry, stage: StageState, then: str) -> None:
        stage.state = then
        if entry.act == "stage-planned":
            stage.plan = entry.leaf
            stage.going, stage.reserves = _people_table(entry.fields["going"]), _people_table(entry.fields["reserves"])
            stage.people = {name: list(people) for name, people in stage.going.items()}
            for people in stage.going.values():
                for person_id in people:
                    person = self.state.people[person_id]
                    person.state, person.stage = rules_for("person", person.state, entry.act)[0].then, stage.id
        elif entry.act == "stage-closed":
            stage.balance = balance_of(stage, self.state.people)
            stage.differences = differences(self.terms, self.state, stage.id)

    def _apply_to_person(self, entry: Entry, person: PersonState, then: str) -> None:
        match entry.act:
            case "answered":
                if person.answer is None:
                    self.state.lists[person.list].answered += 1
                person.answer = entry.word("code")
                person.state = "AGREED" if ANSWER_CODES[person.answer].available else "SET_ASIDE"
                return
            case "interviewed":
                person.interview = entry.word("outcome")
            case "deviation":
                ends_in = DEVIATIONS[entry.word("kind")].then
                person.state = ends_in if ends_in is not None else person.state
                return
            case "reserve-called":
                stage = self.state.stages[entry.word("stage")]
                person.stage, person.stands_in_for = stage.id, entry.word("for")
                stage.people.setdefault(person.list, []).append(person.id)
                stage.filled[person.id] = entry.word("for")
            case "withdrawn" | "struck":
                each = self.state.lists[person.list]
                if each.state == "FROZEN":
                    # After the freeze every change is a deviation, and its author has just signed it.
                    self.state.deviations.append(
                        DeviationState(entry.index, "NON_DELIVERY", entry.party, person.stage, each.id, person.id, None)
                    )
                if person.answer is None:
                    each.answered += 1
        person.state = then


def _about(entry: Entry) -> str:
    """The stage or list that a proposal is about, or ""."""
    return str(entry.fields.get("stage") or entry.fields.get("list") or "")


def _people_table(value: object) -> dict[str, tuple[str, ...]]:
    return {name: tuple(people) for name, people in from_table(value).items()}


def _deviation_of(entry: Entry) -> DeviationState:
    def word(name: str) -> str | None:
        value = entry.fields.get(name)
        return value if isinstance(value, str) else None

    count = entry.fields.get("count")
    return DeviationState(
        entry.index,
        entry.word("kind"),
        entry.party,
        word("stage"),
        word("list"),
        word("person"),
        count if isinstance(count, int) else None,
    )


def fold(
    terms: Terms,
    neutral: str,
    keepers: Sequence[str],
    lines: Mapping[str, PublicLines],
    *,
    entries: Iterable[Entry],
    full_heads: Iterable[int] = (),
) -> ExchangeState:
    """The state after all entries; `full_heads` are the sizes of the heads that all parties cosigned, in rising order.

    A head of size n counts for the acts from n on: it was there when they were written.
    """
    folding = Fold(terms, neutral, keepers, lines)
    sizes = sorted(full_heads)
    following = 0
    for entry in entries:
        while following < len(sizes) and sizes[following] <= entry.index:
            folding.head(sizes[following])
            following += 1
        folding.add(entry)
    for size in sizes[following:]:
        folding.head(size)
    return folding.state
