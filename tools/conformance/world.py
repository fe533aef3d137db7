"""An invented exchange told act by act, without the checks that an honest program makes: so that it can also be told wrongly.

Alpha (`A`) and Beta (`B`) hold two people of each other's; Nadia (`N`) is the neutral, keeps the log and both lists. All keys come
from fixed seeds, all times from one clock, so every run tells the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from homeward.record import (
    COSIGNATURE,
    ED25519,
    MLDSA44,
    Head,
    PartyKeys,
    Record,
    SignedHead,
    Signer,
    Signing,
    Tree,
    attach,
    canonical,
    leaf_hash,
    prove_possession,
    read_charter,
    write_record,
)
from homeward.record.disclosure import Entry, ListHeader, PublicList, commit_list
from homeward.record.entropy import seeded
from homeward.record.head import cosign_head, sign_head
from homeward.record.note import Signature, decode_base64, encode_base64, encode_base64url

CODES = ("A", "B", "N")
#: List → who holds the people on it, who receives them, and their ids.
LISTS = {"home-A": ("B", "A", ("p-0001", "p-0003")), "home-B": ("A", "B", ("p-0002", "p-0004"))}
#: 1 July 2026, 10:00 UTC.
START = 1_782_900_000

TERMS = """\
schema = "exchange-terms/1"
title = "Two for two"
[parties]
A = "Alpha"
B = "Beta"
[neutral.N]
name = "Nadia"
[sides.home-A]
from = "B"
to = "A"
[sides.home-B]
from = "A"
to = "B"
[[stages]]
id = "day1"
[groups]
serious = "medical in ('seriously_ill', 'seriously_wounded')"
[[terms]]
id = "T1"
kind = "count"
equals = 2
"""


def key(name: str, kind: int = ED25519) -> Signer:
    """The key of this name: the same in every run."""
    return Signer.from_seed(name, kind, hashlib.sha256(f"conformance {name} {kind}".encode()).digest())


def signing(*, closing: bool = False, keepers: tuple[str, ...] = ()) -> Signing:
    parties = tuple(
        PartyKeys(
            code,
            key(f"{code}/root").verifier,
            key(f"{code}/witness", COSIGNATURE).verifier,
            key(f"{code}/closing", MLDSA44).verifier if closing else None,
        )
        for code in CODES
    )
    return Signing(key("N/log").verifier, parties, keepers)


def terms(body: str = TERMS, *, closing: bool = False) -> bytes:
    return attach(body.encode(), signing(closing=closing))


def public_list(name: str, *, people: tuple[str, ...] = (), side: str = "", holder: str = "") -> tuple[PublicList, str]:
    """The public lines of a list, and the disclosure of its number for the draw; also with other people or another first line."""
    people = people or LISTS[name][2]
    entries = [Entry(person, ("serious",) if number else (), {"number": number + 1}) for number, person in enumerate(people)]
    public, plaintext = commit_list(
        entries, header=ListHeader("held", side or name, holder or LISTS[name][0]), entropy=seeded(name), slots=1
    )
    return public, plaintext.split(b'"')[3].decode()


def sign(text: bytes, *names: str) -> bytes:
    """The line of this text, signed by these keys, whatever the text says."""
    return b"\t".join([text, *(key(name).sign_line(text + b"\n").encode() for name in names)])


def file_bytes(record: Record) -> bytes:
    file = io.BytesIO()
    write_record(record, file)
    return file.getvalue()


#: ML-DSA-44 signatures by what they sign: the library draws a random number for each, so that making them again gives other bytes.
KEPT = Path(__file__).with_name("ml-dsa-signatures.json")
_kept: dict[str, str] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}


def _keep(what: bytes, make: Callable[[], str]) -> str:
    place = hashlib.sha256(what).hexdigest()
    if place not in _kept:
        _kept[place] = make()
    return _kept[place]


def closing_signature(head: Head, name: str, time: int) -> Signature:
    """A cosignature of kind 6."""
    signer = key(name, MLDSA44)
    what = head.text + f"{name} {time}".encode()
    body = _keep(what, lambda: encode_base64(cosign_head(head, signer, time).body))
    return Signature(name, signer.verifier.id, decode_base64(body))


def possession(origin: str, signer: Signer) -> str:
    """The proof of possession that `key-added` carries."""
    if signer.verifier.kind != MLDSA44:
        return prove_possession(origin, signer)
    return _keep(f"{origin} {signer.name}".encode(), lambda: prove_possession(origin, signer))


def keep_signatures() -> None:
    """Write down the signatures that were new."""
    KEPT.write_text(json.dumps(_kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


@dataclass
class Draft:
    """A record being told. `say` adds an act, `head` a head; `record` is what has been told so far."""

    terms: bytes = field(default_factory=terms)
    lines: list[bytes] = field(default_factory=list)
    heads: list[SignedHead] = field(default_factory=list)
    lists: dict[str, bytes] = field(default_factory=dict)
    sealed: dict[str, bytes] = field(default_factory=dict)
    authors: dict[str, tuple[int, str]] = field(default_factory=dict)
    clock: int = START

    def __post_init__(self) -> None:
        self.charter = read_charter(self.terms)

    # ---- acts and heads

    @property
    def size(self) -> int:
        return len(self.lines)

    def leaf(self, index: int) -> str:
        return encode_base64url(leaf_hash(self.lines[index]))

    def root(self, size: int) -> bytes:
        return Tree(leaf_hash(line) for line in self.lines[:size]).root()

    def envelope(self, act: str, by: str, **changes: object) -> dict[str, object]:
        """The seven fields as an honest author writes them, with `changes` made (`in_` stands for `in`)."""
        self.clock += 1
        n, prev = self.authors.get(by, (0, "-"))
        at = datetime.fromtimestamp(self.clock, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        seen = [self.size, encode_base64url(self.root(self.size))]
        fields: dict[str, object] = {"act": act, "at": at, "by": by, "in": self.charter.exchange, "n": n + 1, "prev": prev}
        return {**fields, "seen": seen, **{name.rstrip("_"): value for name, value in changes.items()}}

    def say(self, act: str, *names: str, change: Mapping[str, object] | None = None, **fields: object) -> int:
        """Sign an act by the first key, and a second if there is one. `for_` stands for the field `for`. Gives its number."""
        own = {name.rstrip("_"): value for name, value in fields.items()}
        return self.put(sign(canonical({**self.envelope(act, names[0], **(change or {})), **own}), *names), names[0])

    def put(self, line: bytes, author: str | None = None) -> int:
        """Add a finished line; `author` is whose next act follows it."""
        self.lines.append(line)
        if author is not None:
            self.authors[author] = (self.authors.get(author, (0, "-"))[0] + 1, self.leaf(self.size - 1))
        return self.size - 1

    def head(self, *codes: str, closing: bool = False, size: int | None = None, root: bytes | None = None) -> None:
        """A head over everything so far, cosigned by `codes` (all, when none is named)."""
        at = self.size if size is None else size
        head = Head(self.charter.origin, at, self.root(at) if root is None else root)
        found = [sign_head(head, key("N/log"))]
        for number, code in enumerate(codes or CODES, 1):
            found.append(cosign_head(head, key(f"{code}/witness", COSIGNATURE), self.clock + number))
            if closing:
                found.append(closing_signature(head, f"{code}/closing", self.clock + number))
        self.clock += 60
        self.heads.append(SignedHead(head, tuple(found)))

    def add_key(self, name: str, *roles: str, kind: int = ED25519, **changes: Any) -> int:
        code = name.partition("/")[0]
        signer = key(name, kind)
        fields: dict[str, Any] = {
            "key": signer.verifier.text,
            "proof": possession(self.charter.origin, signer),
            "roles": list(roles or ("officer",)),
        }
        return self.say("key-added", f"{code}/root", **{**fields, **changes})

    def record(self) -> Record:
        return Record(
            self.terms,
            tuple(self.lines),
            b"".join(signed.note for signed in self.heads),
            b"".join(map(leaf_hash, self.lines)),
            self.lists,
            self.sealed,
        )

    def with_lines(self, lines: Iterable[bytes]) -> Record:
        """These lines under the heads and the leaf file of the good ones: somebody changed them afterwards."""
        return replace(self.record(), acts=tuple(lines))

    # ---- the way of an exchange

    def agree(self, index: int, *others: str, hands: int = 1) -> None:
        for code in others:
            names = (f"{code}/officer-1", f"{code}/root")[:hands]
            self.say("agreed", *names, of=self.leaf(index))

    def all_agree(self, index: int, hands: int = 2) -> None:
        """Everybody agrees to the act `index` of Alpha's."""
        self.agree(index, "B", "N", hands=hands)

    def agree_terms(self) -> None:
        proposal = self.say("terms-proposed", "A/root")
        for code in ("B", "N"):
            self.say("agreed", f"{code}/root", of=self.leaf(proposal))

    def commit(self, name: str, public: PublicList | None = None, **changes: Any) -> int:
        """The commitment to a list, or to `public` in its place."""
        holder = LISTS[name][0]
        public = public or public_list(name)[0]
        self.lists.setdefault(name, public.to_bytes())
        fields: dict[str, Any] = {
            "list": name,
            "root": public.root_text,
            "count": public.count,
            "categories": [[word, count] for word, count in public.categories.items()],
            "draw": public.draw_digest,
        }
        return self.say("list-committed", f"{holder}/officer-1", **{**fields, **changes})

    def lodge(self, name: str, **changes: Any) -> int:
        self.sealed.setdefault(f"{name}.age", f"not a real sealed file of {name}\n".encode())
        sealed = encode_base64url(hashlib.sha256(self.sealed[f"{name}.age"]).digest())
        fields: dict[str, Any] = {"list": name, "root": public_list(name)[0].root_text, "sealed": sealed}
        return self.say("list-lodged", "N/officer-1", **{**fields, **changes})

    def release(self, *names: str) -> int:
        draw = [[name, public_list(name)[1]] for name in LISTS]
        return self.say("lists-released", *(names or ("N/officer-1", "N/root")), draw=draw)

    def answer(self, person: str, code: str = "ACKNOWLEDGED_HELD") -> int:
        return self.say("answered", f"{home_of(person)}/officer-1", person=person, code=code)

    def interview(self, person: str, outcome: str = "wishes_to_go") -> int:
        return self.say("interviewed", "N/officer-1", person=person, outcome=outcome)

    def freeze(self, name: str, agreed: int = 2, *, by: str = "") -> int:
        holder, receiver, _ = LISTS[name]
        root = public_list(name)[0].root_text
        index = self.say("list-frozen", f"{by or holder}/officer-1", list=name, root=root, agreed=agreed)
        self.agree(index, receiver)
        return index

    def plan(self, going: Mapping[str, Iterable[str]] | None = None, *, agree: bool = True) -> int:
        table = going or {name: people for name, (_, _, people) in LISTS.items()}
        people = [[name, list(table[name])] for name in sorted(table)]
        reserves = [
            [name, [each for each in LISTS[name][2] if each not in table[name]]]
            for name in sorted(table)
            if len(list(table[name])) < 2
        ]
        index = self.say("stage-planned", "A/officer-1", "A/root", stage="day1", going=people, reserves=reserves)
        if agree:
            self.all_agree(index)
        return index

    def open_stage(self, plan: int) -> int:
        index = self.say("stage-opened", "A/officer-1", "A/root", stage="day1", plan=self.leaf(plan))
        self.all_agree(index)
        return index

    def hand_over(self, person: str) -> int:
        return self.say("handed-over", f"{holder_of(person)}/officer-1", person=person, stage="day1")

    def receive(self, person: str) -> int:
        return self.say("received", f"{home_of(person)}/officer-1", person=person, stage="day1")

    def cross(self, *people: str) -> None:
        for person in people:
            self.hand_over(person)
            self.receive(person)

    def close_stage(self, *columns: dict[str, int]) -> int:
        """`columns` are those of home-A and home-B; both people received when none are given."""
        both = columns or ({"planned": 2, "received": 2, "reserves_called": 0},) * 2
        balance = [[name, sorted([k, v] for k, v in each.items())] for name, each in zip(LISTS, both, strict=True)]
        index = self.say("stage-closed", "A/officer-1", "A/root", stage="day1", balance=balance)
        self.all_agree(index)
        return index

    def close(self) -> int:
        index = self.say("closed", "A/officer-1", "A/root")
        self.all_agree(index)
        return index


