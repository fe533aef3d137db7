"""Every address of the node, read from Django's resolver: what the matrix and the house laws walk over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One address: its name with its namespace, its pattern, its view."""

    name: str
    pattern: str
    view: Callable[..., Any]


def addresses() -> list[Address]:
    """All of them, in the order of the resolver."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, prefix: str) -> Iterator[Address]:
    for each in patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, f"{namespace}{each.namespace}:" if each.namespace else namespace, pattern)
        else:
            yield Address(f"{namespace}{each.name}", pattern, each.callback)
