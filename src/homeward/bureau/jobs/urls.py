"""Addresses of jobs. They hold numbers of jobs alone."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/progress", views.progress, name="progress"),
    path("<int:pk>/give-up", views.give_up, name="give_up"),
]
