"""Lists without names in acts: everybody counts, the recipients read, one family opens one person.

A list is committed before the other side's list is seen. The commitment is public: one line per person with an id, the
categories, and a fixed number of salted digests (`lines`). The names are in the plaintext that goes into a sealed file
(`lists`). Later, one person's chosen fields can be shown to somebody with proof that they stood on the committed list
(`person`).

>>> from homeward.record.entropy import seeded
>>> source = seeded("an example")
>>> ids = assign_ids(2, 0, 2, source)
>>> public, plaintext = commit_list(
...     [
...         Entry(ids[0], ("soldier", "serious"), {"surname": "Приклад", "birth_date": "1987-03"}),
...         Entry(ids[1], (), {"surname": "Зразок", "rank": "private", "days_held": 412}),
...     ],
...     header=ListHeader("held", "a", "south"),
...     entropy=source,
... )
>>> public.count, public.categories, [len(person.digests) for person in public.people]
(2, {'serious': 1, 'soldier': 1}, [8, 8])
>>> opened = open_list(public, plaintext)
>>> opened.people[ids[1]].fields
{'days_held': 412, 'rank': 'private', 'surname': 'Зразок'}
>>> shown = disclose(opened, ids[0], ["surname"])
>>> check_disclosure(shown, public.root, public.size).person.fields
{'surname': 'Приклад'}
>>> open_list(public, plaintext.replace(b"p-0002", b"p-0006"))
Traceback (most recent call last):
homeward.record.disclosure.errors.DisclosureError: p-0002: what was handed over does not open the commitment: ...
"""

from homeward.record.disclosure.errors import DisclosureError
from homeward.record.disclosure.ids import assign_ids, person_id, person_number
from homeward.record.disclosure.lines import ListHeader, PersonLine, PublicList, parse_public, tree_size
from homeward.record.disclosure.lists import Entry, OpenedList, OpenedPerson, commit_list, open_list
from homeward.record.disclosure.person import Disclosed, check_disclosure, disclose
from homeward.record.disclosure.salted import Value

__all__ = [
    "Disclosed",
    "DisclosureError",
    "Entry",
    "ListHeader",
    "OpenedList",
    "OpenedPerson",
    "PersonLine",
    "PublicList",
    "Value",
    "assign_ids",
    "check_disclosure",
    "commit_list",
    "disclose",
    "open_list",
    "parse_public",
    "person_id",
    "person_number",
    "tree_size",
]
