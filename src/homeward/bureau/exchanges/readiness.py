"""Who still has to do what before the next step: one table, read by the overview, by every stage's page and by the desk cards.

A row asks one question of the record: is it done, and if not, whose turn is it? Rows stand in the order of the way; a row whose
predecessors are not done is blocked by them. Nothing here decides whether an act counts (`homeward.exchange` does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from homeward.bureau.exchanges.offices import Desk
from homeward.bureau.exchanges.seen import seen
from homeward.bureau.exchanges.sentences import pending_entries
from homeward.exchange import MAY_GO, ExchangeState
from homeward.exchange.state import Proposal
from homeward.office.desk import Office

About = Literal["exchange", "list", "stage", "end"]
State = Literal["done", "ours", "carry", "others", "blocked"]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a row: done, or the parties whose turn it is, and a number or name that says how far it is."""

    done: bool
    who: frozenset[str] = frozenset()
    note: str = ""


@dataclass
class Look:
    """What rows look at."""

    office: Office
    state: ExchangeState
    receipts: set[tuple[str, str, str]]
    #: Acts of our own that are signed and not in the log yet: (act, its list or stage, or "").
    outbox: set[tuple[str, str]]
    #: Who has not cosigned the newest head; the neutral where no head covers the newest acts.
    cosigners: frozenset[str]

    def proposal(self, act: str, about: str) -> Proposal | None:
        """The last proposal of this kind about this subject that waits for somebody."""
        found = [
            each
            for each in self.state.proposals.values()
            if each.entry.act == act and str(each.entry.fields.get("stage") or each.entry.fields.get("list") or "") == about
        ]
        return found[-1] if found else None


Check = Callable[[Look, str], Found]


