"""The acts of an exchange: who may sign each, with how many hands, and which fields it carries.

This is the vocabulary; `homeward.exchange.rules` says in which state an act may come and what it changes. Both are tables:
the fold, the signing view and docs/acts.md read the same rows.

The nature of an act decides when it counts:

* an act of **effect** changes what may happen next (a release, an opened stage). It counts when everybody it needs has agreed
  *and* a head that all parties cosigned covers it;
* an act of **fact** says what happened (a person was handed over). It counts when a second party has signed the same fact;
* an act of **word** binds only its author (a commitment, an answer).

An act that needs assent is proposed once, in full; the others assent by `agreed`, which names it by its leaf hash.

>>> ACTS["handed-over"].nature
'fact'
>>> form_problem("handed-over", {"person": "p-0417", "stage": "day1"}) is None
True
>>> form_problem("handed-over", {"person": "Иван", "stage": "day1"})
'person is not a person id like p-0417'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from homeward.exchange.deviations import DEVIATIONS
from homeward.exchange.words import Sentence, say
from homeward.record.key_acts import KEY_ACTS

Nature = Literal["effect", "fact", "word"]


class Role(StrEnum):
    """Who may sign an act, seen from the list or the person that it is about."""

    ANYONE = "anyone"  # every party and the neutral
    PARTY = "party"  # a party of the terms, not the neutral
    NEUTRAL = "neutral"
    KEEPER = "keeper"  # who holds lodged lists: the neutral, and a host where the terms name one
    HOLDER = "holder"
    RECEIVER = "receiver"


class Assent(StrEnum):
    """Who else must agree before the act counts."""

    NONE = "nobody"
    ALL = "every other party and the neutral"
    KEEPERS = "every other keeper"
    RECEIVER = "the receiver"
    ONE = "one other party"


#: Outcomes of the private interview before departure (only the outcome leaves the room, never what was said).
INTERVIEW_OUTCOMES = ("wishes_to_go", "refuses", "other_destination", "undecided", "not_held")

#: The outcomes with which a person may be put on a plan. `not_held` carries the reason why there was no interview.
MAY_GO = frozenset({"wishes_to_go", "not_held"})

_PERSON = re.compile(r"p-[0-9]{4,9}", re.ASCII)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]{0,63}", re.ASCII)
_DISCLOSURE = re.compile(r"[A-Za-z0-9_-]{1,400}", re.ASCII)
_HASH = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def _is_person(value: object) -> bool:
    return isinstance(value, str) and _PERSON.fullmatch(value) is not None


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _is_table(value: object, holds: Callable[[object], bool]) -> bool:
    if not isinstance(value, list) or not all(isinstance(row, list) and len(row) == 2 and _is_code(row[0]) for row in value):
        return False
    keys = [row[0] for row in value]
    return keys == sorted(set(keys)) and all(holds(row[1]) for row in value)


def _is_counts(value: object) -> bool:
    return _is_table(value, _is_count)


def _is_disclosures(value: object) -> bool:
    return _is_table(value, lambda text: isinstance(text, str) and _DISCLOSURE.fullmatch(text) is not None)


def _is_people(value: object) -> bool:
    return _is_table(value, lambda people: isinstance(people, list) and all(map(_is_person, people)))


def _is_balance(value: object) -> bool:
    return _is_table(value, _is_counts)


def _is_deviation(value: object) -> bool:
    return isinstance(value, str) and value in DEVIATIONS


def _is_outcome(value: object) -> bool:
    return isinstance(value, str) and value in INTERVIEW_OUTCOMES


def as_table(rows: Mapping[str, object]) -> list[list[object]]:
    """A table as acts write it: `[key, value]` pairs in order of the key (keys of terms need not fit JSON's narrow keys)."""
    return [[key, rows[key]] for key in sorted(rows)]


def from_table(value: object) -> dict[str, Any]:
    """The mapping that `as_table` wrote; the form must have been checked."""
    assert isinstance(value, list)
    return {str(key): row for key, row in value}


@dataclass(frozen=True, slots=True)
class FieldForm:
    """What one field of an act may hold. `is_not` completes the sentence "<field> is not …"."""

    holds: Callable[[object], bool]
    is_not: str


PERSON = FieldForm(_is_person, "a person id like p-0417")
CODE = FieldForm(_is_code, "a short code of Latin letters and digits")
HASH = FieldForm(_is_hash, "a SHA-256 in 43 characters of base64url")
COUNT = FieldForm(_is_count, "a count")
COUNTS = FieldForm(_is_counts, "a table of counts")
DISCLOSURES = FieldForm(_is_disclosures, "a table of disclosures in base64url")
PEOPLE = FieldForm(_is_people, "a table of person ids per list")
BALANCE = FieldForm(_is_balance, "a table of counts per list")
DEVIATION = FieldForm(_is_deviation, "a kind of deviation")
OUTCOME = FieldForm(_is_outcome, "an outcome of an interview")


@dataclass(frozen=True, slots=True)
class ActForm:
    """One kind of act. `hands` is how many people of one party must sign it (the two-person rule for grave acts)."""

    name: str
    role: Role
    nature: Nature
    assent: Assent
    hands: int
    needs: Mapping[str, FieldForm]
    may: Mapping[str, FieldForm]
    #: What a person reads before signing; placeholders are the act's own fields.
    says: Sentence


_FORMS = (
    ActForm(
        "terms-proposed",
        Role.PARTY,
        "effect",
        Assent.ALL,
        1,
        {},
        {},
        {"en": "We propose these terms, byte for byte.", "uk": "Ми пропонуємо ці умови, байт у байт."},
    ),
    ActForm(
        "list-committed",
        Role.HOLDER,
        "word",
        Assent.NONE,
        1,
        {"list": CODE, "root": HASH, "count": COUNT, "categories": COUNTS, "draw": HASH},
        {},
        {
            "en": "We are bound to our list {list} of {count} people; nobody has seen it yet.",
            "uk": "Ми зв’язані нашим списком {list} на {count} осіб; його ще ніхто не бачив.",
        },
    ),
    ActForm(
        "list-lodged",
        Role.KEEPER,
        "word",
        Assent.NONE,
        1,
        {"list": CODE, "root": HASH, "sealed": HASH},
        {},
        {"en": "We keep the sealed list {list}.", "uk": "Ми зберігаємо запечатаний список {list}."},
    ),
    ActForm(
        "lists-released",
        Role.KEEPER,
        "effect",
        Assent.KEEPERS,
        2,
        {"draw": DISCLOSURES},
        {},
        {
            "en": "All lists opened to their commitments. They are released together.",
            "uk": "Усі списки відкрилися згідно із зобов’язаннями. Їх розкрито одночасно.",
        },
    ),
    ActForm(
        "answered",
        Role.RECEIVER,
        "word",
        Assent.NONE,
        1,
        {"person": PERSON, "code": CODE},
        {"detail": CODE, "other": PERSON},
        {"en": "Our answer to {person} is {code}.", "uk": "Наша відповідь щодо {person}: {code}."},
    ),
    ActForm(
        "answers-sent",
        Role.RECEIVER,
        "word",
        Assent.NONE,
        1,
        {"list": CODE, "digest": HASH, "count": COUNT},
        {},
        {
            "en": "Our {count} answers to list {list}, with what each carries, went to its holder in this sealed file.",
            "uk": "Наші відповіді на список {list} ({count}) з усіма даними надіслано утримувачу в цьому запечатаному файлі.",
        },
    ),
    ActForm(
        "receipt",
        Role.ANYONE,
        "word",
        Assent.NONE,
        1,
        {"list": CODE, "what": CODE, "digest": HASH, "count": COUNT},
        {},
        {
            "en": "We received {what} ({list}): {count} entries.",
            "uk": "Ми отримали: {what} ({list}), записів: {count}.",
        },
    ),
    ActForm(
        "claimed",
        Role.RECEIVER,
        "word",
        Assent.NONE,
        1,
        {"list": CODE, "claim": HASH},
        {},
        {
            "en": "You hold somebody who is not on your list {list}; we keep the name.",
            "uk": "Ви утримуєте особу, якої немає у вашому списку {list}; ім’я в нас.",
        },
    ),
    ActForm(
        "withdrawn",
        Role.HOLDER,
        "word",
        Assent.NONE,
        1,
        {"person": PERSON, "reason": CODE},
        {},
        {"en": "We take {person} off our list: {reason}.", "uk": "Ми вилучаємо {person} з нашого списку: {reason}."},
    ),
    ActForm(
        "struck",
        Role.RECEIVER,
        "word",
        Assent.NONE,
        1,
        {"person": PERSON, "reason": CODE},
        {},
        {"en": "We no longer ask for {person}: {reason}.", "uk": "Ми більше не просимо про {person}: {reason}."},
    ),
    ActForm(
        "list-frozen",
        Role.HOLDER,
        "effect",
        Assent.RECEIVER,
        1,
        {"list": CODE, "root": HASH, "agreed": COUNT},
        {},
        {
            "en": "The list {list} is final with {agreed} people agreed. Every later change is a deviation.",
            "uk": "Список {list} остаточний, узгоджено осіб: {agreed}. Кожна подальша зміна є відхиленням.",
        },
    ),
    ActForm(
        "interviewed",
        Role.NEUTRAL,
        "word",
        Assent.NONE,
        1,
        {"person": PERSON, "outcome": OUTCOME},
        {"reason": CODE},
        {"en": "Private interview of {person}: {outcome}.", "uk": "Приватна розмова з {person}: {outcome}."},
    ),
    ActForm(
        "stage-planned",
        Role.ANYONE,
        "effect",
        Assent.ALL,
        2,
        {"stage": CODE, "going": PEOPLE, "reserves": PEOPLE},
        {},
        {"en": "These people go in stage {stage}.", "uk": "Ці люди їдуть на етапі {stage}."},
    ),
    ActForm(
        "stage-opened",
        Role.ANYONE,
        "effect",
        Assent.ALL,
        2,
        {"stage": CODE, "plan": HASH},
        {},
        {"en": "GO for stage {stage}.", "uk": "Дозвіл на етап {stage}."},
    ),
    ActForm(
        "reserve-called",
        Role.HOLDER,
        "fact",
        Assent.NONE,
        1,
        {"stage": CODE, "person": PERSON, "for": PERSON},
        {},
        {"en": "{person} steps in for {for} in stage {stage}.", "uk": "{person} замінює {for} на етапі {stage}."},
    ),
    ActForm(
        "handed-over",
        Role.HOLDER,
        "fact",
        Assent.NONE,
        1,
        {"person": PERSON, "stage": CODE},
        {"vehicle": CODE, "place": CODE},
        {"en": "We handed over {person} in stage {stage}.", "uk": "Ми передали {person} на етапі {stage}."},
    ),
    ActForm(
        "received",
        Role.RECEIVER,
        "fact",
        Assent.NONE,
        1,
        {"person": PERSON, "stage": CODE},
        {},
        {"en": "We received {person} in stage {stage}.", "uk": "Ми прийняли {person} на етапі {stage}."},
    ),
    ActForm(
        "refused",
        Role.RECEIVER,
        "fact",
        Assent.NONE,
        1,
        {"person": PERSON, "stage": CODE, "reason": CODE},
        {},
        {
            "en": "We did not accept who was presented as {person}: {reason}.",
            "uk": "Ми не прийняли того, кого представили як {person}: {reason}.",
        },
    ),
    ActForm(
        "deviation",
        Role.ANYONE,
        "fact",
        Assent.ONE,
        1,
        {"kind": DEVIATION},
        {"stage": CODE, "person": PERSON, "list": CODE, "count": COUNT},
        {"en": "Deviation from the terms: {kind}.", "uk": "Відхилення від умов: {kind}."},
    ),
    ActForm(
        "stage-closed",
        Role.ANYONE,
        "effect",
        Assent.ALL,
        2,
        {"stage": CODE, "balance": BALANCE},
        {},
        {"en": "Stage {stage} is closed with this balance.", "uk": "Етап {stage} закрито з цим балансом."},
    ),
    ActForm(
        "closed",
        Role.ANYONE,
        "effect",
        Assent.ALL,
        2,
        {},
        {},
        {"en": "The exchange is closed.", "uk": "Обмін завершено."},
    ),
    ActForm(
        "broken-off",
        Role.ANYONE,
        "word",
        Assent.NONE,
        2,
        {"reason": CODE},
        {},
        {"en": "We break off the exchange: {reason}.", "uk": "Ми припиняємо обмін: {reason}."},
    ),
    ActForm(
        "agreed",
        Role.ANYONE,
        "word",
        Assent.NONE,
        1,
        {"of": HASH},
        {},
        {"en": "We agree to the act {of}.", "uk": "Ми погоджуємося з актом {of}."},
    ),
)

ACTS: Mapping[str, ActForm] = {form.name: form for form in _FORMS}

#: Acts that the record itself reads, because they decide which keys count. They change nothing in the exchange.
RECORD_ACTS = frozenset(KEY_ACTS)


def form_problem(act: str, fields: Mapping[str, object]) -> str | None:
    """Why these fields are not a well-formed act of this kind, or None. `fields` are the act's own, without the envelope."""
    form = ACTS.get(act)
    if form is None:
        return f"there is no act {act!r}"
    for name, field in form.needs.items():
        if name not in fields:
            return f"{name} is missing"
        if not field.holds(fields[name]):
            return f"{name} is not {field.is_not}"
    for name, value in fields.items():
        optional = form.may.get(name)
        if optional is None:
            if name not in form.needs:
                return f"{name} does not belong to this act"
        elif not optional.holds(value):
            return f"{name} is not {optional.is_not}"
    return None


def signing_view(act: str, fields: Mapping[str, object], language: str = "en") -> str:
    """The sentence a person reads before signing. Raises `ValueError` on an act that is not well formed."""
    problem = form_problem(act, fields)
    if problem is not None:
        raise ValueError(f"{act}: {problem}")
    return say(ACTS[act].says, language, **fields)
