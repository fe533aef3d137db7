"""The sentences of the rooms below in the three languages that those rooms do not speak, for pages alone.

People, lists and exchange say everything in English and in Ukrainian, side by side in their own tables. A page may also be Russian,
Turkish or Arabic; here their sentences stand once more, found by the English one. What is not here is shown in English.
What is signed and what a verdict says stays as it is: these tables are for the eye.

>>> PHRASES["Surname"]
('Фамилия', 'Soyadı', 'اسم العائلة')
"""

from __future__ import annotations

from collections.abc import Mapping

from homeward.bureau.pages.phrases.answers import ANSWERS
from homeward.bureau.pages.phrases.carried import CARRIED
from homeward.bureau.pages.phrases.exchange import EXCHANGE
from homeward.bureau.pages.phrases.guards import GUARDS
from homeward.bureau.pages.phrases.people import PEOPLE
from homeward.bureau.pages.phrases.remarks import REMARKS

#: The languages of the tables, in the order of their columns.
LANGUAGES = ("ru", "tr", "ar")

PHRASES: Mapping[str, tuple[str, str, str]] = {**PEOPLE, **REMARKS, **ANSWERS, **EXCHANGE, **GUARDS}

__all__ = ["CARRIED", "LANGUAGES", "PHRASES"]
