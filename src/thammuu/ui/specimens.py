"""Made-up content for the living style page."""

from datetime import datetime, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.ui.context import World
from thammuu.ui.templatetags.ui import STATUS_WORDS

TONES = tuple(STATUS_WORDS)


class SpecimenForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=gettext_lazy("Title"), help_text=gettext_lazy("In one line, as it would be said aloud.")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", "–"), ("fire", gettext_lazy("Fire")), ("traffic", gettext_lazy("Traffic"))],
    )
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, required=False)
    deadline = forms.DateField(label=gettext_lazy("Deadline"), widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(
        label=gettext_lazy("Reported by"),
        widget=forms.RadioSelect,
        choices=[("radio", gettext_lazy("Radio")), ("phone", gettext_lazy("Telephone"))],
    )
    urgent = forms.BooleanField(label=gettext_lazy("Needs an answer at once"), required=False)


def specimens(request: HttpRequest) -> dict[str, object]:
    """Return the context of the style page."""
    now = timezone.now()
    rows = _rows(now)
    return {
        "tones": TONES,
        "exercise": World("exercise", _("Night drill 3")),
        "rows": rows,
        "lanes": [
            (_("New"), rows[:4]),
            (_("Being handled"), rows[2:5]),
            (_("Under control"), rows[4:6]),
        ],
        "form": SpecimenForm(prefix="good"),
        "bad_form": SpecimenForm(
            {"bad-title": "", "bad-kind": "", "bad-note": _("What was typed stays.")}, prefix="bad"
        ),
        "page": Paginator(range(173), 25).get_page(request.GET.get("page")),
        "tabs": [
            {"label": _("Overview"), "url": request.path},
            {"label": _("Timeline"), "url": f"{request.path}?tab=timeline", "count": 12},
            {"label": _("Thread"), "url": f"{request.path}?tab=thread"},
        ],
        "moment": now - timedelta(minutes=12),
        "since": now - timedelta(minutes=90),
        "until": now + timedelta(minutes=25),
        "swatches": (
            "ground",
            "surface",
            "sunken",
            "line",
            "ink",
            "ink-2",
            "accent",
            "critical",
            "serious",
            "caution-mark",
        ),
    }


def _rows(now: datetime) -> list[dict[str, object]]:
    told = [
        ("critical", _("Fire in the stand roof, gate B"), _("Sports complex"), 3),
        ("serious", _("Crowd pressing at the north entry"), _("Stadium square"), 11),
        ("caution", _("Signal lost with the water patrol"), _("River section 2"), 26),
        ("normal", _("Vehicle breakdown cleared"), _("Ring road, km 14"), 48),
        ("standby", _("Reserve platoon at the ready"), _("Assembly point 4"), 95),
        ("off", _("Camera 12 switched off for maintenance"), _("Control room"), 300),
    ]
    return [
        {"tone": tone, "title": title, "place": place, "at": now - timedelta(minutes=ago), "number": 640 + ago}
        for tone, title, place, ago in told
    ]
