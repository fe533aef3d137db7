"""The schema `exchange-terms/1` as a table: every key, its kind of value, what it means, and an example.

The checker (`homeward.terms.checking`), the published JSON Schema and the reference in the documentation are all made from
this one table, so that none of them can say something that the others do not.

>>> TABLES["clocks"].key("lists").kind
<Kind.CLOCK: 'clock'>
>>> CLAUSE_KEYS["parity"].needed
('sides',)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

SCHEMA = "exchange-terms/1"

#: The stages that a clause may speak of without naming one.
OVERS = ("end", "each stage", "after every stage", "after every stage but the last")
ROLES = ("mediator", "guarantor", "host", "supervisor", "observer", "interviewer", "carrier", "medical", "gives the go")
ANCHORS = (
    "signature",
    "entry into force",
    "lists",
    "answers",
    "remarks",
    "final lists",
    "stage",
    "capture",
    "arrival",
    "detention",
)
GRADES = ("public", "parties", "sealed")
GROUNDS = (
    "legal-hold", "refusal", "dead", "released-earlier", "not-identified", "conviction", "disciplinary", "status", "other",
)  # fmt: skip
NEEDS = ("reconciled", "receipts", "interviews", "medical", "conduct", "no-side-exchanges", "consideration", "other")
OBLIGATIONS = (
    "no-active-service", "third-country-stay", "no-rearrest", "no-reprisals", "legal-clearing", "papers-returned",
    "property-returned", "later-found-released", "reciprocal-release", "visits", "search-for-remains", "other",
)  # fmt: skip
PLACE_KINDS = ("border", "airport", "field", "bridge", "port", "prison", "point")
REMEDIES = ("reserve-same-groups", "reserve", "reduce-both", "owed", "remains", "none")
SCORES = ("days_held", "age")


class Kind(StrEnum):
    """What a value must look like. The text after the name is how the documentation says it."""

    TEXT = "text"
    WORDS = 'text, or one text per language: { en = "…", uk = "…" }'
    ID = "short name without blanks"
    DATE = "date, YYYY-MM-DD without quotes"
    COUNT = "whole number, 0 or more"
    LENGTH = "whole number, 2 or more"
    SHARE = "number from 0 to 1"
    VALUE = 'number above 0, or a fraction in quotes such as "110/9"'
    FLAG = "true or false"
    EXPRESSION = "condition"
    GROUP_RULE = "condition, or { where = condition, on = day, text = words }"
    CHOICE = "one of the listed words"
    CHOICES = "list of the listed words"
    PARTY = "party or bloc"
    OWING = 'party, bloc, neutral, or "all"'
    PARTIES = "list of parties"
    SIDE = "side"
    SIDES = 'list of sides; "a+b" counts two together'
    STAGE = "stage"
    GATED = 'stage, or "every stage"'
    OVER = "stage, or one of the listed words"
    BY = 'a stage or "end" (kind all); a fact such as "family" (kind together)'
    DAY = 'date, or "capture" or "handover"'
    GROUP = "group"
    GROUPS = "list of groups"
    FACT = "fact"
    PEOPLE = "list of ids"
    KEY = "table: group = how many"
    PER_PARTY = "list of parties, or a table: party = how many"
    WEIGHTS = "name of a table of equivalents"
    CLAUSES = "list of clause ids"
    COSTS = "table: clause = cost"
    PLACE = "place"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what may stand there and what it means."""

    name: str
    kind: Kind
    meaning: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file. `form`: one table; a list of tables; a table per id that the writer chooses; a value per id."""

    name: str
    form: Literal["one", "list", "by id", "values"]
    meaning: str
    keys: tuple[Key, ...]
    required: bool = False
    #: For "values": the kind of every value. For a table with further keys of the writer's choice: their kind.
    value: Kind | None = None
    value_example: str = ""

    def key(self, name: str) -> Key:
        return next(key for key in self.keys if key.name == name)


_GRADE = Key("grade", Kind.CHOICE, "who may read it", '"parties"', choices=GRADES)
_WORDS = Key("text", Kind.WORDS, "the words that the parties sign", '"families are not split between days"')
_ID = Key("id", Kind.ID, "a name for it, used nowhere else in this list", '"T1"', required=True)
_REMEDY = "what happens when "


def _remedy(name: str, when: str) -> Key:
    return Key(name, Kind.CHOICE, _REMEDY + when, '"reserve-same-groups"', choices=REMEDIES)


def _clock(name: str, meaning: str, example: str) -> Key:
    return Key(name, Kind.CLOCK, meaning, example)


ROOT = (
    Key("schema", Kind.CHOICE, "the schema of this file", f'"{SCHEMA}"', required=True, choices=(SCHEMA,)),
    Key("title", Kind.WORDS, "what the agreement is called", '"One thousand for one thousand"', required=True),
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("agreement", "one", "When and where it was agreed.", (
            Key("date", Kind.DATE, "day of signature", "2025-05-16"),
            Key("place", Kind.WORDS, "where it was agreed", '"Istanbul"'),
            Key("lapses", Kind.DATE, "day after which it no longer binds", "2025-12-31"),
            Key("without_prejudice", Kind.FLAG, "signing recognises nobody and changes nobody's status (the default)", "true"),
        )),
        Table("parties", "values", "Who signs: a code and a name for each.", (), required=True, value=Kind.WORDS,
            value_example='"First party"'),
        Table("blocs", "values", "Several parties that act as one.", (), value=Kind.PARTIES, value_example='["A", "B"]'),
        Table("neutral", "by id", "Third parties by their code, and what each does.", (
            Key("name", Kind.WORDS, "what it is called", '"Red Cross delegation"', required=True),
            Key("roles", Kind.CHOICES, "what it does", '["observer", "interviewer"]', choices=ROLES),
        )),
        Table("reference", "one", "The day on which ages and days held are reckoned.", (
            Key("date", Kind.DATE, "a fixed day for everybody", "2025-06-02"),
            Key("day", Kind.CHOICE, "or each person's own day of capture, or of handover (the default)", '"capture"',
                choices=("capture", "handover")),
        )),
        Table("sides", "by id", "A side is a stream of people: handed over by one party, received by another.", (
            Key("from", Kind.PARTY, "who hands over", '"A"', required=True),
            Key("to", Kind.PARTY, "who receives", '"B"', required=True),
            Key("carries", Kind.CHOICE, "living people, or the remains of the dead", '"people"', choices=("people", "remains")),
        ), required=True),
        Table("stages", "list", "The steps of the exchange in their order.", (
            _ID,
            Key("date", Kind.DATE, "its day, if agreed", "2025-05-23"),
            Key("place", Kind.PLACE, "where, by the id of a place", '"crossing"'),
        ), required=True),
        Table("places", "list", "Places, each with who may know it.", (
            _ID,
            Key("name", Kind.WORDS, "what it is called", '"border crossing"', required=True),
            Key("kind", Kind.CHOICE, "what it is", '"border"', choices=PLACE_KINDS),
            Key("host", Kind.WORDS, "on whose soil", '"host state"'),
            _GRADE,
        )),
        Table("groups", "values", "Groups of people, each by a condition. `all` is always there and means everybody.", (
            Key("where", Kind.EXPRESSION, "who belongs to it", "\"age <= 25\"", required=True),
            Key("on", Kind.DAY, "the day on which this group reckons ages and days held", "2025-06-02"),
            Key("text", Kind.WORDS, "the group in words, instead of the words made from the condition", '"soldiers under 26"'),
        ), value=Kind.GROUP_RULE, value_example="\"status == 'military'\""),
        Table("weights", "by id", "Tables of equivalents: what one person counts for, by the value of one fact.", (
            Key("field", Kind.FACT, "the fact that decides", '"rank"', required=True),
            Key("default", Kind.VALUE, "what every other value counts for (1 if not said)", "1"),
        ), value=Kind.VALUE, value_example="4"),
        Table("terms", "list", "The clauses that bind the plan. What each kind needs is in the table of kinds.", (
            _ID,
            Key("kind", Kind.CHOICE, "what the clause does", '"count"', required=True,
                choices=("count", "parity", "ratio", "all", "named", "together")),
            _WORDS,
            Key("group", Kind.GROUP, "of whom it speaks (all if not said)", '"soldier"'),
            Key("groups", Kind.GROUPS, "of whom it speaks, each group balanced apart", '["soldier", "civilian"]'),
            Key("sides", Kind.SIDES, "which streams; every one if not said", '["home-A", "home-B"]'),
            Key("over", Kind.OVER, "when it counts (end if not said)", '"after every stage"', choices=OVERS),
            Key("equals", Kind.COUNT, "exactly this many on each side", "1000"),
            Key("min", Kind.COUNT, "at least this many", "1"),
            Key("max", Kind.COUNT, "at most this many", "450"),
            Key("tolerance", Kind.COUNT, "how far the two sides may be apart", "0"),
            Key("weights", Kind.WEIGHTS, "count by a table of equivalents, not by heads", '"dix-hill"'),
            Key("key", Kind.KEY, "how many of `against` on the second side go for one person of each group on the first",
                "{ civilian = 30 }"),
            Key("against", Kind.GROUP, "the group that goes in return (all if not said)", '"all"'),
            Key("people", Kind.PEOPLE, "the people who must go", '["P001", "P002"]'),
            Key("in_return", Kind.PEOPLE, "the people who must go in the same stage in return", '["Q001"]'),
            Key("by", Kind.BY, "the last stage for it; or the fact whose equal values stay together", '"family"'),
            Key("per_holder", Kind.PER_PARTY, "the same numbers for each holder apart, or a number for each", '["A", "B"]'),
            Key("per_receiver", Kind.PER_PARTY, "the same for each receiver", "{ A = 13, B = 3 }"),
            _GRADE,
        ), required=True),
        Table("priorities", "list", "Who goes first when not all can. Earlier entries count more.", (
            Key("group", Kind.GROUP, "the people of this group first", '"serious"'),
            Key("score", Kind.CHOICE, "or those with the highest number first", '"days_held"', choices=SCORES),
        )),
        Table("fairness", "one", "Places shared as evenly as possible between the values of one fact.", (
            Key("between", Kind.FACT, "the fact", '"region"', required=True),
        )),
        Table("tie", "one", "How equals are told apart: by a draw that anyone can repeat.", (
            Key("method", Kind.CHOICE, "the draw", '"sha256-draw"', choices=("sha256-draw",)),
            Key("seed", Kind.TEXT, "a seed fixed here; without it the two lists' commitments make one", '"17 May"'),
        )),
        Table("reserve", "one", "How many stand-ins each stage keeps ready.", (
            Key("no_show", Kind.SHARE, "how likely one person drops out", "0.03"),
            Key("risk", Kind.SHARE, "how likely a stage may still run short", "0.001"),
        )),
        Table("substitution", "one", "What happens when somebody falls out after the lists are frozen.", (
            _remedy("refused", "a person does not wish to go"),
            _remedy("dead", "a person has died"),
            _remedy("absent", "a person is not brought"),
            _remedy("unfit", "a person cannot travel"),
            _remedy("misidentified", "a person is somebody else"),
            _remedy("shortfall", "nobody is left in reserve"),
            Key("notice_hours", Kind.COUNT, "hours before the stage by which a stand-in is named", "12"),
        )),
        Table("relax", "one", "What the parties would give up first if the clauses cannot all be kept.", (
            Key("cost", Kind.COSTS, "what giving up one person's worth of a clause costs", "{ T7 = 1, T2 = 5 }"),
            Key("never", Kind.CLAUSES, "clauses that are not given up", '["T8"]'),
        )),
        Table("pools", "by id", "Lists that must be longer than the number who go, by side.", (
            Key("at_least", Kind.COUNT, "how many people the list holds at least", "300", required=True),
            Key("published", Kind.FLAG, "whether the list is published", "true"),
            Key("objections_until", Kind.DATE, "the last day for objections", "2023-11-24"),
        )),
        Table("circulation", "one", "Several parties: each receives as many as it hands over, around cycles.", (
            Key("longest_cycle", Kind.LENGTH, "the most parties in one cycle; any number if not said", "3"),
        )),
        Table("exclusions", "list", "Who is kept out, and on what ground.", (
            _ID,
            Key("ground", Kind.CHOICE, "the ground", '"legal-hold"', required=True, choices=GROUNDS),
            Key("group", Kind.GROUP, "the group that is kept out, if one is", '"convicted"'),
            _WORDS,
        )),
        Table("clocks", "one", "Time limits. A clock is a date, or a text such as \"7 days after signature\".", (
            _clock("lists", "the lists are handed over", '"7 days after signature"'),
            _clock("answers", "every name is answered", '"7 days after lists"'),
            _clock("remarks", "remarks on the answers", '"7 days after answers"'),
            _clock("final_reply", "the last reply", '"7 days after remarks"'),
            _clock("interviews", "private interview of every person", '"48 hours before stage"'),
            _clock("names", "the names of a stage are given", '"24 hours before stage"'),
            _clock("release", "release begins", '"10 days after final lists"'),
            _clock("completion", "everybody is released", '"30 days after entry into force"'),
            _clock("capture_card", "capture card sent", '"7 days after arrival"'),
            _clock("civilian_notice", "bureau told of a detained civilian", '"14 days after detention"'),
        )),
        Table("gates", "list", "What must be true before a stage opens.", (
            _ID,
            Key("before", Kind.GATED, "which stage", '"every stage"', required=True),
            Key("needs", Kind.CHOICE, "what", '"reconciled"', required=True, choices=NEEDS),
            _WORDS, _GRADE,
        )),
        Table("considerations", "list", "What is given for persons that is not a person.", (
            _ID,
            Key("from", Kind.PARTY, "who gives", '"A"', required=True),
            Key("to", Kind.PARTY, "who receives", '"B"', required=True),
            Key("text", Kind.WORDS, "what is given", '"maps of the mined areas"', required=True),
            Key("over", Kind.OVER, "with which stage (end if not said)", '"end"', choices=OVERS),
            _GRADE,
        )),
        Table("obligations", "list", "What is owed after the release.", (
            _ID,
            Key("kind", Kind.CHOICE, "what is owed", '"no-reprisals"', required=True, choices=OBLIGATIONS),
            Key("by", Kind.OWING, "who owes it (all if not said)", '"all"'),
            Key("group", Kind.GROUP, "towards whom", '"serious"'),
            Key("until", Kind.DATE, "until when", "2026-12-31"),
            _WORDS, _GRADE,
        )),
    )
}  # fmt: skip

#: Tables that belong to another room: `[signing]` is read by `homeward.record`.
PASSED_OVER = frozenset({"signing"})


@dataclass(frozen=True, slots=True)
class KindOfClause:
    """Which keys a kind of clause needs and which more it may have; `id`, `kind`, `text` and `grade` are always allowed."""

    meaning: str
    needed: tuple[str, ...]
    allowed: tuple[str, ...]


CLAUSE_KEYS: Mapping[str, KindOfClause] = {
    "count": KindOfClause(
        "so many people of a group, on each side named",
        (),
        ("group", "sides", "over", "equals", "min", "max", "per_holder", "per_receiver"),
    ),
    "parity": KindOfClause(
        "two sides stay level, by heads or by a table of equivalents",
        ("sides",),
        ("group", "groups", "over", "tolerance", "weights"),
    ),
    "ratio": KindOfClause(
        "so many on the second side for each person on the first", ("sides", "key"), ("against", "over", "tolerance")
    ),
    "all": KindOfClause("everybody of a group goes", (), ("group", "sides", "by")),
    "named": KindOfClause("these people go, or these for those", ("people",), ("sides", "in_return", "over")),
    "together": KindOfClause("people who share a value go in one stage", ("by",), ("group", "sides")),
}
ALWAYS_ALLOWED = ("id", "kind", "text", "grade")
