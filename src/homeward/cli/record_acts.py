"""`homeward record add` and `agree`: read the sentence, hear whether the act would count, sign it, put it into the outbox.

An act that would have no effect on the record as this office has it is not signed unless `--anyway` is given: exit code 1 and the
reason. Grave acts are signed by two officers' keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from homeward.cli.options import LANGUAGE
from homeward.cli.outcome import Exit, fail, finish, json_option
from homeward.cli.record_offices import OFFICE, at_office
from homeward.cli.record_show import act_in_words
from homeward.cli.record_words import t
from homeward.exchange import ACTS, REASONS, Void, form_problem
from homeward.exchange.acts import COUNT, RECORD_ACTS
from homeward.exchange.entries import entry_of
from homeward.exchange.words import say
from homeward.office.assent import proposal_at
from homeward.office.beginning import need
from homeward.office.desk import Office
from homeward.office.filling import filled_in
from homeward.record import LineError, parse_line
from homeward.record.keys import Kind

ANYWAY = click.option("--anyway", is_flag=True, help="Sign although the act would have no effect as things stand.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show the sentence and whether the act would count; sign nothing.")

#: Acts about keys, which the root signs, with their fields. `new device` and `new root` sign those that need a new key.
_ROOT_ACTS = {
    "key-retired": ("key",),
    "key-distrusted": ("key", "from"),
    "key-accepted": ("of",),
    "key-refused": ("of",),
}


@click.command("add")
@OFFICE
@click.argument("act")
@click.argument("values", metavar="[FIELD=VALUE]...", nargs=-1)
@ANYWAY
@DRY_RUN
@LANGUAGE
@json_option
def add_command(
    folder: Path, act: str, values: tuple[str, ...], *, anyway: bool, dry_run: bool, language: str, as_json: bool
) -> None:
    """Sign an act and put it into the outbox of OFFICE: homeward record add UA received person=p-0417 stage=day1.

    Tables are written as JSON. What follows from the record is filled in: the plan of stage-opened, the balance of stage-closed,
    the root and count of list-frozen. docs/acts.md lists all acts and their fields.
    """
    if act not in ACTS and act not in _ROOT_ACTS:
        raise click.UsageError(f"there is no act {act!r}; there are {', '.join(sorted({*ACTS, *_ROOT_ACTS}))}")
    if act == "agreed":
        raise click.UsageError("use: homeward record agree OFFICE ACT")
    given = _fields(act, values)
    with at_office(folder, as_json=as_json) as office:
        fields = filled_in(office, act, given)
        problem = form_problem(act, fields) if act in ACTS else _root_problem(act, fields)
        if problem is not None:
            raise click.UsageError(f"{act}: {problem}")
        says = act_in_words(act, fields, language, {})
        need(office.keys, _key_for(act))
        void = office.why_not(act, **fields) if act in ACTS else None
        reason = _reason(void, language) or _root_reason(office, act, fields, language)
        reason = reason or (t("waits_already", language) if _waits(office, act, fields) else None)
        hands = ACTS[act].hands if act in ACTS else 1
        _check(office, says, reason, hands, anyway=anyway, dry_run=dry_run, language=language, as_json=as_json)
        try:
            leaf = office.say(act, **fields) if act in ACTS else _say_by_root(office, act, fields)
        except LineError as error:
            raise click.UsageError(f"{act}: {error}") from None
        signers = _signers(office)
    found = {"act": act, "fields": fields, "says": says, "leaf": leaf, "signed_by": signers, "no_effect": reason}
    finish(found, _signed(signers, leaf, reason, language), as_json=as_json)


@click.command("agree")
@OFFICE
@click.argument("leaf", metavar="ACT")
@ANYWAY
@DRY_RUN
@LANGUAGE
@json_option
def agree_command(folder: Path, leaf: str, *, anyway: bool, dry_run: bool, language: str, as_json: bool) -> None:
    """Agree to ACT, a proposal in the record, by its number or its hash (`homeward record state` lists what waits)."""
    with at_office(folder, as_json=as_json) as office:
        proposal = proposal_at(office, leaf)
        if proposal is None:
            fail(Exit.STOP, t("no_proposal", language, act=leaf), as_json=as_json)
        entry = proposal.entry
        fields = {"of": entry.leaf}
        said = {entry.leaf: (entry.index, act_in_words(entry.act, entry.fields, language, {}))}
        says = act_in_words("agreed", fields, language, said)
        need(office.keys, _key_for(entry.act))
        reason = _reason(office.why_not("agreed", of=proposal.entry.leaf), language)
        reason = reason or (t("waits_already", language) if _waits(office, "agreed", fields) else None)
        hands = ACTS[entry.act].hands
        _check(office, says, reason, hands, anyway=anyway, dry_run=dry_run, language=language, as_json=as_json)
        mine = office.agree(entry.leaf)
        signers = _signers(office)
    found = {"act": "agreed", "fields": fields, "says": says, "leaf": mine, "signed_by": signers, "no_effect": reason}
    finish(found, _signed(signers, mine, reason, language), as_json=as_json)


def _key_for(act: str) -> Kind:
    """Terms, and acts about keys, are signed by the root; everything else by officers' devices."""
    return Kind.ROOT if act == "terms-proposed" or act in _ROOT_ACTS else Kind.DEVICE


