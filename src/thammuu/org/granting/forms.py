"""What is typed when roles are granted and taken back."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from thammuu.kernel.actor import Scope
from thammuu.kernel.clock import ORGANISATION_ZONE
from thammuu.org.rules import MOST_HOURS
from thammuu.org.words import CLASSIFICATION_WORDS, ROLE_WORDS

Choices = Sequence[tuple[str, str]]


class InstantField(forms.DateTimeField):
    """A minute of the organisation's clock."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the instant, aware."""
        found = super().to_python(value)
        return found.replace(tzinfo=ORGANISATION_ZONE) if found is not None else None


def levels_up_to(ceiling: int) -> list[tuple[int, Any]]:
    """Return the levels to choose from."""
    return [(level, words) for level, words in CLASSIFICATION_WORDS.items() if level <= ceiling]


class ClassifiedForm(forms.Form):
    """A form for something that is made: its level and its event, as far as there is anything to choose."""

    def offer(self, held: Scope | None, events: Choices) -> None:
        """Add the levels up to that of the right by which it is made, and the events."""
        ceiling = max((reach.classification for reach in held.reaches()), default=0) if held is not None else 0
        if ceiling > 0:
            self.fields["classification"] = forms.TypedChoiceField(
                label=_("Classification"),
                help_text=_("How far it may be known. State secrets do not belong here at any level."),
                choices=levels_up_to(ceiling),
                coerce=int,
                initial=0,
                required=False,
                empty_value=cast(Any, 0),
            )
        if events:
            self.fields["event"] = forms.TypedChoiceField(
                label=_("Event"), choices=[("", "–"), *events], coerce=UUID, required=False, empty_value=None
            )


class GrantForm(forms.Form):
    """Which role, where, up to which level, from when until when, and why."""

    role = forms.ChoiceField(label=_("Role"), choices=[(str(role), words) for role, words in ROLE_WORDS.items()])
    unit = forms.ChoiceField(label=_("At the unit and below"))
    event = forms.ChoiceField(
        label=_("For the event"), help_text=_("With an event it reaches only what belongs to that."), required=False
    )
    classification = forms.TypedChoiceField(label=_("Up to the level"), coerce=int)
    starts_at = InstantField(label=_("From"), help_text=_("Empty: from now on."), required=False)
    ends_at = InstantField(label=_("Until"), help_text=_("Empty: until it is taken back."), required=False)
    reason = forms.CharField(
        label=_("Reason"), help_text=_("It stands in the journal and wherever this right is shown."), max_length=500
    )

    def __init__(self, *args: Any, units: Choices, events: Choices, ceiling: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["unit"]).choices = units
        cast(forms.ChoiceField, self.fields["event"]).choices = [("", "–"), *events]
        cast(forms.ChoiceField, self.fields["classification"]).choices = levels_up_to(ceiling)


class DelegationForm(forms.Form):
    """To which post, where, up to which level, from when until when, and why."""

    post = forms.ChoiceField(label=_("To the post"))
    unit = forms.ChoiceField(label=_("At the unit and below"))
    event = forms.ChoiceField(
        label=_("For the event"), help_text=_("With an event it reaches only what belongs to that."), required=False
    )
    classification = forms.TypedChoiceField(label=_("Up to the level"), coerce=int)
    starts_at = InstantField(label=_("From"), help_text=_("Empty: from now on."), required=False)
    ends_at = InstantField(label=_("Until"), help_text=_("It ends by itself then, or with your own right."))
    reason = forms.CharField(
        label=_("Reason"), help_text=_("It stands in the journal and wherever this right is shown."), max_length=500
    )

    def __init__(
        self, *args: Any, posts: Choices, units: Choices, events: Choices, ceiling: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["post"]).choices = [("", "–"), *posts]
        cast(forms.ChoiceField, self.fields["unit"]).choices = units
        cast(forms.ChoiceField, self.fields["event"]).choices = [("", "–"), *events]
        cast(forms.ChoiceField, self.fields["classification"]).choices = levels_up_to(ceiling)


class ReasonForm(forms.Form):
    """Why something is taken back at once."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class SubstitutesForm(forms.Form):
    """Which posts may act in a post, in their order."""

    first = forms.TypedChoiceField(label=_("First substitute"), coerce=UUID, required=False, empty_value=None)
    second = forms.TypedChoiceField(label=_("Second substitute"), coerce=UUID, required=False, empty_value=None)
    third = forms.TypedChoiceField(label=_("Third substitute"), coerce=UUID, required=False, empty_value=None)

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            cast(forms.ChoiceField, field).choices = [("", "–"), *posts]

    def named(self) -> list[UUID]:
        """Return the posts that were chosen, in their order."""
        return [self.cleaned_data[name] for name in ("first", "second", "third") if self.cleaned_data[name]]


class SubstitutionForm(forms.Form):
    """Which of the named substitutes acts, from when until when. Why is nobody's business."""

    substitute = forms.TypedChoiceField(label=_("Substitute"), coerce=UUID)
    starts_at = InstantField(label=_("From"), help_text=_("Empty: from now on."), required=False)
    ends_at = InstantField(label=_("Until"), help_text=_("It ends by itself then."))

    def __init__(self, *args: Any, substitutes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["substitute"]).choices = substitutes


class OpeningForm(forms.Form):
    """What is opened in an emergency, for how long, and why."""

    named = forms.CharField(
        label=_("Incident or unit"),
        help_text=_("The incident's number with #, or the unit's code or name."),
        max_length=200,
    )
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=MOST_HOURS, initial=1)
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Your superiors read it at once and review it afterwards."), max_length=500
    )


class ReviewForm(forms.Form):
    """What a superior found about an emergency opening."""

    review = forms.CharField(label=_("What you found"), max_length=500)


class WithdrawalForm(forms.Form):
    """When a role ends, and why."""

    ends_at = InstantField(label=_("Ends"), help_text=_("Empty: at once."), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500)
