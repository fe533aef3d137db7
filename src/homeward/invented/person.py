"""An invented person as he or she truly is: what the files of two bureaux are written from, with or without mistakes.

>>> person = generate_people(1000, seed=1, nation="uk")[0]
>>> person.nation, person.key, person.names["ru"] != person.names["uk"]
('uk', 'uk-000001', True)
>>> generate_people(3, seed=1, nation="uk") == generate_people(3, seed=1, nation="uk")
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Literal

from homeward.invented.chance import Weighted, stream
from homeward.invented.given_names import FEMALE, MALE, GivenName, patronymic_ru, patronymic_uk
from homeward.invented.places import CAPTURED, HOME, Place
from homeward.invented.surnames import Surname, feminine, russian_surnames, ukrainian_surnames

Nation = Literal["uk", "ru"]

#: The day on which ages and days held are reckoned unless a caller says otherwise: the agreement of 16 May 2025.
REFERENCE_DATE = date(2025, 5, 16)


@dataclass(frozen=True, slots=True)
class FullName:
    """A whole name in one language, with the father's given name."""

    surname: str
    given: str
    patronymic: str
    father: str
    #: A married woman's surname at birth, otherwise "".
    maiden: str = ""
    mother_maiden: str = ""


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """The truth about one invented person. `names` has both languages; codes are those of `homeward.people.CODES`."""

    key: str
    nation: Nation
    sex: str
    names: Mapping[str, FullName]
    birth_date: date
    birth_place: Place
    status: str
    rank: str
    unit: int
    service_number: str
    medical: str
    mobility: str
    captured_on: date
    captured_at: Place
    #: Equal for people of one family that was captured together; "" for the others.
    family: str

    @property
    def serious(self) -> bool:
        return self.medical in {"seriously_wounded", "seriously_ill"}


_RANKS: Weighted[str] = Weighted(
    {
        "private": 58,
        "nco": 27,
        "warrant": 3,
        "lieutenant": 6,
        "captain": 3,
        "major": 2,
        "lieutenant_colonel": 0.8,
        "colonel": 0.2,
    }
)
_MEDICAL: Weighted[str] = Weighted(
    {"well": 64, "slightly_wounded": 10, "sick": 11, "convalescent": 8, "seriously_wounded": 4, "seriously_ill": 3}
)
#: About three people in a hundred lie on a stretcher, nearly all of them seriously wounded or ill.
_MOBILITY: Mapping[bool, Weighted[str]] = {
    True: Weighted({"walking": 20, "assisted": 38, "stretcher": 42}),
    False: Weighted({"walking": 955, "assisted": 43, "stretcher": 2}),
}
_FAMILY_SIZES: Weighted[int] = Weighted({1: 70, 2: 18, 3: 8, 4: 4})


def generate_people(
    count: int,
    *,
    seed: int | str,
    nation: Nation,
    civilians: float = 0.15,
    women: float = 0.05,
    on: date = REFERENCE_DATE,
    first: int = 1,
    families: bool = True,
) -> list[InventedPerson]:
    """`count` people of one nation, aged 19 to 60 on the day `on`; the same arguments always give the same people.

    `civilians` is the share of civilians among all; the civilians come last, families together. `women` is the share of women
    among soldiers; among civilians it is five times as high. `first` is the number in the first person's key. `families=False` leaves every
    civilian without a family.
    """
    make = _Maker(stream(seed, "people", nation), nation, on, first)
    people = [make.person("military", women) for _ in range(count - round(count * civilians))]
    family_number = 0
    while len(people) < count:
        size = min(_FAMILY_SIZES.draw(make.rng), count - len(people)) if families else 1
        surname = make.surnames.draw(make.rng)
        head = make.person("civilian", min(1.0, women * 5), surname)
        if size == 1:
            people.append(head)
            continue
        family_number += 1
        family = f"{nation}-f{family_number:04}"
        members = (head, *(make.person("civilian", 0.5, surname) for _ in range(size - 1)))
        # The latest of their days keeps the youngest of them from having been a child then.
        together = max(member.captured_on for member in members)
        people += [replace(member, family=family, captured_on=together, captured_at=head.captured_at) for member in members]
    return people


