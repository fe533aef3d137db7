"""Steps of an office that were cut off at any moment and run again leave what one undisturbed run leaves.

Every step is made of writes: a file, or a line into the outbox. Each test cuts a step off after its first write, after its second,
and so on, as a power cut would; runs it again; and compares what is signed with what an undisturbed office signs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from homeward.lists import Answer
from homeward.office.answering import answer, open_answers
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.mail import receive, send
from homeward.office.own_lists import lodge, open_received, people_of, release
from homeward.record import Store, hand_in, make_head, parse_line, take_in
from homeward.record.entropy import seeded
from tests.office.reveal_world import Table
from tests.record.world import SCRATCH


class PowerCutError(Exception):
    """The machine stops here."""


@cache
def _released() -> tuple[Path, Table]:
    folder = Path(mkdtemp(dir=SCRATCH))
    table = Table(folder / "table")
    table.commit()
    table.hand_over()
    shutil.copytree(folder / "table", folder / "committed")
    table.lodge()
    shutil.copytree(folder / "table", folder / "lodged")
    handed = release(table.keeping(), seeded("release"))
    table.carrier.round(outward=handed)
    shutil.copytree(folder / "table", folder / "released")
    for list_id in table.lists:
        open_received(table.receiver(list_id), list_id)
    table.carrier.round()
    shutil.copytree(folder / "table", folder / "opened")
    for list_id in table.lists:
        sent = answer(table.receiver(list_id), list_id, answers(table.receiver(list_id), list_id), seeded("answers"))
        table.carrier.round(inward={table.receiver(list_id).party: sent}, outward={table.holder(list_id).party: sent})
    shutil.copytree(folder / "table", folder / "answered")
    return folder, table


def answers(office: Office, list_id: str) -> list[Answer]:
    codes = ("ACKNOWLEDGED_HELD", "NOT_HELD")
    return [Answer(person.id, codes[number % 2]) for number, person in enumerate(people_of(office, list_id))]


@pytest.fixture(scope="module", autouse=True)
def _clean() -> Iterator[None]:
    yield
    if _released.cache_info().currsize:
        folder, table = _released()
        for office in table.offices.values():
            office.close()
        shutil.rmtree(folder)


def opened(stage: str, target: Path, *codes: str) -> list[Office]:
    """Copies of these offices as they stood after a stage."""
    folder, table = _released()
    clock = table.neutral.clock
    shutil.rmtree(target, ignore_errors=True)
    return [Office.open(Path(shutil.copytree(folder / stage / code, target / code)), code, clock) for code in codes]


def cut_after(writes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let so many writes happen, and stop at the next one."""
    left = [writes]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def write(*args: object, **more: object) -> object:
            if not left[0]:
                raise PowerCutError
            left[0] -= 1
            return real(*args, **more)

        return write

    for name in ("answering", "mail", "own_lists"):
        monkeypatch.setattr(f"homeward.office.{name}.write_whole", counted(write_whole))
    monkeypatch.setattr(Store, "write", counted(Store.write))
    monkeypatch.setattr(Store, "keep_file", counted(Store.keep_file))


def signed(office: Office) -> list[tuple[str, object]]:
    """What the office's outbox says, without times, counts and hashes of files that are sealed anew each time."""
    found = []
    for line in office.store.pending():
        act = parse_line(line)
        own = {name: value for name, value in act.fields.items() if name not in {"at", "n", "prev", "seen", "digest", "of"}}
        found.append((act.kind, own))
    return found


def _lodge(offices: list[Office]) -> None:
    lodge(offices[0], min(offices[0].state.lists))


def _release(offices: list[Office]) -> None:
    assert set(release(offices, seeded("again"))) == {"UA", "RU"}


def _open(offices: list[Office]) -> None:
    open_received(offices[0], _list_of(offices[0]))


def _answer(offices: list[Office]) -> None:
    list_id = _list_of(offices[0])
    assert answer(offices[0], list_id, answers(offices[0], list_id), seeded("answers"))


def _open_answers(offices: list[Office]) -> None:
    open_answers(offices[0], next(name for name, each in offices[0].state.lists.items() if offices[0].party in each.holders))


def _list_of(office: Office) -> str:
    return next(name for name, each in office.state.lists.items() if office.party in each.receivers)


@pytest.mark.parametrize(
    ("stage", "codes", "step"),
    [
        ("committed", ("NEUTRAL",), _lodge),
        ("lodged", ("NEUTRAL", "TR"), _release),
        ("released", ("UA",), _open),
        ("opened", ("UA",), _answer),
        ("answered", ("RU",), _open_answers),
    ],
)
def test_a_step_that_was_cut_off_anywhere_is_finished_and_signs_nothing_twice(
    stage: str, codes: tuple[str, ...], step: Callable[[list[Office]], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = opened(stage, tmp_path / "whole", *codes)
    step(undisturbed)
    expected = [signed(office) for office in undisturbed]
    assert any(expected)
    for writes in range(40):
        with monkeypatch.context() as patch:
            cut_after(writes, patch)
            offices = opened(stage, tmp_path / "cut", *codes)
            try:
                step(offices)
                finished = True
            except PowerCutError:
                finished = False
            for office in offices:
                office.close()
        offices = [Office.open(tmp_path / "cut" / code, code, undisturbed[0].clock) for code in codes]
        step(offices)
        assert [signed(office) for office in offices] == expected, f"cut off after {writes} writes"
        for office in offices:
            office.close()
        if finished:
            break
    assert finished
    assert writes > 1, "the step was cut off at least once in its middle"
    for office in undisturbed:
        office.close()


def test_an_answer_that_changed_is_signed_again_and_the_others_are_not(tmp_path: Path) -> None:
    (office,) = opened("answered", tmp_path, "UA")
    list_id = _list_of(office)
    before = answers(office, list_id)
    changed = [Answer(before[0].entry_id, "NOT_HELD"), *before[1:]]
    answer(office, list_id, changed, seeded("changed"))
    assert [kind for kind, _ in signed(office)] == ["answered", "answers-sent"]
    answer(office, list_id, changed, seeded("once more"))
    assert [kind for kind, _ in signed(office)] == ["answered", "answers-sent"]
    office.close()


def test_the_file_that_an_act_names_is_still_here_after_the_act(tmp_path: Path) -> None:
    (office,) = opened("opened", tmp_path, "UA")
    list_id = _list_of(office)
    first = answer(office, list_id, answers(office, list_id), seeded("one chance"))
    assert answer(office, list_id, answers(office, list_id), seeded("another chance")) == first
    office.close()


def test_a_delivery_cut_off_at_any_write_loses_nothing_of_what_is_delivered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note of what was sent comes after the file: noted before it, the acts of a parcel that was never written are skipped."""
    for writes in range(3):
        neutral, party = opened("committed", tmp_path, "NEUTRAL", "UA")
        lodge(neutral, min(neutral.state.lists))
        take_in(neutral.store, hand_in(neutral.store))
        assert neutral.keys.log is not None
        make_head(neutral.store, neutral.keys.log)
        size = neutral.store.size
        assert party.store.size < size
        with monkeypatch.context() as patched:
            cut_after(writes, patched)
            if writes < 2:
                with pytest.raises(PowerCutError):
                    send(neutral, "UA")
            else:
                send(neutral, "UA")
        receive(party, send(neutral, "UA"))
        if writes == 2:
            assert party.store.size < size, "after a whole delivery the next one goes on from there"
        for parcel in sorted((neutral.folder / "outbox").iterdir()):
            receive(party, parcel)
        assert party.store.size == size, f"cut off after {writes} writes"
        for office in (neutral, party):
            office.close()
