"""Signing: one officer for most acts, two for grave ones, each with the key of his own device, each having shown again who he is.

`do` does a deed at once where one hand is enough; where the act needs two it is asked for (`PendingAct`) and done when a second
officer confirms it. Views let through only officers who have authenticated within the last five minutes (`needs(again=True)`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges.deeds import DEEDS, PERMISSIONS
from homeward.bureau.exchanges.faults import ExchangeError, no_effect, told
from homeward.bureau.exchanges.models import Exchange, PendingAct
from homeward.bureau.exchanges.offices import desk_of
from homeward.bureau.exchanges.sentences import pending_entries, sentence
from homeward.bureau.exchanges.services_noting import note
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.pages import spoken
from homeward.exchange import ACTS, REASONS
from homeward.office.beginning import need
from homeward.office.desk import Office
from homeward.office.hands import by_hands, devices_of
from homeward.office.said import own_entries
from homeward.record import hand_in, make_head, take_in
from homeward.record.keys import Kind


def require(user: User, act: str) -> None:
    """Raise `PermissionDenied` unless the officer may sign acts of this kind."""
    permission = PERMISSIONS.get(act)
    if permission is None or not may(user, permission):
        raise PermissionDenied


def do(exchange: Exchange, user: User, deed: str, **args: Any) -> PendingAct | None:
    """Do a deed, or ask for it where the act needs two hands; then the answer is what waits. Raises `ExchangeError`."""
    with desk_of(exchange) as desk, told():
        office = desk.office
        note(exchange, office, None)
        act = DEEDS[deed].act(office, args)
        require(user, act)
        _check(office, deed, args)
        if ACTS[act].hands == 1:
            # Terms are signed by the party's root key, not by an officer's device.
            hands = [] if act == "terms-proposed" else [user]
            _perform(exchange, office, deed, args, hands, by=user)
            return None
        _hand_of(office, user)
        return _ask(exchange, user, deed, args, act)


def confirm(pending: PendingAct, user: User) -> None:
    """The second officer's hand: the deed is done now, signed by both. Raises `ExchangeError`."""
    exchange = pending.exchange
    with desk_of(exchange) as desk, told():
        office = desk.office
        note(exchange, office, None)
        pending.refresh_from_db()
        if pending.ended_at is not None:
            raise ExchangeError(_("This was confirmed or withdrawn already."))
        act = DEEDS[pending.deed].act(office, pending.args)
        require(user, act)
        if pending.asked_by_id == user.pk:
            raise ExchangeError(_("You have asked for this; a second officer has to confirm it."))
        _check(office, pending.deed, pending.args)
        _perform(exchange, office, pending.deed, pending.args, [pending.asked_by, user], by=user)
        with transaction.atomic():
            pending.confirmed_by, pending.ended_at = user, timezone.now()
            pending.save(update_fields=["confirmed_by", "ended_at"])


def withdraw(pending: PendingAct, user: User) -> None:
    """Take back what was asked for, by anybody who may sign it."""
    with desk_of(pending.exchange) as desk, transaction.atomic():
        act = DEEDS[pending.deed].act(desk.office, pending.args)
        require(user, act)
        if pending.ended_at is None:
            pending.withdrawn, pending.ended_at = True, timezone.now()
            pending.save(update_fields=["withdrawn", "ended_at"])
            write(Tag.EXCHANGES_ACT_WITHDRAWN, pending.exchange.subject, by=user, counts={"act": act})


