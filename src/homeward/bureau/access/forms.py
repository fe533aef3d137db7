"""Forms of the officers' pages."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.roles import ROLES, Role


def _role_choices() -> list[tuple[str, Any]]:
    return [(role.value, rights.title) for role, rights in ROLES.items()]


class SignInForm(LoginForm):  # type: ignore[misc] # The library has no types.
    """The library's form, without words inside the fields that say the label again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class RolesForm(forms.Form):
    """Which roles an officer has."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=_role_choices,
        help_text=_("Who audits decides nothing, and who gives out roles reads nobody: some roles do not go together."),
    )

    def wanted(self) -> list[Role]:
        """The chosen roles; the form is valid."""
        return [Role(name) for name in self.cleaned_data["roles"]]


class OfficerForm(forms.Form):
    """What is written down about an officer besides the roles."""

    called = forms.CharField(label=_("Name"), max_length=100, help_text=_("How colleagues call this officer. Sealed at rest."))
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)
    device = forms.CharField(
        label=_("Signing key"),
        max_length=40,
        required=False,
        help_text=_("Which of the office's keys is this officer's hand, such as officer-1. Empty for who signs nothing."),
    )


class NewOfficerForm(OfficerForm, RolesForm):
    """A new officer. The login name stands in the journal for ever and cannot be changed."""

    username = forms.CharField(
        label=_("Login name"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Stands in the journal for ever. Letters, digits and . - _ only."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("username", "called", "roles", "language", "device")
