"""Read a terms file: bytes in, checked and immutable `Terms` out, or every mistake at its line.

>>> terms = parse(b'''
... schema = "exchange-terms/1"
... title = "Ten for ten"
... [parties]
... A = "First party"
... B = "Second party"
... [sides.home-A]
... from = "B"
... to = "A"
... [sides.home-B]
... from = "A"
... to = "B"
... [[stages]]
... id = "day"
... [[terms]]
... id = "T1"
... kind = "count"
... equals = 10
... ''')
>>> terms.clauses[0].line, terms.clauses[0].equals, terms.sides_of(terms.clauses[0])
(15, 10, ('home-A', 'home-B'))
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from homeward.terms.building import build
from homeward.terms.checking import check_values
from homeward.terms.crossrules import check_rules
from homeward.terms.model import Terms
from homeward.terms.problems import Problem, TermsError
from homeward.terms.reading import read
from homeward.terms.reporting import Report


def load(path: str | PathLike[str]) -> Terms:
    """Read the terms at `path`. Raises `TermsError` for a file that is missing or wrong."""
    try:
        source = Path(path).read_bytes()
    except OSError as error:
        problem = Problem(1, 1, "", f"the file cannot be read: {error.strerror}", "give the path of a terms file")
        raise TermsError(str(path), (problem,)) from None
    return parse(source, str(path))


def parse(source: bytes, file: str = "terms.toml") -> Terms:
    """Read terms from bytes; `file` is the name used in messages. Raises `TermsError` with every mistake, in file order."""
    data, places = read(source, file)
    report = Report(places)
    check_rules(data, check_values(data, report), report)
    if problems := report.problems():
        raise TermsError(file, problems)
    return build(data, places, source, file)
