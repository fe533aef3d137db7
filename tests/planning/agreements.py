"""Invented lists that each of the real agreements could be filled from. Nobody on them exists; they have no names at all.

A list is written as blocks: so many people with these facts. Whatever a block leaves open is drawn, from the agreement's own name
as the seed, so that a list is always the same.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from homeward.people.dates import PartialDate
from homeward.people.person import CODES, Claim, Field, Person
from homeward.planning import Candidate
from homeward.terms import Terms, facts_under

Facts = Mapping[str, str | int]


@dataclass(frozen=True)
class Block:
    """So many people alike in these facts: `age` in years on the day of handover, `holder` and `receiver` for blocs."""

    count: int
    facts: Facts = field(default_factory=dict)


def block(count: int, **facts: str | int) -> Block:
    return Block(count, MappingProxyType(facts))


SOLDIERS, CIVILIANS = {"status": "military"}, {"status": "civilian"}
WELL = {"status": "military", "medical": "well"}

#: Agreement → side → blocks. Lists are longer than the need, except where an agreement sends everybody.
LISTS: Mapping[str, Mapping[str, Sequence[Block]]] = {
    "istanbul-2025-05-16": {
        side: (block(1150, **SOLDIERS), block(160, **CIVILIANS)) for side in ("home-UA", "home-RU")
    },
    "istanbul-2025-06-02": {
        **{
            side: (
                block(700, **SOLDIERS, medical="well", age=22),
                block(250, **SOLDIERS, medical="seriously_wounded", age=40),
                block(120, **SOLDIERS, medical="seriously_ill", age=51),
            )
            for side in ("home-UA", "home-RU")
        },
        "remains-UA": (block(300, state="dead"),),
        "remains-RU": (block(78, state="dead"),),
    },
    "istanbul-2025-07-23": {
        "home-UA": (block(1260, **SOLDIERS),),
        "home-RU": (block(1230, **SOLDIERS),),
        "civilians-UA": (block(30, **CIVILIANS),),
        "civilians-RU": (block(12, **CIVILIANS),),
        "remains-UA": (block(250, state="dead"),),
    },
    "yemen-2018": {"home-GOV": (block(150), block(9, medical="seriously_ill")), "home-NC": (block(210),)},
    "yemen-2023": {"home-NC": (block(760),), "home-GOV": (block(200),)},
    "dayton-1995": {
        "home-first": (block(120, **SOLDIERS), block(60, **CIVILIANS)),
        "home-RS": (block(90, **SOLDIERS, holder="BIH"), block(70, **CIVILIANS, holder="FED")),
    },
    "dix-hill-1862": {
        side: (
            *(block(count, **SOLDIERS, rank=rank) for rank, count in officers.items()),
            block(12, **CIVILIANS, rank="private"),
        )
        for side, officers in {
            "home-US": {"private": 260, "nco": 40, "lieutenant": 9, "captain": 5, "colonel": 1},
            "home-CS": {"private": 330, "nco": 25, "lieutenant": 12, "captain": 2, "major": 1},
        }.items()
    },
    "key-2023-11": {
        "home-X": (block(40, sex="F", age=34), block(24, sex="M", age=11)),
        "home-Y": (block(180, sex="F", age=29), block(130, sex="M", age=17)),
    },
    "key-2025-01": {
        "home-X": (
            block(9, category="nine", medical="seriously_ill", age=60, sex="M", status="civilian"),
            block(5, **WELL, sex="F", age=20, category="other"),
            block(10, sex="M", age=55, medical="well", category="other"),
            block(9, **CIVILIANS, sex="F", age=30, medical="well", category="other"),
        ),
        "home-Y": (
            block(320, sentence="life", medical="well"),
            block(130, sentence="long", medical="well"),
            block(620, sentence="none", medical="well"),
        ),
    },
    "korea-1953": {
        "home-UNC": (block(68, medical="sick"), block(25, medical="seriously_wounded"), block(127, medical="well")),
        "home-KPA": (block(67, medical="slightly_wounded"), block(758, medical="well")),
    },
    "ankara-2024": {
        "to-west": (
            block(13, holder="RU", receiver="DE", age=45),
            block(2, holder="BY", receiver="DE", age=40),
            block(4, holder="RU", receiver="US", age=38),
        ),
        "to-east": (
            block(3, holder="US", receiver="RU", age=44),
            block(1, holder="DE", receiver="RU", age=58),
            block(1, holder="PL", receiver="RU", age=42),
            block(1, holder="NO", receiver="RU", age=41),
            block(2, holder="SI", receiver="RU", age=40, family="one"),
            block(2, holder="SI", receiver="RU", age=9, family="one"),
        ),
    },
}  # fmt: skip

#: How many go on each side, where the agreement itself says so.
GOING: Mapping[str, Mapping[str, int]] = {
    "istanbul-2025-05-16": {"home-UA": 1000, "home-RU": 1000},
    "istanbul-2025-06-02": {"home-UA": 1070, "home-RU": 1070, "remains-UA": 300, "remains-RU": 78},
    "istanbul-2025-07-23": {"home-UA": 1230, "home-RU": 1230, "civilians-UA": 30, "civilians-RU": 12, "remains-UA": 250},
    "yemen-2018": {"home-GOV": 159, "home-NC": 210},
    "yemen-2023": {"home-NC": 706, "home-GOV": 181},
    "dayton-1995": {"home-first": 180, "home-RS": 160},
    "key-2023-11": {"home-X": 50, "home-Y": 150},
    "key-2025-01": {"home-X": 33, "home-Y": 290 + 100 + 540},
    "korea-1953": {"home-UNC": 220, "home-KPA": 825},
    "ankara-2024": {"to-west": 16, "to-east": 10},
}
#: The day of handover that ages are reckoned on where neither terms nor stages have one.
DAY = date(2025, 6, 9)


@dataclass(frozen=True)
class Filled:
    """The lists of one agreement: the rows, and for each id the holder and the receiver that a row does not carry."""

    people: Mapping[str, Sequence[Person]]
    more: Mapping[str, Mapping[str, Mapping[str, str | int | None]]]
    day: date

    def pools(self, terms: Terms) -> dict[str, list[Candidate]]:
        """The same people as candidates for a plan."""
        return {
            side: [
                Candidate(
                    person.id,
                    {
                        name: value
                        for name, value in facts_under(terms, person, side, on=self.day, **self.more[side][person.id]).items()
                        if value is not None
                    },
                )
                for person in people
            ]
            for side, people in self.people.items()
        }


def filled(agreement: str, terms: Terms) -> Filled:
    """The invented lists of one agreement, side by side."""
    rng = random.Random(agreement)
    day = next((stage.date for stage in terms.stages if stage.date is not None), None) or DAY
    people: dict[str, list[Person]] = {}
    more: dict[str, dict[str, dict[str, str | int | None]]] = {}
    for side, blocks in LISTS[agreement].items():
        people[side], more[side] = [], {}
        for facts in (facts for one in blocks for facts in [one.facts] * one.count):
            ident = f"{side}-{len(people[side]):04d}"
            people[side].append(_person(ident, facts, terms.reference_date or day, rng))
            more[side][ident] = {name: str(facts[name]) for name in ("holder", "receiver") if name in facts}
    return Filled(people, more, day)


def _person(ident: str, facts: Facts, day: date, rng: random.Random) -> Person:
    drawn: dict[Field, str | PartialDate] = {
        Field.STATUS: "military",
        Field.SEX: rng.choice(("M", "M", "M", "F")),
        Field.MEDICAL: rng.choice(("well", "well", "well", "sick", "slightly_wounded")),
        Field.MOBILITY: rng.choice(("walking",) * 30 + ("stretcher",)),
        Field.RANK: rng.choice(CODES[Field.RANK][:5]),
        Field.STATE: "confirmed",
        Field.CAPTURED_ON: PartialDate.from_date(day - timedelta(days=rng.randint(40, 900))),
    }
    years = int(facts.get("age", rng.randint(20, 60)))
    drawn[Field.BIRTH_DATE] = PartialDate.from_date(day - timedelta(days=round((years + 0.5) * 365.25)))
    drawn |= {Field(name): str(value) for name, value in facts.items() if name not in {"age", "holder", "receiver"}}
    return Person(ident, {name: Claim(str(value), value) for name, value in drawn.items()})
