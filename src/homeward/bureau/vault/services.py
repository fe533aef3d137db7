"""A new key at rest, with its line in the journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.vault.keys import add_key
from homeward.bureau.vault.resealing import BATCH, reseal, waiting


def new_key(folder: Path, *, batch: int = BATCH, progress: Callable[[int], None] = lambda _done: None) -> tuple[int, int]:
    """Add a key and seal everything anew under it, or finish a resealing that was cut off. Gives (keys added, values sealed).

    The ring is written first and whole. If everything stops between that and the last value, both keys are there and every value
    opens; the next call adds no third key, but goes on.
    """
    added = 0
    if not waiting():
        count = add_key(folder)
        added = 1
        with transaction.atomic():
            write(Tag.NODE_KEY_ADDED, by=None, counts={"keys": count})
    return added, reseal(batch=batch, progress=progress)
