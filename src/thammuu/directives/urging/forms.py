"""What is typed about urging: rungs, quiet hours, why a policy is switched, days to try it on, where urgings go."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.directives.urging import words
from thammuu.directives.urging.rules import MOST_RUNGS, Audience, Channel, Ladder, Origin, Rung
from thammuu.directives.urging.trial import LONGEST_DAYS

SPARE = 2


class RungForm(forms.Form):
    """One rung; without a number it is left out."""

    count = forms.IntegerField(label=gettext_lazy("Number"), required=False, min_value=0, max_value=9999)
    origin = forms.ChoiceField(label=gettext_lazy("When"), choices=list(words.ORIGINS.items()), required=False)
    to = forms.ChoiceField(label=gettext_lazy("Who is urged"), choices=list(words.AUDIENCES.items()), required=False)
    again = forms.IntegerField(
        label=gettext_lazy("Again after so much silence"), required=False, min_value=0, max_value=9999
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Also through"),
        choices=list(words.CHANNELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    any_hour = forms.BooleanField(label=gettext_lazy("In quiet hours too"), required=False)

    def rung(self) -> Rung | None:
        """Return the rung, None for a row that was left empty."""
        given = self.cleaned_data
        count = given.get("count")
        if count is None:
            return None
        origin = Origin.ISSUE if given["origin"] == "issue" else Origin.DEADLINE
        return Rung(
            origin=origin,
            offset=-count if given["origin"] == "before" else count,
            to=Audience(given["to"]),
            channels=tuple(Channel(channel) for channel in given["channels"]),
            again=given["again"] or 0,
            any_hour=given["any_hour"],
        )


RungForms = formset_factory(RungForm, extra=SPARE, max_num=MOST_RUNGS + SPARE, absolute_max=MOST_RUNGS + SPARE)


class LadderForm(forms.Form):
    """When nothing is sent, and which version was changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    quiet_from = forms.TimeField(label=gettext_lazy("Quiet from"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    quiet_until = forms.TimeField(
        label=gettext_lazy("until"),
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text=gettext_lazy("Whatever fell due meanwhile is sent then. The same time twice: no quiet hours."),
    )
    working_days_only = forms.BooleanField(label=gettext_lazy("On working days only"), required=False)

    def ladder(self, rungs: Sequence[Rung]) -> Ladder:
        """Return the ladder of these rungs."""
        given = self.cleaned_data
        return Ladder(tuple(rungs), given["quiet_from"], given["quiet_until"], given["working_days_only"])


def initial_of(ladder: Ladder) -> list[dict[str, Any]]:
    """Return the rungs as the rows of the form show them."""
    return [
        {
            "count": abs(rung.offset),
            "origin": "issue" if rung.origin is Origin.ISSUE else "before" if rung.offset < 0 else "after",
            "to": str(rung.to),
            "again": rung.again or None,
            "channels": [str(channel) for channel in rung.channels],
            "any_hour": rung.any_hour,
        }
        for rung in ladder.rungs
    ]


def rungs_of(rows: "BaseFormSet[Any]") -> list[Rung]:
    """Return the rungs that were typed, in their order."""
    return [rung for rung in (row.rung() for row in rows) if rung is not None]


class SwitchForm(forms.Form):
    """Why urging is switched on or off."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip


class AddressForm(forms.Form):
    """Where a unit receives urgings; empty for not there."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Unit"), coerce=UUID)
    mail = forms.CharField(
        label=gettext_lazy("Mailbox of the unit"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("The unit's own mailbox, never that of somebody in it."),
    )
    webhook = forms.CharField(
        label=gettext_lazy("Webhook of the unit's system"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("An address that starts with https://, on a host that the settings allow."),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(units)


class BrowserForm(forms.Form):
    """A browser that shall receive urgings: what its officer calls it, and what it gave."""

    name = forms.CharField(
        label=gettext_lazy("What you call this browser"),
        help_text=gettext_lazy("For example the device; it stands in your list and in the journal."),
        max_length=60,
    )
    given = forms.CharField(widget=forms.HiddenInput(attrs={"data-given": True}), max_length=3000, required=False)


class TrialForm(forms.Form):
    """The days on which a policy is tried, both included."""

    first = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    last = forms.DateField(label=gettext_lazy("To"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse days to come, the wrong order, and too many of them."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first is None or last is None:
            return given
        if last < first:
            self.add_error("last", _("This is before the first day."))
        elif last > self.today:
            self.add_error("last", _("Nobody knows what will happen: choose days that are over."))
        elif last - first >= timedelta(days=LONGEST_DAYS):
            self.add_error("last", _("At most {days} days are tried at once.").format(days=LONGEST_DAYS))
        return given
