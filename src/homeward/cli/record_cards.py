"""`homeward record new card` and `from-card`: a key onto paper, and back from paper.

The card shows the secret. It is printed on a printer on a cable, and the file is deleted; docs/keys.md says how it is tested, cut and
kept. `from-card` takes the 27 words, or the text of the scanned code, from standard input, so that they stand in no shell's history.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from homeward.cli.options import LANGUAGE
from homeward.cli.outcome import Exit, fail, finish, json_option
from homeward.cli.record_files import writing
from homeward.cli.record_offices import OFFICE, asking, office_faults
from homeward.cli.record_words import t
from homeward.office.beginning import open_keys
from homeward.office.files import write_whole
from homeward.record.card import CardError, Language, card_pdf, card_text, restore_key
from homeward.record.keys import OwnKey, fingerprint, save_key
from homeward.record.note import NoteError, check_name

#: Longer than any card's text.
_MOST_CHARACTERS = 4096


def check_card_name(path: Path | None) -> None:
    """A usage error unless the card is to be a PDF or plain text, in a file that is not there yet."""
    if path is None:
        return
    if path.suffix.lower() not in {".pdf", ".txt"}:
        raise click.UsageError("a card is written to a file that ends in .pdf (with a code to scan) or .txt")
    if path.exists():
        raise click.UsageError(f"{path} is there already and is not written over; choose another name")


def write_card(key: OwnKey, path: Path, language: str, *, as_json: bool) -> None:
    """Write a key's card for its owner's eyes alone."""
    words: Language = "uk" if language == "uk" else "en"
    try:
        data = card_pdf(key, words) if path.suffix.lower() == ".pdf" else card_text(key, words).encode("utf-8")
    except CardError as error:
        fail(Exit.UNWRITABLE, f"{path}: {error} (pip install homeward[print]), or write NAME.txt", as_json=as_json)
    with writing(path, as_json=as_json):
        write_whole(path, data)


@click.command("card")
@OFFICE
@click.option(
    "--key", "name", default="root", show_default=True, metavar="DEVICE", help="Which key, such as root or officer-1."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The card: NAME.pdf or NAME.txt.")
@LANGUAGE
@json_option
def card_command(folder: Path, *, name: str, output: Path, language: str, as_json: bool) -> None:
    """Write the paper card of a key in OFFICE, to be printed and kept in a safe. It shows the secret."""
    check_card_name(output)
    with office_faults(folder, as_json=as_json):
        keys = open_keys(folder, passphrase=asking(folder))
        key = next((each for each in keys.own if each.name == f"{keys.party}/{name}"), None)
        if key is None:
            known = ", ".join(each.name.partition("/")[2] for each in keys.own)
            raise click.UsageError(f"--key is one of {known}, not {name!r}")
        write_card(key, output, language, as_json=as_json)
        digits = fingerprint(key.public_text)
    found = {"card": str(output), "key": key.name, "fingerprint": digits}
    finish(found, t("card_made", language, file=output, key=key.name), as_json=as_json)


@click.command("from-card")
@OFFICE
@click.option("--key", "name", required=True, metavar="PARTY/DEVICE", help="The key's name, as it stands on the card: UA/root.")
@click.option(
    "--digits", required=True, metavar="DIGITS", help="The 24 digits on the card; they prove that the words are right."
)
@click.option("--passphrase", "protect", is_flag=True, help="Put the private key under a passphrase, which is asked for.")
@LANGUAGE
@json_option
def from_card_command(folder: Path, *, name: str, digits: str, protect: bool, language: str, as_json: bool) -> None:
    """Bring a key back from its card into OFFICE: type the 27 words (? for one that cannot be read), or scan the code.

    Words are read from standard input, up to an empty line. Nothing is written over.
    """
    try:
        check_name(name)
    except NoteError as error:
        raise click.UsageError(f"--key: {error}") from None
    if sys.stdin.isatty():
        click.echo(t("type_the_words", language), err=True)
    text = " ".join(iter(lambda: sys.stdin.readline(_MOST_CHARACTERS).strip(), ""))
    try:
        key = restore_key(name, text, digits=digits)
    except CardError as error:
        fail(Exit.UNREADABLE, str(error), as_json=as_json)
    with office_faults(folder, as_json=as_json):
        path = save_key(folder / "keys", key, passphrase=asking(folder)() if protect else None)
    found = {"key": key.name, "file": str(path), "fingerprint": fingerprint(key.public_text)}
    finish(found, t("card_read", language, key=key.name, file=path), as_json=as_json)
