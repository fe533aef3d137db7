"""`homeward record list`: a list from its holder's file to its receiver's desk, and the answers back.

| step | who | command |
|---|---|---|
| bound before anything is seen | holder | `list commit OFFICE LIST FILE` |
| kept, sealed | every keeper | `list lodge OFFICE LIST` |
| opened to the commitments and released, all or none | the keepers, in one room | `list release OFFICE [OTHER KEEPER'S OFFICE]...` |
| opened and checked once more | receiver | `list open OFFICE LIST -o FILE` |
| every name answered | receiver | `list answer OFFICE LIST ANSWERS` |
| the answers opened | holder | `list open-answers OFFICE LIST -o FILE` |

Between two steps lies a round (`send`, `receive`, `head`, `cosign`). What a step makes goes along with the next parcels by itself.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import click

from homeward.cli.options import DAY, LANGUAGE, MAPPING, SHEET, day_of, read_list
from homeward.cli.outcome import Exit, fail, finish, json_option
from homeward.cli.record_files import writing
from homeward.cli.record_mail import log_own
from homeward.cli.record_offices import OFFICE, at_office
from homeward.cli.record_words import t
from homeward.office.answering import answer, open_answers
from homeward.office.committing import commit_or_finish, is_begun, is_done
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.going import put
from homeward.office.own_lists import lodge, open_received, people_of, release
from homeward.office.said import said

LIST = click.argument("list_id", metavar="LIST")
OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write, for your eyes."
)


@click.group("list")
def list_command() -> None:
    """Commit, lodge, release, open and answer lists."""


def _expect(office: Office, list_id: str, states: set[str], parties: str, language: str, *, as_json: bool) -> None:
    """Stop where this step does not fit: another state of the list, or another party's part."""
    each = office.state.lists.get(list_id)
    if each is None:
        raise click.UsageError(f"LIST is one of {', '.join(office.state.lists)}, not {list_id!r}")
    allowed = {"holder": each.holders, "receiver": each.receivers, "keeper": frozenset(office.keepers)}[parties]
    if office.party not in allowed:
        fail(Exit.STOP, t("list_not_yours", language, list=list_id, who=", ".join(sorted(allowed))), as_json=as_json)
    if each.state not in states:
        fail(Exit.STOP, t("list_in_state", language, list=list_id, state=each.state), as_json=as_json)


