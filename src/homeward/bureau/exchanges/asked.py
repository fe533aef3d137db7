"""What an officer is about to sign, before he signs it: the sentence, how many hands it needs, whether it would count.

One page stands before every signature. It gets the name of what is asked and a few ids (`?what=freeze&list=home-AA`); `WHAT` is the
table of everything that can be asked, with the service that does it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from homeward.bureau.access.models import User
from homeward.bureau.exchanges import plans, services, services_claims
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import DraftAnswer, DraftList, Exchange, PendingAct
from homeward.bureau.exchanges.offices import Desk
from homeward.bureau.exchanges.sentences import sentence
from homeward.bureau.pages import spoken
from homeward.exchange import ACTS, REASONS, Void, form_problem
from homeward.office.claiming import digest_of_claim
from homeward.office.filling import filled_in

Args = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class What:
    """Something that can be signed. `takes` are the ids that it needs; `says` the sentence; `run` does it."""

    title: Promise | str
    takes: tuple[str, ...]
    act: Callable[[Desk, Args], str]
    says: Callable[[Desk, Exchange, Args], str]
    run: Callable[[Exchange, User, Args], PendingAct | None]
    #: Why it would have no effect now, or "".
    problem: Callable[[Desk, Exchange, Args], str] = field(default=lambda _desk, _exchange, _args: "")
    optional: tuple[str, ...] = ()
    #: The act's own fields, for who wants to read it to the letter; empty where they follow only when it is signed.
    fields: Callable[[Desk, Args], Mapping[str, Any]] = field(default=lambda _desk, _args: {})


def _fields(desk: Desk, act: str, args: Args) -> dict[str, Any]:
    given: dict[str, Any] = {name: value for name, value in args.items() if value}
    if given.get("count", "").isdigit():
        given["count"] = int(given["count"])
    fields = filled_in(desk.office, act, given)
    problem = form_problem(act, fields)
    if problem is not None:
        raise ExchangeError(_("This cannot be signed: %(problem)s.") % {"problem": problem})
    return fields


def _plain(act: str, title: Promise | str, *takes: str, optional: tuple[str, ...] = ()) -> What:
    """An act whose fields are the ids given and what follows from the record."""

    def run(exchange: Exchange, user: User, args: Args) -> PendingAct | None:
        with services.desk_of(exchange) as desk:
            return services.do(exchange, user, "say", act=act, fields=_fields(desk, act, args))

    def problem(desk: Desk, _exchange: Exchange, args: Args) -> str:
        void = desk.office.why_not(act, **_fields(desk, act, args))
        return _void_text(void)

    return What(
        title,
        takes,
        lambda _desk, _args: act,
        lambda desk, _exchange, args: sentence(act, _fields(desk, act, args), desk.office.state.proposals),
        run,
        problem,
        optional,
        lambda desk, args: _fields(desk, act, args),
    )


def _void_text(void: Void | None) -> str:
    return spoken.told(REASONS[void.reason], detail=void.detail) if void is not None else ""


def _proposal_act(desk: Desk, args: Args) -> str:
    proposal = desk.office.state.proposals.get(args["of"])
    if proposal is None:
        raise ExchangeError(_("There is no such proposal in this record."))
    return proposal.entry.act


def _commit_says(_desk: Desk, exchange: Exchange, args: Args) -> str:
    draft = DraftList.objects.filter(exchange=exchange, list_id=args["list"]).defer("content").first()
    count = draft.rows - draft.refused if draft is not None else 0
    return spoken.told(ACTS["list-committed"].says, list=args["list"], count=count)


def _answers_says(_desk: Desk, exchange: Exchange, args: Args) -> str:
    count = DraftAnswer.objects.filter(exchange=exchange, list_id=args["list"]).count()
    return spoken.told(ACTS["answers-sent"].says, list=args["list"], count=count)


def _commit(exchange: Exchange, user: User, args: Args) -> None:
    services.commit_list(exchange, args["list"], by=user)


def _send_answers(exchange: Exchange, user: User, args: Args) -> None:
    services.send_answers(exchange, args["list"], by=user)


def _claim(exchange: Exchange, user: User, args: Args) -> None:
    services_claims.claim_person(exchange, args["list"], args["number"], by=user)


def _claim_problem(desk: Desk, _exchange: Exchange, args: Args) -> str:
    return _void_text(desk.office.why_not("claimed", list=args["list"], claim=digest_of_claim(b"")))


def _deed(name: str, act: str, title: Promise | str, *takes: str) -> What:
    """A step of the office that is not a single act with fields."""

    def says(_desk: Desk, _exchange: Exchange, args: Args) -> str:
        words = {"list": args.get("list", ""), "what": _("the list") if name == "open-list" else _("the answers")}
        if act == "receipt":
            return _("We received %(what)s (%(list)s), opened it and checked it.") % words
        return spoken.told(ACTS[act].says, **words)

    return What(
        title,
        takes,
        lambda _desk, _args: act,
        says,
        lambda exchange, user, args: services.do(exchange, user, name, **{each: args[each] for each in takes}),
    )


def _stage_says(_desk: Desk, exchange: Exchange, args: Args) -> str:
    draft = plans.latest(exchange)
    going = 0
    if draft is not None:
        plan, _pools = plans.standing(_desk, draft)
        going = sum(len(ids) for stage in plan.stages if stage.id == args["stage"] for ids in stage.going.values())
    said = spoken.told(ACTS["stage-planned"].says, stage=args["stage"])
    return f"{said} ({_('people')}: {going})"


def _agree(exchange: Exchange, user: User, args: Args) -> PendingAct | None:
    return services.agree_to(exchange, args["of"], by=user, knowingly=args.get("knowingly") == "yes")


WHAT: Mapping[str, What] = {
    "propose-terms": _plain("terms-proposed", gettext_lazy("Propose the terms")),
    "agree": What(
        gettext_lazy("Agree"),
        ("of",),
        _proposal_act,
        lambda desk, _exchange, args: sentence("agreed", {"of": args["of"]}, desk.office.state.proposals),
        _agree,
        lambda desk, _exchange, args: _void_text(desk.office.why_not("agreed", of=args["of"])),
        ("knowingly",),
        lambda desk, args: desk.office.state.proposals[args["of"]].entry.fields,
    ),
    "commit": What(gettext_lazy("Commit to the list"), ("list",), lambda _desk, _args: "list-committed", _commit_says, _commit),
    "lodge": _deed("lodge", "list-lodged", gettext_lazy("Lodge the sealed list"), "list"),
    "release": _deed("release", "lists-released", gettext_lazy("Release all lists")),
    "open-list": _deed("open-list", "receipt", gettext_lazy("Open the list"), "list"),
    "open-answers": _deed("open-answers", "receipt", gettext_lazy("Open the answers"), "list"),
    "answers": What(
        gettext_lazy("Send the answers"), ("list",), lambda _desk, _args: "answers-sent", _answers_says, _send_answers
    ),
    "claim": What(
        gettext_lazy("Say that somebody is missing from their list"),
        ("list", "number"),
        lambda _desk, _args: "claimed",
        lambda _desk, _exchange, args: spoken.told(ACTS["claimed"].says, **args),
        _claim,
        _claim_problem,
    ),
    "freeze": _plain("list-frozen", gettext_lazy("Freeze the list"), "list"),
    "withdraw-person": _plain("withdrawn", gettext_lazy("Take a person off our list"), "person", "reason"),
    "strike-person": _plain("struck", gettext_lazy("No longer ask for a person"), "person", "reason"),
    "propose-stage": What(
        gettext_lazy("Propose the people of the stage"),
        ("stage",),
        lambda _desk, _args: "stage-planned",
        _stage_says,
        lambda exchange, user, args: services.propose_stage(exchange, args["stage"], by=user),
    ),
    "call-reserve": _plain("reserve-called", gettext_lazy("Call somebody from the reserve"), "stage", "person", "for"),
    "go": _plain("stage-opened", gettext_lazy("Give the GO"), "stage"),
    "deviation": _plain("deviation", gettext_lazy("State a deviation"), "kind", optional=("stage", "person", "list", "count")),
    "close-stage": _plain("stage-closed", gettext_lazy("Close the stage"), "stage"),
    "close": _plain("closed", gettext_lazy("Close the exchange")),
    "break-off": _plain("broken-off", gettext_lazy("Break off the exchange"), "reason"),
}
