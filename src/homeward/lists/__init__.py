"""A list between parties: checked before it is sent, frozen, compared with its next version, and every name on it answered.

The way through this room:

1. `check` reads a list as an officer would before sending it: a `QualityReport` of findings by row, without names.
2. `propose` compares a list with itself and with a register; its `pairs` are put on a sheet for two officers by `write_review`
   (those that are still open), `read_review` reads it back, and a `DecisionBook` keeps every decision.
3. `derive_answers` gives every entry exactly one of the sixteen `ANSWER_CODES`, from decisions alone.
4. `freeze`, `diff` and `deviations` fix a list and tell every change; `make_receipt` says what was received; `due_times` and
   `overdue` watch the clocks of the terms.

Nothing here decides who somebody is, and nothing here is told to anybody: that is the work of the rooms above.
"""

from typing import TYPE_CHECKING

from homeward.people.lazily import when_asked_for

if TYPE_CHECKING:
    from homeward.lists.answer_codes import ANSWER_CODES, CARRIED, NOT_FOR_EXCHANGE_REASONS, AnswerRule
    from homeward.lists.answer_files import (
        answers_as_dict,
        read_answer_sheet,
        read_answers,
        write_answer_sheet,
        write_answers,
    )
    from homeward.lists.answers import (
        Answer,
        Contradiction,
        available,
        carry_over,
        check_answers,
        close_unanswered,
        contradictions,
        counts,
    )
    from homeward.lists.clocks import ClockState, Due, due_for_person, due_times, overdue
    from homeward.lists.decisions import Decision, DecisionBook, Question, Ruling, read_decisions, write_decisions
    from homeward.lists.deriving import derive_answers
    from homeward.lists.errors import ListError, ListProblemsError
    from homeward.lists.findings import FINDING_RULES, FINDINGS, Finding, FindingRule, Severity
    from homeward.lists.identity import missing_minimum, missing_to_identify
    from homeward.lists.pairs import Pair, make_pair, open_pairs, register_pairs, repeat_pairs
    from homeward.lists.proposing import Proposed, propose
    from homeward.lists.quality import QualityReport, check
    from homeward.lists.receipts import Receipt, make_receipt, matches, read_receipt, write_receipt
    from homeward.lists.review import write_review
    from homeward.lists.review_reading import ReviewResult, Undecided, read_review
    from homeward.lists.review_words import RULING_WORDS, read_ruling
    from homeward.lists.versions import Change, Deviation, Diff, FrozenList, ListKind, NameList, deviations, diff, freeze
else:
    __getattr__ = when_asked_for(
        __name__,
        {
            "answer_codes": "ANSWER_CODES CARRIED NOT_FOR_EXCHANGE_REASONS AnswerRule",
            "answer_files": "answers_as_dict read_answer_sheet read_answers write_answer_sheet write_answers",
            "answers": "Answer Contradiction available carry_over check_answers close_unanswered contradictions counts",
            "clocks": "ClockState Due due_for_person due_times overdue",
            "decisions": "Decision DecisionBook Question Ruling read_decisions write_decisions",
            "deriving": "derive_answers",
            "errors": "ListError ListProblemsError",
            "findings": "FINDING_RULES FINDINGS Finding FindingRule Severity",
            "identity": "missing_minimum missing_to_identify",
            "pairs": "Pair make_pair open_pairs register_pairs repeat_pairs",
            "proposing": "Proposed propose",
            "quality": "QualityReport check",
            "receipts": "Receipt make_receipt matches read_receipt write_receipt",
            "review": "write_review",
            "review_reading": "ReviewResult Undecided read_review",
            "review_words": "RULING_WORDS read_ruling",
            "versions": "Change Deviation Diff FrozenList ListKind NameList deviations diff freeze",
        },
    )

__all__ = [
    "ANSWER_CODES",
    "CARRIED",
    "FINDINGS",
    "FINDING_RULES",
    "NOT_FOR_EXCHANGE_REASONS",
    "RULING_WORDS",
    "Answer",
    "AnswerRule",
    "Change",
    "ClockState",
    "Contradiction",
    "Decision",
    "DecisionBook",
    "Deviation",
    "Diff",
    "Due",
    "Finding",
    "FindingRule",
    "FrozenList",
    "ListError",
    "ListKind",
    "ListProblemsError",
    "NameList",
    "Pair",
    "Proposed",
    "QualityReport",
    "Question",
    "Receipt",
    "ReviewResult",
    "Ruling",
    "Severity",
    "Undecided",
    "answers_as_dict",
    "available",
    "carry_over",
    "check",
    "check_answers",
    "close_unanswered",
    "contradictions",
    "counts",
    "derive_answers",
    "deviations",
    "diff",
    "due_for_person",
    "due_times",
    "freeze",
    "make_pair",
    "make_receipt",
    "matches",
    "missing_minimum",
    "missing_to_identify",
    "open_pairs",
    "overdue",
    "propose",
    "read_answer_sheet",
    "read_answers",
    "read_decisions",
    "read_receipt",
    "read_review",
    "read_ruling",
    "register_pairs",
    "repeat_pairs",
    "write_answer_sheet",
    "write_answers",
    "write_decisions",
    "write_receipt",
    "write_review",
]
