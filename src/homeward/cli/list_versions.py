"""`homeward list diff`, `freeze` and `overdue`: what changed between two versions, one version fixed by its digest, the clocks."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeward.cli.options import LANGUAGE, MAPPING, QUIET, SHEET, read_list
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.progress import steps_on_terminal
from homeward.cli.words import say

if TYPE_CHECKING:
    from homeward.lists import FrozenList

_PATH = click.Path(path_type=Path)
_KINDS = ("REQUEST", "OFFER", "COUNTER", "FINAL", "RESERVE", "POOL", "REMAINS", "MISSING")
#: How many row numbers are named one by one.
_NAMED = 30
FROZEN_SCHEMA = "homeward-frozen-list/1"


@click.command("diff")
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@MAPPING
@LANGUAGE
@QUIET
@json_option
def diff(old: Path, new: Path, *, mapping: Path | None, language: str, quiet: bool, as_json: bool) -> None:
    """Say what changed from the list OLD to the list NEW: ids and fields, never names.

    Entries are paired by their ids; where ids only count rows, by what they say. Exit code 1 means that the lists differ.
    """
    from homeward.lists import ListKind, NameList
    from homeward.lists import diff as differences

    with steps_on_terminal(quiet=quiet or as_json) as steps:
        versions = [
            NameList(ListKind.FINAL, number, "", "", read_list(path, mapping, None, steps).people)
            for number, path in enumerate((old, new), start=1)
        ]
        steps("comparing", 0, 0)
        found = differences(*versions)
    kept = {key: value for key, value in found.as_dict().items() if key not in {"kind", "old_version", "new_version"}}
    _, _, told = found.text(language).partition(": ")
    finish(
        {"same": found.empty, "old": old.name, "new": new.name, **kept},
        f"{old.name} → {new.name}: {told}",
        as_json=as_json,
        code=Exit.DONE if found.empty else Exit.STOP,
    )


@click.command("freeze")
@click.argument("file", type=_PATH)
@click.option("-o", "--output", type=_PATH, help="Write what the freeze fixes to this JSON file.")
@click.option("--against", type=_PATH, help="A frozen list: say whether FILE is still the same. Exit code 1 if not.")
@click.option("--kind", type=click.Choice(_KINDS), default="FINAL", show_default=True, help="What the list is for.")
@click.option("--version", type=click.IntRange(1), default=1, show_default=True, help="Which version of the list this is.")
@click.option("--party", default="", help="The party that wrote the list.")
@click.option("--side", default="", help="The side of the terms that it is for.")
@MAPPING
@SHEET
@LANGUAGE
@QUIET
@json_option
def freeze(
    file: Path,
    *,
    output: Path | None,
    against: Path | None,
    kind: str,
    version: int,
    party: str,
    side: str,
    mapping: Path | None,
    sheet: str | None,
    language: str,
    quiet: bool,
    as_json: bool,
) -> None:
    """Fix the list FILE by a digest of what every entry says; after that every change is a deviation.

    The order of rows and the file format do not matter, every letter does.
    """
    from homeward.lists import ListKind, NameList
    from homeward.lists import freeze as fix

    if (output is None) == (against is None):
        raise click.UsageError("give -o to freeze the list, or --against to compare it with a frozen one")
    before = _read_frozen(against) if against else None
    if before is not None:
        kind, version, party, side = before.kind.value, before.version, before.party, before.side
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        people = read_list(file, mapping, sheet, steps)
        frozen = fix(NameList(ListKind(kind), version, party, side, people.people))
    refused = [row.number for row in people.rows if row.person is None]
    counts = say("entries", language, count=frozen.count)
    if refused:
        numbers = ", ".join(str(number) for number in refused[:_NAMED]) + (" …" if len(refused) > _NAMED else "")
        counts += "; " + say("not part", language, rows=numbers)
    result: dict[str, Any] = {**frozen.as_dict(), "file": file.name, "refused_rows": refused}
    if before is not None:
        same = before.digest == frozen.digest
        word = say("unchanged" if same else "changed", language)
        then = f" ({before.count} → {frozen.count})" if before.count != frozen.count else ""
        finish(
            {**result, "same": same, "frozen_digest": before.digest},
            f"{word}{then}: {counts}\n{frozen.digest}",
            as_json=as_json,
            code=Exit.DONE if same else Exit.STOP,
        )
    assert output is not None
    from homeward.people.atomic import write_whole

    result["file_sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    text = json.dumps({"schema": FROZEN_SCHEMA, **result}, ensure_ascii=False, indent=1) + "\n"
    write_whole(output, text.encode("utf-8"))
    finish({**result, "output": str(output)}, f"{counts}\n{frozen.digest}\n{output}", as_json=as_json)


def _read_frozen(path: Path) -> FrozenList:
    """What an earlier freeze fixed. Raises `ListError`."""
    from homeward.lists import FrozenList, ListError, ListKind
    from homeward.lists._files import read_json

    found = read_json(path, FROZEN_SCHEMA)
    try:
        return FrozenList(
            ListKind(found["kind"]), int(found["version"]), found["party"], found["side"], int(found["count"]), found["digest"]
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ListError(path.name, "is not complete", remedy="restore the frozen file") from error


@click.command("overdue")
@click.argument("terms_file", metavar="TERMS", type=_PATH)
@click.option(
    "--happened",
    multiple=True,
    metavar="WHAT=MOMENT",
    help="When a step was done (lists=2025-05-18T12:00Z): a clock of the terms, signature, or a stage.",
)
@click.option("--now", metavar="MOMENT", help="The moment to judge from; now if not given.")
@LANGUAGE
@json_option
def overdue(terms_file: Path, *, happened: tuple[str, ...], now: str | None, language: str, as_json: bool) -> None:
    """Show every clock of TERMS: when each step is due, what is done, what is overdue. Exit code 1 means something is overdue.

    A clock flags; it orders nothing. Days begin and end in UTC.
    """
    from homeward.lists import due_times
    from homeward.lists import overdue as late
    from homeward.terms import load

    terms = load(terms_file)
    moments: dict[str, datetime] = {}
    for text in happened:
        what, sign, moment = text.partition("=")
        if not sign or not what:
            raise click.UsageError(f"--happened takes WHAT=MOMENT, not {text!r}")
        moments[what] = _moment(moment, "--happened")
    at = _moment(now, "--now") if now else datetime.now(UTC)
    dues = due_times(terms, moments)
    names = {due.id for due in dues} | {"signature"} | {stage.id for stage in terms.stages}
    names |= {clock.anchor for clock in terms.clocks.values()}
    strangers = sorted(set(moments) - names)
    if strangers:
        raise click.UsageError(f"the terms have no clock or event called {strangers[0]}; they have {', '.join(sorted(names))}")
    overdue_now = late(dues, at)
    result = {
        "now": at.isoformat(),
        "clocks": [
            {
                "id": due.id,
                "state": due.state(at).value,
                "due": due.at.isoformat() if due.at else None,
                "done": due.done.isoformat() if due.done else None,
            }
            for due in dues
        ],
        "overdue": [due.id for due in overdue_now],
    }
    rest = [due for due in dues if due not in overdue_now]
    lines = [due.text(at, language) for due in (*overdue_now, *rest)]
    finish(
        result, "\n".join(lines) or say("no clocks", language), as_json=as_json, code=Exit.STOP if overdue_now else Exit.DONE
    )


def _moment(text: str, option: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.UsageError(f"{option} takes a moment with its offset, such as 2025-05-18T12:00Z, not {text!r}")
    return moment
