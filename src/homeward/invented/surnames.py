"""Surnames put together from roots and suffixes, in Ukrainian and Russian, with their feminine forms.

About half of the people bear a surname from the tables of common ones (two people of one name are the daily trouble of a list
officer), the others one that is freely put together. Only parts are listed here; no list of real people is behind them.

>>> feminine("Левицький"), feminine("Иванов"), feminine("Коваленко"), feminine("Покровский")
('Левицька', 'Иванова', 'Коваленко', 'Покровская')
>>> feminine("Петрів"), feminine("Бєлов")  # Ukrainian -ів stays as it is, Russian -ов does not
('Петрів', 'Бєлова')
>>> sorted(surname.uk for surname in ukrainian_surnames())[:2]
['Іванаш', 'Іваненко']
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from homeward.invented.orthography import russian_in_ukrainian, ukrainian_in_russian


@dataclass(frozen=True, slots=True)
class Surname:
    """The masculine form in both languages. The feminine form comes from `feminine`."""

    uk: str
    ru: str


#: Masculine endings that have a feminine form; every other surname is the same for a woman.
_FEMININE: tuple[tuple[str, str], ...] = (
    (r"(ськ|цьк|зьк)ий$", r"\1а"),
    (r"(ск|цк)(ий|ой)$", r"\1ая"),
    (r"([оеєё]в|[иіїы]н)$", r"\1а"),
)
#: Ukrainian surnames that end like a Russian one by chance and do not change.
_UNCHANGED = frozenset({"Литвин"})


@cache
def feminine(surname: str) -> str:
    """The form a woman bears, by the ending of the masculine form (both languages)."""
    if surname not in _UNCHANGED:
        for ending, replacement in _FEMININE:
            if re.search(ending, surname):
                return re.sub(ending, replacement, surname)
    return surname


# In the tables an entry is "root", "root*weight", or "uk:ru*weight" where the two languages write the root differently in a
# way that the rules of `orthography` do not give.

#: Suffix -> roots of common Ukrainian surnames.
_UKRAINIAN: Mapping[str, str] = {
    "енко": "Шевч*9 Бондар*9 Ковал*9 Ткач*8 Кравч*8 Савч*4 Лис:Лыс*4 Марч*3 Петр*3 Павл*3 Іван*3 Клим*3 Руд*2 Гриц*2 "
    "Тимош*2 Мартин*2 Назар*2 Захар*2 Юрч*2 Мороз Сидор*2 Федор*2 Макар*2 Роман*3 Левч Пономар*2 Онищ*2 Радч*2 Харч*2 "
    "Сем*2 Терещ*2 Тищ*2 Литвин*3 Зінч Дяч Давид Кузьм Демч Ярем Ющ Пащ Титар Овчар",
    "чук": "Коваль*8 Шев*8 Крав*5 Сав*5 Бондар*5 Мельни*5 Мар*4 Лев*3 Дем*2 Климен Паламар*2 Іван*2 Кухар*2 Захар*2 "
    "Онищен Ярем",
    "ук": "Поліщ*9 Ткач*5 Семен*2 Данил Сидор Панч",
    "юк": "Роман*3 Павл*3 Данил*3 Гаврил*3 Гнат*2 Максим*2 Іван*2 Мартин*2 Степан*2 Стас Прокоп Лавр Кост Касян:Касьян",
    "ський": "Вишнев*3 Дубров*2 Березов*2 Павлов*2 Коваль*2 Черняв*2 Яров Остров Соснов Садов Петров Михайлов Калинов "
    "Вербов Липов Грабов Маков Левандов Чайков Лісов:Лесов",
    "цький": "Леви*4 Сави*3 Біле:Беле*2 Рудни*2 Городе Липни Верби Висо Кропивни Камене Яблони Журавни Старши Лісни:Лесни",
    "ів": "Іван*3 Петр*2 Роман*2 Ковал*2 Федор Стецьк Луц Яцк Дмитр Михайл Павл Лес Тимк Гриц Андрус Семк Климк Юрк",
    "ко": "Бой*9 Гринь*2 Клоч*2 Сав*2 Редь*2 Лев Тим Сем Юр Пань Рудь Гнат Федь Дань Пряд Зінь Ляш Лаш Сень Сіль "
    "Біль:Бель Мить",
    "ець": "Крав*6 Шв*4 Коломі*3 Волин:Волын*2 Гороб*2 Рубан Степов Полтав Стріл:Стрел Гребін:Гребен Лісов:Лесов",
    "о": "Яхн Міхн Дахн Сахн Івахн Шил Стахн Рухл Пивн Чумайл Мовчайл:Молчайл",
    "ик": "Мельн*10 Олійн:Олейн*7 Колесн*2 Скрипн*2 Решетн*2 Пасічн:Пасечн*2 Різн:Резн Бортн Лавр Котельн",
    "": "Коваль*6 Мороз*6 Бондар*4 Ткач*3 Гончар*4 Козак*3 Кучер*2 Литвин*2 Чумак*2 Голуб*2 Кушнір:Кушнир*3 "
    "Вовк:Волк*2 Рибак:Рыбак*2 Лисак:Лысак Сокіл:Сокол Явір:Явор Швед Ярош Гайдук Дуб Маляр Столяр",
}

#: Roots and suffixes that go together freely: given names and trades with the endings of descent.
_UKRAINIAN_ROOTS = (
    "Петр Іван Павл Клим Гриц Тимош Мартин Назар Захар Юрч Мирон Остап Кирил Денис Сидор Федор Прокоп Макар Гаврил "
    "Данил Степан Роман Левч Кухар Скляр Панас Ярем Лазар Гнат Антон Яким Нестер Трохим:Трофим Пилип:Филип Ігнат "
    "Тарас Бондар Паламар Кравч Ткач Ковал Руд Мороз Чорн:Черн Біл:Бел Зінч Гонч Шинкар Столяр Титар Кобз Бурл Козач "
    "Волош Дорош Кост Онищ Радч Мус Пащ Лаг Грин Матв Сав Стец Юрк Фед Хар Миськ Лук Вас Бойк Тимк Яцк Процик Семк "
    "Андрус Луц Олекс:Алекс Кузьм Лавр Герас Касян Дем Наум Овчар Пастух Дубин Верб Калин Яблон Груш Сливк Журав "
    "Сорок Вороб Голуб Кобил Бичк Ведмед:Медвед Лисиц Грабар Римар"
)
_UKRAINIAN_FREE_SUFFIXES = ("енко", "ук", "ів", "ик", "ишин", "ович", "овський", "аш")
_UKRAINIAN_FIRST_PARTS = "Біло:Бело Чорно:Черно Сухо Криво Рябо Старо Твердо Голо Добро Красно Гостро:Остро Товсто:Толсто"
_UKRAINIAN_SECOND_PARTS = "вол хліб:хлеб млин ніс:нос рог кінь:конь ус брод бров звон пояс"

#: Suffix -> roots of common Russian surnames (roots in Russian).
_RUSSIAN: Mapping[str, str] = {
    "ов": "Иван*12 Смирн*11 Кузнец*9 Поп*8 Петр*7 Сокол*7 Козл*5 Павл*5 Степан*4 Орл*4 Макар*4 Захар*3 Борис*3 "
    "Роман*3 Фрол*3 Александр*3 Максим*3 Поляк*3 Виноград*3 Бел*3 Антон*3 Тарас*3 Жук*3 Баран*3 Филипп*2 Комар*2 "
    "Давыд*2 Герасим*2 Богдан*2 Осип*2 Сидор*2 Тит*2 Марк*2 Мирон*2 Крыл*2 Кулик*2 Карп*2 Влас*2 Мельник*2 Денис*2 "
    "Гаврил*2 Тихон*2 Казак*2 Данил*2 Черн*2 Абрам*2 Мартын*2 Ефим*2 Федот*2 Щербак*2 Назар*2 Бык*2 Коновал Колесник "
    "Гончар",
    "ев": "Василь*6 Алексе*5 Никола*4 Андре*4 Серге*4 Зайц*4 Григорь*4 Яковл*3 Дмитри*3 Гус*3 Медвед*3 Тимофе*2 "
    "Матве*2 Иса*2 Лазар*2 Голуб*2 Кудрявц*2 Афанась*2 Савель*2 Кондрать*2",
    "ёв": "Соловь*5 Воробь*4 Корол*5 Кисел*4 Ковал*4 Черныш*2 Пономар*2 Журавл*2 Грач*2 Муравь Карас Селезн Горбач",
    "ин": "Никит*4 Кузьм*4 Иль*4 Сорок*4 Калин*3 Фом*2 Ворон*2 Гриш*2 Галк*2 Лев*2 Мух*2 Куз*2 Голов*2 Шишк*2 Ерём Дём",
    "ский": "Покров*2 Николь*2 Дубров*2 Соснов*2 Воскресен Успен Преображен Заречен Рождествен Вишнев Калинов",
    "цкий": "Высо Камене Городе Кузне Трои",
}

#: Roots that take one Russian suffix freely, and compounds.
_RUSSIAN_FREE: Mapping[str, str] = {
    "ов": "Масл Родион Клим Филат Прохор Наум Потап Овчинник Трофим Леон Ермак Никифор Кот Архип Гром Кирилл Пан Аким "
    "Бирюк Горбун Анисим Тихомир Лукьян Белоус Нестер Симон Харитон Цветк Митрофан Софрон Логин Горшк Красн Майор "
    "Демид Рыбак Сафон Плотник Хохл Молчан Игнат Литвин Ерш Ушак Ряб Калашник Лобан Евдоким Платон Некрас Балаш Бобр "
    "Ждан Блин Коротк Крюк Беляк Богомол Дрозд Лавр Петух Сер Зот Устин Самойл Константин Сахар Самсон Черкас Чистяк "
    "Нос Спиридон Сед Фирс Андриан Терех Ульян Шестак Никон Селиван Пахом Широк Филимон Ларион Овсянник Сазон Корнил "
    "Любим Копыл Ячмен Бочар Сапожник Кирпичник Стольник Ключник Пирожк Сухар Калач Гриб Берёзк Дубк Кустик Лужк "
    "Полозк Мостик Ручейк Ветр Туман Мороз Снежк Родник",
    "ев": "Прокофь Дементь Леонть Теренть Игнать Моисе Малыш Румянц Михе Мальц Елисе Фаде Княз Корне Авде Звер Неча "
    "Аге Горде Зу Евсе Стрельц Ростовц Рязанц Вологодц Казанц Саратовц Ярц Ельц Горц Полевщик Лапт Ключар Рыбар",
    "ин": "Юд Сав Бород Фок Зим Кост Лук Род Никул Лар Рогож Щук Синиц Мишк Лапш Курк Ванюх Ванюш Васюх Васюш Илюх "
    "Илюш Матюх Матюш Митюх Митюш Андрюх Андрюш Кирюх Кирюш Гаврюх Гаврюш Павлюх Петрух Степанюш Мартюх Аверк Аникуш "
    "Берёзк Вербушк Голубк Зорьк Калитк Корзинк Лавочк Лопатк Мельничк Ниточк Перинк Рубашк Свирелк Тропинк",
}
_RUSSIAN_FIRST_PARTS = "Бело Черно Красно Старо Криво Сухо Кругло Долго Остро Пусто Широко Тонко"
_RUSSIAN_SECOND_PARTS = "носов усов бородов глазов руков рогов зубов хвостов горлов шапкин домов польев"


def _entries(table: str) -> list[tuple[str, str, int]]:
    """(Ukrainian or only root, Russian root or "", weight)."""
    out = []
    for entry in table.split():
        name, _, weight = entry.partition("*")
        left, _, right = name.partition(":")
        out.append((left, right, int(weight or 1)))
    return out


def _ukrainian(root_uk: str, root_ru: str, suffix: str) -> Surname:
    return Surname(root_uk + suffix, (root_ru or ukrainian_in_russian(root_uk)) + ukrainian_in_russian("х" + suffix)[1:])


@cache
def ukrainian_surnames() -> Mapping[Surname, float]:
    """Every surname that `generate_people` can give a Ukrainian, with its weight; the weights add up to 1."""
    common = {
        _ukrainian(uk, ru, suffix): float(weight) for suffix, roots in _UKRAINIAN.items() for uk, ru, weight in _entries(roots)
    }
    free = {_ukrainian(uk, ru, suffix): 1.0 for uk, ru, _ in _entries(_UKRAINIAN_ROOTS) for suffix in _UKRAINIAN_FREE_SUFFIXES}
    for first_uk, first_ru, _ in _entries(_UKRAINIAN_FIRST_PARTS):
        for second_uk, second_ru, _ in _entries(_UKRAINIAN_SECOND_PARTS):
            russian = (first_ru or first_uk) + (second_ru or ukrainian_in_russian(second_uk))
            free[Surname(first_uk + second_uk, russian)] = 1.0
    return _mixed(common, free)


@cache
def russian_surnames() -> Mapping[Surname, float]:
    """Every surname that `generate_people` can give a Russian, with its weight; the weights add up to 1."""
    common = {_russian(root + suffix): float(w) for suffix, roots in _RUSSIAN.items() for root, _, w in _entries(roots)}
    free = {_russian(root + suffix): 1.0 for suffix, roots in _RUSSIAN_FREE.items() for root, _, _ in _entries(roots)}
    for first in _RUSSIAN_FIRST_PARTS.split():
        for second in _RUSSIAN_SECOND_PARTS.split():
            free[_russian(first + second)] = 1.0
    return _mixed(common, free)


def _russian(surname: str) -> Surname:
    return Surname(russian_in_ukrainian(surname), surname)


def _mixed(common: dict[Surname, float], free: dict[Surname, float]) -> Mapping[Surname, float]:
    """Half of the people from each table, so that the most frequent surname is borne by about one person in a hundred."""
    out: dict[Surname, float] = {}
    for table in (common, free):
        total = sum(table.values())
        for surname, weight in table.items():
            out[surname] = out.get(surname, 0.0) + 0.5 * weight / total
    return out
