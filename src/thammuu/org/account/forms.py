"""What officers type about their accounts."""

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from thammuu.org.models import Account
from thammuu.org.rules import Role


class CodeForm(forms.Form):
    """A code of an authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from the authenticator app, or one of your recovery codes."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "autofocus": True}),
    )


class AppForm(forms.Form):
    """What a new authenticator app shows, and what its officer calls it."""

    code = forms.CharField(
        label=_("Code that the app shows now"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    name = forms.CharField(
        label=_("What you call it"),
        help_text=_("For example the device; it stands in your list and in the journal."),
        max_length=60,
        required=False,
    )


class PasskeyForm(forms.Form):
    """A passkey that the browser has made, and what its officer calls it."""

    name = forms.CharField(
        label=_("What you call it"),
        help_text=_("For example the device; it stands in your list and in the journal."),
        max_length=60,
        required=False,
    )
    answer = forms.CharField(widget=forms.HiddenInput(attrs={"data-answer": True}), max_length=20_000, required=False)


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Several words in a row are easier to keep in mind than signs."),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """Refuse what is short, common, or like the sign-in name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean_again(self) -> str:
        """Refuse a second typing that differs."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords differ."))
        return again


class PasswordForm(NewPasswordForm):
    """The present password and a new one."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present", "password", "again")


class ResetForm(forms.Form):
    """Why an account is reset."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Its officer reads it, and it stands in the journal."),
        max_length=500,
    )


class LettersForm(forms.Form):
    """For which units accounts are opened, and what their officers will be."""

    superior = forms.ChoiceField(label=_("For the units below"))
    depth = forms.ChoiceField(
        label=_("How far"), choices=[("direct", _("Directly below only")), ("whole", _("All below, at any depth"))]
    )
    title = forms.CharField(label=_("Post"), max_length=100, initial=_("Duty officer"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.UNIT_OFFICER, _("Unit officer")),
            (Role.DUTY_OFFICER, _("Duty officer")),
            (Role.VIEWER, _("Viewer")),
        ],
    )

    def __init__(self, *args: Any, superiors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["superior"]).choices = superiors
