"""What officers type when they give one task to many units."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from thammuu.directives import labels
from thammuu.directives.cascading import MOST_REVIEW_DAYS
from thammuu.directives.receiving import Cascade
from thammuu.directives.rules import Urgency

LONGEST_LIST = 200_000


class CascadeForm(forms.Form):
    """A task, the units that receive it, and the end from which each level's deadline is counted back."""

    task = forms.CharField(label=_("Task"), max_length=300)
    product = forms.CharField(
        label=_("Product"), max_length=500, help_text=_("What must lie before you when it is done.")
    )
    levels = forms.MultipleChoiceField(
        label=_("All units of the level"), required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.TypedMultipleChoiceField(
        label=_("Only within"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: everywhere. A unit chosen here stands for itself and all below it."),
    )
    units = forms.CharField(
        label=_("These units besides"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, by code or name; a column from Excel can be pasted."),
    )
    term_days = forms.IntegerField(
        label=_("All examined within working days"),
        required=False,
        min_value=0,
        help_text=_("The end of the whole: each level's deadline is counted back from it."),
    )
    deadline = forms.DateTimeField(
        label=_("or until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=[(degree.value, word) for degree, word in labels.URGENCIES.items()],
        initial=Urgency.NORMAL.value,
    )

    def __init__(
        self,
        *args: Any,
        issuing_level: str,
        levels: Sequence[tuple[str, int]],
        regions: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("levels", [(level, f"{labels.level_word(level)} ({count})") for level, count in levels])
        self._offer("regions", regions)
        # Whoever has nobody below examines nothing: the lowest level is not asked.
        self.examining = [issuing_level, *(level for level, _count in levels)][: max(1, len(levels))]
        for number, level in enumerate(self.examining):
            self.fields[f"review_{number}"] = forms.IntegerField(
                label=_("Working days in which “{level}” examines").format(level=labels.level_word(level)),
                required=False,
                min_value=0,
                max_value=MOST_REVIEW_DAYS,
                initial=0 if number == 0 else 1,
            )

    def cascade(self, units: Sequence[UUID]) -> Cascade:
        """Return what was chosen; `units` are those that the list names."""
        given = self.cleaned_data
        return Cascade(
            title=given["task"],
            product=given["product"],
            levels=tuple(given.get("levels", ())),
            regions=tuple(given.get("regions", ())),
            units=tuple(units),
            reviews={level: given[f"review_{number}"] or 0 for number, level in enumerate(self.examining)},
            term_days=given["term_days"],
            deadline=given["deadline"],
            urgency=Urgency(given["urgency"]),
        )

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(choices)
        if not choices:
            del self.fields[name]