def _fields(act: str, values: tuple[str, ...]) -> dict[str, Any]:
    """`name=value` as the act's fields: numbers and tables as such, everything else as text."""
    forms = {**ACTS[act].needs, **ACTS[act].may} if act in ACTS else dict.fromkeys(_ROOT_ACTS[act])
    found: dict[str, Any] = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign or name not in forms:
            known = ", ".join(forms) or "no fields"
            raise click.UsageError(f"{act} takes {known}, each as FIELD=VALUE; not {value!r}")
        if name in found:
            raise click.UsageError(f"{name} is given twice")
        found[name] = _value(forms[name], name, text)
    return found


def _value(form: object, name: str, text: str) -> Any:
    if (form is COUNT or name == "from") and text.isascii() and text.isdigit():
        return int(text)
    if text.startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            raise click.UsageError(f"{name} is not a table in JSON") from None
    return text


def _root_problem(act: str, fields: Mapping[str, Any]) -> str | None:
    missing = [name for name in _ROOT_ACTS[act] if name not in fields]
    if missing:
        return f"{missing[0]} is missing"
    return "from is not the number of an act" if not isinstance(fields.get("from", 0), int) else None


def _root_reason(office: Office, act: str, fields: Mapping[str, Any], language: str) -> str | None:
    """Why an answer to a proposed root would be refused by the record."""
    if act not in {"key-accepted", "key-refused"}:
        return None
    proposals = office.store.ledger.book.proposals.items()
    mine = any(each.leaf == fields["of"] and (act == "key-refused" or party != office.party) for party, each in proposals)
    return None if mine else t("no_root_proposed", language)


def _say_by_root(office: Office, act: str, fields: Mapping[str, Any]) -> str:
    line = office.store.write(act, fields, office.keys.root, at=office.clock())
    return entry_of(0, parse_line(line)).leaf


def _waits(office: Office, act: str, fields: Mapping[str, Any]) -> bool:
    """Whether this very act is already in the outbox: signed a moment ago, and signed again by mistake."""
    waiting = (entry_of(0, parse_line(line)) for line in office.store.pending())
    return any(entry.act == act and dict(entry.fields) == dict(fields) for entry in waiting)


def _reason(void: Void | None, language: str) -> str | None:
    return None if void is None else say(REASONS[void.reason], language, detail=void.detail)


def _check(
    office: Office, says: str, reason: str | None, hands: int, *, anyway: bool, dry_run: bool, language: str, as_json: bool
) -> None:
    """Show what is about to be signed, and stop where it should not be."""
    if not as_json:
        click.echo(f"{office.party}: {says}")
    if hands > 1 and len(office.keys.officers) < hands:
        fail(Exit.STOP, t("too_few_hands", language, hands=hands), as_json=as_json)
    if reason is not None and (dry_run or not anyway):
        fail(Exit.STOP, t("no_effect", language, reason=reason), as_json=as_json, reason=reason, says=says)
    if dry_run:
        finish({"says": says, "would_count": True}, t("would_count", language), as_json=as_json)


def _signers(office: Office) -> list[str]:
    """Who signed the act that was put into the outbox last."""
    return [signature.name for signature in parse_line(office.store.pending()[-1]).signatures]


def _signed(signers: list[str], leaf: str, reason: str | None, language: str) -> str:
    text = t("signed", language, who=" + ".join(signers), leaf=leaf)
    return text if reason is None else f"{text}\n{t('signed_anyway', language, reason=reason)}"


assert _ROOT_ACTS.keys() < RECORD_ACTS, "acts about keys are the record's own"

COMMANDS = (add_command, agree_command)
