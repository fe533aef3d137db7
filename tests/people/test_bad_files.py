"""Whatever is not a list gives one clear error, and nothing else."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.people import PROBLEMS, PeopleFile, PeopleFileError, read_people
from tests.people.books import HEADER, KOVAL, csv_file, table, with_part


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in parts.items():
            container.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("list.xlsx", b"", "empty_file"),
        ("list.csv", b"\xef\xbb\xbf \r\n", "empty_file"),
        ("list.xlsx", b"%PDF-1.7 ...", "pdf"),
        ("list.xlsx", b"\x89PNG\r\n\x1a\n", "image"),
        ("list.xls", b"<html><body><table><tr><td>Surname</td></tr></table></body></html>", "html"),
        ("list.xls", b"\xef\xbb\xbf\r\n  <TABLE border=1>", "html"),
        ("list.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xml"),
        ("list.doc", b"{\\rtf1 Surname}", "rtf"),
        ("list.docx", zipped(word__document_dot_xml=b"<w/>"), "word"),
        ("list.zip", zipped(list_dot_csv=b"x"), "archive"),
        ("list.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("list.doc", OLE + "WordDocument".encode("utf-16-le"), "word"),
        ("list.xls", OLE + "Workbook".encode("utf-16-le"), "damaged"),
        ("list.xlsx", b"PK\x03\x04 and then the line broke", "damaged"),
        ("list.csv", b"just some words about nobody\nand more of them\n", "no_header"),
        ("list.csv", "Дата народження;Звання\n1990;солдат\n".encode(), "no_name_column"),
        ("list.csv", 'Прізвище;Примітка\nКоваль;"тут почато\nБондар;x\n'.encode(), "open_quote"),
        ("list.csv", bytes(range(1, 9)) * 40, "binary"),
        ("list.exe", b"MZ\x90\x00\x03\x00\x00\x00", "program"),
    ],
)
def test_what_is_no_list_is_one_error_with_file_and_remedy(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(PeopleFileError) as caught:
        read_people(path)
    assert caught.value.code == code
    assert str(caught.value).startswith(name)
    assert caught.value.remedy in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_quotation_mark_that_never_closes_is_named_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(PeopleFileError) as caught:
        read_people(csv_file(tmp_path, 'Прізвище;Примітка\nКоваль;добре\nБондар;"тут\nПанас;x\n'))
    assert caught.value.row == 3


def test_a_missing_file_a_folder_and_a_file_without_rights_are_told_apart(tmp_path: Path) -> None:
    locked = csv_file(tmp_path, "Прізвище\nКоваль\n", name="locked.csv")
    locked.chmod(0)
    cases = [(tmp_path / "none.csv", "no_file"), (tmp_path, "directory")]
    if os.geteuid() != 0:
        cases.append((locked, "not_readable"))
    for path, code in cases:
        with pytest.raises(PeopleFileError) as caught:
            read_people(path)
        assert caught.value.code == code


def test_a_workbook_cut_anywhere_is_damaged(tmp_path: Path) -> None:
    whole = table(tmp_path, [HEADER, KOVAL]).read_bytes()
    path = tmp_path / "cut.xlsx"
    for at in range(4, len(whole), len(whole) // 23):
        path.write_bytes(whole[:at])
        with pytest.raises(PeopleFileError) as caught:
            read_people(path)
        assert caught.value.code == "damaged"


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeward.people.filekind.UNPACKED_LIMIT", 1 << 20)
    path = with_part(table(tmp_path, [HEADER, KOVAL]), "xl/styles.xml", lambda data: data + b" " * (2 << 20))
    with pytest.raises(PeopleFileError) as caught:
        read_people(path)
    assert caught.value.code == "bomb"


def test_a_stray_cell_at_the_far_end_of_the_sheet_is_refused_before_memory_is_taken(tmp_path: Path) -> None:
    path = table(tmp_path, [HEADER, KOVAL])
    with_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    )
    with pytest.raises(PeopleFileError) as caught:
        read_people(path)
    assert caught.value.code == "too_wide"


def test_an_empty_sheet_is_told_apart_from_one_without_a_header(tmp_path: Path) -> None:
    with pytest.raises(PeopleFileError) as caught:
        read_people(table(tmp_path, []))
    assert caught.value.code == "empty_sheet"


def test_a_sheet_may_not_be_chosen_in_a_text_file(tmp_path: Path) -> None:
    with pytest.raises(PeopleFileError) as caught:
        read_people(csv_file(tmp_path, "Прізвище\nКоваль\n"), sheet="x")
    assert caught.value.code == "sheet_of_csv"


def test_every_problem_has_a_sentence_and_a_remedy() -> None:
    for code, (problem, remedy) in PROBLEMS.items():
        assert problem.endswith("."), code
        assert remedy.endswith("."), code


def _reads_or_says_why(path: Path) -> None:
    try:
        file = read_people(path)
    except PeopleFileError:
        return
    assert isinstance(file, PeopleFile)
    counts = file.counts
    assert counts.accepted + counts.remarked + counts.refused == counts.total == len(file.rows)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [b"", b"PK\x03\x04", OLE, b"\xff\xfe", b"\xef\xbb\xbf", "Прізвище;Ім'я\n".encode(), "Прізвище\t№\r\n".encode("cp1251")]
    ),
    st.binary(max_size=400),
)
def test_any_bytes_give_a_file_of_people_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, tail: bytes
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "list.csv"
    path.write_bytes(head + tail)
    _reads_or_says_why(path)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_workbook_with_changed_bytes_gives_a_file_of_people_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    path = table(folder, [HEADER, KOVAL])
    whole = bytearray(path.read_bytes())
    for place, byte in changes:
        whole[place * len(whole) // 10_000] = byte
    path.write_bytes(bytes(whole))
    _reads_or_says_why(path)
