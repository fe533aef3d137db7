"""What acts mean: who may do what when, balances, deviations, and the verdict over a record.

This room folds acts into a state and judges it; it stores nothing. Its tables are read by the fold, the signing view, the
documentation and the tests alike:

* `acts`: every kind of act, who signs it, its fields, and when it counts;
* `rules`: the state machine of exchange, lists, stages and people;
* `deviations`: the closed list of what can go otherwise than agreed;
* `reasons`: the closed lists of reasons for acts that carry one;
* `guards`: the conditions that rules name, and the sentences for when they do not hold.

`fold` makes the state, `balance` counts it, `verdict` says it in words.
"""

from homeward.exchange.acts import ACTS, INTERVIEW_OUTCOMES, MAY_GO, as_table, form_problem, from_table, signing_view
from homeward.exchange.balance import balance_of, balance_table, differences, received
from homeward.exchange.deviations import DEVIATIONS
from homeward.exchange.fold import Fold, fold
from homeward.exchange.guards import REASONS
from homeward.exchange.reasons import REASONS_FOR, reason_says
from homeward.exchange.rules import COLUMNS, RULES
from homeward.exchange.state import Entry, ExchangeState, ListedPerson, PublicLines, Void

__all__ = [
    "ACTS",
    "COLUMNS",
    "DEVIATIONS",
    "INTERVIEW_OUTCOMES",
    "MAY_GO",
    "REASONS",
    "REASONS_FOR",
    "RULES",
    "Entry",
    "ExchangeState",
    "Fold",
    "ListedPerson",
    "PublicLines",
    "Void",
    "as_table",
    "balance_of",
    "balance_table",
    "differences",
    "fold",
    "form_problem",
    "from_table",
    "reason_says",
    "received",
    "signing_view",
]
