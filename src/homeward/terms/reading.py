"""From bytes to TOML values, with every mistake of spelling at its line.

The standard library stops at the first mistake. Here the broken line is set aside and reading goes on, so that several
mistakes are told at once.

>>> read(b'title = "x"\\ndate = May 2025\\n', "t.toml")  # doctest: +ELLIPSIS
Traceback (most recent call last):
homeward.terms.problems.TermsError: t.toml, line 2, column 8: this is not a value; put text in quotes...
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from homeward.terms.positions import Path, Place, UnreadableError, places_of, spot_of
from homeward.terms.problems import Problem, TermsError

#: Terms are a few pages. Anything larger is the wrong file.
MOST_BYTES = 1_000_000
#: After so many broken lines the file is not a terms file.
MOST_BROKEN_LINES = 20

_AT = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>[0-9]+), column (?P<column>[0-9]+)|end of document)\)$", re.DOTALL)
_ENDLESS = re.compile(r"[0-9_]{1000,}")

#: What `tomllib` says, what that means, and what to do. The first match counts.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("Invalid value", "this is not a value", "put text in quotes, write a date as YYYY-MM-DD and a number in plain digits"),
    ("Invalid date", "there is no such day", "write a date as YYYY-MM-DD"),
    ("Expected '=' after", "a key without '='", "write key = value on one line"),
    (
        "Invalid statement",
        "this line is neither a key nor a [table]",
        "write key = value, [table] or [[table]]; start a note with #",
    ),
    ("Invalid initial character", "a key or a table's name is missing", "write a name of letters, digits, '-' and '_'"),
    ("Expected newline", "something follows the value", "put each key on a line of its own; text must be in quotes"),
    ("Cannot overwrite", "this key was given before", "keep one of the two"),
    ("Cannot mutate", "this table was closed before", "put the key into the table where it was first written"),
    ("Duplicate inline", "this key is given twice in one table", "keep one of the two"),
    ("Cannot declare", "this table was given before", "join the two tables, or use [[…]] for a list of them"),
    ("Cannot redefine", "this table was given before", "join the two tables"),
    ("Unclosed array", "a list is opened and not closed", "end it with ']'"),
    ("Unclosed inline", "a '{' is opened and not closed", "end it with '}' on the same line"),
    ("Unterminated string", "a text is opened and not closed", "end it with a quote"),
    ("Illegal character", "a character that may not stand here", "close the text with a quote on the same line"),
    ("Expected ']", "a table's name is not closed", "write [name], or [[name]] for one of a list"),
    ("Unescaped", "a lone backslash in a text", "write two: \\\\"),
    ("Invalid hex", "a wrong \\u code in a text", "write the character itself"),
    ("Escaped character", "a wrong \\u code in a text", "write the character itself"),
)


def read(source: bytes, file: str) -> tuple[dict[str, object], Mapping[Path, Place]]:
    """The values of the file and the place of each. Raises `TermsError` for what is not TOML."""
    text = _decode(source, file)
    problems: list[Problem] = []
    remaining = text
    while True:
        try:
            data = tomllib.loads(remaining)
            places = places_of(remaining)
        # Beside its own error, the library lets through what Python says of numbers of thousands of digits.
        except (ValueError, RecursionError) as error:
            problem = _explain(error, remaining)
            repeated = any(problem.line == earlier.line for earlier in problems)
            if repeated or len(problems) == MOST_BROKEN_LINES:
                break
            problems.append(problem)
            remaining = _without_line(remaining, problem.line)
        else:
            if not problems:
                return data, places
            break
    raise TermsError(file, tuple(sorted(problems)))


def _decode(source: bytes, file: str) -> str:
    if len(source) > MOST_BYTES:
        raise TermsError(
            file, (Problem(1, 1, "", f"the file is larger than {MOST_BYTES:,} bytes", "this is not a terms file"),)
        )
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = spot_of(source[: error.start].decode("utf-8", "replace"), error.start)
        problem = Problem(line, column, "", "the text is not in UTF-8", "save the file again with the encoding UTF-8")
        raise TermsError(file, (problem,)) from None
    return text.replace("\r\n", "\n")


def _explain(error: Exception, text: str) -> Problem:
    if isinstance(error, RecursionError):
        return Problem(1, 1, "", "tables are nested too deeply", "this is not a terms file")
    if (digits := _ENDLESS.search(text)) is not None:
        return Problem(
            *spot_of(text, digits.start()), "", "a number of a thousand digits or more", "write a number that can be meant"
        )
    found = _AT.match(str(error))
    what = found["what"] if found is not None else str(error)
    line, column = (
        (int(found["line"]), int(found["column"])) if found is not None and found["line"] else spot_of(text, len(text))
    )
    begun = _statement_begun(text)
    # A list or a text that is not closed is noticed only further down; the mistake is where it was opened.
    if begun is not None and begun[0] < line:
        line, column = begun
        what = "Unclosed array" if _opens_list(text, line) else what
    meaning, remedy = next(
        ((meaning, remedy) for start, meaning, remedy in _MEANINGS if what.startswith(start)),
        (f"this is not TOML ({what})", "write key = value, [table] or [[table]]"),
    )
    return Problem(line, column, "", meaning, remedy)


def _statement_begun(text: str) -> tuple[int, int] | None:
    try:
        places_of(text)
    except UnreadableError as error:
        return spot_of(text, error.offset)
    except RecursionError:
        pass
    return None


def _opens_list(text: str, line: int) -> bool:
    return "[" in text.split("\n")[line - 1].partition("=")[2]


def _without_line(text: str, line: int) -> str:
    """The text with one line emptied; a broken header stays a header, so that the keys beneath it do not change their table."""
    lines = text.split("\n")
    lines[line - 1] = f"[set-aside-{line}]" if lines[line - 1].lstrip().startswith("[") else ""
    return "\n".join(lines)
