"""What officers type and choose on the pages of alerts."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_FILES = 50


class ManyFiles(forms.FileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or many. An empty file is let through: it is judged like all others."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return every file."""
        files = [file for file in data or () if file]
        if not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(most)s files at once."), params={"most": MOST_FILES})
        return [super(FilesField, self).clean(file, initial) for file in files]


class IntakeForm(forms.Form):
    """Files, and the unit that takes them in."""

    unit = forms.TypedChoiceField(label=_("Receiving unit"), coerce=UUID)
    uploads = FilesField(
        label=_("Files"),
        allow_empty_file=True,
        help_text=_("CAP 1.0 to 1.2: single alerts, feeds, or CAP inside EDXL-DE; at most 50 files of 32 MB."),
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a field with choices, declared above


class DismissalForm(forms.Form):
    """Why nothing follows from an alert."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), strip=True)
