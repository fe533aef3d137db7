"""Expressions: who belongs to a group, in words that a machine can check and nothing else can be smuggled into.

The whole language:

    either      = both { "or" both }
    both        = one { "and" one }
    one         = "not" one | "(" either ")" | "true" | "false" | comparison
    comparison  = value operator value [ operator value ]          (18 <= age <= 25)
                | fact [ "not" ] "in" "(" value { "," value } ")"
    operator    = "==" | "!=" | "<" | "<=" | ">" | ">="
    value       = fact | number | 'text' | "text"

Facts are the names of the table `homeward.terms.facts.FACTS`. Dates are written as text: `captured_on < '2022-05-20'`.
A comparison has a fact on one side and a plain value on the other. Nothing is ever evaluated as a program; text longer than
2,000 characters or nested deeper than 40 is refused.

>>> young = Expression("age <= 25 or medical in ('seriously_ill', 'seriously_wounded')")
>>> young.holds({"age": 30, "medical": "seriously_ill"}), young.holds({"age": 30, "medical": None})
(True, None)
>>> Expression("status == 'militry'")
Traceback (most recent call last):
homeward.terms.expression.ExpressionError: position 11: status is never 'militry'; did you mean 'military'?
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal, cast

from homeward.terms.conditions import (
    All,
    Always,
    Among,
    Any,
    Compare,
    CompareDate,
    CompareRank,
    Condition,
    Facts,
    Not,
    Operator,
)
from homeward.terms.facts import FACTS, Fact, NamedDay

MOST_CHARACTERS = 2_000
DEEPEST_NESTING = 40

_TOKEN = re.compile(
    r"""\s*(?:(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>[0-9]{1,9}(?![0-9A-Za-z_.]))|(?P<text>'[^'\n]*'|"[^"\n]*")|(?P<sign>==|!=|<=|>=|[<>(),]))"""
)
_KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false"})
_OPERATORS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_MIRRORED: dict[str, str] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


class ExpressionError(ValueError):
    """An expression that cannot be read: the position (from 1) in its text, what is wrong, and what to do about it."""

    def __init__(self, position: int, message: str, remedy: str) -> None:
        super().__init__(f"position {position}: {message}; {remedy}")
        self.position = position
        self.message = message
        self.remedy = remedy


class Expression:
    """A condition on the facts of one person, read from text. Equal texts (and days) are equal expressions.

    `on` fixes the day on which this expression reckons age and days held; None leaves it to the reference day of the terms.
    Raises `ExpressionError`.
    """

    __slots__ = ("condition", "fields", "on", "source")

    def __init__(self, source: str, on: date | NamedDay | None = None) -> None:
        self.source = source
        self.on = on
        #: The tree that was read; `homeward.terms` renders it in words.
        self.condition: Condition = _Reader(source, on).read()
        #: The names of the facts that the answer may depend on, as `holds` looks them up.
        self.fields: frozenset[str] = frozenset(self.condition.names())

    def holds(self, facts: Facts) -> bool | None:
        """Yes, no, or None when a fact that is not known decides. Raises `ValueError` if a number is given as text."""
        return self.condition.holds(facts)

    def __repr__(self) -> str:
        return f"Expression({self.source!r})" if self.on is None else f"Expression({self.source!r}, on={self.on!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and (self.source, self.on) == (other.source, other.on)

    def __hash__(self) -> int:
        return hash((self.source, self.on))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["word", "number", "text", "sign", "end"]
    text: str
    position: int

    @property
    def shown(self) -> str:
        return "the end" if self.kind == "end" else f"'{self.text}'" if self.kind != "text" else self.text


