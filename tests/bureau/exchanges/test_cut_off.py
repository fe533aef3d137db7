"""Handover of ownership interrupted at every step, with everything that files can go through on the way.

SORMAS #9967 and #9836: a share between two authorities that broke in the middle left a case with both of them, or with nobody.
SORMAS #8576: shared twice in silence. SORMAS #6067: shared, rejected, shared again, and the server failed.

Here a process is stopped before and after every single write of the whole way (an act, a head, a file, a line of the journal, a
row of the mail), started again, and the same button is pressed again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from homeward.bureau.exchanges import services, services_mail, services_noting
from homeward.bureau.exchanges.faults import ExchangeError, NoEffectError
from homeward.bureau.exchanges.models import Exchange, Passage
from homeward.bureau.journal.models import Line
from homeward.office import delivering, mail
from homeward.office.said import own_entries
from homeward.record import Store
from tests.bureau.exchanges.conftest import SLUGS, World

pytestmark = pytest.mark.django_db

#: Everything that comes to disk on the way of a handover.
WRITES: tuple[tuple[object, str], ...] = (
    (Store, "put"),
    (Store, "extend"),
    (Store, "extend_to"),
    (Store, "keep_head"),
    (mail, "write_whole"),
    (delivering, "write_whole"),
    (services_noting, "write"),
    (services_mail, "_went"),
    (services_mail, "_came"),
)


class PowerCutError(BaseException):
    """The machine stops here; nothing of ours catches it."""


class Cutter:
    """Counts the writes of a run, or stops before one of them: what is on disk then is what the write before it left there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.at = 0, -1
        for owner, name in WRITES:
            monkeypatch.setattr(owner, name, self._around(getattr(owner, name)))

    def _around(self, write: Callable[..., object]) -> Callable[..., object]:
        def around(*args: object, **kwargs: object) -> object:
            here = self.count == self.at
            self.count += 1
            if here:
                raise PowerCutError
            return write(*args, **kwargs)

        return around


@pytest.fixture
def opened(world: World) -> World:
    """The first stage is open; nobody has gone."""
    for party in ("UA", "RU"):
        services.compute(world.exchanges[party], by=world.officers[party][0])
    pending = services.propose_stage(world.exchanges["UA"], "day1", by=world.officers["UA"][0])
    assert pending is not None
    services.confirm(pending, world.officers["UA"][1])
    world.pass_on()
    leaf = world.proposal("RU", "stage-planned")
    for party in ("RU", "NEUTRAL"):
        world.by_two(party, "agree", of=leaf)
    world.round()
    with services.office_of(world.exchanges["RU"]) as office:
        plan = office.state.stages["day1"].plan
    world.by_two("RU", "say", act="stage-opened", fields={"stage": "day1", "plan": plan})
    world.pass_on()
    for party in ("UA", "NEUTRAL"):
        world.by_two(party, "agree", of=world.proposal(party, "stage-opened"))
    world.round()
    return world


@dataclass
class Shelf:
    """The world as it was before each step, on disk and in the database."""

    world: World
    folder: Path
    noted: list[dict[str, int]] = field(default_factory=list)

    def keep(self) -> None:
        services.close_offices()
        shutil.copytree(self.world.node / "exchanges", self.folder / str(len(self.noted)))
        self.noted.append(dict(Exchange.objects.values_list("slug", "noted")))

    def put_back(self, step: int) -> None:
        services.close_offices()
        shutil.rmtree(self.world.node / "exchanges")
        shutil.copytree(self.folder / str(step), self.world.node / "exchanges")
        for slug, number in self.noted[step].items():
            Exchange.objects.filter(slug=slug).update(noted=number)
        self.start_again()

    def start_again(self) -> None:
        """The process is gone; another one opens the offices anew."""
        services.close_offices()
        for each in self.world.exchanges.values():
            each.refresh_from_db()


def people(world: World) -> list[str]:
    with services.office_of(world.exchanges["RU"]) as office:
        return list(office.state.stages["day1"].going["home-UA"])


