"""The rehearsal of a folder from reading to report.

The result is built beside its place and moved there whole: after an error, a full disk or a pulled plug there is either no result
or a whole one. Keys, ids and salts come from a seed, so that a second run (when the review sheets have been filled in) gives
everybody the same id again. Without a seed of the user's own it is made from the files themselves.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from homeward.exchange.verdict import ExchangeVerdict, judge_file
from homeward.lists import QualityReport, check
from homeward.office.files import write_whole
from homeward.people import Progress
from homeward.rehearsal.account import account_of, table_of
from homeward.rehearsal.deciding import Asked, Decided, ask, decide, filled, sheet_of
from homeward.rehearsal.errors import RehearsalError, WaitingError
from homeward.rehearsal.folder import Inputs, read_folder
from homeward.rehearsal.play import Play, entries_to_come
from homeward.report import Report, write_report

#: Marks a folder as the result of a rehearsal, which a later rehearsal may replace.
_MARK = "rehearsal.txt"


@dataclass(frozen=True, slots=True)
class Result:
    """What a rehearsal leaves: where, the verdict, and a table of what happened (rows of text, without names)."""

    folder: Path
    records: Mapping[str, Path]
    report: Path
    verdict: ExchangeVerdict
    table: tuple[tuple[str, ...], ...]
    files_carried: int


@dataclass(frozen=True, slots=True)
class HalfWay:
    """An exchange that stands between two stages: the offices' folders lie in `folder`, one for each code."""

    folder: Path
    inputs: Inputs
    neutral: str
    #: List → what its receiver asked its officers, and what they decided.
    asked: Mapping[str, Asked]
    decided: Mapping[str, Decided]


def rehearse(
    folder: Path,
    output: Path,
    *,
    seed: str | None = None,
    language: str = "en",
    invented: bool = False,
    progress: Progress,
) -> Result:
    """Play the exchange in `folder` and put the result into `output`.

    With a `seed` of the user's own the whole result repeats to the byte; sealed files then have X25519 keys and the last
    head no ML-DSA-44 signatures, because the libraries for the post-quantum kind take no seed. Raises `WaitingError` with the
    pairs that wait for two officers (`deciding.write_sheets` puts them on review sheets), `RehearsalError`, or any room's own
    error for a file that is wrong.
    """
    if output.exists() and not (output / _MARK).exists():
        raise RehearsalError(f"{output}: this exists and is no result of a rehearsal; choose another place with -o")
    inputs = read_folder(folder, progress)
    chosen = seed or _seed_from(inputs)
    asked = _ask(inputs, chosen, progress)
    progress("checking the lists", 0, 0)
    qualities = {
        list_id: check(inputs.parties[holder].held, terms=inputs.terms, side=list_id)
        for list_id, (holder, _) in inputs.sides.items()
    }
    building = output.with_name(f".{output.name}.unfinished")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        play = Play(inputs, building, chosen, post_quantum=seed is None, progress=progress)
        result = _play(play, qualities, asked, language=language, invented=invented)
        _replace(building, output)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return Result(
        output,
        {code: output / path.relative_to(building) for code, path in result.records.items()},
        output / result.report.relative_to(building),
        result.verdict,
        result.table,
        result.files_carried,
    )


def play_half(folder: Path, output: Path, *, stages: int, seed: str | None = None, progress: Progress) -> HalfWay:
    """Play the exchange in `folder` until `stages` of its stages are closed, and leave the offices in `output`, to be gone on with.

    `output` must not exist. Raises what `rehearse` raises.
    """
    if output.exists():
        raise RehearsalError(f"{output}: this exists already; choose another place")
    inputs = read_folder(folder, progress)
    chosen = seed or _seed_from(inputs)
    asked = _ask(inputs, chosen, progress)
    building = output.with_name(f".{output.name}.unfinished")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        play = Play(inputs, building, chosen, post_quantum=seed is None, progress=progress)
        try:
            decided = _until_plan(play, asked)
            incidents = play.incidents()
            for number in range(min(stages, len(play.plan.stages))):
                play.stage(number, incidents)
        finally:
            play.close()
        _replace(building, output)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return HalfWay(output, inputs, play.neutral, asked, decided)


