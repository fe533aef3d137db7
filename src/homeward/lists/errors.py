"""The one error of this room: a file of lists, decisions or answers that cannot be used as it is.

The text names the file, the row (or entry id) and the remedy, and never a person's name.

>>> str(
...     ListError(
...         "review.xlsx",
...         "the decision 'sme' is not one of the allowed words",
...         row=14,
...         remedy="write same, different or unsure",
...     )
... )
"review.xlsx, row 14: the decision 'sme' is not one of the allowed words; write same, different or unsure"
"""

from __future__ import annotations


class ListError(Exception):
    """The world's mistake in one line: `file` is a file's name (never a path), `row` counts as a spreadsheet does, from 1."""

    def __init__(self, file: str, reason: str, *, row: int | None = None, remedy: str = "") -> None:
        self.file, self.reason, self.row, self.remedy = file, reason, row, remedy
        where = file if row is None else f"{file}, row {row}" if file else f"row {row}"
        super().__init__(": ".join(part for part in (where, reason) if part) + (f"; {remedy}" if remedy else ""))


class ListProblemsError(ListError):
    """Several mistakes in one file, told together so that an officer corrects them in one go. `problems` keeps each apart."""

    def __init__(self, problems: tuple[ListError, ...]) -> None:
        assert problems, "an error needs a reason"
        self.problems = problems
        first = problems[0]
        super().__init__(first.file, first.reason, row=first.row, remedy=first.remedy)
        self.args = ("\n".join(str(problem) for problem in problems),)
