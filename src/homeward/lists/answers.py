"""Answers to a list, name by name: what one answer holds, what a set of answers must keep to, the alarm of contradictions.

The law of a set of answers: every entry of the list has exactly one answer, and no answer is for anything else. Answers hold
entry ids, codes, dates and references, never a name and never free text, so that they can go into the record as they are.

>>> answers = [Answer("r5", "ACKNOWLEDGED_HELD"), Answer("r9", "DUPLICATE_OF", carries={"other": "r5"})]
>>> check_answers(answers, ["r5", "r9"])
[]
>>> [problem.reason for problem in check_answers(answers[1:], ["r9"])]
['DUPLICATE_OF names an entry that is not on the list']
>>> available(answers)
('r5',)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from homeward.lists.answer_codes import ANSWER_CODES, NOT_FOR_EXCHANGE_REASONS, AnswerRule
from homeward.lists.errors import ListError
from homeward.people import Absence, PartialDate

#: What is carried as a day (ISO text, possibly only a year or a month) rather than as a reference.
DAYS = frozenset({"date", "review", "until", "due"})
_MOST_CARRIED = 200

Carried = str | Absence


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry's answer. `detail` is one of the code's details, or ""; `carries` holds what the code must and may carry."""

    entry_id: str
    code: str
    detail: str = ""
    carries: Mapping[str, Carried] = field(default_factory=dict)

    @property
    def rule(self) -> AnswerRule:
        return ANSWER_CODES[self.code]

    def problems(self) -> list[str]:
        """What is wrong with this answer alone, as sentences; empty when nothing is."""
        rule = ANSWER_CODES.get(self.code)
        if rule is None:
            return ["the code is none of the sixteen"]
        found = [f"{self.code} must carry '{key}'" for key in rule.carries if key not in self.carries]
        found += [f"{self.code} does not carry '{key}'" for key in self.carries if key not in (*rule.carries, *rule.may_carry)]
        if rule.details and self.detail not in rule.details:
            found.append(f"{self.code} needs one of the details {', '.join(rule.details)}")
        if not rule.details and self.detail:
            found.append(f"{self.code} has no details")
        for key, value in self.carries.items():
            if isinstance(value, str):
                found += _value_problems(self.code, key, value)
        return found


def _value_problems(code: str, key: str, value: str) -> list[str]:
    if not value or len(value) > _MOST_CARRIED or any(ord(letter) < 32 for letter in value):
        return [f"'{key}' must be a short text; write 'unknown' or 'withheld' when there is nothing to say"]
    if key in DAYS and not _is_day(value):
        return [f"'{key}' must be a date written YYYY-MM-DD"]
    if code == "ACKNOWLEDGED_NOT_FOR_EXCHANGE" and value not in NOT_FOR_EXCHANGE_REASONS:
        hint = (
            " (a disciplinary punishment is no ground, GC III 115)" if re.search("disciplin|дисципл", value.casefold()) else ""
        )
        return [f"the reason is none of {', '.join(NOT_FOR_EXCHANGE_REASONS)}{hint}"]
    if code == "DUPLICATE_OF" and key == "other" and value.casefold() in {"unknown", "withheld"}:
        return ["DUPLICATE_OF must name the other entry"]
    return []


def _is_day(text: str) -> bool:
    try:
        PartialDate.from_iso(text)
    except ValueError:
        return False
    return True


def check_answers(answers: Sequence[Answer], entry_ids: Sequence[str], *, file: str = "answers") -> list[ListError]:
    """Everything that keeps these from being the answers to this list; an empty list when they are. Names no person."""
    problems: list[ListError] = []
    on_list = set(entry_ids)
    given = Counter(answer.entry_id for answer in answers)
    codes = {answer.entry_id: answer.code for answer in answers}
    problems += [
        ListError(file, f"the entry {entry} has no answer", remedy="answer it") for entry in entry_ids if entry not in given
    ]
    problems += [
        ListError(file, f"the entry {entry} has {count} answers", remedy="leave one")
        for entry, count in given.items()
        if count > 1
    ]
    for answer in answers:
        where = f"entry {answer.entry_id}"
        if answer.entry_id not in on_list:
            problems.append(ListError(file, f"{where} is not on the list", remedy="take the answer out"))
        problems += [ListError(file, reason) for reason in answer.problems()]
        other = answer.carries.get("other")
        if answer.code != "DUPLICATE_OF" or other is None:
            continue
        if isinstance(other, Absence):
            problems.append(ListError(file, "DUPLICATE_OF must name the other entry"))
        elif other == answer.entry_id:
            problems.append(ListError(file, f"{where} cannot be a duplicate of itself"))
        elif other not in on_list:
            problems.append(ListError(file, "DUPLICATE_OF names an entry that is not on the list"))
        elif codes.get(other) == "DUPLICATE_OF":
            problems.append(
                ListError(
                    file,
                    f"{where} is a duplicate of an entry that is itself a duplicate",
                    remedy="name the entry that is answered",
                )
            )
    return problems


