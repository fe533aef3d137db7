"""What the list check says, in the languages of its readers. One line per verdict; the numbers come from the check.

Sentences count rows and name groups and clauses; they never name a person.

>>> say("too few", "en", group="soldier", found=812, need=880)
"too few in the group 'soldier': 812, the terms need 880"
>>> say("too few", "uk", group="all", found=812, need=880)
'замало людей: 812, за умовами потрібно 880'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from homeward.people.person import Absence
from homeward.terms.conditionwords import FACT_WORDS, say_fact
from homeward.terms.facts import Openness

Language = Literal["en", "uk"]

#: The code of a sentence, and the sentence in English and in Ukrainian.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "enough": ("enough {of}: {found}, the terms need {need}", "достатньо {of}: {found}, за умовами потрібно {need}"),
    "too few": ("too few {of}: {found}, the terms need {need}", "замало {of}: {found}, за умовами потрібно {need}"),
    "perhaps too few": (
        "{found} {of} are certain, the terms need {need}; {open} more rows depend on what is not known{absences}",
        "певних {of}: {found}, за умовами потрібно {need}; ще рядків, що залежать від невідомого: {open}{absences}",
    ),
    "nobody of it": ("nobody {of} is on the list, as the terms ask", "у списку немає нікого {of}, як і вимагають умови"),
    "may not go": (
        "may not go under this clause, being {of}: {count}",
        "не можуть іти за цим пунктом, бо вони {of}: {count}",
    ),
    "may perhaps not go": (
        "may not go under this clause if they are {of}, which is not known{absences}: {count}",
        "не можуть іти за цим пунктом, якщо вони {of}, а це невідомо{absences}: {count}",
    ),
    "too many": ("too many {of}: {found}, the terms allow {limit}", "забагато {of}: {found}, умови дозволяють {limit}"),
    "within limit": (
        "the plan takes at most {limit} {of}; the list has {found}",
        "план бере щонайбільше {limit} {of}; у списку {found}",
    ),
    "joined": (
        "counted together with another side's list; this one has {found} {of}",
        "рахують разом зі списком іншої сторони; у цьому {found} {of}",
    ),
    "all of them": ("everybody {of} goes: {found}", "ідуть усі {of}: {found}"),
    "all, some open": (
        "everybody {of} goes: {found} for certain; whether {open} more belong is not known{absences}",
        "ідуть усі {of}: певних {found}; чи належать ще {open}, невідомо{absences}",
    ),
    "needs both": (
        "is judged when both lists are there; this one has {found} {of}",
        "перевіряють за двома списками; у цьому {found} {of}",
    ),
    "no group": (
        "belong to no group that this clause balances: {count}",
        "не належать до жодної групи, які зрівнює цей пункт: {count}",
    ),
    "named here": ("all named people of this side are on the list", "усі названі люди цієї сторони є у списку"),
    "named missing": ("named in the terms and not on the list: {count}", "названі в умовах, але їх немає у списку: {count}"),
    "named elsewhere": (
        "named in the terms and not on this list; they may be on another side's: {count}",
        "названі в умовах, але їх немає в цьому списку; можуть бути в іншому: {count}",
    ),
    "named unavailable": (
        "named in the terms, but the list says released, dead or unwilling: {count}",
        "названі в умовах, але за списком звільнені, померлі або відмовилися: {count}",
    ),
    "together": ("people who share '{fact}' can stay together", "люди зі спільним «{fact}» можуть лишатися разом"),
    "together open": (
        "'{fact}' is stated as unknown or withheld: {count}",
        "«{fact}» позначено як невідоме або приховане: {count}",
    ),
    "per party short": (
        "too few {of} for {party}: {found}, the terms need {need}",
        "замало {of} для {party}: {found}, за умовами потрібно {need}",
    ),
    "per party open": (
        "which party holds or receives them is not said: {count}",
        "не сказано, яка сторона їх утримує або приймає: {count}",
    ),
    "per party": ("every party has enough {of}", "кожна сторона має достатньо {of}"),
    "pool short": ("the list must hold at least {need} and holds {found}", "у списку має бути щонайменше {need}, а є {found}"),
    "pool": ("the list holds {found}, at least {need} were agreed", "у списку {found}, домовлено щонайменше про {need}"),
    "covered": ("every row is covered by the terms", "кожен рядок охоплено умовами"),
    "uncovered": ("belong to no group of these terms: {count}", "не належать до жодної групи цих умов: {count}"),
    "uncovered by age": (
        "outside the agreed groups by age on the reference day ({day}): {count}",
        "поза узгодженими групами за віком на розрахунковий день ({day}): {count}",
    ),
    "uncovered by fact": ("outside the agreed groups by '{fact}': {count}", "поза узгодженими групами за «{fact}»: {count}"),
    "perhaps uncovered": (
        "whether the terms cover them is not known{absences}: {count}",
        "чи охоплюють їх умови, невідомо{absences}: {count}",
    ),
    "released": ("already released: {count}", "уже звільнені: {count}"),
    "dead": ("dead according to the list: {count}", "померлі за списком: {count}"),
    "alive": ("living people on a list of remains: {count}", "живі люди у списку останків: {count}"),
    "refused": ("refused to be transferred: {count}", "відмовилися від передачі: {count}"),
    "excluded": ("kept out by the terms: {count}", "виключені умовами: {count}"),
    "perhaps excluded": (
        "kept out by the terms if what is not known{absences} is so: {count}",
        "виключені умовами, якщо підтвердиться невідоме{absences}: {count}",
    ),
    "nobody excluded": ("nobody on the list is kept out by this", "нікого зі списку це не виключає"),
    "excluded outside": ("is decided outside the list", "вирішують поза списком"),
    "claim wrong": (
        "the list says '{group}' and its own facts contradict it: {count}",
        "у списку сказано «{group}», а інші його дані цьому суперечать: {count}",
    ),
    "claim open": (
        "the list says '{group}' and its facts do not settle it{absences}: {count}",
        "у списку сказано «{group}», а його дані цього не підтверджують{absences}: {count}",
    ),
    "no day": (
        "ages and days held cannot be reckoned: neither the terms nor a stage nor the check gives a day",
        "вік і дні утримання не можна порахувати: ні умови, ні етап, ні перевірка не називають дня",
    ),
    "list missing": ("the list of the side '{side}' is not there yet", "списку сторони «{side}» ще немає"),
    "can be level": (
        "'{first}' and '{second}' can be brought level {of}",
        "«{first}» і «{second}» можна зрівняти {of}",
    ),
    "cannot be level": (
        "cannot be brought level {of}: '{first}' must send at least {need}, '{second}' can give at most {found}",
        "не можна зрівняти {of}: «{first}» має дати щонайменше {need}, «{second}» може щонайбільше {found}",
    ),
    "perhaps cannot be level": (
        "may not become level {of}: '{first}' must send at least {need}, '{second}' has {found} for certain",
        "можливо, не зрівняти {of}: «{first}» має дати щонайменше {need}, «{second}» має певних {found}",
    ),
    "same id": ("ids that several rows share: {count}", "номери, спільні для кількох рядків: {count}"),
}

_ABSENCES: Mapping[Openness, tuple[str, str]] = {
    Absence.UNKNOWN: ("unknown", "невідомо"),
    Absence.WITHHELD: ("withheld", "приховано"),
    "partial": ("with a part missing", "без частини дати"),
    None: ("not given", "не вказано"),
}


def say(code: str, language: str, **values: object) -> str:
    """The sentence with its numbers; `group` and `fact` become words that fit it. Raises `KeyError` for an unknown code."""
    place = 1 if language == "uk" else 0
    group = values.get("group")
    if "fact" in values:
        values["fact"] = _fact(str(values["fact"]), language)
    return SENTENCES[code][place].format(**{"of": _of(str(group), place, code) if group is not None else "", **values})


def say_absences(counts: Mapping[tuple[str, Openness], int], language: str) -> str:
    """How many rows leave each fact open, and how: ` (age: 3 withheld, 2 not given)`; "" when none does."""
    place = 1 if language == "uk" else 0
    parts: dict[str, list[str]] = {}
    for (fact, absence), count in counts.items():
        parts.setdefault(fact, []).append(f"{count} {_ABSENCES[absence][place]}")
    listed = "; ".join(f"{_fact(fact, language)}: " + ", ".join(texts) for fact, texts in parts.items())
    return f" ({listed})" if parts else ""


def _fact(name: str, language: str) -> str:
    return say_fact(name, language) if name.partition("@")[0] in FACT_WORDS else name


def _of(group: str, place: int, code: str) -> str:
    if place == 0:
        return ("people" if code in _COUNTING else "on the list") if group == "all" else f"in the group '{group}'"
    if group == "all":
        return "людей" if code in _COUNTING else "у списку"
    return f"у групі «{group}»"


_COUNTING = frozenset(
    {"enough", "too few", "perhaps too few", "too many", "within limit", "joined", "needs both", "per party short", "per party"}
)
