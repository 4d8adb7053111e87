"""What officers type on the watch floor's pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thammuu.org.directory import UnitRow
from thammuu.org.granting.forms import ClassifiedForm
from thammuu.watch.contact.rules import CONTACT_LIMIT
from thammuu.watch.rules import DRAWING_KIND_WORDS, INCIDENT_KIND_WORDS, OPEN, SEVERITY_WORDS, STATUS_WORDS, Severity


class ReasonForm(forms.Form):
    """Why something is struck or opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class IncidentNumberForm(forms.Form):
    """The number of an incident, with or without its sign."""

    number = forms.RegexField(
        r"^\s*#?\s*\d{1,9}\s*$", label=_("Incident’s number"), error_messages={"invalid": _("Write a number, as #42.")}
    )

    def clean_number(self) -> int:
        """Return the bare number."""
        return int(str(self.cleaned_data["number"]).strip().lstrip("#"))


class OutcomeForm(forms.Form):
    """How an incident ended."""

    outcome = forms.CharField(label=_("Outcome"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class SeverityForm(forms.Form):
    """How grave an incident is now."""

    severity = forms.ChoiceField(label=_("Severity"), choices=lambda: list(SEVERITY_WORDS.items()))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class StatusForm(forms.Form):
    """Where an incident stands now."""

    status = forms.ChoiceField(label=_("Status"), choices=lambda: [(str(name), STATUS_WORDS[name]) for name in OPEN])
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class PlaceForm(forms.Form):
    """Where an incident is."""

    place_text = forms.CharField(label=_("Place"), max_length=300)
    lat = forms.FloatField(
        label=_("Latitude"), help_text=_("In degrees, as 16.4680"), required=False, min_value=-90, max_value=90
    )
    lon = forms.FloatField(
        label=_("Longitude"), help_text=_("In degrees, as 107.5790"), required=False, min_value=-180, max_value=180
    )


class ContactForm(forms.Form):
    """How to reach whoever reported, in one text: as it was said, no more."""

    contact = forms.CharField(
        label=_("How to reach whoever reported it"),
        help_text=_("Only what is needed to call back. It is kept closed, and redacted after a set time."),
        max_length=CONTACT_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class IncidentForm(ClassifiedForm):
    """A new incident."""

    title = forms.CharField(label=_("What happened"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=lambda: [("", _("Choose what it is")), *INCIDENT_KIND_WORDS.items()]
    )
    severity = forms.ChoiceField(
        label=_("Severity"), choices=lambda: list(SEVERITY_WORDS.items()), initial=str(Severity.NORMAL)
    )
    unit = forms.ChoiceField(label=_("Unit"))
    place_text = forms.CharField(label=_("Place"), max_length=300, required=False)
    lat = forms.FloatField(
        label=_("Latitude"), help_text=_("In degrees, as 16.4680"), required=False, min_value=-90, max_value=90
    )
    lon = forms.FloatField(
        label=_("Longitude"), help_text=_("In degrees, as 107.5790"), required=False, min_value=-180, max_value=180
    )

    def __init__(self, *args: Any, units: Sequence[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["unit"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
        choice.choices = [(str(unit.id), unit.name) for unit in units]


class DrawingForm(forms.Form):
    """A drawing on the map; the geometry as GeoJSON, which the map fills in."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(DRAWING_KIND_WORDS.items()))
    geometry = forms.JSONField(label=_("Shape (GeoJSON)"))


class BoundaryFileForm(forms.Form):
    """A file of boundaries."""

    file = forms.FileField(label=_("Boundaries (GeoJSON or TopoJSON)"))
    level = forms.ChoiceField(label=_("Level"), choices=[("province", _("Province")), ("commune", _("Commune"))])
