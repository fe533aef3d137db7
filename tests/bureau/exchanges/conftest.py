"""Three offices of one invented exchange, as three nodes have them, side by side in one test database.

Every party's office is an exchange of its own here (`may-ua`, `may-ru`, `may-n`), so that one process can play all three. Each party has
two officers with a key each. `world` stands after the freeze, before any stage; `closed_day` after the first stage.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.test import Client

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.models import Exchange
from homeward.people import Field
from homeward.rehearsal import HalfWay, half_demo
from tests.bureau.conftest import browser_of, make_officer

SLUGS = {"UA": "may-ua", "RU": "may-ru", "NEUTRAL": "may-n"}
PARTY_ROLES = (Role.LIST_OFFICER, Role.NEGOTIATOR, Role.HANDOVER_OFFICER)


@cache
def half_way(stages: int) -> HalfWay:
    """An invented exchange of 12 for 12, played once for all tests of this process."""
    folder = Path(mkdtemp(prefix="homeward-tests-"))
    return half_demo(folder / "demo", people=12, stages=stages, progress=lambda *_: None)


@dataclass
class World:
    """The three offices and their officers."""

    node: Path
    half: HalfWay
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    officers: dict[str, tuple[User, User]] = field(default_factory=dict)

    def client(self, party: str, number: int = 0) -> Client:
        """A browser of a party's first or second officer, freshly authenticated."""
        return browser_of(self.officers[party][number])

    def url(self, party: str, rest: str = "") -> str:
        return f"/exchanges/{SLUGS[party]}/{rest}"

    def carry(self, sender: str, to: str) -> None:
        """A parcel, by hand, from one office to another."""
        path = services.make_parcel(self.exchanges[sender], to, by=self.officers[sender][0])
        services.take_parcel(self.exchanges[to], path.read_bytes(), by=self.officers[to][0])

    def pass_on(self) -> None:
        """Everybody hands in, the neutral delivers."""
        for party in ("UA", "RU"):
            self.carry(party, "NEUTRAL")
        for party in ("UA", "RU"):
            self.carry("NEUTRAL", party)

    def round(self) -> None:
        """A pass, and a head that all have cosigned and have seen cosigned."""
        for party in ("UA", "RU"):
            self.carry(party, "NEUTRAL")
        services.make_head_now(self.exchanges["NEUTRAL"], by=self.officers["NEUTRAL"][0])
        for party in ("UA", "RU"):
            self.carry("NEUTRAL", party)
            services.cosign_head(self.exchanges[party], by=self.officers[party][0])
        self.pass_on()

    def by_two(self, party: str, deed: str, **args: object) -> None:
        """A grave act: asked for by the first officer, confirmed by the second."""
        pending = services.do(self.exchanges[party], self.officers[party][0], deed, **args)
        assert pending is not None
        services.confirm(pending, self.officers[party][1])

    def proposal(self, party: str, act: str) -> str:
        """The leaf of the open proposal of this kind."""
        with services.office_of(self.exchanges[party]) as office:
            return next(leaf for leaf, each in office.state.proposals.items() if each.entry.act == act and each.settled is None)

    def names(self) -> set[str]:
        """Every surname and every given name of both lists, as written."""
        return {
            part
            for files in self.half.inputs.parties.values()
            for person in files.held.people
            for name in (Field.SURNAME, Field.GIVEN_NAMES)
            for part in (person.written(name) or "",)
            if len(part) > 2
        }


def build(node: Path, stages: int) -> World:
    """Copy the offices into a node's folder and give them officers."""
    half = half_way(stages)
    world = World(node, half)
    for party, slug in SLUGS.items():
        shutil.copytree(half.folder / party, node / "exchanges" / slug)
        world.exchanges[party] = services.add_exchange(slug, f"May, {party}", by=None)
        roles = (Role.NEUTRAL_DELEGATE,) if party == "NEUTRAL" else PARTY_ROLES
        pair = tuple(make_officer(f"{party.lower()}-{n}", *roles, device=f"officer-{n}") for n in (1, 2))
        world.officers[party] = (pair[0], pair[1])
        for officer in pair:
            services.assign(world.exchanges[party], officer, by=None)
    return world


@pytest.fixture(autouse=True)
def closed_offices() -> Iterator[None]:
    yield
    services.close_offices()


@pytest.fixture
def world(db: None, node: Path) -> World:
    """After the freeze: plans may be made, nobody has gone."""
    return build(node, 0)


@pytest.fixture
def closed_day(db: None, node: Path) -> World:
    """After the first of three stages."""
    return build(node, 1)


Visit = Callable[[Client, str], str]