def steps(world: World, persons: list[str]) -> list[Callable[[], object]]:
    """The buttons that are pressed, by three parties, from the holder's act until everybody knows of the receiver's."""
    of = world.exchanges
    over = [("handed-over", {"person": person, "stage": "day1", "vehicle": "bus-1"}) for person in persons]
    taken = [("received", {"person": person, "stage": "day1"}) for person in persons]
    return [
        lambda: services.say_all(of["RU"], world.officers["RU"][0], over),
        lambda: world.carry("RU", "NEUTRAL"),
        lambda: world.carry("NEUTRAL", "UA"),
        lambda: services.say_all(of["UA"], world.officers["UA"][0], taken),
        lambda: world.carry("UA", "NEUTRAL"),
        lambda: world.carry("NEUTRAL", "RU"),
        lambda: world.carry("NEUTRAL", "UA"),
    ]


def check_nobody_is_with_both_or_with_nobody(world: World, persons: list[str]) -> None:
    """By every office's own copy each person stands in exactly one column, and no receiver has whom the holder did not give."""
    states: dict[str, dict[str, str]] = {}
    for party, exchange in world.exchanges.items():
        with services.office_of(exchange) as office:
            states[party] = {person: office.state.people[person].state for person in persons}
    with services.office_of(world.exchanges["RU"]) as office:
        gave = {entry.fields["person"] for entry in own_entries(office, "handed-over")}
    with services.office_of(world.exchanges["UA"]) as office:
        took = {entry.fields["person"] for entry in own_entries(office, "received")}
    for person in persons:
        stands = {party: state[person] for party, state in states.items()}
        assert set(stands.values()) <= {"PLANNED", "HANDED_OVER", "RECEIVED"}, stands
        if person in took or "RECEIVED" in stands.values():
            assert person in gave, f"{person} is with both: taken, and not given"
        if person not in gave:
            assert set(stands.values()) == {"PLANNED"}, f"{person} has left nobody's hands, and is counted as gone"


def check_all_arrived_once(world: World, persons: list[str]) -> None:
    for party, exchange in world.exchanges.items():
        with services.office_of(exchange) as office:
            acts = [(entry.act, entry.fields.get("person")) for entry in office.entries()]
            for person in persons:
                assert office.state.people[person].state == "RECEIVED", (party, person)
                assert acts.count(("handed-over", person)) == 1, (party, person)
                assert acts.count(("received", person)) == 1, (party, person)
            assert not office.state.void, party


