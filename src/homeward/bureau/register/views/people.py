"""The list, the search, and the page of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import fields_seen, groups_seen, may, visible
from homeward.bureau.access.roles import GROUPS
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register import services
from homeward.bureau.register.claims import Said
from homeward.bureau.register.duties import Owed, duty_of, missing_fields
from homeward.bureau.register.fold import FieldView, fold
from homeward.bureau.register.known import known, row_or_404
from homeward.bureau.register.models import Statement
from homeward.bureau.register.services_reads import note_reads, search
from homeward.bureau.register.shelf import Kept, kept_of, shelf
from homeward.bureau.register.views.words import SHOW, group_titles
from homeward.matching import explain
from homeward.people import CODES, Field, Person

ROWS = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the list: the person as this officer may see it, and what waits to be done about it."""

    kept: Kept
    person: Person
    owed: Owed | None
    missing: tuple[Field, ...]
    conflicts: int

    def is_in(self, show: str) -> bool:
        """Whether the row belongs to a choice of the list: everybody, what is overdue, or a state."""
        if show == "overdue":
            return self.owed is not None and self.owed.over > 0
        if show == "conflicts":
            return self.conflicts > 0
        if show == "incomplete":
            return bool(self.missing)
        return (
            not show or (show == "no_state" and self.person.value(Field.STATE) is None) or self.person.text(Field.STATE) == show
        )


def shown(user: User, kept: Kept) -> Shown:
    """A row for this officer. Nothing in it comes from a field that the officer may not see, not even that it is missing."""
    return shown_all(user, [kept])[0]


def shown_all(user: User, people: Iterable[Kept]) -> list[Shown]:
    """Rows for this officer. What roles see of a person on a day is worked out once, until the person changes."""
    fields, today = fields_seen(user), timezone.localdate()
    rows: dict[int, Shown] = shelf().remembered(("row", fields, groups_seen(user), today))
    found = []
    for kept in people:
        row = rows.get(kept.number)
        if row is None or row.kept is not kept:
            person = visible(user, kept.person)
            row = Shown(kept, person, duty_of(person, today), missing_fields(person, fields), len(kept.conflicts & fields))
            rows[kept.number] = row
        found.append(row)
    return found


def choice_of(request: OfficerRequest) -> str:
    """Which part of the list is asked for."""
    wanted = request.GET.get("show", "")
    return wanted if wanted in SHOW or wanted in CODES[Field.STATE] or wanted == "no_state" else ""


@needs(Permission.REGISTER_PERSON_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """Everybody whom the officer may know of, with what is due and what is missing; and the search."""
    rows = shown_all(request.user, known(request.user))
    show = choice_of(request)
    chosen = [row for row in rows if row.is_in(show)]
    page = Paginator(sorted(chosen, key=_first_what_waits), ROWS).get_page(request.GET.get("page"))
    note_reads(request.user, [row.kept for row in page.object_list], "list")
    states = ("no_state", *CODES[Field.STATE]) if Field.STATE in fields_seen(request.user) else ()
    counts = {name: sum(row.is_in(name) for row in rows) for name in (*SHOW, *states)}
    context = {"page": page, "show": show, "counts": counts, "states": states, "total": len(rows), "chosen": len(chosen)}
    return render(request, "register/index.html", context)


def _first_what_waits(row: Shown) -> tuple[int, str]:
    return (-row.owed.over if row.owed else 0, row.person.text(Field.SURNAME) or "\U0010ffff")


@needs(Permission.REGISTER_PERSON_READ)
def find(request: OfficerRequest) -> HttpResponse:
    """Search while somebody types. What is asked for comes in the body of the request and is kept nowhere."""
    if request.method != "POST":
        return redirect("register:index")
    query = request.POST.get("query", "")[:200]
    plain, protected = search(request.user, query)
    context = {
        "query": query,
        "hits": shown_all(request.user, plain),
        "protected": shown_all(request.user, protected),
    }
    part = bool(request.headers.get("HX-Request"))
    return render(request, "register/_hits.html" if part else "register/search.html", context)


@dataclass(frozen=True, slots=True)
class Fact:
    """One field on the page of a person."""

    field: Field
    view: FieldView
    #: Names in another script that are hardly this name.
    unlike: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    """One point of the timeline."""

    statement: Statement
    said: list[Said]


@needs(Permission.REGISTER_PERSON_READ)
def person(request: OfficerRequest, number: int) -> HttpResponse:
    """What the register holds of somebody, as far as the officer may see it: facts, claims, timeline, and who read it."""
    row = row_or_404(request.user, number)
    fields = fields_seen(request.user)
    statements = services.claims_of(row)
    kept = kept_of(row, [statement for statement, _ in statements])
    note_reads(request.user, [kept], "page")
    view = fold(said for _, batch in statements for said in batch if said.field in fields)
    groups = [
        (title, [_fact(field, view.fields[field]) for field in GROUPS[name] if field in view.fields])
        for name, title in group_titles()
        if name in groups_seen(request.user)
    ]
    # A statement of which the officer may see nothing is not there: even its day would tell something.
    order = {field: place for place, field in enumerate(Field)}
    events = [
        Event(statement, sorted((said for said in batch if said.field in fields), key=lambda said: order[said.field]))
        for statement, batch in statements
    ]
    context = {
        "kept": kept,
        "row": row,
        "shown": shown(request.user, kept),
        "groups": [(title, facts) for title, facts in groups if facts],
        "claims": [(fact.field, _standing(fact.view)) for _, facts in groups for fact in facts],
        "events": [event for event in reversed(events) if event.said],
        "reads": _reads(number)[:20] if may(request.user, Permission.REGISTER_READS_READ) else None,
    }
    return render(request, "register/person.html", context)


def _fact(field: Field, view: FieldView) -> Fact:
    """A field with those spellings marked that the comparison of names takes for another name."""
    unlike = []
    for said in view.spellings:
        if view.best is None or view.best.claim is None or said.claim is None:
            continue
        pair = explain(Person("1", {field: view.best.claim}), Person("2", {field: said.claim}))
        unlike += [said.ref for bar in pair.evidence if bar.kind == field.value and bar.bits < 0]
    return Fact(field, view, frozenset(unlike))


def _standing(view: FieldView) -> list[tuple[Said, str]]:
    """All claims on a field, each with where it stands."""
    found = [(view.best, "current")] if view.best is not None else []
    found += [(said, "conflict" if said in view.conflicts else "stands") for said in view.others]
    return [*found, *((said, "past") for said in view.past)]


def _reads(number: int) -> list[Line]:
    tags = (Tag.REGISTER_PERSON_READ.value,)
    return list(Line.objects.select_related("actor").filter(subject=f"person:{number}", tag__in=tags)[:20])
