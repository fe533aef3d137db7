"""Words that lists use for categories, and the condition that each claims: what a row says it is, in facts that can be checked.

A claim may also be the name of a group of the terms; the terms go first. A word that is in neither is told as such.

>>> from homeward.people import Claim, Field, Person
>>> row = Person("r2", {Field.CATEGORY: Claim("Тяжкопоранені", "Тяжкопоранені"), Field.MEDICAL: Claim("здоровий", "well")})
>>> claim_of("Тяжкопоранені", {}).holds({"medical": "well"})
False
"""

from __future__ import annotations

from collections.abc import Mapping

from homeward.terms import Expression

_SERIOUS = "medical in ('seriously_wounded', 'seriously_ill')"

#: Condition -> words in Ukrainian, Russian and English, in small letters.
CATEGORY_WORDS: Mapping[str, tuple[str, ...]] = {
    "status != 'civilian'": (
        "військовополонений", "військовополонена", "військовополонені", "військовий", "військова", "військові",
        "військовослужбовець", "військовослужбовиця", "військовослужбовці", "військ.",
        "военнопленный", "военнопленная", "военнопленные", "военный", "военная", "военные", "военнослужащий",
        "военнослужащая", "военнослужащие", "в/п", "в/пл",
        "prisoner of war", "prisoners of war", "pow", "pows", "soldier", "soldiers", "military", "serviceman", "servicewoman",
        "servicemen", "combatant",
    ),
    "status == 'civilian'": (
        "цивільний", "цивільна", "цивільні", "цивільна особа", "цивільні особи", "цив.",
        "гражданский", "гражданская", "гражданские", "гражданское лицо", "гражданские лица", "гражд.",
        "civilian", "civilians", "civilian internee", "civilian detainee",
    ),
    "status == 'retained'": (
        "медичний персонал", "медперсонал", "капелан", "духовна особа", "медицинский персонал", "капеллан", "священник",
        "retained personnel", "medical personnel", "medic", "chaplain",
    ),
    _SERIOUS: (
        "тяжкопоранені та тяжкохворі", "тяжкопоранені і тяжкохворі", "тяжкопоранені й тяжкохворі", "тяжкопоранений або тяжкохворий",
        "тяжелораненые и тяжелобольные", "тяжелораненый или тяжелобольной", "тяжелобольные и тяжелораненые",
        "seriously wounded and ill", "seriously wounded and seriously ill", "seriously wounded or ill", "seriously wounded and sick",
    ),
    "medical == 'seriously_wounded'": (
        "тяжкопоранений", "тяжкопоранена", "тяжкопоранені", "важкопоранений", "важкопоранена", "важкопоранені",
        "тяжелораненый", "тяжелораненая", "тяжелораненые", "seriously wounded", "severely wounded",
    ),
    "medical == 'seriously_ill'": (
        "тяжкохворий", "тяжкохвора", "тяжкохворі", "важкохворий", "важкохвора", "важкохворі",
        "тяжелобольной", "тяжелобольная", "тяжелобольные", "seriously ill", "severely ill", "seriously sick",
    ),
    "medical in ('slightly_wounded', 'seriously_wounded')": (
        "поранений", "поранена", "поранені", "раненый", "раненая", "раненые", "wounded", "injured",
    ),
    "medical in ('sick', 'seriously_ill')": ("хворий", "хвора", "хворі", "больной", "больная", "больные", "sick", "ill"),
    "sex == 'F'": ("жінка", "жінки", "женщина", "женщины", "woman", "women"),
    "age < 18": ("дитина", "діти", "неповнолітній", "неповнолітня", "ребенок", "ребёнок", "дети", "несовершеннолетний", "child", "minor"),
}  # fmt: skip

_BY_WORD = {word: Expression(condition) for condition, words in CATEGORY_WORDS.items() for word in words}


def claim_of(category: str, groups: Mapping[str, Expression]) -> Expression | None:
    """The condition that a claimed category stands for: a group of the terms by its name, else a known word; None for neither."""
    wanted = _fold(category)
    for name, expression in groups.items():
        if _fold(name) == wanted:
            return expression
    return _BY_WORD.get(wanted) or _BY_WORD.get(wanted.rstrip("."))


def _fold(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()