def _until_plan(play: Play, asked: Mapping[str, Asked]) -> dict[str, Decided]:
    """From the keys to the plan; gives what the officers decided."""
    play.found()
    play.commit()
    for list_id, each in asked.items():
        assert list(each.entries) == play.received(list_id), "the receiver reads what the officers decided on"
    decided = {list_id: decide(play.inputs.folder, each, day=play.clock.today.isoformat()) for list_id, each in asked.items()}
    play.answer({list_id: each.answers for list_id, each in decided.items()})
    play.make_plan()
    return decided


def _play(
    play: Play, qualities: Mapping[str, QualityReport], asked: Mapping[str, Asked], *, language: str, invented: bool
) -> Result:
    building, progress = play.folder, play.progress
    try:
        decided = _until_plan(play, asked)
        incidents = play.incidents()
        for number in range(len(play.plan.stages)):
            play.stage(number, incidents)
        play.finish()
    finally:
        play.close()
    records = {code: building / code / f"{code}.record" for code in play.offices}
    progress("verifying", 0, 0)
    verdict = _verify(records)
    progress("writing the report", 0, 0)
    report = account_of(play, qualities, asked, decided, verdict, language=language, invented=invented)
    path = building / "report.html"
    write_report(report, path, language=language)
    table = table_of(report)
    _write_table(building, table, report)
    return Result(building, records, path, verdict, table, play.carrier.carried)


def _seed_from(inputs: Inputs) -> str:
    """A seed from the terms and the lists: the same files give everybody the same id again."""
    digest = hashlib.sha256(inputs.terms.source)
    for code in sorted(inputs.parties):
        digest.update(hashlib.sha256(inputs.parties[code].held.path.read_bytes()).digest())
    return digest.hexdigest()


def _ask(inputs: Inputs, seed: str, progress: Progress) -> dict[str, Asked]:
    """Everything that officers are asked. Raises `WaitingError` with the pairs of those who have not decided yet."""
    asked = {}
    for list_id, (holder, receiver) in inputs.sides.items():
        entries = entries_to_come(inputs, list_id, seed)
        asked[list_id] = ask(
            list_id, receiver, [entry for entry, _ in entries], inputs.parties[receiver].register.people, progress
        )
        _write_ids(inputs.folder / holder / "ids.csv", {entry.id: row for entry, row in entries})
    open_now = [each for each in asked.values() if not filled(inputs.folder, each)]
    if open_now:
        raise WaitingError({sheet_of(inputs.folder, each.receiver): each.pairs for each in open_now})
    return asked


def _write_ids(path: Path, rows: Mapping[str, str]) -> None:
    """For the holder alone: which of its rows is which id of the exchange."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["person", "row"])
    writer.writerows(sorted(rows.items()))
    write_whole(path, stream.getvalue().encode("utf-8"))


def _verify(records: Mapping[str, Path]) -> ExchangeVerdict:
    """Everybody holds the same bytes, and they say what all agreed."""
    contents = {path.read_bytes() for path in records.values()}
    assert len(contents) == 1, "the parties' records differ"
    verdict = judge_file(contents.pop())
    assert verdict.kind == "complete", verdict.text()
    assert verdict.summary is not None
    assert not verdict.summary.void, verdict.text()
    return verdict


def _write_table(building: Path, table: tuple[tuple[str, ...], ...], report: Report) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(table)
    write_whole(building / "what-happened.csv", stream.getvalue().encode("utf-8"), private=False)
    write_whole(building / _MARK, f"A rehearsal with Homeward.\n\n{report.verdict_text}\n".encode(), private=False)


def _replace(building: Path, output: Path) -> None:
    """Put the finished result in its place; an older result goes only when the new one is whole."""
    old = output.with_name(f".{output.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    building.rename(output)
    shutil.rmtree(old, ignore_errors=True)
