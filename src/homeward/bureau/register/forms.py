"""Forms of the register. What an officer types is read by the same code that reads a cell of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.pages.spoken import field_name, remark_text
from homeward.bureau.register.claims import Provenance
from homeward.bureau.register.emergencies import GROUNDS, LEAST_REASON
from homeward.bureau.register.grades import CONTENT, RELIABILITY, SOURCES, grade_in_words
from homeward.bureau.register.services_export import ENDINGS
from homeward.bureau.register.templatetags.register import code_words
from homeward.people import CODES, Absence, Claim, Field
from homeward.people.values import DATES, cell_claims
from homeward.people.words import absence_of

#: Whatever is typed may be in any script, and no browser keeps it for the next person.
_TYPED = {"dir": "auto", "autocomplete": "off"}
NAMING = (Field.SURNAME, Field.GIVEN_NAMES, Field.SERVICE_NUMBER)
_LONGEST = 500


def _input(field: Field) -> forms.Field:
    if field in CODES:
        # Beyond the codes there are three ways of having no value, and they are not the same.
        absent = [("", _("– (the source is silent)")), ("unknown", _("unknown")), ("withheld", _("withheld"))]
        codes = [(code, code_words(code)) for code in CODES[field]]
        return forms.ChoiceField(label=field_name(field), choices=[absent[0], *codes, *absent[1:]], required=False)
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": 3})
        if field is Field.NOTE
        else forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    help_text = _("1987, 1987-03 or 14.03.1987; or: unknown, withheld") if field in DATES else ""
    return forms.CharField(label=field_name(field), required=False, max_length=_LONGEST, widget=widget, help_text=help_text)


class SourceForm(forms.Form):
    """Where what is entered comes from."""

    kind = forms.ChoiceField(label=_("Source"), choices=[(kind, source.title) for kind, source in SOURCES.items()])
    text = forms.CharField(
        label=_("About the source"), required=False, max_length=_LONGEST, help_text=_("For example: letter of 3 May, page 2")
    )
    grade = forms.ChoiceField(
        label=_("Grade"),
        required=False,
        help_text=_("How reliable the source is (A to F), how well supported the content (1 to 6)"),
    )
    on = forms.DateField(label=_("Day of the source"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grades = [
            (letter + digit, f"{letter}{digit} – {grade_in_words(letter + digit)}")
            for letter in RELIABILITY
            for digit in CONTENT
        ]
        field = self.fields["grade"]
        assert isinstance(field, forms.ChoiceField), "the grade is a choice"
        field.choices = [("", _("as is usual for the source")), *grades]
        self.fields["on"].initial = timezone.localdate()

    def clean_on(self) -> date:
        """A source does not speak tomorrow."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return on

    @property
    def provenance(self) -> Provenance:
        """What was said about the source."""
        given = self.cleaned_data
        return Provenance(given["kind"], given["grade"] or SOURCES[given["kind"]].grade, given["on"], given["text"].strip())


class ClaimsForm(SourceForm):
    """Claims on the given fields with their source. An empty input says nothing; "unknown" and "withheld" are things to say."""

    ticket = forms.CharField(max_length=64, widget=forms.HiddenInput)
    field_order = ()

    def __init__(self, fields: Iterable[Field], *args: Any, naming: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [field for field in Field if field in set(fields) and field is not Field.ID]
        self._naming = naming
        for field in self.asked:
            self.fields[field.value] = _input(field)
        self.claims: dict[Field, Claim] = {}

    def groups(self, groups: Iterable[tuple[str, Iterable[Field]]]) -> list[tuple[str, list[forms.BoundField]]]:
        """The inputs by group, for the template."""
        named = [(title, [self[field.value] for field in fields if field in self.asked]) for title, fields in groups]
        return [(title, inputs) for title, inputs in named if inputs]

    def source_fields(self) -> list[forms.BoundField]:
        """The inputs about the source."""
        return [self[name] for name in ("kind", "grade", "on", "text")]

    def clean(self) -> dict[str, Any]:
        """Read what was typed as the cells of a list are read; what cannot be read is asked about again."""
        given = super().clean() or {}
        for field in self.asked:
            text = given.get(field.value, "")
            if not text.strip():
                continue
            found = cell_claims(field.value, text)
            for name, claim in found.claims:
                if claim.value is Absence.UNKNOWN and absence_of(claim.written) is None:
                    reason = remark_text(found.remarks[0]) if found.remarks else _("This cannot be read.")
                    self.add_error(field.value, reason)
                self.claims[name] = claim
        if not self.errors:
            if self._naming and not any(isinstance(self.claims[name].value, str) for name in NAMING if name in self.claims):
                raise forms.ValidationError(_("Give a surname, a given name or a service number at least."))
            if not self.claims:
                raise forms.ValidationError(_("Fill in at least one field."))
        return given


class CorrectionForm(ClaimsForm):
    """One field said anew, or the withdrawal of what was said."""

    withdraw = forms.BooleanField(label=_("It is wrong, and nothing is known in its place"), required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("withdraw"):
            self.claims = {}
            return self.cleaned_data
        return super().clean()


class ImportForm(SourceForm):
    """A file of people and where it comes from."""

    file = forms.FileField(label=_("File"), help_text=_("XLSX, CSV, XLS, XLSB or ODS"))
    sheet = forms.CharField(
        label=_("Sheet"), required=False, max_length=100, help_text=_("Only if the file holds several lists")
    )
    field_order = ("file", "sheet")


class ExportForm(forms.Form):
    """What to take out, as which kind of file, and why."""

    ending = forms.ChoiceField(label=_("Kind of file"), choices=[(ending, ending[1:].upper()) for ending in ENDINGS])
    reason = forms.CharField(label=_("Why"), min_length=10, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class ProtectForm(forms.Form):
    """Who may know of a person, and why."""

    readers = forms.ModelMultipleChoiceField(
        label=_("Who may know of this person"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Why"), min_length=10, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [user.pk for user in User.objects.filter(is_active=True) if may(user, Permission.REGISTER_PERSON_READ)]
        field = self.fields["readers"]
        assert isinstance(field, forms.ModelMultipleChoiceField), "the readers are officers"
        field.queryset = User.objects.filter(pk__in=able).order_by("username")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), min_length=10, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class BreakGlassForm(forms.Form):
    """For what, whom, and why."""

    ground = forms.ChoiceField(label=_("What has happened"))
    sought = forms.CharField(
        label=_("Whom you have to open"),
        max_length=200,
        help_text=_("Register number (r-…), or surname and given name"),
        widget=forms.TextInput(attrs=_TYPED),
    )
    reason = forms.CharField(
        label=_("Why it cannot wait"), min_length=LEAST_REASON, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField), "the ground is a choice"
        field.choices = [
            (code, _("%(title)s (open for %(minutes)d minutes)") % {"title": ground.title, "minutes": ground.minutes})
            for code, ground in GROUNDS.items()
        ]
