"""What threads bring at the same time is written once, together, and one bad item harms no other."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from homeward.bureau.handover.together import Together


def test_whoever_comes_while_another_writes_is_written_in_one_group() -> None:
    groups: list[list[int]] = []
    first_is_writing, go_on = threading.Event(), threading.Event()

    def write_all(group: Sequence[int]) -> list[int]:
        groups.append(sorted(group))
        if not first_is_writing.is_set():
            first_is_writing.set()
            assert go_on.wait(10)
        return [number * 2 for number in group]

    together, results = Together(write_all), dict[int, int]()

    def bring(number: int) -> None:
        results[number] = together.write(number)

    threads = [threading.Thread(target=bring, args=(number,)) for number in range(20)]
    threads[0].start()
    assert first_is_writing.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(together._brought) < 19:
        threading.Event().wait(0.001)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert groups == [[0], list(range(1, 20))]
    assert results == {number: number * 2 for number in range(20)}


def test_an_item_that_cannot_be_written_is_refused_alone() -> None:
    def write_all(group: Sequence[int]) -> list[int]:
        if 13 in group:
            raise ValueError("no")
        return list(group)

    together = Together(write_all)
    together._write([first := _waiting(1), bad := _waiting(13), last := _waiting(3)])
    assert (first.result, last.result) == (1, 3)
    assert isinstance(bad.error, ValueError)
    with pytest.raises(ValueError, match="no"):
        together.write(13)
    assert together.write(4) == 4


def _waiting(item: int):
    from homeward.bureau.handover.together import _Waiting

    return _Waiting(item)
