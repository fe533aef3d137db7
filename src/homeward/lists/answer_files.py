"""Answers as files: JSON for machines and for the record, XLSX for people; both come back as the same answers.

A workbook of answers holds entry ids, codes, meanings and what each answer carries; no names. "unknown" and "withheld" in a
cell are the two stated absences; an empty cell carries nothing.

>>> answers_as_dict([Answer("r2", "DECEASED", carries={"date": Absence.WITHHELD})], "REQUEST")["answers"]
[{'entry': 'r2', 'code': 'DECEASED', 'carries': {'date': {'absent': 'withheld'}}}]
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from homeward.lists._files import canonical, read_json, read_sheet
from homeward.lists.answer_codes import ANSWER_CODES, CARRIED
from homeward.lists.answers import Answer, Carried
from homeward.lists.errors import ListError, ListProblemsError
from homeward.people import Absence, write_table
from homeward.people.atomic import write_whole

SCHEMA = "homeward-answers/1"

_COLUMNS = {
    "entry": ("Entry", "Запис"),
    "code": ("Answer", "Відповідь"),
    "detail": ("Detail", "Уточнення"),
    "meaning": ("Meaning", "Значення"),
    **CARRIED,
}
_HEADING_TO_KEY = {heading.casefold(): key for key, headings in _COLUMNS.items() for heading in headings}


def answers_as_dict(answers: Sequence[Answer], kind: str) -> dict[str, Any]:
    """The answers to a list of this kind as JSON-able data. A stated absence is an object, never a text."""
    return {
        "schema": SCHEMA,
        "kind": kind,
        "answers": [
            {
                "entry": answer.entry_id,
                "code": answer.code,
                **({"detail": answer.detail} if answer.detail else {}),
                **({"carries": {key: _to_json(value) for key, value in answer.carries.items()}} if answer.carries else {}),
            }
            for answer in answers
        ],
    }


def _to_json(value: Carried) -> str | dict[str, str]:
    return value if isinstance(value, str) else {"absent": value.value}


def write_answers(path: Path, answers: Sequence[Answer], kind: str) -> None:
    """Write answers as canonical JSON, atomically: the same answers give the same bytes. Raises `PeopleFileError`."""
    write_whole(path, canonical(answers_as_dict(answers, kind)) + b"\n")


def read_answers(path: Path) -> tuple[list[Answer], str]:
    """The answers in a JSON file, and the kind of list they answer. Raises `ListError`, `ListProblemsError`.

    Each answer is checked on its own; `check_answers` holds the set of them against a list.
    """
    found = read_json(path, SCHEMA)
    answers: list[Answer] = []
    kind, entries = found.get("kind"), found.get("answers")
    if not isinstance(kind, str) or not isinstance(entries, list):
        raise ListError(path.name, "has no list of answers", remedy="ask for the file again")
    for number, entry in enumerate(entries, start=1):
        try:
            carries = {str(key): _from_json(value) for key, value in entry.get("carries", {}).items()}
            answer = Answer(_text(entry["entry"]), _text(entry["code"]), _text(entry.get("detail", "")), carries)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ListError(path.name, f"answer {number} is not complete", remedy="ask for the file again") from error
        answers.append(answer)
    _must_be_sound(path.name, [(None, answer) for answer in answers])
    return answers, kind


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _from_json(value: object) -> Carried:
    if isinstance(value, dict):
        return Absence(value["absent"])
    return _text(value)


def write_answer_sheet(path: Path, answers: Sequence[Answer], kind: str, *, language: str = "en") -> None:
    """Write answers as a workbook that people can read and correct. Columns that no answer fills are left out."""
    at = 1 if language == "uk" else 0
    carried = [key for key in CARRIED if any(key in answer.carries for answer in answers)]
    keys = ["entry", "code", "detail", "meaning", *carried]
    rows = [
        [
            answer.entry_id,
            answer.code,
            answer.detail,
            answer.rule.meaning(kind, language),
            *(answer.carries.get(key) for key in carried),
        ]
        for answer in answers
    ]
    write_table(path, [_COLUMNS[key][at] for key in keys], rows, sheet_title="Відповіді" if at else "Answers")


def read_answer_sheet(path: Path) -> list[Answer]:
    """The answers in a workbook, rows in any order, extra columns left alone. Raises `ListError` naming rows,
    and `PeopleFileError`."""
    answers: list[tuple[int | None, Answer]] = []
    for row in read_sheet(path, _HEADING_TO_KEY, ("entry", "code")):
        code = row.cells.get("code", "").upper().replace(" ", "_")
        carries: dict[str, Carried] = {}
        for key in CARRIED:
            text = row.cells.get(key, "")
            if text:
                carries[key] = _from_cell(text)
        entry = row.cells.get("entry", "")
        if not entry:
            raise ListError(path.name, "the entry's id is missing", row=row.number, remedy="write it in")
        answers.append((row.number, Answer(entry, code, row.cells.get("detail", ""), carries)))
    _must_be_sound(path.name, answers)
    return [answer for _, answer in answers]


def _from_cell(text: str) -> Carried:
    try:
        return Absence(text.casefold())
    except ValueError:
        return text


def _must_be_sound(file: str, answers: Sequence[tuple[int | None, Answer]]) -> None:
    problems = [
        ListError(file, reason if row is not None else f"answer {number}: {reason}", row=row, remedy=_remedy(answer))
        for number, (row, answer) in enumerate(answers, start=1)
        for reason in answer.problems()
    ]
    if problems:
        raise ListProblemsError(tuple(problems))


def _remedy(answer: Answer) -> str:
    if answer.code not in ANSWER_CODES:
        return "use one of " + ", ".join(ANSWER_CODES)
    rule = ANSWER_CODES[answer.code]
    return f"{rule.code} carries {', '.join(rule.carries) or 'nothing'}"
