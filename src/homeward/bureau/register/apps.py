"""The app of register."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "homeward.bureau.register"
    label = "register"
