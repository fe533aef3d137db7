"""What addresses name, for the matrix: each function makes it and gives the words of the address, for yours and for not yours.

    def officer() -> Thing:
        return Thing({"number": somebody.pk}, {"number": 0})

Made once for an address; every try is undone. For what is not yours take something that exists and is hidden from every role, or a
number that nobody has. `open_to` lets an officer in who is to have it as theirs: an exchange is there only for who is assigned to it,
so the same words are then yours and not yours.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.access.services import ask_factor_reset
from homeward.bureau.exchanges import services as exchanges
from homeward.bureau.exchanges.models import DraftList, Exchange, PendingAct
from homeward.bureau.handover.models import Manifest
from homeward.bureau.handover.services import write_manifest
from homeward.bureau.jobs import services as jobs
from homeward.bureau.jobs.kinds import COMPARE, READ
from homeward.bureau.jobs.models import Job
from homeward.bureau.register import services_import, services_protect
from homeward.bureau.register.models import Emergency, Import, Person, Statement
from homeward.bureau.review.models import Proposal
from homeward.bureau.review.services import start_run
from homeward.lists import Question
from homeward.office import claiming
from homeward.people import table_bytes
from tests.bureau.conftest import make_officer

#: A number that nothing has.
NONE = 999_999


def _nobody_needs_to_be_let_in(_officer: User) -> None:
    """It is there for every role that may use its address."""


@dataclass(frozen=True)
class Thing:
    """The words of an address for what is yours and for what is not, and how an officer is let in."""

    yours: Mapping[str, Any]
    not_yours: Mapping[str, Any]
    open_to: Callable[[User], None] = _nobody_needs_to_be_let_in
    #: Fields of the form that name something, beside those that the row of the matrix sends.
    sent: Mapping[str, str] = field(default_factory=dict)


# -- officers


def officer() -> Thing:
    """Somebody else on the node."""
    return Thing({"number": make_officer("somebody", Role.REVIEWER).pk}, {"number": 0})


def reset() -> Thing:
    """A lost second factor, for which an administrator has asked."""
    asking = ask_factor_reset(make_officer("somebody", Role.REVIEWER), by=make_officer("asking", Role.ADMINISTRATOR))
    return Thing({"number": asking.pk}, {"number": 0})


def key_of_another() -> Thing:
    """A security key of another officer, which nobody else may know of."""
    owner: User = make_officer("owner", Role.REVIEWER)
    key = Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    return Thing({"pk": key.pk}, {"pk": key.pk})


# -- register


def _person(**more: str) -> Person:
    from tests.bureau.register.people import koval

    return koval(**more)


def _protected(person: Person) -> Person:
    """Only an officer who signs in nowhere in these tests may know of them."""
    reader, keeper = make_officer("reader", Role.LIST_OFFICER), make_officer("keeper", Role.DATA_PROTECTION)
    services_protect.protect(person.number, [reader], "a threat to the family at home", by=keeper)
    return person


def person() -> Thing:
    """Somebody in the register, and somebody who is specially protected."""
    return Thing({"number": _person().number}, {"number": _protected(_person(birth_date="1990-01-01")).number})


def person_to_protect() -> Thing:
    """Somebody in the register; who protects people is told of a number that nobody has."""
    return Thing({"number": _person().number}, {"number": NONE})


def protected_person() -> Thing:
    """Somebody protected, for who protects people."""
    return Thing({"number": _protected(_person()).number}, {"number": NONE})


def claim() -> Thing:
    """The first claim on somebody, and the same of somebody protected."""
    shown, hidden = _person(), _protected(_person(birth_date="1990-01-01"))
    first, second = (Statement.objects.filter(person=each).get() for each in (shown, hidden))
    words = {"number": shown.number, "statement": first.pk, "place": 0}
    return Thing(words, {"number": hidden.number, "statement": second.pk, "place": 0})


def _import(**more: Any) -> Thing:
    """A staged import. Nobody but who staged it may know of it: it is full of names that nobody has decided on."""
    from tests.bureau.register.people import RECORDS

    data = table_bytes(".csv", ["Прізвище", "Ім'я", "Дата народження"], [["Тестенко", "Іван", "14.03.1987"]])
    made = services_import.stage(data, "list.csv", RECORDS, by=make_officer("importing", Role.REGISTRAR))
    words = {"pk": made.pk, **more}
    return Thing(words, words, lambda user: _made_by(made, user))


def _made_by(made: Import, user: User) -> None:
    Import.objects.filter(pk=made.pk).update(by=user)


def staged() -> Thing:
    """A staged import."""
    return _import()


def staged_row() -> Thing:
    """Its only row, which is the second of the file."""
    return _import(number=2)


def staged_result() -> Thing:
    """Its result file."""
    return _import(ending="csv")


def _opened() -> Emergency:
    number = _protected(_person()).number
    by = make_officer("opening", Role.REGISTRAR)
    return services_protect.break_glass(next(iter(services_protect.GROUNDS)), "a reason in words enough", f"{number}", by=by)


def emergency() -> Thing:
    """Break-glass of a registrar who signs in nowhere in these tests."""
    return Thing({"pk": _opened().pk}, {"pk": NONE})


def emergency_of_mine() -> Thing:
    """Break-glass that the officer has opened; another's is there for the reviewer alone."""
    opened = _opened()

    def made_by(user: User) -> None:
        Emergency.objects.filter(pk=opened.pk).update(user=user)

    return Thing({"pk": opened.pk}, {"pk": NONE}, made_by)


