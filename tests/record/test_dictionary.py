"""Nothing public lets anybody find a person by guessing, and the attack that says so does find careless software's people."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from base64 import urlsafe_b64encode

import pytest

from homeward.record.disclosure import Entry, ListHeader, assign_ids, commit_list, disclose, open_list
from homeward.record.seal import HybridIdentity
from homeward.record.shares import lodge
from tests.record.dictionary import found

#: Invented people, whom the attacker knows and looks for, and invented values they may have.
NAMES = ("Приклад", "Зразок", "Вигаданко", "Example", "Möbius", "Неіснуючий")
DATES = ("1987-03", "1990-11-02", "1971")
CANDIDATES = (*NAMES, *DATES, "lieutenant_colonel")


def published() -> bytes:
    """Every byte that the public gets of a list and its lodging."""
    ids = assign_ids(len(NAMES), 1, 2, os.urandom)
    entries = [
        Entry(person, ("soldier",), {"surname": name, "birth_date": DATES[i % 3], "rank": "lieutenant_colonel"})
        for i, (person, name) in enumerate(zip(ids, NAMES, strict=True))
    ]
    public, plaintext = commit_list(entries, header=ListHeader("held", "a", "south"), entropy=os.urandom)
    keepers = {name: HybridIdentity.make().recipient for name in ("icrc", "host")}
    lodged = lodge(plaintext, keepers)
    sealed = lodged.sealed_list + b"".join(lodged.sealed_shares.values())
    return public.to_bytes() + public.root.hex().encode() + b"\n" + lodged.lodging.to_bytes() + b"\n" + sealed


def test_the_dictionary_attack_finds_nobody_in_what_is_public() -> None:
    public = published()
    salts = [b"p-0001", b"p-0003", b"south", b"a", b"homeward-list/1"]
    assert found(public, CANDIDATES, salts) == []


def test_a_disclosure_to_one_family_gives_away_only_what_was_chosen() -> None:
    entry = Entry("p-0417", ("soldier",), {"surname": "Приклад", "birth_date": "1987-03"})
    public, plaintext = commit_list([entry], header=ListHeader("held", "a", "south"), entropy=os.urandom)
    shown = disclose(open_list(public, plaintext), "p-0417", ["birth_date"])
    assert found(shown, CANDIDATES) == ["1987-03"]


@pytest.mark.parametrize(
    "careless",
    [
        "Приклад".encode(),
        "ПРИКЛАД".encode("cp1251"),
        json.dumps({"surname": "Приклад"}).encode(),
        urlsafe_b64encode(b'["salt","surname","\xd0\x9f\xd1\x80\xd0\xb8\xd0\xba\xd0\xbb\xd0\xb0\xd0\xb4"]'),
        hashlib.sha256("приклад".encode()).hexdigest().encode(),
        urlsafe_b64encode(hashlib.sha256('["surname","Приклад"]'.encode()).digest()).rstrip(b"="),
        urlsafe_b64encode(hashlib.sha256(urlsafe_b64encode('["surname","Приклад"]'.encode()).rstrip(b"=")).digest()),
        hashlib.md5(b"p-0417" + "Приклад".encode()).hexdigest().encode(),
        hmac.digest(b"p-0417", "Приклад".encode(), "sha256").hex().encode(),
        hashlib.sha256("Приклад".encode()).hexdigest()[:32].encode(),
    ],
)
def test_the_attack_finds_a_name_that_careless_software_left(careless: bytes) -> None:
    assert found(b'{"person":"p-0417","x":"' + careless + b'"}', CANDIDATES, [b"p-0417"]) == ["Приклад"]
