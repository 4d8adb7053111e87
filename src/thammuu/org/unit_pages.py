"""The units: the list, as of any day, and the page of one."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.kernel.text import fold
from thammuu.org import directory, policies, queries
from thammuu.org.directory import UnitRow
from thammuu.org.rules import Permission
from thammuu.org.unit_forms import ClosureForm, MergerForm, NamingForm, SplitForm
from thammuu.org.web import actor_of, signed_in

UNITS_A_PAGE = 100
ACT_WORDS = {
    "naming": gettext_lazy("Another name or superior"),
    "merger": gettext_lazy("Merge with others"),
    "split": gettext_lazy("Split"),
    "closure": gettext_lazy("Close the unit"),
}


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
        for unit in known.in_order(actor.scope.everywhere())
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit with what its page needs to know; `parent` is its superior's code."""

    row: UnitRow
    parent: str | None
    may_plan: bool


@signed_in
@require_GET
def unit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a unit: its names and places through time, what stands below it, its posts, and what can be done with it."""
    actor = actor_of(request)
    shown = shown_unit(actor, id)
    return unit_page(request, shown, act_forms(shown, actor), status=200)


def shown_unit(actor: Actor, id: UUID) -> Shown:
    """Return the unit if the actor may see it. Raises `Missing`."""
    known = directory.current()
    row = known.units.get(id)
    if row is None or not actor.scope.knows(id):
        raise Missing(_("This unit does not exist."))
    parent = known.units[row.parent].code if row.parent else None
    return Shown(row, parent, bool(policies.may_administer_units(actor, id)))


def act_forms(shown: Shown, actor: Actor, data: Any = None, act: str = "") -> dict[str, forms.Form]:
    """Return the forms of what can be done with the unit by name; `data` fills the one of `act`."""
    if not shown.may_plan:
        return {}
    known = directory.current()
    administered = [unit for unit in queries.units_for(actor, Permission.UNIT_ADMIN) if unit.id != shown.row.id]
    parents = [(unit.code, unit.name) for unit in administered]
    if shown.parent is not None and shown.parent not in dict(parents):
        parents.insert(0, (shown.parent, known.unit_label(shown.row.parent)))
    siblings = [(unit.code, unit.name) for unit in administered if unit.parent == shown.row.parent]
    today = clock.day_of(clock.now())

    def given(name: str) -> Any:
        return data if act == name else None

    named = {"name": shown.row.name, "short_name": shown.row.short_name, "parent": shown.parent, "starts_on": today}
    found: dict[str, forms.Form] = {"naming": NamingForm(given("naming"), parents=parents, initial=named)}
    if shown.row.stands:
        merged = {"starts_on": today, "name": shown.row.name}
        found["merger"] = MergerForm(given("merger"), siblings=siblings, initial=merged)
        found["split"] = SplitForm(given("split"), initial={"starts_on": today})
        found["closure"] = ClosureForm(given("closure"), initial={"starts_on": today})
    return found


def unit_page(request: HttpRequest, shown: Shown, forms: dict[str, forms.Form], status: int) -> HttpResponse:
    """Draw the page of a unit."""
    actor, known = actor_of(request), directory.current()
    below = [known.units[id] for id in known.children.get(shown.row.id, ()) if actor.scope.knows(id)]
    context = {
        "unit": shown.row,
        "superior": known.units.get(shown.row.parent) if shown.row.parent else None,
        "sees_superior": shown.row.parent is not None and actor.scope.knows(shown.row.parent),
        "spells": [
            {"spell": spell, "superior": known.unit_label(spell.parent_id)} for spell in queries.spells_of(shown.row.id)
        ],
        "successors": [known.units[id] for id in known.present(shown.row.id) if id != shown.row.id],
        "inherits": sorted((unit for unit in below if unit.id in known.successors), key=_in_order),
        "below": sorted((unit for unit in below if unit.stands), key=_in_order)[:UNITS_A_PAGE],
        "count_below": sum(unit.stands for unit in below),
        "posts": sorted(post.title for post in known.posts.values() if post.unit == shown.row.id),
        "may_plan": shown.may_plan,
        "acts": [(name, ACT_WORDS[name], form, form.is_bound) for name, form in forms.items()],
    }
    return render(request, "org/unit.html", context, status=status)


def _in_order(unit: UnitRow) -> tuple[str, str]:
    return unit.sort_key, unit.code
