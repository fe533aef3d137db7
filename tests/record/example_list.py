"""A list of three invented people, for the tests of committing, opening and disclosing."""

from __future__ import annotations

from homeward.record.disclosure import (
    Entry,
    ListHeader,
    OpenedList,
    PublicList,
    commit_list,
    open_list,
)
from homeward.record.entropy import seeded

HEADER = ListHeader("held", "a", "south")
ENTRIES = (
    Entry("p-0417", ("soldier", "serious"), {"surname": "Приклад", "given_names": "Іван", "birth_date": "1987-03"}),
    Entry("p-0002", (), {"surname": "O\u02bcNeill\u0301", "days_held": 412}),
    Entry("p-10003", ("civilian",), {}),
)


def example() -> tuple[PublicList, bytes]:
    return commit_list(ENTRIES, header=HEADER, entropy=seeded("golden"))


def opened_example() -> OpenedList:
    return open_list(*example())
