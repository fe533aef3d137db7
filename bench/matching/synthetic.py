"""Invent two lists with a known truth, from parts of names: the test on names that no weight and no table was fitted to.

    python bench/matching/synthetic.py OUT_DIR --people 20000 [--language uk|tr|ar] [--seed 1] [--at-once 100000]

Writes left.csv, right.csv and truth.csv (columns as in the development lists, ids L0... and R0...). Three quarters of the left
have their record on the right. Nobody is real: surnames and places are put together from syllables and endings that are listed
here, and follow a falling frequency as real ones do, so that there are namesakes. Romanisation is that of `homeward.invented`,
by published tables, which the matching has not been fitted to either.

| language | left | right |
|---|---|---|
| uk | Ukrainian 72 %, Russian 16 %, Latin 12 % | Russian 42 %, Latin from Ukrainian 32 %, Latin from Russian 22 %, Ukrainian 4 % |
| tr | Turkish letters | capitals typed without Turkish letters, or as an English, German or Arabic-keyboard clerk would |
| ar | Arabic script, given name with a chain of fathers | Latin, shorter chains, articles joined or apart |

Errors: patronymic absent (left 6 %, right 35 %) or an initial (4 %), parts in each other's columns 7.5 %, a slip of the pen 8 % for
each part, birth date missing 8 %, year only 6 %, wrong 17 %, place missing 30 %, another place 10 %, brothers and fathers 4 %.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from homeward.invented.given_names import MALE, patronymic_ru, patronymic_uk
from homeward.invented.orthography import russian_in_ukrainian, ukrainian_in_russian
from homeward.invented.romanise import romanise

COLUMNS = ("id", "surname", "given_names", "patronymic", "birth_date", "birth_place", "rank")


def _list(text: str) -> list[str]:
    return text.split()


_ONSET = _list("б в г д ж з к л м н п р с т х ч ш бр вл гр др зл кл кр пл пр ск сл ст тр хв шк щ цв дв см сн")
_VOWEL = _list("а а о о у е и я ю")
_CODA = _list("б в г д ж з к л м н п р с т х ч ш й рк лд нк рт ст мп лк рд нд")
_UK_ENDING = _list("енко ук юк чук ський цький ів ич ак як ець ишин ко ун ар аш ань иха ило ай ура ій")
_RU_ENDING = _list("ов ев ин ский ской ихин кин цев ков нов енков ов ин")
_PLACE_UK = _list("івка|овка ове|ово ичі|ичи инці|инцы ськ|ск ів|ов не|ное городок|городок поле|поле ин|ин")

_TR_FIRST = _list(
    "Ak Kara Öz Yıl Gün Demir Altın Boz Sarı Gök Er Çelik Doğan Işık Şen Uzun Kılıç Çakır Yüce Güneş Kırmızı Süt Ay Taş "
)
_TR_LAST = _list("oğlu türk kaya taş dağ soy bey alp ırmak tepe han gül er kurt yürek çı lar sever bulut ok şık öz göz yiğit")
_TR_GIVEN = _list(
    "Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Ramazan Halil Süleyman Kadir "
    "Cengiz Emre Burak Oğuzhan Çağrı Gökhan Şükrü İlhan Işık Uğur Ümit Tuğrul Barış Kıvanç Yiğit Cüneyt "
    "Doğukan Kerem Volkan Serhat "
)
_TR_HABITS: tuple[dict[str, str], ...] = (
    dict(zip("çğıİöşüÇĞIÖŞÜ", "cgiIosuCGIOSU", strict=True)),
    {"ç": "ch", "ğ": "gh", "ı": "i", "ö": "o", "ş": "sh", "ü": "u", "c": "j", "İ": "I"},
    {"ç": "tsch", "ğ": "g", "ı": "i", "ö": "oe", "ş": "sch", "ü": "ue", "İ": "I"},
    {},
)

_AR_GIVEN = (
    "محمد:Mohammed,Muhammad,Mohamad|أحمد:Ahmed,Ahmad|علي:Ali|حسن:Hassan,Hasan|حسين:Hussein,Husain,Hossein|عمر:Omar,Umar"
    "|خالد:Khaled,Khalid|إبراهيم:Ibrahim,Ebrahim|يوسف:Yousef,Yusuf,Youssef|سعيد:Saeed,Said,Saïd|مصطفى:Mustafa,Mostafa"
    "|عبدالله:Abdullah,Abdallah|صالح:Saleh,Salih|ناصر:Nasser,Nasir|كريم:Karim,Kareem|جمال:Jamal,Gamal|طارق:Tarek,Tariq"
    "|سليمان:Suleiman,Sulayman|ياسر:Yasser,Yasir|فهد:Fahd,Fahad|ماجد:Majed,Majid|رشيد:Rashid,Rachid|عادل:Adel,Adil"
    "|أنور:Anwar|بلال:Bilal|زياد:Ziad,Ziyad|وليد:Walid,Waleed|هاشم:Hashem,Hashim|قاسم:Qasim,Kassem,Qassem|نبيل:Nabil,Nabeel"
)
_AR_ROOTS = _list("b:ب d:د h:ح j:ج k:ك l:ل m:م n:ن q:ق r:ر s:س sh:ش t:ت z:ز f:ف gh:غ kh:خ w:و")


@dataclass(frozen=True)
class Human:
    """One invented person: words in the languages of the generator, and what both lists may know."""

    name: tuple[tuple[str, ...], ...]
    born: tuple[int, int, int]
    place: tuple[str, ...]
    rank: int


class World:
    """Tables of invented names of one language with falling frequencies."""

    def __init__(self, language: str, people: int, rng: Random) -> None:
        self.language, self.rng = language, rng
        size = 400 + int(people * 0.7)
        self.surnames = sorted({self._surname() for _ in range(size)})
        rng.shuffle(self.surnames)
        self.places = sorted({self._place() for _ in range(200 + people // 12)})
        rng.shuffle(self.places)
        self.given = [tuple(part.split(":")) for part in _AR_GIVEN.split("|")]

    def _often(self, table: list[tuple[str, ...]]) -> tuple[str, ...]:
        """An entry drawn with a falling frequency: half of the draws fall on the first few percent."""
        return table[int(len(table) * self.rng.random() ** 3.2)]

    def _root(self) -> str:
        draw = self.rng.choice
        root = draw(_ONSET) + draw(_VOWEL) + draw(_CODA)
        return (draw(("", "", "", "за", "пере", "под", "на")) if self.rng.random() < 0.2 else "") + (
            root + draw(_VOWEL) + draw("бвгдзклмнпрст") if self.rng.random() < 0.3 else root
        )

    def _surname(self) -> tuple[str, ...]:
        """The surname in Ukrainian and Russian, or in the one language; Arabic with its Latin forms."""
        draw = self.rng.choice
        if self.language == "tr":
            return (draw(_TR_FIRST) + draw(_TR_LAST),)
        if self.language == "ar":
            roots = [draw(_AR_ROOTS).split(":") for _ in range(3)]
            (a, aa), (b, ba), (c, ca) = roots
            latin, arabic = draw(
                (
                    (f"{a}a{b}{b}a{c}", aa + ba + "ا" + ca),
                    (f"{a}a{b}i{c}", aa + ba + "ي" + ca),
                    (f"{a}a{b}{c}awi", aa + ba + ca + "اوي"),
                    (f"al-{a}a{b}{c}i", "ال" + aa + ba + ca + "ي"),
                    (f"{a}u{b}u{c}", aa + ba + "و" + ca),
                )
            )
            variants = {
                latin.title(),
                latin.replace("i", "ee", 1).title(),
                latin.replace("q", "k").replace("u", "ou", 1).title(),
            }
            return arabic, ",".join(sorted(variants))
        root = self._root()
        if self.rng.random() < 0.6:
            uk = (root + draw(_UK_ENDING)).title()
            return uk, ukrainian_in_russian(uk, hard_vowel=self.rng.random() < 0.4)
        ru = (root + draw(_RU_ENDING)).title()
        return russian_in_ukrainian(ru).title(), ru

    def _place(self) -> tuple[str, ...]:
        if self.language != "uk":
            return self._surname()
        root, (uk, ru) = self._root(), self.rng.choice(_PLACE_UK).split("|")
        return (root + uk).title(), ukrainian_in_russian(root + ru).title()

    def human(self) -> Human:
        rng = self.rng
        born = (1955 + int(50 * rng.betavariate(3, 2)), rng.randint(1, 12), rng.randint(1, 28))
        place, rank = self._often(self.places), min(11, int(rng.expovariate(0.5)))
        surname = self._often(self.surnames)
        if self.language == "tr":
            return Human((surname, (rng.choice(_TR_GIVEN),), ("",)), born, place, rank)
        if self.language == "ar":
            chain = [rng.choice(self.given) for _ in range(4)]
            return Human((surname, *chain), born, place, rank)
        own, father = rng.choices(MALE, [name.weight for name in MALE], k=2)
        patronymic = (patronymic_uk(father.uk, "M"), patronymic_ru(father.ru, "M"))
        return Human((surname, (own.uk, own.ru), patronymic), born, place, rank)

    def relative(self, one: Human) -> Human:
        """A brother: the same surname, father and place, another name and day."""
        other = self.human()
        return replace(other, name=(one.name[0], other.name[1], *one.name[2:]), place=one.place)


def _written(one: Human, world: World, side: str, rng: Random) -> tuple[str, str, str, str]:
    """Surname, given names, patronymic and place as one clerk writes them."""
    if world.language == "tr":
        habit = {} if side == "left" else rng.choice(_TR_HABITS)
        texts = ["".join(habit.get(letter, letter) for letter in part[0]) for part in (one.name[0], one.name[1], one.place)]
        if side == "right":
            texts = [text.translate(str.maketrans({"i": "İ", "ı": "I"} if not habit else {})).upper() for text in texts]
        return texts[0], texts[1], "", texts[2]
    if world.language == "ar":
        return _arabic(one, side, rng)
    draw = rng.random()
    if side == "left":
        which, latin = (0, "") if draw < 0.72 else (1, "") if draw < 0.88 else (0, "uk-2010")
    else:
        which, latin = (1, "") if draw < 0.42 else (0, "uk") if draw < 0.74 else (1, "ru") if draw < 0.96 else (0, "")
    write: Callable[[str], str] = str
    if latin:
        schemes = ("uk-2010", "uk-2007", "uk-2010", "uk-de", "uk-fr", "uk-pl") if which == 0 else (
            "ru-1997", "ru-icao", "ru-icao", "ru-de", "ru-fr", "ru-pl",
        )  # fmt: skip
        scheme = latin if latin in schemes else rng.choice(schemes)
        plain = scheme + "-plain" if scheme.endswith("pl") and rng.random() < 0.5 else scheme
        write = lambda text: romanise(text, plain)  # noqa: E731 - one of two ways to write.
    parts = [write(part[which]) for part in (*one.name, one.place)]
    if side == "right" and rng.random() < 0.9:
        parts[:3] = [part.upper() for part in parts[:3]]
    return parts[0], parts[1], parts[2], parts[3]


def _arabic(one: Human, side: str, rng: Random) -> tuple[str, str, str, str]:
    surname, *chain = one.name
    fathers = chain[1:]
    if side == "left":
        return surname[0], chain[0][0], " ".join(part[0] for part in fathers), one.place[0]
    latin = [rng.choice(part[1].split(",")) for part in (surname, *chain, one.place)]
    kept = [text for text in latin[2:-1] if rng.random() < 0.6]
    if latin[0].startswith("Al-"):
        latin[0] = latin[0].replace("Al-", rng.choice(("Al-", "Al ", "El-", "")))
    return latin[0], latin[1], " ".join(kept), latin[-1]


def _slip(text: str, rng: Random, chance: float) -> str:
    if len(text) < 3 or rng.random() > chance:
        return text
    k, kind = rng.randrange(len(text) - 1), rng.randrange(4)
    other = rng.choice(text.lower())
    other = other.upper() if text[k].isupper() else other
    return (
        text[:k] + text[k + 1 :],
        text[:k] + other + text[k + 1 :],
        text[:k] + text[k + 1] + text[k] + text[k + 2 :],
        text[:k] + other + text[k:],
    )[kind]


def _dated(born: tuple[int, int, int], rng: Random) -> str:
    year, month, day = born
    draw = rng.random()
    if draw < 0.08:
        return ""
    if draw < 0.14:
        return f"{year}" if rng.random() < 0.6 else f"{year}-01-01"
    if draw < 0.31:
        kind = rng.randrange(4)
        if kind == 0 and day <= 12:
            month, day = day, month
        elif kind == 1:
            year += rng.choice((-1, 1))
        elif kind == 2:
            day = max(1, min(28, day + rng.choice((-10, -1, 1, 10))))
        else:
            month = rng.randint(1, 12)
    return f"{year}-{month:02}-{day:02}"


def row(one: Human, world: World, side: str, rng: Random) -> list[str]:
    surname, given, father, place = _written(one, world, side, rng)
    slips = 0.08 if side == "right" else 0.04
    surname, given, father = (_slip(part, rng, slips) for part in (surname, given, father))
    if rng.random() < (0.35 if side == "right" else 0.06):
        father = ""
    if rng.random() < 0.04:
        given, father = given[:1], father[:1]
    if rng.random() < (0.075 if side == "right" else 0.0):
        surname, given, father = rng.choice(((given, surname, father), (surname, father, given), (given, father, surname)))
    date = _dated(one.born, rng) if side == "right" else ("" if rng.random() < 0.02 else "{}-{:02}-{:02}".format(*one.born))
    if rng.random() < 0.3 * (side == "right"):
        place = ""
    elif rng.random() < 0.1:
        place = world._often(world.places)[0]
    rank = "" if rng.random() < 0.25 else str(min(11, one.rank + (rng.random() < 0.15)))
    return [surname, given, father, date, place, rank]


#: The left list, the right list and the true pairs: a row for each, ids first.
Lists = tuple[list[list[str]], list[list[str]], list[tuple[str, str]]]


def invent(people: int, language: str, seed: int) -> Lists:
    """Rows of the left list and of the right list (ids first), and the true pairs."""
    return next(blocks(people, language, seed, people))


def blocks(people: int, language: str, seed: int, at_once: int) -> Iterator[Lists]:
    """The same, so many people at a time: millions need no more memory than their names. The order is mixed inside a block."""
    rng = Random(seed)
    world = World(language, people, rng)
    for first in range(0, people, at_once):
        yield _block(world, min(at_once, people - first), first, rng)


def _block(world: World, people: int, first: int, rng: Random) -> Lists:
    known = [world.human() for _ in range(people)]
    for k in range(0, people, 25):
        known[k] = world.relative(known[(k + 7) % people])
    shared = int(people * 0.75)
    others = [world.relative(rng.choice(known)) if rng.random() < 0.05 else world.human() for _ in range(people - shared)]
    left = [["", *row(one, world, "left", rng)] for one in known]
    right = [(k, row(one, world, "right", rng)) for k, one in enumerate(known[:shared])]
    right += [(-1, row(one, world, "right", rng)) for one in others]
    rng.shuffle(right)
    order = list(range(people))
    rng.shuffle(order)
    number = {k: place for place, k in enumerate(order, start=first)}
    left = [[f"L{number[k]}", *left[k][1:]] for k in order]
    truth = [(f"L{number[k]}", f"R{place}") for place, (k, _) in enumerate(right, start=first) if k >= 0]
    return left, [[f"R{place}", *cells] for place, (_, cells) in enumerate(right, start=first)], truth


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--language", choices=("uk", "tr", "ar"), default="uk")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, metavar="N", help="invent N people at a time, for lists of millions")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    headers = {"left": COLUMNS, "right": COLUMNS, "truth": ("id_left", "id_right")}
    with ExitStack() as stack:
        files = [stack.enter_context((options.out / f"{name}.csv").open("w", encoding="utf-8", newline="")) for name in headers]
        writers = [csv.writer(file, lineterminator="\n") for file in files]
        for writer, header in zip(writers, headers.values(), strict=True):
            writer.writerow(header)
        for lists in blocks(options.people, options.language, options.seed, options.at_once or options.people):
            for writer, rows in zip(writers, lists, strict=True):
                writer.writerows(rows)


if __name__ == "__main__":
    main()
