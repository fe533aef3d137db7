"""Addresses of exchanges."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.exchanges import views

app_name = "exchanges"
urlpatterns = [path("", views.index, name="index")]
