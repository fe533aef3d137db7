"""Addresses of register."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.register import views

app_name = "register"
urlpatterns = [path("", views.index, name="index")]
