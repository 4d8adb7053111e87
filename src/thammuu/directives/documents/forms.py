"""What officers type about documents."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from thammuu.directives import labels as common
from thammuu.directives.documents import labels
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.actions.numbering import HIGHEST
from thammuu.directives.documents.kinds import BUILT_IN
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import LONGEST_SECTION, Capacity, Circulation, Effect
from thammuu.directives.rules import Urgency
from thammuu.org.granting.forms import ClassifiedForm
from thammuu.paper.clauses import ClauseKind

Choices = Sequence[tuple[str, str]]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _among(words: Any, empty: str) -> list[tuple[str, Any]]:
    """Return the choices of an enumeration, with words for its empty member if that has none."""
    first = [] if "" in words else [("", empty)]
    return [*first, *((str(one), word) for one, word in words.items())]


class DraftForm(ClassifiedForm):
    """What a document is begun with."""

    type = forms.ChoiceField(label=_("Type of document"))
    abstract = forms.CharField(label=_("Abstract"), max_length=500, help_text=_("What the document is about."))

    def offer_types(self, types: Choices) -> None:
        """Say which types there are to choose from."""
        self.fields["type"].choices = types  # type: ignore[attr-defined]  # a field with choices, declared above

    def offer_units(self, units: Choices) -> None:
        """Add the units that issue it, if there are several."""
        if len(units) > 1:
            self.fields["unit"] = forms.TypedChoiceField(label=_("Unit that issues it"), choices=units, coerce=UUID)


class TemplateForm(forms.Form):
    """What a template is called."""

    name = forms.CharField(
        label=_("Name of the template"),
        max_length=200,
        help_text=_("Kept are the text and the signature block; abstract, recipients and numbers are not."),
    )


class DescriptionForm(forms.Form):
    """What stands around the text."""

    type = forms.ChoiceField(label=_("Type of document"))
    abstract = forms.CharField(label=_("Abstract"), max_length=500)
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=[(str(one), word) for one, word in common.URGENCIES.items()]
    )
    circulation = forms.ChoiceField(label=_("Circulation"), required=False, choices=_among(labels.CIRCULATIONS, "–"))
    place = forms.CharField(
        label=_("Place of issue"), max_length=100, required=False, help_text=_("Stands before the date.")
    )
    addressees = forms.MultipleChoiceField(
        label=_("Addressed to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Stands as “Kính gửi”: for official letters, and for proposals and reports sent upward."),
    )
    recipients = forms.MultipleChoiceField(label=_("Recipients"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=_("Recipients outside"),
        max_length=2000,
        required=False,
        widget=_lines(2),
        help_text=_("One on each line."),
    )
    capacity = forms.ChoiceField(
        label=_("Signed in the capacity"), required=False, choices=_among(labels.CAPACITIES, "")
    )
    signs_for = forms.CharField(
        label=_("Of whom"), max_length=200, required=False, help_text=_("The head or the collective; a title, no name.")
    )
    signer = forms.CharField(label=_("Title of who signs"), max_length=200, required=False)
    effect = forms.ChoiceField(
        label=_("Effect on an earlier document"), required=False, choices=_among(labels.EFFECTS, "–")
    )
    alters = forms.TypedChoiceField(label=_("Earlier document"), required=False, coerce=UUID, empty_value=None)

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, types: Choices, units: Choices, earlier: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["type"].choices = types
        fields["addressees"].choices = fields["recipients"].choices = units
        fields["alters"].choices = [("", "–"), *earlier]

    def description(self) -> Description:
        """Return what was typed."""
        given = self.cleaned_data
        return Description(
            type=given["type"],
            abstract=given["abstract"],
            urgency=Urgency(given["urgency"]),
            circulation=Circulation(given["circulation"]),
            place=given["place"],
            addressees=tuple(UUID(unit) for unit in given["addressees"]),
            recipients=tuple(UUID(unit) for unit in given["recipients"]),
            others=given["others"],
            capacity=Capacity(given["capacity"]),
            signs_for=given["signs_for"],
            signer=given["signer"],
            effect=Effect(given["effect"]),
            alters=given["alters"],
        )


def described(row: Document) -> dict[str, Any]:
    """Return the initial values of a document's description."""
    names = [name for name in DescriptionForm.base_fields if name != "seen"]
    return {
        name: [str(unit) for unit in value] if isinstance(value := getattr(row, name), list) else value
        for name in names
    }


