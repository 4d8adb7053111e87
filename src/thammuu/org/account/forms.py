"""What officers type about their accounts."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thammuu.kernel.actor import Actor
from thammuu.org.account.labels import AREAS
from thammuu.org.account.oidc.provider import Provider
from thammuu.org.account.rules import TOKEN_TERM
from thammuu.org.account.scopes import BY_ADDRESS, READ, SCOPES, WRITE, Area, holds_any
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


class TokenForm(forms.Form):
    """What a token is for, what it may do, where and for how long. Offers nothing that the post itself may not do."""

    purpose = forms.CharField(
        label=_("What it is for"),
        help_text=_("Name the other system. It stands in your list, in your administrator's and in the journal."),
        max_length=100,
    )
    unit = forms.ChoiceField(label=_("For the unit and all below it"), required=False)
    days = forms.TypedChoiceField(
        label=_("It holds for"),
        help_text=_("Then it opens nothing any more, and you make another one."),
        coerce=int,
        initial=TOKEN_TERM.days,
        choices=[(7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("a year"))],
    )

    def __init__(self, *args: Any, actor: Actor, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = ("", gettext("Everything that my post reaches"))
        cast(forms.ChoiceField, self.fields["unit"]).choices = [everywhere, *units]
        for area, word in _offered():
            ways = [(READ, gettext("read")), (WRITE, gettext("read and write"))]
            offered = [way for way in ways if f"{area}:{way[0]}" in SCOPES and holds_any(actor, f"{area}:{way[0]}")]
            if offered:
                choices = [("", gettext("nothing")), *offered]
                self.fields[f"area_{area}"] = forms.ChoiceField(label=str(word), choices=choices, required=False)
        self.order_fields(["purpose", *(name for name in self.fields if name.startswith("area_")), "unit", "days"])

    @property
    def scopes(self) -> list[str]:
        """What was chosen, as scopes."""
        chosen = ((area, self.cleaned_data.get(f"area_{area}")) for area, _word in _offered())
        return [f"{area}:{way}" for area, way in chosen if way]


def _offered() -> list[tuple[Area, Promise]]:
    """Return the areas of the interface with their words; what an address opens has a page of its own."""
    return [(area, word) for area, word in AREAS.items() if area not in BY_ADDRESS]


class IdentityForm(forms.Form):
    """What a provider calls an officer."""

    provider = forms.ChoiceField(label=_("Provider"))
    subject = forms.CharField(
        label=_("What it calls the officer (“sub”)"),
        help_text=_("Take it from the provider's own list; it is not the name to sign in with."),
        max_length=255,
    )

    def __init__(self, *args: Any, providers: Iterable[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["provider"]).choices = [(one.name, one.label) for one in providers]


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