def say_all(exchange: Exchange, user: User, acts: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """Sign acts of one hand by the hundred, all or none, such as those of a handover desk. Gives their leaf hashes.

    What this office has said before with the same fields is not said again: its place holds "". An act that would have no effect
    now, such as handing over somebody who was handed over already, is refused together with all others. Raises `ExchangeError`.
    """
    wanted = [(act, dict(fields)) for act, fields in acts]
    with desk_of(exchange) as desk, told():
        office = desk.office
        note(exchange, office, None)
        kinds = {act for act, _fields in wanted}
        for act in kinds:
            require(user, act)
            assert ACTS[act].hands == 1, f"{act} needs two hands and is asked for one by one"
        said = {(act, _key(entry.fields)) for act in kinds for entry in own_entries(office, act)}
        new: list[tuple[str, dict[str, Any]]] = []
        # Somebody of whom an act is on its way already stands elsewhere than the record says; such an act is not judged here.
        on_the_way = {str(entry.fields.get("person")) for entry in pending_entries(office)}
        places: list[bool] = []
        for act, fields in wanted:
            fresh = (act, _key(fields)) not in said
            places.append(fresh)
            if not fresh:
                continue
            void = office.why_not(act, **fields) if str(fields.get("person")) not in on_the_way else None
            if void is not None:
                raise no_effect(void)
            said.add((act, _key(fields)))
            on_the_way.add(str(fields.get("person")))
            new.append((act, fields))
        leaves: list[str] = []

        def run() -> None:
            with office.batch():
                leaves.extend(office.say(act, **fields) for act, fields in new)

        if new:
            sign(exchange, office, [user], run, by=user)
        signed = iter(leaves)
        return [next(signed) if fresh else "" for fresh in places]


def sign(exchange: Exchange, office: Office, hands: Iterable[User], run: Callable[[], object], *, by: User) -> None:
    """Run what signs acts, with these officers' hands; the journal tells of all of it, and who keeps the log puts it there."""
    try:
        with by_hands(office, *(_hand_of(office, user) for user in hands)):
            run()
    finally:
        # What was signed before an error is signed; the journal tells of it.
        note(exchange, office, by)
    keep_log(exchange, office)


def keep_log(exchange: Exchange, office: Office) -> list[str]:
    """For who keeps the log: put own acts into it and sign a head. Gives what may not stand there, in words."""
    if not office.store.keeps_log or not exchange.logs_by_itself:
        return []
    refused = take_in(office.store, hand_in(office.store)).refused
    newest = office.store.newest_head()
    if office.keys.log is not None and (newest is None or newest.head.size < office.store.size):
        make_head(office.store, office.keys.log)
    return refused


def _perform(exchange: Exchange, office: Office, deed: str, args: Mapping[str, Any], hands: list[User], *, by: User) -> None:
    sign(exchange, office, hands, lambda: DEEDS[deed].run(office, args), by=by)


def _ask(exchange: Exchange, user: User, deed: str, args: Mapping[str, Any], act: str) -> PendingAct:
    try:
        with transaction.atomic():
            pending = PendingAct.objects.create(exchange=exchange, deed=deed, args=dict(args), asked_by=user)
            write(Tag.EXCHANGES_ACT_ASKED, exchange.subject, by=user, counts={"act": act})
    except IntegrityError:
        raise ExchangeError(_("This has been asked for already and waits for a second officer.")) from None
    return pending


def _check(office: Office, deed: str, args: Mapping[str, Any]) -> None:
    """Refuse what would have no effect, and what is signed already and only has to be carried."""
    would = DEEDS[deed].would(office, args)
    if would is None:
        return
    act, fields = would
    wanted = _key(fields)
    if any(entry.act == act and _key(entry.fields) == wanted for entry in pending_entries(office)):
        raise ExchangeError(_("This is signed already; it takes effect when your files have reached the log."))
    kind = office.state.proposals[fields["of"]].entry.act if act == "agreed" and fields["of"] in office.state.proposals else act
    need(office.keys, Kind.ROOT if kind == "terms-proposed" else Kind.DEVICE)
    void = office.why_not(act, **fields)
    if void is not None:
        raise no_effect(void)


def _hand_of(office: Office, user: User) -> str:
    """The device that this officer signs with in this office."""
    if not user.device:
        raise ExchangeError(_("%(user)s has no signing key on this node yet; make one under “Officers”.") % {"user": user})
    if user.device not in devices_of(office):
        raise ExchangeError(
            _("The key %(device)s of %(user)s is not in this exchange’s office; make it under “Officers”.")
            % {"device": user.device, "user": user}
        )
    return user.device


def _key(fields: Mapping[str, Any]) -> str:
    return repr(sorted((name, value) for name, value in fields.items() if value is not None))


def no_longer(office: Office, pending: PendingAct) -> str:
    """Why what waits for a second hand would have no effect any more, or ""."""
    would = DEEDS[pending.deed].would(office, pending.args)
    void = office.why_not(would[0], **would[1]) if would is not None else None
    return spoken.told(REASONS[void.reason], detail=void.detail) if void is not None else ""


def says(pending: PendingAct, office: Office) -> str:
    """The sentence of what waits for a second hand."""
    args = pending.args
    if pending.deed == "say":
        return sentence(args["act"], args["fields"], office.state.proposals)
    if pending.deed == "agree":
        return sentence("agreed", {"of": args["of"]}, office.state.proposals)
    return sentence(DEEDS[pending.deed].act(office, args), {"draw": []}, office.state.proposals)
