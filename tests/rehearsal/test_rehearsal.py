"""A whole exchange on one machine: what it leaves behind, and what it promises about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from homeward.exchange.verdict import judge_file
from homeward.office.beginning import open_office
from homeward.record import read_record
from homeward.rehearsal import RehearsalError, WaitingError, demo, half_demo, rehearse, write_sheets
from tests.rehearsal.conftest import SEED, Rehearsed, quiet


def test_every_party_has_the_same_record_byte_for_byte(rehearsed: Rehearsed) -> None:
    assert set(rehearsed.result.records) == {"UA", "RU", "NEUTRAL"}
    assert len({path.read_bytes() for path in rehearsed.result.records.values()}) == 1


def test_the_record_verifies_alone_as_complete_with_no_act_without_effect(rehearsed: Rehearsed) -> None:
    verdict = judge_file(rehearsed.result.records["UA"])
    assert (verdict.kind, verdict.exit_code) == ("complete", 0)
    assert verdict.summary is not None
    assert verdict.summary.void == ()


def test_everybody_planned_ends_in_exactly_one_column(rehearsed: Rehearsed) -> None:
    summary = rehearsed.result.verdict.summary
    assert summary is not None
    for stage in summary.stages:
        for columns in stage.balance.values():
            ends = sum(count for name, count in columns.items() if name not in {"planned", "reserves_called"})
            assert ends == columns["planned"] + columns["reserves_called"]


def test_each_planted_incident_is_a_deviation_that_two_parties_signed(rehearsed: Rehearsed) -> None:
    summary = rehearsed.result.verdict.summary
    assert summary is not None
    kinds = sorted(each.kind for each in summary.deviations)
    assert kinds == ["DEATH_IN_TRANSIT", "NON_DELIVERY", "REFUSAL_AT_LINE", "SUBSTITUTION"]
    assert all(each.agreed_by is not None and each.agreed_by != each.by for each in summary.deviations)


def test_every_name_on_both_lists_has_exactly_one_answer(rehearsed: Rehearsed) -> None:
    summary = rehearsed.result.verdict.summary
    assert summary is not None
    assert all(sum(each.answers.values()) == each.count for each in summary.lists)


def test_no_name_stands_in_anything_that_passes_or_is_published(rehearsed: Rehearsed) -> None:
    names = {
        part.casefold()
        for person in rehearsed.truth.persons.values()
        for name in person.names.values()
        for part in (name.surname, name.patronymic)
        if len(part) >= 5
    }
    assert len(names) > 40
    record = read_record(rehearsed.result.records["UA"])
    public = [record.terms, b"\n".join(record.acts), record.heads, *record.lists.values()]
    public += [rehearsed.result.report.read_bytes(), (rehearsed.result.folder / "what-happened.csv").read_bytes()]
    public += [str(path).encode() for path in rehearsed.folder.rglob("*")]
    text = b"\n".join(public).decode("utf-8").casefold()
    assert [name for name in names if name in text] == []


def test_the_same_seed_gives_the_same_bytes(rehearsed: Rehearsed, tmp_path: Path) -> None:
    again = demo(tmp_path / "exchange", people=12, seed=SEED, progress=quiet)
    assert again.report.read_bytes() == rehearsed.result.report.read_bytes()
    assert again.records["UA"].read_bytes() == rehearsed.result.records["UA"].read_bytes()
    assert again.table == rehearsed.result.table


def test_a_changed_byte_anywhere_in_the_record_is_found(rehearsed: Rehearsed) -> None:
    data = rehearsed.result.records["UA"].read_bytes()
    step = len(data) // 60
    for place in range(step // 2, len(data), step):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert judge_file(changed).exit_code in {1, 3}, place


def test_a_changed_act_is_named_by_its_number(rehearsed: Rehearsed) -> None:
    record = read_record(rehearsed.result.records["UA"])
    lines = list(record.acts)
    number = next(index for index, line in enumerate(lines) if b'"act":"received"' in line)
    lines[number] = lines[number].replace(b'"received"', b'"refused"', 1)
    from dataclasses import replace

    from homeward.exchange.verdict import judge

    verdict = judge(replace(record, acts=tuple(lines)))
    assert (verdict.kind, verdict.record.index) == ("changed", number)
    assert str(number) in verdict.text("en").splitlines()[-1]
    assert str(number) in verdict.text("uk").splitlines()[-1]


def test_a_rehearsal_waits_for_two_officers_and_leaves_nothing_half_made(rehearsed: Rehearsed, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(rehearsed.folder, folder, ignore=shutil.ignore_patterns("rehearsal", "review.xlsx", "ids.csv"))
    with pytest.raises(WaitingError) as waiting:
        rehearse(folder, folder / "rehearsal", seed=SEED, progress=quiet)
    write_sheets(waiting.value)
    assert sorted(sheet.parent.name for sheet in waiting.value.sheets) == ["RU", "UA"]
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert left == {
        *("INVENTED.txt", "terms.toml", "incidents.csv", "interviews.csv"),
        *("UA/held.xlsx", "UA/register.xlsx", "UA/review.xlsx", "UA/ids.csv"),
        *("RU/held.xlsx", "RU/register.csv", "RU/review.xlsx", "RU/ids.csv"),
    }
    for party in ("UA", "RU"):
        shutil.copy(rehearsed.folder / party / "review.xlsx", folder / party / "review.xlsx")
    assert rehearse(folder, folder / "rehearsal", seed=SEED, progress=quiet).verdict.kind == "complete"


def test_an_older_result_stays_when_the_new_run_fails(rehearsed: Rehearsed, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(rehearsed.folder, folder)
    before = (folder / "rehearsal" / "report.html").read_bytes()
    (folder / "incidents.csv").write_text("stage,kind,party\nday9,LATE,UA\n", "utf-8")
    with pytest.raises(RehearsalError, match=r"incidents\.csv, line 2: stage must be one of: day1, day2, day3"):
        rehearse(folder, folder / "rehearsal", seed=SEED, progress=quiet)
    assert (folder / "rehearsal" / "report.html").read_bytes() == before
    assert [path for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_is_no_result_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(RehearsalError, match="no result of a rehearsal"):
        rehearse(tmp_path, tmp_path / "mine", progress=quiet)
    with pytest.raises(RehearsalError, match="holds no demo"):
        demo(tmp_path, people=12, progress=quiet)


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("terms.toml", r"there is no terms\.toml"),
        ("UA/held.xlsx", r"UA/held\.xlsx is missing"),
        ("RU/register.csv", r"RU/register\.xlsx is missing"),
    ],
)
def test_a_missing_file_is_named_with_what_to_do(rehearsed: Rehearsed, tmp_path: Path, missing: str, says: str) -> None:
    folder = tmp_path / "own"
    shutil.copytree(rehearsed.folder, folder, ignore=shutil.ignore_patterns("rehearsal"))
    (folder / missing).unlink()
    with pytest.raises(RehearsalError, match=says):
        rehearse(folder, folder / "rehearsal", progress=quiet)


def test_terms_for_several_parties_are_refused_with_another_way(tmp_path: Path) -> None:
    example = next((Path(__file__).parents[2] / "examples" / "terms").glob("ankara*.toml"))
    shutil.copy(example, tmp_path / "terms.toml")
    with pytest.raises(RehearsalError, match="homeward plan"):
        rehearse(tmp_path, tmp_path / "rehearsal", progress=quiet)


def test_an_exchange_played_half_way_stands_between_two_stages_in_every_office(tmp_path: Path) -> None:
    half = half_demo(tmp_path / "half", people=12, stages=1, progress=quiet)
    for code in ("UA", "RU", half.neutral):
        with open_office(half.folder / code, lambda: "2025-05-24T06:00:00Z") as office:
            states = [office.state.stages[stage.id].state for stage in office.terms.stages]
            assert states == ["CLOSED", "WAITING", "WAITING"]
            assert office.state.void == []