def holder_of(person: str) -> str:
    return next(holder for holder, _, people in LISTS.values() if person in people)


def home_of(person: str) -> str:
    return next(receiver for _, receiver, people in LISTS.values() if person in people)


PEOPLE = ("p-0001", "p-0002", "p-0003", "p-0004")

# ---- how far the story has come


def agreed(draft: Draft | None = None) -> Draft:
    """Terms agreed, and one full head over that: acts 0 to 2. Enough for a file that nobody can read anyway."""
    draft = draft or Draft()
    draft.agree_terms()
    draft.head()
    return draft


def begun(draft: Draft | None = None) -> Draft:
    """Terms agreed, an officer for everybody, one full head: acts 0 to 5."""
    draft = draft or Draft()
    draft.agree_terms()
    for code in CODES:
        draft.add_key(f"{code}/officer-1")
    draft.head()
    return draft


def lodged(draft: Draft | None = None) -> Draft:
    """Both lists committed (6, 7) and lodged (8, 9), each under a full head."""
    draft = begun(draft)
    for name in LISTS:
        draft.commit(name)
    draft.head()
    for name in LISTS:
        draft.lodge(name)
    draft.head()
    return draft


def released(draft: Draft | None = None) -> Draft:
    """Lists released (10)."""
    draft = lodged(draft)
    draft.release()
    draft.head()
    return draft


def frozen(draft: Draft | None = None) -> Draft:
    """Everybody answered and interviewed (11 to 18), both lists frozen and agreed (19 to 22)."""
    draft = released(draft)
    for person in PEOPLE:
        draft.answer(person)
        draft.interview(person)
    for name in LISTS:
        draft.freeze(name)
    draft.head()
    return draft


def opened(draft: Draft | None = None, going: Mapping[str, Iterable[str]] | None = None) -> Draft:
    """The stage planned (23 to 25) and opened (26 to 28)."""
    draft = frozen(draft)
    plan = draft.plan(going)
    draft.head()
    draft.open_stage(plan)
    draft.head()
    return draft


def crossed(draft: Draft | None = None) -> Draft:
    """All four handed over and received (29 to 36)."""
    draft = opened(draft)
    draft.cross(*PEOPLE)
    draft.head()
    return draft


def closed(draft: Draft | None = None, *, closing: bool = False) -> Draft:
    """The stage closed (37 to 39), the exchange closed (40 to 42)."""
    draft = crossed(draft)
    draft.close_stage()
    draft.head()
    draft.close()
    draft.head(closing=closing)
    return draft
