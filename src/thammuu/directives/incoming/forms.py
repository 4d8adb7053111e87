"""What officers type about incoming documents."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from thammuu.directives import labels as common
from thammuu.directives.documents.kinds import BUILT_IN
from thammuu.directives.forms import FilesField, FilesInput
from thammuu.directives.incoming.actions import Arrival, Charge
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.rules import Urgency
from thammuu.journal.subjects import Subject
from thammuu.org.granting.forms import ClassifiedForm

Choices = Sequence[tuple[Any, Any]]
DESCRIBED = ("arrived_on", "issuer", "symbol", "dated", "type_name", "abstract", "urgency")


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReceivedForm(forms.Form):
    """The files of a document that came."""

    received = FilesField(
        label=_("Files"),
        required=False,
        widget=FilesInput(attrs={"multiple": True}),
        help_text=_("DOCX or PDF, at most ten; the text of the first one is read. Without a file: go on."),
    )


class LaterFilesForm(forms.Form):
    """Files that came after a document was registered."""

    received = FilesField(
        label=_("Files that came later"),
        widget=FilesInput(attrs={"multiple": True}),
        help_text=_("A scan or an annex, ten at most. The text and the registration stay as they are."),
    )


class ArrivalForm(ClassifiedForm):
    """What stands on the document and on the stamp of its arrival."""

    arrived_on = forms.DateField(label=_("Date of arrival"), widget=_day_input())
    issuer = forms.CharField(label=_("Issuer"), max_length=300, help_text=_("The office that issued the document."))
    symbol = forms.CharField(label=_("Number and symbol"), max_length=100, required=False)
    dated = forms.DateField(label=_("Date of the document"), widget=_day_input(), required=False)
    type_name = forms.CharField(
        label=_("Type of document"), max_length=100, required=False, widget=forms.TextInput(attrs={"list": "types"})
    )
    abstract = forms.CharField(label=_("Abstract"), max_length=2000, widget=_lines(2))
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=[(str(one), word) for one, word in common.URGENCIES.items()],
        initial=Urgency.NORMAL.value,
    )
    second_copy = forms.BooleanField(label=_("It is a second copy: register it too"), required=False)

    field_order = ["unit", *DESCRIBED, "classification", "event", "second_copy"]

    def offer_units(self, units: Choices) -> None:
        """Add the units that may have received it, if there are several."""
        if len(units) > 1:
            self.fields["unit"] = forms.TypedChoiceField(label=_("Receiving unit"), choices=units, coerce=UUID)

    def arrival(self) -> Arrival:
        """Return what was typed."""
        given = {name: self.cleaned_data[name] for name in DESCRIBED}
        return Arrival(**{**given, "urgency": Urgency(given["urgency"])})


class CorrectionForm(ArrivalForm):
    """What was registered, corrected, and why."""

    reason = forms.CharField(label=_("Reason for the correction"), max_length=2000, widget=_lines(2))


class ChargeForm(forms.Form):
    """To which unit a document goes, until when, and what is to be done."""

    unit = forms.TypedChoiceField(label=_("Unit that deals with it"), coerce=UUID)
    due_on = forms.DateField(
        label=_("Answer until"), widget=_day_input(), required=False, help_text=_("Empty: no deadline.")
    )
    note = forms.CharField(label=_("What is to be done"), max_length=2000, required=False, widget=_lines(2))

    def offer(self, units: Choices) -> None:
        """Say which units there are to choose from."""
        self.fields["unit"].choices = [("", "–"), *units]  # type: ignore[attr-defined]

    def charge(self) -> Charge:
        """Return what was typed."""
        return Charge(**self.cleaned_data)


class AnswerForm(forms.Form):
    """What answers a document."""

    answer = forms.ChoiceField(label=_("Answered by"))

    def offer(self, answers: Choices) -> None:
        """Say what there is to choose from."""
        self.fields["answer"].choices = [("", "–"), *answers]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Subject, UUID]:
        """Return the kind and the id of the answer."""
        return subject_of(self.cleaned_data["answer"])


class MeasureForm(forms.Form):
    """What carries clauses out."""

    measure = forms.ChoiceField(label=_("Measure"))

    def offer(self, measures: Choices) -> None:
        """Say what there is to choose from."""
        self.fields["measure"].choices = [("", "–"), *measures]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Subject, UUID]:
        """Return the kind and the id of the measure."""
        return subject_of(self.cleaned_data["measure"])


def subject_of(given: str) -> tuple[Subject, UUID]:
    """Return the kind and the id that a choice stands for."""
    kind, _colon, id = given.partition(":")
    return Subject(kind), UUID(id)


def described(row: IncomingDocument) -> dict[str, Any]:
    """Return the initial values of a correction."""
    return {name: getattr(row, name) for name in DESCRIBED}


def type_names() -> list[str]:
    """Return the types of documents that the decree knows, as suggestions: an office elsewhere may have others."""
    return [kind.name for kind in BUILT_IN.values()]


class ListForm(forms.Form):
    """A list that an office has today."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("XLSX, ODS, XLS or CSV, at most 1.4 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv"}),
    )

    def offer_units(self, units: Choices) -> None:
        """Add the units whose list it may be, if there are several."""
        if len(units) > 1:
            self.fields["unit"] = forms.TypedChoiceField(label=_("Receiving unit"), choices=units, coerce=UUID)


class RegisterTakingForm(ClassifiedForm):
    """What becomes of the lines of an incoming register."""

    becomes = forms.ChoiceField(
        label=_("What becomes of the documents"),
        choices=[
            ("settled", _("They are on record; nothing of it waits any more")),
            ("open", _("They are open; what names a unit waits there")),
        ],
        initial="settled",
        widget=forms.RadioSelect,
    )


class IssuedTakingForm(ClassifiedForm):
    """The level and the event of what was issued before."""


class TaskTakingForm(ClassifiedForm):
    """The decision by which the lines of a follow-up register or task list are followed here from now on."""

    title = forms.CharField(label=_("What is decided"), max_length=300)
    reason = forms.CharField(label=_("Why"), max_length=5000, widget=_lines(3))
    product = forms.CharField(
        label=_("Product where the list names none"), max_length=500, initial="Báo cáo kết quả thực hiện"
    )
