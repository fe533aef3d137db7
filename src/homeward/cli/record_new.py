"""`homeward record new`: the ceremony of docs/keys.md, by files.

1. Each party alone: `new keys OFFICE --party UA` writes private keys into `OFFICE/keys` and what is handed out to `UA.public`;
   `--card UA.pdf` makes the root's paper card, `--passphrase` protects the files. `new card` and `new from-card` do the same later.
2. Together: `new charter TERMS --public UA.public --public …` joins the agreed terms and everybody's keys in one file.
3. Each party: `new office OFFICE CHARTER` makes its copy of the record. Then one proposes the terms and the others agree.

Every step prints the digits to be read aloud. Each may be cut off and run again.
"""

from __future__ import annotations

from pathlib import Path

import click

from homeward.cli.options import LANGUAGE
from homeward.cli.outcome import Exit, fail, finish, json_option
from homeward.cli.record_cards import card_command, check_card_name, from_card_command, write_card
from homeward.cli.record_files import reading, writing
from homeward.cli.record_offices import OFFICE, asking, at_office, now, office_faults
from homeward.cli.record_words import t
from homeward.office.beginning import begin, make_keys, new_device, new_root
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.founding import charter_for
from homeward.office.public_keys import HandedOut, read_public_keys
from homeward.office.said import said
from homeward.record import read_charter
from homeward.record.keys import Kind, OwnKey, fingerprint
from homeward.record.note import NoteError, check_name
from homeward.terms import parse


@click.group("new")
def new_command() -> None:
    """Begin: keys, signed terms, and an office's own copy of the record."""


@new_command.command("keys")
@OFFICE
@click.option("--party", required=True, metavar="CODE", help="Whose keys: the party's code in the terms, or the neutral's.")
@click.option("--log", is_flag=True, help="This party keeps the log (the neutral).")
@click.option("--passphrase", "protect", is_flag=True, help="Put every private key under a passphrase, which is asked for.")
@click.option(
    "--card", type=click.Path(path_type=Path), help="Write the root key's paper card too, to be printed: NAME.pdf or NAME.txt."
)
@LANGUAGE
@json_option
def keys_command(
    folder: Path, *, party: str, log: bool, protect: bool, card: Path | None, language: str, as_json: bool
) -> None:
    """Make the keys of a new office in the folder OFFICE, and PARTY.public to hand out. Nothing is written over."""
    check_card_name(card)
    try:
        check_name(f"{party}/root")
    except NoteError as error:
        raise click.UsageError(f"--party: {error}") from None
    with office_faults(folder, as_json=as_json):
        keys = make_keys(folder, party, log=log, passphrase=asking(folder, new=True)() if protect else None)
        handed = HandedOut.of(keys)
    path = folder / f"{party}.public"
    lines = [t("keys_made", language, file=path), *_digits(handed), t("read_aloud", language)]
    if card is not None:
        write_card(next(key for key in keys.own if key.kind is Kind.ROOT), card, language, as_json=as_json)
        lines.append(t("card_made", language, file=card, key=f"{party}/root"))
    found = {"public": str(path), "fingerprints": _fingerprints(handed), "card": str(card) if card is not None else None}
    finish(found, "\n".join(lines), as_json=as_json)


def _fingerprints(handed: HandedOut) -> dict[str, str]:
    return {name: fingerprint(text) for name, text in handed.texts.items()}


def _digits(handed: HandedOut) -> list[str]:
    return [f"  {handed.keys.code:<8} {name:<10} {digits}" for name, digits in _fingerprints(handed).items()]


@new_command.command("charter")
@click.argument("terms", type=click.Path(path_type=Path))
@click.option("--public", "public", type=click.Path(path_type=Path), multiple=True, required=True, help="Once for each party.")
@click.option("--keeper", "keepers", metavar="CODE", multiple=True, help="Who keeps lodged lists; the neutral if not given.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The signed terms.")
@LANGUAGE
@json_option
def charter_command(
    terms: Path, *, public: tuple[Path, ...], keepers: tuple[str, ...], output: Path, language: str, as_json: bool
) -> None:
    """Join the agreed TERMS and everybody's public keys in one file, whose 40 digits all parties compare."""
    with reading(terms, as_json=as_json):
        data = terms.read_bytes()
    agreed = parse(data, terms.name)
    handed = []
    for path in public:
        with reading(path, as_json=as_json):
            handed.append(read_public_keys(path))
    problem = _problem(set(agreed.parties), handed, keepers, language)
    if problem is not None:
        fail(Exit.UNREADABLE, problem, as_json=as_json)
    log = next(each.log for each in handed if each.log is not None)
    charter = charter_for(data, [each.keys for each in handed], log, keepers)
    card = read_charter(charter).card
    with writing(output, as_json=as_json):
        if output.is_dir():
            raise IsADirectoryError(21, "", str(output))
        write_whole(output, charter, private=False)
    lines = [line for each in sorted(handed, key=lambda each: each.keys.code) for line in _digits(each)]
    text = "\n".join([t("charter_made", language, file=output), *lines, t("card", language, card=card)])
    found = {"charter": str(output), "card": card, "fingerprints": {each.keys.code: _fingerprints(each) for each in handed}}
    finish(found, text, as_json=as_json)


