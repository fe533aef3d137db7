"""What a demo node is filled with, by the services that its pages use: officers, register, exchange, review desk, peers.

Django is set up before this module is imported (`seeding`). The last pairs of the review desk are left for the visitor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from homeward.bureau.access.demo import add_demo_officer
from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.demo.laying import SLUG, Seed, Word
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.services import add_exchange, assign, close_offices, make_hand, people_on
from homeward.bureau.exchanges.services_peers import set_peer
from homeward.bureau.register.claims import Provenance
from homeward.bureau.register.services import import_people, people
from homeward.bureau.review.models import Pair, Proposal
from homeward.bureau.review.services import say, start_run
from homeward.bureau.review.standing import Said
from homeward.people import Field

#: How many pairs the visitor finds unsettled: some without a word, some with one.
LEFT_OPEN, LEFT_HALF = 40, 12


def fill(seed: Seed, ports: Mapping[str, int]) -> None:
    """Fill the node's database. `ports` says where the nodes of the others listen on this machine."""
    officers = add_officers()
    exchange = add_exchange(SLUG, seed.title, by=None)
    for name, officer in officers.items():
        if name != "admin":
            assign(exchange, officer, by=None)
    signers = [officers[name] for name in ("negotiator", "handover", "delegate1", "delegate2") if name in officers]
    for officer in signers:
        make_hand(exchange, officer, by=officer)
    for party, token in seed.tokens.items():
        url = f"http://127.0.0.1:{ports[party]}/exchanges/{SLUG}/node/{seed.party}"
        set_peer(exchange, party, url, token, enabled=True, by=signers[0])
    if seed.register:
        _fill_register(Path(seed.register))
        _fill_review(exchange, seed)
    close_offices()


def add_officers() -> dict[str, User]:
    """One invented officer for each role that this node has; two where two must sign or decide."""
    whose: tuple[tuple[str, str, Role], ...]
    if settings.IDENTITY.neutral:
        whose = (
            ("delegate1", "First delegate", Role.NEUTRAL_DELEGATE),
            ("delegate2", "Second delegate", Role.NEUTRAL_DELEGATE),
        )
    else:
        whose = (
            ("negotiator", "Negotiator", Role.NEGOTIATOR),
            ("listofficer", "List officer", Role.LIST_OFFICER),
            ("handover", "Handover officer", Role.HANDOVER_OFFICER),
            ("registrar", "Registrar", Role.REGISTRAR),
            ("reviewer1", "First reviewer", Role.REVIEWER),
            ("reviewer2", "Second reviewer", Role.REVIEWER),
        )
    for_all = (
        ("protection", "Data protection officer", Role.DATA_PROTECTION),
        ("auditor", "Auditor", Role.AUDITOR),
        ("admin", "Administrator", Role.ADMINISTRATOR),
    )
    language = settings.IDENTITY.language
    return {
        name: add_demo_officer(name, called=called, roles=[role], language=language)
        for name, called, role in (*whose, *for_all)
    }


def _fill_register(path: Path) -> None:
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    import_people(path, Provenance("own_records", "B2", written, "the bureau's own spreadsheet"), by=None)


def _fill_review(exchange: Exchange, seed: Seed) -> None:

    first, second = (User.objects.get(username=name) for name in ("reviewer1", "reviewer2"))
    register = people(None)
    number_of = {person.text(Field.ID) or person.id: person.id for person in register}
    for list_id, words in seed.words.items():
        run = start_run(exchange=SLUG, list_id=list_id, entries=people_on(exchange, list_id), register=register, by=first)
        said = {(word.question, word.left, number_of.get(word.right, word.right)): word for word in words}
        pairs = [row.pair for row in Proposal.objects.filter(run=run).select_related("pair")]
        for pair, word in _with_words(pairs[: len(pairs) - LEFT_OPEN], said):
            say(pair, Said(word.first), by=first)
            say(pair, Said(word.second), by=second)
        for pair, word in _with_words(pairs[len(pairs) - LEFT_OPEN :][:LEFT_HALF], said):
            say(pair, Said(word.first), by=first)


def _with_words(pairs: Sequence[Pair], said: Mapping[tuple[str, str, str], Word]) -> list[tuple[Pair, Word]]:
    """The pairs that the invented officers gave words on, with these."""
    found = []
    for pair in pairs:
        seen = pair.seen
        right = seen["right"]["id"] if seen.get("right") else ""
        word = said.get((pair.question, seen["left"]["id"], right))
        if word is not None:
            found.append((pair, word))
    return found
