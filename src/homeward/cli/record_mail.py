"""`homeward record send`, `receive`, `head`, `cosign`, `export`, `import`: how offices come to hold the same record, by file.

A round: every office `send`s to the neutral, who `receive`s, makes a `head` and `send`s to all; they `receive`, `cosign` and
`send`; the neutral receives and sends once more. Every file may be taken in twice, late, or out of order; what waits for
something before it is kept and tried again with the next file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from homeward.cli.options import LANGUAGE, pairs_of
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.record_files import open_record, reading, writing
from homeward.cli.record_offices import OFFICE, at_office
from homeward.cli.record_words import t
from homeward.office.beginning import need
from homeward.office.desk import Office
from homeward.office.going import files_for
from homeward.office.mail import cosign_now, head_and_cosign, receive, send
from homeward.office.whole_record import forget_what_was_sent, take_in_record
from homeward.record import Report, hand_in, save_record, standing, take_in, to_record
from homeward.record.keys import Kind


def log_own(office: Office) -> list[str]:
    """The neutral's own acts go into the log without travelling. Gives what may not stand there, in words."""
    return take_in(office.store, hand_in(office.store)).refused if office.store.keeps_log else []


def _end(found: dict[str, Any], text: str, refused: list[str], language: str, *, as_json: bool) -> None:
    """Finish, with exit code 1 where acts of the neutral itself were refused."""
    lines = [text, *(t("refused", language, what=sentence) for sentence in refused)]
    code = Exit.STOP if refused else Exit.DONE
    finish({**found, "refused": refused}, "\n".join(lines), as_json=as_json, code=code)


@click.command("send")
@OFFICE
@click.argument("to")
@click.option("--file", "files", metavar="NAME=FILE", multiple=True, help="A list or sealed file that goes along.")
@click.option("--whole", is_flag=True, help="For the neutral: everything from the first act, for a party that lost something.")
@LANGUAGE
@json_option
def send_command(folder: Path, to: str, *, files: tuple[str, ...], whole: bool, language: str, as_json: bool) -> None:
    """Write a parcel with what the party TO should have into the outbox of OFFICE, to be carried there."""
    extra = {}
    for name, path in pairs_of(files, "--file").items():
        with reading(path, as_json=as_json):
            extra[name] = path.read_bytes()
    with at_office(folder, as_json=as_json) as office:
        codes = [party.code for party in office.store.charter.signing.parties if party.code != office.party]
        if to not in codes:
            raise click.UsageError(f"TO is one of {', '.join(codes)}, not {to!r}")
        if whole and not office.store.keeps_log:
            raise click.UsageError("--whole is for the office that keeps the log; others hand in what is not in it yet")
        refused = log_own(office)
        if whole:
            forget_what_was_sent(office, to)
        path = send(office, to, {**files_for(office, to), **extra})
        heads = office.store.heads()
        bare = office.store.size - (heads[-1].head.size if heads else 0) if office.store.keeps_log else 0
    text = t("sent", language, file=path) + (f"\n{t('no_head_yet', language, acts=bare)}" if bare else "")
    _end({"parcel": str(path), "acts_without_head": bare}, text, refused, language, as_json=as_json)


@click.command("receive")
@OFFICE
@click.argument("parcels", metavar="PARCEL...", type=click.Path(path_type=Path), nargs=-1, required=True)
@LANGUAGE
@json_option
def receive_command(folder: Path, parcels: tuple[Path, ...], *, language: str, as_json: bool) -> None:
    """Take parcels in, after every check. Doing it twice, late or out of order is safe.

    Exit code 1: something in a parcel was refused. 2: something waits for acts that have not arrived.
    """
    reports = []
    with at_office(folder, as_json=as_json) as office:
        for path in parcels:
            with reading(path, as_json=as_json):
                path.open("rb").close()
            reports.append(receive(office, path))
        size = office.store.size
    _report(parcels, reports, size, language, as_json=as_json)


