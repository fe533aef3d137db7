"""How many threads a node needs: the same 50 officers ask nodes with 2, 4, 8 and 16 threads in turn, on one machine, at one time.

python bench/load/threads.py          a minute or two; prints a table

Every officer reads leaves of the journal, a hundred lines each, and waits a second between two of them. The nodes are served side by
side and asked in turn, so that whatever else the machine does meets all alike.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent))

from node import Server

_LAY = """
import sys, time
from pathlib import Path
from homeward.bureau.node.folder import Identity
from homeward.bureau.node.starting import lay_folder, set_up
folder = Path(sys.argv[1])
lay_folder(folder, Identity("UA", "Bureau"))
set_up(folder)
from homeward.bureau.node.preparing import migrate
migrate()
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.db import transaction
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from homeward.bureau.access.services import add_user
from homeward.bureau.access.roles import Role
from homeward.bureau.journal.services import write_many
from homeward.bureau.journal.tags import Tag
from homeward.bureau.vault.sessions import SessionStore
user = add_user("ann", "a long password", called="Ann", roles=[Role.AUDITOR], by=None)
Authenticator.objects.create(user=user, type="totp", data={"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")})
with transaction.atomic():
    write_many(Tag.REGISTER_PERSON_READ, [f"person:{n}" for n in range(2000)], by=user, counts={})
for _ in range(int(sys.argv[2])):
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(session.session_key)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--officers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--threads", type=int, nargs="+", default=[2, 4, 8, 16])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        nodes = []
        for threads in given.threads:
            folder = Path(place) / str(threads)
            environment = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
            command = [sys.executable, "-c", _LAY, str(folder), str(given.officers)]
            keys = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
            server = Server(folder, threads=threads)
            server.start()
            nodes.append((threads, server, keys))
        took: dict[int, list[float]] = {threads: [] for threads in given.threads}
        until = time.monotonic() + given.seconds
        officers = [threading.Thread(target=_work, args=(number, nodes, took, until)) for number in range(given.officers)]
        for officer in officers:
            officer.start()
        for officer in officers:
            officer.join()
        for _, server, _keys in nodes:
            server.stop()
    print("threads  requests  median ms   p99 ms")
    for threads, times in took.items():
        print(f"{threads:>7}  {len(times):>8}  {1000 * median(times):>9.0f}  {1000 * quantiles(times, n=100)[98]:>7.0f}")


def _work(number: int, nodes: list[tuple[int, Server, list[str]]], took: dict[int, list[float]], until: float) -> None:
    chance = random.Random(number)
    time.sleep(chance.random())
    turn = number
    while time.monotonic() < until:
        threads, server, keys = nodes[turn % len(nodes)]
        turn += 1
        began = time.monotonic()
        _ask(server.port, keys[number], f"/log/?page={chance.randint(1, 20)}")
        took[threads].append(time.monotonic() - began)
        time.sleep(chance.random() * 2)


def _ask(port: int, key: str, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"homeward_ua={key}", "Host": f"localhost:{port}"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    connection.close()


if __name__ == "__main__":
    main()
