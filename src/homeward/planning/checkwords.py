"""What the independent checker can find wrong, in English and Ukrainian, as one table.

>>> FAULTS["twice"][0].format(person="p-7")
'p-7 goes twice'
"""

from __future__ import annotations

from typing import Literal

Fault = Literal[
    "stages", "no pool", "twice", "other side", "stands in and goes", "goes and left out", "nowhere",
    "too few", "too many", "ahead", "key", "stay", "named", "not in one stage", "excluded", "balance", "flow", "cycle",
    "family", "order", "share",
]  # fmt: skip

#: For each fault, its sentence in English and in Ukrainian; the words in braces are filled in by the checker.
FAULTS: dict[Fault, tuple[str, str]] = {
    "stages": ("the stages of the plan are not those of the terms", "етапи плану не ті, що в умовах"),
    "no pool": ("{person} is in no pool", "{person} немає в жодному списку"),
    "twice": ("{person} goes twice", "{person} їде двічі"),
    "other side": (
        "{person} goes on side {side}, but is in another side's pool",
        "{person} їде за потоком {side}, але є у списку іншого потоку",
    ),
    "stands in and goes": (
        "{person} stands in for a stage and goes by then",
        "{person} у резерві на етап, до кінця якого вже їде",
    ),
    "goes and left out": ("{person} goes and is left out", "{person} їде і водночас залишається"),
    "nowhere": ("{person} is nowhere in the plan", "{person} немає в плані ніде"),
    "too few": ("{number} of {group} on {sides}, needs {bound}", "{group}, {sides}: {number}, а потрібно {bound}"),
    "too many": ("{number} of {group} on {sides}, limit {bound}", "{group}, {sides}: {number}, а межа {bound}"),
    "ahead": ("{other} is ahead of {one} by {number} of {group}", "{other} випереджає {one} на {number}, {group}"),
    "key": (
        "the key asks for {number} on {sides}, the plan has {bound}",
        "за ключем на {sides} потрібно {number}, у плані {bound}",
    ),
    "stay": ("{number} of {group} on {sides} stay", "{group}, {sides}: залишаються {number}"),
    "named": ("{person} should have gone", "мали поїхати: {person}"),
    "not in one stage": ("the named do not go in one stage", "названі поіменно їдуть не одним етапом"),
    "excluded": ("{person} goes, whom {group} may exclude", "{person} їде, хоча {group} може цю особу виключати"),
    "balance": ("{one} hands over {number} and receives {bound}", "{one} передає {number}, а отримує {bound}"),
    "flow": (
        "{number} go from {one} to {other}, the cycles of the plan account for {bound}",
        "від {one} до {other} їдуть {number}, а цикли плану пояснюють {bound}",
    ),
    "cycle": (
        "the cycle {one} joins {number} parties, the cap is {bound}",
        "цикл {one} поєднує сторін: {number}, а межа {bound}",
    ),
    "family": (
        "the people with {one} {other} on {sides} do not go together",
        "люди, у яких {one} – {other}, {sides}: їдуть не разом",
    ),
    "order": (
        "{person} goes before {other}, who has the better standing",
        "{person} їде раніше за {other}, хто має перевагу",
    ),
    "share": (
        "{bound} of {number} of {one} go on {sides}; with {person} in the place of {other} from {group} it would be more even",
        "{one}, {sides}: їдуть {bound} із {number}; якби {person} поїхав на місце {other} ({group}), було б рівніше",
    ),
}
#: Words that stand in for a name where a clause speaks of everybody.
EVERYWHERE = ("all sides", "усі потоки")
EVERYBODY = ("all", "усі")
WHOLE = ("whole exchange", "увесь обмін")