def test_a_power_cut_at_any_write_leaves_nobody_with_both_or_with_nobody(
    opened: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    persons = people(opened)[:2]
    shelf = Shelf(opened, tmp_path)
    cutter = Cutter(monkeypatch)
    presses = steps(opened, persons)
    writes = []
    for press in presses:
        shelf.keep()
        cutter.count = 0
        press()
        writes.append(cutter.count)
    check_all_arrived_once(opened, persons)
    assert sum(writes) > 25, "the way has many writes, and each is cut off below"
    for step, count in enumerate(writes):
        for at in range(count):
            shelf.put_back(step)
            cutter.count, cutter.at = 0, at
            with pytest.raises(PowerCutError):
                presses[step]()
            shelf.start_again()
            check_nobody_is_with_both_or_with_nobody(opened, persons)
            # Somebody presses the same button again, and then all that come after it.
            for press in presses[step:]:
                press()
            check_nobody_is_with_both_or_with_nobody(opened, persons)
            check_all_arrived_once(opened, persons)


def test_parcels_lost_doubled_halved_and_swapped_change_nothing_in_the_end(opened: World) -> None:
    persons = people(opened)[:3]
    of, officers = opened.exchanges, opened.officers

    def parcel(sender: str, to: str, *, whole: bool = False) -> bytes:
        return services.make_parcel(of[sender], to, by=officers[sender][0], whole=whole).read_bytes()

    def take(to: str, data: bytes) -> Passage:
        return services.take_parcel(of[to], data, by=officers[to][0])

    press = steps(opened, persons)
    press[0]()
    parcel("RU", "NEUTRAL")  # Lost on the way.
    again = parcel("RU", "NEUTRAL")
    with pytest.raises(ExchangeError, match="cut off"):
        take("NEUTRAL", again[: len(again) // 2])
    take("NEUTRAL", again)
    assert take("NEUTRAL", again).acts == 0, "taken in twice"
    first = parcel("NEUTRAL", "UA")
    second = parcel("NEUTRAL", "UA")
    take("UA", second)
    check_nobody_is_with_both_or_with_nobody(opened, persons)
    take("UA", first)
    press[3]()
    lost = parcel("UA", "NEUTRAL")
    assert lost
    take("NEUTRAL", parcel("UA", "NEUTRAL"))
    parcel("NEUTRAL", "RU")  # Lost; the neutral believes that it was sent.
    take("RU", parcel("NEUTRAL", "RU"))
    take("UA", parcel("NEUTRAL", "UA", whole=True))
    check_all_arrived_once(opened, persons)
    assert Passage.objects.filter(failed__gt="").count() == 1


def test_handed_over_twice_is_said_once_and_the_second_time_is_told(opened: World) -> None:
    """SORMAS #8576: the same case was shared twice without a word."""
    person = people(opened)[0]
    act = ("handed-over", {"person": person, "stage": "day1", "vehicle": "bus-1"})
    office, officer = opened.exchanges["RU"], opened.officers["RU"][0]
    (leaf,) = services.say_all(office, officer, [act])
    assert leaf
    assert services.say_all(office, officer, [act]) == [""], "the same again is not signed again"
    opened.pass_on()
    assert services.say_all(office, officer, [act]) == [""]
    with pytest.raises(NoEffectError):
        services.say_all(office, officer, [("handed-over", {"person": person, "stage": "day1", "vehicle": "bus-2"})])
    with services.office_of(office) as opened_office:
        assert sum(entry.act == "handed-over" and entry.fields["person"] == person for entry in opened_office.entries()) == 1


def test_refused_and_handed_over_again_is_answered_in_words_and_never_by_a_server_error(opened: World) -> None:
    """SORMAS #6067: share, reject, share again."""
    person = people(opened)[0]
    over = ("handed-over", {"person": person, "stage": "day1", "vehicle": "bus-1"})
    services.say_all(opened.exchanges["RU"], opened.officers["RU"][0], [over])
    opened.pass_on()
    refused = ("refused", {"person": person, "stage": "day1", "reason": "not_the_person_on_the_manifest"})
    services.say_all(opened.exchanges["UA"], opened.officers["UA"][0], [refused])
    opened.pass_on()
    with pytest.raises(NoEffectError, match="RETURNED"):
        services.say_all(opened.exchanges["RU"], opened.officers["RU"][0], [("handed-over", {**over[1], "vehicle": "bus-2"})])
    client = opened.client("RU")
    for page in ("", "stages/day1/", "record/", "to-sign/"):
        assert client.get(opened.url("RU", page)).status_code == 200


def test_a_receiver_cannot_take_whom_the_holder_has_not_given(opened: World) -> None:
    person = people(opened)[0]
    with pytest.raises(NoEffectError):
        services.say_all(opened.exchanges["UA"], opened.officers["UA"][0], [("received", {"person": person, "stage": "day1"})])


def test_an_act_whose_journal_line_was_cut_off_is_told_of_when_the_office_is_next_used(
    opened: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act is the truth: the journal follows it, and says that the line was found later."""
    exchange, officer = opened.exchanges["RU"], opened.officers["RU"][0]
    subject = Line.objects.filter(tag="exchanges:act:signed", subject=exchange.subject)
    before = subject.count()
    with monkeypatch.context() as patch:

        def cut(*_args: object, **_kwargs: object) -> None:
            raise PowerCutError

        patch.setattr(services_noting, "write", cut)
        with pytest.raises(PowerCutError):
            services.say_all(
                exchange, officer, [("handed-over", {"person": people(opened)[0], "stage": "day1", "vehicle": "b-1"})]
            )
    services.close_offices()
    exchange = Exchange.objects.get(slug=SLUGS["RU"])
    assert subject.count() == before
    services.make_parcel(exchange, "NEUTRAL", by=officer)
    line = subject.first()
    assert subject.count() == before + 1
    assert line is not None
    assert line.actor is None
    assert line.counts == {"act": "handed-over", "acts": 1, "hands": "RU/officer-1", "found_later": 1}
