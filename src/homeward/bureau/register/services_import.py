"""Importing a file: read it and plan every row (`stage`), change what should happen to a row (`choose`), do it in steps (`go_on`).

A step does some rows in one transaction, each with its outcome, so that an import that was cut off goes on exactly where it stopped:
what is done is marked as done by the same commit. The file itself lies sealed, and never touches the disk in the clear.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from homeward.bureau.access.models import User
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register.actions import ACTIONS
from homeward.bureau.register.claims import Provenance, unpacked
from homeward.bureau.register.dry_run import Planned, Step, claims_of_row, dry_run, news, own_columns_left_out, row_mark
from homeward.bureau.register.models import Import, ImportRow, Mark, Statement
from homeward.bureau.register.services import ConflictError, Newcomer, add_claims, add_people, decided, touch
from homeward.people import PeopleFile, Row, read_people
from homeward.people.plain import from_plain, to_plain

#: Rows of one step: a transaction of a tenth of a second, between which other officers' work goes on.
STEP = 200
#: States of an import whose rows still wait.
OPEN = ("staged", "applying")
#: Actions after which nothing is done.
_NOTHING_TO_DO = frozenset({"same", "unknown", "refused"})


def stage(
    data: bytes,
    name: str,
    provenance: Provenance,
    *,
    by: User | None,
    sheet: str | None = None,
    step: Step = lambda _name: _quiet,
    then: Callable[[Import], None] = lambda _one: None,
) -> Import:
    """Read a file and plan it. Raises `homeward.people.PeopleFileError` when it cannot be read as a whole.

    `step` is told what comes next and gives the progress of it; `then` is called in the transaction that keeps the dry run.
    """
    file = read_people(Path(name).name, data=data, sheet=sheet or None, progress=step("reading"))
    return _stage(data, file, provenance, by=by, step=step, then=then)


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


def go_on(of: Import, *, by: User | None, rows: int = STEP, then: Callable[[int], None] = lambda _waiting: None) -> int:
    """Do some of the rows that wait, in one transaction; gives how many still wait. At the end the import is told as applied.

    `then` is called with that number inside the transaction, after everything was done.
    """
    with transaction.atomic():
        one = Import.objects.select_for_update().defer("file").get(pk=of.pk)
        if one.state not in OPEN:
            then(0)
            return 0
        provenance, revision = provenance_of(one), touch()
        batch = list(one.rows.filter(outcome="").select_related("person").order_by("number")[:rows])
        newcomers = [_newcomer(row, provenance) for row in batch if _is_new(row)]
        add_people(newcomers, by=by, revision=revision)
        outcomes = {row.pk: "added" if _is_new(row) else _do(row, provenance, by) for row in batch}
        _keep_outcomes(outcomes)
        waiting = one.rows.filter(outcome="").count()
        one.state = "applying" if waiting else "applied"
        if not waiting:
            one.finished = timezone.now()
            done = Counter(one.rows.values_list("outcome", flat=True))
            one.counts = {**one.counts, "outcomes": dict(sorted(done.items()))}
            counts: dict[str, int | str] = {"sha256": one.digest, "rows": sum(done.values()), **dict(sorted(done.items()))}
            write(Tag.REGISTER_IMPORT_APPLIED, f"import:{one.pk}", by=by, counts=counts)
        one.save(update_fields=["state", "finished", "counts"])
        then(waiting)
    return waiting


def import_at_once(file: Path | Sequence[Row], provenance: Provenance, *, by: User | None) -> Mapping[str, int]:
    """Stage and do a whole file, or rows that were read already; gives how many rows had each outcome."""
    if isinstance(file, Path):
        data = file.read_bytes()
        staged = _stage(data, read_people(file, data=data), provenance, by=by)
    else:
        staged = _stage(b"", PeopleFile(Path("-"), "", 0, {}, tuple(file)), provenance, by=by)
    while go_on(staged, by=by, rows=5 * STEP):
        pass
    staged.refresh_from_db()
    return dict(staged.counts["outcomes"])


def provenance_of(one: Import) -> Provenance:
    """What the officer said about the file's source."""
    return provenance_from(one.content["source"])


def provenance_from(plain: Sequence[str]) -> Provenance:
    """A provenance from its plain values (`plain_provenance`)."""
    kind, grade, on, text = plain
    return Provenance(kind, grade, date.fromisoformat(on), text)


def plain_provenance(provenance: Provenance) -> list[str]:
    """A provenance as plain values, for a sealed column."""
    return [provenance.kind, provenance.grade, provenance.on.isoformat(), provenance.text]


def _quiet(step: str, done: int, total: int) -> None:
    """Progress that nobody waits for."""


def _stage(
    data: bytes,
    file: PeopleFile,
    provenance: Provenance,
    *,
    by: User | None,
    step: Step = lambda _name: _quiet,
    then: Callable[[Import], None] = lambda _one: None,
) -> Import:
    planned = dry_run(file.rows, provenance, by, step=step)
    digest = hashlib.sha256(data).hexdigest()
    actions = Counter(each.action for each in planned)
    counts: dict[str, Any] = {**file.counts._asdict(), "actions": dict(sorted(actions.items()))}
    counts["likely"] = sum(each.likely for each in planned)
    content = {
        "name": file.path.name,
        "sheet": file.sheet,
        "source": plain_provenance(provenance),
        "columns": {name.value: heading for name, heading in file.columns.items()},
        "remarks": [_remark(remark) for remark in file.remarks],
    }
    step("writing")
    with transaction.atomic():
        one = Import.objects.create(by=by, digest=digest, file=data, content=content, counts=counts)
        ImportRow.objects.bulk_create([_row(one, each) for each in planned], batch_size=500)
        told = {"sha256": digest, **file.counts._asdict(), "likely": counts["likely"]}
        write(Tag.REGISTER_IMPORT_STAGED, f"import:{one.pk}", by=by, counts=told)
        then(one)
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


def _choice(row: ImportRow) -> str:
    return row.choice or ACTIONS[row.action].choices[0]


def _is_new(row: ImportRow) -> bool:
    """Whether the row enters somebody new."""
    return row.action not in _NOTHING_TO_DO and _choice(row) == "new"


def _newcomer(row: ImportRow, provenance: Provenance) -> Newcomer:
    person = from_plain(row.content["person"])
    said = [each for each in claims_of_row(person, provenance) if each.claim is not None]
    return Newcomer(said, own_columns_left_out(person.other), row, row_mark(person, provenance))


def _keep_outcomes(outcomes: Mapping[int, str]) -> None:
    """Mark the rows as done: by outcome, not row by row."""
    for outcome in sorted(set(outcomes.values())):
        rows = ImportRow.objects.filter(pk__in=[pk for pk, each in outcomes.items() if each == outcome])
        if outcome == "added":
            made = Statement.objects.filter(row=OuterRef("pk")).order_by("pk").values("person")[:1]
            rows.update(outcome=outcome, person=Subquery(made))
        else:
            rows.update(outcome=outcome)


def _do(row: ImportRow, provenance: Provenance, by: User | None) -> str:
    """Do one row that enters nobody new; gives its outcome."""
    choice = _choice(row)
    if row.action in _NOTHING_TO_DO:
        return row.action
    if choice == "skip":
        return "skipped" if row.choice else "left"
    person = from_plain(row.content["person"])
    mark = row_mark(person, provenance)
    claims = claims_of_row(person, provenance)
    other = own_columns_left_out(person.other)
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
