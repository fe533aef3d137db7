"""The app of access."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "homeward.bureau.access"
    label = "access"

    def ready(self) -> None:
        import_module("homeward.bureau.access.signing_in")
