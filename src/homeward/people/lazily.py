"""A room whose names are imported when they are first asked for, so that a short command loads only what it uses.

The `__init__` of such a room says in a `TYPE_CHECKING` block what it offers, which type checkers and editors read, and gives the
same as a table of modules to `when_asked_for` (PEP 562). `tests/cli/test_start.py` holds the two against each other.

>>> offered = when_asked_for("homeward.people", {"dates": "PartialDate"})
>>> offered("PartialDate").__name__
'PartialDate'
>>> offered("Partialdate")
Traceback (most recent call last):
AttributeError: module 'homeward.people' has no attribute 'Partialdate'
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def when_asked_for(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package: module within it → the names that the package offers from there, with blanks between."""
    where = {name: module for module, names in modules.items() for name in names.split()}

    def offered(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{where[name]}"), name)
        # The next time the name is found without asking.
        setattr(sys.modules[package], name, value)
        return value

    return offered
