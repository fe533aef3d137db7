"""Files of people that never touch the disk: read from bytes, written to bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from homeward.people import Field, PeopleFileError, read_people, table_bytes, write_table


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_table_in_memory_is_the_table_on_the_disk_and_is_read_like_it(tmp_path: Path, ending: str) -> None:
    columns, rows = ["Surname", "Given names"], [["Тестенко", "=1+1"], ["Вигаданий", "Петро"]]
    path = tmp_path / f"list{ending}"
    write_table(path, columns, rows)
    data = table_bytes(ending, columns, rows)
    assert data == path.read_bytes()
    path.unlink()
    file = read_people(path, data=data)
    assert [person.text(Field.SURNAME) for person in file.people] == ["Тестенко", "Вигаданий"]


def test_an_empty_upload_is_refused_as_an_empty_file_is() -> None:
    with pytest.raises(PeopleFileError) as caught:
        read_people("list.csv", data=b" \n")
    assert caught.value.code == "empty_file"