# -- jobs


def job() -> Thing:
    """A job that waits. Nobody but who asked for it may know of it, and of those who asked, who may still ask for its kind."""
    made, hidden = (
        jobs.ask(READ, by=make_officer(name, Role.REGISTRAR), title="list.csv", source=[], sheet="")
        for name in ("asking", "another")
    )

    def made_by(user: User) -> None:
        kind = READ if Role.REGISTRAR in user.roles else COMPARE
        Job.objects.filter(pk=made.pk).update(by=user, kind=kind)

    return Thing({"pk": made.pk}, {"pk": hidden.pk}, made_by)


# -- review


def _run(**more: Any) -> Thing:
    """A comparison of a list of an exchange with the register, there for who is assigned to the exchange."""
    from tests.bureau.review.people import LISTED, REGISTER

    autumn = Exchange.objects.create(slug="autumn", title="Autumn")
    made = start_run(exchange="autumn", list_id="home-BB", entries=LISTED, register=REGISTER, by=None)
    words = {"run": made.pk, **more}
    return Thing(words, words, lambda user: exchanges.assign(autumn, user, by=None))


def _first_place() -> int:
    return min(Proposal.objects.values_list("place", flat=True))


def run() -> Thing:
    """A run of the review desk."""
    return _run()


def part() -> Thing:
    """A part of its queue."""
    return _run(part="all")


def pair() -> Thing:
    """Its first pair."""
    thing = _run(part="all")
    words = {**thing.yours, "place": _first_place()}
    return Thing(words, words, thing.open_to)


def by_hand() -> Thing:
    """An entry for which somebody looks for the person by hand."""
    thing = _run()
    asked = Proposal.objects.exclude(pair__question=Question.REPEAT.value).order_by("place").first()
    words = {**thing.yours, "place": asked.place if asked is not None else NONE}
    return Thing(words, words, thing.open_to)


# -- exchanges


def _exchange(party: str = "UA", **more: Any) -> Thing:
    """An office of an exchange after its first day, there for who is assigned to it."""
    from tests.bureau.exchanges.conftest import half_way

    slug = f"may-{party.lower()}"
    target = Path(settings.NODE) / "exchanges" / slug
    if not target.exists():
        shutil.copytree(half_way(1).folder / party, target)
    made: Exchange = exchanges.add_exchange(slug, "May", by=None)
    words = {"slug": made.slug, **more}
    return Thing(words, words, lambda user: exchanges.assign(made, user, by=None))


def exchange() -> Thing:
    """An exchange, in the office of a party."""
    return _exchange()


def exchange_of_the_neutral() -> Thing:
    """The same in the neutral's office."""
    return _exchange("NEUTRAL")


def planned_exchange() -> Thing:
    """An exchange with a plan."""
    thing = _exchange()
    exchanges.compute(Exchange.objects.get(slug="may-ua"), by=make_officer("planning", Role.NEGOTIATOR))
    return thing


def planned() -> Thing:
    """One of the people whom it could move."""
    thing = planned_exchange()
    words = {**thing.yours, "person": "p-0001"}
    return Thing(words, words, thing.open_to)


def their_list() -> Thing:
    """The other side's list, which was released to us."""
    return _exchange(list_id="home-UA")


def person_of_exchange() -> Thing:
    """Somebody on the other side's list."""
    return _exchange(person="p-0001")


def our_list() -> Thing:
    """Our own list, which the other side answers."""
    return _exchange(list_id="home-RU")


def entry() -> Thing:
    """An answer to a name on the other side's list."""
    return _exchange(list_id="home-UA", entry="p-0001")


def _drafts(**more: int) -> Thing:
    """Our own list as it was uploaded twice before it was committed to."""
    thing = _exchange(list_id="home-RU", **more)
    content = table_bytes(
        ".csv", ["ID", "Surname", "Given names", "Date of birth"], [["a-1", "Testenko", "Ivan", "1987-03-14"]]
    )
    for number in (1, 2):
        DraftList.objects.create(
            exchange=Exchange.objects.get(slug="may-ua"),
            list_id="home-RU",
            version=number,
            suffix=".csv",
            content=content,
            uploaded_by=User.objects.filter(username="uploading").first() or make_officer("uploading", Role.LIST_OFFICER),
            rows=1,
            accepted=1,
            remarked=0,
            refused=0,
            report={"en": "", "uk": ""},
            stops_sending=False,
        )
    return thing


def version() -> Thing:
    """A version of it."""
    return _drafts(version=1)


def versions() -> Thing:
    """Two versions of it."""
    return _drafts(older=1, newer=2)


