"""Committing to a list, and opening one: `commit_list` and `open_list` mirror each other.

`commit_list` gives the public lines and the plaintext to be sealed. The plaintext is one line per public line, in the same
order, and holds every disclosure behind that line, in the order of its digests, decoys included:

    {"disclosures":["…"],"format":"homeward-list/1"}
    {"disclosures":["…","…",…],"person":"p-0002"}
    {"padding":"000…"}

The last line fills the plaintext up to a multiple of 64 KiB: the size of a sealed file is public, and without it long names
or many fields would show in the size of a short list.

So opening is one comparison per digest, and "nothing is left over and nothing is missing" needs no trust: a holder cannot
pass a real field off as a decoy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from homeward.record.disclosure import canonical, salted
from homeward.record.disclosure.errors import DisclosureError
from homeward.record.disclosure.ids import person_number
from homeward.record.disclosure.lines import FORMAT, MAX_SLOTS, ListHeader, PersonLine, PublicList, check_category
from homeward.record.disclosure.salted import SALT, Value
from homeward.record.entropy import Entropy, draw_bytes

DRAW_BYTES: Final = 32
PADDED_TO: Final = 64 * 1024
_DRAW_FIELD: Final = "draw"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person before the commitment. `category` is public; `fields` are not."""

    person: str
    category: tuple[str, ...]
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class OpenedPerson:
    """One person of an opened list: the fields by name, and the disclosure that opens each."""

    person: str
    category: tuple[str, ...]
    fields: Mapping[str, Value]
    disclosures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A list that was opened to its commitment.

    `draw` is the nonce (64 hexadecimal digits) that feeds the common draw, `draw_disclosure` the text that opens it.
    """

    public: PublicList
    draw: str
    draw_disclosure: str
    people: Mapping[str, OpenedPerson]


def commit_list(
    entries: Iterable[Entry], *, header: ListHeader, entropy: Entropy, slots: int | None = None
) -> tuple[PublicList, bytes]:
    """The public list and the plaintext for `seal`. The order of `entries` leaves no trace.

    `slots` is how many digests each person gets; without it, the most fields of any person, rounded up to a multiple of 8.
    Raises `ValueError` for entries that cannot be written: two with one id, too many fields, a value of another type.
    """
    ordered = sorted(entries, key=lambda entry: person_number(entry.person))
    most = max((len(entry.fields) for entry in ordered), default=1)
    slots = min(MAX_SLOTS, max(8, -(-most // 8) * 8)) if slots is None else slots
    if not most <= slots <= MAX_SLOTS:
        raise ValueError(f"one entry has {most} fields and there is room for {min(slots, MAX_SLOTS)}")
    if len({entry.person for entry in ordered}) < len(ordered):
        raise ValueError("two entries have one id")
    draw = salted.make(_DRAW_FIELD, draw_bytes(entropy, DRAW_BYTES).hex(), draw_bytes(entropy, SALT))
    people: list[PersonLine] = []
    secret = [canonical.write({"disclosures": [draw], "format": FORMAT})]
    for entry in ordered:
        pairs = _digests(entry, slots, entropy)
        category = tuple(sorted({check_category(word) for word in entry.category}))
        people.append(PersonLine(entry.person, category, tuple(digest for digest, _ in pairs)))
        secret.append(canonical.write({"disclosures": [text for _, text in pairs], "person": entry.person}))
    public = PublicList(header, slots, salted.digest(draw), tuple(people))
    return public, _pad(b"".join(line + b"\n" for line in secret))


def _pad(plaintext: bytes) -> bytes:
    """The plaintext with its padding line: zeros up to the next multiple of 64 KiB."""
    empty = canonical.write({"padding": ""}) + b"\n"
    zeros = -(len(plaintext) + len(empty)) % PADDED_TO
    return plaintext + canonical.write({"padding": "0" * zeros}) + b"\n"


def _digests(entry: Entry, slots: int, entropy: Entropy) -> list[tuple[str, str]]:
    """(digest, disclosure), sorted by digest: one for each field, and decoys up to `slots`."""
    salts = draw_bytes(entropy, SALT * slots)
    parts = [salts[at : at + SALT] for at in range(0, len(salts), SALT)]
    texts = [salted.make(name, entry.fields[name], salt) for name, salt in zip(sorted(entry.fields), parts, strict=False)]
    texts += [salted.make_decoy(salt) for salt in parts[len(texts) :]]
    return sorted((salted.digest(text), text) for text in texts)


def open_list(public: PublicList, plaintext: bytes) -> OpenedList:
    """Check that `plaintext` opens every digest of `public`, with nothing missing and nothing left over.

    `DisclosureError` names the first person whose line does not open, by id. The remedy is the same for all: the commitment
    binds its holder, so whoever sealed this must lodge what they committed to.
    """
    lines = plaintext.split(b"\n")
    if lines.pop() != b"" or len(lines) < 2 or plaintext != _pad(plaintext[: plaintext.rfind(b"\n", 0, -1) + 1]):
        raise DisclosureError("the opened list does not end as it should; its holder must lodge it again")
    lines.pop()
    draw, draw_disclosure = _open_header(lines[0], public)
    if len(lines) - 1 != public.count:
        raise DisclosureError(
            f"the opened list holds {len(lines) - 1} people and {public.count} were committed; its holder must lodge it again"
        )
    people = {line.person: _open_person(line, secret) for line, secret in zip(public.people, lines[1:], strict=True)}
    return OpenedList(public, draw, draw_disclosure, people)


def _open_header(line: bytes, public: PublicList) -> tuple[str, str]:
    try:
        match canonical.read(line):
            case {"disclosures": [str(text)], "format": "homeward-list/1", **more} if not more:
                opened = salted.read(text)
                if salted.digest(text) == public.draw_digest and opened.field == _DRAW_FIELD:
                    return _check_draw(opened.value), text
    except (ValueError, DisclosureError):
        pass
    raise DisclosureError("the first line of the opened list does not open the commitment; its holder must lodge it again")


def _check_draw(value: Value) -> str:
    text = str(value)
    if bytes.fromhex(text).hex() != text or len(text) != 2 * DRAW_BYTES:
        raise ValueError("a draw nonce has 64 hexadecimal digits")
    return text


def _open_person(line: PersonLine, secret: bytes) -> OpenedPerson:
    try:
        match canonical.read(secret):
            case {"disclosures": [*texts], "person": str(person), **more} if not more and person == line.person:
                pass
            case _:
                raise _not_opened(line.person, "its line in the opened list is another person's or has another form")
    except ValueError:
        raise _not_opened(line.person, "its line in the opened list is damaged") from None
    return open_person(line, texts, whole=True)


def open_person(line: PersonLine, texts: Sequence[canonical.Json], *, whole: bool) -> OpenedPerson:
    """Check disclosures against one person's public line: all of them in order (`whole`), or a chosen few fields."""
    if whole and len(texts) != len(line.digests):
        raise _not_opened(line.person, f"{len(texts)} disclosures stand behind {len(line.digests)} digests")
    fields: dict[str, Value] = {}
    disclosures: dict[str, str] = {}
    for number, text in enumerate(texts):
        try:
            opened = salted.read(text if isinstance(text, str) else "")
        except DisclosureError as error:
            raise _not_opened(line.person, str(error)) from None
        digest = salted.digest(str(text))
        if digest != line.digests[number] if whole else digest not in line.digests:
            raise _not_opened(line.person, "a disclosure belongs to no digest that was committed")
        if opened.is_decoy and whole:
            continue
        if opened.is_decoy or opened.field in fields:
            raise _not_opened(line.person, "a field is disclosed twice, or a disclosure discloses nothing")
        fields[opened.field] = opened.value
        disclosures[opened.field] = str(text)
    ordered = sorted(fields)
    return OpenedPerson(
        line.person, line.category, {name: fields[name] for name in ordered}, {name: disclosures[name] for name in ordered}
    )


def _not_opened(person: str, what: str) -> DisclosureError:
    return DisclosureError(
        f"{person}: what was handed over does not open the commitment: {what}; its holder must explain", person
    )
