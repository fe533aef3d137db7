"""Jobs as rows: asked once, taken by one worker, kept by a lease, ended in the transaction of their last writing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.jobs import services, working
from homeward.bureau.jobs.kinds import COMPARE, KINDS, READ, STEPS, TAKE_IN
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.states import State
from homeward.bureau.journal.models import Line
from homeward.bureau.register.models import Import, Person
from homeward.bureau.register.work import ask_to_read, ask_to_take_in
from homeward.bureau.review.models import Run
from homeward.bureau.review.work import ask_about_file
from tests.bureau.conftest import make_officer
from tests.bureau.register.people import RECORDS
from tests.bureau.register.test_imports import sheet

pytestmark = pytest.mark.django_db

ROWS = [[f"Ж-{n}", "Вигаданенко", "Тарас", "", f"{1960 + n}-05-14", ""] for n in range(12)]


@pytest.fixture
def registrar(db: None) -> User:
    return make_officer("registrar", Role.REGISTRAR)


def _read(by: User) -> Job:
    return ask_to_read(sheet(ROWS), "Вигаданенко.csv", RECORDS, by=by)


def _tags() -> list[str]:
    return list(Line.objects.filter(tag__startswith="jobs:").order_by("pk").values_list("tag", flat=True))


def _let_the_lease_run_out() -> None:
    Job.objects.filter(state=State.RUNNING.value).update(lease=timezone.now() - timedelta(seconds=1))


def test_a_file_is_read_and_taken_in_by_two_jobs_with_a_line_in_the_journal_for_each_step(registrar: User) -> None:
    job = _read(registrar)
    assert (job.state, Import.objects.count()) == ("waiting", 0)
    assert working.work_off(READ) == 1
    job.refresh_from_db()
    one = Import.objects.get()
    assert (job.state, job.about, job.file, job.asked) == ("done", f"import:{one.pk}", b"", {"title": "Вигаданенко.csv"})
    assert not Person.objects.exists()
    second = ask_to_take_in(one, by=registrar)
    assert working.work_off(TAKE_IN) == 1
    second.refresh_from_db()
    assert (second.state, second.rows, second.total, Person.objects.count()) == ("done", 12, 12, 12)
    assert _tags() == ["jobs:job:asked", "jobs:job:done"] * 2


def test_a_list_is_compared_by_a_job(registrar: User) -> None:
    officer = make_officer("lister", Role.LIST_OFFICER)
    ask_about_file("draft", ".csv", sheet(ROWS), by=officer)
    assert working.work_off(COMPARE) == 1
    assert (Job.objects.get().state, Run.objects.get().entries, Run.objects.get().by) == ("done", 12, officer)


def test_asking_twice_about_one_import_is_one_job(registrar: User) -> None:
    _read(registrar)
    working.work_off(READ)
    one = Import.objects.get()
    assert ask_to_take_in(one, by=registrar) == ask_to_take_in(one, by=registrar)
    assert Job.objects.filter(kind=TAKE_IN).count() == 1


def test_two_workers_never_have_jobs_of_one_kind_at_the_same_time(registrar: User) -> None:
    first, second = _read(registrar), _read(registrar)
    taken = services.claim(READ, "one")
    assert taken == first
    assert services.claim(READ, "two") is None
    assert services.claim(COMPARE, "two") is None
    services.fail(taken, "why")
    assert services.claim(READ, "two") == second


def test_the_database_itself_refuses_a_second_running_job_of_a_kind(registrar: User) -> None:
    _read(registrar), _read(registrar)
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        Job.objects.update(state=State.RUNNING.value)


def test_a_job_whose_worker_was_killed_is_taken_when_the_lease_has_run_out_and_not_before(registrar: User) -> None:
    job = _read(registrar)
    assert services.claim(READ, "killed") == job
    assert not services.waits(READ)
    assert services.claim(READ, "next") is None
    _let_the_lease_run_out()
    assert services.waits(READ)
    taken = services.claim(READ, "next")
    assert taken is not None
    assert (taken.holder, taken.tries) == ("next", 2)
    assert _tags()[-1] == "jobs:job:resumed"


def test_a_worker_that_lives_keeps_its_job(registrar: User) -> None:
    _read(registrar)
    job = services.claim(READ, "alive")
    assert job is not None
    _let_the_lease_run_out()
    assert services.beat(job)
    assert services.claim(READ, "next") is None


def test_what_a_worker_that_lost_its_job_was_writing_is_undone(registrar: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """It slept past its lease and another has done the work: the dry run is there once."""
    _read(registrar)
    whole = working.Work.done

    def slept(work: working.Work, about: str) -> None:
        monkeypatch.setattr(working.Work, "done", whole)
        Job.objects.update(holder="another")
        whole(work, about)

    monkeypatch.setattr(working.Work, "done", slept)
    working.work_off(READ)
    assert not Import.objects.exists()
    assert Job.objects.get().state == "running"
    _let_the_lease_run_out()
    working.work_off(READ)
    assert (Import.objects.count(), Job.objects.get().state) == (1, "done")


def test_a_step_of_a_worker_that_lost_its_job_is_undone(registrar: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _read(registrar)
    working.work_off(READ)
    ask_to_take_in(Import.objects.get(), by=registrar)
    whole = working.Work.so_far

    def slept(work: working.Work, name: str, rows: int, total: int) -> None:
        Job.objects.filter(kind=TAKE_IN).update(holder="another")
        whole(work, name, rows, total)

    monkeypatch.setattr(working.Work, "so_far", slept)
    working.work_off(TAKE_IN)
    assert not Person.objects.exists()


def test_a_job_that_ends_its_worker_again_and_again_is_given_no_more(registrar: User) -> None:
    job = _read(registrar)
    for number in range(services.MOST_TRIES):
        assert services.claim(READ, f"worker{number}") == job
        _let_the_lease_run_out()
    assert services.claim(READ, "last") is None
    job.refresh_from_db()
    assert job.state == "failed"
    assert "smaller" in job.told
    assert (job.file, services.waits(READ)) == (b"", False)


def test_a_fault_of_the_program_ends_the_job_and_is_told_without_what_it_quoted(
    registrar: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise KeyError("Вигаданенко")

    monkeypatch.setattr("homeward.bureau.register.services_import.dry_run", breaks)
    _read(registrar)
    working.work_off(READ)
    job = Job.objects.get()
    assert (job.state, Import.objects.count()) == ("failed", 0)
    assert "administrator" in job.told
    assert "Вигаданенко" not in job.told
    assert _tags() == ["jobs:job:asked", "jobs:job:failed"]


def test_a_file_that_cannot_be_read_is_told_in_the_language_of_who_asked(registrar: User) -> None:
    job = ask_to_read(b"%PDF-1.7 nothing", "x.pdf", RECORDS, by=registrar)
    working.work_off(READ)
    job.refresh_from_db()
    assert "This is a PDF." in job.told


def test_an_officer_who_has_lost_the_role_gets_nothing_done(registrar: User) -> None:
    _read(registrar)
    User.objects.update(role_names=[])
    working.work_off(READ)
    assert (Job.objects.get().state, Import.objects.count()) == ("failed", 0)


def test_more_jobs_than_an_officer_may_have_open_are_refused_with_the_remedy(registrar: User) -> None:
    for _ in range(services.MOST_OPEN):
        services.ask(READ, by=registrar, title="list.csv")
    with pytest.raises(services.JobError, match="give one up"):
        services.ask(READ, by=registrar, title="list.csv")


def test_a_job_given_up_is_not_done_and_its_file_is_gone(registrar: User) -> None:
    job = _read(registrar)
    assert services.give_up(job, by=registrar)
    assert working.work_off(READ) == 0
    job.refresh_from_db()
    assert (job.state, job.file, Import.objects.count()) == ("given_up", b"", 0)
    assert _tags() == ["jobs:job:asked", "jobs:job:given_up"]


def test_a_row_holds_no_name_in_the_clear(registrar: User) -> None:
    job = _read(registrar)
    services.claim(READ, "one")
    services.fail(Job.objects.get(), "Вигаданенко")
    _read(registrar)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM jobs_job")
        kept = b" ".join(
            bytes(each) if isinstance(each, (bytes, memoryview)) else str(each).encode() for row in cursor for each in row
        )
    assert job.pk
    assert "Вигаданенко".encode() not in kept
    assert b"list.csv" not in kept


def test_every_kind_has_code_that_is_there_and_a_page(registrar: User) -> None:
    for kind in KINDS.values():
        assert callable(kind.do)
        assert kind.result_of("thing:7").endswith("/7/")
    assert all(len(name) <= 12 for name in STEPS)


def test_a_client_is_there_for_the_pages(alice: Client) -> None:
    assert alice.get("/jobs/").status_code == 200
