"""The line that stands in place of a withheld act: `#` and its leaf hash in base64url.

>>> withheld_leaf(b"#" + b"A" * 43) == bytes(32)
True
>>> withheld_leaf(b"#" + b"A" * 42) is None
True
"""

from __future__ import annotations

from homeward.record.note import NoteError, decode_base64url
from homeward.record.tree import HASH_BYTES


def withheld_leaf(line: bytes) -> bytes | None:
    """The leaf hash that a withheld line stands for; None if the line has another form."""
    try:
        leaf = decode_base64url(line[1:].decode("ascii"))
    except (NoteError, UnicodeDecodeError):
        return None
    return leaf if line.startswith(b"#") and len(leaf) == HASH_BYTES else None
