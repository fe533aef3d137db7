"""Addresses of the review desk. They hold numbers of runs and pairs, and the name of a part of the queue."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.review import views, views_runs

app_name = "review"
urlpatterns = [
    path("", views_runs.index, name="index"),
    path("new", views_runs.new, name="new"),
    path("new/file", views_runs.new_from_file, name="new_from_file"),
    path("<int:run>/", views_runs.queue, name="queue"),
    path("<int:run>/work/<slug:part>", views.work, name="work"),
    path("<int:run>/by-hand/<int:place>", views.by_hand, name="by_hand"),
    path("<int:run>/<slug:part>/<int:place>", views.pair, name="pair"),
    path("<int:run>/<slug:part>/<int:place>/say", views.give_word, name="say"),
    path("<int:run>/<slug:part>/undo", views.undo, name="undo"),
]
