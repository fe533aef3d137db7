"""Importing a file: read it and plan every row (`stage`), change what should happen to a row (`choose`), do it in steps (`go_on`).

A step does some rows in one transaction, each with its outcome, so that an import that was cut off goes on exactly where it stopped:
what is done is marked as done by the same commit. The file itself lies sealed, and never touches the disk in the clear.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from homeward.bureau.access.models import User
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register.actions import ACTIONS
from homeward.bureau.register.claims import Provenance, unpacked
from homeward.bureau.register.dry_run import Planned, claims_of_row, dry_run, news, own_columns_left_out, row_mark
from homeward.bureau.register.models import Import, ImportRow, Mark, Statement
from homeward.bureau.register.services import ConflictError, add_claims, add_person, decided, touch
from homeward.people import PeopleFile, Row, read_people
from homeward.people.plain import from_plain, to_plain

#: Rows of one step: a transaction of a tenth of a second, between which other officers' work goes on.
STEP = 50


def stage(data: bytes, name: str, provenance: Provenance, *, by: User | None, sheet: str | None = None) -> Import:
    """Read a file and plan it. Raises `homeward.people.PeopleFileError` when it cannot be read as a whole."""
    return _stage(data, read_people(Path(name).name, data=data, sheet=sheet or None), provenance, by=by)


def choose(of: Import, number: int, choice: str, *, by: User) -> None:
    """Decide about one row. A choice that the row's action does not have is our own bug."""
    with transaction.atomic():
        row = ImportRow.objects.select_for_update().get(of=of, number=number, outcome="")
        assert choice in ACTIONS[row.action].choices, "a row is decided in one of the ways that its action has"
        row.choice = choice
        row.save(update_fields=["choice"])
        write(Tag.REGISTER_IMPORT_CHOSEN, f"import:{of.pk}", by=by, counts={"row": number, "choice": choice})


def leave_out_likely(of: Import, *, by: User) -> int:
    """Leave out every new row that probably repeats somebody; gives how many."""
    with transaction.atomic():
        count = ImportRow.objects.filter(of=of, action="new", likely=True, outcome="").update(choice="skip")
        write(Tag.REGISTER_IMPORT_CHOSEN, f"import:{of.pk}", by=by, counts={"rows": count, "choice": "skip"})
    return count


def drop(of: Import, *, by: User) -> None:
    """Forget a file that was not begun to be applied: its bytes and rows go, the line in the journal stays."""
    with transaction.atomic():
        one = Import.objects.select_for_update().get(pk=of.pk)
        assert one.state == "staged", "an import that was begun is gone on with"
        one.rows.all().delete()
        one.state, one.file, one.content, one.finished = "dropped", b"", {}, timezone.now()
        one.save()
        write(Tag.REGISTER_IMPORT_DROPPED, f"import:{one.pk}", by=by, counts={"sha256": one.digest})


def go_on(of: Import, *, by: User | None, rows: int = STEP) -> int:
    """Do some of the rows that wait, in one transaction; gives how many still wait. At the end the import is told as applied."""
    with transaction.atomic():
        one = Import.objects.select_for_update().get(pk=of.pk)
        if one.state not in {"staged", "applying"}:
            return 0
        provenance, revision = provenance_of(one), touch()
        batch = list(one.rows.filter(outcome="").select_related("person").order_by("number")[:rows])
        for row in batch:
            row.outcome = _do(row, provenance, by, revision)
        ImportRow.objects.bulk_update(batch, ["outcome", "person"], batch_size=200)
        waiting = one.rows.filter(outcome="").count()
        one.state = "applying" if waiting else "applied"
        if not waiting:
            one.finished = timezone.now()
            done = Counter(one.rows.values_list("outcome", flat=True))
            one.counts = {**one.counts, "outcomes": dict(sorted(done.items()))}
            counts: dict[str, int | str] = {"sha256": one.digest, "rows": sum(done.values()), **dict(sorted(done.items()))}
            write(Tag.REGISTER_IMPORT_APPLIED, f"import:{one.pk}", by=by, counts=counts)
        one.save(update_fields=["state", "finished", "counts"])
    return waiting


