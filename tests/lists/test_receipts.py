"""Receipts say which bytes were received, and only those."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from homeward.lists import ListError, make_receipt, matches, read_receipt, write_receipt

AT = "2025-05-18T09:30:00+00:00"


def test_a_receipt_goes_through_its_file_and_still_fits_the_bytes(tmp_path: Path) -> None:
    path, receipt_path = tmp_path / "held.xlsx", tmp_path / "receipt.json"
    path.write_bytes(b"x" * 3_000_000)
    receipt = make_receipt(path, "list", {"accepted": 380, "remarked": 9, "refused": 1}, received_by="UA", at=AT)
    write_receipt(receipt_path, receipt)
    again = read_receipt(receipt_path)
    assert again == receipt
    assert again.digest == hashlib.sha256(b"x" * 3_000_000).hexdigest()
    assert matches(again, path)


def test_one_changed_byte_no_longer_fits(tmp_path: Path) -> None:
    path = tmp_path / "held.xlsx"
    path.write_bytes(b"abc")
    receipt = make_receipt(path, "list", {}, received_by="UA", at=AT)
    path.write_bytes(b"abd")
    assert not matches(receipt, path)


def test_a_receipt_for_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r"absent\.xlsx: cannot be read"):
        make_receipt(tmp_path / "absent.xlsx", "list", {}, received_by="UA", at=AT)


def test_a_time_without_an_offset_is_our_own_mistake(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(ValueError, match="offset"):
        make_receipt(tmp_path / "a", "list", {}, received_by="UA", at="2025-05-18T09:30:00")


@pytest.mark.parametrize(
    "change", [{"what": "letter"}, {"digest": "00"}, {"digest": None}, {"counts": [1]}, {"schema": "x"}, {"size": "big"}]
)
def test_a_damaged_receipt_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "receipt.json"
    (tmp_path / "a").write_bytes(b"")
    receipt = make_receipt(tmp_path / "a", "answers", {}, received_by="UA", at=AT)
    path.write_text(json.dumps({**receipt.as_dict(), **change}), "utf-8")
    with pytest.raises(ListError, match=r"receipt\.json"):
        read_receipt(path)
