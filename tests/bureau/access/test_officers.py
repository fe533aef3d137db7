"""Officers: adding them, their roles, closing accounts, helping who lost a password or a second factor."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client

from homeward.bureau.access import services
from homeward.bureau.access.models import FactorReset, User
from homeward.bureau.access.roles import CONFLICTS, ROLES, Role, conflict
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from tests.bureau.conftest import SignIn, browser_of, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def adam(sign_in: SignIn) -> Client:
    return sign_in(Role.ADMINISTRATOR, name="adam")


def _admin() -> User:
    return make_officer("root", Role.ADMINISTRATOR)


def test_an_administrator_adds_an_officer_whose_one_time_password_is_shown_once_and_stored_nowhere(adam: Client) -> None:
    answer = adam.post("/staff/add", {"username": "zoe", "called": "Zoe Vyhadana", "roles": ["registrar"], "language": "uk"})
    assert answer.status_code == 200
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store, private"
    zoe = User.objects.get(username="zoe")
    assert zoe.check_password(password)
    assert zoe.must_change_password
    assert (zoe.roles, zoe.language, zoe.called) == ({Role.REGISTRAR}, "uk", "Zoe Vyhadana")
    assert password not in adam.get(f"/staff/{zoe.pk}").content.decode()
    line = Line.objects.get(tag=Tag.ACCESS_USER_ADDED)
    assert (line.subject, line.actor, line.detail) == (f"user:{zoe.pk}", adam.officer, {"roles": ["registrar"]})


def test_a_login_name_that_is_taken_is_refused_and_nothing_is_added(adam: Client) -> None:
    answer = adam.post("/staff/add", {"username": "adam", "called": "Other", "roles": [], "language": "en"})
    assert "has this login name" in answer.content.decode()
    assert User.objects.count() == 1
    assert not Line.objects.filter(tag=Tag.ACCESS_USER_ADDED).exists()


@pytest.mark.parametrize("pair", CONFLICTS, ids=lambda pair: "+".join(sorted(pair)))
def test_two_roles_that_do_not_go_together_are_never_given_together(pair: frozenset[Role]) -> None:
    with pytest.raises(services.RolesConflictError, match="may not be both"):
        services.add_user("zoe", "x", called="Zoe", roles=pair, by=None)
    user = make_officer("zoe")
    with pytest.raises(services.RolesConflictError):
        services.set_roles(user, pair, by=_admin())
    user.refresh_from_db()
    assert user.role_names == []


def test_who_decides_never_audits_and_who_gives_out_roles_reads_nobody() -> None:
    for role in Role:
        if role not in {Role.AUDITOR, Role.DATA_PROTECTION}:
            assert conflict(frozenset({Role.AUDITOR, role})) is not None
        if ROLES[role].sees:
            assert conflict(frozenset({Role.ADMINISTRATOR, role})) is not None


def test_when_roles_change_what_the_officer_had_open_is_over(adam: Client) -> None:
    user = make_officer("zoe", Role.AUDITOR)
    theirs = browser_of(user)
    assert theirs.get("/log/").status_code == 200
    assert adam.post(f"/staff/{user.pk}/roles", {"roles": ["registrar"]}).status_code == 302
    assert theirs.get("/log/").headers["Location"].startswith("/accounts/login/")


def test_when_an_account_is_closed_its_sessions_end_and_its_journal_stays(adam: Client) -> None:
    user = make_officer("zoe", Role.AUDITOR)
    theirs = Client()
    theirs.force_login(user)
    assert adam.post(f"/staff/{user.pk}/close").status_code == 302
    assert theirs.get("/log/").status_code == 302
    assert Line.objects.filter(actor=user, tag=Tag.ACCESS_LOGIN_OK).exists()
    assert adam.post(f"/staff/{user.pk}/reopen").status_code == 302
    # The old session does not come back to life with the account.
    assert theirs.get("/log/").status_code == 302


def test_the_last_administrator_is_neither_closed_nor_demoted(adam: Client) -> None:
    other = make_officer("olena", Role.ADMINISTRATOR)
    services.disable(other, by=adam.officer)
    answer = adam.post(f"/staff/{adam.officer.pk}/roles", {"roles": ["registrar"]})
    assert "last administrator" in answer.content.decode()
    with pytest.raises(services.RefusedError, match="their own account"):
        services.disable(adam.officer, by=adam.officer)


def test_a_given_password_keeps_the_second_factor_and_has_to_be_changed(adam: Client) -> None:
    user = make_officer("zoe", Role.REVIEWER)
    given = adam.post(f"/staff/{user.pk}/password").context["password"]
    user.refresh_from_db()
    assert user.check_password(given)
    assert Authenticator.objects.filter(user=user).exists()
    theirs = browser_of(user)
    assert theirs.get("/").headers["Location"] == "/accounts/password/"
    chosen = "an own long sentence 7"
    answer = theirs.post("/accounts/password/", {"oldpassword": given, "password1": chosen, "password2": chosen})
    assert answer.status_code == 302
    assert theirs.get("/").status_code == 200
    assert Line.objects.filter(tag=Tag.ACCESS_PASSWORD_CHANGED, actor=user).exists()


def test_a_lost_second_factor_goes_when_one_officer_asks_and_another_grants() -> None:
    lost, admin, keeper = make_officer("lost", Role.REVIEWER), _admin(), make_officer("dana", Role.DATA_PROTECTION)
    theirs = browser_of(lost)
    reset = services.ask_factor_reset(lost, by=keeper)
    assert Authenticator.objects.filter(user=lost).exists()
    services.grant_factor_reset(reset, by=admin)
    assert not Authenticator.objects.filter(user=lost).exists()
    assert theirs.get("/").headers["Location"].startswith("/accounts/login/")
    line = Line.objects.get(tag=Tag.ACCESS_FACTOR_RESET_GRANTED)
    assert (line.subject, line.actor) == (f"user:{lost.pk}", admin)
    reset.refresh_from_db()
    assert (reset.asked_by, reset.granted_by) == (keeper, admin)


def test_nobody_alone_takes_off_a_second_factor() -> None:
    lost, admin = make_officer("lost", Role.ADMINISTRATOR), _admin()
    reset = services.ask_factor_reset(lost, by=admin)
    for by in (admin, lost):
        with pytest.raises(services.RefusedError, match="Somebody else"):
            services.grant_factor_reset(reset, by=by)
    with pytest.raises(services.RefusedError, match="own reset"):
        services.ask_factor_reset(lost, by=lost)
    assert Authenticator.objects.filter(user=lost).exists()
    # Nor does the database let one person stand in both places.
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(granted_by=admin)


def test_two_data_protection_officers_without_an_administrator_do_not_take_it_off() -> None:
    lost = make_officer("lost", Role.REVIEWER)
    reset = services.ask_factor_reset(lost, by=make_officer("dana", Role.DATA_PROTECTION))
    with pytest.raises(services.RefusedError, match="administrator"):
        services.grant_factor_reset(reset, by=make_officer("denys", Role.DATA_PROTECTION))


def test_a_dropped_or_granted_reset_is_neither_granted_again_nor_asked_twice_while_it_waits() -> None:
    lost, admin = make_officer("lost", Role.REVIEWER), _admin()
    reset = services.ask_factor_reset(lost, by=admin)
    with pytest.raises(services.RefusedError, match="waits already"):
        services.ask_factor_reset(lost, by=make_officer("dana", Role.DATA_PROTECTION))
    services.drop_factor_reset(reset, by=admin)
    with pytest.raises(services.RefusedError, match="done or was dropped"):
        services.grant_factor_reset(reset, by=make_officer("olena", Role.ADMINISTRATOR))
    assert Authenticator.objects.filter(user=lost).exists()
    assert services.ask_factor_reset(lost, by=admin).closed_at is None


def test_a_data_protection_officer_sees_officers_and_no_buttons_to_manage_them(sign_in: SignIn) -> None:
    dana = sign_in(Role.DATA_PROTECTION, name="dana")
    user = make_officer("zoe", Role.REVIEWER)
    page = dana.get(f"/staff/{user.pk}").content.decode()
    assert "Second factor lost" in page
    assert "Close the account" not in page
    assert "Set the roles" not in page


def test_the_table_of_rights_shows_every_role(adam: Client) -> None:
    page = adam.get("/staff/rights").content.decode()
    assert all(str(rights.title) in page for rights in ROLES.values())


def test_one_time_passwords_differ_and_can_be_read_aloud() -> None:
    made = {services.one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert not set("".join(made)) & set("0o1li")
