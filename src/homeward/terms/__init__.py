"""What was agreed, as data: parties, sides, stages, groups, clauses, priorities; and whether a list is within it."""

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
