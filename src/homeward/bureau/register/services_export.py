"""Taking people out of the register in a file: only what the officer may see, no cell that a spreadsheet would run, a watermark in
every row, and a line in the journal with the reason, the number of rows and the numbers of the people.

Whoever may see people can copy them from the screen as well; a watermark does not prevent that, it says where a file came from.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import fields_seen, groups_seen, visible
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.pages.spoken import field_name, language
from homeward.bureau.register.models import Export
from homeward.bureau.register.services_reads import note_reads
from homeward.bureau.register.shelf import Kept
from homeward.people import Absence, Field, table_bytes
from homeward.people.person import Value
from homeward.people.words import absence_of
from homeward.people.writer import Writable

ENDINGS = (".xlsx", ".csv")
#: Letters and digits that nobody takes for each other on paper.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def export(user: User, people: Sequence[Kept], ending: str, reason: str) -> tuple[Export, bytes]:
    """Write these people to a file. Whom the officer may know of was asked before; what is seen of them is asked here."""
    assert ending in ENDINGS, "a table is written as .xlsx or .csv"
    assert reason.strip(), "the form asks for a reason"
    watermark = "".join(secrets.choice(_LETTERS) for _letter in range(10))
    seen = fields_seen(user)
    fields = [field for field in Field if field in seen and field is not Field.ID]
    shown = [(kept, visible(user, kept.person)) for kept in people]
    fields = [field for field in fields if any(field in person.claims for _kept, person in shown)]
    others = sorted({heading for _kept, person in shown for heading in person.other}) if "notes" in groups_seen(user) else []
    uk = 1 if language() == "uk" else 0
    headings = [field_name(Field.ID), *map(field_name, fields), *others, _version(uk), _watermark(uk)]
    rows: list[list[Writable]] = [
        [
            person.id,
            *(_cell(person.value(field), person.written(field)) for field in fields),
            *(person.other.get(heading) for heading in others),
            kept.version,
            watermark,
        ]
        for kept, person in shown
    ]
    notes = [
        _("Export %(mark)s of %(rows)d people. Whoever passes it on is answerable for it.")
        % {"mark": watermark, "rows": len(rows)}
    ]
    data = table_bytes(ending, headings, rows, sheet_title=_("People"), notes=notes, notes_title=_("Export"))
    numbers = [kept.number for kept in people]
    with transaction.atomic():
        content = {"reason": reason, "fields": [field.value for field in fields], "numbers": numbers}
        one = Export.objects.create(watermark=watermark, by=user, rows=len(rows), ending=ending, content=content)
        counts: dict[str, int | str] = {"rows": len(rows), "watermark": watermark}
        write(Tag.REGISTER_EXPORT_MADE, f"export:{watermark}", by=user, counts=counts, detail=content)
        note_reads(user, people, "export")
    return one, data


def _cell(value: Value | None, written: str) -> Writable:
    """What was read; where a text could not be read, the text."""
    if value is Absence.UNKNOWN and written and absence_of(written) is None:
        return written
    return value


def _version(uk: int) -> str:
    return ("Version", "Версія")[uk]


def _watermark(uk: int) -> str:
    return ("Export", "Експорт")[uk]
