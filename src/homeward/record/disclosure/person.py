"""Opening one person to one family, a court or a hospital: `disclose` and `check_disclosure` mirror each other.

    {"disclosures":["…","…"],"format":"homeward-disclosure/1","index":417,"line":{…},"proof":["…",…]}

The text holds the person's public line, the disclosures of the chosen fields, and the path from the line to the root of the
list. Whoever checks it takes the root and the size from a head that all parties cosigned, never from the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from homeward.record.disclosure import canonical
from homeward.record.disclosure.errors import DisclosureError
from homeward.record.disclosure.lines import parse_person
from homeward.record.disclosure.lists import OpenedList, OpenedPerson, open_person
from homeward.record.disclosure.salted import decode, encode
from homeward.record.tree import ProofError, check_inclusion, leaf_hash

FORMAT: Final = "homeward-disclosure/1"
#: A proof never has more hashes than this: no list has more than 2^30 people.
_MAX_PROOF = 31


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One person as far as they were disclosed, and the number of their line in the tree (the header has number 0)."""

    person: OpenedPerson
    index: int


def disclose(opened: OpenedList, person: str, fields: Iterable[str]) -> bytes:
    """One person's chosen fields with their proof, about 1.5 kB. `DisclosureError` for a person or field that is not there."""
    entry = opened.people.get(person)
    if entry is None:
        raise DisclosureError(f"{person} is not on this list; look in the list of the other side", person)
    chosen = sorted(set(fields))
    missing = [name for name in chosen if name not in entry.fields]
    if missing:
        raise DisclosureError(f"{person}: the list has no field {', '.join(missing)} for this person; leave it out", person)
    index = opened.public.index[person]
    line = opened.public.lines[index]
    return canonical.write(
        {
            "disclosures": [entry.disclosures[name] for name in chosen],
            "format": FORMAT,
            "index": index,
            "line": canonical.read(line),
            "proof": [encode(step) for step in opened.public.tree.prove_inclusion(index, opened.public.size)],
        }
    )


def check_disclosure(disclosed: bytes, root: bytes, size: int) -> Disclosed:
    """What the text proves about one person of the list with this root and tree size; `DisclosureError` if it proves nothing.

    `root` (32 bytes) and `size` come from the record. Anything that the text says beyond the proof is refused.
    """
    try:
        match canonical.read(disclosed):
            case {
                "disclosures": [*texts],
                "format": "homeward-disclosure/1",
                "index": int(index),
                "line": dict(line),
                "proof": [*steps],
                **more,
            } if not more and len(steps) <= _MAX_PROOF:
                data = canonical.write(line)
                proof = [decode(step if isinstance(step, str) else "", 32) for step in steps]
            case _:
                raise _unreadable()
    except ValueError:
        raise _unreadable() from None
    if index < 1:
        raise _unreadable()
    # The path is checked before anything of the line is believed.
    try:
        check_inclusion(leaf_hash(data), index, size, root, proof)
    except ProofError:
        raise DisclosureError("this disclosure does not belong to the committed list; ask who gave it for another") from None
    return Disclosed(open_person(parse_person(data, None, index + 1), texts, whole=False), index)


def _unreadable() -> DisclosureError:
    return DisclosureError(f"this is not a whole disclosure ({FORMAT}); copy it again")
