"""One node in a process of its own, for tests of what passes between two servers.

    python -m tests.bureau.exchanges.live_node NODE OFFICE PARTY

lays the node from a copy of the office, answers browsers on a free port, which it says first, and then does what is asked on its
standard input: one command as a JSON list on each line, answered by one line.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from pathlib import Path
from typing import Any

SLUG = "may"


def main() -> None:
    node, office, party = sys.argv[1:]
    os.environ["HOMEWARD_NODE"] = node
    os.environ.pop("HOMEWARD_DATABASE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.bureau.node.settings"
    lay_folder(Path(node), Path(office), party)
    import django

    django.setup()
    lay(party)
    answer({"port": serve()})
    for line in sys.stdin:
        command, *rest = json.loads(line)
        answer(COMMANDS[command](*rest))


def answer(found: object) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def lay_folder(node: Path, office: Path, party: str) -> None:
    (node / "exchanges").mkdir(parents=True)
    shutil.copytree(office, node / "exchanges" / SLUG)
    (node / "node.toml").write_text(f'party = "{party}"\nname = "{party}"\nneutral = {str(party == "NEUTRAL").lower()}\n')


def lay(party: str) -> None:
    from django.core.management import call_command

    from homeward.bureau.access.roles import Role
    from homeward.bureau.access.services import add_user
    from homeward.bureau.exchanges import services

    call_command("migrate", verbosity=0)
    roles = [Role.NEUTRAL_DELEGATE] if party == "NEUTRAL" else [Role.NEGOTIATOR, Role.HANDOVER_OFFICER, Role.LIST_OFFICER]
    user = add_user("officer", "a long password for tests", called="Officer", roles=roles, device="officer-1", by=None)
    services.assign(services.add_exchange(SLUG, "May", by=None), user, by=None)


def peer(party: str, url: str, token: str) -> object:
    from homeward.bureau.exchanges.services_peers import set_peer

    set_peer(_exchange(), party, url, token, enabled=True, by=_officer())
    return party


def say(act: str, fields: str) -> object:
    from homeward.bureau.exchanges import services

    return services.say_all(_exchange(), _officer(), [(act, json.loads(fields))])


def now() -> object:
    from homeward.bureau.exchanges.faults import ExchangeError
    from homeward.bureau.exchanges.models import Peer
    from homeward.bureau.exchanges.services_peers import exchange_now

    try:
        found = exchange_now(Peer.objects.select_related("exchange").get(), by=_officer()).fetched
    except ExchangeError as error:
        return {"error": str(error)}
    return {"acts": found.acts, "signatures": found.signatures, "waiting": found.waiting, "refused": found.refused}


def stands() -> object:
    from homeward.bureau.exchanges import services

    with services.office_of(_exchange()) as office:
        return {"size": office.store.size, "waiting": len(office.store.pending()), "heads": len(office.store.heads())}


def serve() -> int:
    import waitress

    from homeward.bureau.node.wsgi import application

    server: Any = waitress.create_server(application, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    return int(server.effective_port)


def _exchange() -> Any:
    from homeward.bureau.exchanges.models import Exchange

    return Exchange.objects.get(slug=SLUG)


def _officer() -> Any:
    from homeward.bureau.access.models import User

    return User.objects.get(username="officer")


COMMANDS: dict[str, Any] = {"peer": peer, "say": say, "now": now, "stands": stands}

if __name__ == "__main__":
    main()
