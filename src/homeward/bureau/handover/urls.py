"""Addresses of handover."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.handover import views

app_name = "handover"
urlpatterns = [path("", views.index, name="index")]
