"""A dictionary attack over every public byte of a whole exchange finds nobody; over one careless byte more it finds somebody.

The attacker has the best dictionary there is: the true surnames, dates of birth and service numbers of everybody in the exchange, in
every script in which they were written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from homeward.record import read_charter, read_record
from tests.record.dictionary import found
from tests.rehearsal.conftest import Rehearsed


def dictionary(rehearsed: Rehearsed) -> list[str]:
    """Surnames, dates of birth and service numbers."""
    words: set[str] = set()
    for person in rehearsed.truth.persons.values():
        for name in person.names.values():
            words.add(name.surname)
        words |= {person.birth_date.isoformat(), person.service_number}
    # Shorter words stand in any text by chance.
    return sorted(word for word in words if len(word) >= 6)


def public_bytes(rehearsed: Rehearsed) -> bytes:
    """The whole record file with its sealed files, the report, the table, and the names of all files."""
    files: list[Path] = [
        *rehearsed.result.records.values(),
        rehearsed.result.report,
        rehearsed.result.folder / "what-happened.csv",
    ]
    names = "\n".join(str(path.relative_to(rehearsed.folder)) for path in sorted(rehearsed.folder.rglob("*")))
    # The parties' records are the same, byte for byte; what is searched once need not be searched three times.
    contents = dict.fromkeys(path.read_bytes() for path in files)
    return b"\n".join([*contents, names.encode()])


@pytest.fixture(scope="module")
def public(rehearsed: Rehearsed) -> bytes:
    return public_bytes(rehearsed)


def salts(rehearsed: Rehearsed) -> list[bytes]:
    """What an attacker would try as a salt besides none: it stands in the record for all to see."""
    record = read_record(rehearsed.result.records["UA"])
    return [read_charter(record.terms).exchange.encode(), next(iter(record.lists)).encode()]


def test_the_attack_finds_nobody_in_a_whole_exchange(rehearsed: Rehearsed, public: bytes) -> None:
    words = dictionary(rehearsed)
    assert len(words) > 60
    assert found(public, words) == []
    # Trying public salts takes five times as long, so it is done for a part of the words.
    assert found(public, words[::10], salts(rehearsed)) == []


def test_the_attack_finds_a_name_whose_hash_was_left_with_a_public_salt(rehearsed: Rehearsed, public: bytes) -> None:
    word = dictionary(rehearsed)[0]
    careless = hashlib.sha256(salts(rehearsed)[0] + word.encode()).hexdigest().encode()
    assert found(public + b"\n" + careless, [word], salts(rehearsed)) == [word]
