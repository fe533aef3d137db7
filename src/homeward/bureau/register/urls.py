"""Addresses of the register. Only numbers stand in them, never a name."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.register.views import entering, exports, imports, people, protection, reads

app_name = "register"
urlpatterns = [
    path("", people.index, name="index"),
    path("search/", people.find, name="search"),
    path("add/", entering.add, name="add"),
    path("duplicates/", entering.duplicates, name="duplicates"),
    path("export/", exports.index, name="export"),
    path("reads/", reads.index, name="reads"),
    path("protected/", protection.index, name="protected"),
    path("break-glass/", protection.break_glass, name="break_glass"),
    path("break-glass/review/", protection.emergencies, name="emergencies"),
    path("break-glass/<int:pk>/end/", protection.end, name="emergency_end"),
    path("break-glass/<int:pk>/seen/", protection.seen, name="emergency_seen"),
    path("imports/", imports.index, name="imports"),
    path("imports/add/", imports.add, name="import_add"),
    path("imports/<int:pk>/", imports.show, name="import"),
    path("imports/<int:pk>/go-on/", imports.go_on, name="import_go_on"),
    path("imports/<int:pk>/leave-out/", imports.leave_out, name="import_leave_out"),
    path("imports/<int:pk>/drop/", imports.drop, name="import_drop"),
    path("imports/<int:pk>/rows/<int:number>/", imports.choose, name="import_choose"),
    path("imports/<int:pk>/result.<str:ending>", imports.result, name="import_result"),
    path("<int:number>/", people.person, name="person"),
    path("<int:number>/claim/", entering.claim, name="claim"),
    path("<int:number>/claims/<int:statement>/<int:place>/", entering.correct, name="correct"),
    path("<int:number>/protect/", protection.protect, name="protect"),
    path("<int:number>/unprotect/", protection.unprotect, name="unprotect"),
]
