"""The app of pages."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "homeward.bureau.pages"
    label = "pages"
