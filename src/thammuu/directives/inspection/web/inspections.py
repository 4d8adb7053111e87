"""Inspections: the list with its file, planning one, one with all that belongs to it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.inspection import actions, labels, policies, queries, tables
from thammuu.directives.inspection.actions.planning import ORIGINS
from thammuu.directives.inspection.forms import PlanForm, usual_days
from thammuu.directives.inspection.queries import InspectionFilters
from thammuu.directives.inspection.rows import inspection_row
from thammuu.directives.inspection.rules import InspectionState
from thammuu.directives.inspection.web.showing import show
from thammuu.directives.web.files import handed_out
from thammuu.directives.web.sending import submission_of
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.rules import MediaType

PAGE = 50
LONGEST_WORDS = 100
MOST_FINDINGS = 5_000


@signed_in
@require_GET
def inspections(request: HttpRequest) -> HttpResponse:
    """Show the inspections, the latest visit first; the filters stand in the address."""
    actor, filters = actor_of(request), _filters(request.GET)
    page = Paginator(queries.inspections(actor, filters), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [inspection_row(row, _today()) for row in page.object_list],
        "filters": filters,
        "states": [(str(state), word) for state, word in labels.STATES.items()],
        "units": org.visible_units(actor),
        "may_plan": policies.plans_somewhere(actor),
        "asked": request.GET.urlencode(),
    }
    return render(request, "directives/inspection/inspections.html", context)


@signed_in
@require_GET
def findings_table(request: HttpRequest) -> HttpResponse:
    """Hand the findings of the inspections out as XLSX, as these are filtered, or those of one `inspection`."""
    actor, now = actor_of(request), clock.now()
    found = queries.inspections(actor, _filters(request.GET))
    one = _id(request.GET.get("inspection", ""))
    if one is not None:
        found = found.filter(id=one)
    findings = queries.findings_among(actor, found, MOST_FINDINGS, now)
    named = found.filter(id__in={row.inspection for row in findings})
    visits = {row.id: inspection_row(row, _today()) for row in named}
    return handed_out(tables.findings_workbook(findings, visits), MediaType.XLSX, "findings.xlsx")


@signed_in
@require_http_methods(["GET", "POST"])
def new_inspection(request: HttpRequest) -> HttpResponse:
    """Plan a visit; the address may name the unit, the units below which to choose, and what it arises from."""
    actor = actor_of(request)
    units = policies.planning_units(actor)
    if not units:
        require(policies.may_plan(actor, actor.unit))
    unit = _chosen(request, "unit", units) or units[0]
    below = _chosen(request, "below", [one.id for one in policies.inspectable(unit)]) or unit
    origin = _origin_of(request, actor)
    form = PlanForm(request.POST if request.method == "POST" else None, initial=usual_days(_today()))
    held = actor.permits.get(Permission.ASSIGN) or actor.permits.get(Permission.DECIDE)
    form.offer(held, org.events_to_write(actor, Permission.ASSIGN, _today()))
    form.offer_places(_near(below), _posts({unit, actor.unit}), _checklists(actor, unit))
    if form.is_bound and form.is_valid():
        try:
            id = actions.plan_inspection(
                actor=actor, now=clock.now(), unit=unit, plan=form.plan(), submission=submission_of(request),
                arises_from=origin[0] if origin else None,
                event=form.cleaned_data.get("event"), classification=form.cleaned_data.get("classification", 0),
            )  # fmt: skip
            messages.success(request, _("The inspection is planned. The inspected units see it once it is announced."))
            return redirect("inspection", id)
        except BadInput as fault:
            add_fault(form, fault)
    known = directory.current()
    context = {
        "form": form,
        "origin": origin[1] if origin else None,
        "unit": unit,
        "below": below,
        "units": [known.units[one] for one in units],
        "heads": [one for one in policies.inspectable(unit) if known.children.get(one.id)],
        "kept": [(kind.value, request.GET[kind.value]) for kind in ORIGINS if request.GET.get(kind.value)],
    }
    return render(request, "directives/inspection/new_inspection.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def inspection(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show an inspection: plan, checklists, findings, conclusion and what became of it."""
    actor = actor_of(request)
    return show(request, actor, queries.inspection(actor, id))


def _near(unit: UUID) -> list[tuple[str, str]]:
    """Return the open units right below the unit, for the form."""
    known = directory.current()
    return org.unit_options(known.in_order(known.children.get(unit, ())))


def _posts(units: set[UUID | None]) -> list[tuple[str, str]]:
    """Return the posts of these units, for a select."""
    known = directory.current()
    posts = [post for post in known.posts.values() if post.unit in units]
    return [(str(post.id), known.post_label(post.id)) for post in sorted(posts, key=lambda p: (p.title, str(p.id)))]


def _checklists(actor: Actor, unit: UUID) -> list[tuple[str, str]]:
    text = _("{name} (version {version})")
    return [(str(row.id), text.format(name=row.name, version=row.version)) for row in queries.checklists(actor, [unit])]


def _chosen(request: HttpRequest, name: str, among: list[UUID]) -> UUID | None:
    """Return the id that the address chooses, None without one. Raises `Missing` for one that is not among these."""
    given = _id(request.GET.get(name, ""))
    if given is not None and given not in among:
        raise Missing(_("There is no such unit, or your post may not see it."))
    return given


def _origin_of(request: HttpRequest, actor: Actor) -> tuple[tuple[Subject, UUID], Card] | None:
    """Return what the address says that the visit arises from. Raises `Missing` for what the actor may not see."""
    for kind in ORIGINS:
        given = _id(request.GET.get(kind.value, ""))
        if given is not None:
            card = cards_of([(kind, given)], actor.scope, actor.language).get(given)
            if card is None:
                text = _("What this inspection arises from does not exist, or your post may not see it.")
                raise Missing(text)
            return (kind, given), card
    return None


def _filters(query: QueryDict) -> InspectionFilters:
    """Return the filters in the address; a value that is none is left out."""
    given: dict[str, Any] = {"words": query.get("q", "").strip()[:LONGEST_WORDS]}
    state = query.get("state", "")
    if state in labels.STATES:
        given["state"] = InspectionState(state)
    try:
        given["unit"] = UUID(query.get("unit", ""))
    except ValueError:
        given["unit"] = None
    return InspectionFilters(**given)


def _id(given: str) -> UUID | None:
    if not given:
        return None
    try:
        return UUID(given)
    except ValueError:
        raise Missing(_("The address names nothing that exists.")) from None


def _today() -> date:
    return clock.day_of(clock.now())
