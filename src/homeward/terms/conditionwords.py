"""A group's condition in words: what an official signs in place of `age <= 25 and medical in ('seriously_ill', …)`.

>>> from homeward.terms.expression import Expression
>>> say_condition(Expression("age <= 25 and sex == 'F'"), "en")
'age is 25 or less and sex is female'
>>> say_condition(Expression("not medical in ('well', 'sick')"), "uk")
'неправда, що (стан здоров’я: здоровий або хворий)'
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from homeward.terms.conditions import All, Always, Among, Any, Compare, CompareDate, CompareRank, Condition, Not
from homeward.terms.expression import Expression
from homeward.terms.phrases import day_in_words, quoted

FACT_WORDS: Mapping[str, tuple[str, str]] = {
    "status": ("status", "статус"),
    "medical": ("state of health", "стан здоров’я"),
    "mobility": ("way of travelling", "спосіб пересування"),
    "sex": ("sex", "стать"),
    "age": ("age", "вік"),
    "birth_date": ("date of birth", "дата народження"),
    "rank": ("rank", "звання"),
    "days_held": ("days held", "днів утримання"),
    "captured_on": ("day of capture", "день взяття в полон"),
    "family": ("family mark", "позначка родини"),
    "charge": ("charge", "звинувачення"),
    "sentence": ("sentence", "вирок"),
    "site": ("place of detention", "місце утримання"),
    "region": ("home region", "рідна область"),
    "unit": ("unit", "підрозділ"),
    "nationality": ("nationality", "громадянство"),
    "state": ("what is known", "що відомо"),
    "category": ("category in the list", "категорія у списку"),
    "holder": ("holder", "хто утримує"),
    "receiver": ("receiver", "хто приймає"),
    "id": ("number in the list", "номер у списку"),
}

VALUE_WORDS: Mapping[str, tuple[str, str]] = {
    "F": ("female", "жіноча"),
    "M": ("male", "чоловіча"),
    "military": ("soldier", "військовий"),
    "civilian": ("civilian", "цивільний"),
    "retained": ("medical or religious staff", "медичний або духовний персонал"),
    "well": ("well", "здоровий"),
    "slightly_wounded": ("slightly wounded", "легкопоранений"),
    "sick": ("sick", "хворий"),
    "convalescent": ("convalescent", "одужує"),
    "seriously_wounded": ("seriously wounded", "тяжкопоранений"),
    "seriously_ill": ("seriously ill", "тяжкохворий"),
    "walking": ("walking", "ходить"),
    "assisted": ("with help", "з допомогою"),
    "stretcher": ("on a stretcher", "на ношах"),
    "missing": ("missing", "зник безвісти"),
    "believed_held": ("believed to be held", "імовірно утримують"),
    "acknowledged": ("acknowledged by the holder", "визнаний тим, хто утримує"),
    "confirmed": ("confirmed by the neutral", "підтверджений нейтральною стороною"),
    "released": ("released", "звільнений"),
    "dead": ("dead", "помер"),
    "refused": ("refused to be transferred", "відмовився від передачі"),
    "private": ("private", "рядовий"),
    "nco": ("non-commissioned officer", "сержант"),
    "warrant": ("warrant officer", "прапорщик"),
    "lieutenant": ("lieutenant", "лейтенант"),
    "captain": ("captain", "капітан"),
    "major": ("major", "майор"),
    "lieutenant_colonel": ("lieutenant-colonel", "підполковник"),
    "colonel": ("colonel", "полковник"),
    "brigadier_general": ("brigadier-general", "бригадний генерал"),
    "major_general": ("major-general", "генерал-майор"),
    "general": ("general", "генерал"),
    "life": ("for life", "довічний"),
}

_NUMBERS: Mapping[str, tuple[str, str]] = {
    "==": ("{n}", "{n}"),
    "!=": ("not {n}", "не {n}"),
    "<": ("under {n}", "менше ніж {n}"),
    "<=": ("{n} or less", "{n} або менше"),
    ">": ("over {n}", "більше ніж {n}"),
    ">=": ("{n} or more", "{n} або більше"),
}
_DATES: Mapping[str, tuple[str, str]] = {
    "==": ("{n}", "{n}"),
    "!=": ("not {n}", "не {n}"),
    "<": ("before {n}", "до {n} (не включно)"),
    "<=": ("on or before {n}", "до {n} включно"),
    ">": ("after {n}", "після {n}"),
    ">=": ("on or after {n}", "від {n} включно"),
}
_RANKS: Mapping[str, tuple[str, str]] = {
    "==": ("{n}", "{n}"),
    "!=": ("not {n}", "не {n}"),
    "<": ("below {n}", "нижче ніж {n}"),
    "<=": ("{n} or below", "{n} або нижче"),
    ">": ("above {n}", "вище ніж {n}"),
    ">=": ("{n} or above", "{n} або вище"),
}


def say_condition(expression: Expression, language: str) -> str:
    """The condition as one clause of a sentence."""
    return _say(expression.condition, language, within=False)


def say_fact(name: str, language: str) -> str:
    """A fact by its name; `age@2025-06-02` becomes "age on 2 June 2025"."""
    base, _, day = name.partition("@")
    words = FACT_WORDS[base][_place(language)]
    if not day:
        return words
    if day == "capture":
        return words + (" на день взяття в полон" if language == "uk" else " on the day of capture")
    return f"{words} {'на' if language == 'uk' else 'on'} {day_in_words(date.fromisoformat(day), language)}"


def say_value(value: str | int, language: str) -> str:
    """A value in words, or in quotes as it is written when it has none."""
    if isinstance(value, int):
        return str(value)
    return VALUE_WORDS[value][_place(language)] if value in VALUE_WORDS else quoted(value, language)


def _place(language: str) -> int:
    return 1 if language == "uk" else 0


def _say(condition: Condition, language: str, *, within: bool) -> str:
    place = _place(language)
    match condition:
        case Always(answer):
            return (("everybody", "будь-хто") if answer else ("nobody", "ніхто"))[place]
        case Compare(name, operator, number):
            return _is(name, _NUMBERS[operator][place].format(n=number), language)
        case CompareDate(name, operator, day):
            return _is(name, _DATES[operator][place].format(n=day_in_words(day, language)), language)
        case CompareRank(name, operator, rank):
            return _is(name, _RANKS[operator][place].format(n=say_value(rank, language)), language)
        case Among(name, values, negated):
            joined = (" or ", " або ")[place].join(say_value(value, language) for value in values)
            if negated:
                joined = ("not ", "не ")[place] + (joined if len(values) == 1 else f"({joined})")
            return _is(name, joined, language)
        case Not(part):
            return ("it is not true that ({part})", "неправда, що ({part})")[place].format(
                part=_say(part, language, within=False)
            )
        case All(parts):
            return _join(parts, (" and ", " і ")[place], language, within=within)
        case Any(parts):
            return _join(parts, (" or ", " або ")[place], language, within=within)
        case _:
            raise AssertionError(f"a condition without words: {condition!r}")


def _join(parts: tuple[Condition, ...], word: str, language: str, *, within: bool) -> str:
    joined = word.join(_say(part, language, within=True) for part in parts)
    return f"({joined})" if within else joined


def _is(name: str, value: str, language: str) -> str:
    return f"{say_fact(name, language)}{': ' if language == 'uk' else ' is '}{value}"
