"""The calendar of deadlines: which fall on which day, as rows and counted, and as a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thammuu.directives.filters import in_timing
from thammuu.directives.followup.spans import Length, Span, span_of
from thammuu.directives.models import Assignment
from thammuu.directives.rows import assignment_rows
from thammuu.directives.rules import State, Timing
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.web import actor_of, signed_in

PAGE = 100
ALL = "all"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the grid. `is_within` the span that is shown; `late` of its deadlines are overdue."""

    day: date
    is_within: bool
    is_today: bool
    count: int
    late: int
    url: str


@signed_in
@require_GET
def deadline_calendar(request: HttpRequest) -> HttpResponse:
    """Show the deadlines of a month, a week or a day: `?length=week&day=2026-11-30`, `whose=all` of every unit seen."""
    actor, now = actor_of(request), clock.now()
    today = clock.day_of(now)
    everybody = request.GET.get("whose") == ALL
    span = span_of(_length(request.GET.get("length", "")), _day(request.GET.get("day", "")) or today)
    found = due_in(actor, span, None if everybody else actor.unit)
    page = Paginator(found.order_by("deadline", "id"), PAGE).get_page(request.GET.get("page"))
    rows = assignment_rows(page.object_list, now)
    context = {
        "span": span,
        "page": page,
        "days": [(day, list(group)) for day, group in groupby(rows, lambda row: clock.day_of(row.deadline))],
        "weeks": [] if span.length == Length.DAY else _grid(span, _counted(found, now), today, everybody),
        "lengths": [
            {"label": word, "url": _address(length, span.first, everybody), "current": length == span.length}
            for length, word in ((Length.MONTH, _("Month")), (Length.WEEK, _("Week")), (Length.DAY, _("Day")))
        ],
        "before": _address(span.length, span.before, everybody),
        "after": _address(span.length, span.after, everybody),
        "today": _address(span.length, today, everybody),
        "everybody": everybody,
        "other": _address(span.length, span.first, not everybody),
        "unit": directory.current().unit_label(actor.unit),
    }
    return render(request, "directives/followup/calendar.html", context)


def due_in(actor: Actor, span: Span, lead: UUID | None) -> QuerySet[Assignment]:
    """Return the assignments due in the span that the actor sees, of one lead unit if given; none withdrawn."""
    start, end = clock.start_of(span.first), clock.start_of(span.last + timedelta(days=1))
    led = Q(lead_unit__in=directory.current().stands_for(lead)) if lead else Q()
    due = Q(deadline__gte=start, deadline__lt=end)
    return Assignment.objects.filter(visible_to(actor), due, led).exclude(state=State.WITHDRAWN)


def _counted(found: QuerySet[Assignment], now: datetime) -> dict[date, tuple[int, int]]:
    """Return for each day how many are due, and how many of them are overdue."""
    late = Count("id", filter=in_timing(Timing.OPEN_OVERDUE, now))
    days = found.values(on=TruncDate("deadline", tzinfo=clock.ORGANISATION_ZONE)).annotate(count=Count("id"), late=late)
    return {row["on"]: (row["count"], row["late"]) for row in days.order_by("on")}


def _grid(span: Span, counts: Mapping[date, tuple[int, int]], today: date, everybody: bool) -> list[list[Day]]:
    return [
        [
            Day(
                day,
                span.first <= day <= span.last,
                day == today,
                *counts.get(day, (0, 0)),
                _address(Length.DAY, day, everybody),
            )
            for day in week
        ]
        for week in span.weeks()
    ]


def _address(length: Length, day: date, everybody: bool) -> str:
    return "?" + urlencode({"length": str(length), "day": day.isoformat(), **({"whose": ALL} if everybody else {})})


def _length(given: str) -> Length:
    return next((length for length in Length if length == given), Length.MONTH)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
