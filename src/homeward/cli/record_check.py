"""`homeward record verify` and `compare`: is this record what was signed, and do two copies say the same?

Both only read. `verify` leaves the exit code of the verdict (0 complete, 1 changed, 2 incomplete, 3 unreadable), `compare` leaves
0 for the same acts, 1 for two versions (or two exchanges), 2 when one copy is the beginning of the other.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from homeward.cli.options import LANGUAGE, QUIET
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.progress import steps_on_terminal
from homeward.cli.record_files import open_record, reading
from homeward.cli.record_words import t

if TYPE_CHECKING:
    from homeward.record import Verdict

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command("verify")
@FILE
@click.option(
    "--card", metavar="DIGITS", help="The 40 digits of the terms as they were read aloud; compared with the record's."
)
@click.option(
    "--seal", is_flag=True, help="Only ask whether these are the bytes that all parties cosigned; far quicker, see below."
)
@LANGUAGE
@QUIET
@json_option
def verify_command(file: Path, *, card: str | None, seal: bool, language: str, quiet: bool, as_json: bool) -> None:
    """Check FILE and say what happened in it. Needs no network, no configuration, and writes nothing.

    With --seal it is only asked whether FILE is, byte for byte, what all parties cosigned: hashes and the signatures of the heads,
    not the rules and the signatures of every act, which no party cosigns before it has checked them.
    """
    digits = _digits(card)
    if seal:
        _check_seal(file, digits, language, as_json=as_json)
    from homeward.exchange.verdict import judge_file

    with reading(file, as_json=as_json), steps_on_terminal(quiet=quiet or as_json) as steps:
        verdict = judge_file(file, steps)
    _say(
        verdict.as_json(),
        verdict.text(language),
        Exit(verdict.exit_code),
        verdict.record,
        digits=digits,
        language=language,
        as_json=as_json,
    )


def _check_seal(file: Path, digits: str | None, language: str, *, as_json: bool) -> NoReturn:
    from homeward.record.seal_check import check_seal_of_file

    with reading(file, as_json=as_json):
        verdict = check_seal_of_file(file)
    what = verdict.findings[0].text if verdict.findings else ""
    who = ", ".join(verdict.cosigned)
    text = t(f"seal_{verdict.kind}", language, acts=verdict.acts, size=verdict.last_full, who=who, what=what)
    found = {"verdict": verdict.kind, "exit_code": verdict.exit_code, "record": asdict(verdict)}
    _say(found, text, Exit(verdict.exit_code), verdict, digits=digits, language=language, as_json=as_json)


def _say(
    found: dict[str, Any], text: str, code: Exit, verdict: Verdict, *, digits: str | None, language: str, as_json: bool
) -> NoReturn:
    """Finish with what was found, and with what was found about the digits that were read aloud."""
    if digits is not None and verdict.card:
        same = digits == verdict.card.replace(" ", "")
        found["card_matches"] = same
        text += "\n" + t("card_same" if same else "card_differs", language)
        if not same:
            code = Exit.STOP
    finish(found, text, as_json=as_json, code=code)


def _digits(card: str | None) -> str | None:
    if card is None:
        return None
    digits = "".join(card.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 40):
        raise click.UsageError("--card takes the 40 digits of the terms, in groups or not")
    return digits


@click.command("compare")
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@LANGUAGE
@QUIET
@json_option
def compare_command(first: Path, second: Path, *, language: str, quiet: bool, as_json: bool) -> None:
    """Say where two copies of a record first differ, and whose keys cosigned which of them.

    Both copies are verified first: only a copy that is itself unchanged says who signed it.
    """
    from homeward.record import Comparison, compare, verify

    with steps_on_terminal(quiet=quiet or as_json) as steps:
        records, verdicts = [], []
        for path in (first, second):
            with reading(path, as_json=as_json):
                records.append(open_record(path, as_json=as_json))
                verdicts.append(verify(records[-1], progress=steps))
    comparison: Comparison = compare(records[0], records[1])
    lines = [_relation(comparison, first, second, [verdict.acts for verdict in verdicts], language)]
    signed = []
    for path, verdict, names in zip(
        (first, second), verdicts, (comparison.signed_first, comparison.signed_second), strict=True
    ):
        sound = verdict.kind in {"unchanged", "incomplete"}
        signed.append(list(names) if sound else None)
        if not sound:
            lines.append(t("copy_changed", language, file=path.name, what=verdict.findings[0].text))
        elif comparison.relation == "split":
            who = ", ".join(names) or t("nobody", language)
            lines.append(t("cosigned", language, file=path.name, index=comparison.index, who=who))
    believed = all(each is not None for each in signed)
    if believed and comparison.both:
        lines.append(t("both", language, who=", ".join(comparison.both)))
    found: dict[str, Any] = {
        "relation": comparison.relation,
        "index": comparison.index,
        "first": {"file": first.name, "verdict": verdicts[0].kind, "acts": verdicts[0].acts, "signed_by": signed[0]},
        "second": {"file": second.name, "verdict": verdicts[1].kind, "acts": verdicts[1].acts, "signed_by": signed[1]},
        "signed_both": list(comparison.both) if believed else None,
    }
    same = comparison.relation == "same"
    longer = comparison.relation in {"first-longer", "second-longer"}
    code = Exit.DONE if same else Exit.UNFINISHED if longer else Exit.STOP
    kinds = {verdict.kind for verdict in verdicts}
    code = Exit.UNREADABLE if "unreadable" in kinds else Exit.STOP if "changed" in kinds else code
    finish(found, "\n".join(lines), as_json=as_json, code=code)


def _relation(comparison: Any, first: Path, second: Path, acts: list[int], language: str) -> str:
    match comparison.relation:
        case "same":
            return t("same", language, acts=acts[0])
        case "terms":
            return t("other_terms", language)
        case "split":
            return t("split", language, index=comparison.index)
        case "first-longer":
            return t("longer", language, longer=first.name, shorter=second.name, acts=acts[1], more=acts[0] - acts[1])
        case _:
            return t("longer", language, longer=second.name, shorter=first.name, acts=acts[0], more=acts[1] - acts[0])


COMMANDS = (verify_command, compare_command)
