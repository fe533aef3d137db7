"""Signing in as an invented officer with one click. These addresses exist only on a node whose node.toml says `demo = true`."""

from __future__ import annotations

from django.urls import URLPattern, path

from homeward.bureau.access.demo import sign_in


def demo_addresses(*, demo: bool) -> list[URLPattern]:
    """One address on a demo node, none on any other: there is nothing to find and nothing to switch on by a request."""
    return [path("demo/officers/<int:number>", sign_in, name="demo_sign_in")] if demo else []
