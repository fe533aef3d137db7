"""The state machine of an exchange as one table: in which state an act may come, what must hold, and what it changes.

Four subjects have a state each: the exchange, every list, every stage, every person. A rule reads: *when the subject is in
`state` and the act comes from its author (`homeward.exchange.acts` says who that may be), and every guard holds, the subject
goes to `then`; the basis says why the rule is there.* An act without a rule for its subject's state has no effect, and the
verdict says so with the act's number. `homeward.exchange.guards` has one function for each guard named here.

>>> [rule.then for rule in rules_for("person", "PLANNED", "handed-over")]
['HANDED_OVER']
>>> rules_for("person", "LISTED", "handed-over")
()
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from homeward.exchange.deviations import DEVIATIONS

Subject = Literal["exchange", "list", "stage", "person"]

#: The state that each subject starts in.
START: Mapping[Subject, str] = {"exchange": "NEW", "list": "NONE", "stage": "WAITING", "person": "LISTED"}


@dataclass(frozen=True, slots=True)
class Rule:
    subject: Subject
    state: str
    act: str
    #: The state afterwards; "by code" means that the answer's or deviation's own table says which.
    then: str
    guards: tuple[str, ...]
    basis: str


def _rule(subject: Subject, state: str, act: str, then: str, *guards: str, basis: str) -> Rule:
    return Rule(subject, state, act, then, guards, basis)


RULES: tuple[Rule, ...] = (
    _rule("exchange", "NEW", "terms-proposed", "AGREED", "signed_by_root", basis="terms are one file that all sign"),
    _rule("exchange", "AGREED", "closed", "CLOSED", "every_stage_closed", basis="an exchange closes for all or for none"),
    _rule("exchange", "NEW", "broken-off", "BROKEN_OFF", basis="anyone may walk away; the record stays"),
    _rule("exchange", "AGREED", "broken-off", "BROKEN_OFF", basis="anyone may walk away; the record stays"),
    # A list is bound before the other side's is seen (threats 2 and 3 of the threat table).
    _rule(
        "list",
        "NONE",
        "list-committed",
        "COMMITTED",
        "terms_agreed",
        "list_opens_to_root",
        basis="a list is committed before the other side's is seen",
    ),
    _rule("list", "COMMITTED", "list-lodged", "LODGED", "same_root", basis="lists are lodged before they are released"),
    _rule("list", "LODGED", "list-lodged", "LODGED", "same_root", basis="every keeper lodges"),
    _rule(
        "list",
        "LODGED",
        "lists-released",
        "RELEASED",
        "every_list_lodged",
        "commitments_under_full_head",
        "draw_opens",
        basis="lists are released together or not at all",
    ),
    _rule("list", "RELEASED", "claimed", "RELEASED", basis="somebody missing from a list stays visible"),
    _rule("list", "RELEASED", "answers-sent", "RELEASED", basis="what an answer carries is for the holder's eyes"),
    *(
        _rule("list", state, "receipt", state, basis="whoever takes a list or answers says so, with the digest")
        for state in ("LODGED", "RELEASED", "FROZEN")
    ),
    _rule(
        "list",
        "RELEASED",
        "list-frozen",
        "FROZEN",
        "same_root",
        "every_name_answered",
        "agreed_count_is_right",
        basis="after the freeze every change is a deviation",
    ),
    _rule(
        "stage",
        "WAITING",
        "stage-planned",
        "PLANNED",
        "lists_frozen",
        "stage_before_is_closed",
        "people_may_go",
        basis="the next stage waits for the balance of the one before; nobody goes without an interview's outcome (GC III 109)",
    ),
    _rule(
        "stage",
        "PLANNED",
        "stage-opened",
        "OPEN",
        "plan_named",
        "plan_in_force",
        basis="both sides and the neutral give the go",
    ),
    _rule(
        "stage",
        "OPEN",
        "stage-closed",
        "CLOSED",
        "everybody_accounted_for",
        "balance_is_right",
        "clauses_hold_or_explained",
        basis="columns balance, or a deviation explains each difference",
    ),
    _rule(
        "person",
        "LISTED",
        "answered",
        "by code",
        "list_released",
        "list_not_frozen",
        "code_is_known",
        basis="every name gets an answer",
    ),
    _rule(
        "person",
        "AGREED",
        "answered",
        "by code",
        "list_not_frozen",
        "code_is_known",
        basis="an answer may be corrected before the freeze",
    ),
    _rule(
        "person",
        "SET_ASIDE",
        "answered",
        "by code",
        "list_not_frozen",
        "code_is_known",
        basis="an answer may be corrected before the freeze",
    ),
    *(
        _rule(
            "person",
            state,
            "interviewed",
            state,
            "list_released",
            "reason_when_not_held",
            basis="GC III 109(3): free will, asked in private",
        )
        for state in ("LISTED", "AGREED", "SET_ASIDE")
    ),
    _rule("person", "LISTED", "withdrawn", "WITHDRAWN", basis="the holder takes back, openly"),
    _rule("person", "AGREED", "withdrawn", "WITHDRAWN", basis="the holder takes back, openly"),
    _rule("person", "AGREED", "struck", "STRUCK", basis="the receiver no longer asks"),
    _rule("person", "AGREED", "stage-planned", "PLANNED", basis="in force once all agreed to the stage's plan"),
    _rule(
        "person",
        "AGREED",
        "reserve-called",
        "PLANNED",
        "stage_is_open",
        "in_reserve",
        "vacancy",
        basis="a reserve fills an explained gap",
    ),
    _rule("person", "PLANNED", "handed-over", "HANDED_OVER", "stage_is_open", basis="leaves the holder's column"),
    _rule("person", "HANDED_OVER", "received", "RECEIVED", "stage_is_open", basis="enters the receiver's column"),
    _rule(
        "person", "HANDED_OVER", "refused", "RETURNED", "stage_is_open", basis="identity is checked before a receipt is signed"
    ),
    *(
        _rule("person", state, "deviation", "by code", "kind_fits_person", basis="a difference is explained, never hidden")
        for state in ("PLANNED", "HANDED_OVER", "RETURNED", "RECEIVED")
    ),
)

#: The states in which a person's way in a stage has ended, and the column of the balance that each stands in.
COLUMNS: Mapping[str, str] = {
    "RECEIVED": "received",
    "RETURNED": "returned",
    **{deviation.then: deviation.then.lower() for deviation in DEVIATIONS.values() if deviation.then is not None},
}

_BY_KEY: dict[tuple[str, str, str], tuple[Rule, ...]] = {}
for _entry in RULES:
    _key = (_entry.subject, _entry.state, _entry.act)
    _BY_KEY[_key] = (*_BY_KEY.get(_key, ()), _entry)


def rules_for(subject: Subject, state: str, act: str) -> tuple[Rule, ...]:
    """The rules for an act on a subject in a state; none means that the act has no effect there."""
    return _BY_KEY.get((subject, state, act), ())
