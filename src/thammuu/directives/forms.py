"""What officers type about decisions and assignments."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from thammuu.directives import labels
from thammuu.directives.actions import Order
from thammuu.directives.proposals import refusal_of
from thammuu.directives.rules import Urgency
from thammuu.org import queries as org
from thammuu.org.granting.forms import ClassifiedForm

LONGEST_TEXT = 200_000
PHOTO_TYPES = "image/jpeg,image/png,image/webp"


def _moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _fill(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Let a list offer the choices, and none of them."""
    widget = form.fields[name].widget
    if isinstance(widget, forms.Select):
        widget.choices = [("", "–"), *choices]


class DecisionForm(ClassifiedForm):
    """What was decided and why."""

    title = forms.CharField(label=_("What is decided"), max_length=300)
    reason = forms.CharField(label=_("Why"), max_length=5000, widget=_lines(3))
    decided_at = forms.DateTimeField(
        label=_("Decided at"),
        required=False,
        widget=_moment_input(),
        help_text=_("Only if it was decided before now."),
    )

    def offer_units(self, units: list[tuple[str, str]]) -> None:
        """Add the units for which it is decided, if there are several."""
        if len(units) > 1:
            self.fields["unit"] = forms.TypedChoiceField(
                label=_("For the unit"),
                help_text=_("Where your own right does not suffice, it is recorded on whose behalf you decide."),
                choices=units,
                coerce=UUID,
            )


class OrderForm(forms.Form):
    """A task for one or several lead units: each of them receives its own assignment."""

    task = forms.CharField(label=_("Task"), max_length=300)
    product = forms.CharField(
        label=_("Product"), max_length=500, help_text=_("What must lie before you when it is done.")
    )
    lead_units = forms.MultipleChoiceField(
        label=_("Lead unit"),
        help_text=_("Each unit you choose receives its own assignment."),
        widget=forms.CheckboxSelectMultiple,
    )
    supporting_units = forms.MultipleChoiceField(
        label=_("Supporting units"), required=False, widget=forms.CheckboxSelectMultiple
    )
    watching_units = forms.MultipleChoiceField(
        label=_("Watching units"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see the assignment and do nothing."),
    )
    lead_post = forms.UUIDField(
        label=_("Answering post"),
        required=False,
        widget=forms.Select,
        help_text=_("A post of the lead unit; left open, the unit names it."),
    )
    term_days = forms.IntegerField(
        label=_("Term in working days"),
        required=False,
        min_value=0,
        help_text=_("0 is the end of this working day. The day of issue is not counted."),
    )
    deadline = forms.DateTimeField(label=_("or deadline"), required=False, widget=_moment_input())
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=[(degree.value, word) for degree, word in labels.URGENCIES.items()],
        initial=Urgency.NORMAL.value,
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead_units", "supporting_units", "watching_units"):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = list(units)
        _fill(self, "lead_post", org.post_options({UUID(unit) for unit, _name in units}))

    def orders(self) -> list[Order]:
        """Return the order of each lead unit."""
        given = self.cleaned_data
        return [
            Order(
                lead_unit=UUID(lead),
                title=given["task"],
                product=given["product"],
                supporting_units=tuple(UUID(unit) for unit in given["supporting_units"]),
                term_days=given["term_days"],
                deadline=given["deadline"],
                urgency=Urgency(given["urgency"]),
                watching_units=tuple(UUID(unit) for unit in given["watching_units"]),
                lead_post=given["lead_post"],
            )
            for lead in given["lead_units"]
        ]


def readable(text: str) -> None:
    """Refuse a text that no rule can read, with what helps."""
    if reason := refusal_of(text):
        raise forms.ValidationError(reason)


class DirectiveTextForm(forms.Form):
    """The text of a directive and the day from which its terms count."""

    text = forms.CharField(
        label=_("The directive's text"),
        max_length=LONGEST_TEXT,
        widget=_lines(14),
        help_text=_("Each clause on a line of its own, with its number or letter."),
        validators=[readable],
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ProgressForm(forms.Form):
    """How far, and what stands in the way."""

    percent = forms.IntegerField(label=_("Progress in %"), min_value=0, max_value=100)
    note = forms.CharField(label=_("What was done"), max_length=5000, widget=_lines(2))
    obstacle = forms.CharField(label=_("What stands in the way"), max_length=2000, required=False, widget=_lines(2))


class FilesInput(forms.FileInput):
    """An input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; what each may be is decided where it is taken in."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return the files; an empty list for none."""
        given = data if isinstance(data, list | tuple) else [data]
        return [file for file in given if isinstance(file, UploadedFile)]


class EvidenceForm(forms.Form):
    """Words, photos from the camera, files."""

    text = forms.CharField(label=_("What was done"), max_length=5000, widget=_lines(4))
    photos = FilesField(
        label=_("Photo"),
        required=False,
        widget=FilesInput(attrs={"accept": PHOTO_TYPES, "capture": "environment", "aria-describedby": "photos-hint"}),
    )
    documents = FilesField(
        label=_("Files"), required=False, widget=FilesInput(attrs={"aria-describedby": "documents-hint"})
    )


class ReasonForm(forms.Form):
    """Why evidence goes back or an assignment is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_lines(2))


class QuestionForm(forms.Form):
    """What a unit asks of the issuing one."""

    question = forms.CharField(label=_("Question"), max_length=2000, widget=_lines(3))


class AnswerForm(forms.Form):
    """What the issuing unit answers."""

    answer = forms.CharField(label=_("Guidance"), max_length=5000, widget=_lines(3))


class GrantForm(forms.Form):
    """What is said with a later deadline."""

    ruling = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=_lines(2))


class RulingForm(forms.Form):
    """Why the deadline stays."""

    ruling = forms.CharField(label=_("Why not"), max_length=2000, widget=_lines(2))


class HandOnForm(forms.Form):
    """Which unit below receives what, until when."""

    unit = forms.UUIDField(label=_("Unit"), widget=forms.Select)
    title = forms.CharField(label=_("Task"), max_length=300)
    product = forms.CharField(label=_("Product"), max_length=500)
    deadline = forms.DateTimeField(
        label=_("Deadline"),
        widget=_moment_input(),
        help_text=_("Before that of your own unit, so that there is time to verify."),
    )

    def offer(self, units: Sequence[tuple[str, str]]) -> None:
        """Fill the list of units."""
        _fill(self, "unit", units)


class ClauseForm(forms.Form):
    """Which clause of an issued document gives the task."""

    clause = forms.UUIDField(label=_("Clause"), required=False, widget=forms.Select)

    def offer(self, clauses: Sequence[tuple[str, str]]) -> None:
        """Fill the list of clauses."""
        _fill(self, "clause", clauses)


class PostForm(forms.Form):
    """Which post of the lead unit answers for the assignment."""

    post = forms.UUIDField(label=_("Answering post"), required=False, widget=forms.Select)

    def offer(self, posts: Sequence[tuple[str, str]]) -> None:
        """Fill the list of posts."""
        _fill(self, "post", posts)


class ExtensionForm(ReasonForm):
    """Until when, and why."""

    deadline = forms.DateTimeField(label=_("New deadline"), widget=_moment_input())
    field_order = ["deadline", "reason"]
