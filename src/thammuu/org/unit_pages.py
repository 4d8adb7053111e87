"""The units: the list, as of any day, and the page of one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thammuu.kernel import clock
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in

UNITS_A_PAGE = 100


@signed_in
@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """Show the units that the actor may see, filtered by name, with the posts in each; `?on=` as of another day."""
    actor = actor_of(request)
    wanted = fold(request.GET.get("q", "").strip())
    today = clock.day_of(clock.now())
    day = _day(request.GET.get("on", "")) or today
    known = directory.current() if day == today else directory.as_of(day)
    posts: dict[UUID, list[str]] = {}
    for post in known.posts.values():
        posts.setdefault(post.unit, []).append(post.title)
    rows: list[dict[str, Any]] = [
        {"unit": unit, "superior": known.unit_label(unit.parent), "posts": sorted(posts.get(unit.id, []))}
        for unit in known.in_order(actor.scope.units)
        if wanted in fold(f"{unit.name} {unit.code}")
    ]
    context = {
        "page": Paginator(rows, UNITS_A_PAGE).get_page(request.GET.get("page")),
        "count": len(rows),
        "q": request.GET.get("q", ""),
        "on": "" if day == today else day.isoformat(),
        "day": day,
        "may_plan": actor.may_somewhere(Permission.UNIT_ADMIN),
    }
    return render(request, "org/units.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
