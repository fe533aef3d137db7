"""Addresses of review."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.review import views

app_name = "review"
urlpatterns = [path("", views.index, name="index")]
