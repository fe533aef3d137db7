"""The app of review."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "homeward.bureau.review"
    label = "review"
