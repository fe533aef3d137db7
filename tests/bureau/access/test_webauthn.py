"""Security keys, for real: Chromium's virtual authenticator (through its debugging protocol) adds one, signs in with it, confirms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from homeward.bureau.access.roles import Role
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from tests.bureau.browsing import be
from tests.bureau.conftest import PASSWORD, make_officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def context(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A browser in which a security key is plugged in. Keys work on `localhost`, not on a bare number."""
    cache.clear()
    made = chromium.new_context()
    yield made
    made.close()


def _page(context: Any) -> Any:
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def _address(live_server: Any) -> str:
    return str(live_server.url).replace("127.0.0.1", "localhost")


def test_a_newcomer_adds_a_security_key_signs_in_with_it_and_confirms_with_it(context: Any, live_server: Any) -> None:
    zoe = make_officer("zoe", Role.AUDITOR, second_factor=False)
    address, page = _address(live_server), _page(context)
    be(context, address, zoe)
    page.goto(f"{address}/log/")
    page.get_by_role("link", name="Use a security key instead").click()
    page.get_by_label("Name").fill("red key")
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    assert (key.user, key.wrap().name) == (zoe, "red key")
    assert Line.objects.filter(tag=Tag.ACCESS_SECOND_FACTOR_CHANGED, actor=zoe, counts={"added": "webauthn"}).exists()

    # Signing in anew asks for the key after the password.
    context.clear_cookies()
    page.goto(f"{address}/log/")
    page.get_by_label("Username").fill("zoe")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url("**/log/")
    assert page.get_by_role("heading", level=1).inner_text() == "Journal"

    # What asks again takes the key, too.
    context.clear_cookies()
    be(context, address, zoe, fresh=False)
    page.goto(f"{address}/accounts/2fa/webauthn/keys/{key.pk}/edit/")
    page.get_by_role("link", name="Use a security key").click()
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url("**/edit/")
    page.get_by_label("Name").fill("blue key")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/webauthn/")
    assert "blue key" in page.locator("table").inner_text()


def test_a_key_that_is_not_the_officers_signs_nobody_in(context: Any, live_server: Any) -> None:
    address = _address(live_server)
    owner, other = make_officer("owner", Role.AUDITOR, second_factor=False), make_officer("other", Role.AUDITOR)
    page = _page(context)
    be(context, address, owner)
    page.goto(f"{address}/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/recovery-codes/")
    context.clear_cookies()
    page.goto(f"{address}/log/")
    page.get_by_label("Username").fill(other.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use a security key").click()
    page.get_by_text("it is not one of yours").or_(page.get_by_text("Incorrect code")).wait_for()
    assert "/accounts/2fa/authenticate/" in page.url
    page.goto(f"{address}/log/")
    assert "/accounts/" in page.url
