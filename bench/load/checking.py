"""What is in the database after the load, against what the tablets sent. Imported when Django is set up."""

from __future__ import annotations

from collections import Counter

from django.db import connection
from tablet import Tablet

from homeward.bureau.handover.counting import standings
from homeward.bureau.handover.models import Line, Tick
from homeward.bureau.journal.models import Line as JournalLine


def check(tablets: list[Tablet]) -> list[str]:
    """What is wrong in the database, read after the server has ended; nothing, when every tick is there once."""
    problems: list[str] = []
    sent = {key for tablet in tablets for key in tablet.sent}
    kept = Counter(str(key) for key in Tick.objects.values_list("key", flat=True))
    problems += [f"lost: {key}" for key in sorted(sent - set(kept))]
    problems += [f"doubled: {key} is there {count} times" for key, count in kept.items() if count > 1]
    problems += [f"from nowhere: {key}" for key in sorted(set(kept) - sent)]
    problems += [
        f"refused: {key}: {verdict}" for each in tablets for key, verdict in each.verdicts.items() if verdict != "taken"
    ]
    lines = {line.person: line for line in Line.objects.defer("about")}
    found = standings(lines.values())
    expected = {person: outcome for tablet in tablets for person, outcome in tablet.expected.items()}
    problems += [
        f"{person} stands as {found[line.pk].outcomes}, not as {expected.get(person)}"
        for person, line in lines.items()
        if found[line.pk].outcome != expected.get(person)
    ]
    told = JournalLine.objects.filter(tag__startswith="handover:tick:").count()
    if told != sum(kept.values()):
        problems.append(f"the journal tells of {told} ticks, the table has {sum(kept.values())}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            whole = cursor.fetchone()[0]
        if whole != "ok":
            problems.append(f"SQLite: {whole}")
    return problems
