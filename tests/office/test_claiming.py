"""Claims: the record names a file and no person; the file shows who it is, and nobody can exchange it for another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from homeward.office import claiming
from homeward.office.claiming import ClaimError, claim, claim_file, known_as, read_claim
from homeward.office.desk import Office
from homeward.office.said import own_entries
from homeward.people import Claim, Field, Person
from homeward.record.entropy import seeded
from tests.office.reveal_world import Table

LIST = "home-UA"
MISSING = Person("r-4821907", {Field.SURNAME: Claim("Вигаданченко", "Вигаданченко"), Field.NOTE: Claim("seen", "seen")})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    table = Table(tmp_path_factory.mktemp("claims"), keepers=("NEUTRAL",))
    return table.offices["UA"]


def test_the_act_holds_a_hash_and_the_file_the_person_without_our_own_remarks(office: Office) -> None:
    digest = claim(office, LIST, MISSING, known_as="r-4821907", entropy=seeded("salt"))
    line = office.store.pending()[-1]
    assert digest.encode() in line
    assert "Вигаданченко".encode() not in line
    data = claim_file(office, digest)
    assert data is not None
    found = read_claim(data)
    assert (found.digest, found.list, found.person.text(Field.SURNAME)) == (digest, LIST, "Вигаданченко")
    assert Field.NOTE not in found.person.claims
    assert known_as(office)[digest] == "r-4821907"
    assert read_claim(data.replace(b"home-UA", b"home-RU")).digest != digest


def test_nobody_is_claimed_twice_from_one_list(office: Office) -> None:
    claim(office, LIST, MISSING, known_as="r-1000001", entropy=seeded("one"))
    with pytest.raises(ClaimError, match="claimed already"):
        claim(office, LIST, MISSING, known_as="r-1000001", entropy=seeded("two"))


def test_cut_off_between_file_and_act_the_same_file_is_signed_the_next_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(list(own_entries(office, "claimed")))

    def cut(*_: object, **__: object) -> str:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Office, "say", cut)
        with pytest.raises(OSError, match="the disk is full"):
            claim(office, LIST, MISSING, known_as="r-1000002", entropy=seeded("first"))
    (kept,) = (digest for digest, number in known_as(office).items() if number == "r-1000002")
    assert claim(office, LIST, MISSING, known_as="r-1000002", entropy=seeded("second")) == kept
    assert len(list(own_entries(office, "claimed"))) == before + 1


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[" * 5000, b'{"format":"homeward-claim/1","person":{"surname":[]},"list":"x"}',
     b'{"format":"homeward-claim/1","person":{"birth_date":"soon"},"list":"x"}', b"x" * (claiming.MOST_BYTES + 1)],
)  # fmt: skip
def test_what_is_no_claim_is_refused(data: bytes) -> None:
    with pytest.raises(ClaimError):
        read_claim(data)


def test_two_claims_of_one_person_have_two_hashes(tmp_path: Path, office: Office) -> None:
    """A salt keeps the other side from trying names until one fits."""
    one = claim(office, LIST, MISSING, known_as="r-1000003", entropy=seeded("a"))
    two = claim(office, LIST, MISSING, known_as="r-1000004", entropy=seeded("b"))
    assert one != two
    files = [json.loads(claim_file(office, each) or b"") for each in (one, two)]
    assert files[0]["person"] == files[1]["person"]
