"""An exchange from an empty node to frozen lists, clicked through by three parties' officers; files carried by hand between them."""

from __future__ import annotations

import inspect
import re
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges import services, services_founding
from homeward.bureau.exchanges.models import DraftAnswer, Exchange
from homeward.bureau.exchanges.services_answers import latest_run
from homeward.bureau.node.folder import Identity
from homeward.bureau.register.services import people as register_people
from tests.bureau.conftest import browser_of, make_officer

pytestmark = pytest.mark.django_db

TERMS = b"""
schema = "exchange-terms/1"
title = "Two for two (invented)"
[parties]
AA = "First"
BB = "Second"
[sides.home-AA]
from = "BB"
to = "AA"
[sides.home-BB]
from = "AA"
to = "BB"
[[stages]]
id = "day"
date = 2026-01-10
[groups]
soldier = "status == 'military'"
[[terms]]
id = "T1"
text = "two from each side"
kind = "count"
group = "soldier"
sides = ["home-AA", "home-BB"]
over = "day"
equals = 2
"""
HEAD = "Surname;Given names;Date of birth;Status;Sex\n"
PEOPLE = {
    "AA": HEAD + "Вигаданенко;Олег;1990-01-02;military;M\nПрикладенко;Іван;1991-03-04;military;M\n",
    "BB": HEAD + "Выдумкин;Пётр;1992-05-06;military;M\nПримеров;Семён;1993-07-08;military;M\n",
}
CODES = ("AA", "BB", "NN")


