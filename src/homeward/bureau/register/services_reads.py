"""Writing down who read whom, and searching. Whatever shows a person says so here first, whether on a page, in a search or a file.

While somebody leafs and types, the same people come by again and again; one line for each officer, person and kind of place is
enough for `QUIET`. The page of a person always makes a line. A read of a specially protected person makes an alert line besides.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import fields_seen, visible
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.services import write, write_many
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register.known import known, opened
from homeward.bureau.register.shelf import SEARCHED, Kept, index_of, shelf
from homeward.matching import match
from homeward.matching.model import Proposal, probability
from homeward.people import Field, Person

QUIET = timedelta(minutes=10)
#: Every place where people are shown, as it stands in the line.
PLACES = ("page", "list", "search", "duplicates", "export", "import", "emergency")
#: More namesakes than this are not listed at once; the page says so.
MOST_ALIKE = 200


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody of the register who may be the person that is being typed in."""

    kept: Kept
    person: Person
    proposal: Proposal
    chance: float


def note_reads(user: User, people: Iterable[Kept], place: str) -> None:
    """Write that the officer was shown these people."""
    assert place in PLACES, "a read says where"
    shown = {f"person:{kept.number}": kept for kept in people}
    if not shown:
        return
    with transaction.atomic():
        new = dict(shown)
        if place not in {"page", "export", "emergency"}:
            recent = Line.objects.filter(actor=user, tag=Tag.REGISTER_PERSON_READ.value, at__gt=timezone.now() - QUIET)
            for subject, counts in recent.values_list("subject", "counts"):
                if counts.get("where") == place:
                    new.pop(subject, None)
        write_many(Tag.REGISTER_PERSON_READ, new, by=user, counts={"where": place})
        alerts = [subject for subject, kept in new.items() if kept.protected]
        write_many(Tag.REGISTER_PROTECTED_READ, alerts, by=user, counts={"where": place})


def search(user: User, query: str, *, limit: int = 50) -> tuple[list[Kept], list[Kept]]:
    """People who fit a name, the best first: everybody else, and the specially protected whom this officer may know of.

    The two are looked for apart, so that the order of the first tells nothing of the second. The line that is written says how
    many were found and not what was asked.
    """
    kept = shelf()
    fields = fields_seen(user) & SEARCHED
    plain, protected = [], []
    if query.strip() and fields:
        for number in kept.finder(fields).find(query, limit):
            found = kept.get(number)
            if found is not None and not found.protected:
                plain.append(found)
        mine = kept.some(opened(user))
        if mine:
            hits = index_of(mine, fields).search(query, limit=limit)
            by_number = {f"{one.number}": one for one in mine}
            protected = [by_number[number] for number in dict.fromkeys(hit.id for hit in hits)]
    with transaction.atomic():
        write(Tag.REGISTER_PERSON_SEARCHED, by=user, counts={"found": len(plain) + len(protected)})
        note_reads(user, [*plain, *protected], "search")
    return plain, protected


def alike(user: User, person: Person, *, besides: int | None = None) -> list[Alike]:
    """Everybody whom the officer may know of and who may be this person, the likeliest first; all namesakes, never `besides` itself.

    Every one is weighed alone, so that ten namesakes do not make each other unlikely and vanish.
    """
    kept = shelf()
    fields = fields_seen(user)
    mine = visible(user, person)
    words = " ".join(filter(None, (mine.text(name) for name in (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC))))
    if not words:
        return []
    near = [kept.get(number) for number in kept.finder(fields & SEARCHED).find(words, MOST_ALIKE)]
    people = [one for one in near if one is not None and not one.protected] + kept.some(opened(user))
    people = [one for one in people if one.number != besides]
    if not people:
        return []
    rows = [(one, visible(user, each)) for one in people for each in one.names]
    right = [Person(str(at), each.claims) for at, (_, each) in enumerate(rows)]
    # The whole register is what somebody is drawn from, not the few with a similar name.
    rarity = math.log2(max(1, len(known(user))) / len(people))
    best: dict[int, Alike] = {}
    for proposal in match([Person("typed", mine.claims)], right, one_to_one=False, at_least=0.0, top=len(right)):
        alone = proposal.without("others")
        one, _ = rows[int(proposal.right_id)]
        chance = probability(alone.bits - rarity)
        if one.number not in best or best[one.number].chance < chance:
            best[one.number] = Alike(one, visible(user, one.person), alone, chance)
    found = sorted((each for each in best.values() if _worth_showing(each)), key=lambda each: (-each.chance, each.kept.number))
    with transaction.atomic():
        note_reads(user, [each.kept for each in found], "duplicates")
    return found


def _worth_showing(each: Alike) -> bool:
    """Namesakes always, others from one in a hundred on."""
    names = {bar.kind: bar.bits for bar in each.proposal.evidence if bar.kind in {"surname", "given_names"}}
    return each.chance >= 0.01 or (names.get("surname", 0.0) > 0 and names.get("given_names", 1.0) > 0)
