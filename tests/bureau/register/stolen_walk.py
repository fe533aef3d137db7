"""A day's work on a node with a database of its own, whose files are then copied as a thief would: while it runs, with its log.

Run by test_stolen_database.py as a process of its own, because the tests' own database lies in memory.
"""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import django

#: Everybody and everything here is invented; each is long enough not to come about by chance.
SECRETS = {
    "surname": "Цвіркуненчук",
    "given": "Зореславко",
    "patronymic": "Громовладович",
    "latin": "Tsvirkunenchuk",
    "second surname": "Квакушкевич",
    "typed surname": "Підберезовенко",
    "place": "Нижньовигаданськ",
    "site": "Табір Далекоозерний",
    "service number": "ЖЖ-714253",
    "source": "лист матері з Верхньовигаданська",
    "reason": "лікарня питає про Цвіркуненчука негайно",
    "identifier": "ОБЛІК-990417",
    "note": "шрам над лівою бровою",
    "officer": "Мавродієнко Степанида",
}
DATES = [date(1961, 11, 23), date(1973, 10, 19), date(1958, 12, 27)]
REASON = "for the list of the second stage"


def walk(folder: Path) -> None:
    """Import, enter, correct, search, protect, break the glass, export; with sessions of officers."""
    django.setup()
    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    from homeward.bureau.access.models import User
    from homeward.bureau.access.roles import Role
    from homeward.bureau.register import services
    from homeward.people import table_bytes
    from tests.bureau.conftest import browser_of, make_officer

    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    alice, lev, dana = (
        browser_of(make_officer(name, role))
        for name, role in (("alice", Role.REGISTRAR), ("lev", Role.LIST_OFFICER), ("dana", Role.DATA_PROTECTION))
    )
    User.objects.filter(username="alice").update(called=SECRETS["officer"])
    source = {"kind": "letter", "text": SECRETS["source"], "grade": "", "on": "2026-05-03"}
    heads = [
        "ID", "Прізвище", "Ім'я", "По батькові", "Дата народження", "Місце народження", "Особистий номер", "Місце утримання", "Примітка",
    ]  # fmt: skip
    row = [
        SECRETS["identifier"], SECRETS["surname"], SECRETS["given"], SECRETS["patronymic"], f"{DATES[0]:%d.%m.%Y}", SECRETS["place"],
        SECRETS["service number"], SECRETS["site"], SECRETS["note"],
    ]  # fmt: skip
    second = ["", SECRETS["second surname"], SECRETS["given"], "", DATES[1].isoformat(), "", "", "", ""]
    for ending in (".xlsx", ".csv"):
        upload = SimpleUploadedFile(f"{SECRETS['surname']}{ending}", table_bytes(ending, heads, [row, second]))
        answer = alice.post("/people/imports/add/", {**source, "file": upload})
        assert answer.status_code == 302, answer.content.decode()
        while alice.post(f"{answer.headers['Location']}go-on/", headers={"HX-Request": "true"}).content:
            pass
        alice.get(answer.headers["Location"])
        alice.get(f"{answer.headers['Location']}result.xlsx")
    found = services.people(None)
    assert len(found) == 2
    number = int(found[0].id[2:])
    typed = {"surname": SECRETS["typed surname"], "given_names": SECRETS["given"], "birth_date": DATES[2].isoformat()}
    alice.post("/people/duplicates/", typed)
    alice.post("/people/add/", {**source, **typed, "ticket": "t1"})
    alice.post(f"/people/{number}/claim/", {**source, "surname": SECRETS["latin"], "seen": "1", "ticket": "t2"})
    for query in (SECRETS["surname"], SECRETS["latin"], f"{SECRETS['typed surname']} {SECRETS['given']} 1958"):
        assert alice.post("/people/search/", {"query": query}).status_code == 200
        alice.get("/people/")
    for ending in (".xlsx", ".csv"):
        assert lev.post("/people/export/", {"ending": ending, "reason": SECRETS["reason"]}).headers["Content-Disposition"]
    reader = User.objects.get(username="lev")
    assert dana.post(f"/people/{number}/protect/", {"readers": [reader.pk], "reason": SECRETS["reason"]}).status_code == 302
    glass = {"ground": "life", "sought": f"{SECRETS['surname']} {SECRETS['given']}", "reason": SECRETS["reason"]}
    assert alice.post("/people/break-glass/", glass).status_code == 302
    alice.get("/people/")
    dana.get("/people/break-glass/review/")
    # A fault of our own, whose text would quote a name, must not carry it into the log either.
    alice.raise_request_exception = False
    services.number_of = None  # type: ignore[assignment]
    assert alice.post("/people/duplicates/", {**typed, "besides": SECRETS["surname"]}).status_code == 500
    stolen = folder / "stolen"
    stolen.mkdir()
    for path in settings.NODE.glob("node.sqlite3*"):
        shutil.copy(path, stolen)


if __name__ == "__main__":
    walk(Path(sys.argv[1]))
