"""Several keepers release the lists from their own offices: one file goes from each of the others to the neutral.

`homeward.office.own_lists.release` needs all keepers' offices on one machine. Here each stays where it is:

    share_file(tr, entropy)          a keeper's shares of all lists, sealed to the neutral; made only once the lists may be released
    take_shares(neutral, data)       the neutral looks whether they are the shares that were lodged, and keeps the file as it came
    release_alone(neutral)           all lists are opened to their commitments, and the neutral signs `lists-released`
    (the other keepers agree)        as to every proposal
    hand_over(neutral, entropy)      only now the lists go to their receivers, sealed to them

Every step may be cut off and run again. Nothing is said twice, and no list goes anywhere before every keeper's assent is in the record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.going import put
from homeward.office.own_lists import needed, open_all, own_share, say_released, sealed_for_receivers
from homeward.record.entropy import Entropy
from homeward.record.seal import SealError, parse_recipient, seal, unseal
from homeward.record.shares import LodgingError, check_share, parse_lodging

_FORMAT = "homeward-shares/1"


def others(office: Office) -> tuple[str, ...]:
    """The keepers that bring their shares to the neutral."""
    return tuple(keeper for keeper in office.keepers if keeper != office.neutral)


def waits_for(office: Office) -> str | None:
    """The first list that is not lodged with every keeper, or whose commitment not all have cosigned; None when all may be released."""
    for each in office.state.lists.values():
        if set(each.lodged) != set(office.keepers) or each.committed_at is None or each.committed_at >= office.state.full_head:
            return each.id
    return None


def share_file(office: Office, entropy: Entropy) -> bytes:
    """This keeper's shares of all lists, sealed to the neutral. Raises `LodgingError` before the lists may be released."""
    if office.party not in others(office):
        raise LodgingError("only a keeper beside the neutral brings its shares")
    _require_ready(office)
    shares = {list_id: own_share(office, list_id).decode("ascii") for list_id in sorted(office.terms.sides)}
    text = json.dumps({"format": _FORMAT, "keeper": office.party, "shares": shares}, sort_keys=True).encode("ascii")
    parties = office.store.charter.signing.parties
    to = next(party.recipient for party in parties if party.code == office.neutral)
    assert to is not None, "a charter gives every keeper a key to seal to"
    return seal(text, [parse_recipient(to)], entropy=entropy)


def take_shares(office: Office, data: bytes) -> str:
    """Keep another keeper's file, after seeing that its shares are those that were lodged. Gives the keeper. Raises `LodgingError`."""
    _require_ready(office)
    keeper, shares = _read(office, data)
    for list_id, share in shares.items():
        check_share(parse_lodging(needed(office, f"sealed/{list_id}-lodging")), keeper, share)
    folder = office.private / "shares"
    folder.mkdir(mode=0o700, exist_ok=True)
    write_whole(folder / f"{keeper}.age", data)
    return keeper


def keepers_here(office: Office) -> tuple[str, ...]:
    """The keepers whose shares the neutral holds, its own among them."""
    here = (office.private / "shares").glob("*.age") if (office.private / "shares").is_dir() else ()
    return tuple(sorted({office.neutral, *(path.stem for path in here)} & set(office.keepers)))


def release_alone(office: Office) -> str:
    """Open all lists with all keepers' shares, and say that they are released. Gives the act's leaf. Raises `LodgingError`."""
    _require_ready(office)
    _plaintexts, draw = open_all(office, _all_shares(office))
    return say_released(office, draw)


def hand_over(office: Office, entropy: Entropy) -> tuple[str, ...]:
    """Let each receiver's list go to it, sealed, once every keeper has agreed. Gives the receivers. Raises `LodgingError`."""
    if office.state.settled("lists-released") is None:
        raise LodgingError("not every keeper has agreed to the release yet; nothing is handed over before that")
    plaintexts, _draw = open_all(office, _all_shares(office))
    handed = sealed_for_receivers(office, plaintexts, entropy)
    for party, files in handed.items():
        put(office, [party], files)
    return tuple(sorted(handed))


def is_handed_over(office: Office) -> bool:
    """Whether every receiver's list lies ready to go to it, or went."""
    return all(
        (office.private / "going" / party / f"sealed_{each.id}-for-{party}.age").exists()
        for each in office.state.lists.values()
        for party in each.receivers
    )


def _require_ready(office: Office) -> None:
    waits = waits_for(office)
    if waits is not None:
        raise LodgingError(f"list {waits} is not lodged with every keeper, or not everybody has cosigned its commitment yet")


def _all_shares(office: Office) -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = {
        list_id: {office.party: own_share(office, list_id)} for list_id in sorted(office.terms.sides)
    }
    for keeper in others(office):
        path = office.private / "shares" / f"{keeper}.age"
        if not path.exists():
            raise LodgingError(f"the shares of {keeper} are not here yet; ask {keeper} for its file")
        for list_id, share in _read(office, path.read_bytes())[1].items():
            found[list_id][keeper] = share
    return found


def _read(office: Office, data: bytes) -> tuple[str, Mapping[str, bytes]]:
    """Whose file this is, and its share of every list."""
    try:
        read: Any = json.loads(unseal(data, [office.keys.sealing]))
    except SealError as error:
        raise LodgingError(f"this file of shares cannot be opened here: {error}; ask its keeper for it again") from None
    except ValueError:
        read = None
    keeper = read.get("keeper") if isinstance(read, dict) and read.get("format") == _FORMAT else None
    shares = read.get("shares") if keeper is not None else None
    if keeper not in others(office) or not isinstance(shares, dict) or set(shares) != set(office.terms.sides):
        raise LodgingError("this is not a keeper's file of shares of this exchange; ask the keeper for it")
    if not all(isinstance(share, str) and share.isascii() for share in shares.values()):
        raise LodgingError(f"the file of {keeper} is damaged; ask {keeper} for it again")
    return keeper, {list_id: share.encode("ascii") for list_id, share in shares.items()}
