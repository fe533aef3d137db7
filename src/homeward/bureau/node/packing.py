"""A sealed parcel of files: a tar with a manifest at its head, sealed as an age file. Backups of a node and of its keys are such.

The manifest gives the SHA-256 of every file; a parcel that lacks one, or holds another, is refused whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from homeward.bureau.node.folder import NodeError
from homeward.record.seal import Identity, Recipient, SealError, seal, unseal

_MANIFEST = "manifest.json"


def pack(kind: str, files: Mapping[str, bytes], about: Mapping[str, Any], recipients: Sequence[Recipient]) -> bytes:
    """Seal the files, by their relative names, with what there is to say about them."""
    assert all(_is_plain(name) for name in files), "files of a parcel have relative names"
    manifest = {**about, "kind": kind, "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, data in ((_MANIFEST, json.dumps(manifest, sort_keys=True, indent=1).encode("utf-8")), *sorted(files.items())):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), 0o600
            tar.addfile(entry, io.BytesIO(data))
    return seal(packed.getvalue(), recipients)


def unpack(kind: str, sealed: bytes, identities: Sequence[Identity], where: str) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Open and check a parcel: its files and its manifest. Raises `NodeError` naming `where` it came from."""
    try:
        plain = unseal(sealed, identities)
    except SealError as error:
        raise NodeError(f"{where}: {error}") from error
    try:
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as tar:
            found = {entry.name: tar.extractfile(entry).read() for entry in tar if entry.isreg()}  # type: ignore[union-attr] # A regular file has contents.
        manifest = json.loads(found.pop(_MANIFEST))
        expected = dict(manifest["files"])
        given = str(manifest["kind"])
    except (tarfile.TarError, KeyError, TypeError, ValueError) as error:
        raise NodeError(f"{where}: this is not a backup of a node") from error
    if given != kind:
        raise NodeError(f"{where}: this is a {given}, and a {kind} is needed here")
    if {name: hashlib.sha256(data).hexdigest() for name, data in found.items()} != expected or not all(map(_is_plain, found)):
        raise NodeError(f"{where}: its contents are not those that its manifest names; take another copy")
    return found, manifest


def _is_plain(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)
