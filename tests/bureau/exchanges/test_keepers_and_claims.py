"""Two keepers release from the pages of their own nodes; then somebody who is missing from a list is claimed, and the file is shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.journal.models import Line
from homeward.bureau.register import services_protect
from tests.bureau.conftest import browser_of, make_officer
from tests.bureau.exchanges.conftest import PARTY_ROLES
from tests.bureau.register.people import koval
from tests.bureau.things import two_keepers

pytestmark = pytest.mark.django_db

CODES = ("NEUTRAL", "TR", "UA", "RU")


class Four:
    """Four nodes in one test database, as `World` has three."""

    def __init__(self, node: Path) -> None:
        self.exchanges: dict[str, Exchange] = {}
        self.officers: dict[str, list[User]] = {}
        for code in CODES:
            slug = f"two-{code.lower()}"
            shutil.copytree(two_keepers() / code, node / "exchanges" / slug)
            self.exchanges[code] = services.add_exchange(slug, "Two keepers", by=None)
            roles = PARTY_ROLES if code in {"UA", "RU"} else (Role.NEUTRAL_DELEGATE,)
            self.officers[code] = [make_officer(f"{code.lower()}-{n}", *roles, device=f"officer-{n}") for n in (1, 2)]
            for officer in self.officers[code]:
                services.assign(self.exchanges[code], officer, by=None)

    def client(self, code: str, number: int = 0) -> Client:
        return browser_of(self.officers[code][number])

    def url(self, code: str, rest: str) -> str:
        return f"/exchanges/two-{code.lower()}/{rest}"

    def text(self, code: str, rest: str, **sent: Any) -> str:
        client = self.client(code)
        return client.get(self.url(code, rest), sent).content.decode()

    def sign(self, code: str, **sent: str) -> None:
        """Ask for it by the first officer, and confirm by the second where it needs two."""
        self.client(code).post(self.url(code, "sign"), sent)
        for pending in self.exchanges[code].pending.filter(ended_at__isnull=True):
            self.client(code, 1).post(self.url(code, f"second/{pending.pk}"), {"do": "confirm"})

    def round(self) -> None:
        for code in ("TR", "UA", "RU"):
            self.carry(code, "NEUTRAL")
        services.make_head_now(self.exchanges["NEUTRAL"], by=self.officers["NEUTRAL"][0])
        for code in ("TR", "UA", "RU"):
            self.carry("NEUTRAL", code)
            services.cosign_head(self.exchanges[code], by=self.officers[code][0])
            self.carry(code, "NEUTRAL")
        for code in ("TR", "UA", "RU"):
            self.carry("NEUTRAL", code)

    def carry(self, sender: str, to: str) -> None:
        path = services.make_parcel(self.exchanges[sender], to, by=self.officers[sender][0])
        services.take_parcel(self.exchanges[to], path.read_bytes(), by=self.officers[to][0])


@pytest.fixture
def four(db: None, node: Path) -> Four:
    return Four(node)


def _release(four: Four) -> None:
    made = four.client("TR").post(four.url("TR", "release/shares"))
    assert made.headers["Content-Disposition"] == 'attachment; filename="TR.shares"'
    take: Callable[[bytes], None] = lambda data: four.client("NEUTRAL").post(  # noqa: E731 - said three times below.
        four.url("NEUTRAL", "release/take-shares"), {"file": SimpleUploadedFile("TR.shares", data)}
    )
    take(made.content[:-10])
    assert "not here yet" in four.text("NEUTRAL", "release/"), "half a file changes nothing"
    take(made.content)
    take(made.content)
    page = four.text("NEUTRAL", "release/")
    assert "not here yet" not in page
    assert "Open all lists and sign the release" in page
    four.sign("NEUTRAL", what="release")
    four.client("NEUTRAL").post(four.url("NEUTRAL", "release/hand-over"))
    with services.office_of(four.exchanges["NEUTRAL"]) as office:
        assert not (office.private / "going").exists(), "nothing is handed over before the other keeper has signed"
    four.round()
    with services.office_of(four.exchanges["TR"]) as office:
        leaf = next(leaf for leaf, each in office.state.proposals.items() if each.entry.act == "lists-released")
    assert "Read and agree" in four.text("TR", "release/")
    four.sign("TR", what="agree", of=leaf)
    four.round()
    assert "Every keeper has signed" in four.text("TR", "release/")
    for _ in range(2):
        four.client("NEUTRAL").post(four.url("NEUTRAL", "release/hand-over"))
    assert "The lists are on their way" in four.text("NEUTRAL", "release/")
    four.round()
    for code, list_id in (("UA", "home-UA"), ("RU", "home-RU")):
        four.sign(code, what="open-list", list=list_id)
        assert len(services.people_on(four.exchanges[code], list_id)) == 2


def test_two_keepers_release_by_pages_and_then_somebody_missing_is_claimed(four: Four) -> None:
    assert four.client("UA").get(four.url("UA", "release/")).status_code == 403
    assert "To the release" in four.text("TR", "lists/")
    _release(four)
    four.round()
    missing = koval()
    number = f"r-{missing.number}"
    asked = {"what": "claim", "list": "home-UA", "number": number}
    before = four.text("UA", "sign", **asked)
    assert "You hold somebody who is not on your list home-UA" in before
    four.sign("UA", **asked)
    four.sign("UA", **asked)
    page = four.text("UA", "lists/home-UA/claims/")
    assert page.count(number) >= 1
    four.round()
    with services.office_of(four.exchanges["RU"]) as office:
        assert office.state.lists["home-UA"].claims == 1, "said twice, it is signed once"
        (line,) = (line for line in office.store.lines() if b'"claimed"' in line)
        (digest,) = (entry.fields["claim"] for entry in office.entries() if entry.act == "claimed")
    assert "Коваленчук".encode() not in line
    theirs = four.text("RU", "lists/home-UA/claims/")
    assert str(digest) in theirs
    assert number not in theirs
    file = four.client("UA").post(four.url("UA", "lists/home-UA/claims/file"), {"claim": digest})
    assert "Коваленчук" in file.content.decode()

    def look(data: bytes) -> str:
        upload = {"file": SimpleUploadedFile("claim.json", data)}
        return four.client("RU").post(four.url("RU", "lists/home-UA/claims/look"), upload, follow=True).content.decode()

    assert "Коваленчук" in look(file.content)
    forged = look(file.content.replace("Коваленчук".encode(), "Коваленко".encode()))
    assert "Коваленко" not in forged
    assert "names this file" in forged
    told = list(Line.objects.filter(subject="exchange:two-ua", counts__kind="claim").values_list("counts", flat=True))
    assert told == [{"kind": "claim", "claim": digest}]
    assert Line.objects.filter(tag="exchanges:claim:read").count() == 1, "a file that no act names is not read"


def test_whom_an_officer_may_not_know_of_he_does_not_claim_nor_see_claimed(four: Four) -> None:
    hidden = koval()
    services_protect.protect(
        hidden.number, [make_officer("reader", Role.LIST_OFFICER)], "a threat to the family", by=make_officer("dp", Role.DATA_PROTECTION)
    )  # fmt: skip
    client = four.client("UA")
    answer = client.post(
        four.url("UA", "sign"), {"what": "claim", "list": "home-UA", "number": f"r-{hidden.number}"}, follow=True
    )
    assert "Nobody in the register has this number" in answer.content.decode()
    with services.office_of(four.exchanges["UA"]) as office:
        assert not office.store.pending()
