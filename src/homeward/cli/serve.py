"""`homeward serve`: a party's own node, in the browser.

The first start makes the node: its folder, its keys, its database, an administrator. It prints the address and, once, the
administrator's password, which is good for one sign-in. Every later start serves what is there.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from homeward.cli.outcome import json_option

NODE = click.argument("folder", metavar="[NODE]", type=click.Path(path_type=Path), default=Path("node"))


def name_node(folder: Path, *, party: str, name: str, neutral: bool, language: str, as_json: bool) -> None:
    """Lay the node's folder; ask for the names of a new one where somebody sits at the keyboard. Raises `NodeError`."""
    from homeward.bureau.node.folder import Identity
    from homeward.bureau.node.starting import lay_folder

    identity = None
    if not (folder / "node.toml").exists():
        if not party and not as_json and sys.stdin.isatty():
            party = str(click.prompt("Whose node: the party's code in the terms, such as UA", err=True))
            neutral = bool(click.confirm("Is that the neutral?", default=False, err=True))
        if party and not name and not as_json and sys.stdin.isatty():
            name = str(click.prompt("Its name, as pages show it", default=party, err=True))
        if not party:
            raise click.UsageError("a new node needs --party CODE (and --name, and --neutral for the neutral's)")
        if not party.replace("-", "").replace("_", "").isalnum():
            raise click.UsageError("--party takes a code of letters and digits, such as UA")
        identity = Identity(party, name or party, neutral=neutral, language=language)
    lay_folder(folder, identity)


@click.command("serve")
@NODE
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen: 127.0.0.1 is this machine only.")
@click.option("--port", default=8000, show_default=True, help="The port to listen at.")
@click.option("--threads", type=click.IntRange(1, 64), help="How many requests at a time.  [default: 8]")
@click.option("--proxy", default="127.0.0.1", show_default=True, help="With HOMEWARD_TLS=yes: where the HTTPS proxy asks from.")
@click.option("--party", default="", metavar="CODE", help="For a new node: the party's code in the terms.")
@click.option("--name", default="", help="For a new node: its name, as pages show it.")
@click.option("--neutral", is_flag=True, help="For a new node: it is the neutral's.")
@click.option("--language", type=click.Choice(["en", "uk", "ru", "tr", "ar"]), default="en", help="For a new node.")
@click.option("--administrator", default="administrator", metavar="NAME", help="For a new node: the first login name.")
@json_option
def serve_command(
    folder: Path,
    *,
    host: str,
    port: int,
    threads: int | None,
    proxy: str,
    party: str,
    name: str,
    neutral: bool,
    language: str,
    administrator: str,
    as_json: bool,
) -> None:
    """Serve the node in the folder NODE (./node) to browsers; make it first if it is not there yet.

    The database is SQLite in the folder, or the PostgreSQL that HOMEWARD_DATABASE names. Names under which the node is reached
    stand in HOMEWARD_HOSTS; HOMEWARD_TLS=yes says that a proxy in front of it speaks HTTPS.
    """
    from homeward.bureau.node.port import bind
    from homeward.bureau.node.starting import set_up

    name_node(folder, party=party, name=name, neutral=neutral, language=language, as_json=as_json)
    # The port first: a second start of the same node changes nothing.
    held = bind(host, port)
    set_up(folder)
    from homeward.bureau.node.preparing import prepare

    first = prepare(folder, administrator)
    from homeward.bureau.node.serving import THREADS, serve

    port = held.getsockname()[1]
    address = f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0', '::1'} else host}:{port}/"  # noqa: S104 - compared, not bound.

    def ready() -> None:
        if as_json:
            made = {"administrator": first.username, "password": first.password} if first else {}
            click.echo(json.dumps({"address": address, "node": str(folder), **made}, ensure_ascii=False))
        else:
            if first:
                click.echo(f"Administrator: {first.username}")
                click.echo(f"Password, good for one sign-in and shown only now: {first.password}")
                click.echo(f"Keys at rest: {folder / 'secrets'} (back them up apart: homeward node backup-keys)")
            click.echo(f"Serving {folder} at {address} (Ctrl-C stops it)")
        sys.stdout.flush()

    serve(held, threads=threads or THREADS, proxy=proxy, when_ready=ready)
