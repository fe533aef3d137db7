"""`homeward record disclose` and `check-disclosure`: one person shown to one family, with proof that they stood on the list.

`disclose` is for an office that may read the list; the file it writes holds names and goes to nobody but the one it is for.
`check-disclosure` is for whoever received it: they take the list's root from the record, never from the file.
"""

from __future__ import annotations

from pathlib import Path

import click

from homeward.cli.options import LANGUAGE, QUIET
from homeward.cli.outcome import Exit, fail, finish, json_option
from homeward.cli.progress import steps_on_terminal
from homeward.cli.record_files import open_record, reading, writing
from homeward.cli.record_offices import OFFICE, at_office
from homeward.cli.record_words import t
from homeward.office.files import write_whole
from homeward.record import Act, Record, verify
from homeward.record.disclosure import DisclosureError, check_disclosure, disclose, open_list, parse_public
from homeward.record.note import encode_base64url

#: A disclosure is about 1.5 kB; a larger file is something else.
_MOST_BYTES = 1 << 20


@click.command("disclose")
@OFFICE
@click.argument("list_id", metavar="LIST")
@click.argument("person")
@click.option("--fields", required=True, metavar="A,B", help="The fields to show, such as surname,birth_date.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file for the family.")
@LANGUAGE
@json_option
def disclose_command(
    folder: Path, list_id: str, person: str, *, fields: str, output: Path, language: str, as_json: bool
) -> None:
    """Write a file that shows the chosen fields of one PERSON of LIST, and nothing else, to one reader."""
    chosen = [name.strip() for name in fields.split(",") if name.strip()]
    if not chosen:
        raise click.UsageError("--fields names at least one field")
    with at_office(folder, as_json=as_json) as office:
        lines, opened = office.store.files().get(f"lists/{list_id}"), office.private / f"{list_id}.opened"
        if list_id not in office.terms.sides or lines is None or not opened.exists():
            fail(Exit.UNREADABLE, t("list_not_open", language, list=list_id), as_json=as_json)
        data = disclose(open_list(parse_public(lines), opened.read_bytes()), person, chosen)
        with writing(output, as_json=as_json):
            if output.is_dir():
                raise IsADirectoryError(21, "", str(output))
            write_whole(output, data)
    found = {"file": str(output), "person": person, "list": list_id, "fields": sorted(set(chosen))}
    finish(found, t("disclosed", language, file=output, person=person, fields=", ".join(sorted(set(chosen)))), as_json=as_json)


@click.command("check-disclosure")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("record_file", metavar="RECORD", type=click.Path(path_type=Path))
@LANGUAGE
@QUIET
@json_option
def check_command(file: Path, record_file: Path, *, language: str, quiet: bool, as_json: bool) -> None:
    """Check what FILE shows about one person against RECORD, and print it.

    Exit code 1: it proves nothing. 2: the act that binds the list's holder is not cosigned by all, or is withheld in this copy.
    """
    with reading(file, as_json=as_json), file.open("rb") as stream:
        data = stream.read(_MOST_BYTES)
    record = open_record(record_file, as_json=as_json)
    committed: dict[str, tuple[int, str]] = {}

    def on_act(index: int, act: Act) -> None:
        root, name = act.fields.get("root"), act.fields.get("list")
        if act.kind == "list-committed" and isinstance(root, str) and isinstance(name, str):
            committed.setdefault(name, (index, root))

    with reading(record_file, as_json=as_json), steps_on_terminal(quiet=quiet or as_json) as steps:
        verdict = verify(record, progress=steps, on_act=on_act)
    if verdict.kind not in {"unchanged", "incomplete"}:
        fail(Exit(verdict.exit_code), f"{record_file}: {verdict.findings[0].text}", as_json=as_json)
    roots = {
        name: root for name, (index, root) in committed.items() if index < verdict.last_full and _root_of(record, name) == root
    }
    if not roots:
        fail(Exit.UNFINISHED, t("no_commitment", language), as_json=as_json)
    reason = ""
    for name in roots:
        public = parse_public(record.lists[name])
        try:
            shown = check_disclosure(data, public.root, public.size)
        except DisclosureError as error:
            reason = reason or str(error)
            continue
        index = committed[name][0]
        lines = [t("shown", language, person=shown.person.person, list=name, index=index)]
        lines += [f"  {field:<20}  {value}" for field, value in shown.person.fields.items()]
        found = {
            "person": shown.person.person, "list": name, "committed_by_act": index,
            "category": list(shown.person.category), "fields": dict(shown.person.fields),
        }  # fmt: skip
        finish(found, "\n".join(lines), as_json=as_json)
    fail(Exit.STOP, f"{file}: {reason}", as_json=as_json)


def _root_of(record: Record, name: str) -> str | None:
    try:
        return encode_base64url(parse_public(record.lists[name]).root)
    except (KeyError, DisclosureError):
        return None


COMMANDS = (disclose_command, check_command)
