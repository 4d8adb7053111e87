"""What an administrator does on the page of a unit: each form makes a plan and goes on to its rehearsal."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thammuu.kernel import clock
from thammuu.kernel.errors import require
from thammuu.org import actions, acts, policies
from thammuu.org.planning import Change
from thammuu.org.unit_pages import Shown, act_forms, shown_unit, unit_page
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_POST
def naming(request: HttpRequest, id: UUID) -> HttpResponse:
    """Plan another name or superior, or the opening of a closed unit again."""

    def changes(shown: Shown, given: dict[str, Any]) -> list[Change]:
        return acts.naming(
            shown.row.code, given["starts_on"], given["name"], given["short_name"], given["parent"] or None
        )

    return _planned(request, id, "naming", _("New name or place: {unit}"), changes)


@signed_in
@require_POST
def closure(request: HttpRequest, id: UUID) -> HttpResponse:
    """Plan the end of a unit."""

    def changes(shown: Shown, given: dict[str, Any]) -> list[Change]:
        return acts.closing(shown.row.code, given["starts_on"], given["successors"])

    return _planned(request, id, "closure", _("Closure: {unit}"), changes)


@signed_in
@require_POST
def merger(request: HttpRequest, id: UUID) -> HttpResponse:
    """Plan that units become one."""

    def changes(shown: Shown, given: dict[str, Any]) -> list[Change]:
        into = Change(
            1,
            given["code"] or shown.row.code,
            given["starts_on"],
            shown.row.level if given["code"] else "",
            given["name"],
            parent=shown.parent,
        )
        return acts.merging([shown.row.code, *given["units"]], given["starts_on"], into)

    return _planned(request, id, "merger", _("Merger: {unit}"), changes)


@signed_in
@require_POST
def split(request: HttpRequest, id: UUID) -> HttpResponse:
    """Plan that a unit becomes several."""

    def changes(shown: Shown, given: dict[str, Any]) -> list[Change]:
        return acts.splitting(
            shown.row.code, given["starts_on"], shown.row.level, shown.parent, given["parts"], remains=given["remains"]
        )

    return _planned(request, id, "split", _("Split: {unit}"), changes)


def _planned(request: HttpRequest, id: UUID, act: str, title: str, changes: Any) -> HttpResponse:
    actor = actor_of(request)
    shown = shown_unit(actor, id)
    require(policies.may_administer_units(actor, id))
    forms: dict[str, Form] = act_forms(shown, actor, request.POST, act)
    form = forms[act]
    if not form.is_valid():
        return unit_page(request, shown, forms, status=422)
    plan: Sequence[Change] = changes(shown, form.cleaned_data)
    made = actions.draft_plan(actor=actor, now=clock.now(), title=title.format(unit=shown.row.name), changes=plan)
    return redirect("unit_plan", made)
