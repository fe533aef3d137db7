"""Adding officers, giving them roles, closing their accounts, helping who lost a password or a phone; each with its line in the journal."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from homeward.bureau.access.models import FactorReset, User
from homeward.bureau.access.roles import ROLES, Role, conflict
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag

#: Letters and digits that nobody takes for one another when they are read aloud.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


class RolesConflictError(Exception):
    """Two roles that one officer may not have together."""


class RefusedError(Exception):
    """What an administrator asked for is not allowed. The text says why and what to do."""


def one_time_password() -> str:
    """A password to be read aloud or copied from a screen once: 24 letters in groups of six, 118 bits."""
    letters = "".join(secrets.choice(_READABLE) for _place in range(24))
    return "-".join(letters[start : start + 6] for start in range(0, 24, 6))


def add_user(
    username: str,
    password: str,
    *,
    called: str,
    roles: Iterable[Role],
    language: str = "en",
    device: str = "",
    must_change: bool = False,
    by: User | None,
) -> User:
    """Add an officer. Raises `RolesConflictError`, and `RefusedError` for a login name that is taken.

    `must_change` says that somebody else has seen the password: the officer has to choose another one at the first sign-in.
    """
    names = _checked(roles)
    user = User(username=username, called=called, role_names=names, language=language, device=device)
    user.must_change_password = must_change
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
            write(Tag.ACCESS_USER_ADDED, f"user:{user.pk}", by=by, detail={"roles": names})
    except IntegrityError:
        raise RefusedError(_("Somebody on this node has this login name; choose another one.")) from None
    return user


def set_roles(user: User, roles: Iterable[Role], *, by: User) -> None:
    """Give an officer these roles and no others; whatever the officer had open is over. Raises `RolesConflictError`, `RefusedError`."""
    names = _checked(roles)
    with transaction.atomic():
        kept = _locked(user)
        if Role.ADMINISTRATOR not in names:
            _keep_an_administrator(kept)
        before = kept.role_names
        kept.role_names = names
        kept.save(update_fields=["role_names"])
        write(Tag.ACCESS_ROLES_CHANGED, f"user:{user.pk}", by=by, detail={"before": before, "after": names})
    user.refresh_from_db()


def change_user(user: User, *, called: str, language: str, device: str, by: User) -> None:
    """Write down how an officer is called, in which language pages come, and which signing key is the officer's hand."""
    with transaction.atomic():
        kept = _locked(user)
        kept.called, kept.language, kept.device = called, language, device
        kept.save(update_fields=["called", "language", "device"])
        write(
            Tag.ACCESS_USER_CHANGED, f"user:{user.pk}", by=by, detail={"called": called, "language": language, "device": device}
        )
    user.refresh_from_db()


def disable(user: User, *, by: User) -> None:
    """Let an officer in no more, from the next request on; what the officer did stays in the journal. Raises `RefusedError`."""
    with transaction.atomic():
        kept = _locked(user)
        if kept.pk == by.pk:
            raise RefusedError(_("Nobody closes their own account; ask another administrator."))
        _keep_an_administrator(kept)
        kept.is_active = False
        kept.sessions_ended += 1
        kept.save(update_fields=["is_active", "sessions_ended"])
        write(Tag.ACCESS_USER_DISABLED, f"user:{user.pk}", by=by)
    user.refresh_from_db()


def enable(user: User, *, by: User) -> None:
    """Let an officer in again."""
    with transaction.atomic():
        kept = _locked(user)
        kept.is_active = True
        kept.save(update_fields=["is_active"])
        write(Tag.ACCESS_USER_ENABLED, f"user:{user.pk}", by=by)
    user.refresh_from_db()


