"""For the tests of the reveal: an exchange up to its commitments, with one keeper or with two."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from homeward.invented.agreement import terms_text
from homeward.office.desk import Office
from homeward.office.founding import charter_for, found
from homeward.office.keys import Keys
from homeward.office.own_lists import commit, lodge
from homeward.people import Claim, Field, Person
from homeward.record.entropy import seeded
from homeward.rehearsal.carrier import Carrier
from homeward.rehearsal.clock import RehearsalClock

_CODED = re.compile(rb"[A-Za-z0-9_-]{16,}")

DAY = date(2025, 5, 20)
#: List → the names in it. Everybody is invented, and no name stands in two lists.
NAMES = {"UA": ("Прикладенко", "Вигаданюк"), "RU": ("Выдумкин", "Примеров")}


def people(list_id: str) -> list[Person]:
    return [
        Person(f"r{number}", {Field.SURNAME: Claim(name, name), Field.CATEGORY: Claim("soldier", "soldier")})
        for number, name in enumerate(NAMES[list_id], 2)
    ]


@dataclass
class Table:
    """Two sides, the neutral and, with two keepers, a host; the terms are agreed."""

    folder: Path
    keepers: tuple[str, ...] = ("NEUTRAL", "TR")
    made: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes = ["UA", "RU", *sorted({"NEUTRAL", *self.keepers})]
        keys = {
            code: Keys.make(
                self.folder / code / "keys", code, log=code == "NEUTRAL", post_quantum=False, entropy=seeded(f"reveal {code}")
            )
            for code in codes
        }
        log = keys["NEUTRAL"].log
        assert log is not None
        keepers = self.keepers if len(self.keepers) > 1 else ()
        charter = charter_for(terms_text(12).encode(), [each.public for each in keys.values()], log.verifier, keepers)
        clock = RehearsalClock(DAY)
        self.offices = {code: found(self.folder / code, keys[code], charter, clock) for code in codes}
        self.carrier = Carrier(self.neutral, {code: each for code, each in self.offices.items() if code != "NEUTRAL"})
        leaf = self.offices["UA"].say("terms-proposed")
        self.carrier.pass_on()
        for code in codes[1:]:
            self.offices[code].agree(leaf)
        self.carrier.round()

    @property
    def neutral(self) -> Office:
        return self.offices["NEUTRAL"]

    @property
    def lists(self) -> tuple[str, ...]:
        return tuple(sorted(self.neutral.terms.sides))

    def holder(self, list_id: str) -> Office:
        return self.offices[self.neutral.terms.sides[list_id].holder]

    def receiver(self, list_id: str) -> Office:
        return self.offices[self.neutral.terms.sides[list_id].receiver]

    def commit(self, *lists: str) -> None:
        """The holders of these lists commit to them; what goes to the keepers is made and not yet sent."""
        for list_id in lists or self.lists:
            holder = self.holder(list_id)
            self.made[list_id] = commit(holder, list_id, people(holder.party), on=DAY, entropy=seeded(f"list {list_id}"))

    def hand_over(self, *, cosigned: bool = True) -> None:
        """What was made goes to the neutral, and from there to the other keepers; with a full head, or without."""
        inward: dict[str, dict[str, bytes]] = {}
        for list_id, files in self.made.items():
            inward.setdefault(self.holder(list_id).party, {}).update(files)
        everything = {name: content for files in self.made.values() for name, content in files.items()}
        outward = {code: everything for code in self.keepers if code != "NEUTRAL"}
        (self.carrier.round if cosigned else self.carrier.pass_on)(inward=inward, outward=outward)

    def lodge(self, *lists: str, keepers: tuple[str, ...] | None = None) -> None:
        for code in keepers or self.keepers:
            for list_id in lists or self.lists:
                lodge(self.offices[code], list_id)
        self.carrier.round()

    def keeping(self) -> list[Office]:
        return [self.offices[code] for code in self.keepers]

    def names_known_to(self, party: str, but_own: str) -> set[str]:
        """Which names of the other side's list lie readable anywhere in a party's folder."""
        content = b"\n".join(path.read_bytes() for path in sorted(self.offices[party].folder.rglob("*")) if path.is_file())
        return {name for code, names in NAMES.items() if code != but_own for name in names if name in readable(content)}


def readable(content: bytes) -> str:
    """All text in these bytes, and in whatever stands in them as base64: that is how an opened list carries a value."""
    decoded = [urlsafe_b64decode(text + b"=" * (-len(text) % 4)) for text in _CODED.findall(content) if len(text) % 4 != 1]
    return b"\n".join([content, *decoded]).decode("utf-8", "replace")
