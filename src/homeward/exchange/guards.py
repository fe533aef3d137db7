"""One function for each guard that `homeward.exchange.rules` names: does it hold, and if not, why.

A guard looks at the state before the act, the act, and the subject's id; it answers None when it holds, or the detail of the
reason. `REASONS` has the sentence for people, in every language, under the guard's own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from homeward.exchange.acts import MAY_GO, as_table, from_table
from homeward.exchange.balance import balance_of, balance_table, differences
from homeward.exchange.deviations import DEVIATIONS
from homeward.exchange.rules import COLUMNS, Subject, rules_for
from homeward.exchange.state import Entry, ExchangeState, PublicLines
from homeward.exchange.words import Sentence
from homeward.lists import ANSWER_CODES
from homeward.record.disclosure.salted import digest as disclosure_digest
from homeward.terms import Terms


class Context:
    """What guards may look at besides the act: the state, the terms, and the public lines of the lists."""

    __slots__ = ("lines", "state", "terms")

    def __init__(self, terms: Terms, state: ExchangeState, lines: Mapping[str, PublicLines]) -> None:
        self.terms = terms
        self.state = state
        self.lines = lines


Guard = Callable[[Context, Entry, str], str | None]
GUARDS: dict[str, Guard] = {}


def _guard(function: Guard) -> Guard:
    GUARDS[function.__name__] = function
    return function


@_guard
def signed_by_root(context: Context, entry: Entry, subject: str) -> str | None:
    return None if entry.by in context.state.roots else entry.by


@_guard
def terms_agreed(context: Context, entry: Entry, subject: str) -> str | None:
    return None if context.state.state == "AGREED" else context.state.state


@_guard
def every_stage_closed(context: Context, entry: Entry, subject: str) -> str | None:
    state = context.state
    for stage in state.stages.values():
        if stage.state != "CLOSED" or not state.in_force(state.settled("stage-closed", stage.id)):
            return stage.id
    return None


@_guard
def list_opens_to_root(context: Context, entry: Entry, subject: str) -> str | None:
    lines = context.lines.get(subject)
    if lines is None:
        return "the public lines are not here"
    if lines.root != entry.word("root"):
        return "the public lines have another root"
    if lines.draw != entry.word("draw"):
        return "the public lines have another number for the draw"
    if (lines.side, lines.holder) != (subject, entry.party):
        return f"the public lines are those of {lines.side} by {lines.holder}"
    taken = [person.id for person in lines.people if person.id in context.state.people]
    if taken:
        return f"{taken[0]} is on another list already"
    if len(lines.people) != entry.fields["count"]:
        return f"the public lines are {len(lines.people)}"
    counts: dict[str, int] = {}
    for person in lines.people:
        for group in person.groups:
            counts[group] = counts.get(group, 0) + 1
    return None if as_table(counts) == entry.fields["categories"] else "the categories count otherwise"


@_guard
def same_root(context: Context, entry: Entry, subject: str) -> str | None:
    return None if context.state.lists[subject].root == entry.word("root") else subject


@_guard
def every_list_lodged(context: Context, entry: Entry, subject: str) -> str | None:
    for each in context.state.lists.values():
        missing = set(context.state.keepers) - set(each.lodged)
        if missing:
            return f"{each.id}: {', '.join(sorted(missing))}"
    return None


@_guard
def commitments_under_full_head(context: Context, entry: Entry, subject: str) -> str | None:
    for each in context.state.lists.values():
        if each.committed_at is None or each.committed_at >= context.state.full_head:
            return each.id
    return None


@_guard
def draw_opens(context: Context, entry: Entry, subject: str) -> str | None:
    """The number of every list for the draw opens what its holder committed to before anybody had seen a list."""
    opened = from_table(entry.fields["draw"])
    if set(opened) != set(context.state.lists):
        return "one for each list"
    for name, disclosure in opened.items():
        if context.state.lists[name].draw != disclosure_digest(disclosure):
            return name
    return None


@_guard
def list_released(context: Context, entry: Entry, subject: str) -> str | None:
    name = context.state.people[subject].list
    released = context.state.lists[name].state in {"RELEASED", "FROZEN"}
    return None if released and context.state.in_force(context.state.settled("lists-released")) else name


@_guard
def list_not_frozen(context: Context, entry: Entry, subject: str) -> str | None:
    name = context.state.people[subject].list
    return name if context.state.lists[name].state == "FROZEN" else None


@_guard
def code_is_known(context: Context, entry: Entry, subject: str) -> str | None:
    code = entry.word("code")
    return None if code in ANSWER_CODES else code


@_guard
def reason_when_not_held(context: Context, entry: Entry, subject: str) -> str | None:
    return subject if entry.word("outcome") == "not_held" and "reason" not in entry.fields else None


@_guard
def every_name_answered(context: Context, entry: Entry, subject: str) -> str | None:
    each = context.state.lists[subject]
    return None if each.answered == each.count else f"{each.answered}/{each.count}"


@_guard
def agreed_count_is_right(context: Context, entry: Entry, subject: str) -> str | None:
    agreed = sum(1 for person in context.state.people.values() if person.list == subject and person.state == "AGREED")
    return None if agreed == entry.fields["agreed"] else str(agreed)


@_guard
def lists_frozen(context: Context, entry: Entry, subject: str) -> str | None:
    state = context.state
    for each in state.lists.values():
        if each.state != "FROZEN" or not state.in_force(state.settled("list-frozen", each.id)):
            return each.id
    return None


@_guard
def stage_before_is_closed(context: Context, entry: Entry, subject: str) -> str | None:
    state = context.state
    for stage in state.stages.values():
        if stage.id == subject:
            return None
        if stage.state != "CLOSED" or not state.in_force(state.settled("stage-closed", stage.id)):
            return stage.id
    return subject


@_guard
def people_may_go(context: Context, entry: Entry, subject: str) -> str | None:
    """Everybody planned or in reserve is on that list, agreed, and has an interview's outcome with which they may go."""
    seen: set[str] = set()
    for part in ("going", "reserves"):
        for name, ids in from_table(entry.fields[part]).items():
            if name not in context.state.lists:
                return str(name)
            for person_id in ids:
                person = context.state.people.get(person_id)
                if person is None or person.list != name or person.state != "AGREED" or person_id in seen:
                    return str(person_id)
                if person.interview not in MAY_GO:
                    return f"{person_id}: {person.interview}"
                seen.add(person_id)
    return None