@click.command("import")
@OFFICE
@click.argument("file", type=click.Path(path_type=Path))
@LANGUAGE
@json_option
def import_command(folder: Path, file: Path, *, language: str, as_json: bool) -> None:
    """Take in FILE, a record or a parcel, into the copy of OFFICE. Doing it twice is safe."""
    with reading(file, as_json=as_json), file.open("rb") as stream:
        is_record = stream.read(4) == b"PK\3\4"
    record = open_record(file, as_json=as_json) if is_record else None
    with at_office(folder, as_json=as_json) as office:
        report = receive(office, file) if record is None else take_in_record(office, record)
        size = office.store.size
    _report((file,), [report], size, language, as_json=as_json)


def _report(parcels: tuple[Path, ...], reports: list[Report], size: int, language: str, *, as_json: bool) -> None:
    lines, found = [], []
    for path, report in zip(parcels, reports, strict=True):
        lines.append(t("taken_in", language, file=path.name, acts=report.acts, signatures=report.signatures))
        lines += [f"  {t('refused', language, what=sentence)}" for sentence in report.refused]
        found.append({
            "file": str(path), "acts": report.acts, "signatures": report.signatures, "refused": report.refused,
            "waiting": report.waiting, "needs": report.needs, "files": sorted(report.files),
        })  # fmt: skip
    last = reports[-1]
    if last.waiting:
        lines.append(t("waiting", language, waiting=last.waiting, needs="?" if last.needs is None else last.needs))
    lines.append(t("size", language, acts=size))
    refused = any(report.refused for report in reports)
    code = Exit.STOP if refused else Exit.UNFINISHED if last.waiting else Exit.DONE
    finish({"acts": size, "parcels": found}, "\n".join(lines), as_json=as_json, code=code)


@click.command("head")
@OFFICE
@LANGUAGE
@json_option
def head_command(folder: Path, *, language: str, as_json: bool) -> None:
    """For the neutral: put waiting acts into the log, make a head over all, and cosign it."""
    with at_office(folder, as_json=as_json) as office:
        if office.keys.log is None or not office.store.keeps_log:
            raise click.UsageError(f"the log is kept by {office.store.charter.signing.log.party}, not by {office.party}")
        need(office.keys, Kind.WITNESS)
        refused = log_own(office)
        head_and_cosign(office)
        found = _standing(office)
    _end(found, t("head_made", language, **_words(found, language)), refused, language, as_json=as_json)


@click.command("cosign")
@OFFICE
@LANGUAGE
@json_option
def cosign_command(folder: Path, *, language: str, as_json: bool) -> None:
    """Recompute everything from this office's own copy, and cosign the newest head. Refuses by rule, and says which."""
    with at_office(folder, as_json=as_json) as office:
        need(office.keys, Kind.WITNESS)
        cosign_now(office)
        found = _standing(office)
    finish(found, t("cosigned_now", language, **_words(found, language)), as_json=as_json)


def _standing(office: Office) -> dict[str, Any]:
    stands = standing(office.store.heads()[-1], office.store.ledger)
    return {"head": stands.head.size, "cosigned": sorted(stands.cosigned), "missing": list(stands.missing), "full": stands.full}


def _words(found: dict[str, Any], language: str) -> dict[str, object]:
    missing = ", ".join(found["missing"])
    return {"size": found["head"], "missing": t("still_missing", language, who=missing) if missing else t("full", language)}


@click.command("export")
@OFFICE
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="The record file, such as istanbul.record."
)
@click.option("--settled", is_flag=True, help="End at the last head that all cosigned: then all parties export the same bytes.")
@LANGUAGE
@json_option
def export_command(folder: Path, *, output: Path, settled: bool, language: str, as_json: bool) -> None:
    """Write the record as OFFICE holds it into one file that anybody can verify."""
    with at_office(folder, as_json=as_json) as office:
        record = to_record(office.store, settled=settled)
        with writing(output, as_json=as_json):
            save_record(record, output)
        acts = len(record.leaves) // 32
    finish({"record": str(output), "acts": acts}, t("exported", language, file=output, acts=acts), as_json=as_json)


COMMANDS = (send_command, receive_command, head_command, cosign_command, export_command, import_command)
