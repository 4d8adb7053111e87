"""What administrators type on the pages of units."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thammuu.kernel.errors import BadInput
from thammuu.org import boundaries
from thammuu.org.unit_file import read_unit_file

MOST_MEGABYTES = 20


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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
        given["title"] = given["file"].name
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
