"""Forms of the handover desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.planning.manifests import Vehicle

#: More vehicles than this on one side of one stage are a slip of the pen.
_MOST = 200


class DepartureForm(forms.Form):
    """The other side's count of the people at the line."""

    theirs = forms.IntegerField(
        label=_("The other side counted at the line"),
        help_text=_("Ask for it before you tell yours."),
        min_value=0,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class FleetForm(forms.Form):
    """The vehicles of one list, one on a line; left empty, usual buses and ambulances are taken."""

    vehicles = forms.CharField(
        label=_("Vehicles"),
        required=False,
        help_text=_(
            "One on a line: name, seats, stretchers, escorts, such as “bus-01 45 0 2”. Empty: as many usual ones as are needed."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "mono"}),
    )

    def clean_vehicles(self) -> tuple[Vehicle, ...]:
        """The vehicles. Every line that cannot be read is told with its number."""
        fleet: list[Vehicle] = []
        problems: list[str] = []
        for number, line in enumerate(self.cleaned_data["vehicles"].splitlines(), start=1):
            if not line.strip():
                continue
            found = _vehicle(line)
            if found is None or found.id in {each.id for each in fleet}:
                problems.append(
                    gettext("Line %(number)s is not a vehicle of its own name with its places.") % {"number": number}
                )
            else:
                fleet.append(found)
        if len(fleet) > _MOST:
            problems.append(gettext("These are too many vehicles for one stage."))
        if problems:
            raise forms.ValidationError(problems)
        return tuple(fleet)


def _vehicle(line: str) -> Vehicle | None:
    name, *numbers = line.split()
    if not name.isascii() or len(name) > 40 or not name.replace("-", "").replace("_", "").isalnum() or not name[0].isalpha():
        return None
    if not 1 <= len(numbers) <= 3 or not all(each.isascii() and each.isdigit() and len(each) <= 3 for each in numbers):
        return None
    try:
        return Vehicle(name, *map(int, numbers))
    except ValueError:
        return None
