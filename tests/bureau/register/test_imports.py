"""Importing files: what the dry run says, that it can be cut off anywhere, that twice is once, and that the journal tells of it."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from homeward.bureau.access.models import User
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register import services, services_export, services_import, services_protect
from homeward.bureau.register.claims import Said
from homeward.bureau.register.dry_run import LIKELY
from homeward.bureau.register.known import known
from homeward.bureau.register.models import Import, Person, Statement
from homeward.people import Field, read_people, table_bytes
from tests.bureau.register.people import RECORDS, claim, enter, koval

pytestmark = pytest.mark.django_db

HEADINGS = ["ID", "Прізвище", "Ім'я", "По батькові", "Дата народження", "Звання"]
ROWS = [
    ["А-1", "Тестенко", "Іван", "Петрович", "14.03.1987", "солдат"],
    ["А-2", "Вигаданий", "Петро", "Іванович", "1990", "хорунжий"],
    ["А-3", "", "", "", "1991", ""],
    ["А-4", "Придуманко", "Олена", "Ігорівна", "н/д", "майор"],
]


def sheet(rows: list[list[str]], headings: list[str] = HEADINGS, ending: str = ".csv") -> bytes:
    return table_bytes(ending, headings, rows)


def stage(by: User | None, data: bytes, ending: str = ".csv") -> Import:
    return services_import.stage(data, f"list{ending}", RECORDS, by=by)


def finish(of: Import, by: User | None = None) -> dict[str, int]:
    while services_import.go_on(of, by=by):
        pass
    of.refresh_from_db()
    return dict(of.counts["outcomes"])


def actions(of: Import) -> list[tuple[int, str]]:
    return list(of.rows.values_list("number", "action"))


@pytest.fixture
def registrar(alice: Client) -> User:
    return alice.officer  # type: ignore[attr-defined,no-any-return]


def test_a_dry_run_writes_nothing_into_the_register(registrar: User) -> None:
    of = stage(registrar, sheet(ROWS))
    assert actions(of) == [(2, "new"), (3, "new"), (4, "refused"), (5, "new")]
    assert of.counts["accepted"] + of.counts["remarked"] + of.counts["refused"] == of.counts["total"] == 4
    assert not Person.objects.exists()


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_every_row_has_an_outcome_and_the_people_are_in_the_register(registrar: User, ending: str) -> None:
    assert finish(stage(registrar, sheet(ROWS, ending=ending), ending), registrar) == {"added": 3, "refused": 1}
    found = {person.text(Field.SURNAME): person for person in services.people(registrar)}
    assert found["Вигаданий"].written(Field.RANK) == "хорунжий"
    assert str(found["Вигаданий"].date(Field.BIRTH_DATE)) == "1990"


def test_the_same_file_twice_changes_nothing(registrar: User) -> None:
    finish(stage(registrar, sheet(ROWS)), registrar)
    before = Statement.objects.count()
    again = stage(registrar, sheet(ROWS))
    assert actions(again) == [(2, "same"), (3, "same"), (4, "refused"), (5, "same")]
    assert finish(again, registrar) == {"refused": 1, "same": 3}
    assert Statement.objects.count() == before


def test_the_same_file_without_identifiers_twice_changes_nothing(registrar: User) -> None:
    rows = [row[1:] for row in ROWS]
    finish(stage(registrar, sheet(rows, HEADINGS[1:])), registrar)
    assert finish(stage(registrar, sheet(rows, HEADINGS[1:])), registrar) == {"refused": 1, "same": 3}
    assert Person.objects.count() == 3


def test_an_import_that_is_cut_off_goes_on_where_it_stopped(registrar: User, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[f"Б-{n}", f"Тестенко{'абвгдежзик'[n % 10]}", "Іван", "", f"19{70 + n % 30}", ""] for n in range(30)]
    of = stage(registrar, sheet(rows))
    whole = services_import.add_people
    calls = 0

    def breaks(*args: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        made = whole(*args, **more)  # type: ignore[arg-type]
        if calls % 2 == 0:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(services_import, "add_people", breaks)
    cut_off = 0
    for _ in range(200):
        try:
            if not services_import.go_on(of, by=registrar, rows=3):
                break
        except KeyboardInterrupt:
            cut_off += 1
        # After each cut the rows that are marked as done and the people who are there agree.
        assert of.rows.exclude(outcome="").count() == Person.objects.count()
    assert cut_off > 3
    assert Person.objects.count() == Statement.objects.count() == 30
    of.refresh_from_db()
    assert (of.state, of.counts["outcomes"]) == ("applied", {"added": 30})


def test_an_import_is_in_the_journal_with_its_hash_and_every_row(registrar: User) -> None:
    """Uwazi #7796: the activity log was empty for imports."""
    data = sheet(ROWS)
    of = stage(registrar, data)
    finish(of, registrar)
    digest = hashlib.sha256(data).hexdigest()
    staged, applied = (Line.objects.get(tag=tag.value) for tag in (Tag.REGISTER_IMPORT_STAGED, Tag.REGISTER_IMPORT_APPLIED))
    assert (staged.subject, staged.counts["sha256"], staged.counts["total"]) == (f"import:{of.pk}", digest, 4)
    assert applied.counts == {"sha256": digest, "rows": 4, "added": 3, "refused": 1}
    rows = Line.objects.filter(tag=Tag.REGISTER_PERSON_ADDED.value).order_by("id").values_list("counts", flat=True)
    assert [(counts["import"], counts["row"]) for counts in rows] == [(of.pk, 2), (of.pk, 3), (of.pk, 5)]


