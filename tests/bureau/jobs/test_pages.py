"""The pages about jobs: progress, the way to the result, giving up, the first page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from homeward.bureau.jobs import services, working
from homeward.bureau.jobs.kinds import READ
from homeward.bureau.jobs.models import Job
from homeward.bureau.register.models import Import, Person
from tests.bureau.register.test_imports import sheet
from tests.bureau.register.test_pages import SOURCE

pytestmark = pytest.mark.django_db

ROWS = [[f"Ж-{n}", "Вигаданенко", "Тарас", "", f"{1960 + n}-05-14", ""] for n in range(3)]
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else does the jobs, as beside `homeward serve`."""
    monkeypatch.setattr(working._kept, "is_set", lambda: True)


def _upload(client: Client) -> str:
    answer = client.post("/people/imports/add/", {**SOURCE, "file": SimpleUploadedFile("list.csv", sheet(ROWS))})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_without_workers_an_import_is_done_at_once_and_leads_to_the_result(alice: Client) -> None:
    where = _upload(alice)
    assert where == f"/people/imports/{Import.objects.get().pk}/"
    assert alice.post(where + "go-on/")["Location"] == where
    assert Person.objects.count() == 3


def test_with_workers_the_upload_answers_with_the_page_of_a_job_which_leads_to_the_result(alice: Client, workers: None) -> None:
    where = _upload(alice)
    assert where == f"/jobs/{Job.objects.get().pk}/"
    assert not Import.objects.exists()
    page = alice.get(where).content.decode()
    assert "waits for its turn" in page
    assert "Give this job up" in page
    fragment = alice.get(where + "progress?said=waiting--0", **HX).content.decode()
    assert 'hx-trigger="every 1s"' in fragment
    assert "<h1" not in fragment
    working.work_off(READ)
    made = Import.objects.get()
    assert alice.get(where + "progress", **HX)["HX-Redirect"] == f"/people/imports/{made.pk}/"
    assert f'href="/people/imports/{made.pk}/"' in alice.get(where).content.decode()


def test_progress_is_read_out_only_when_it_is_worth_hearing(alice: Client, workers: None) -> None:
    where = _upload(alice)
    job = services.claim(READ, "one")
    assert job is not None
    services.tell(job, "comparing", 310, 1000)
    assert alice.get(where + "progress?said=waiting--0", **HX)["HX-Refresh"] == "true"
    first = alice.get(where + "progress?said=running-reading-0", **HX).content.decode()
    assert "310 of 1,000 rows" in first
    assert "30 per cent" in first
    services.tell(job, "comparing", 330, 1000)
    quiet = alice.get(where + "progress?said=running-comparing-3", **HX).content.decode()
    assert "330 of 1,000 rows" in quiet
    assert 'role="status"' not in quiet


def test_a_job_that_failed_says_why_where_it_was_asked_for(alice: Client, workers: None) -> None:
    answer = alice.post("/people/imports/add/", {**SOURCE, "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 nothing")})
    where = answer["Location"]
    working.work_off(READ)
    assert "Jobs that failed" in alice.get("/").content.decode()
    assert alice.get(where + "progress", **HX)["HX-Refresh"] == "true"
    assert "This is a PDF." in alice.get(where).content.decode()
    assert "Jobs that failed" not in alice.get("/").content.decode()


def test_the_first_page_keeps_the_officers_own_jobs(alice: Client, sign_in, workers: None) -> None:
    where = _upload(alice)
    other = sign_in("registrar", name="maria")
    assert "Jobs under way" in alice.get("/").content.decode()
    assert f'href="{where}"' in alice.get("/").content.decode()
    assert "Jobs under way" not in other.get("/").content.decode()
    working.work_off(READ)
    assert "Jobs done" in alice.get("/").content.decode()
    alice.get(where)
    assert "Jobs done" not in alice.get("/").content.decode()


def test_another_officers_job_is_not_there(alice: Client, sign_in, workers: None) -> None:
    where = _upload(alice)
    other = sign_in("registrar", name="maria")
    assert other.get(where).status_code == other.get(where + "progress", **HX).status_code == 404
    assert other.post(where + "give-up").status_code == 404
    assert "list.csv" not in other.get("/jobs/").content.decode()
    assert "list.csv" in alice.get("/jobs/").content.decode()


def test_a_waiting_job_is_given_up_and_one_that_has_begun_is_not(alice: Client, workers: None) -> None:
    first, second = _upload(alice), _upload(alice)
    services.claim(READ, "one")
    late = alice.post(first + "give-up")
    assert (late.status_code, Job.objects.get(pk=int(first.split("/")[2])).state) == (409, "running")
    assert "It has begun by now" in late.content.decode()
    assert alice.post(second + "give-up").status_code == 302
    assert "It was given up" in alice.get(second).content.decode()


def test_an_import_that_is_being_taken_in_shows_its_job_and_is_not_dropped(alice: Client, workers: None) -> None:
    _upload(alice)
    working.work_off(READ)
    page = f"/people/imports/{Import.objects.get().pk}/"
    job = alice.post(page + "go-on/")["Location"]
    assert alice.post(page + "go-on/")["Location"] == job
    shown = alice.get(page).content.decode()
    assert f'href="{job}"' in shown
    assert "Import 3 rows" not in shown
    assert alice.post(page + "drop/")["Location"] == job
    assert Import.objects.get().state == "staged"
