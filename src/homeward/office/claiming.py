"""Claims: somebody whom we know to be held is missing from the other side's list.

The record gets a hash and no name (`claimed`). Who it is stands in the claim's file, which stays with the claimant until it shows it; the
holder of the file and of the record sees that these are the bytes that the act names. A salt keeps anybody from guessing names.

    {"format":"homeward-claim/1","list":"home-UA","person":{"birth_date":"1987-03-14","surname":"…"},"salt":"…"}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.people_on_record import to_fields, to_person
from homeward.office.said import own_entries
from homeward.people import Person
from homeward.record.entropy import Entropy, draw_bytes
from homeward.record.note import encode_base64url

_FORMAT = "homeward-claim/1"
_SALT = 32
#: A claim is about one person; a larger file is none.
MOST_BYTES = 64 * 1024


class ClaimError(Exception):
    """A file that is no claim, or a person who was claimed before. The text says what to do, and names nobody."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claim's file says: the list, the person as far as the claimant says, and the hash that the act holds."""

    digest: str
    list: str
    person: Person


def digest_of_claim(data: bytes) -> str:
    """The hash by which the act names the file."""
    return encode_base64url(hashlib.sha256(data).digest())


def claim(office: Office, list_id: str, person: Person, *, known_as: str, entropy: Entropy) -> str:
    """Sign that the person is missing from the list, and keep the claim's file. Gives its hash.

    `known_as` is the claimant's own number of the person; it stays here. Cut off between file and act, the same file is signed the
    next time. Raises `ClaimError` where the person was claimed before.
    """
    before = next((each for each in _kept(office) if (each["list"], each["known_as"]) == (list_id, known_as)), None)
    said = {str(entry.fields["claim"]) for entry in own_entries(office, "claimed")}
    if before is not None and before["digest"] in said:
        raise ClaimError(f"{known_as} is claimed already; the claim stays in the record")
    if before is None:
        text = {"format": _FORMAT, "list": list_id, "person": to_fields(person), "salt": draw_bytes(entropy, _SALT).hex()}
        data = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        before = {"digest": digest_of_claim(data.encode("utf-8")), "list": list_id, "known_as": known_as, "file": data}
        folder = office.private / "claims"
        folder.mkdir(mode=0o700, exist_ok=True)
        write_whole(folder / f"{before['digest']}.json", json.dumps(before, ensure_ascii=False, sort_keys=True).encode("utf-8"))
    office.say("claimed", list=list_id, claim=before["digest"])
    return before["digest"]


def known_as(office: Office) -> dict[str, str]:
    """The hash of each claim of this office → its own number of the person."""
    return {each["digest"]: each["known_as"] for each in _kept(office)}


def claim_file(office: Office, digest: str) -> bytes | None:
    """The file of a claim of this office, to be shown to the other side; None where this office has made no such claim."""
    return next((each["file"].encode("utf-8") for each in _kept(office) if each["digest"] == digest), None)


def read_claim(data: bytes) -> Claim:
    """What a claim's file says. Raises `ClaimError`."""
    try:
        read: Any = json.loads(data) if len(data) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict) or read.get("format") != _FORMAT or not isinstance(read.get("person"), dict):
        raise ClaimError("this is not the file of a claim; ask the claimant for it")
    fields: Mapping[str, object] = read["person"]
    if not all(isinstance(value, str | int) for value in fields.values()) or not isinstance(read.get("list"), str):
        raise ClaimError("this is not the file of a claim; ask the claimant for it")
    try:
        person = to_person("", {name: value for name, value in fields.items() if isinstance(value, str | int)})
    except ValueError:
        raise ClaimError("the file of this claim holds what cannot be read; ask the claimant for it again") from None
    return Claim(digest_of_claim(data), read["list"], person)


def _kept(office: Office) -> list[dict[str, str]]:
    """The claims that this office keeps, in the order of their hashes."""
    folder = office.private / "claims"
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return [json.loads(path.read_text("utf-8")) for path in paths if not path.name.startswith(".")]