def test_rows_that_an_officer_leaves_out_are_no_errors(registrar: User) -> None:
    """SORMAS #2567: "skip" was counted as an error."""
    of = stage(registrar, sheet(ROWS))
    services_import.choose(of, 3, "skip", by=registrar)
    assert finish(of, registrar) == {"added": 2, "refused": 1, "skipped": 1}


def test_a_row_that_updates_a_person_is_not_its_own_duplicate(registrar: User) -> None:
    """SORMAS #5442: the import found the record itself as a duplicate."""
    finish(stage(registrar, sheet(ROWS)), registrar)
    changed = [[*ROWS[0][:5], "майор"]]
    of = stage(registrar, sheet(changed))
    (row,) = of.rows.all()
    assert (row.action, row.likely, row.content["twins"], row.content["fields"]) == ("update", False, [], ["rank"])
    assert finish(of, registrar) == {"updated": 1}
    assert Person.objects.count() == 3


def test_all_namesakes_are_shown_for_a_row(registrar: User) -> None:
    """SORMAS #2506: only one of several homonyms was shown."""
    made = {koval(birth_date=day).number for day in ("1987-03-14", "1987-03-15", "1987-03-16")}
    of = stage(registrar, sheet([["", "Коваленчук", "Остап", "", "1987", ""]]))
    (row,) = of.rows.all()
    assert {number for kind, number, _ in row.content["twins"] if kind == "person"} == made
    assert row.likely
    assert finish(of, registrar) == {"added": 1}, "a likely duplicate is shown and never stops anything"


def test_repeats_inside_the_file_are_found_and_can_be_left_out(registrar: User) -> None:
    row = ["Тестенко", "Микола", "Петрович", "14.03.1987", "солдат"]
    of = stage(registrar, sheet([["", *row], ["", "TESTENKO", "NIKOLAI", "PETROVICH", "1987-03-14", "private"]]))
    assert [(r.number, r.likely, [tuple(t[:2]) for t in r.content["twins"]]) for r in of.rows.all()] == [
        (2, True, [("row", 3)]),
        (3, True, [("row", 2)]),
    ]
    assert of.rows.all()[0].content["twins"][0][2] >= LIKELY
    assert services_import.leave_out_likely(of, by=registrar) == 2
    assert finish(of, registrar) == {"skipped": 2}


def exported(registrar: User) -> list[list[str]]:
    """The register as it was taken out, as rows of text under the headings."""
    _, data = services_export.export(registrar, known(registrar), ".csv", "to correct it")
    return [line.split(";") for line in data.decode("utf-8-sig").splitlines()]


def test_an_export_that_comes_back_changed_adds_only_what_was_changed(registrar: User) -> None:
    """Uwazi #5157: an import could not update rows."""
    first, second = koval(rank="private"), enter(surname="Тестенко", birth_date="1990")
    head, *rows = exported(registrar)
    at = head.index("Rank")
    rows = [[*row[:at], "major", *row[at + 1 :]] if row[0] == f"r-{first.number}" else row for row in rows]
    of = stage(registrar, sheet(rows, head))
    assert {row.person_id: (row.action, row.content["fields"]) for row in of.rows.all()} == {
        first.pk: ("update", ["rank"]),
        second.pk: ("same", []),
    }
    finish(of, registrar)
    found = services.person(first.number)
    assert found is not None
    assert found.text(Field.RANK) == "major"


