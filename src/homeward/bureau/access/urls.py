"""Addresses of access."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.access import views

app_name = "access"
urlpatterns = [path("", views.index, name="index")]