class SectionForm(forms.Form):
    """A section: what it is, its words, and the version that they were typed on."""

    kind = forms.ChoiceField(
        label=_("Kind of section"),
        choices=[(str(kind), word) for kind, word in labels.CLAUSES.items()],
        initial=ClauseKind.CLAUSE.value,
    )
    text = forms.CharField(label=_("Text"), max_length=LONGEST_SECTION, widget=_lines(8))
    label = forms.CharField(
        label=_("Label"), max_length=40, required=False, help_text=_("Empty: it is numbered by its place.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TextFileForm(forms.Form):
    """A file whose text becomes sections."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("DOCX, ODT, PDF with text or plain text, at most 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.odt,.pdf,.txt"}),
    )


class TextPlaceForm(forms.Form):
    """Where the text of a file goes in a draft; `seen` is the digest of the text that it would replace."""

    place = forms.ChoiceField(
        label=_("What becomes of the sections that stand"),
        choices=[
            ("add", _("They stay; the file's text follows them")),
            ("replace", _("They are struck; they stay on record")),
        ],
        initial="add",
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class CommentForm(forms.Form):
    """A remark on a section."""

    text = forms.CharField(label=_("Comment"), max_length=2000, widget=_lines(2))


class RemarkForm(forms.Form):
    """What a reviewer adds, if anything."""

    reason = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=_lines(2))


class IssueForm(forms.Form):
    """The abbreviations that the symbol needs, while they are not known."""

    issuer = forms.CharField(label=_("Abbreviation of the issuing unit"), max_length=20, required=False)
    drafter = forms.CharField(label=_("Abbreviation of the drafting unit"), max_length=20, required=False)

    def need(self, names: dict[str, str]) -> None:
        """Keep the fields that are needed, each with what the abbreviation may be."""
        for name in list(self.fields):
            if name in names:
                self.fields[name].required, self.fields[name].initial = True, names[name]
            else:
                del self.fields[name]


class TypeForm(forms.Form):
    """A type of document of the unit's own."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("As it is printed."))
    abbreviation = forms.CharField(label=_("Abbreviation"), max_length=20, help_text=_("As it stands in the symbol."))
    series = forms.CharField(
        label=_("Series"), max_length=20, required=False,
        help_text=_("Empty: its numbers are its own. Or the abbreviation of the type whose numbers it shares."),
    )  # fmt: skip


class SymbolForm(forms.Form):
    """The abbreviation of a unit."""

    prefix = "unit"
    abbreviation = forms.CharField(
        label=_("Abbreviation of the unit"), max_length=20, help_text=_("As it stands in the symbols of documents.")
    )


class SeriesForm(forms.Form):
    """The last number of a series that was given before Thammuu gave any."""

    prefix = "series"
    type = forms.ChoiceField(label=_("Type of document"))
    last = forms.IntegerField(
        label=_("Last number of this year"),
        min_value=1,
        max_value=HIGHEST,
        help_text=_("What was numbered elsewhere before; the next document takes the number after it."),
    )

    def offer_types(self, types: Choices) -> None:
        """Say which types there are to choose from."""
        self.fields["type"].choices = types  # type: ignore[attr-defined]  # a field with choices, declared above


def type_choices(types: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the types for a select."""
    return [
        (code, f"{kind.name} ({kind.abbreviation})" if kind.abbreviation else kind.name) for code, kind in types.items()
    ]


BUILT_IN_CHOICES = type_choices(dict(BUILT_IN))
