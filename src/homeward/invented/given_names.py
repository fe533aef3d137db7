"""Given names as pairs, Ukrainian and Russian, with how often they are met among adults; and the patronymics made from them.

Patronymics follow the rules of each language, with the exceptions that the grammars list by name.

>>> pair = by_ukrainian("Микола")
>>> pair.ru, patronymic_uk("Микола", "M"), patronymic_ru("Николай", "F")
('Николай', 'Миколайович', 'Николаевна')
>>> patronymic_uk("Ілля", "F"), patronymic_ru("Юрий", "M"), patronymic_ru("Дмитрий", "M")
('Іллівна', 'Юрьевич', 'Дмитриевич')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class GivenName:
    """One name in both languages. `weight` is relative within one sex; `nation` narrows it to one nation ("" means both)."""

    uk: str
    ru: str
    sex: str
    weight: int
    nation: str = ""


_MALE = """
Олександр Александр 100|Сергій Сергей 90|Андрій Андрей 75|Володимир Владимир 70|Дмитро Дмитрий 65|Микола Николай 55
Олексій Алексей 55|Юрій Юрий 50|Іван Иван 45|Ігор Игорь 42|Віталій Виталий 40|Михайло Михаил 40|Віктор Виктор 40
Євген Евгений 40|Василь Василий 38|Олег Олег 38|Максим Максим 38|Роман Роман 35|Артем Артём 28|Павло Павел 28
Денис Денис 26|Руслан Руслан 25|Анатолій Анатолий 25|Вадим Вадим 20|В'ячеслав Вячеслав 20|Петро Пётр 20
Богдан Богдан 18 uk|Валерій Валерий 18|Ярослав Ярослав 17|Антон Антон 16|Владислав Владислав 16|Станіслав Станислав 14
Костянтин Константин 14|Григорій Григорий 12|Тарас Тарас 10 uk|Ілля Илья 10|Кирило Кирилл 10|Геннадій Геннадий 9
Леонід Леонид 9|Назар Назар 8 uk|Степан Степан 8|Данило Даниил 8|Микита Никита 8|Едуард Эдуард 7|Борис Борис 6
Федір Фёдор 6|Георгій Георгий 5|Єгор Егор 5|Святослав Святослав 4|Ростислав Ростислав 4|Артур Артур 4|Яків Яков 3
Остап Остап 3 uk|Тимофій Тимофей 3|Матвій Матвей 3|Семен Семён 4|Захар Захар 3|Мирослав Мирослав 3|Тимур Тимур 3
Гліб Глеб 3|Всеволод Всеволод 2|Йосип Иосиф 2|Пилип Филипп 2|Лев Лев 2|Марко Марк 2|Любомир Любомир 2 uk|Орест Орест 2 uk
Аркадій Аркадий 2|Герман Герман 2|Макар Макар 2|Платон Платон 1|Панас Афанасий 1|Лука Лука 1|Кузьма Кузьма 1
Хома Фома 1|Гаврило Гавриил 1|Нестор Нестор 1|Прокіп Прокофий 1|Трохим Трофим 1|Юхим Ефим 1|Омелян Емельян 1
Дем'ян Демьян 1|Лаврентій Лаврентий 1|Карпо Карп 1|Сава Савва 1
"""

_FEMALE = """
Олена Елена 100|Наталія Наталья 90|Тетяна Татьяна 90|Ірина Ирина 85|Світлана Светлана 70|Оксана Оксана 65|Ольга Ольга 65
Людмила Людмила 55|Юлія Юлия 50|Ганна Анна 50|Катерина Екатерина 45|Марія Мария 45|Вікторія Виктория 40|Галина Галина 35
Валентина Валентина 35|Анастасія Анастасия 35|Надія Надежда 30|Любов Любовь 28|Лариса Лариса 28|Інна Инна 24
Аліна Алина 22|Марина Марина 24|Яна Яна 18|Дарина Дарья 16|Христина Кристина 12|Софія София 8|Діана Диана 8
Валерія Валерия 9|Євгенія Евгения 9|Олександра Александра 12|Ніна Нина 16|Раїса Раиса 8|Віра Вера 12|Алла Алла 16
Поліна Полина 6|Єлизавета Елизавета 6|Маргарита Маргарита 6|Лідія Лидия 8|Зоя Зоя 4|Тамара Тамара 6|Ярослава Ярослава 4
Леся Леся 5 uk|Соломія Соломия 3 uk|Богдана Богдана 3 uk|Мар'яна Марьяна 6|Антоніна Антонина 6|Ксенія Ксения 5
Неля Нелля 3|Василина Василина 2 uk|Зінаїда Зинаида 3|Клавдія Клавдия 1
"""


def _read(table: str, sex: str) -> tuple[GivenName, ...]:
    names = []
    for entry in table.replace("\n", "|").split("|"):
        if entry.strip():
            uk, ru, weight, *nation = entry.split()
            names.append(GivenName(uk, ru, sex, int(weight), nation[0] if nation else ""))
    return tuple(names)


MALE = _read(_MALE, "M")
FEMALE = _read(_FEMALE, "F")


@cache
def by_ukrainian(name: str) -> GivenName:
    """The pair of a Ukrainian given name. Raises `KeyError` when the table has none."""
    return {pair.uk: pair for pair in (*MALE, *FEMALE)}[name]


#: Masculine and feminine patronymics that no rule gives.
_UK_EXCEPTIONS: dict[str, tuple[str, str]] = {
    "Микола": ("Миколайович", "Миколаївна"),
    "Григорій": ("Григорович", "Григорівна"),
    "Ілля": ("Ілліч", "Іллівна"),
    "Лука": ("Лукич", "Луківна"),
    "Кузьма": ("Кузьмич", "Кузьмівна"),
    "Хома": ("Хомич", "Хомівна"),
    "Сава": ("Савич", "Савівна"),
    "Василь": ("Васильович", "Василівна"),
    "Яків": ("Якович", "Яківна"),
    "Лев": ("Львович", "Львівна"),
    "Федір": ("Федорович", "Федорівна"),
    "Прокіп": ("Прокопович", "Прокопівна"),
}

_RU_EXCEPTIONS: dict[str, tuple[str, str]] = {
    "Илья": ("Ильич", "Ильинична"),
    "Лука": ("Лукич", "Лукинична"),
    "Кузьма": ("Кузьмич", "Кузьминична"),
    "Фома": ("Фомич", "Фоминична"),
    "Савва": ("Саввич", "Саввична"),
    "Никита": ("Никитич", "Никитична"),
    "Яков": ("Яковлевич", "Яковлевна"),
    "Лев": ("Львович", "Львовна"),
    "Павел": ("Павлович", "Павловна"),
    "Пётр": ("Петрович", "Петровна"),
    "Михаил": ("Михайлович", "Михайловна"),
    "Гавриил": ("Гаврилович", "Гавриловна"),
}


@cache
def patronymic_uk(father: str, sex: str) -> str:
    """The Ukrainian patronymic of a son ("M") or a daughter ("F") of `father`."""
    man = sex == "M"
    if father in _UK_EXCEPTIONS:
        return _UK_EXCEPTIONS[father][0 if man else 1]
    if father.endswith("й"):
        # Сергій: Сергійович, Сергіївна.
        return father + "ович" if man else father[:-1] + "ївна"
    stem = re.sub(r"[оаь]$", "", father)
    return stem + ("ович" if man else "івна")


@cache
def patronymic_ru(father: str, sex: str) -> str:
    """The Russian patronymic of a son ("M") or a daughter ("F") of `father`."""
    man = sex == "M"
    if father in _RU_EXCEPTIONS:
        return _RU_EXCEPTIONS[father][0 if man else 1]
    if father.endswith("ий"):
        # After one consonant, and after -нт-, the и of the name gives way to a soft sign: Юрьевич, but Дмитриевич.
        stem = father[:-2]
        single = re.search(r"[аеёиоуыэюя][бвгджзклмнпрстфхцчшщ]$", stem.lower()) is not None or stem.endswith("нт")
        soft = single and not re.search(r"[гкхц]$", stem)
        return stem + ("ь" if soft else "и") + ("евич" if man else "евна")
    if father.endswith("й"):
        return father[:-1] + ("евич" if man else "евна")
    if father.endswith("ь"):
        return father[:-1] + ("евич" if man else "евна")
    return father + ("ович" if man else "овна")
