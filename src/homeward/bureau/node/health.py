"""The health page: for a watchdog without a login, so it tells only whether the node works, by name of the part."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from homeward.bureau.access.needs import public
from homeward.bureau.vault.keys import key_ring

#: A node with less free space than this on its disk is not well; a list and its record need a few of these.
LEAST_FREE_BYTES = 200 * 2**20


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _disk() -> bool:
    return shutil.disk_usage(settings.NODE if settings.NODE.exists() else settings.NODE.parent).free > LEAST_FREE_BYTES


def _vault() -> bool:
    ring = key_ring()
    return bool(ring.open(ring.seal(b"health", b"health"), b"health") == b"health")


PARTS: dict[str, Callable[[], bool]] = {"database": _database, "disk": _disk, "vault": _vault}


@public
def health(_request: HttpRequest) -> JsonResponse:
    """200 with every part true, or 503 naming the part that is not."""
    found = {name: _holds(part) for name, part in PARTS.items()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def _holds(part: Callable[[], bool]) -> bool:
    try:
        return part()
    except Exception:
        return False
