"""Passwords of tests: hashed as on a node, with as little work as scrypt can be asked for."""

from __future__ import annotations

from django.contrib.auth.hashers import ScryptPasswordHasher


class QuickScrypt(ScryptPasswordHasher):
    """Scrypt takes a tenth of a second on purpose; a test that signs in proves nothing by waiting for it."""

    work_factor = 2
    parallelism = 1
