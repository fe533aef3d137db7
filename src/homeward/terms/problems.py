"""What is wrong with a terms file, said so that the person who wrote it can put it right.

>>> problem = Problem(12, 9, "terms.T1.min", "at least 5 and at most 3 cannot both hold", "make min no greater than max")
>>> print(TermsError("may.toml", (problem,)))
may.toml, line 12, column 9: at least 5 and at most 3 cannot both hold; make min no greater than max
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: line and column (both from 1), the place in the file's own keys, what is wrong, and the remedy."""

    line: int
    column: int
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}; {self.remedy}"


class TermsError(Exception):
    """The terms file cannot be used. `problems` holds every mistake found, in the order of the file."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        assert problems, "an error without a problem"
        super().__init__("\n".join(f"{file}, {problem}" for problem in problems))
        self.file = file
        self.problems = problems