@_guard
def plan_named(context: Context, entry: Entry, subject: str) -> str | None:
    return None if context.state.stages[subject].plan == entry.word("plan") else subject


@_guard
def plan_in_force(context: Context, entry: Entry, subject: str) -> str | None:
    plan = context.state.stages[subject].plan
    return None if plan is not None and context.state.in_force(context.state.proposals[plan]) else subject


@_guard
def stage_is_open(context: Context, entry: Entry, subject: str) -> str | None:
    """The act names the stage that this person is in (or is called into), and that stage is open under a full head."""
    name = entry.word("stage")
    stage = context.state.stages.get(name)
    if stage is None or stage.state != "OPEN":
        return name
    placed = context.state.people[subject].stage
    if placed is not None and placed != name:
        return name
    return None if context.state.in_force(context.state.settled("stage-opened", name)) else name


@_guard
def in_reserve(context: Context, entry: Entry, subject: str) -> str | None:
    stage = context.state.stages[entry.word("stage")]
    return None if subject in stage.reserves.get(context.state.people[subject].list, ()) else subject


@_guard
def vacancy(context: Context, entry: Entry, subject: str) -> str | None:
    """The person stood in for is of the same list and stage, is not going for a signed reason, and nobody else stands in."""
    absent = context.state.people.get(entry.word("for"))
    stage = context.state.stages[entry.word("stage")]
    if absent is None or absent.stage != stage.id or absent.list != context.state.people[subject].list:
        return entry.word("for")
    if not context.state.gap_of(absent) or absent.id in stage.filled.values():
        return absent.id
    return None


@_guard
def kind_fits_person(context: Context, entry: Entry, subject: str) -> str | None:
    """A deviation that ends a person's way in the stage comes only while the person is on that way."""
    kind = DEVIATIONS[entry.word("kind")]
    person = context.state.people[subject]
    if entry.fields.get("stage") != person.stage:
        return subject
    if kind.then is None:
        return None
    fits = {"PLANNED", "HANDED_OVER"} | ({"RETURNED"} if kind.kind == "SUBSTITUTION" else set())
    return None if person.state in fits else f"{subject}: {person.state}"


@_guard
def everybody_accounted_for(context: Context, entry: Entry, subject: str) -> str | None:
    stage = context.state.stages[subject]
    for people in stage.people.values():
        for person in people:
            if context.state.people[person].state not in COLUMNS:
                return person
    return None


@_guard
def balance_is_right(context: Context, entry: Entry, subject: str) -> str | None:
    mine = balance_of(context.state.stages[subject], context.state.people)
    return None if balance_table(mine) == entry.fields["balance"] else subject


@_guard
def clauses_hold_or_explained(context: Context, entry: Entry, subject: str) -> str | None:
    for each in differences(context.terms, context.state, subject):
        if len(each.explained_by) < each.short:
            return f"{each.clause} {each.list}: {each.got}, {each.wanted}"
    return None


