"""Keeping the journal in step with what this office has signed.

An act and its line in the journal lie in two databases, so a power cut can fall between them. **The act is the truth.** The office's
outbox numbers its own lines and forgets none of them; `Exchange.noted` says up to which number the journal tells. After every
signing, and whenever an office is used again, `note` writes the missing lines and moves the number, both in one transaction: with the
officer's name after a signing, without one (and with the names of the keys) for what was found later, such as after a power cut or
after a command on the terminal.
"""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.office.desk import Office
from homeward.record import parse_line


def note(exchange: Exchange, office: Office, by: User | None) -> int:
    """Write a journal line for every kind of act that this office signed since the last time. Gives how many acts that were."""
    rows = office.store.database.execute("SELECT id, line FROM outbox WHERE id > ? ORDER BY id", (exchange.noted,)).fetchall()
    if not rows:
        return 0
    kinds: Counter[tuple[str, str]] = Counter()
    for _, line in rows:
        act = parse_line(line)
        kinds[(act.kind, " + ".join(signature.name for signature in act.signatures))] += 1
    last = int(rows[-1][0])
    with transaction.atomic():
        # Two processes may find the same lines; the one that moves the number first writes them.
        moved = Exchange.objects.filter(pk=exchange.pk, noted=exchange.noted).update(noted=last)
        if moved:
            for (kind, hands), count in kinds.items():
                counts: dict[str, int | str] = {"act": kind, "acts": count, "hands": hands}
                if by is None:
                    counts["found_later"] = 1
                write(Tag.EXCHANGES_ACT_SIGNED, exchange.subject, by=by, counts=counts)
    exchange.noted = last
    return len(rows)
