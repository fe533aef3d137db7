"""What the login library says of people signing in, as lines of the journal.

What somebody typed as a login name may be a password in the wrong field, so it goes sealed into the detail and nowhere else.
"""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from homeward.bureau.access.models import User
from homeward.bureau.access.services import password_chosen
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag


@receiver(user_logged_in)
def _signed_in(user: User, **_: Any) -> None:
    with transaction.atomic():
        write(Tag.ACCESS_LOGIN_OK, f"user:{user.pk}", by=user)


@receiver(user_login_failed)
def _refused(credentials: dict[str, Any], **_: Any) -> None:
    typed = str(credentials.get("username", ""))[:150]
    known = User.objects.filter(username=typed).first()
    with transaction.atomic():
        write(
            Tag.ACCESS_LOGIN_FAILED,
            f"user:{known.pk}" if known is not None else "",
            by=None,
            counts={"step": "password"},
            detail={"typed": typed},
        )


@receiver(authentication_failed)
def _second_factor_refused(user: User, **_: Any) -> None:
    with transaction.atomic():
        write(Tag.ACCESS_LOGIN_FAILED, f"user:{user.pk}", by=None, counts={"step": "second factor"})


# The library tells of changes after its transaction is over, and a line belongs into it: so these listen to the rows themselves.


@receiver(post_save, sender=Authenticator)
def _second_factor_added(instance: Any, created: bool, **_: Any) -> None:
    if created:
        _second_factor_changed(instance, "added")


@receiver(post_delete, sender=Authenticator)
def _second_factor_removed(instance: Any, **_: Any) -> None:
    _second_factor_changed(instance, "removed")


def _second_factor_changed(authenticator: Any, what: str) -> None:
    by = getattr(context.request, "user", None)
    with transaction.atomic():
        write(
            Tag.ACCESS_SECOND_FACTOR_CHANGED,
            f"user:{authenticator.user_id}",
            by=by if isinstance(by, User) else None,
            counts={what: str(authenticator.type)},
        )


@receiver(password_changed)
def _password_changed(user: User, **_: Any) -> None:
    password_chosen(user)
