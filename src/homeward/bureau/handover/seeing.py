"""What an officer sees of manifests: those of exchanges that he is assigned to, and of each person what his role shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import visible
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.services import exchanges_of
from homeward.bureau.handover.counting import standings
from homeward.bureau.handover.models import Line, Manifest, Vehicle
from homeward.bureau.handover.outcomes import outcome_of
from homeward.bureau.handover.standing import Standing
from homeward.exchange.acts import Role
from homeward.people import Field, Person
from homeward.people.plain import from_plain


def manifests_of(user: User) -> QuerySet[Manifest]:
    """The newest manifest of every stage of the officer's exchanges, newest first."""
    own = Manifest.objects.filter(exchange__in=exchanges_of(user).values("slug"))
    newest = own.order_by().values("exchange", "stage").annotate(newest=Max("pk")).values("newest")
    return Manifest.objects.filter(pk__in=newest)


def manifest_or_404(user: User, number: int) -> Manifest:
    """The manifest of this number, if the officer may know of its exchange. An older one of a stage can be read, too."""
    found = Manifest.objects.filter(pk=number, exchange__in=exchanges_of(user).values("slug")).first()
    if found is None:
        raise Http404
    return found


def vehicle_or_404(user: User, number: int, place: int) -> Vehicle:
    """The vehicle at this place of a manifest."""
    manifest = manifest_or_404(user, number)
    found = Vehicle.objects.filter(manifest=manifest, place=place).first()
    if found is None:
        raise Http404
    found.manifest = manifest
    return found


def exchange_of(manifest: Manifest) -> Exchange:
    """The exchange of a manifest that an officer may see."""
    return Exchange.objects.get(slug=manifest.exchange)


@dataclass(frozen=True, slots=True)
class State:
    """Where a person stands, for a page and for a tablet: `word` says it, `tone` colours it, `keys` are the ticks to take back."""

    name: str
    word: str
    tone: str
    keys: tuple[str, ...]


def state_of(role: Role, found: Standing) -> State:
    """A standing in words."""
    keys = tuple(str(key) for key in found.keys)
    if not found.outcomes:
        return State("open", _("not ticked"), "", keys)
    outcomes = [outcome for code in found.outcomes if (outcome := outcome_of(role, code)) is not None]
    titles = " / ".join(str(outcome.title) for outcome in outcomes)
    if found.conflict:
        return State("conflict", _("two outcomes: %(outcomes)s") % {"outcomes": titles}, "bad", keys)
    return State("done", titles, "good" if outcomes[0].good else "warn", keys)


@dataclass(frozen=True, slots=True)
class Passenger:
    """One line of a manifest as an officer sees it. Names stay empty where this node has no opened list, or the role shows none."""

    line: Line
    name: str
    born: str
    mobility: str
    family: int | None
    state: State


def passengers(user: User, vehicle: Vehicle, lines: Sequence[Line] | None = None) -> list[Passenger]:
    """The people of a vehicle in the order of their seats."""
    some = list(vehicle.lines.all()) if lines is None else list(lines)
    found = standings(some)
    return [_passenger(user, line, state_of(Role(vehicle.role), found[line.pk])) for line in some]


def _passenger(user: User, line: Line, state: State) -> Passenger:
    known = person_of(user, line)
    if known is None:
        return Passenger(line, "", "", "", line.about["family"], state)
    lying = {"stretcher": _("lying"), "assisted": _("needs help")}
    return Passenger(
        line=line,
        name=" ".join(filter(None, (known.written(field) for field in (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC)))),
        born=known.written(Field.BIRTH_DATE),
        mobility=str(lying.get(known.text(Field.MOBILITY) or "", "")),
        family=line.about["family"],
        state=state,
    )


def person_of(user: User, line: Line) -> Person | None:
    """What this node's own opened list says of a person, cut down to what the officer may see."""
    plain = line.about["person"]
    return None if plain is None else visible(user, from_plain(plain))


def looked_for(user: User, manifest: Manifest, query: str) -> list[Line]:
    """The lines that a search finds: by the record's id, or by words of the name in any script. In memory; nothing is logged of it."""
    wanted = query.strip()
    if not wanted:
        return []
    lines = list(manifest.lines.select_related("vehicle").order_by("vehicle__place", "place"))
    by_id = [line for line in lines if _is_id(line.person, wanted)]
    if by_id:
        return by_id
    return _by_name(user, lines, wanted)


def _is_id(person: str, wanted: str) -> bool:
    digits = wanted.lower().removeprefix("p-").lstrip("0")
    return digits.isdigit() and person.removeprefix("p-").lstrip("0") == digits


def _by_name(user: User, lines: Iterable[Line], wanted: str) -> list[Line]:
    from homeward.matching.search import build_index  # noqa: PLC0415 - most pages search nobody, and the index takes long to load.

    known = {line.person: (line, person) for line in lines if (person := person_of(user, line)) is not None}
    if not known:
        return []
    index = build_index([Person(number, person.claims) for number, (_line, person) in known.items()])
    return [known[hit.id][0] for hit in index.search(wanted, limit=20)]
