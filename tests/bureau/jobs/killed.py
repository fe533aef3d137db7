"""A node of its own with one import to take in, its workers, and what has become of it.

    python -m tests.bureau.jobs.killed lay PEOPLE | work | count

Run by test_killed.py.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta

import django


def main(what: str, people: int) -> None:
    django.setup()
    from homeward.bureau.access.roles import Role
    from homeward.bureau.access.services import add_user
    from homeward.bureau.jobs import services, worker, working
    from homeward.bureau.jobs.kinds import READ, TAKE_IN
    from homeward.bureau.jobs.models import Job
    from homeward.bureau.journal.models import Line
    from homeward.bureau.register import services_import
    from homeward.bureau.register.claims import Provenance
    from homeward.bureau.register.models import Import, Mark, Person, Statement
    from homeward.bureau.register.work import ask_to_read, ask_to_take_in
    from homeward.people import table_bytes

    if what == "lay":
        by = add_user("registrar", "a long password", called="R", roles=[Role.REGISTRAR], by=None)
        rows = [[f"К-{n}", f"Вигаданий{'абвгдежзик'[n % 10]}", "Петро", f"19{50 + n % 50}"] for n in range(people)]
        data = table_bytes(".csv", ["ID", "Прізвище", "Ім'я", "Дата народження"], rows)
        ask_to_read(data, "list.csv", Provenance("own_records", "A2", date(2026, 5, 3)), by=by)
        working.work_off(READ)
        ask_to_take_in(Import.objects.get(), by=by)
    elif what == "work":
        services_import.STEP = 10
        services.LEASE, services.BEAT = timedelta(seconds=2), 0.3
        services_import.go_on.__kwdefaults__["rows"] = 10
        worker.main(TAKE_IN, sys.argv[2], idle=4)
    else:
        job = Job.objects.get(kind=TAKE_IN)
        found = {
            "people": Person.objects.count(), "statements": Statement.objects.count(),
            "marks": Mark.objects.filter(kind="row").count(), "lines": Line.objects.filter(tag="register:person:added").count(),
            "rows": len(set(Statement.objects.values_list("row__number", flat=True))), "done": job.rows,
            "state": job.state, "tries": job.tries, "ends": Line.objects.filter(tag="jobs:job:done").count(),
        }  # fmt: skip
        print(json.dumps(found))  # noqa: T201 - the test reads it.


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if sys.argv[1] == "lay" else 0)
