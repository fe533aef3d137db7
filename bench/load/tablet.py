"""One tablet at one vehicle: it ticks a person every so often, keeps what is not answered for, and sends it again, as outbox.js does.

Beside the usual ticks it does what makes trouble: it ticks somebody wrongly and takes that back, sends the taking-back before the
tick, and now and then does not wait for an answer and sends the same tick again.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from node import Desk, Server

#: As in outbox.js, but a tablet of the bench gives up waiting for an answer sooner.
FIRST_WAIT, LONGEST_WAIT, AT_ONCE, PATIENCE = 1.0, 15.0, 50, 10.0
#: How often a tablet of the bench errs, comes out of order, or loses an answer.
WRONG, OUT_OF_ORDER, LOST_ANSWER = 0.04, 0.02, 0.05


@dataclass
class Measured:
    """What all tablets measured, in seconds.

    `requests` are those that were sent while the node was up, from sending to the whole answer; `over_a_start` those that were sent
    while it was down and answered by the next one; `taps` every tick from the tap to its answer, outages and all.
    """

    requests: list[float] = field(default_factory=list)
    over_a_start: list[float] = field(default_factory=list)
    taps: list[float] = field(default_factory=list)
    resent: int = 0
    failed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Tablet(threading.Thread):
    """One tablet. `expected` is who should stand as what when it is done; `sent` are the keys of all ticks that it ever made."""

    def __init__(self, desk: Desk, server: Server, *, pace: float, seed: str, measured: Measured) -> None:
        super().__init__(daemon=True)
        self.desk, self.server, self.pace, self.measured = desk, server, pace, measured
        self.chance = random.Random(seed)
        self.sent: dict[str, dict[str, Any]] = {}
        self.expected: dict[str, str] = {}
        self.verdicts: dict[str, str] = {}
        self.error: BaseException | None = None
        self._outbox: dict[str, tuple[dict[str, Any], float]] = {}
        self._connection: http.client.HTTPConnection | None = None
        self._csrf = ""
        self._wait = FIRST_WAIT
        self._not_before = 0.0

    def run(self) -> None:
        try:
            # Officers do not all open their page in one moment.
            time.sleep(self.chance.random() * self.pace)
            self._open_page()
            self._work()
        except BaseException as error:
            self.error = error

    def _work(self) -> None:
        queue = [tick for person in self.desk.people for tick in self._ticks_for(person)]
        next_tap = time.monotonic() + self.chance.random() * self.pace
        while queue or self._outbox:
            now = time.monotonic()
            while queue and next_tap <= now:
                tick = queue.pop(0)
                self.sent[tick["key"]] = tick
                self._outbox[tick["key"]] = ({**tick, "ticked_at": datetime.now(UTC).isoformat()}, now)
                next_tap += self.pace * self.chance.uniform(0.5, 1.5)
            if self._outbox and now >= self._not_before:
                self._flush()
            else:
                wake = min([next_tap] * bool(queue) + [self._not_before] * bool(self._outbox))
                time.sleep(max(0.001, wake - time.monotonic()))

    def _ticks_for(self, person: str) -> list[dict[str, Any]]:
        """The ticks for one person, in the order in which this tablet sends them."""
        self.expected[person] = "received"
        right = {"key": self._key(), "person": person, "outcome": "received"}
        drawn = self.chance.random()
        if drawn >= WRONG:
            return [right]
        wrong = {"key": self._key(), "person": person, "outcome": "SUBSTITUTION"}
        back = {"key": self._key(), "person": person, "takes_back": wrong["key"]}
        return [back, wrong, right] if drawn < OUT_OF_ORDER else [wrong, back, right]

    def _key(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    # -- HTTP

    def _flush(self) -> None:
        some = dict(list(self._outbox.items())[:AT_ONCE])
        body = json.dumps({"ticks": [tick for tick, _since in some.values()]})
        lose = self.chance.random() < LOST_ANSWER
        up, began = self.server.up.is_set(), time.monotonic()
        try:
            answer = self._post(body, lose=lose)
        except (OSError, http.client.HTTPException):
            self._failed()
            return
        took = time.monotonic() - began
        if answer is None:
            with self.measured.lock:
                self.measured.resent += len(some)
            return
        self._wait, self._not_before = FIRST_WAIT, 0.0
        for result in answer["results"]:
            self.verdicts[result["key"]] = result["verdict"]
            _tick, since = self._outbox.pop(result["key"])
            with self.measured.lock:
                self.measured.taps.append(time.monotonic() - since)
        with self.measured.lock:
            (self.measured.requests if up else self.measured.over_a_start).append(took)

    def _post(self, body: str, *, lose: bool) -> dict[str, Any] | None:
        """Send ticks. With `lose` the answer is not read: the tablet lost the network in that moment."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._csrf, "Cookie": self._cookies}
        connection = self._connected()
        connection.request("POST", f"/handover/{self.desk.manifest}/tick", body, headers)
        if lose:
            self._close()
            return None
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise http.client.HTTPException(f"{answer.status}: {content[:200]!r}")
        found = json.loads(content)
        assert isinstance(found, dict), "ticks are answered by an object"
        return found

    def _open_page(self) -> None:
        """Open the vehicle's page as a browser does, for its token."""
        while not self._csrf:
            try:
                connection = self._connected()
                connection.request(
                    "GET", f"/handover/{self.desk.manifest}/{self.desk.place}/", headers={"Cookie": self.desk.cookie}
                )
                answer = connection.getresponse()
                page = answer.read().decode()
                assert answer.status == 200, f"the page of a vehicle answers {answer.status}"
                found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
                assert found is not None, "the page of a vehicle has a token"
                given = [part.partition(";")[0] for part in answer.headers.get_all("Set-Cookie") or () if "csrf" in part]
                self._cookies = "; ".join([self.desk.cookie, *given])
                self._csrf = found.group(1)
            except (OSError, http.client.HTTPException):
                self._close()
                time.sleep(FIRST_WAIT)

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _failed(self) -> None:
        self._close()
        with self.measured.lock:
            self.measured.failed += 1
        self._not_before = time.monotonic() + self._wait * self.chance.uniform(0.5, 1.0)
        self._wait = min(self._wait * 2, LONGEST_WAIT)
