"""One step of an import after the other, on a node of its own, until there is nothing left or somebody kills the process.

    python -m tests.bureau.register.killed_import stage | go | count

Run by test_killed_import.py.
"""

from __future__ import annotations

import json
import sys
from datetime import date

import django

PEOPLE = 300


def main(what: str) -> None:
    django.setup()
    from django.core.management import call_command

    from homeward.bureau.journal.models import Line
    from homeward.bureau.register import services_import
    from homeward.bureau.register.claims import Provenance
    from homeward.bureau.register.models import Import, Mark, Person, Statement
    from homeward.people import table_bytes

    if what == "stage":
        call_command("migrate", verbosity=0)
        rows = [[f"К-{n}", f"Вигаданий{'абвгдежзик'[n % 10]}", "Петро", f"19{50 + n % 50}"] for n in range(PEOPLE)]
        data = table_bytes(".csv", ["ID", "Прізвище", "Ім'я", "Дата народження"], rows)
        services_import.stage(data, "list.csv", Provenance("own_records", "A2", date(2026, 5, 3)), by=None)
    elif what == "go":
        of = Import.objects.get()
        while services_import.go_on(of, by=None, rows=7):
            print("step", flush=True)  # noqa: T201 - the test waits for these.
    else:
        of = Import.objects.get()
        found = {
            "done": of.rows.exclude(outcome="").count(), "people": Person.objects.count(), "statements": Statement.objects.count(),
            "marks": Mark.objects.filter(kind="row").count(), "lines": Line.objects.filter(tag="register:person:added").count(),
            "rows": len(set(Statement.objects.values_list("row__number", flat=True))), "state": of.state,
        }  # fmt: skip
        print(json.dumps(found))  # noqa: T201 - the test reads it.


if __name__ == "__main__":
    main(sys.argv[1])
