"""The demo: an invented exchange, put into a folder as a user would, and rehearsed like any other.

Everybody in it is invented. The two officers of each side are invented too: they fill in the review sheets that the rehearsal
leaves, knowing the truth about the invented people, and are now and then unsure. Then the same rehearsal runs again, to its end.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from homeward.invented import Truth, invented_decisions, write_exchange
from homeward.lists import Pair, write_review
from homeward.people import Progress
from homeward.rehearsal.errors import RehearsalError, WaitingError
from homeward.rehearsal.run import HalfWay, Result, play_half, rehearse

#: The seed of the demo when none is given, so that a newcomer sees what the README shows.
DEFAULT_SEED = "2025"

_OFFICERS = ("Officer A", "Officer B")


def demo(folder: Path, *, people: int = 1000, seed: str | None = None, language: str = "en", progress: Progress) -> Result:
    """Invent an exchange of `people` for `people`, write it into `folder`, and rehearse it there. `folder` must be new or empty."""
    output = folder / "rehearsal"
    truth = _invent(folder, people, seed, progress)
    try:
        return rehearse(folder, output, seed=seed, language=language, invented=True, progress=progress)
    except WaitingError as waiting:
        _fill_in(folder, waiting, truth, language, progress)
    return rehearse(folder, output, seed=seed, language=language, invented=True, progress=progress)


def half_demo(folder: Path, *, people: int = 1000, stages: int = 1, language: str = "en", progress: Progress) -> HalfWay:
    """Invent an exchange as `demo` does and play it until `stages` of its stages are closed: `folder/offices` can be gone on with."""
    truth = _invent(folder, people, None, progress)
    output = folder / "offices"
    try:
        return play_half(folder, output, stages=stages, progress=progress)
    except WaitingError as waiting:
        _fill_in(folder, waiting, truth, language, progress)
    return play_half(folder, output, stages=stages, progress=progress)


def _invent(folder: Path, people: int, seed: str | None, progress: Progress) -> Truth:
    if folder.exists() and any(folder.iterdir()) and not (folder / "INVENTED.txt").exists():
        raise RehearsalError(f"{folder}: this folder is not empty and holds no demo; choose another with -o")
    folder.mkdir(parents=True, exist_ok=True)
    progress("inventing people and lists", 0, 0)
    (folder / "INVENTED.txt").write_text("Everybody in these files is invented by Homeward's generator.\n", "utf-8")
    truth = write_exchange(folder, people=people, seed=seed or DEFAULT_SEED)
    for sheet in folder.glob("*/review.xlsx"):
        sheet.unlink()
    return truth


def _fill_in(folder: Path, waiting: WaitingError, truth: Truth, language: str, progress: Progress) -> None:
    progress("two invented officers of each side decide", 0, 0)
    for sheet, pairs in waiting.asked.items():
        write_review(sheet, pairs, language=language, filled=_decisions(pairs, truth, _ids(folder)))


def _ids(folder: Path) -> dict[str, str]:
    """Id of the exchange → id of the row in its holder's list."""
    found = {}
    for path in sorted(folder.glob("*/ids.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found.update({row["person"]: row["row"] for row in csv.DictReader(file)})
    return found


def _decisions(pairs: Sequence[Pair], truth: Truth, ids: dict[str, str]) -> dict[str, tuple[str, str, str, str]]:
    """What the two invented officers write into a review sheet, pair by pair."""
    with_somebody = [
        (ids.get(pair.left.id, pair.left.id), ids.get(pair.right_id, pair.right_id)) for pair in pairs if pair.right
    ]
    words = iter(invented_decisions(truth, with_somebody))
    known = {row.id for rows in truth.held.values() for row in rows if row.register_id is not None}
    filled = {}
    for pair in pairs:
        if pair.right is not None:
            first, second = next(words)
        else:
            # The machine found nobody: the officers know whether their register has this person after all.
            first = second = "unsure" if ids.get(pair.left.id) in known else "different"
        filled[pair.id] = (first, _OFFICERS[0], second, _OFFICERS[1])
    return filled
