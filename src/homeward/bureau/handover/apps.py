"""The app of handover."""

from __future__ import annotations

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "homeward.bureau.handover"
    label = "handover"