def available(answers: Iterable[Answer]) -> tuple[str, ...]:
    """The entries that stay available for the plan."""
    return tuple(answer.entry_id for answer in answers if answer.rule.available)


def counts(answers: Iterable[Answer]) -> dict[str, int]:
    """How many answers of each of the sixteen codes, zeros included, in the table's order. They add up to the answers."""
    found = Counter(answer.code for answer in answers)
    return {code: found[code] for code in ANSWER_CODES}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An alarm: somebody acknowledged before and denied now. `earlier_code` is what was said, `reference` where."""

    entry_id: str
    earlier_code: str
    reference: str

    def sentence(self, language: str = "en") -> str:
        if language == "uk":
            return (
                f"Запис {self.entry_id}: раніше {self.earlier_code} ({self.reference}), тепер заперечено. Вимагайте пояснення."
            )
        return f"Entry {self.entry_id}: {self.earlier_code} earlier ({self.reference}), denied now. Ask for an explanation."


def contradictions(earlier: Iterable[Answer], now: Iterable[Answer], *, reference: str) -> list[Contradiction]:
    """Entries that `earlier` acknowledges and `now` denies, in the order of `now`. `reference` names the earlier answers.

    Entry ids must mean the same people in both: when a new version of a list has new row ids, translate the earlier answers
    first (`carry_over`).
    """
    said = {answer.entry_id: answer for answer in earlier}
    alarms: list[Contradiction] = []
    for answer in now:
        before = said.get(answer.entry_id)
        if before is None:
            continue
        denied = answer.code in {"NOT_HELD", "PREVIOUSLY_ACKNOWLEDGED_NOW_DENIED"}
        if before.rule.acknowledges and denied:
            alarms.append(Contradiction(answer.entry_id, before.code, reference))
    return alarms


def raise_alarms(earlier: Iterable[Answer], now: Sequence[Answer], *, reference: str) -> list[Answer]:
    """The answers with every denial of somebody acknowledged before turned into `PREVIOUSLY_ACKNOWLEDGED_NOW_DENIED`."""
    alarmed = {alarm.entry_id for alarm in contradictions(earlier, now, reference=reference)}
    return [
        Answer(answer.entry_id, "PREVIOUSLY_ACKNOWLEDGED_NOW_DENIED", carries={"earlier": reference})
        if answer.entry_id in alarmed and answer.code == "NOT_HELD"
        else answer
        for answer in now
    ]


def carry_over(earlier: Iterable[Answer], new_id_of: Mapping[str, str]) -> list[Answer]:
    """Earlier answers under the ids of a new version of the list; answers to entries that are gone are left out."""
    moved: list[Answer] = []
    for answer in earlier:
        if answer.entry_id not in new_id_of:
            continue
        carries = {
            key: new_id_of.get(value, value) if key == "other" and isinstance(value, str) else value
            for key, value in answer.carries.items()
        }
        moved.append(replace(answer, entry_id=new_id_of[answer.entry_id], carries=carries))
    return moved


def close_unanswered(answers: Sequence[Answer], entry_ids: Sequence[str], *, due: date, on: date) -> list[Answer]:
    """What stands once the clock has run out: after `due`, every entry without an answer gets `NO_ANSWER`.

    The answers come back in the order of the list; those for nothing on the list come last, so that `check_answers` sees them.
    """
    given: dict[str, list[Answer]] = {}
    for answer in answers:
        given.setdefault(answer.entry_id, []).append(answer)
    closed: list[Answer] = []
    for entry in entry_ids:
        late = [Answer(entry, "NO_ANSWER", carries={"due": due.isoformat()})] if on > due else []
        closed += given.pop(entry, late)
    return closed + [answer for rest in given.values() for answer in rest]
