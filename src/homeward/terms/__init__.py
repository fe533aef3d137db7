"""What was agreed, as data: parties, sides, stages, groups, clauses, priorities; and whether a list is within it.

One readable file (`exchange-terms/1`, see docs/terms-format.md) becomes immutable `Terms`, or a `TermsError` with every
mistake at its line. From the terms come the check of a list, clause by clause, the check against the law, article by
article, and the text that officials sign. Nothing here decides who goes: that is the plan's work.

>>> from homeward.people import Claim, Field, Person
>>> source = b'''
... schema = "exchange-terms/1"
... title = "Two soldiers for two"
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
... [groups]
... soldier = "status == 'military'"
... [[terms]]
... id = "T1"
... kind = "count"
... group = "soldier"
... equals = 2
... '''
>>> terms = parse(source)
>>> rows = [Person("P1", {Field.STATUS: Claim("soldier", "military")}), Person("P2", {Field.STATUS: Claim("civ.", "civilian")})]
>>> for result in check_list(terms, "home-A", rows).results:
...     print(result.clause, result.verdict, result.people, result.sentence())
T1 fail () too few in the group 'soldier': 1, the terms need 2
covered fail ('P2',) outside the agreed groups by 'status': 1
>>> parse(source.replace(b"count", b"counts", 1))
Traceback (most recent call last):
homeward.terms.problems.TermsError: terms.toml, line 19, column 8: 'kind' cannot be 'counts'; did you mean 'count'?
"""

from homeward.terms.agreementtext import as_text
from homeward.terms.bothlists import check_lists
from homeward.terms.expression import Expression, ExpressionError
from homeward.terms.facts import FACTS, Fact, absences_of, facts_of
from homeward.terms.law import LegalRemark, legal_findings, legal_remarks, manifest_findings
from homeward.terms.listcheck import ListCheck, check_list
from homeward.terms.listview import ClauseResult
from homeward.terms.loading import load, parse
from homeward.terms.membership import facts_under, groups_of, open_facts
from homeward.terms.model import (
    Agreement,
    Circulation,
    Clause,
    Clock,
    Consideration,
    Exclusion,
    Gate,
    Neutral,
    Obligation,
    Place,
    Pool,
    Priority,
    Reserve,
    Side,
    Stage,
    Substitution,
    Terms,
    Tie,
    Weights,
)
from homeward.terms.problems import Problem, TermsError
from homeward.terms.published import json_schema, json_schema_text, reference

__all__ = [
    "FACTS",
    "Agreement",
    "Circulation",
    "Clause",
    "ClauseResult",
    "Clock",
    "Consideration",
    "Exclusion",
    "Expression",
    "ExpressionError",
    "Fact",
    "Gate",
    "LegalRemark",
    "ListCheck",
    "Neutral",
    "Obligation",
    "Place",
    "Pool",
    "Priority",
    "Problem",
    "Reserve",
    "Side",
    "Stage",
    "Substitution",
    "Terms",
    "TermsError",
    "Tie",
    "Weights",
    "absences_of",
    "as_text",
    "check_list",
    "check_lists",
    "facts_of",
    "facts_under",
    "groups_of",
    "json_schema",
    "json_schema_text",
    "legal_findings",
    "legal_remarks",
    "load",
    "manifest_findings",
    "open_facts",
    "parse",
    "reference",
]
