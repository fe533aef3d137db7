"""Parcels by HTTPS between two nodes that run as two servers; here over plain http, which is for nodes on one machine."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Passage, Peer
from homeward.bureau.exchanges.services_peers import LEAST_TOKEN, new_token, peer_with, set_peer
from tests.bureau.exchanges.conftest import World, half_way

TOKEN = "t" * LEAST_TOKEN


class Node:
    """A node that runs: it answers at a port, and does what the test asks of it."""

    def __init__(self, folder: Path, office: Path, party: str) -> None:
        command = [sys.executable, "-m", "tests.bureau.exchanges.live_node", str(folder), str(office), party]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.port = int(self._answer()["port"])

    def does(self, *command: str) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Node]]:
    """A party's node and the neutral's, both answering."""
    half = half_way(0)
    found: dict[str, Node] = {}
    try:
        for party in ("UA", "NEUTRAL"):
            found[party] = Node(tmp_path_factory.mktemp("live") / party, half.folder / party, party)
        yield found
    finally:
        for node in found.values():
            node.process.kill()
            node.process.wait()


def url(port: int, party: str) -> str:
    return f"http://127.0.0.1:{port}/exchanges/may/node/{party}"


def ask(
    port: int, method: str, *, party: str = "UA", token: str = TOKEN, body: bytes = b"", query: str = ""
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, f"/exchanges/may/node/{party}{query}", body or None, {"Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    return response.status, response.read()


def test_a_party_pushes_its_acts_and_fetches_what_came_of_them(servers: dict[str, Node]) -> None:
    party, neutral = servers["UA"], servers["NEUTRAL"]
    neutral.does("peer", "UA", "", TOKEN)
    party.does("peer", "NEUTRAL", url(neutral.port, "UA"), TOKEN)
    before = party.does("stands")
    party.does("say", "deviation", json.dumps({"kind": "LATE"}))
    assert party.does("stands")["waiting"] == 1
    first = party.does("now")
    assert first["refused"] == []
    assert first["acts"] == 1, "the neutral put the act into the log, signed a head, and gave it back"
    after = party.does("stands")
    assert after["size"] == before["size"] + 1
    assert after["waiting"] == 0
    assert neutral.does("stands")["size"] == after["size"]
    again = party.does("now")
    assert (again["acts"], again["waiting"], again["refused"]) == (0, 0, []), "exchanged twice, nothing happens twice"


def test_without_the_secret_the_address_is_not_there(servers: dict[str, Node]) -> None:
    neutral = servers["NEUTRAL"]
    port = neutral.port
    neutral.does("peer", "UA", "", TOKEN)
    assert ask(port, "GET")[0] == 200
    assert ask(port, "GET", token="x" * LEAST_TOKEN)[0] == 404
    assert ask(port, "GET", token="")[0] == 404
    assert ask(port, "GET", party="RU")[0] == 404
    assert ask(port, "POST", token="x" * LEAST_TOKEN, body=b"anything")[0] == 404


def test_the_address_takes_and_gives_parcels_and_nothing_else(servers: dict[str, Node]) -> None:
    neutral = servers["NEUTRAL"]
    port = neutral.port
    neutral.does("peer", "UA", "", TOKEN)
    assert ask(port, "PUT", body=b"x")[0] == 405
    assert ask(port, "DELETE")[0] == 405
    assert ask(port, "POST", body=b"not a parcel")[0] == 422
    status, parcel = ask(port, "GET", query="?have=0")
    assert status == 200
    assert parcel.startswith(b"homeward parcel 1\n")
    assert ask(port, "POST", body=parcel[: len(parcel) // 2])[0] == 422, "half a parcel is none"
    assert ask(port, "GET", query="?have=-1")[0] == 400
    status, rest = ask(port, "GET", query="?have=999999999")
    assert status == 200
    assert len(rest) < len(parcel)


def test_a_node_that_does_not_answer_or_does_not_know_us_is_told_in_words(servers: dict[str, Node]) -> None:
    party, port = servers["UA"], servers["NEUTRAL"].port
    party.does("peer", "NEUTRAL", url(port, "UA"), "w" * LEAST_TOKEN)
    assert "404" in party.does("now")["error"]
    party.does("peer", "NEUTRAL", "http://127.0.0.1:9/exchanges/may/node/UA", TOKEN)
    assert "nothing was lost" in party.does("now")["error"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["http://bureau.example/x", "ftp://bureau.example/x", "https://", "https://a:b@bureau.example/x", "file:///etc"]
)
def test_an_address_that_is_not_https_is_refused(world: World, address: str) -> None:
    with pytest.raises(ExchangeError):
        set_peer(world.exchanges["UA"], "NEUTRAL", address, TOKEN, enabled=True, by=world.officers["UA"][0])


@pytest.mark.django_db
def test_a_peer_that_is_switched_off_or_has_a_short_secret_is_none(world: World) -> None:
    exchange, by = world.exchanges["NEUTRAL"], world.officers["NEUTRAL"][0]
    with pytest.raises(ExchangeError):
        set_peer(exchange, "UA", "", "short", enabled=True, by=by)
    token = new_token()
    set_peer(exchange, "UA", "", token, enabled=True, by=by)
    assert peer_with("may-n", "UA", token) is not None
    set_peer(exchange, "UA", "", "", enabled=False, by=by)
    assert peer_with("may-n", "UA", token) is None
    stored = Peer.objects.get().token
    assert stored == token, "an empty secret keeps the one that is there"


@pytest.mark.django_db
def test_a_larger_file_than_any_exchange_needs_is_refused_unread(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeward.bureau.exchanges.services_mail.MOST_BYTES", 10)
    with pytest.raises(ExchangeError, match="larger"):
        services.take_parcel(world.exchanges["UA"], b"x" * 11, by=world.officers["UA"][0])
    assert not Passage.objects.exists()
