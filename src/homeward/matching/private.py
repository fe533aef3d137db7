"""Which people two registers share, without showing either: exact private set intersection over strong keys, by three files.

1. The side that asks writes a request (`make_request`): its keys, locked with a secret that stays at home.
2. The side that answers (`make_answer`) locks them once more with a secret of its own, which it then forgets, and adds its own keys,
   locked with that same secret alone.
3. The side that asked takes its own lock off (`open_answer`) and sees which of its keys are among the others. It learns which of
   its own people the other side has a record of, and by which kinds of key; of all others it learns only how many keys there
   are. The side that answers learns how many keys were asked for, and nothing else.

The files travel by any carrier. The protocol is the Diffie–Hellman one (Meadows 1986; Huberman, Franklin and Hogg 1999) on the
curve P-256, by the library openmined-psi (Apache-2.0; the extra `private`), with its exact table, which has no false positives.
It keeps secrets from a side that follows the protocol. What leaks all the same stands in docs/matching.md: sizes; the fact of a
match; and to a side that asks about invented people, whether they are there (a birth date and a name can be guessed), which is
why `make_answer` is told how many keys it may answer at most.

    secret, request = make_request(our_people)
    answer = make_answer(their_people, request, file="request.private")
    for row, kinds in open_answer(secret, answer, file="answer.private"): ...
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import importlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from homeward.matching.strong_keys import KINDS, scheme, strong_keys
from homeward.people.person import Person

#: The kinds of file, each in its first line.
REQUEST, ANSWER, SECRET = (f"homeward-private-{kind}/1" for kind in ("request", "answer", "secret"))
#: Nobody needs to ask for more at once; a longer file is a mistake or an attempt to try out names.
MOST_KEYS = 5_000_000


class PrivateError(Exception):
    """The world's mistake in one line: `file` is a file's name, and the text says what is wrong and what to do."""

    def __init__(self, file: str, reason: str, remedy: str = "") -> None:
        self.file, self.reason, self.remedy = file, reason, remedy
        super().__init__(": ".join(part for part in (file, reason) if part) + (f"; {remedy}" if remedy else ""))


@dataclass(frozen=True, slots=True)
class Shared:
    """One of our people who is in the other register too: the place in our list (from 0) and the kinds of key that agree."""

    row: int
    kinds: tuple[str, ...]


def make_request(people: Sequence[Person], *, pad_to: int = 0) -> tuple[bytes, bytes]:
    """The secret to keep at home and the request to send. With `pad_to`, made-up keys hide how many there are below that number."""
    psi = _library()
    keys = _keys_of(people)
    listed = _padded(list(keys), pad_to)
    client = psi.client.CreateWithNewKey(reveal_intersection=True)
    request = _packed(REQUEST, client.CreateRequest(listed).SerializeToString(), keys=len(listed))
    # What each key stands for is remembered by rows and kinds, never by the keys themselves.
    remembered = [[[row, KINDS.index(kind)] for row, kind in keys.get(key, ())] for key in listed]
    secret = json.dumps({"key": base64.b64encode(client.GetPrivateKeyBytes()).decode(), "rows": remembered}).encode()
    return _packed(SECRET, secret, request=_digest(request)), request


def make_answer(
    people: Sequence[Person], request: bytes, *, file: str = "request", at_most: int = MOST_KEYS, pad_to: int = 0
) -> bytes:
    """The answer to a request. `at_most` is the number of keys that we are willing to answer. Raises `PrivateError`."""
    psi = _library()
    head, body = _unpacked(request, REQUEST, file)
    asked = _message(psi.Request, body, file)
    count = len(asked.encrypted_elements)
    if count != head["keys"]:
        raise PrivateError(file, "its parts do not belong together", "ask the sender for the file again")
    if count > at_most:
        raise PrivateError(
            file, f"asks about {count} keys, and at most {at_most} are to be answered", "agree on a number with the sender"
        )
    server = psi.server.CreateWithNewKey(reveal_intersection=True)
    try:
        locked = server.ProcessRequest(asked).SerializeToString()
    except (RuntimeError, ValueError) as error:
        raise PrivateError(file, "holds something that is no locked key", "ask the sender for the file again") from error
    ours = _padded(list(_keys_of(people)), pad_to)
    setup = server.CreateSetupMessage(1e-12, max(1, count), ours, psi.DataStructure.RAW).SerializeToString()
    lengths = len(locked).to_bytes(8, "big")
    return _packed(ANSWER, lengths + locked + setup, keys=len(ours), request=_digest(request))


def open_answer(secret: bytes, answer: bytes, *, file: str = "answer", kept_as: str = "secret") -> list[Shared]:
    """Which of our people the other register has, in the order of our list. Raises `PrivateError`."""
    psi = _library()
    kept_head, kept = _unpacked(secret, SECRET, kept_as)
    head, body = _unpacked(answer, ANSWER, file)
    if head.get("request") != kept_head.get("request"):
        raise PrivateError(file, f"answers another request than that of {kept_as}", "use the secret made with that request")
    try:
        known = json.loads(kept)
        key, rows = base64.b64decode(known["key"], validate=True), known["rows"]
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise PrivateError(kept_as, "is not a secret as this program writes it", "make a new request") from error
    size = int.from_bytes(body[:8], "big")
    setup = _message(psi.ServerSetup, body[8 + size :], file)
    locked = _message(psi.Response, body[8 : 8 + size], file)
    try:
        common = psi.client.CreateFromKey(key, reveal_intersection=True).GetIntersection(setup, locked)
    except (RuntimeError, ValueError) as error:
        raise PrivateError(file, "holds something that is no locked key", "ask the sender for the file again") from error
    found: dict[int, set[int]] = {}
    for place in common:
        for row, kind in rows[place] if place < len(rows) else ():
            found.setdefault(row, set()).add(kind)
    return [Shared(row, tuple(KINDS[kind] for kind in sorted(found[row]))) for row in sorted(found)]


def _keys_of(people: Iterable[Person]) -> dict[str, list[tuple[int, str]]]:
    """Every key once, with the rows (from 0) and kinds that have it."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row, person in enumerate(people):
        for kind, text in strong_keys(person):
            found.setdefault(f"{scheme()} {kind} {text}", []).append((row, kind))
    return found


