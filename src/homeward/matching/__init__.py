"""Are these two records the same person, how sure, and why: evidence in bits, proposals, never decisions.

`match` compares two lists, `match_self` finds the repeats inside one, `match_columns` does both for long lists in columns, and
`explain` takes one pair apart. Names are compared
across alphabets, languages and habits of romanisation; what is missing says nothing; every proposal is the exact sum of its
bars, and each bar has a sentence.

>>> from homeward.people.dates import PartialDate
>>> from homeward.people.person import Claim, Field, Person
>>> def person(id, surname, given, born):
...     return Person(
...         id,
...         {
...             Field.SURNAME: Claim(surname, surname),
...             Field.GIVEN_NAMES: Claim(given, given),
...             Field.BIRTH_DATE: Claim(born, PartialDate.from_iso(born)),
...         },
...     )
>>> register = [person("u1", "Щерботенко", "Микола", "1987-03-14"), person("u2", "Вигаданий", "Петро", "1990-01-30")]
>>> answer = [person("r1", "SHCHERBOTENKO", "NIKOLAI", "1987-03-14")]
>>> [(found.left_id, found.right_id, found.probability > 0.99) for found in match(register, answer)]
[('u1', 'r1', True)]
>>> print(match(register, answer)[0].evidence[2].sentence("uk"))
Ім’я: два написання одного імені (Микола / NIKOLAI)
"""

from __future__ import annotations

from homeward.matching.cells import Table
from homeward.matching.choosing import Settled
from homeward.matching.match import explain, match, match_columns, match_lists, match_self
from homeward.matching.model import Evidence, Progress, Proposal
from homeward.matching.pair_table import PairTable

__all__ = [
    "Evidence",
    "PairTable",
    "Progress",
    "Proposal",
    "Settled",
    "Table",
    "explain",
    "match",
    "match_columns",
    "match_lists",
    "match_self",
]