def test_a_row_written_before_others_changed_the_field_waits_for_a_decision(registrar: User) -> None:
    """Primero #508, by file: what somebody else entered meanwhile is not replaced in silence."""
    made = koval(rank="private")
    head, row = exported(registrar)
    row[head.index("Rank")] = "major"
    services.add_claims(made.number, [Said("", Field.RANK, claim(Field.RANK, "captain"), RECORDS)], seen=1, by=None)
    undecided = stage(registrar, sheet([row], head))
    assert actions(undecided) == [(2, "conflict")]
    assert finish(undecided, registrar) == {"left": 1}
    assert _rank(made) == "captain"
    kept = stage(registrar, sheet([row], head))
    services_import.choose(kept, 2, "theirs", by=registrar)
    assert finish(kept, registrar) == {"updated": 1}
    assert _rank(made) == "captain"


def test_a_row_written_before_others_changed_another_field_is_no_conflict(registrar: User) -> None:
    made = koval(rank="private", unit="А1234")
    head, row = exported(registrar)
    row[head.index("Unit")] = "А4321"
    services.add_claims(made.number, [Said("", Field.RANK, claim(Field.RANK, "captain"), RECORDS)], seen=1, by=None)
    of = stage(registrar, sheet([row], head))
    assert [(each.action, each.content["fields"]) for each in of.rows.all()] == [("update", ["unit"])]
    assert finish(of, registrar) == {"updated": 1}
    assert _rank(made) == "captain"


def test_what_changed_between_the_dry_run_and_the_import_is_not_run_over(registrar: User) -> None:
    made = koval(rank="private")
    of = stage(registrar, sheet([[f"r-{made.number}", "Коваленчук", "Остап", "", "", "майор"]]))
    services.add_claims(made.number, [Said("", Field.RANK, claim(Field.RANK, "captain"), RECORDS)], seen=1, by=None)
    assert finish(of, registrar) == {"moved": 1}
    assert _rank(made) == "captain"


def test_an_identifier_of_somebody_of_another_name_joins_nobody_by_itself(registrar: User) -> None:
    finish(stage(registrar, sheet(ROWS)), registrar)
    of = stage(registrar, sheet([["А-1", "Цілкомінший", "Зеновій", "", "1950", ""]]))
    assert actions(of) == [(2, "differs")]
    with pytest.raises(AssertionError):
        services_import.choose(of, 2, "add", by=registrar)
    assert finish(of, registrar) == {"left": 1}


def test_a_protected_person_is_for_an_import_as_if_there_were_none(registrar: User, sign_in) -> None:
    from homeward.bureau.access.roles import Role

    finish(stage(registrar, sheet(ROWS)), registrar)
    number = next(p.id for p in services.people(None) if p.text(Field.SURNAME) == "Тестенко")
    officer, reader = sign_in(Role.DATA_PROTECTION).officer, sign_in(Role.LIST_OFFICER).officer
    services_protect.protect(int(number[2:]), [reader], "a threat", by=officer)
    of = stage(registrar, sheet([ROWS[0], [number, *ROWS[0][1:]], ["r-1000000", *ROWS[0][1:]]]))
    rows = list(of.rows.all())
    assert [row.action for row in rows] == ["new", "unknown", "unknown"]
    assert not [twin for row in rows for twin in row.content["twins"] if twin[0] == "person"]


def test_a_file_that_is_given_up_leaves_its_line_and_nothing_else(registrar: User) -> None:
    of = stage(registrar, sheet(ROWS))
    services_import.drop(of, by=registrar)
    of.refresh_from_db()
    assert (of.state, bytes(of.file), of.rows.count()) == ("dropped", b"", 0)
    assert Line.objects.filter(tag=Tag.REGISTER_IMPORT_DROPPED.value, subject=f"import:{of.pk}").exists()


def test_other_apps_import_a_file_in_one_go(tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(sheet(ROWS))
    assert services.import_people(path, RECORDS, by=None) == {"added": 3, "refused": 1}
    assert services.import_people(read_people(path).rows, RECORDS, by=None) == {"refused": 1, "same": 3}


def _rank(made: Person) -> str | None:
    found = services.person(made.number)
    assert found is not None
    return found.text(Field.RANK)


def test_an_upload_of_names_never_lies_in_a_temporary_file(alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.bureau.register.test_pages import SOURCE

    def refuse(*_args: object, **_more: object) -> object:
        raise AssertionError("a temporary file was opened")

    rows = [[f"В-{n}", "Тестенко", "Іван", "", "", "х" * 400] for n in range(3500)]
    data = sheet(rows)
    assert len(data) > 2.5 * 2**20, "larger than what Django keeps in memory by itself"
    monkeypatch.setattr("homeward.bureau.register.dry_run.match", lambda *_, **__: [])
    monkeypatch.setattr("homeward.bureau.register.dry_run.match_self", lambda *_, **__: [])
    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    answer = alice.post("/people/imports/add/", {**SOURCE, "file": SimpleUploadedFile("list.csv", data)})
    assert answer.status_code == 302
    assert Import.objects.get().counts["total"] == 3500
