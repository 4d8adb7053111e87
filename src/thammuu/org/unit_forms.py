"""What administrators type on the pages of units."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thammuu.kernel.errors import BadInput
from thammuu.org import boundaries
from thammuu.org.acts import Part
from thammuu.org.unit_file import LineFault, checked_code, checked_name, read_unit_file
from thammuu.paper.rules import plain_name

MOST_MEGABYTES = 20
Choices = Sequence[tuple[str, str]]


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NamingForm(forms.Form):
    """Another name or superior, or the opening of a closed unit again."""

    prefix = "naming"
    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=200, required=False)
    parent = forms.ChoiceField(label=_("Superior unit"), required=False)
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", "–"), *parents]  # type: ignore[attr-defined]  # a field with choices, declared above

    def clean_name(self) -> str:
        """Return the name in its stored form."""
        return _sound_name(self.cleaned_data["name"])

    def clean_short_name(self) -> str:
        """Return the short name in its stored form."""
        return _sound_name(self.cleaned_data["short_name"])


class ClosureForm(forms.Form):
    """The day from which a unit no longer exists, and who succeeds it."""

    prefix = "closure"
    starts_on = DayField(label=_("No longer exists from"))
    successors = forms.CharField(
        label=_("Successors"),
        help_text=_("Codes, with commas; the first takes in its posts and subordinate units."),
        required=False,
        max_length=2000,
    )

    def clean_successors(self) -> list[str]:
        """Return the codes."""
        return _codes(self.cleaned_data["successors"])


class MergerForm(forms.Form):
    """The units that merge with this one, and what comes of them; without a new code this one takes them in."""

    prefix = "merger"
    units = forms.MultipleChoiceField(label=_("Merges with"), widget=forms.CheckboxSelectMultiple)
    starts_on = DayField(label=_("From"))
    name = forms.CharField(label=_("Name of the merged unit"), max_length=200)
    code = forms.CharField(
        label=_("Its code"),
        help_text=_("Empty: this unit stays and takes in the others."),
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, siblings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = siblings  # type: ignore[attr-defined]  # a field with choices, declared above

    def clean_name(self) -> str:
        """Return the name in its stored form."""
        return _sound_name(self.cleaned_data["name"])

    def clean_code(self) -> str:
        """Return the code of the new unit, "" for none."""
        return "".join(_codes(self.cleaned_data["code"])[:1])


class SplitForm(forms.Form):
    """The units that come of this one."""

    prefix = "split"
    parts = forms.CharField(
        label=_("New units"),
        help_text=_("A line each: code; name; codes of the subordinate units that it takes, with commas."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
    )
    starts_on = DayField(label=_("From"))
    remains = forms.BooleanField(label=_("This unit remains beside them"), required=False)

    def clean_parts(self) -> list[Part]:
        """Return the parts; each line names a code and a name."""
        found = []
        for line in str(self.cleaned_data["parts"]).splitlines():
            code, name, children = (*(part.strip() for part in line.split(";")), "", "", "")[:3]
            if not line.strip():
                continue
            if not code or not name:
                raise forms.ValidationError(gettext("Write a code and a name: {line}").format(line=line[:80]))
            found.append(Part("".join(_codes(code)[:1]), _sound_name(name), tuple(_codes(children))))
        return found


class UnitFileForm(forms.Form):
    """A file of units, the day from which its lines hold, and the boundaries that come with it."""

    file = forms.FileField(
        label=_("File of units (XLSX or CSV)"),
        help_text=_(
            "With the columns code, level, name, parent_code. Nothing is saved before you have seen each line."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )
    starts_on = DayField(label=_("Valid from"), help_text=_("For lines that name no day of their own."))
    provinces = forms.FileField(
        label=_("Boundaries of provinces"),
        help_text=_("GeoJSON or TopoJSON, found by the units’ codes."),
        required=False,
    )
    communes = forms.FileField(label=_("Boundaries of communes"), help_text=_("GeoJSON or TopoJSON."), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the files: `changes` from the lines, the boundaries as bytes; `title` is the file's name."""
        given = super().clean() or {}
        if self.errors:
            return given
        given["title"] = plain_name(given["file"].name)
        bounded: set[str] = set()
        for name in ("file", "provinces", "communes"):
            given[name] = self._content(name, given.get(name))
            try:
                if name == "file":
                    given["changes"] = read_unit_file(given[name], given["starts_on"])
                elif given[name]:
                    bounded.update(boundaries.codes_in(given[name]))
            except BadInput as fault:
                self.add_error(name, fault.reason)
        strange = sorted(bounded - {change.code for change in given.get("changes", ())})
        if strange and not self.errors:
            told = gettext("The boundaries name units that the file of units does not have: {codes}.")
            field = "communes" if given["communes"] else "provinces"
            self.add_error(field, told.format(codes=", ".join(strange[:10])))
        return given

    def _content(self, name: str, file: UploadedFile[bytes] | None) -> bytes:
        if file is None:
            return b""
        if (file.size or 0) > MOST_MEGABYTES * 1_000_000:
            self.add_error(name, gettext("The file is larger than {most} MB.").format(most=MOST_MEGABYTES))
            return b""
        return bytes(file.read())


def _sound_name(text: str) -> str:
    try:
        return checked_name("name", text)
    except LineFault as fault:
        raise forms.ValidationError(fault.reason) from fault


def _codes(text: str) -> list[str]:
    try:
        return [checked_code("code", code) for code in re.split(r"[;,\s]+", text) if code]
    except LineFault as fault:
        raise forms.ValidationError(fault.reason) from fault