def _padded(keys: list[str], pad_to: int) -> list[str]:
    """The keys with random ones that nobody has, up to the number wanted, in an order that tells nothing of the list."""
    padded = keys + [f"pad {secrets.token_hex(16)}" for _ in range(pad_to - len(keys))]
    secrets.SystemRandom().shuffle(padded)
    return padded


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _packed(kind: str, body: bytes, **more: object) -> bytes:
    head = {"schema": kind, "scheme": scheme(), "sha256": _digest(body), **more}
    return json.dumps(head, sort_keys=True).encode() + b"\n" + body


def _unpacked(data: bytes, kind: str, file: str) -> tuple[dict[str, Any], bytes]:
    """The head and the body of a file of one kind, checked as far as anybody can who has no key."""
    first, _, body = data.partition(b"\n")
    try:
        head = json.loads(first[:4096])
    except ValueError:
        head = None
    if not isinstance(head, dict) or head.get("schema") != kind:
        what = kind.split("/", maxsplit=1)[0].rsplit("-", maxsplit=1)[-1]
        raise PrivateError(file, f"is not a file of the kind {kind}", f"give the {what} of a private comparison")
    if head.get("sha256") != _digest(body):
        raise PrivateError(file, "was changed or cut off on the way", "ask for the file again")
    if head.get("scheme") != scheme():
        raise PrivateError(file, "was made by a version that makes other keys", "both sides must use the same version")
    return head, body


def _message(kind: Any, body: bytes, file: str) -> Any:
    """A message of the library. What it cannot read raises one error, whatever the library calls it."""
    message = kind()
    try:
        message.ParseFromString(body)
    except Exception as error:
        if type(error).__name__ != "DecodeError":
            raise
        raise PrivateError(file, "holds something that is no locked key", "ask the sender for the file again") from error
    return message


def _library() -> Any:
    """The library openmined-psi, which is an extra of its own."""
    try:
        return importlib.import_module("private_set_intersection.python")
    except ImportError as error:
        raise PrivateError(
            "", "a private comparison needs the library openmined-psi", "install it with: pip install 'homeward[private]'"
        ) from error
