"""The strong keys of a person: texts that two records of one person share, whichever script and habit they were written in.

A key joins what seldom goes wrong: a service number alone, or a whole birth date with two parts of the name. Surnames become the
skeleton of their consonants, given names and patronymics the name that they are in the table of given names (Микола and Nikolai
are one), else their skeleton. A person has several keys, of the kinds in `KINDS`; one shared key is a reason to look, not a proof.

>>> from homeward.people.dates import PartialDate
>>> from homeward.people.person import Claim
>>> def person(surname, given, born):
...     date = Claim(born, PartialDate.from_iso(born))
...     return Person(
...         "r2", {Field.SURNAME: Claim(surname, surname), Field.GIVEN_NAMES: Claim(given, given), Field.BIRTH_DATE: date}
...     )
>>> one, other = person("Щерботенко", "Микола", "1987-03-14"), person("SHCHERBOTENKO", "NIKOLAI", "1987-03-14")
>>> strong_keys(one) == strong_keys(other), [kind for kind, _ in strong_keys(one)]
(True, ['date_surname_given'])
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from homeward.matching.names.folding import fold, words
from homeward.matching.names.lexicon import names
from homeward.matching.names.skeleton import skeleton
from homeward.people.person import Field, Person

#: The kinds of key, in the order in which they are told.
KINDS = ("number", "date_surname_given", "date_surname_father", "date_given_father")
#: A shorter number is shared by chance, or is a running number of a list.
SHORTEST_NUMBER = 5


def strong_keys(person: Person) -> list[tuple[str, str]]:
    """The keys of one person as (kind, text), each once, in the order of `KINDS`; nothing for a record that has none."""
    found: list[tuple[str, str]] = []
    number = fold(person.text(Field.SERVICE_NUMBER) or "").replace(" ", "")
    if len(number) >= SHORTEST_NUMBER and any(letter.isdigit() for letter in number):
        found.append(("number", number))
    born = person.date(Field.BIRTH_DATE)
    if born is not None and born.complete:
        day = str(born)
        surnames = [mark for mark in map(skeleton, words(person.text(Field.SURNAME) or "")) if len(mark) > 1]
        given = _canonical("given", person.text(Field.GIVEN_NAMES))
        father = _canonical("patronymic", person.text(Field.PATRONYMIC))
        found += [("date_surname_given", f"{day} {surname} {given}") for surname in surnames if given]
        found += [("date_surname_father", f"{day} {surname} {father}") for surname in surnames if father]
        if given and father:
            found.append(("date_given_father", f"{day} {given} {father}"))
    return list(dict.fromkeys(found))


def _canonical(role: str, text: str | None) -> str:
    """The line of the table of names that a name most probably is, else its skeleton; "" for an initial or nothing."""
    word = next(iter(words(text or "")), "")
    return _canonical_word(role, word) if len(word) > 1 else ""


@lru_cache(maxsize=1 << 16)
def _canonical_word(role: str, word: str) -> str:
    line = int(names(role).read([word]).line[0, 0])
    return f"={line}" if line >= 0 else skeleton(word)


@lru_cache(maxsize=1)
def scheme() -> str:
    """A short text that differs when two versions of this program would make different keys of one person."""
    tables = [*names("given").forms, "|", *names("patronymic").forms, "|", *map(str, names("given").line_of.tolist())]
    probes = [skeleton(word) for word in ("щербак", "szczerbak", "schtscherbak", "юсуф", "yousef", "يوسف", "יוסף")]
    return "1-" + hashlib.sha256("\n".join([*tables, *probes]).encode()).hexdigest()[:12]
