"""What can be ticked for a person on the day, read from the tables of the exchange: nothing here is a list of its own.

The holder's desk can say whatever act takes a planned person out of the holder's column, the receiver's desk whatever act ends the
way of a person handed over (`homeward.exchange.RULES`, `ACTS`); both can state each deviation that ends a person's way
(`DEVIATIONS`). An act that needs a reason is one outcome for each reason of the closed list (`REASONS_FOR`). `presented` says
whether somebody stood at the line: these are the people whom both sides count.

>>> [outcome.code for outcome in outcomes_of(Role.HOLDER)][:3]
['handed-over', 'NON_DELIVERY', 'SUBSTITUTION']
>>> outcome_of(Role.RECEIVER, "refused").presented, outcome_of(Role.RECEIVER, "NON_DELIVERY").presented
(True, False)
>>> outcome_of(Role.HOLDER, "received") is None
True
>>> outcome_of(Role.RECEIVER, "refused:another_person").fields("p-0417", "day1", "bus-1")
{'person': 'p-0417', 'stage': 'day1', 'reason': 'another_person'}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from homeward.exchange.acts import ACTS, Role
from homeward.exchange.deviations import DEVIATIONS
from homeward.exchange.reasons import REASONS_FOR
from homeward.exchange.rules import RULES
from homeward.exchange.words import Sentence

#: The states in which a person stood at the line, whatever came of it.
_AT_THE_LINE = frozenset({"HANDED_OVER", "RECEIVED", "RETURNED", "WRONG_PERSON"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome. `code` is the act's name (with the reason, `refused:another_person`) or the deviation's kind; `then` is the state
    that it puts the person in.
    """

    code: str
    act: str
    kind: str | None
    then: str
    says: Sentence
    reason: str | None = None

    @property
    def presented(self) -> bool:
        """Whether the person stood at the line: what both sides count."""
        return self.then in _AT_THE_LINE

    @property
    def good(self) -> bool:
        """Whether it went as planned."""
        return self.kind is None and self.then != "RETURNED"

    @property
    def title(self) -> Promise | str:
        """A word or two for a button."""
        return TITLES[self.then] if self.reason is None else REFUSALS.get(self.reason, TITLES[self.then])

    def fields(self, person: str, stage: str, vehicle: str) -> dict[str, str]:
        """The fields of the act that says this of a person."""
        form, fields = ACTS[self.act], {"person": person, "stage": stage}
        if self.kind is not None:
            return {"kind": self.kind, **fields}
        return {
            **fields,
            **({"vehicle": vehicle} if "vehicle" in form.may else {}),
            **({"reason": self.reason} if self.reason is not None else {}),
        }


#: A title for every state in which an outcome can leave a person.
TITLES: Mapping[str, Promise | str] = {
    "HANDED_OVER": pgettext_lazy("outcome for a person", "Handed over"),
    "RECEIVED": pgettext_lazy("outcome for a person", "Received"),
    "RETURNED": pgettext_lazy("outcome for a person", "Refused by us"),
    "NOT_PRESENTED": pgettext_lazy("outcome for a person", "Not presented"),
    "WRONG_PERSON": pgettext_lazy("outcome for a person", "Wrong person"),
    "DIED": pgettext_lazy("outcome for a person", "Died"),
    "ESCAPED": pgettext_lazy("outcome for a person", "Escaped"),
    "DECLINED": pgettext_lazy("outcome for a person", "Refuses to cross"),
}

#: A title for every reason of a refusal at the line.
REFUSALS: Mapping[str, Promise | str] = {
    "identity_not_confirmed": _("Refused: identity not confirmed"),
    "another_person": _("Refused: somebody else"),
    "wishes_to_stay": _("Refused: wishes to stay"),
    "not_fit_to_travel": _("Refused: not fit to travel"),
    "papers_missing": _("Refused: papers missing"),
    "not_safe": _("Refused: not safe"),
    "not_stated": _("Refused: no reason stated"),
}

#: The titles of a desk's two kinds of work.
ROLE_TITLES: Mapping[Role, Promise | str] = {Role.HOLDER: _("we hand over"), Role.RECEIVER: _("we receive")}


def _with_reasons(act: str, then: str) -> tuple[Outcome, ...]:
    """The outcome that an act states; one for each reason where the act needs one."""
    if "reason" not in ACTS[act].needs:
        return (Outcome(act, act, None, then, ACTS[act].says),)
    return tuple(Outcome(f"{act}:{reason}", act, None, then, says, reason) for reason, says in REASONS_FOR[act].items())


@cache
def outcomes_of(role: Role) -> tuple[Outcome, ...]:
    """What the desk of the holder or of the receiver can tick, the usual first."""
    own = tuple(
        outcome
        for rule in RULES
        if rule.subject == "person" and rule.state in {"PLANNED", "HANDED_OVER"} and ACTS[rule.act].role is role
        for outcome in _with_reasons(rule.act, rule.then)
    )
    return own + tuple(
        Outcome(each.kind, "deviation", each.kind, each.then, each.says)
        for each in DEVIATIONS.values()
        if each.then is not None
    )


def outcome_of(role: Role, code: str) -> Outcome | None:
    """The outcome of this code that the role can tick, or None. An act's bare name, as tablets sent it before there was a choice of
    reasons, stands for the first reason.
    """
    return next(
        (outcome for outcome in outcomes_of(role) if code in {outcome.code, outcome.act if not outcome.kind else ""}), None
    )