@list_command.command("commit")
@OFFICE
@LIST
@click.argument("file", type=click.Path(path_type=Path))
@MAPPING
@SHEET
@DAY
@LANGUAGE
@json_option
def commit_command(
    folder: Path,
    list_id: str,
    file: Path,
    *,
    mapping: Path | None,
    sheet: str | None,
    day: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Bind the holder to its LIST in FILE, before the other side's list is seen. Check it first: `homeward list check`.

    Cut off and run again, it finishes what was begun, with the list as it was given the first time.
    """
    people = read_list(file, mapping, sheet, lambda *_: None).people
    with at_office(folder, as_json=as_json) as office:
        _expect(office, list_id, {"NONE", "COMMITTED"}, "holder", language, as_json=as_json)
        if is_done(office, list_id):
            fail(Exit.STOP, t("list_committed_before", language, list=list_id), as_json=as_json)
        if office.state.state != "AGREED":
            fail(Exit.STOP, t("terms_first", language), as_json=as_json)
        key = "list_finished" if is_begun(office, list_id) else "list_committed"
        count = commit_or_finish(office, list_id, people, on=day_of(day), entropy=os.urandom)
    finish({"list": list_id, "people": count}, t(key, language, list=list_id, people=count), as_json=as_json)


@list_command.command("lodge")
@OFFICE
@LIST
@LANGUAGE
@json_option
def lodge_command(folder: Path, list_id: str, *, language: str, as_json: bool) -> None:
    """For a keeper: say that the sealed LIST is kept here, after looking whether the right share came with it."""
    with at_office(folder, as_json=as_json) as office:
        _expect(office, list_id, {"COMMITTED"}, "keeper", language, as_json=as_json)
        if office.party in office.state.lists[list_id].lodged:
            fail(Exit.STOP, t("waits_already", language), as_json=as_json)
        lodge(office, list_id)
        log_own(office)
    finish({"list": list_id}, t("list_lodged", language, list=list_id), as_json=as_json)


@list_command.command("release")
@OFFICE
@click.argument("others", metavar="[OFFICE]...", type=click.Path(path_type=Path), nargs=-1)
@LANGUAGE
@json_option
def release_command(folder: Path, others: tuple[Path, ...], *, language: str, as_json: bool) -> None:
    """For the keepers, in one room: open all lists to their commitments, and release all or none.

    With one keeper name its office; with two, both offices on one machine that is never on a network.
    """
    with ExitStack() as stack:
        keepers = [stack.enter_context(at_office(path, as_json=as_json)) for path in (folder, *others)]
        first = keepers[0]
        if sorted(keeper.party for keeper in keepers) != sorted(first.keepers):
            fail(Exit.STOP, t("all_keepers", language, who=", ".join(first.keepers)), as_json=as_json)
        # Cut off after it was said, the release is finished by running it again: the lists are handed over, sealed anew.
        again = said(first, "lists-released") is not None
        states = {"COMMITTED", "LODGED", *({"RELEASED"} if again else ())}
        for list_id, each in first.state.lists.items():
            _expect(first, list_id, states, "keeper", language, as_json=as_json)
            if set(each.lodged) != set(first.keepers) or (each.committed_at or 0) >= first.state.full_head:
                fail(Exit.STOP, t("not_lodged", language, list=list_id), as_json=as_json)
        handed = release(keepers, os.urandom)
        # Into the log first, if that is here: the other keepers' assent may arrive there with their next parcel.
        for keeper in keepers:
            log_own(keeper)
        for keeper in keepers:
            if keeper.party == keeper.neutral:
                for party, files in handed.items():
                    put(keeper, [party], files)
    finish({"released": sorted(first.terms.sides)}, t("lists_released", language), as_json=as_json)


@list_command.command("open")
@OFFICE
@LIST
@OUTPUT
@LANGUAGE
@json_option
def open_command(folder: Path, list_id: str, *, output: Path, language: str, as_json: bool) -> None:
    """For the receiver: open a released LIST, check it against its commitment, sign a receipt, and write it as a table.

    The file holds names. Compare it with your register: `homeward list answer`.
    """
    from homeward.people import Field, PeopleFileError, write_table

    if output.suffix.lower() not in {".xlsx", ".csv"}:
        raise click.UsageError("-o takes a name that ends in .xlsx or .csv")
    with at_office(folder, as_json=as_json) as office:
        _expect(office, list_id, {"RELEASED", "FROZEN"}, "receiver", language, as_json=as_json)
        open_received(office, list_id)
        people = people_of(office, list_id)
        fields = [field for field in Field if any(field in person.claims for person in people)]
        rows = [
            [person.id, *(person.claims[field].written if field in person.claims else "" for field in fields)]
            for person in people
        ]
        try:
            write_table(output, ["id", *(field.value for field in fields)], rows)
        except PeopleFileError as error:
            fail(Exit.UNWRITABLE, str(error), as_json=as_json)
    text = t("list_opened", language, list=list_id, people=len(people), file=output)
    finish({"list": list_id, "people": len(people), "file": str(output)}, text, as_json=as_json)


@list_command.command("answer")
@OFFICE
@LIST
@click.argument("answers", type=click.Path(path_type=Path))
@LANGUAGE
@json_option
def answer_command(folder: Path, list_id: str, answers: Path, *, language: str, as_json: bool) -> None:
    """For the receiver: sign an answer for every name of LIST, from the file that `homeward list answer` wrote (JSON)."""
    from homeward.lists import read_answers

    found, _ = read_answers(answers)
    with at_office(folder, as_json=as_json) as office:
        _expect(office, list_id, {"RELEASED"}, "receiver", language, as_json=as_json)
        names = {person.id for person in office.state.people.values() if person.list == list_id}
        if {each.entry_id for each in found} != names or len(found) != len(names):
            fail(Exit.STOP, t("answers_do_not_fit", language, answers=len(found), people=len(names)), as_json=as_json)
        files = answer(office, list_id, found, os.urandom)
        put(office, {office.neutral, *office.state.lists[list_id].holders}, files)
    text = t("list_answered", language, list=list_id, people=len(found))
    finish({"list": list_id, "answers": len(found)}, text, as_json=as_json)


@list_command.command("open-answers")
@OFFICE
@LIST
@OUTPUT
@LANGUAGE
@json_option
def open_answers_command(folder: Path, list_id: str, *, output: Path, language: str, as_json: bool) -> None:
    """For the holder: open the answers to LIST, sign a receipt, and write them as the JSON file that `homeward list` reads."""
    with at_office(folder, as_json=as_json) as office:
        _expect(office, list_id, {"RELEASED", "FROZEN"}, "holder", language, as_json=as_json)
        place = office.private / f"{list_id}.answers.json"
        open_answers(office, list_id)
        with writing(output, as_json=as_json):
            write_whole(output, place.read_bytes())
    finish({"list": list_id, "file": str(output)}, t("answers_opened", language, file=output), as_json=as_json)


COMMANDS = (list_command,)
