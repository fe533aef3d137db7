"""The app of the journal."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "homeward.bureau.journal"
    label = "journal"
