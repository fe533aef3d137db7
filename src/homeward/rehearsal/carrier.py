"""The carrier of a rehearsal: it takes files from one office's outbox to another's inbox, and nothing else passes between them.

A *round* ends with a head that all parties have cosigned: everybody hands in, the neutral appends, makes a head and delivers,
everybody checks and cosigns, the cosignatures come back and go out. A *pass* is the shorter way, with a head that the log alone
has signed, for acts that only need to be seen by the other side.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from homeward.office.desk import Office
from homeward.office.mail import cosign_now, head_and_cosign, receive, send
from homeward.record import hand_in, make_head, take_in

Files = Mapping[str, bytes]


class Carrier:
    """Carries between offices. The one that keeps the log is `neutral`."""

    def __init__(self, neutral: Office, parties: Mapping[str, Office]) -> None:
        self.neutral = neutral
        self.parties = parties
        self.carried = 0

    def pass_on(self, inward: Mapping[str, Files] | None = None, outward: Mapping[str, Files] | None = None) -> None:
        """Everybody hands in, the neutral appends and delivers. `inward` files go to the neutral, `outward` ones from it."""
        self._collect(inward or {})
        assert self.neutral.keys.log is not None, "the neutral keeps the log"
        make_head(self.neutral.store, self.neutral.keys.log)
        self._deliver(outward or {})

    def round(self, inward: Mapping[str, Files] | None = None, outward: Mapping[str, Files] | None = None) -> None:
        """A pass, and a head that everybody has cosigned and has seen cosigned by everybody."""
        self._collect(inward or {})
        head_and_cosign(self.neutral)
        self._deliver(outward or {})
        for office in self.parties.values():
            cosign_now(office)
        self._collect({})
        self._deliver({})

    def log_own(self) -> None:
        """The neutral's own acts go into the log without travelling."""
        take_in(self.neutral.store, hand_in(self.neutral.store))

    def _collect(self, files: Mapping[str, Files]) -> None:
        self.log_own()
        for code, office in self.parties.items():
            self._carry(office, self.neutral, files.get(code))

    def _deliver(self, files: Mapping[str, Files]) -> None:
        for code, office in self.parties.items():
            self._carry(self.neutral, office, files.get(code))

    def _carry(self, sender: Office, receiver: Office, files: Files | None) -> None:
        sent = send(sender, receiver.party, files)
        inbox = receiver.folder / "inbox"
        inbox.mkdir(mode=0o700, exist_ok=True)
        arrived = inbox / sent.name
        shutil.copyfile(sent, arrived)
        report = receive(receiver, arrived)
        assert not report.refused, report.refused
        self.carried += 1