def give_password(user: User, *, by: User) -> str:
    """A new one-time password for an officer who lost theirs; the second factor stays. Gives the password, to be shown once."""
    password = one_time_password()
    with transaction.atomic():
        kept = _locked(user)
        if kept.pk == by.pk:
            raise RefusedError(_("Change your own password on your own page."))
        kept.set_password(password)
        kept.must_change_password = True
        kept.save(update_fields=["password", "must_change_password"])
        write(Tag.ACCESS_PASSWORD_GIVEN, f"user:{user.pk}", by=by)
    user.refresh_from_db()
    return password


def password_chosen(user: User) -> None:
    """The officer has chosen a password of their own."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        write(Tag.ACCESS_PASSWORD_CHANGED, f"user:{user.pk}", by=user)


def ask_factor_reset(user: User, *, by: User) -> FactorReset:
    """Ask that a lost second factor be taken off. It happens when another officer grants it. Raises `RefusedError`."""
    if user.pk == by.pk:
        raise RefusedError(_("Nobody asks for their own reset; two colleagues do that."))
    try:
        with transaction.atomic():
            reset = FactorReset.objects.create(user=user, asked_by=by)
            write(Tag.ACCESS_FACTOR_RESET_ASKED, f"user:{user.pk}", by=by)
    except IntegrityError:
        raise RefusedError(_("A reset for this officer waits already.")) from None
    return reset


def grant_factor_reset(reset: FactorReset, *, by: User) -> None:
    """Grant it: second factors and recovery codes go, sessions end, and the next sign-in sets up new ones.

    Two people with different eyes: neither of them is the officer, and at least one is an administrator. Raises `RefusedError`.
    """
    with transaction.atomic():
        kept = FactorReset.objects.select_for_update().select_related("asked_by", "user").get(pk=reset.pk)
        if kept.closed_at is not None:
            raise RefusedError(_("This reset is done or was dropped."))
        if by.pk in {kept.asked_by_id, kept.user_id}:
            raise RefusedError(_("Somebody else has to grant this: not who asked, and not whose second factor it is."))
        if Role.ADMINISTRATOR not in by.roles | kept.asked_by.roles:
            raise RefusedError(_("One of the two has to be an administrator."))
        kept.granted_by, kept.closed_at = by, timezone.now()
        kept.save(update_fields=["granted_by", "closed_at"])
        Authenticator.objects.filter(user_id=kept.user_id).delete()
        User.objects.filter(pk=kept.user_id).update(sessions_ended=F("sessions_ended") + 1)
        write(Tag.ACCESS_FACTOR_RESET_GRANTED, f"user:{kept.user_id}", by=by, counts={"reset": kept.pk})


def drop_factor_reset(reset: FactorReset, *, by: User) -> None:
    """Close a reset that is not needed any more, without doing it. Raises `RefusedError`."""
    with transaction.atomic():
        kept = FactorReset.objects.select_for_update().get(pk=reset.pk)
        if kept.closed_at is not None:
            raise RefusedError(_("This reset is done or was dropped."))
        kept.closed_at = timezone.now()
        kept.save(update_fields=["closed_at"])
        write(Tag.ACCESS_FACTOR_RESET_DROPPED, f"user:{kept.user_id}", by=by)


def _locked(user: User) -> User:
    """The officer as the database has it now, held until the transaction is over."""
    return User.objects.select_for_update().get(pk=user.pk)


def _keep_an_administrator(user: User) -> None:
    """A node without an administrator would let nobody in who could make one."""
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if Role.ADMINISTRATOR in user.roles and not any(Role.ADMINISTRATOR in other.roles for other in others):
        raise RefusedError(_("This is the last administrator of the node; make another one first."))


def _checked(roles: Iterable[Role]) -> list[str]:
    wanted = frozenset(roles)
    pair = conflict(wanted)
    if pair is not None:
        first, second = sorted(str(ROLES[role].title) for role in pair)
        raise RolesConflictError(
            _("One officer may not be both %(first)s and %(second)s; choose one.") % {"first": first, "second": second}
        )
    return sorted(wanted)
