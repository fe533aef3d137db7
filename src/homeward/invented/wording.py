"""The words that clerks of a bureau put into headings and cells, in Ukrainian and Russian.

>>> HEADINGS["uk"]["birth_date"], word("ru", "medical", "well", "F"), word("uk", "status", "civilian", "M")
('Дата народження', 'здорова', 'цивільний')
"""

from __future__ import annotations

from collections.abc import Mapping

#: Field -> heading, in the order in which columns stand in the files.
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "uk": {
        "id": "№ у списку",
        "surname": "Прізвище",
        "given_names": "Ім'я",
        "patronymic": "По батькові",
        "birth_date": "Дата народження",
        "birth_place": "Місце народження",
        "rank": "Військове звання",
        "service_number": "Особистий номер",
        "unit": "Військова частина",
        "status": "Статус",
        "medical": "Стан здоров'я",
        "mobility": "Пересування",
        "sex": "Стать",
        "family": "Родина",
        "father_name": "Ім'я батька",
        "mother_maiden_name": "Дівоче прізвище матері",
        "captured_on": "Дата полону",
        "captured_at": "Місце полону",
        "category": "Категорія",
        "state": "Стан розшуку",
        "state_since": "Стан від",
        "note": "Примітка",
    },
    "ru": {
        "id": "№ в списке",
        "surname": "Фамилия",
        "given_names": "Имя",
        "patronymic": "Отчество",
        "birth_date": "Дата рождения",
        "birth_place": "Место рождения",
        "rank": "Воинское звание",
        "service_number": "Личный номер",
        "unit": "Воинская часть",
        "status": "Статус",
        "medical": "Состояние здоровья",
        "mobility": "Передвижение",
        "sex": "Пол",
        "family": "Семья",
        "father_name": "Имя отца",
        "mother_maiden_name": "Девичья фамилия матери",
        "captured_on": "Дата пленения",
        "captured_at": "Место пленения",
        "category": "Категория",
        "state": "Состояние розыска",
        "state_since": "Состояние с",
        "note": "Примечание",
    },
}

#: language -> field -> code -> the usual word; "man|woman" where the two differ.
_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "uk": {
        "sex": {"M": "ч", "F": "ж"},
        "status": {"military": "військовослужбовець|військовослужбовиця", "civilian": "цивільний|цивільна"},
        "medical": {
            "well": "здоровий|здорова",
            "slightly_wounded": "легкопоранений|легкопоранена",
            "sick": "хворий|хвора",
            "convalescent": "одужує",
            "seriously_wounded": "тяжкопоранений|тяжкопоранена",
            "seriously_ill": "тяжкохворий|тяжкохвора",
        },
        "mobility": {"walking": "ходить", "assisted": "з допомогою", "stretcher": "на ношах"},
        "rank": {
            "private": "солдат",
            "nco": "сержант",
            "warrant": "прапорщик",
            "lieutenant": "лейтенант",
            "captain": "капітан",
            "major": "майор",
            "lieutenant_colonel": "підполковник",
            "colonel": "полковник",
        },
        "state": {
            "missing": "зниклий безвісти|зникла безвісти",
            "believed_held": "ймовірно в полоні",
            "acknowledged": "підтверджено стороною",
            "confirmed": "підтверджено МКЧХ",
            "released": "звільнений|звільнена",
            "dead": "загинув|загинула",
        },
    },
    "ru": {
        "sex": {"M": "м", "F": "ж"},
        "status": {"military": "военнослужащий|военнослужащая", "civilian": "гражданский|гражданская"},
        "medical": {
            "well": "здоров|здорова",
            "slightly_wounded": "легкораненый|легкораненая",
            "sick": "болен|больная",
            "convalescent": "выздоравливает",
            "seriously_wounded": "тяжелораненый|тяжелораненая",
            "seriously_ill": "тяжелобольной|тяжелобольная",
        },
        "mobility": {"walking": "ходит", "assisted": "с помощью", "stretcher": "на носилках"},
        "rank": {
            "private": "рядовой",
            "nco": "сержант",
            "warrant": "прапорщик",
            "lieutenant": "лейтенант",
            "captain": "капитан",
            "major": "майор",
            "lieutenant_colonel": "подполковник",
            "colonel": "полковник",
        },
        "state": {
            "missing": "пропал без вести|пропала без вести",
            "believed_held": "вероятно в плену",
            "acknowledged": "признано",
            "confirmed": "подтверждено МККК",
            "released": "освобожден|освобождена",
            "dead": "погиб|погибла",
        },
    },
}

#: Short forms of ranks as clerks type them.
SHORT_RANKS: Mapping[str, Mapping[str, str]] = {
    "uk": {
        "private": "солд.",
        "nco": "серж.",
        "warrant": "прап.",
        "lieutenant": "л-т",
        "captain": "к-н",
        "major": "м-р",
        "lieutenant_colonel": "п/п-к",
        "colonel": "п-к",
    },
    "ru": {
        "private": "ряд.",
        "nco": "с-т",
        "warrant": "прап.",
        "lieutenant": "л-т",
        "captain": "к-н",
        "major": "м-р",
        "lieutenant_colonel": "п/п-к",
        "colonel": "п-к",
    },
}

#: What stands above the header of a list, and under its last row.
TITLES: Mapping[str, tuple[str, str]] = {
    "uk": ("СПИСОК осіб, яких утримує сторона (дані вигадані)", "Складено за станом на 16.05.2025"),
    "ru": ("СПИСОК лиц, удерживаемых стороной (данные вымышлены)", "Составлен по состоянию на 16.05.2025"),
}
TOTALS: Mapping[str, str] = {"uk": "Всього: {count}", "ru": "Итого: {count}"}


def word(language: str, field: str, code: str, sex: str = "M") -> str:
    """The usual word for a code, in the form for a man or a woman; "" for no code."""
    if not code:
        return ""
    man, _, woman = _WORDS[language][field][code].partition("|")
    return woman if woman and sex == "F" else man


#: What a list claims a person for: language -> claim -> word.
CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "uk": {"soldier": "військовополонений", "civilian": "цивільна особа", "serious": "тяжкопоранені та тяжкохворі"},
    "ru": {"soldier": "военнопленный", "civilian": "гражданское лицо", "serious": "тяжелораненые и тяжелобольные"},
}

#: A register calls its own number by another name than a list does.
REGISTER_ID: Mapping[str, str] = {"uk": "№ у реєстрі", "ru": "№ в реестре"}
