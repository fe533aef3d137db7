"""What can no longer count is told apart on “To sign”, says which act overtook it, is never signed, and can be put aside and back."""

from __future__ import annotations

import pytest

from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import PendingAct, SetAside
from homeward.bureau.exchanges.services_aside import put_aside
from homeward.bureau.journal.models import Line
from tests.bureau.conftest import SignIn
from tests.bureau.exchanges.conftest import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(world: World) -> tuple[World, str, int]:
    """Both sides have proposed the same stage; all agreed to UA's proposal. Gives the leaf of RU's, and the act that overtook it."""
    for party in ("UA", "RU"):
        services.compute(world.exchanges[party], by=world.officers[party][0])
        pending = services.propose_stage(world.exchanges[party], "day1", by=world.officers[party][0])
        assert pending is not None
        services.confirm(pending, world.officers[party][1])
    world.pass_on()
    with services.office_of(world.exchanges["NEUTRAL"]) as office:
        leaves = {each.entry.party: leaf for leaf, each in office.state.proposals.items() if each.entry.act == "stage-planned"}
    # The neutral's officer has asked for his party's agreement to RU's proposal before the other one was settled.
    assert services.agree_to(world.exchanges["NEUTRAL"], leaves["RU"], by=world.officers["NEUTRAL"][0]) is not None
    for party in ("RU", "NEUTRAL"):
        world.by_two(party, "agree", of=leaves["UA"])
    world.round()
    with services.office_of(world.exchanges["UA"]) as office:
        settled = office.state.settled("stage-planned", "day1")
        assert settled is not None
        assert settled.settled is not None
        return world, leaves["RU"], settled.settled


def test_an_overtaken_proposal_stands_apart_with_the_act_that_overtook_it_and_cannot_be_signed(
    twice: tuple[World, str, int],
) -> None:
    world, leaf, act = twice
    client, url = world.client("UA"), world.url("UA", "to-sign/")
    page = client.get(url)
    text = page.content.decode()
    assert [each["entry"].leaf for each in page.context["passed"]] == [leaf]
    assert leaf not in [each["entry"].leaf for each in (*page.context["ours"], *page.context["theirs"])]
    assert f"Overtaken by act {act}:" in text
    assert f"of={leaf}" not in text, "nothing leads to signing it"
    assert "Read and agree" not in client.get(world.url("UA", "stages/day1/")).content.decode()
    before = client.get(world.url("UA", f"sign?what=agree&of={leaf}")).content.decode()
    assert "It would have no effect now" in before
    assert '<button class="button--main">' not in before
    client.post(world.url("UA", "sign"), {"what": "agree", "of": leaf, "knowingly": "yes"})
    assert not PendingAct.objects.filter(exchange=world.exchanges["UA"], deed="agree").exists()
    with services.office_of(world.exchanges["UA"]) as office:
        assert not office.store.pending()


def test_what_waits_for_a_second_hand_and_was_overtaken_cannot_be_confirmed_any_more(twice: tuple[World, str, int]) -> None:
    world, leaf, _act = twice
    pending = PendingAct.objects.get(exchange=world.exchanges["NEUTRAL"], args={"of": leaf}, ended_at__isnull=True)
    second = world.client("NEUTRAL", 1)
    page = second.get(world.url("NEUTRAL", f"second/{pending.pk}")).content.decode()
    assert "It would have no effect any more" in page
    assert "Confirm and sign" not in page
    assert "It would have no effect any more" in second.get(world.url("NEUTRAL", "to-sign/")).content.decode()
    with pytest.raises(ExchangeError, match="no effect"):
        services.confirm(pending, world.officers["NEUTRAL"][1])
    second.post(world.url("NEUTRAL", f"second/{pending.pk}"), {"do": "withdraw"})
    pending.refresh_from_db()
    assert pending.withdrawn


def test_it_is_put_aside_and_back_and_both_are_told_in_the_journal(twice: tuple[World, str, int]) -> None:
    world, leaf, _act = twice
    client, url = world.client("UA"), world.url("UA", "to-sign/")
    for _ in range(2):
        client.post(url + "aside", {"of": leaf, "do": "aside"})
    page = client.get(url)
    assert not page.context["passed"]
    assert [each["entry"].leaf for each in page.context["put_away"]] == [leaf]
    assert "Put back" in page.content.decode()
    client.post(url + "aside", {"of": leaf, "do": "back"})
    assert [each["entry"].leaf for each in client.get(url).context["passed"]] == [leaf]
    row = SetAside.objects.get()
    assert (row.by, row.undone_by) == (world.officers["UA"][0], world.officers["UA"][0]), "the row stays, and is undone"
    client.post(url + "aside", {"of": leaf, "do": "aside"})
    assert SetAside.objects.count() == 2
    tags = Line.objects.filter(tag__startswith="exchanges:proposal:").order_by("pk").values_list("tag", flat=True)
    assert list(tags) == ["exchanges:proposal:put_aside", "exchanges:proposal:put_back", "exchanges:proposal:put_aside"]


def test_a_proposal_that_still_counts_is_not_put_aside(world: World) -> None:
    exchange, officer = world.exchanges["UA"], world.officers["UA"][0]
    services.say_all(exchange, officer, [("deviation", {"kind": "LATE"})])
    world.pass_on()
    with pytest.raises(ExchangeError, match="may still be signed"):
        put_aside(exchange, world.proposal("UA", "deviation"), by=officer)
    with pytest.raises(ExchangeError, match="no such proposal"):
        put_aside(exchange, "x" * 43, by=officer)


def test_who_may_not_sign_such_an_act_does_not_put_it_aside(twice: tuple[World, str, int], sign_in: SignIn) -> None:
    from homeward.bureau.access.roles import Role

    world, leaf, _act = twice
    client = sign_in(Role.LIST_OFFICER)
    services.assign(world.exchanges["UA"], client.officer, by=None)  # type: ignore[attr-defined]
    assert client.post(world.url("UA", "to-sign/aside"), {"of": leaf}).status_code == 403
    assert not SetAside.objects.exists()
