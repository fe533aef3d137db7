"""Place names in Ukrainian, Russian and Latin letters: where invented people were born and captured.

>>> HOME["uk"][0].ru
'Киев'
>>> HOME["ru"][1].latin
'Saint Petersburg'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    uk: str
    ru: str
    latin: str

    def in_language(self, language: str) -> str:
        """The name in "uk", "ru" or, for any other language, in Latin letters."""
        return {"uk": self.uk, "ru": self.ru}.get(language, self.latin)


def _read(table: str) -> tuple[Place, ...]:
    return tuple(Place(*(part.strip() for part in line.split("|"))) for line in table.strip().splitlines())


#: Birth places, the common ones first.
HOME: Mapping[str, tuple[Place, ...]] = {
    "uk": _read("""
Київ|Киев|Kyiv
Харків|Харьков|Kharkiv
Одеса|Одесса|Odesa
Дніпро|Днепр|Dnipro
Донецьк|Донецк|Donetsk
Запоріжжя|Запорожье|Zaporizhzhia
Львів|Львов|Lviv
Кривий Ріг|Кривой Рог|Kryvyi Rih
Миколаїв|Николаев|Mykolaiv
Маріуполь|Мариуполь|Mariupol
Вінниця|Винница|Vinnytsia
Херсон|Херсон|Kherson
Полтава|Полтава|Poltava
Чернігів|Чернигов|Chernihiv
Черкаси|Черкассы|Cherkasy
Житомир|Житомир|Zhytomyr
Суми|Сумы|Sumy
Хмельницький|Хмельницкий|Khmelnytskyi
Чернівці|Черновцы|Chernivtsi
Рівне|Ровно|Rivne
Івано-Франківськ|Ивано-Франковск|Ivano-Frankivsk
Тернопіль|Тернополь|Ternopil
Луцьк|Луцк|Lutsk
Ужгород|Ужгород|Uzhhorod
Кропивницький|Кропивницкий|Kropyvnytskyi
Біла Церква|Белая Церковь|Bila Tserkva
Кременчук|Кременчуг|Kremenchuk
Бердянськ|Бердянск|Berdiansk
Мелітополь|Мелитополь|Melitopol
Нікополь|Никополь|Nikopol
Конотоп|Конотоп|Konotop
Умань|Умань|Uman
Бердичів|Бердичев|Berdychiv
Стрий|Стрый|Stryi
Ізмаїл|Измаил|Izmail
Лозова|Лозовая|Lozova
Ковель|Ковель|Kovel
Ніжин|Нежин|Nizhyn
Лубни|Лубны|Lubny
Коломия|Коломыя|Kolomyia
"""),
    "ru": _read("""
Москва|Москва|Moscow
Санкт-Петербург|Санкт-Петербург|Saint Petersburg
Новосибірськ|Новосибирск|Novosibirsk
Єкатеринбург|Екатеринбург|Yekaterinburg
Казань|Казань|Kazan
Нижній Новгород|Нижний Новгород|Nizhny Novgorod
Челябінськ|Челябинск|Chelyabinsk
Омськ|Омск|Omsk
Самара|Самара|Samara
Ростов-на-Дону|Ростов-на-Дону|Rostov-on-Don
Уфа|Уфа|Ufa
Красноярськ|Красноярск|Krasnoyarsk
Вороніж|Воронеж|Voronezh
Перм|Пермь|Perm
Волгоград|Волгоград|Volgograd
Краснодар|Краснодар|Krasnodar
Саратов|Саратов|Saratov
Тюмень|Тюмень|Tyumen
Іжевськ|Ижевск|Izhevsk
Барнаул|Барнаул|Barnaul
Ульяновськ|Ульяновск|Ulyanovsk
Іркутськ|Иркутск|Irkutsk
Хабаровськ|Хабаровск|Khabarovsk
Ярославль|Ярославль|Yaroslavl
Владивосток|Владивосток|Vladivostok
Томськ|Томск|Tomsk
Оренбург|Оренбург|Orenburg
Кемерово|Кемерово|Kemerovo
Рязань|Рязань|Ryazan
Астрахань|Астрахань|Astrakhan
Пенза|Пенза|Penza
Липецьк|Липецк|Lipetsk
Кіров|Киров|Kirov
Тула|Тула|Tula
Курськ|Курск|Kursk
Брянськ|Брянск|Bryansk
Іваново|Иваново|Ivanovo
Чита|Чита|Chita
Псков|Псков|Pskov
Бєлгород|Белгород|Belgorod
"""),
}

#: Where people of a nation were captured, soldiers first, then civilians.
CAPTURED: Mapping[tuple[str, str], tuple[Place, ...]] = {
    ("uk", "military"): _read("""
Маріуполь|Мариуполь|Mariupol
Бахмут|Бахмут|Bakhmut
Авдіївка|Авдеевка|Avdiivka
Сіверськ|Северск|Siversk
Попасна|Попасная|Popasna
Ізюм|Изюм|Izium
Оріхів|Орехов|Orikhiv
Куп'янськ|Купянск|Kupiansk
Вугледар|Угледар|Vuhledar
Покровськ|Покровск|Pokrovsk
Суджа|Суджа|Sudzha
Лисичанськ|Лисичанск|Lysychansk
"""),
    ("uk", "civilian"): _read("""
Херсон|Херсон|Kherson
Мелітополь|Мелитополь|Melitopol
Бердянськ|Бердянск|Berdiansk
Енергодар|Энергодар|Enerhodar
Маріуполь|Мариуполь|Mariupol
Буча|Буча|Bucha
Ізюм|Изюм|Izium
Донецьк|Донецк|Donetsk
"""),
    ("ru", "military"): _read("""
Курахове|Курахово|Kurakhove
Бахмут|Бахмут|Bakhmut
Авдіївка|Авдеевка|Avdiivka
Роботине|Работино|Robotyne
Вовчанськ|Волчанск|Vovchansk
Суджа|Суджа|Sudzha
Куп'янськ|Купянск|Kupiansk
Ізюм|Изюм|Izium
Торецьк|Торецк|Toretsk
"""),
    ("ru", "civilian"): _read("""
Суджа|Суджа|Sudzha
Коренево|Коренево|Korenevo
Глушково|Глушково|Glushkovo
Рильськ|Рыльск|Rylsk
Курськ|Курск|Kursk
"""),
}
