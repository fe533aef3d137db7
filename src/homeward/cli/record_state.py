"""`homeward record state`: where the exchange stands by an office's own copy, what waits for whom, and which clocks have run out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from homeward.cli.options import LANGUAGE
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.record_offices import OFFICE, at_office, now
from homeward.cli.record_show import act_in_words
from homeward.cli.record_words import t
from homeward.exchange import REASONS, Entry
from homeward.exchange.entries import entry_of
from homeward.exchange.words import say
from homeward.lists import ClockState, Due, due_times
from homeward.office.desk import Office
from homeward.record import parse_line, standing
from homeward.record.keys import fingerprint

#: An act that ends a step → the clock of the terms that it stops, once every list has it.
_STEPS = {"list-committed": "lists", "answers-sent": "answers", "list-frozen": "final_reply"}
_NAMED = 12


@click.command("state")
@OFFICE
@LANGUAGE
@json_option
def state_command(folder: Path, *, language: str, as_json: bool) -> None:
    """Say where the exchange stands by the copy in OFFICE.

    Exit code 2 when somebody has to act: an assent or a cosignature is missing, or a clock of the terms has run out.
    """
    with at_office(folder, as_json=as_json) as office:
        found = _state(office, language)
    waits = bool(
        found["to_agree"] or found["new_roots"] or found["heads"]["missing"] or any(each["overdue"] for each in found["clocks"])
    )
    finish(found, "\n".join(_lines(found, language)), as_json=as_json, code=Exit.UNFINISHED if waits else Exit.DONE)


def _state(office: Office, language: str) -> dict[str, Any]:
    state, store = office.state, office.store
    heads = store.heads()
    last = standing(heads[-1], store.ledger) if heads else None
    moment = datetime.fromisoformat(now())
    said = {
        leaf: (each.entry.index, act_in_words(each.entry.act, each.entry.fields, language, {}))
        for leaf, each in state.proposals.items()
    }
    return {
        "party": office.party,
        "exchange": state.state,
        "acts": store.size,
        "waiting_to_be_handed_in": [act_in_words(each.act, each.fields, language, said) for each in _waiting(office)],
        "heads": {
            "last": last.head.size if last else 0,
            "full": state.full_head,
            "missing": list(last.missing) if last else [],
        },
        "lists": [
            {"id": each.id, "state": each.state, "count": each.count, "answered": each.answered}
            for each in state.lists.values()
        ],
        "stages": [{"id": each.id, "state": each.state} for each in state.stages.values()],
        "people": dict(sorted(Counter(person.state for person in state.people.values()).items())),
        "new_roots": [
            {
                "party": party,
                "key": proposal.key.name,
                "digits": fingerprint(proposal.key.text),
                "leaf": proposal.leaf,
                "accepted": sorted(proposal.accepted),
            }
            for party, proposal in sorted(store.ledger.book.proposals.items())
        ],
        "to_agree": [
            {
                "act": each.entry.index,
                "leaf": each.entry.leaf,
                "by": each.entry.party,
                "says": said[each.entry.leaf][1],
                "missing": sorted(each.needs - each.agreed.keys()),
            }
            for each in state.proposals.values()
            if each.settled is None
        ],
        "no_effect": [{**asdict(each), "says": say(REASONS[each.reason], language, detail=each.detail)} for each in state.void],
        "clocks": [_clock(due, moment, language) for due in _dues(office)],
    }


def _waiting(office: Office) -> list[Entry]:
    return [entry_of(0, parse_line(line)) for line in office.store.pending()]


def _dues(office: Office) -> tuple[Due, ...]:
    return due_times(office.terms, happened(office.entries(), len(office.state.lists)))


def happened(entries: Iterable[Entry], lists: int) -> dict[str, datetime]:
    """When each step that a clock may wait for was done, by the authors' own clocks: the last of `lists` lists ends the step."""
    done: dict[str, dict[str, datetime]] = {}
    stages: dict[str, datetime] = {}
    for entry in entries:
        moment = datetime.fromisoformat(entry.at).astimezone(UTC)
        if entry.act in _STEPS:
            done.setdefault(entry.act, {}).setdefault(str(entry.fields.get("list")), moment)
        elif entry.act == "stage-opened":
            stages.setdefault(str(entry.fields.get("stage")), moment)
    steps = {_STEPS[act]: max(moments.values()) for act, moments in done.items() if len(moments) >= lists}
    return {**steps, **stages}


def _clock(due: Due, moment: datetime, language: str) -> dict[str, Any]:
    overdue = due.state(moment) is ClockState.OVERDUE
    return {"id": due.id, "state": due.state(moment).value, "overdue": overdue, "text": due.text(moment, language)}


def _lines(found: dict[str, Any], language: str) -> list[str]:
    heads = found["heads"]
    missing = ", ".join(heads["missing"])
    rows: list[tuple[str, list[str]]] = [
        ("exchange", [f"{found['exchange']} ({found['party']})"]),
        ("acts", [t("acts_here", language, acts=found["acts"], waiting=len(found["waiting_to_be_handed_in"]))]),
        ("outbox", found["waiting_to_be_handed_in"][:_NAMED]),
        ("heads", [t("heads_here", language, full=heads["full"], last=heads["last"])]),
        ("heads", [t("still_missing", language, who=missing)] if missing else []),
        ("lists", [t("list_row", language, **each) for each in found["lists"]]),
        ("stages", [f"{each['id']}  {each['state']}" for each in found["stages"]]),
        ("people", ["; ".join(f"{state} {count}" for state, count in found["people"].items())] if found["people"] else []),
        (
            "to_agree",
            [t("to_agree", language, **{**each, "missing": ", ".join(each["missing"])}) for each in found["to_agree"]],
        ),
        (
            "new_roots",
            [
                t("root_waits", language, **{**each, "accepted": ", ".join(each["accepted"]) or "-"})
                for each in found["new_roots"]
            ],
        ),
        ("void", [f"{each['index']} {each['act']} ({each['by']}): {each['says']}" for each in found["no_effect"][:_NAMED]]),
        ("clocks", [each["text"] for each in found["clocks"]]),
    ]
    width = max(len(t(f"label_{name}", language)) for name, _ in rows)
    lines, before = [], ""
    for name, texts in rows:
        for text in texts:
            label = "" if name == before else t(f"label_{name}", language)
            lines.append(f"{label:<{width}}  {text}")
            before = name
    return lines


COMMANDS = (state_command,)
