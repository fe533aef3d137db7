"""Two keepers release from their own offices: shares come by file, both sign, and only then a list goes anywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from homeward.office import going, releasing
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.own_lists import open_received, people_of
from homeward.office.releasing import hand_over, is_handed_over, keepers_here, release_alone, share_file, take_shares
from homeward.record import Store
from homeward.record.entropy import seeded
from homeward.record.shares import LodgingError
from tests.office.reveal_world import Table
from tests.record.world import SCRATCH


@pytest.fixture(scope="module")
def kept() -> Iterator[tuple[Path, Table]]:
    """Both lists lodged with both keepers; the folder of all offices, and the table they were made at."""
    folder = Path(mkdtemp(dir=SCRATCH))
    table = Table(folder / "table")
    table.commit()
    table.hand_over()
    table.lodge()
    for office in table.offices.values():
        office.close()
    yield folder / "table", table
    shutil.rmtree(folder)


@pytest.fixture
def table(kept: tuple[Path, Table], tmp_path: Path) -> Iterator[Table]:
    folder, made = kept
    shutil.copytree(folder, tmp_path / "table")
    for code in made.offices:
        made.offices[code] = Office.open(tmp_path / "table" / code, code, made.neutral.clock)
    made.carrier.neutral = made.neutral
    made.carrier.parties = {code: office for code, office in made.offices.items() if code != "NEUTRAL"}
    yield made
    for office in made.offices.values():
        office.close()


def released(table: Table) -> str:
    """The neutral has the other's shares and has signed; the other keeper has heard of it."""
    take_shares(table.neutral, share_file(table.offices["TR"], seeded("shares")))
    leaf = release_alone(table.neutral)
    table.carrier.round()
    return leaf


def test_each_keeper_stays_at_its_office_and_the_lists_are_the_ones_that_were_committed_to(table: Table) -> None:
    tr = table.offices["TR"]
    assert keepers_here(table.neutral) == ("NEUTRAL",)
    leaf = released(table)
    assert keepers_here(table.neutral) == ("NEUTRAL", "TR")
    with pytest.raises(LodgingError, match="not every keeper has agreed"):
        hand_over(table.neutral, seeded("hand"))
    assert not is_handed_over(table.neutral)
    tr.agree(leaf)
    table.carrier.round()
    assert hand_over(table.neutral, seeded("hand")) == ("RU", "UA")
    assert is_handed_over(table.neutral)
    table.carrier.round(outward={party: going.files_for(table.neutral, party) for party in ("UA", "RU")})
    for list_id in table.lists:
        receiver = table.receiver(list_id)
        open_received(receiver, list_id)
        assert len(people_of(receiver, list_id)) == 2
        assert receiver.state.lists[list_id].state == "RELEASED"


def test_without_the_other_keepers_shares_nothing_is_opened_and_nothing_said(table: Table) -> None:
    with pytest.raises(LodgingError, match="shares of TR are not here"):
        release_alone(table.neutral)
    assert not table.neutral.store.pending()


def test_a_file_of_shares_is_read_by_the_neutral_alone_and_any_other_file_is_refused(table: Table) -> None:
    tr = table.offices["TR"]
    data = share_file(tr, seeded("shares"))
    for other, wrong in ((tr, data), (table.neutral, data[:-40]), (table.neutral, b"a letter"), (table.neutral, b"")):
        with pytest.raises(LodgingError):
            take_shares(other, wrong)
    assert keepers_here(table.neutral) == ("NEUTRAL",)
    with pytest.raises(LodgingError, match="beside the neutral"):
        share_file(table.neutral, seeded("shares"))


def test_shares_are_not_brought_before_all_lists_are_lodged_and_cosigned(tmp_path: Path) -> None:
    table = Table(tmp_path)
    table.commit()
    table.hand_over()
    table.lodge(keepers=("NEUTRAL",))
    with pytest.raises(LodgingError, match="not lodged with every keeper"):
        share_file(table.offices["TR"], seeded("shares"))
    for office in table.offices.values():
        office.close()


class PowerCutError(Exception):
    """The machine stops here."""


def test_cut_off_at_any_write_each_step_is_finished_by_running_it_again(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    data = share_file(table.offices["TR"], seeded("shares"))

    def cut_off_everywhere(step: object, most: int) -> None:
        for writes in range(most):
            left = [writes]

            def counted(real: object) -> object:
                def write(*args: object, **more: object) -> object:
                    if not left[0]:  # noqa: B023 - used up before the next turn.
                        raise PowerCutError
                    left[0] -= 1  # noqa: B023
                    return real(*args, **more)  # type: ignore[operator]

                return write

            with monkeypatch.context() as patched:
                patched.setattr(releasing, "write_whole", counted(write_whole))
                patched.setattr(going, "write_whole", counted(write_whole))
                patched.setattr(Store, "write", counted(Store.write))
                try:
                    step()  # type: ignore[operator]
                except PowerCutError:
                    continue
                break
        step()  # type: ignore[operator]

    cut_off_everywhere(lambda: take_shares(table.neutral, data), 3)
    cut_off_everywhere(lambda: release_alone(table.neutral), 3)
    assert len(table.neutral.store.pending()) == 1, "the release is said once"
    table.carrier.round()
    (leaf,) = (leaf for leaf, each in table.neutral.state.proposals.items() if each.entry.act == "lists-released")
    table.offices["TR"].agree(leaf)
    table.carrier.round()
    cut_off_everywhere(lambda: hand_over(table.neutral, seeded("hand")), 5)
    assert is_handed_over(table.neutral)
    assert not table.neutral.store.pending()