class Node:
    """One party's browser windows: two officers, and the short name of its exchange."""

    def __init__(self, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.code, self.slug, self._patch = code, f"two-{code.lower()}", monkeypatch
        roles = (Role.NEUTRAL_DELEGATE,) if code == "NN" else (Role.LIST_OFFICER, Role.NEGOTIATOR)
        self.officers: list[User] = [make_officer(f"{code.lower()}{n}", *roles) for n in (1, 2)]
        self.clients: list[Client] = [browser_of(user) for user in self.officers]

    @property
    def exchange(self) -> Exchange:
        return Exchange.objects.get(slug=self.slug)

    def here(self) -> None:
        """Let this process be this party's node."""
        identity = Identity(self.code, self.code, neutral=self.code == "NN")
        self._patch.setattr(settings, "IDENTITY", identity)

    def get(self, page: str, officer: int = 0) -> str:
        self.here()
        response = self.clients[officer].get(f"/exchanges/{self.slug}/{page}")
        assert response.status_code == 200, (page, response.status_code)
        return response.content.decode()

    def post(self, page: str, officer: int = 0, **data: object) -> str:
        """Send a form and follow to the page that it leads to."""
        self.here()
        response = self.clients[officer].post(f"/exchanges/{self.slug}/{page}", data, follow=True)
        assert response.status_code == 200, (page, response.status_code)
        text = response.content.decode()
        assert "note--error" not in text, re.findall(r'note--error">(.*?)<', text)
        return text

    def file(self, page: str, content: bytes, name: str = "file.txt") -> str:
        return self.post(page, file=SimpleUploadedFile(name, content))

    def sign(self, what: str, **args: str) -> None:
        """Read the page that stands before the signature, sign; a second officer confirms where two are needed."""
        self.here()
        page = self.clients[0].get(f"/exchanges/{self.slug}/sign", {"what": what, **args})
        assert page.status_code == 200, what
        assert "It would have no effect" not in page.content.decode(), re.findall(
            "no effect now: (.*?)<", page.content.decode()
        )
        self.post("sign", what=what, **args)
        waiting = self.exchange.pending.filter(ended_at__isnull=True).first()
        if waiting is not None:
            assert "Confirm and sign" not in self.get(f"second/{waiting.pk}", officer=0)
            self.post(f"second/{waiting.pk}", officer=1, do="confirm")


def carry(sender: Node, to: Node) -> None:
    sender.here()
    response = sender.clients[0].post(f"/exchanges/{sender.slug}/mail/send", {"to": to.code})
    assert response.headers["Content-Disposition"].startswith("attachment")
    to.file("mail/receive", response.content, "a.parcel")


def round_of(nodes: dict[str, Node]) -> None:
    """Everybody hands in, a head, everybody cosigns, the cosignatures come back and go out."""
    parties = [nodes["AA"], nodes["BB"]]
    for node in parties:
        carry(node, nodes["NN"])
    nodes["NN"].post("record/head")
    for node in parties:
        carry(nodes["NN"], node)
        node.post("record/cosign")
        carry(node, nodes["NN"])
    for node in parties:
        carry(nodes["NN"], node)


def test_three_nodes_go_from_terms_to_a_plan_by_their_pages_alone(node: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = {code: Node(code, monkeypatch) for code in CODES}
    _found(nodes)
    _lists(nodes)
    _answers(nodes)
    for code in ("AA", "BB"):
        nodes[code].post("plan/compute")
        assert "2 " in nodes[code].get("plan/")
    nodes["AA"].sign("propose-stage", stage="day")
    round_of(nodes)
    leaf = _open_leaf(nodes["BB"], "stage-planned")
    assert "exactly the plan that we have computed ourselves" in nodes["BB"].get(f"sign?what=agree&of={leaf}")
    nodes["BB"].sign("agree", of=leaf)
    nodes["NN"].sign("agree", of=leaf)
    round_of(nodes)
    with services.office_of(nodes["AA"].exchange) as office:
        assert office.state.stages["day"].state == "PLANNED"
        assert not office.state.void


def _open_leaf(node: Node, act: str) -> str:
    with services.office_of(node.exchange) as office:
        return next(leaf for leaf, each in office.state.proposals.items() if each.entry.act == act and each.settled is None)


def _found(nodes: dict[str, Node]) -> None:
    public = {}
    for code, each in nodes.items():
        each.here()
        response = each.clients[0].post("/exchanges/", {"title": "Two for two", "slug": each.slug})
        assert response.status_code == 302
        services.assign(each.exchange, each.officers[1], by=each.officers[0])
        wrong = each.file("terms/upload", TERMS.replace(b'"count"', b'"cuont"'), "terms.toml")
        assert "did you mean" in wrong
        assert "two from each side" in each.file("terms/upload", TERMS, "terms.toml")
        each.post("terms/keys")
        each.here()
        public[code] = each.clients[0].get(f"/exchanges/{each.slug}/terms/public-file").content
    charters = set()
    for code, each in nodes.items():
        for other in CODES:
            if other != code:
                each.file("terms/public", public[other], f"{other}.public")
        each.post("terms/charter")
        each.here()
        charters.add(each.clients[0].get(f"/exchanges/{each.slug}/terms/charter-file").content)
        each.post("terms/begin", compared="yes")
        each.post("officers/key", user=str(each.officers[1].pk))
    assert len(charters) == 1, "from the same files all parties make the same charter"
    nodes["AA"].sign("propose-terms")
    round_of(nodes)
    leaf = _open_leaf(nodes["BB"], "terms-proposed")
    for code in ("BB", "NN"):
        nodes[code].sign("agree", of=leaf)
    round_of(nodes)
    assert "have signed these terms" in nodes["AA"].get("terms/")


def _lists(nodes: dict[str, Node]) -> None:
    for code, list_id in (("AA", "home-BB"), ("BB", "home-AA")):
        each = nodes[code]
        each.file(f"lists/{list_id}/upload", PEOPLE[code].replace("military", "civilian", 1).encode(), "held.csv")
        text = each.file(f"lists/{list_id}/upload", PEOPLE[code].encode(), "held.csv")
        assert "may be sent" in text
        assert "T1" in each.get(f"lists/{list_id}/versions/2/check")
        assert "status" in each.get(f"lists/{list_id}/versions/1/2")
        each.sign("commit", list=list_id)
    round_of(nodes)
    for list_id in ("home-AA", "home-BB"):
        nodes["NN"].sign("lodge", list=list_id)
    round_of(nodes)
    nodes["NN"].sign("release")
    round_of(nodes)
    for code in ("AA", "BB"):
        nodes[code].sign("open-list", list=f"home-{code}")
        surname = PEOPLE["BB" if code == "AA" else "AA"].splitlines()[1].partition(";")[0]
        assert surname in nodes[code].get(f"lists/home-{code}/rows")
    round_of(nodes)


def _answers(nodes: dict[str, Node]) -> None:
    assert register_people(None) == []
    for code in ("AA", "BB"):
        each, list_id = nodes[code], f"home-{code}"
        each.post(f"lists/{list_id}/review")
        assert latest_run(each.exchange, list_id) is not None
        each.post(f"lists/{list_id}/answers/derive")
        with services.office_of(each.exchange) as office:
            ids = [person.id for person in office.state.people.values() if person.list == list_id]
        for entry in ids:
            each.get(f"lists/{list_id}/answers/{entry}?code=ACKNOWLEDGED_HELD")
            each.post(f"lists/{list_id}/answers/{entry}/save", code="ACKNOWLEDGED_HELD")
        assert set(DraftAnswer.objects.filter(list_id=list_id).values_list("code", flat=True)) == {"ACKNOWLEDGED_HELD"}
        each.sign("answers", list=list_id)
    neutral = nodes["NN"]
    with services.office_of(neutral.exchange) as office:
        everybody = sorted(office.state.people)
    csv = "person,outcome,reason\n" + "".join(f"{person},wishes_to_go,\n" for person in everybody[1:])
    neutral.file("interviews/record", csv.encode(), "interviews.csv")
    neutral.post("interviews/record", person=everybody[0], outcome="not_held", reason="no_access")
    round_of(nodes)
    for code, list_id in (("AA", "home-BB"), ("BB", "home-AA")):
        nodes[code].sign("open-answers", list=list_id)
        assert "ACKNOWLEDGED_HELD" in nodes[code].get(f"lists/{list_id}/answers/")
        nodes[code].sign("freeze", list=list_id)
    round_of(nodes)
    for code in ("AA", "BB"):
        nodes[code].sign("agree", of=_open_leaf_of_list(nodes[code], f"home-{code}"))
    round_of(nodes)


def _open_leaf_of_list(node: Node, list_id: str) -> str:
    with services.office_of(node.exchange) as office:
        return next(
            leaf
            for leaf, each in office.state.proposals.items()
            if each.entry.act == "list-frozen" and each.settled is None and each.entry.fields["list"] == list_id
        )


def test_terms_with_mistakes_are_shown_line_by_line_and_cannot_become_a_charter(
    node: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = Node("AA", monkeypatch)
    each.here()
    each.clients[0].post("/exchanges/", {"title": "Wrong", "slug": each.slug})
    text = each.file("terms/upload", TERMS.replace(b"equals = 2", b"equals = 'two'\nfoo = 1"), "terms.toml")
    assert text.count('<td class="num">') >= 2
    response = each.clients[0].post(f"/exchanges/{each.slug}/terms/charter", follow=True)
    assert "note--error" in response.content.decode()
    assert each.exchange.charter is None


def test_with_a_passphrase_file_the_keys_are_made_under_it_and_open_with_it(
    node: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("several invented words\n", "utf-8")
    monkeypatch.setenv("HOMEWARD_PASSPHRASE_FILE", str(words))
    # Opening a key under a passphrase takes a second on purpose, and here are a dozen openings.
    make_keys = services_founding.make_keys
    assert inspect.signature(make_keys).parameters["work_factor"].default == 18
    monkeypatch.setattr(services_founding, "make_keys", partial(make_keys, work_factor=8))
    each = Node("AA", monkeypatch)
    each.here()
    each.clients[0].post("/exchanges/", {"title": "Sealed", "slug": each.slug})
    each.post("terms/keys")
    keys = [path.read_bytes() for path in (each.exchange.folder / "keys").glob("*.key")]
    assert keys
    assert all(content.startswith(b"-----BEGIN AGE ENCRYPTED FILE-----") for content in keys)
    assert "AA.public" in each.get("terms/")
    words.write_text("other words\n", "utf-8")
    assert "note--bad" in each.get("terms/")
