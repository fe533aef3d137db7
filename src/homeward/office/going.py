"""Files that are on their way to another office: they go along with every parcel to it until the record shows that they arrived.

A parcel may be lost. So a file is not crossed off when it was sent, but when an act says that it is there: the keeper's
`list-lodged`, the receiver's `receipt`. They lie in `private/going/PARTY/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.record.parcel import check_file_name


def put(office: Office, to: Iterable[str], files: Mapping[str, bytes]) -> None:
    """Let these files go to these parties, this office itself left out."""
    for party in sorted(set(to) - {office.party}):
        folder = office.private
        for part in ("going", party):
            folder /= part
            folder.mkdir(mode=0o700, exist_ok=True)
        for name, content in sorted(files.items()):
            write_whole(folder / check_file_name(name).replace("/", "_"), content)


def files_for(office: Office, to: str) -> dict[str, bytes]:
    """What should go along with a parcel to this party now."""
    folder = office.private / "going" / to
    if not folder.is_dir():
        return {}
    said = {
        (entry.act, entry.party, str(entry.fields.get("list")), str(entry.fields.get("what", "")))
        for entry in office.entries()
        if entry.act in {"list-lodged", "receipt"}
    }
    lists = sorted(office.state.lists, key=len, reverse=True)
    names = {path: path.name.replace("_", "/", 1) for path in sorted(folder.iterdir()) if not path.name.startswith(".")}
    return {name: path.read_bytes() for path, name in names.items() if _proof(name, to, lists) not in said}


def _proof(name: str, to: str, lists: Sequence[str]) -> tuple[str, str, str, str]:
    """The act by which `to` says that it has the file: what it is, who signs, for which list, and for what of it."""
    rest = name.partition("/")[2]
    if rest.startswith("answers-"):
        return "receipt", to, rest.removeprefix("answers-").removesuffix(".age"), "answers"
    list_id = next((each for each in lists if rest == each or rest.startswith((f"{each}.", f"{each}-"))), "")
    if rest == f"{list_id}-for-{to}.age":
        return "receipt", to, list_id, "list"
    return "list-lodged", to, list_id, ""
