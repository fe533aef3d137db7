"""Addresses of the handover desk. They hold numbers of manifests and places of vehicles; what is searched for goes by POST."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.handover import views, views_leaving, views_making, views_ticking

app_name = "handover"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/<slug:exchange>/<str:stage>", views_making.new, name="new"),
    path("<int:manifest>/", views.manifest, name="manifest"),
    path("<int:manifest>/find", views.find, name="find"),
    path("<int:manifest>/tick", views_ticking.tick, name="tick"),
    path("<int:manifest>/<int:place>/", views.vehicle, name="vehicle"),
    path("<int:manifest>/<int:place>/state", views_ticking.state, name="state"),
    path("<int:manifest>/<int:place>/leaving", views_leaving.leaving, name="leaving"),
    path("<int:manifest>/<int:place>/depart", views_leaving.depart, name="depart"),
    path("<int:manifest>/<int:place>/sign", views_leaving.sign, name="sign"),
]