def _problem(parties: set[str], handed: list[HandedOut], keepers: tuple[str, ...], language: str) -> str | None:
    """Why these files do not make an exchange: a party twice or missing, no log or two, a keeper who is not there."""
    codes = [each.keys.code for each in handed]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        return t("party_twice", language, party=twice[0])
    missing = sorted(parties - set(codes))
    if missing:
        return t("party_missing", language, party=", ".join(missing))
    if len([each for each in handed if each.log is not None]) != 1:
        return t("one_log", language)
    strangers = sorted(set(keepers) - set(codes))
    return t("no_such_keeper", language, party=strangers[0]) if strangers else None


@new_command.command("office")
@OFFICE
@click.argument("charter", type=click.Path(path_type=Path))
@LANGUAGE
@json_option
def office_command(folder: Path, charter: Path, *, language: str, as_json: bool) -> None:
    """Make this party's copy of the record in OFFICE from the signed terms in CHARTER, and sign its officers' keys in.

    Run again after a power cut, it finishes what was left.
    """
    with reading(charter, as_json=as_json):
        data = charter.read_bytes()
    parse(data, charter.name)
    with office_faults(folder, as_json=as_json), begin(folder, data, now, passphrase=asking(folder)) as office:
        card, waiting = office.store.charter.card, len(office.store.pending())
        found = {"party": office.party, "card": card, "neutral": office.neutral, "waiting": waiting}
        text = t("office_made", language, party=office.party, waiting=waiting, neutral=office.neutral)
    finish(found, f"{text}\n{t('card', language, card=card)}", as_json=as_json)


@new_command.command("device")
@OFFICE
@click.option("--name", required=True, metavar="DEVICE", help="What the device is called, such as officer-3.")
@click.option("--passphrase", "protect", is_flag=True, help="Put the private key under the passphrase of the office's keys.")
@LANGUAGE
@json_option
def device_command(folder: Path, *, name: str, protect: bool, language: str, as_json: bool) -> None:
    """Make the key of one more device, and let the root sign it in."""
    with at_office(folder, as_json=as_json) as office:
        try:
            check_name(f"{office.party}/{name}")
            words = asking(folder)() if protect else None
            verifier = new_device(office, name, passphrase=words).verifier
        except (NoteError, ValueError) as error:
            raise click.UsageError(f"--name: {error}") from None
    digits = fingerprint(verifier.text)
    finish(
        {"key": verifier.name, "fingerprint": digits},
        t("device_made", language, key=verifier.name, digits=digits),
        as_json=as_json,
    )


@new_command.command("root")
@OFFICE
@click.option("--passphrase", "protect", is_flag=True, help="Put the private key under the passphrase of the office's keys.")
@click.option("--card", type=click.Path(path_type=Path), help="Write the new root's paper card too: NAME.pdf or NAME.txt.")
@LANGUAGE
@json_option
def root_command(folder: Path, *, protect: bool, card: Path | None, language: str, as_json: bool) -> None:
    """Make a new root key. The old root signs it in; where the old one is lost, two officers propose it to the other parties.

    Other parties accept a proposal after comparing its 24 digits in person: homeward record add RU key-accepted of=HASH
    """
    check_card_name(card)
    with at_office(folder, as_json=as_json) as office:
        signer, act = new_root(office, passphrase=asking(folder)() if protect else None)
        leaf = said_in(office, act, signer.verifier.text)
    digits = fingerprint(signer.verifier.text)
    lines = [t("root_made" if act == "key-added" else "root_proposed", language, key=signer.name, digits=digits, leaf=leaf)]
    if card is not None:
        write_card(OwnKey(signer.name, Kind.ROOT, signer), card, language, as_json=as_json)
        lines.append(t("card_made", language, file=card, key=signer.name))
    found = {
        "key": signer.name,
        "fingerprint": digits,
        "act": act,
        "leaf": leaf,
        "card": str(card) if card is not None else None,
    }
    finish(found, "\n".join(lines), as_json=as_json)


def said_in(office: Office, act: str, text: str) -> str:
    """The hash of this office's act that brings in the key with this public text."""
    entry = said(office, act, key=text)
    assert entry is not None, "the act was signed a moment ago, or before"
    return entry.leaf


new_command.add_command(card_command)
new_command.add_command(from_card_command)

COMMANDS = (new_command,)