def import_at_once(file: Path | Sequence[Row], provenance: Provenance, *, by: User | None) -> Mapping[str, int]:
    """Stage and do a whole file, or rows that were read already; gives how many rows had each outcome."""
    if isinstance(file, Path):
        data = file.read_bytes()
        staged = _stage(data, read_people(file, data=data), provenance, by=by)
    else:
        staged = _stage(b"", PeopleFile(Path("-"), "", 0, {}, tuple(file)), provenance, by=by)
    while go_on(staged, by=by, rows=10 * STEP):
        pass
    staged.refresh_from_db()
    return dict(staged.counts["outcomes"])


def provenance_of(one: Import) -> Provenance:
    """What the officer said about the file's source."""
    kind, grade, on, text = one.content["source"]
    return Provenance(kind, grade, date.fromisoformat(on), text)


def _stage(data: bytes, file: PeopleFile, provenance: Provenance, *, by: User | None) -> Import:
    planned = dry_run(file.rows, provenance, by)
    digest = hashlib.sha256(data).hexdigest()
    actions = Counter(each.action for each in planned)
    counts: dict[str, Any] = {**file.counts._asdict(), "actions": dict(sorted(actions.items()))}
    counts["likely"] = sum(each.likely for each in planned)
    content = {
        "name": file.path.name,
        "sheet": file.sheet,
        "source": [provenance.kind, provenance.grade, provenance.on.isoformat(), provenance.text],
        "columns": {name.value: heading for name, heading in file.columns.items()},
        "remarks": [_remark(remark) for remark in file.remarks],
    }
    with transaction.atomic():
        one = Import.objects.create(by=by, digest=digest, file=data, content=content, counts=counts)
        ImportRow.objects.bulk_create([_row(one, each) for each in planned], batch_size=500)
        told = {"sha256": digest, **file.counts._asdict(), "likely": counts["likely"]}
        write(Tag.REGISTER_IMPORT_STAGED, f"import:{one.pk}", by=by, counts=told)
    return one


def _row(one: Import, each: Planned) -> ImportRow:
    content: dict[str, Any] = {
        "remarks": [_remark(remark) for remark in each.row.remarks],
        "fields": [name.value for name in each.fields],
        "twins": [list(twin) for twin in each.twins],
        "version": each.person.version if each.person is not None else 0,
    }
    if each.row.person is not None:
        content["person"] = to_plain(each.row.person)
    return ImportRow(
        of=one,
        number=each.row.number,
        verdict=each.row.verdict,
        action=each.action,
        likely=each.likely,
        person_id=each.person.key if each.person is not None else None,
        base=each.base,
        content=content,
    )


def _remark(remark: Any) -> list[Any]:
    return [remark.code, remark.field.value if remark.field else None, [list(pair) for pair in remark.details]]


def _do(row: ImportRow, provenance: Provenance, by: User | None, revision: int) -> str:
    """Do one row; gives its outcome."""
    choice = row.choice or ACTIONS[row.action].choices[0]
    if row.action in {"same", "unknown", "refused"}:
        return row.action
    if choice == "skip":
        return "skipped" if row.choice else "left"
    person = from_plain(row.content["person"])
    mark = row_mark(person, provenance)
    claims = claims_of_row(person, provenance)
    other = own_columns_left_out(person.other)
    if choice == "new":
        first = {said.field: said.claim for said in claims if said.claim is not None}
        row.person = add_person(first, provenance, by=by, other=other, row=row, revision=revision)
        Mark.objects.create(person=row.person, kind="row", value=mark)
        return "added"
    assert row.person is not None, "a row that adds to somebody names the person"
    assert row.base is not None, "a row that adds to somebody has seen a version of the person"
    statements = list(Statement.objects.filter(person=row.person).order_by("id"))
    said = [(each.version, one) for each in statements for one in unpacked(each.content, each.pk)]
    new = news(person, claims, said, row.base)
    if not new:
        return "same"
    # What the dry run showed ends with this version; what came later nobody has looked at together with the file.
    looked_at: int = row.content["version"]
    if choice in {"mine", "theirs", "both"}:
        between = [each for each in statements if row.base < each.version <= looked_at]
        theirs = [
            said for each in between for said in unpacked(each.content, each.pk) if said.field.value in row.content["fields"]
        ]
        new = decided(new, theirs, choice)
    try:
        add_claims(row.person.number, new, seen=looked_at, by=by, other=other, row=row)
    except ConflictError:
        return "moved"
    Mark.objects.create(person=row.person, kind="row", value=mark)
    return "updated"