@dataclass(frozen=True, slots=True)
class Row:
    """One question. `act` is the act by which it is answered; `page` the page where that is done."""

    key: str
    about: About
    title: Promise | str
    check: Check
    page: str
    act: str = ""
    #: The row after which this one may come; all rows before it, where none is named.
    after: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A row about one subject, as it stands now."""

    key: str
    about: About
    subject: str
    title: Promise | str
    state: State
    who: tuple[str, ...]
    note: str
    page: str

    @property
    def done(self) -> bool:
        return self.state == "done"


# -- the questions


def _terms(look: Look, _subject: str) -> Found:
    return _agreed(look, "terms-proposed", "", done=look.state.state != "NEW", proposer=frozenset(look.state.parties))


def _agreed(look: Look, act: str, about: str, *, done: bool, proposer: frozenset[str]) -> Found:
    """An act of effect: somebody proposes it, then all who must agree."""
    if done:
        return Found(done=True)
    proposal = look.proposal(act, about)
    if proposal is None:
        return Found(done=False, who=proposer, note=_("not proposed yet"))
    missing = frozenset(proposal.needs - proposal.agreed.keys())
    return Found(done=False, who=missing, note=_("proposed by %(party)s, act %(index)s") % {
        "party": proposal.entry.party, "index": proposal.entry.index,
    })  # fmt: skip


def _committed(look: Look, name: str) -> Found:
    each = look.state.lists[name]
    return Found(each.state != "NONE", each.holders)


def _commitments_cosigned(look: Look, name: str) -> Found:
    each = look.state.lists[name]
    return Found(each.committed_at is not None and each.committed_at < look.state.full_head, look.cosigners)


def _lodged(look: Look, name: str) -> Found:
    missing = frozenset(look.state.keepers) - look.state.lists[name].lodged.keys()
    return Found(not missing, missing)


def _released(look: Look, name: str) -> Found:
    done = look.state.lists[name].state in {"RELEASED", "FROZEN"}
    return _agreed(look, "lists-released", "", done=done, proposer=frozenset(look.state.keepers))


def _release_cosigned(look: Look, _name: str) -> Found:
    return Found(look.state.in_force(look.state.settled("lists-released")), look.cosigners)


def _opened(look: Look, name: str) -> Found:
    receivers = look.state.lists[name].receivers
    missing = frozenset(party for party in receivers if (party, name, "list") not in look.receipts)
    return Found(not missing, missing)


def _interviewed(look: Look, name: str) -> Found:
    waiting = sum(1 for person in look.state.people.values() if person.list == name and person.interview is None)
    note = ngettext("%(count)s person without an outcome", "%(count)s people without an outcome", waiting) % {"count": waiting}
    return Found(waiting == 0, frozenset({look.state.neutral}), note)


def _answered(look: Look, name: str) -> Found:
    each = look.state.lists[name]
    done = each.count > 0 and each.answered == each.count
    return Found(done, each.receivers, _("%(done)s of %(all)s names") % {"done": each.answered, "all": each.count})


def _answers_opened(look: Look, name: str) -> Found:
    holders = look.state.lists[name].holders
    missing = frozenset(party for party in holders if (party, name, "answers") not in look.receipts)
    return Found(not missing, missing)


def _frozen(look: Look, name: str) -> Found:
    each = look.state.lists[name]
    return _agreed(look, "list-frozen", name, done=each.state == "FROZEN", proposer=each.holders)


def _freeze_cosigned(look: Look, name: str) -> Found:
    return Found(look.state.in_force(look.state.settled("list-frozen", name)), look.cosigners)


def _planned(look: Look, name: str) -> Found:
    return _agreed(
        look, "stage-planned", name, done=look.state.stages[name].state != "WAITING", proposer=frozenset(look.state.parties)
    )


def _plan_cosigned(look: Look, name: str) -> Found:
    return Found(look.state.in_force(look.state.settled("stage-planned", name)), look.cosigners)


def _go(look: Look, name: str) -> Found:
    done = look.state.stages[name].state in {"OPEN", "CLOSED"}
    return _agreed(look, "stage-opened", name, done=done, proposer=look.state.everyone)


def _go_cosigned(look: Look, name: str) -> Found:
    return Found(look.state.in_force(look.state.settled("stage-opened", name)), look.cosigners)


def _between(look: Look, name: str, state: str, side: Literal["holders", "receivers"], words: str) -> Found:
    stage = look.state.stages[name]
    waiting = {
        list_id: sum(1 for person in people if look.state.people[person].state == state)
        for list_id, people in stage.people.items()
    }
    left = {list_id: count for list_id, count in waiting.items() if count}
    who = frozenset(party for list_id in left for party in getattr(look.state.lists[list_id], side))
    open_now = stage.state in {"OPEN", "CLOSED"}
    return Found(open_now and not left, who, words % {"count": sum(left.values())} if left else "")


def _handed_over(look: Look, name: str) -> Found:
    return _between(look, name, "PLANNED", "holders", _("%(count)s still with the holder"))


def _received(look: Look, name: str) -> Found:
    return _between(look, name, "HANDED_OVER", "receivers", _("%(count)s between the columns"))


def _explained(look: Look, name: str) -> Found:
    stated = [each for each in look.state.deviations if each.stage == name and each.agreed_by is None]
    who = frozenset(party for each in stated for party in look.state.everyone - {each.by})
    note = ngettext("%(count)s stated by one side only", "%(count)s stated by one side only", len(stated)) % {
        "count": len(stated)
    }
    return Found(not stated and look.state.stages[name].state in {"OPEN", "CLOSED"}, who, note if stated else "")


def _closed(look: Look, name: str) -> Found:
    done = look.state.stages[name].state == "CLOSED"
    return _agreed(look, "stage-closed", name, done=done, proposer=look.state.everyone)


def _close_cosigned(look: Look, name: str) -> Found:
    return Found(look.state.in_force(look.state.settled("stage-closed", name)), look.cosigners)


def _all_closed(look: Look, _subject: str) -> Found:
    return _agreed(look, "closed", "", done=look.state.state == "CLOSED", proposer=look.state.everyone)


def _last_head(look: Look, _subject: str) -> Found:
    return Found(look.state.state == "CLOSED" and look.state.full_head >= look.state.acts, look.cosigners)


ROWS: tuple[Row, ...] = (
    Row("terms", "exchange", gettext_lazy("Terms agreed by all"), _terms, "terms", "terms-proposed"),
    Row("committed", "list", gettext_lazy("Holder bound to its list"), _committed, "list", "list-committed"),
    Row("commitments-cosigned", "list", gettext_lazy("Commitment cosigned by all"), _commitments_cosigned, "record"),
    Row("lodged", "list", gettext_lazy("Sealed list lodged with every keeper"), _lodged, "list", "list-lodged"),
    Row("released", "list", gettext_lazy("All lists released together"), _released, "lists", "lists-released"),
    Row("release-cosigned", "list", gettext_lazy("Release cosigned by all"), _release_cosigned, "record"),
    Row("opened", "list", gettext_lazy("List opened and checked by its receiver"), _opened, "list", "receipt"),
    Row("answered", "list", gettext_lazy("Every name answered"), _answered, "answers", "answers-sent"),
    Row("answers-opened", "list", gettext_lazy("Answers opened by the holder"), _answers_opened, "list", "receipt"),
    Row(
        "interviewed",
        "list",
        gettext_lazy("Everybody asked in private"),
        _interviewed,
        "interviews",
        "interviewed",
        "release-cosigned",
    ),
    Row("frozen", "list", gettext_lazy("List frozen by holder and receiver"), _frozen, "list", "list-frozen"),
    Row("freeze-cosigned", "list", gettext_lazy("Freeze cosigned by all"), _freeze_cosigned, "record"),
    Row("planned", "stage", gettext_lazy("People of the stage agreed by all"), _planned, "plan", "stage-planned"),
    Row("plan-cosigned", "stage", gettext_lazy("Plan cosigned by all"), _plan_cosigned, "record"),
    Row("go", "stage", gettext_lazy("GO given by all, two officers each"), _go, "stage", "stage-opened"),
    Row("go-cosigned", "stage", gettext_lazy("GO cosigned by all"), _go_cosigned, "record"),
    Row("handed-over", "stage", gettext_lazy("Everybody handed over, or explained"), _handed_over, "handover"),
    Row("received", "stage", gettext_lazy("Everybody received, or explained"), _received, "handover"),
    Row("explained", "stage", gettext_lazy("Every deviation signed by two sides"), _explained, "stage", "deviation"),
    Row("closed", "stage", gettext_lazy("Stage closed with its balance"), _closed, "stage", "stage-closed"),
    Row("close-cosigned", "stage", gettext_lazy("Close cosigned by all"), _close_cosigned, "record"),
    Row("exchange-closed", "end", gettext_lazy("Exchange closed by all"), _all_closed, "overview", "closed"),
    Row("last-head", "end", gettext_lazy("Last head cosigned by all"), _last_head, "record"),
)


# -- reading the table


def look_at(desk: Desk) -> Look:
    """Everything that rows look at, as this office has it now."""
    office = desk.office
    outbox = {
        (entry.act, str(entry.fields.get("stage") or entry.fields.get("list") or "")) for entry in pending_entries(office)
    }
    outbox |= {
        (proposal.entry.act, str(proposal.entry.fields.get("stage") or proposal.entry.fields.get("list") or ""))
        for entry in pending_entries(office)
        if entry.act == "agreed" and (proposal := office.state.proposals.get(str(entry.fields.get("of")))) is not None
    }
    return Look(office, office.state, seen(desk).receipts, outbox, missing_cosigners(desk))


def missing_cosigners(desk: Desk) -> frozenset[str]:
    """Whose cosignature the newest head lacks; the neutral, where acts have come after that head."""

    def find(office: Office) -> frozenset[str]:
        newest = office.store.newest_head()
        if newest is None or newest.head.size < office.store.size:
            return frozenset({office.neutral})
        missing = frozenset(office.store.standing(newest).missing)
        return missing or frozenset({office.neutral})

    return desk.derived("missing cosigners", find)


def items(desk: Desk) -> list[Item]:
    """The whole table as it stands: the exchange, each list, each stage, the end."""
    look = look_at(desk)
    state = look.state
    found = _items(look, "exchange", "", before=True)
    agreed = all(item.done for item in found)
    per_list = [item for name in state.lists for item in _items(look, "list", name, before=agreed)]
    before = agreed and all(item.done for item in per_list)
    found += per_list
    for name in state.stages:
        stage = _items(look, "stage", name, before=before)
        before = before and all(item.done for item in stage)
        found += stage
    return found + _items(look, "end", "", before=before)


def _items(look: Look, about: About, subject: str, *, before: bool) -> list[Item]:
    result = []
    done: dict[str, bool] = {}
    for row in ROWS:
        if row.about != about:
            continue
        found = row.check(look, subject)
        ready = before if not row.after else done[row.after]
        result.append(
            Item(
                row.key,
                about,
                subject,
                row.title,
                _state(look, row, subject, found, before=ready),
                () if found.done else tuple(sorted(found.who)),
                "" if found.done else found.note,
                row.page,
            )
        )
        done[row.key] = found.done
        before = before and found.done
    return result


def _state(look: Look, row: Row, subject: str, found: Found, *, before: bool) -> State:
    if found.done:
        return "done"
    if row.act and ((row.act, subject) in look.outbox or (row.act, "") in look.outbox):
        return "carry"
    if not before:
        return "blocked"
    return "ours" if look.office.party in found.who else "others"


def ours(found: Iterable[Item]) -> list[Item]:
    """What waits for this party now."""
    return [item for item in found if item.state == "ours"]


def may_go(state: ExchangeState, list_id: str) -> int:
    """How many people of a list are agreed and free to go."""
    return sum(
        1
        for person in state.people.values()
        if person.list == list_id and (person.state == "AGREED" or person.stage is not None) and person.interview in MAY_GO
    )