class _Maker:
    """Makes people of one nation, one after another, from one stream of chance."""

    def __init__(self, rng: Random, nation: Nation, on: date, first: int) -> None:
        self.rng = rng
        self.nation = nation
        self.on = on
        self.number = first
        self.surnames: Weighted[Surname] = Weighted(ukrainian_surnames() if nation == "uk" else russian_surnames())
        self.given: dict[str, Weighted[GivenName]] = {
            sex: Weighted({name: name.weight for name in names if name.nation in {"", nation}})
            for sex, names in (("M", MALE), ("F", FEMALE))
        }

    def person(self, status: str, women: float, surname: Surname | None = None) -> InventedPerson:
        """The next person, a woman with the chance `women`; of the family `surname` if it is given."""
        rng = self.rng
        sex = "F" if rng.random() < women else "M"
        born = self._birth_date()
        medical = _MEDICAL.draw(rng)
        soldier = status == "military"
        home = HOME[self.nation]
        number, self.number = self.number, self.number + 1
        return InventedPerson(
            key=f"{self.nation}-{number:06}",
            nation=self.nation,
            sex=sex,
            names=self._names(sex, surname or self.surnames.draw(rng)),
            birth_date=born,
            # Squaring the chance makes the first places of the table the common ones.
            birth_place=home[int(rng.random() ** 2 * len(home))],
            status=status,
            rank=_RANKS.draw(rng) if soldier else "",
            unit=rng.randrange(1, 160) if soldier else 0,
            service_number=self._service_number() if soldier else "",
            medical=medical,
            mobility=_MOBILITY[medical in {"seriously_wounded", "seriously_ill"}].draw(rng),
            captured_on=self._captured_on(born, soldier=soldier),
            captured_at=rng.choice(CAPTURED[self.nation, status]),
            family="",
        )

    def _names(self, sex: str, surname: Surname) -> Mapping[str, FullName]:
        given, father = self.given[sex].draw(self.rng), self.given["M"].draw(self.rng)
        mother = self.surnames.draw(self.rng)
        maiden = self.surnames.draw(self.rng) if sex == "F" and self.rng.random() < 0.6 else None

        def form(name: str) -> str:
            return feminine(name) if sex == "F" else name

        uk = FullName(form(surname.uk), given.uk, patronymic_uk(father.uk, sex), father.uk, mother_maiden=feminine(mother.uk))
        ru = FullName(form(surname.ru), given.ru, patronymic_ru(father.ru, sex), father.ru, mother_maiden=feminine(mother.ru))
        if maiden is not None:
            uk, ru = replace(uk, maiden=feminine(maiden.uk)), replace(ru, maiden=feminine(maiden.ru))
        return {"uk": uk, "ru": ru}

    def _birth_date(self) -> date:
        """Somebody aged 19 to 60, most of them between 25 and 45."""
        age = 19 + int(min(41.0, self.rng.betavariate(1.8, 2.6) * 42))
        return _shifted(self.on, -age) - timedelta(days=self.rng.randrange(365))

    def _service_number(self) -> str:
        letters = self.rng.choice("АБВГКМНС") + self.rng.choice("АВЕКМНОР")
        return f"{letters}-{self.rng.randrange(1_000_000):06}"

    def _captured_on(self, born: date, *, soldier: bool) -> date:
        """Months to more than three years ago; a few older people have been held since 2014 to 2021."""
        old_enough = _shifted(born, 19) < date(2014, 6, 1)
        if old_enough and self.rng.random() < (0.006 if soldier else 0.05):
            return date(2014, 6, 1) + timedelta(days=self.rng.randrange(2500))
        longest = (self.on - max(date(2022, 2, 24), _shifted(born, 18))).days
        return self.on - timedelta(days=30 + int((longest - 30) * self.rng.random() ** 1.2))


def _shifted(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))
