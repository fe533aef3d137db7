"""Forms of the review desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from homeward.bureau.exchanges.services_lists import SUFFIXES


class ReleasedListForm(forms.Form):
    """Compare a list of an exchange that is open here."""

    released = forms.ChoiceField(label=_("List"))

    def __init__(self, *args: Any, lists: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["released"]
        assert isinstance(field, forms.ChoiceField), "declared above"
        field.choices = list(lists)


class FileForm(forms.Form):
    """Compare a file that belongs to no exchange, such as a draft of our own list."""

    name = forms.CharField(
        label=_("A short name for it"),
        help_text=_("Latin letters, digits, dots and dashes; no names of people. Runs under one name share their decisions."),
        max_length=40,
        validators=[RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z", _("Use Latin letters, digits, dots and dashes."))],
    )
    file = forms.FileField(label=_("File of people"), help_text=_("XLSX, XLS, XLSB, ODS or CSV."))
    suffix: str

    def clean_file(self) -> Any:
        """Its ending says whether it may be a list; it is read in the background."""
        given = self.cleaned_data["file"]
        self.suffix = "." + given.name.rpartition(".")[2].lower()
        if self.suffix not in SUFFIXES:
            raise forms.ValidationError(_("A list is a spreadsheet: %(kinds)s."), params={"kinds": ", ".join(SUFFIXES)})
        return given


class ByHandForm(forms.Form):
    """A person of the register whom an officer found for an entry."""

    entry = forms.CharField(max_length=200)
    number = forms.CharField(
        label=_("Number in the register"), help_text=_("As the register shows it, such as r-4821907."), max_length=20
    )
