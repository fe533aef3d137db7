"""What the commands about lists and plans say, in English and Ukrainian, in one table so that both can be read side by side.

>>> say("pairs undecided", "en", count=2), say("pairs undecided", "uk", count=2)
('Pairs still undecided: 2', 'Ще не вирішено пар: 2')
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

Language = Literal["en", "uk"]

WORDS: Mapping[str, tuple[str, str]] = {
    # A list before it is sent.
    "remarks": ("Remarks", "Зауваження"),
    "copy": ("Copy with remarks: {path}", "Копія із зауваженнями: {path}"),
    "stop": ("DO NOT SEND.", "НЕ НАДСИЛАТИ."),
    "may be sent": ("Nothing keeps it from being sent.", "Надсилати можна."),
    "findings": (
        "{stops} stop it, {look} to look at, {notes} to note.",
        "Зупиняє: {stops}, переглянути: {look}, до відома: {notes}.",
    ),
    "side by name": ("Taken from its name as the list of side {side}.", "За назвою це список напряму {side}."),
    "side not said": (
        "Which side this list is for is not said, so only categories were checked. Say so with --side: {sides}.",
        "Для котрого напряму цей список, не сказано, тож перевірено лише категорії. Вкажіть --side: {sides}.",
    ),
    "side": ("{side} (held by {holder})", "{side} (утримує {holder})"),
    # Versions.
    "entries": ("{count} entries", "записів: {count}"),
    "not part": ("rows that name nobody are not part of it: {rows}", "рядки без особи не ввійшли: {rows}"),
    "unchanged": ("Unchanged", "Без змін"),
    "changed": ("CHANGED", "ЗМІНЕНО"),
    "no clocks": ("The terms have no clocks.", "Умови не мають строків."),
    # Answers.
    "pairs to decide": (
        "{count} pairs for two officers to decide. Fill in {sheet}, then give it to the same command with --review.",
        "Пар для двох посадових осіб: {count}. Заповніть {sheet} і дайте тій самій команді з --review.",
    ),
    "answers": ("Answers: {count}", "Відповідей: {count}"),
    "pairs undecided": ("Pairs still undecided: {count}", "Ще не вирішено пар: {count}"),
    "undecided": ("{file}, row {row}: {left} – {right}: {why}", "{file}, рядок {row}: {left} – {right}: {why}"),
    "and more": ("and {count} more", "і ще {count}"),
    # A plan.
    "stage": ("stage", "етап"),
    "date": ("date", "дата"),
    "not going": ("not going", "не їдуть"),
    "reserve note": ("(+reserves named/wanted)", "(+у резерві названо/потрібно)"),
    "rows left aside": (
        "{list}: {count} rows that name nobody were left aside; see homeward list check",
        "{list}: рядків без особи, не враховано: {count}; дивіться homeward list check",
    ),
    "excluded": (
        "{person} does not go: left out before the plan was made ({why}).",
        "{person}: не в плані, бо цю особу вилучено перед плануванням ({why}).",
    ),
    "out": ("{person} does not go: {kind} in stage {stage}.", "{person}: не в плані; етап {stage}: {kind}."),
    "out for now": (
        "{person} does not go as it stands: {kind} in stage {stage}. A later stage is open if a place becomes free.",
        "{person}: поки не в плані; етап {stage}: {kind}. Пізніший етап можливий, якщо звільниться місце.",
    ),
    "refused": ("refused", "відмова їхати"),
    "dead": ("dead", "смерть"),
    "misidentified": ("not the person on the list", "це не особа зі списку"),
    "absent": ("absent", "не прибув(-ла)"),
    "unfit": ("unfit to travel", "не може їхати"),
    "no seat": ("no seat left in the vehicles", "бракує місця в транспорті"),
    # Its proof.
    "solved": (
        (
            "People {people}; units (a family that stays together is one) {units}; different ones {types}; "
            "classes that the clauses tell apart {classes}; clauses {clauses}."
        ),
        (
            "Людей {people}; одиниць (родина разом – одна) {units}; різних {types}; "
            "класів, які розрізняють пункти, {classes}; пунктів {clauses}."
        ),
    ),
    "method": ("Method: {method}.", "Спосіб: {method}."),
    "level": (
        "{number}. “{name}”, {when}: no plan exceeds {bound}; this one reaches {reached}: {proven}.",
        "{number}. «{name}», {when}: жоден план не перевищує {bound}; цей сягає {reached}: {proven}.",
    ),
    "early": ("as early as possible", "якомога раніше"),
    "in all": ("in all", "за весь обмін"),
    "proven": ("proven", "доведено"),
    "not proven": ("NOT proven", "НЕ доведено"),
    "best": ("Proven: no plan within the terms is better.", "Доведено: жоден план у межах умов не кращий."),
    "perhaps not best": ("Not proven: a better plan may exist.", "Не доведено, що кращого плану немає."),
    "replanned": (
        "Changed on the day, as little as possible; it no longer seeks the best.",
        "План змінено в день обміну, якомога менше; найкращого він більше не шукає.",
    ),
    "seed": ("Seed of the draw: {seed}", "Зерно жеребу: {seed}"),
    "draw": (
        "A person's draw: SHA-256(seed, a zero byte, id); the lowest goes first.",
        "Жереб особи: SHA-256(зерно, нульовий байт, id); найменший їде першим.",
    ),
    # Terms that cannot be kept.
    "impossible one": (
        "Impossible: with these people this clause cannot be kept.",
        "Неможливо: з цими людьми цей пункт не виконати.",
    ),
    "impossible": (
        "Impossible: with these people these clauses contradict each other. Without any one of them the others are possible.",
        "Неможливо: з цими людьми ці пункти суперечать один одному. Без будь-якого з них решту виконати можна.",
    ),
    "line": (" (line {line})", " (рядок {line})"),
    "in no list": ("In none of the lists: {ids}", "Немає в жодному списку: {ids}"),
    "not known": (
        "Not known of {people} people, and {clause} has to hold whatever it turns out to be: are they of “{group}”? Missing: {facts}.",
        "Невідомо про {people} людей, а {clause} має виконуватися за будь-якої відповіді: чи вони з «{group}»? Бракує: {facts}.",
    ),
    "ways out": ("Ways out, cheapest first:", "Виходи, від найдешевшого:"),
    "no way out": (
        "No clause that may be relaxed is enough alone.",
        "Жодного пункту, який дозволено пом’якшити, не досить.",
    ),
    # A change on the day.
    "replan": ("{changes} changes; {short} clauses missed.", "Змін: {changes}; невиконань: {short}."),
    "no stage": ("no stage", "жодного етапу"),
    "remains for": (
        "for {person} the remains {remains} are handed over, as agreed",
        "замість особи {person} передають останки {remains}, як домовлено",
    ),
    "no stand-in": (
        "places without a stand-in of the same groups: {count}; {remedy}",
        "місць без заміни з тих самих груп: {count}; {remedy}",
    ),
    "reserve-same-groups": ("they stay empty", "вони порожні"),
    "reserve": ("others step in as far as the clauses allow", "їх заступають інші, наскільки дозволяють пункти"),
    "reduce-both": ("the other side goes down by as many", "інша сторона зменшується на стільки ж"),
    "owed": ("they are owed to the receiver", "це борг перед стороною, що приймає"),
    "remains": ("remains are handed over instead", "натомість передають останки"),
    "none": ("they stay empty", "вони порожні"),
    # Its check.
    "kept": (
        "The plan keeps every clause of the terms (checked independently, {people} people).",
        "План виконує всі пункти умов (перевірено незалежно, людей: {people}).",
    ),
    "file missing": ("{file} is missing", "немає файлу {file}"),
    "file strange": ("{file} is not what homeward plan writes", "{file} – не те, що пише homeward plan"),
    "in excess": ("{file} names people whom plan.json does not: {ids}", "{file} називає людей, яких немає в plan.json: {ids}"),
    "lacking": ("{file} does not name people whom plan.json does: {ids}", "{file} не називає людей, які є в plan.json: {ids}"),
    "twice": ("{file} names people twice: {ids}", "{file} називає людей двічі: {ids}"),
    "made otherwise": (
        "stage {stage}: the plan made again has other people on side {side}",
        "етап {stage}: план, зроблений наново, має інших людей у напрямі {side}",
    ),
    "only on lists": (
        "{count} people stand on the lists and not in the plan: {ids}",
        "у списках, та не в плані, людей {count}: {ids}",
    ),
    "only in plan": (
        "{count} people stand in the plan and not on the lists: {ids}",
        "у плані, та не в списках, людей {count}: {ids}",
    ),
    "other facts": ("{count} people have other facts on the lists: {ids}", "інші відомості в списках має людей {count}: {ids}"),
    "violations": ("{count} violations.", "Порушень: {count}."),
}


def say(key: str, language: str, /, **values: object) -> str:
    """The words of the table in a language, with the values put in."""
    return WORDS[key][1 if language == "uk" else 0].format(**values)


def known(language: str) -> Language:
    """The language of an option, for rooms that take only the two; the option allows no other."""
    assert language in {"en", "uk"}, language
    return cast("Language", language)
