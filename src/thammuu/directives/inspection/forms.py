"""What officers type about inspections."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from thammuu.directives.actions import Order
from thammuu.directives.forms import PHOTO_TYPES, FilesField, FilesInput
from thammuu.directives.inspection import labels
from thammuu.directives.inspection.actions import Plan
from thammuu.directives.inspection.rules import LONGEST_ITEM, MOST_ITEMS, Result, Severity
from thammuu.directives.labels import URGENCIES
from thammuu.directives.rules import Urgency
from thammuu.org.granting.forms import ClassifiedForm, InstantField

Choices = Sequence[tuple[str, str]]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _optional_id(value: str) -> UUID | None:
    return UUID(value) if value else None


class PlanForm(ClassifiedForm):
    """What is inspected where, when, by which post, with which checklist."""

    title = forms.CharField(label=_("What is inspected"), max_length=250)
    purpose = forms.CharField(
        label=_("Purpose and scope"), max_length=5000, required=False, widget=_lines(3),
        help_text=_("What is looked at, of which period, on what ground."),
    )  # fmt: skip
    inspected_units = forms.MultipleChoiceField(label=_("Inspected units"), widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label=_("First day"), widget=_day())
    ends_on = forms.DateField(label=_("Last day"), widget=_day())
    responsible = forms.TypedChoiceField(
        label=_("Responsible post"), coerce=UUID, help_text=_("The post that answers for the visit.")
    )
    checklist = forms.TypedChoiceField(
        label=_("Checklist"), coerce=_optional_id, required=False, empty_value=cast(Any, None),
        help_text=_("The visit keeps the version of today."),
    )  # fmt: skip

    def offer_places(self, units: Choices, posts: Choices, checklists: Choices) -> None:
        """Say which units, posts and checklists there are to choose from."""
        for name, choices in (("inspected_units", units), ("responsible", posts)):
            cast(forms.ChoiceField, self.fields[name]).choices = choices
        cast(forms.ChoiceField, self.fields["checklist"]).choices = [("", "–"), *checklists]

    def plan(self) -> Plan:
        """Return what was typed."""
        given = self.cleaned_data
        return Plan(
            title=given["title"],
            purpose=given["purpose"],
            inspected_units=[UUID(unit) for unit in given["inspected_units"]],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            responsible=given["responsible"],
            checklist=given["checklist"],
        )


class MoveForm(forms.Form):
    """On which days instead, and why."""

    starts_on = forms.DateField(label=_("First day"), widget=_day())
    ends_on = forms.DateField(label=_("Last day"), widget=_day())
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_lines(2))


class SheetForm(forms.Form):
    """The result and the remark of each item; `version` is that of the sheet from which it was filled."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(items)
        for number, item in enumerate(items, 1):
            self.fields[f"result_{number}"] = forms.ChoiceField(
                label=f"{number}. {item['text']}", choices=[(str(one), word) for one, word in labels.RESULTS.items()],
                required=False, widget=forms.RadioSelect, initial=item["result"],
            )  # fmt: skip
            self.fields[f"remark_{number}"] = forms.CharField(
                label=_("Remark on {number}").format(number=number), max_length=2000, required=False,
                widget=forms.Textarea(attrs={"rows": 1}), initial=item["remark"],
            )  # fmt: skip

    def results(self) -> list[tuple[Result, str]]:
        """Return result and remark of each item, in their order."""
        given = self.cleaned_data
        return [(Result(given[f"result_{n}"]), given[f"remark_{n}"]) for n in range(1, self.count + 1)]


class StatementForm(forms.Form):
    """What the inspected unit says, with the files that show it."""

    text = forms.CharField(label=_("Statement"), max_length=5000, widget=_lines(4))
    photos = FilesField(
        label=_("Photo"), required=False,
        widget=FilesInput(attrs={"accept": PHOTO_TYPES, "capture": "environment", "aria-describedby": "photos-hint"}),
    )  # fmt: skip
    documents = FilesField(
        label=_("Files"), required=False, widget=FilesInput(attrs={"aria-describedby": "documents-hint"})
    )


class FindingForm(StatementForm):
    """What was found, at which unit, how grave, with its evidence."""

    field_order = ("unit", "text", "severity", "item")
    unit = forms.TypedChoiceField(label=_("Inspected unit"), coerce=UUID)
    text = forms.CharField(label=_("What was found"), max_length=5000, widget=_lines(4))
    severity = forms.TypedChoiceField(
        label=_("Severity"), coerce=Severity, initial=str(Severity.CAUTION),
        choices=[(str(one), word) for one, word in labels.SEVERITIES.items()],
    )  # fmt: skip
    item = forms.TypedChoiceField(
        label=_("Item of the checklist"), coerce=int, required=False, empty_value=cast(Any, None)
    )

    def offer(self, units: Choices, items: Choices) -> None:
        """Say which units are inspected and which items their checklist has."""
        cast(forms.ChoiceField, self.fields["unit"]).choices = units
        cast(forms.ChoiceField, self.fields["item"]).choices = [("", "–"), *items]


class ConclusionForm(forms.Form):
    """The conclusion as it is decided."""

    conclusion = forms.CharField(
        label=_("Conclusion"), max_length=5000, widget=_lines(5),
        help_text=_("What was found in sum, and what is asked of the inspected units."),
    )  # fmt: skip


class CorrectionForm(forms.Form):
    """The task by which a finding is corrected: one lead unit, its product, until when."""

    task = forms.CharField(label=_("Task"), max_length=300)
    product = forms.CharField(
        label=_("Product"), max_length=500, help_text=_("What must lie before you when it is done.")
    )
    lead_unit = forms.TypedChoiceField(label=_("Lead unit"), coerce=UUID)
    supporting_units = forms.MultipleChoiceField(
        label=_("Supporting units"), required=False, widget=forms.CheckboxSelectMultiple
    )
    term_days = forms.IntegerField(
        label=_("Term in working days"), required=False, min_value=0,
        help_text=_("0 is the end of this working day. The day of issue is not counted."),
    )  # fmt: skip
    deadline = InstantField(label=_("or deadline"), required=False)
    urgency = forms.TypedChoiceField(
        label=_("Urgency"), coerce=Urgency, initial=str(Urgency.NORMAL),
        choices=[(str(degree), word) for degree, word in URGENCIES.items()],
    )  # fmt: skip

    def offer(self, units: Choices) -> None:
        """Say which units take orders."""
        for name in ("lead_unit", "supporting_units"):
            cast(forms.ChoiceField, self.fields[name]).choices = units

    def order(self) -> Order:
        """Return what was typed."""
        given = self.cleaned_data
        return Order(
            lead_unit=given["lead_unit"],
            title=given["task"],
            product=given["product"],
            supporting_units=tuple(UUID(unit) for unit in given["supporting_units"]),
            term_days=given["term_days"],
            deadline=given["deadline"],
            urgency=given["urgency"],
        )


class ChecklistForm(forms.Form):
    """The name and the items of a checklist; `version` is the one from which it is revised."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=150)
    items = forms.CharField(
        label=_("Items"), max_length=MOST_ITEMS * LONGEST_ITEM, widget=_lines(8),
        help_text=_("One item on each line, as what is to be met."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Return the name and the items, one of each line."""
        return {"name": self.cleaned_data["name"], "items": self.cleaned_data["items"].splitlines()}


def usual_days(today: date) -> dict[str, date]:
    """Return the days with which the form of a plan begins."""
    return {"starts_on": today, "ends_on": today}
