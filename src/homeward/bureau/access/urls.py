"""Addresses of access."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.access import views

app_name = "access"
urlpatterns = [
    path("", views.index, name="index"),
    path("add", views.add, name="add"),
    path("rights", views.rights, name="rights"),
    path("<int:number>", views.officer, name="officer"),
    path("<int:number>/change", views.change, name="change"),
    path("<int:number>/roles", views.roles, name="roles"),
    path("<int:number>/close", views.close, name="close"),
    path("<int:number>/reopen", views.reopen, name="reopen"),
    path("<int:number>/password", views.password, name="password"),
    path("<int:number>/second-factor", views.ask_reset, name="ask_reset"),
    path("resets/<int:number>/grant", views.grant_reset, name="grant_reset"),
    path("resets/<int:number>/drop", views.drop_reset, name="drop_reset"),
]