def stage() -> Thing:
    """A stage."""
    return _exchange(stage_id="day1")


def pending() -> Thing:
    """The end of the exchange, which waits for its second officer."""
    thing = _exchange()
    made = PendingAct.objects.create(
        exchange=Exchange.objects.get(slug="may-ua"),
        deed="say",
        args={"act": "broken-off", "fields": {"reason": "security"}},
        asked_by=make_officer("asking", Role.NEGOTIATOR),
    )
    words = {**thing.yours, "number": made.pk}
    return replace(thing, yours=words, not_yours=words)


def exchange_with_officer() -> Thing:
    """An exchange to which somebody else is assigned, who is to be named in a form."""
    thing = _exchange()
    somebody = make_officer("somebody", Role.NEGOTIATOR, device="officer-1")
    thing.open_to(somebody)
    return replace(thing, sent={"user": str(somebody.pk)})


def exchange_with_proposal() -> Thing:
    """An exchange with the plan of a stage, which was put aside once and is put back."""
    thing = _exchange()
    with exchanges.office_of(Exchange.objects.get(slug="may-ua")) as office:
        leaf = next(leaf for leaf, each in office.state.proposals.items() if each.entry.act == "stage-planned")
    return replace(thing, sent={"of": leaf, "do": "back"})


def claimed_list() -> Thing:
    """The other side's list, from which we have said that somebody is missing."""
    from homeward.bureau.register.services import person as register_person

    thing = _exchange(list_id="home-UA")
    missing = register_person(_person().number)
    assert missing is not None
    with exchanges.office_of(Exchange.objects.get(slug="may-ua")) as office:
        digest = claiming.claim(office, "home-UA", missing, known_as=missing.id, entropy=os.urandom)
    return replace(thing, sent={"claim": digest})


@cache
def two_keepers() -> Path:
    """Offices of an exchange with two keepers, up to the lodging of both lists."""
    from tests.office.reveal_world import Table

    folder = Path(mkdtemp(prefix="homeward-tests-"))
    table = Table(folder)
    table.commit()
    table.hand_over()
    table.lodge()
    for office in table.offices.values():
        office.close()
    return folder


def _keeper(code: str) -> Thing:
    slug = f"two-{code.lower()}"
    target = Path(settings.NODE) / "exchanges" / slug
    if not target.exists():
        shutil.copytree(two_keepers() / code, target)
    made: Exchange = exchanges.add_exchange(slug, "Two keepers", by=None)
    words = {"slug": made.slug}
    return Thing(words, words, lambda user: exchanges.assign(made, user, by=None))


def exchange_of_two_keepers() -> Thing:
    """An exchange with two keepers, in the office of the one who brings its shares."""
    return _keeper("TR")


def exchange_of_the_first_keeper() -> Thing:
    """The same in the neutral's office, to which the shares are brought."""
    return _keeper("NEUTRAL")


def peer() -> Thing:
    """Another node, which shows a token instead of signing in; these tests have none."""
    thing = _exchange()
    return Thing({**thing.yours, "party": "RU"}, {**thing.yours, "party": "RU"})


# -- handover


def _manifest(**more: Any) -> Thing:
    from homeward.planning.manifests import manifests
    from tests.bureau.handover.conftest import FLEET, GOING, NAMES, ROLES, named

    facts: dict[str, dict[str, str | int | None]] = {person: {} for people in GOING.values() for person in people}
    lines = manifests(GOING, facts, vehicles=FLEET).lines
    people = {each: named(each, *name, "walking") for each, name in NAMES.items()}
    made: Manifest = write_manifest(
        exchange="autumn", stage="day1", vehicles=FLEET, roles=ROLES, lines=lines, people=people, families={}, by=None
    )
    autumn = Exchange.objects.create(slug="autumn", title="Autumn")
    words = {"manifest": made.pk, **more}
    return Thing(words, words, lambda user: exchanges.assign(autumn, user, by=None))


def manifest() -> Thing:
    """A manifest of a stage, there for who is assigned to its exchange."""
    return _manifest()


def vehicle() -> Thing:
    """One of its vehicles."""
    return _manifest(place=1)


def stage_of_exchange() -> Thing:
    """A stage for which a manifest is made."""
    thing = _exchange()
    words = {"exchange": "may-ua", "stage": "day2"}
    return Thing(words, words, thing.open_to)


_ALL = (
    *(officer, reset, key_of_another),
    *(person, person_to_protect, protected_person, claim, staged, staged_row, staged_result, emergency, emergency_of_mine),
    *(job, run, part, pair, by_hand),
    *(
        exchange,
        exchange_of_the_neutral,
        planned_exchange,
        planned,
        their_list,
        person_of_exchange,
        our_list,
        entry,
        version,
        versions,
        stage,
        pending,
        exchange_with_officer,
        exchange_with_proposal,
        claimed_list,
        exchange_of_two_keepers,
        exchange_of_the_first_keeper,
        peer,
    ),
    *(manifest, vehicle, stage_of_exchange),
)
THINGS: Mapping[str, Callable[[], Thing]] = {each.__name__: each for each in _ALL}
