"""`homeward record show` and `redact`: read the acts of a record in plain words, and make the copy that may be published.

`show` gives one line for each act: number, time, who signed, the sentence that was read before signing. What cannot be read
as an act is passed over in silence, because saying what is wrong with a record is the work of `verify`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from homeward.cli.options import LANGUAGE, QUIET
from homeward.cli.outcome import Exit, fail, finish, json_option
from homeward.cli.progress import steps_on_terminal
from homeward.cli.record_files import open_record, reading, writing
from homeward.cli.record_words import t
from homeward.exchange import signing_view
from homeward.exchange.entries import entry_of
from homeward.record import LineError, Record, parse_line, save_record, verify, withhold
from homeward.record.keys import fingerprint
from homeward.record.note import encode_base64url
from homeward.record.withheld import withheld_leaf

_PLACES = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One act as it is shown. A withheld act has its number and hash alone."""

    index: int
    leaf: str
    says: str
    act: str = ""
    at: str = ""
    by: tuple[str, ...] = ()
    fields: dict[str, object] | None = None

    def text(self) -> str:
        who = " + ".join(self.by)
        return f"{self.index:>6}  {self.at:<20}  {who:<16}  {self.says}"

    def as_json(self) -> dict[str, Any]:
        if not self.act:
            return {"index": self.index, "withheld": True, "leaf": self.leaf}
        return {
            "index": self.index, "act": self.act, "at": self.at, "signed_by": list(self.by), "says": self.says,
            "fields": self.fields, "leaf": self.leaf,
        }  # fmt: skip


def acts_in_words(record: Record, language: str) -> Iterator[_Shown]:
    """Every line of the record that can be read, in order."""
    said: dict[str, tuple[int, str]] = {}
    for index, line in enumerate(record.acts):
        hidden = withheld_leaf(line)
        if hidden is not None:
            yield _Shown(index, encode_base64url(hidden), t("withheld", language))
            continue
        try:
            act = parse_line(line)
        except LineError:
            continue
        entry = entry_of(index, act)
        says = act_in_words(entry.act, entry.fields, language, said)
        said[entry.leaf] = (index, says)
        signers = tuple(signature.name for signature in act.signatures)
        yield _Shown(index, entry.leaf, says, entry.act, entry.at, signers, dict(entry.fields))


def act_in_words(act: str, fields: Any, language: str, said: dict[str, tuple[int, str]]) -> str:
    """The sentence of an act. `said` knows the acts before it by their hash, so that an assent says to what."""
    try:
        if act == "agreed" and fields.get("of") in said:
            index, says = said[fields["of"]]
            return t("agrees", language, index=index, says=says)
        if act == "key-added":
            return t(act, language, key=str(fields["key"]).partition("+")[0], digits=fingerprint(fields["key"]))
        if act == "key-proposed":
            return t(act, language, key=str(fields["key"]).partition("+")[0], digits=fingerprint(fields["key"]))
        if act in {"key-retired", "key-distrusted"}:
            return t(act, language, key=fields["key"], start=fields.get("from", "?"))
        if act in {"key-accepted", "key-refused"}:
            found = said.get(fields["of"])
            return t(act, language, index="?" if found is None else found[0], says=fields["of"] if found is None else found[1])
        return signing_view(act, fields, language)
    except (ValueError, KeyError, TypeError, AttributeError):
        return t("unknown", language, act=act)


@click.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("index", type=click.IntRange(min=0), required=False)
@click.option("--from", "first", type=click.IntRange(min=0), help="The first act to show.")
@click.option("--to", "last", type=click.IntRange(min=0), help="The last act to show.")
@click.option("--person", metavar="ID", help="Only acts about this person, such as p-0417.")
@click.option("--act", "kind", metavar="KIND", help="Only acts of this kind, such as handed-over.")
@LANGUAGE
@json_option
def show_command(
    file: Path,
    index: int | None,
    *,
    first: int | None,
    last: int | None,
    person: str | None,
    kind: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Show the acts in FILE in plain words, one line each: all of them, act INDEX, or those that the options choose.

    With --json each line is one JSON object.
    """
    record = open_record(file, as_json=as_json)
    found = False
    with reading(file, as_json=as_json):
        for shown in acts_in_words(record, language):
            if index is not None and shown.index != index:
                continue
            if shown.index < (first or 0) or (last is not None and shown.index > last):
                continue
            if (kind is not None and shown.act != kind) or (person is not None and not _is_about(shown.fields, person)):
                continue
            found = True
            click.echo(json.dumps(shown.as_json(), ensure_ascii=False) if as_json else shown.text().rstrip())
    if not found:
        fail(Exit.UNFINISHED, t("nothing_found", language), as_json=as_json)
    if not as_json:
        click.echo(t("not_checked", language), err=True)


def _is_about(value: object, person: str) -> bool:
    """Whether the id stands anywhere in the fields of an act, also in the tables of a plan."""
    if isinstance(value, dict):
        return any(_is_about(each, person) for each in value.values())
    if isinstance(value, list):
        return any(_is_about(each, person) for each in value)
    return value == person


@click.command("redact")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The public copy.")
@click.option("--acts", metavar="N,N-M", help="Withhold these acts.")
@click.option("--all-acts", is_flag=True, help="Withhold all acts.")
@LANGUAGE
@QUIET
@json_option
def redact_command(
    file: Path, *, output: Path, acts: str | None, all_acts: bool, language: str, quiet: bool, as_json: bool
) -> None:
    """Make a public copy of FILE: without sealed files, and with the chosen acts replaced by their hashes.

    What is withheld can still be checked: the copy leads to the same heads. A record that was changed is not copied.
    """
    if acts is not None and all_acts:
        raise click.UsageError("give --acts or --all-acts, not both")
    if output.exists() and file.exists() and output.samefile(file):
        raise click.UsageError("the public copy needs another name than the record itself")
    record = open_record(file, as_json=as_json)
    with reading(file, as_json=as_json), steps_on_terminal(quiet=quiet or as_json) as steps:
        verdict = verify(record, progress=steps)
    if verdict.kind not in {"unchanged", "incomplete"}:
        fail(Exit(verdict.exit_code), f"{file}: {verdict.findings[0].text}", as_json=as_json, file=str(file))
    chosen = None if all_acts else _indices(acts, verdict.acts)
    public = withhold(record, chosen)
    with writing(output, as_json=as_json):
        save_record(public, output)
    withheld = sum(line.startswith(b"#") for line in public.acts)
    text = t("redacted", language, file=output.name, withheld=withheld, acts=verdict.acts, sealed=len(record.sealed))
    found = {"file": str(output), "acts": verdict.acts, "withheld": withheld, "sealed_left_out": sorted(record.sealed)}
    finish(found, text, as_json=as_json)


def _indices(text: str | None, size: int) -> set[int]:
    """`3,7-9` as numbers. A number beyond the last act is a slip of the hand, and refused."""
    found: set[int] = set()
    for part in (text or "").split(",") if text else ():
        match = _PLACES.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last:
            raise click.UsageError(f"--acts takes numbers such as 3,7-9, not {part.strip()!r}")
        if last >= size:
            raise click.UsageError(f"--acts names act {last}, and the last act of this record is {size - 1}")
        found |= set(range(first, last + 1))
    return found


COMMANDS = (show_command, redact_command)