#: Why an act has no effect. Guards answer under their own names; the other reasons are the fold's. `{detail}` holds ids only.
REASONS: Mapping[str, Sentence] = {
    "form": {"en": "the act is not well formed: {detail}", "uk": "акт складено неправильно: {detail}"},
    "role": {"en": "{detail} may not sign this act", "uk": "{detail} не може підписати цей акт"},
    "hands": {"en": "this act needs two people's signatures", "uk": "цей акт потребує підписів двох осіб"},
    "no_rule": {"en": "it does not fit the state {detail}", "uk": "він не відповідає стану {detail}"},
    "not_agreed_yet": {"en": "the terms are not agreed yet", "uk": "умови ще не узгоджено"},
    "over": {"en": "the exchange is already {detail}", "uk": "обмін уже в стані {detail}"},
    "unknown_subject": {"en": "{detail} is not in this exchange", "uk": "{detail} немає в цьому обміні"},
    "nothing_to_agree": {"en": "no open proposal has this hash", "uk": "немає відкритої пропозиції з таким хешем"},
    "signed_by_root": {
        "en": "terms are signed by a root key, not by {detail}",
        "uk": "умови підписує кореневий ключ, а не {detail}",
    },
    "terms_agreed": {"en": "the terms are not agreed yet", "uk": "умови ще не узгоджено"},
    "every_stage_closed": {"en": "stage {detail} is not closed", "uk": "етап {detail} не закрито"},
    "list_opens_to_root": {
        "en": "the list does not open to its commitment: {detail}",
        "uk": "список не відповідає зобов’язанню: {detail}",
    },
    "same_root": {"en": "it names another version of list {detail}", "uk": "названо іншу версію списку {detail}"},
    "every_list_lodged": {
        "en": "not lodged with every keeper: {detail}",
        "uk": "не здано на зберігання всім хранителям: {detail}",
    },
    "commitments_under_full_head": {
        "en": "the commitment to {detail} is not yet cosigned by all parties",
        "uk": "зобов’язання щодо {detail} ще не підписали всі сторони",
    },
    "draw_opens": {"en": "the number for the draw does not open: {detail}", "uk": "число для жеребу не відповідає: {detail}"},
    "list_released": {"en": "list {detail} is not released", "uk": "список {detail} ще не розкрито"},
    "list_not_frozen": {"en": "list {detail} is frozen", "uk": "список {detail} заморожено"},
    "code_is_known": {"en": "there is no answer {detail}", "uk": "немає відповіді {detail}"},
    "reason_when_not_held": {
        "en": "no interview of {detail}, and no reason why",
        "uk": "розмови з {detail} не було, і причини не названо",
    },
    "every_name_answered": {"en": "only {detail} names are answered", "uk": "відповіді надано лише на {detail} імен"},
    "agreed_count_is_right": {"en": "{detail} people are agreed", "uk": "узгоджено осіб: {detail}"},
    "lists_frozen": {
        "en": "list {detail} is not frozen under a full head",
        "uk": "список {detail} не заморожено за підписом усіх",
    },
    "stage_before_is_closed": {"en": "stage {detail} comes first", "uk": "спочатку етап {detail}"},
    "people_may_go": {"en": "{detail} may not be planned", "uk": "{detail} не може бути в плані"},
    "plan_named": {"en": "it names another plan of stage {detail}", "uk": "названо інший план етапу {detail}"},
    "plan_in_force": {
        "en": "the plan of stage {detail} is not yet cosigned by all",
        "uk": "план етапу {detail} ще не підписали всі сторони",
    },
    "stage_is_open": {"en": "stage {detail} is not open for this person", "uk": "етап {detail} не відкрито для цієї особи"},
    "in_reserve": {"en": "{detail} is not in the reserve", "uk": "{detail} немає в резерві"},
    "vacancy": {"en": "the place of {detail} is not free", "uk": "місце {detail} не вільне"},
    "kind_fits_person": {"en": "it does not fit where {detail} is", "uk": "це не відповідає тому, де {detail}"},
    "everybody_accounted_for": {"en": "{detail} is between two columns", "uk": "{detail} між двома колонками"},
    "balance_is_right": {
        "en": "the columns of stage {detail} add up otherwise",
        "uk": "колонки етапу {detail} мають іншу суму",
    },
    "clauses_hold_or_explained": {
        "en": "a difference is not explained by deviations: {detail}",
        "uk": "різницю не пояснено відхиленнями: {detail}",
    },
}


def first_failing(context: Context, entry: Entry, subject_kind: Subject, subject: str, state: str) -> tuple[str, str] | None:
    """The first guard that does not hold for this act on this subject, with its detail; ("no_rule", state) without a rule."""
    rules = rules_for(subject_kind, state, entry.act)
    if not rules:
        return "no_rule", f"{subject} {state}".strip()
    for name in rules[0].guards:
        detail = GUARDS[name](context, entry, subject)
        if detail is not None:
            return name, detail
    return None
