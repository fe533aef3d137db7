"""Invented people and the lists that two bureaux would write about them, with the errors of real lists. Nobody here exists.

Names are put together from roots and suffixes by this room's own generator. The same seed gives the same people, and the same
files to the byte.

>>> person = generate_people(1, seed=7, nation="uk")[0]
>>> person.nation, sorted(person.names)
('uk', ['ru', 'uk'])
"""

from homeward.invented.agreement import terms_text
from homeward.invented.errors import ERRORS, ErrorKind
from homeward.invented.officers import invented_decisions
from homeward.invented.person import FullName, InventedPerson, generate_people
from homeward.invented.planted import PLANTED, SHEET_FAULTS, PlantedKind
from homeward.invented.romanise import romanise
from homeward.invented.scenario import Exchange, build_exchange, write_exchange
from homeward.invented.truth import HeldRow, Planted, RegisterRow, Truth, write_truth

__all__ = [
    "ERRORS",
    "PLANTED",
    "SHEET_FAULTS",
    "ErrorKind",
    "Exchange",
    "FullName",
    "HeldRow",
    "InventedPerson",
    "Planted",
    "PlantedKind",
    "RegisterRow",
    "Truth",
    "build_exchange",
    "generate_people",
    "invented_decisions",
    "romanise",
    "terms_text",
    "write_exchange",
    "write_truth",
]
