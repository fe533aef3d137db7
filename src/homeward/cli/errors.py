"""The world's mistakes in one line. Every room has typed errors for them; whatever else is raised is our own bug and shows itself.

>>> from homeward.people import PeopleFileError
>>> explain(PeopleFileError("empty_file", "list.csv")).message
'list.csv: The file is empty. Ask the sender for the file again.'
>>> explain(ZeroDivisionError()) is None
True
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: The exit code of errors that are not "cannot be read" (3): terms that contradict each other are a result to stop for.
_CODES = {"Impossible": 1, "WaitingError": 2}

#: Problems of a file that are about writing it: the output cannot be written.
_ABOUT_WRITING = {"not_writable"}

#: What an error may tell besides its text, for `--json`.
_DETAILS = ("file", "sheet", "row", "line", "column", "code", "reason", "problem", "remedy", "keeper", "index")


@dataclass(frozen=True, slots=True)
class Explained:
    message: str
    code: int
    details: dict[str, Any] = field(default_factory=dict)


def explain(error: BaseException) -> Explained | None:
    """The text, the exit code and the details of one of our rooms' typed errors; None for anything else."""
    kind = type(error)
    if not kind.__module__.startswith("homeward.") or not isinstance(error, Exception):
        return None
    details: dict[str, Any] = {name: value for name in _DETAILS if isinstance(value := getattr(error, name, None), str | int)}
    details.pop("code", None) if isinstance(details.get("code"), int) else None
    if "code" in details:
        details["problem_code"] = details.pop("code")
    problems = getattr(error, "problems", None)
    if problems:
        details["problems"] = [_as_dict(problem) for problem in problems]
    code = 4 if details.get("problem_code") in _ABOUT_WRITING else _CODES.get(kind.__name__, 3)
    return Explained(str(error), code, details)


def _as_dict(problem: object) -> dict[str, Any]:
    return {
        name: value for name in (*_DETAILS, "key", "message") if isinstance(value := getattr(problem, name, None), str | int)
    }
