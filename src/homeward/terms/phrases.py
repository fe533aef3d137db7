"""Every phrase of the agreement's text in English and Ukrainian. `homeward.terms.agreementtext` puts them together.

Numbers follow their noun after a colon or "is", so that no phrase depends on how a language counts, and parties stay in the
nominative, so that no phrase depends on how a name declines.

>>> phrase("by end", "en")
'by the end of the exchange'
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from homeward.terms.codewords import CODE_WORDS

PHRASES: Mapping[str, tuple[str, str]] = {
    # Articles.
    "article": ("Article {number}. {title}", "Стаття {number}. {title}"),
    "Parties": ("Parties", "Сторони"),
    "Streams": ("Streams", "Потоки"),
    "Stages": ("Stages", "Етапи"),
    "Groups": ("Groups of people", "Групи людей"),
    "Equivalents": ("Equivalents", "Відповідники"),
    "Who goes": ("Who goes", "Хто йде"),
    "Considerations": ("What is given besides people", "Що передають, крім людей"),
    "Exclusions": ("Who is kept out", "Кого виключено"),
    "Order": ("Who goes first", "Хто йде першим"),
    "Pools": ("Length of the lists", "Довжина списків"),
    "Stand-ins": ("Stand-ins", "Заміна"),
    "Clocks": ("Time limits", "Строки"),
    "Gates": ("Conditions for opening a stage", "Умови відкриття етапу"),
    "Places": ("Places", "Місця"),
    "Obligations": ("After the release", "Після звільнення"),
    "Relaxing": ("If not everything can be kept", "Якщо неможливо виконати все"),
    "Agreement": ("This agreement", "Ця домовленість"),
    # Parties and streams.
    "party": ('"{code}" is {name}.', "«{code}» — {name}."),
    "bloc": ('"{code}" stands for these parties acting together: {members}.', "«{code}» — ці сторони разом: {members}."),
    "neutral": ('"{code}" is {name}, a third party; its part: {roles}.', "«{code}» — {name}, третя сторона; її роль: {roles}."),
    "neutral only": ('"{code}" is {name}, a third party.', "«{code}» — {name}, третя сторона."),
    "side": (
        'Stream "{id}" ({carries}): handed over by {giver}, received by {taker}.',
        "Потік «{id}» ({carries}): передає {giver}, приймає {taker}.",
    ),
    "people": ("people", "люди"),
    "remains": ("remains of the dead", "останки загиблих"),
    "stage": ('Stage "{id}"{date}{place}.', "Етап «{id}»{date}{place}."),
    "stage date": (", on {date}", ", {date}"),
    "stage place": (', at the place "{place}"', ", місце «{place}»"),
    # Groups.
    "group": ('"{name}" means everybody of whom this is true: {rule}.', "«{name}» — усі, про кого це правда: {rule}."),
    "group said": ('"{name}" means: {text}. The condition is: {rule}.', "«{name}» означає: {text}. Умова: {rule}."),
    "reference date": ("Ages and days held are reckoned on {date}.", "Вік і дні утримання рахують на {date}."),
    "reference capture": (
        "Ages are reckoned on the day of each person's capture.",
        "Вік рахують на день взяття кожної людини в полон.",
    ),
    "reference handover": (
        "Ages and days held are reckoned on the day of handover.",
        "Вік і дні утримання рахують на день передачі.",
    ),
    "weights": (
        'Table "{id}", by {fact}: {values}; any other value counts {default}.',
        "Таблиця «{id}», ознака — {fact}: {values}; будь-яке інше значення — {default}.",
    ),
    # Clauses.
    "clause": ("({id}) {text}", "({id}) {text}"),
    "own words": ("The parties put it so: {text}.", "Словами сторін: {text}."),
    "on sides": (" on each of the streams {sides}", " у кожному з потоків {sides}"),
    "on side": (" on the stream {sides}", " у потоці {sides}"),
    "on joined": (" on the streams {sides} together", " у потоках {sides} разом"),
    "count": ("The number of {whom} who go{where} is {limit}, {over}.", "Кількість {whom}, які йдуть{where}: {limit}, {over}."),
    "whom all": ("people", "людей"),
    "whom": ('people of the group "{group}"', "людей групи «{group}»"),
    "count remains": (
        "The number of remains handed over{where} is {limit}, {over}.",
        "Кількість переданих останків{where}: {limit}, {over}.",
    ),
    "whom remains": ("remains", "останків"),
    "zero": ("zero", "нуль"),
    "exactly": ("exactly {n}", "рівно {n}"),
    "at least": ("at least {n}", "щонайменше {n}"),
    "at most": ("at most {n}", "щонайбільше {n}"),
    "between": ("at least {min} and at most {max}", "щонайменше {min} і щонайбільше {max}"),
    "each holder": (
        "The limit is for each of these holders apart: {parties}.",
        "Межа діє окремо для кожної сторони, що утримує: {parties}.",
    ),
    "each receiver": (
        "The limit is for each of these receivers apart: {parties}.",
        "Межа діє окремо для кожної сторони, що приймає: {parties}.",
    ),
    "by holder": (
        "The number of {whom} who go{where}, {over}, by holder: {parties}.",
        "Кількість {whom}, які йдуть{where}, {over}, за сторонами, що утримують: {parties}.",
    ),
    "by receiver": (
        "The number of {whom} who go{where}, {over}, by receiver: {parties}.",
        "Кількість {whom}, які йдуть{where}, {over}, за сторонами, що приймають: {parties}.",
    ),
    "party count": ("{party}: {n}", "{party}: {n}"),
    "by end": ("by the end of the exchange", "до кінця обміну"),
    "by each stage": ("in each stage", "на кожному етапі"),
    "by after every stage": ("counted from the start after every stage", "від початку, після кожного етапу"),
    "by after every stage but the last": (
        "counted from the start after every stage but the last",
        "від початку, після кожного етапу, крім останнього",
    ),
    "by stage": ('in stage "{stage}"', "на етапі «{stage}»"),
    "by close of": ('by the close of stage "{stage}"', "до завершення етапу «{stage}»"),
    "parity equal": (
        "The streams {first} and {second} are equal in the number of {whom}, {over}.",
        "Потоки {first} і {second} рівні за кількістю {whom}, {over}.",
    ),
    "parity within": (
        "The streams {first} and {second} differ by at most {n} in the number of {whom}, {over}.",
        "Потоки {first} і {second} відрізняються щонайбільше на {n} за кількістю {whom}, {over}.",
    ),
    "whom groups": ("people, each of these groups counted apart: {groups}", "людей, кожна з груп окремо: {groups}"),
    "by weights": (
        'People are counted by the table of equivalents "{weights}", not by heads.',
        "Людей рахують за таблицею відповідників «{weights}», а не поголовно.",
    ),
    "ratio": (
        'For each person of the group "{group}" on the stream {first}, {n} {whom} go on the stream {second}, {over}.',
        "За кожну людину групи «{group}» з потоку {first} потоком {second} {over} іде {whom}: {n}.",
    ),
    "ratio tolerance": ("A difference of at most {n} is allowed.", "Дозволено розбіжність, щонайбільше: {n}."),
    "all": ("Everybody goes{where}, {over}.", "Ідуть усі{where}, {over}."),
    "all of": ('Everybody of the group "{group}" goes{where}, {over}.', "Ідуть усі з групи «{group}»{where}, {over}."),
    "named": (
        "These people go{where}, {over}, by their numbers in the lists: {people}.",
        "Ці люди йдуть{where}, {over}, за номерами у списках: {people}.",
    ),
    "in return": ("In return, in the same stage, these go: {people}.", "Натомість на тому самому етапі йдуть: {people}."),
    "together": (
        "People who share the same entry under {fact} go{where} in the same stage.",
        "Люди з однаковим записом {fact} ідуть{where} на одному етапі.",
    ),
    "together of": (
        'People of the group "{group}" who share the same entry under {fact} go{where} in the same stage.',
        "Люди групи «{group}» з однаковим записом {fact} ідуть{where} на одному етапі.",
    ),
    "circulation": (
        "Every party receives as many people as it hands over.",
        "Кожна сторона приймає стільки людей, скільки передає.",
    ),
    "circulation cap": (
        "The parties that give to one another in a circle are at most {n}.",
        "Сторін, що передають одна одній по колу, щонайбільше {n}.",
    ),
    "consideration": (
        '({id}) "{giver}" gives to "{taker}", {over}: {text}.',
        "({id}) «{giver}» передає «{taker}», {over}: {text}.",
    ),
    "hidden": ("({id}) This part is not for this reader.", "({id}) Ця частина не для цього читача."),
    # Order, lists, stand-ins.
    "priority all": ("As many people as possible.", "Якнайбільше людей."),
    "priority group": ('The people of the group "{group}".', "Люди групи «{group}»."),
    "priority days_held": ("Those who have been held longest.", "Ті, кого утримують найдовше."),
    "priority age": ("The oldest.", "Найстарші."),
    "order intro": (
        "When not all can go, these go first, in this order of importance:",
        "Коли не всі можуть іти, першими йдуть, за спаданням важливості:",
    ),
    "fair": ("Places are shared as evenly as possible by {fact}.", "Місця ділять якнайрівніше за ознакою: {fact}."),
    "draw seed": (
        "Equals are told apart by a public draw with the seed {seed}, which anyone can repeat.",
        "Рівних розрізняє відкрите жеребкування з числом {seed}, яке може повторити кожен.",
    ),
    "draw": (
        "Equals are told apart by a public draw made from both lists' commitments, which anyone can repeat.",
        "Рівних розрізняє відкрите жеребкування на основі зобов'язань за обома списками, яке може повторити кожен.",
    ),
    "pool": (
        "The list of the stream {side} holds at least this many people: {n}.{published}{until}",
        "Список потоку {side} містить щонайменше людей: {n}.{published}{until}",
    ),
    "pool published": (" It is published.", " Його оприлюднюють."),
    "pool until": (" Objections are heard until {date}.", " Заперечення приймають до {date}."),
    "reserve": (
        "When {no_show} in a hundred drop out, a stage runs short at most {risk} times in a thousand.",
        "Коли вибуває {no_show} зі ста, етапові бракує людей щонайбільше {risk} разів на тисячу.",
    ),
    "incident refused": ("If a person does not wish to go: {remedy}.", "Якщо людина не бажає йти: {remedy}."),
    "incident dead": ("If a person has died: {remedy}.", "Якщо людина померла: {remedy}."),
    "incident absent": ("If a person is not brought: {remedy}.", "Якщо людину не привезли: {remedy}."),
    "incident unfit": ("If a person cannot travel: {remedy}.", "Якщо людина не може їхати: {remedy}."),
    "incident misidentified": ("If a person is somebody else: {remedy}.", "Якщо це інша людина: {remedy}."),
    "incident shortfall": ("If nobody is left in reserve: {remedy}.", "Якщо в резерві нікого не лишилося: {remedy}."),
    "remedy reserve-same-groups": ("the next in reserve of the same groups goes", "іде наступний із резерву тих самих груп"),
    "remedy reserve": ("the next in reserve goes", "іде наступний із резерву"),
    "remedy reduce-both": ("both sides go down by one", "обидві сторони зменшують на одного"),
    "remedy owed": ("the person is owed in a later stage or exchange", "людину винні на пізнішому етапі або обміні"),
    "remedy remains": ("remains are handed over instead", "натомість передають останки"),
    "remedy none": ("the place stays empty", "місце лишається порожнім"),
    "notice": (
        "A stand-in is named this many hours before the stage: {n}.",
        "За скільки годин до етапу називають заміну: {n}.",
    ),
    # Exclusions, clocks, gates, places, obligations.
    "exclusion": ("({id}) Kept out: {who}. Ground: {ground}.", "({id}) Виключено: {who}. Підстава: {ground}."),
    "exclusion group": ('the group "{group}"', "група «{group}»"),
    "exclusion all": ("everybody to whom the ground applies", "усі, кого стосується підстава"),
    "clock": ("{what}: {when}.", "{what}: {when}."),
    "clock date": ("by {date}", "до {date}"),
    "clock after": ("at the latest {amount} after {anchor}", "щонайпізніше через {amount} після {anchor}"),
    "clock before": ("at the latest {amount} before {anchor}", "щонайпізніше за {amount} до {anchor}"),
    "gate every": ("({id}) Before every stage: {needs}.", "({id}) Перед кожним етапом: {needs}."),
    "gate": ('({id}) Before stage "{stage}": {needs}.', "({id}) Перед етапом «{stage}»: {needs}."),
    "place": (
        '"{id}": {name} ({kind}{host}). Who may know it: {grade}.',
        "«{id}»: {name} ({kind}{host}). Кому можна знати: {grade}.",
    ),
    "place host": (", host: {host}", ", приймає: {host}"),
    "obligation": ("({id}) {what}{group}{until}. Owed by: {by}.", "({id}) {what}{group}{until}. Зобов'язані: {by}."),
    "obligation group": (', towards the group "{group}"', ", щодо групи «{group}»"),
    "obligation until": (", until {date}", ", до {date}"),
    "everybody": ("all", "усі"),
    # Relaxing and the end.
    "cost": (
        "The cheapest way is proposed to the parties. Giving up one person's worth of a clause costs: {costs}.",
        "Сторонам пропонують найдешевший шлях. Поступка на одну людину за пунктом коштує: {costs}.",
    ),
    "never": ("These clauses are never given up: {clauses}.", "Цими пунктами не поступаються: {clauses}."),
    "signed": ("Agreed on {date}.", "Домовлено {date}."),
    "signed at": ("Agreed at {place} on {date}.", "Домовлено: {place}, {date}."),
    "agreed at": ("Agreed at {place}.", "Домовлено: {place}."),
    "lapses": ("This agreement no longer binds after {date}.", "Після {date} ця домовленість не зобов'язує."),
    "without prejudice": (
        "Signing this agreement recognises nobody and changes nobody's legal status.",
        "Підписання цієї домовленості нікого не визнає і не змінює нічийого правового статусу.",
    ),
    "sign": ("For {party}: ______________________  Date: ____________", "{party}: ______________________  Дата: ____________"),
    "hash": (
        "The parties sign one file, byte for byte. Its SHA-256 is:",
        "Сторони підписують один файл, байт у байт. Його SHA-256:",
    ),
}

_UNITS: Mapping[str, tuple[str, str, str]] = {
    "hours": ("годину", "години", "годин"),
    "days": ("день", "дні", "днів"),
    "weeks": ("тиждень", "тижні", "тижнів"),
}

_MONTHS = (
    ("January", "січня"),
    ("February", "лютого"),
    ("March", "березня"),
    ("April", "квітня"),
    ("May", "травня"),
    ("June", "червня"),
    ("July", "липня"),
    ("August", "серпня"),
    ("September", "вересня"),
    ("October", "жовтня"),
    ("November", "листопада"),
    ("December", "грудня"),
)


def phrase(code: str, language: str, /, **values: object) -> str:
    """One phrase, filled in. Raises `KeyError` for a code that is not in the tables."""
    texts = PHRASES[code] if code in PHRASES else CODE_WORDS[code]
    return texts[_place(language)].format(**values)


def amount_of(unit: str, number: int, language: str) -> str:
    """24 hours; 24 години: the unit in the form that its number takes, in Ukrainian in the accusative."""
    if language == "en":
        return f"{number} {unit if number != 1 else unit[:-1]}"
    one, few, many = _UNITS[unit]
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} {one}"
    return f"{number} {few if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else many}"


def quoted(text: str, language: str) -> str:
    """The text in the quotation marks of the language."""
    return f"«{text}»" if language == "uk" else f'"{text}"'


def day_in_words(day: date, language: str) -> str:
    """16 May 2025; 16 травня 2025 року."""
    place = _place(language)
    return f"{day.day} {_MONTHS[day.month - 1][place]} {day.year}" + (" року" if place else "")


def _place(language: str) -> int:
    if language not in {"en", "uk"}:
        raise ValueError("the text is written in en (English) or uk (Ukrainian)")
    return 1 if language == "uk" else 0