class _Reader:
    """Reads one text from left to right; `read` returns the tree or raises `ExpressionError`."""

    def __init__(self, source: str, on: date | NamedDay | None) -> None:
        if len(source) > MOST_CHARACTERS:
            raise ExpressionError(
                MOST_CHARACTERS + 1, f"longer than {MOST_CHARACTERS:,} characters", "split it into several groups"
            )
        self._tokens = _tokens(source)
        self._at = 0
        self._suffix = "" if on is None else f"@{on}"

    def read(self) -> Condition:
        condition = self._either(0)
        token = self._next()
        if token.kind != "end":
            raise ExpressionError(
                token.position,
                f"{token.shown} does not belong here",
                "join conditions with 'and' or 'or', or close a parenthesis",
            )
        return condition

    def _next(self) -> _Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def _take(self, *texts: str) -> _Token | None:
        token = self._tokens[self._at]
        return self._next() if token.kind in {"word", "sign"} and token.text in texts else None

    def _either(self, depth: int) -> Condition:
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _both(self, depth: int) -> Condition:
        parts = [self._one(depth)]
        while self._take("and"):
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self, depth: int) -> Condition:
        if depth > DEEPEST_NESTING:
            raise ExpressionError(
                self._tokens[self._at].position,
                f"nested deeper than {DEEPEST_NESTING}",
                "write it flatter, or split it into groups",
            )
        if self._take("not"):
            return Not(self._one(depth + 1))
        if self._take("true"):
            return Always(answer=True)
        if self._take("false"):
            return Always(answer=False)
        if opened := self._take("("):
            inner = self._either(depth + 1)
            if self._take(")") is None:
                token = self._next()
                raise ExpressionError(
                    token.position,
                    f"the parenthesis at position {opened.position} is not closed before {token.shown}",
                    "add ')'",
                )
            return inner
        return self._comparison()

    def _comparison(self) -> Condition:
        left = self._value()
        negation = self._take("not")
        if within := self._take("in"):
            return self._among(left, within, negated=negation is not None)
        sign = self._next()
        if negation is not None or sign.text not in _OPERATORS:
            raise ExpressionError(
                sign.position,
                f"a comparison is expected after {left.shown}, not {sign.shown}",
                "use ==, !=, <, <=, >, >= or in (…)",
            )
        middle = self._value()
        first = self._compare(left, sign, middle)
        if again := self._take(*_OPERATORS):
            return All((first, self._compare(middle, again, self._value())))
        return first

    def _value(self) -> _Token:
        token = self._next()
        if token.kind in {"number", "text"} or (token.kind == "word" and token.text not in _KEYWORDS):
            return token
        raise ExpressionError(token.position, f"a fact or a value is expected, not {token.shown}", "for example: age <= 25")

    def _among(self, left: _Token, within: _Token, *, negated: bool) -> Condition:
        fact = self._fact(left)
        if self._take("(") is None:
            raise ExpressionError(within.position, "'in' needs a list", "write the values in parentheses: in ('a', 'b')")
        values = [self._literal(fact, self._value())]
        while self._take(","):
            if self._take(")"):
                return Among(fact.name, tuple(values), negated)
            values.append(self._literal(fact, self._value()))
        if self._take(")") is None:
            token = self._next()
            raise ExpressionError(
                token.position, f"the list is not closed before {token.shown}", "separate values by ',' and end with ')'"
            )
        if fact.kind == "number":
            tests: tuple[Condition, ...] = tuple(Compare(self._name(fact), "==", int(value)) for value in values)
            return Not(Any(tests)) if negated else Any(tests)
        if fact.kind == "date":
            days: tuple[Condition, ...] = tuple(
                CompareDate(fact.name, "==", date.fromisoformat(str(value))) for value in values
            )
            return Not(Any(days)) if negated else Any(days)
        return Among(fact.name, tuple(values), negated)

    def _compare(self, left: _Token, sign: _Token, right: _Token) -> Condition:
        operator = sign.text
        if left.kind != "word":
            left, right, operator = right, left, _MIRRORED[operator]
        if right.kind == "word":
            self._fact(left)
            raise ExpressionError(
                right.position, f"'{right.text}' stands where a plain value belongs", f"put text in quotes: '{right.text}'"
            )
        fact = self._fact(left)
        value = self._literal(fact, right)
        checked = cast("Operator", operator)
        if fact.kind == "number":
            return Compare(self._name(fact), checked, int(value))
        if fact.kind == "date":
            return CompareDate(fact.name, checked, date.fromisoformat(str(value)))
        if operator in {"==", "!="}:
            return Among(fact.name, (value,), operator == "!=")
        if fact.kind == "rank":
            return CompareRank(fact.name, checked, str(value))
        raise ExpressionError(sign.position, f"{fact.name} has no order", "use ==, != or in (…)")

    def _name(self, fact: Fact) -> str:
        """The name under which the fact is looked up: with the day, when this expression fixes one."""
        return fact.name + self._suffix if fact.name in {"age", "days_held"} else fact.name

    def _fact(self, token: _Token) -> Fact:
        if token.kind != "word":
            raise ExpressionError(
                token.position, f"{token.shown} is compared with a plain value", "name a fact: age, sex, status, …"
            )
        if token.text not in FACTS:
            raise ExpressionError(
                token.position, f"there is no fact '{token.text}'", _suggest(token.text, tuple(FACTS), quote="")
            )
        return FACTS[token.text]

    def _literal(self, fact: Fact, token: _Token) -> str | int:
        if token.kind == "word":
            raise ExpressionError(
                token.position, f"'{token.text}' stands where a plain value belongs", f"put text in quotes: '{token.text}'"
            )
        if fact.kind == "number":
            if token.kind != "number":
                raise ExpressionError(
                    token.position, f"{fact.name} is a number, {token.shown} is text", "write it without quotes"
                )
            return int(token.text)
        if token.kind == "number":
            raise ExpressionError(
                token.position, f"{fact.name} is text, {token.text} is a number", f"put it in quotes: '{token.text}'"
            )
        value = token.text[1:-1]
        if fact.kind == "date":
            try:
                date.fromisoformat(value)
            except ValueError:
                raise ExpressionError(token.position, f"{token.shown} is not a day", "write it as 'YYYY-MM-DD'") from None
        elif fact.codes and value not in fact.codes:
            raise ExpressionError(token.position, f"{fact.name} is never {token.shown}", _suggest(value, fact.codes, quote="'"))
        return value


def _tokens(source: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    text = source.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            position = at + len(text[at:]) - len(text[at:].lstrip())
            sign = text[position]
            if sign in "'\"":
                raise ExpressionError(position + 1, "a text is opened and not closed", f"end it with {sign}")
            remedy = "write '=='" if sign == "=" else "use facts, values, comparisons, in, and, or, not and parentheses only"
            raise ExpressionError(position + 1, f"'{sign}' has no meaning here", remedy)
        kind = cast('Literal["word", "number", "text", "sign"]', match.lastgroup)
        tokens.append(_Token(kind, match.group(kind), match.start(kind) + 1))
        at = match.end()
    tokens.append(_Token("end", "", len(text) + 1))
    return tokens


def _suggest(written: str, choices: tuple[str, ...], *, quote: str) -> str:
    close = get_close_matches(written, choices, n=1, cutoff=0.6)
    if close:
        return f"did you mean {quote}{close[0]}{quote}?"
    return "use one of " + ", ".join(f"{quote}{choice}{quote}" for choice in choices)
