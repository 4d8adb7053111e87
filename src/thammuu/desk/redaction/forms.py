"""What officers type on the pages of redactions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thammuu.desk.redaction.rules import REASON_LIMIT
from thammuu.journal.redaction.words import REASON_WORDS


class ProposalForm(forms.Form):
    """Why something is to go."""

    reason_class = forms.ChoiceField(
        label=_("Kind of reason"),
        help_text=_("This is told on the page of what was redacted."),
        choices=lambda: [("", _("Choose why")), *REASON_WORDS.items()],
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays for ever: do not repeat what is to go."),
        max_length=REASON_LIMIT,
    )


class WordsForm(forms.Form):
    """Words to look for; they are not kept."""

    words = forms.CharField(
        label=_("Words that have to go, as a name or a number"),
        help_text=_("To find where else they stand. They are not kept and not recorded."),
        min_length=3,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class EndForm(forms.Form):
    """Why a redaction is refused or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=REASON_LIMIT)
