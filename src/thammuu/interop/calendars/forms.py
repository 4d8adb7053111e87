"""What an officer says of a new feed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thammuu.org.account.rules import TOKEN_TERM


class FeedForm(forms.Form):
    """Which program reads the feed, and for how long."""

    purpose = forms.CharField(
        label=_("Which calendar reads it"),
        help_text=_(
            "Name the program or the telephone. It stands in your list, in your administrator's and in the journal."
        ),
        max_length=100,
    )
    days = forms.TypedChoiceField(
        label=_("It holds for"),
        help_text=_("Then it opens nothing any more, and you make another one."),
        coerce=int,
        initial=TOKEN_TERM.days,
        choices=[(7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("a year"))],
    )
