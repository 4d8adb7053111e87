"""Plans of changes of the unit tree: from a file or a form, rehearsed on a page, confirmed by one press."""

import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.errors import Missing, require
from thammuu.org import actions, policies, queries
from thammuu.org.models import UnitPlan
from thammuu.org.planning import Judged, Outcome, digest_of, judge, namesakes
from thammuu.org.rehearsing import rehearse
from thammuu.org.tree import latest
from thammuu.org.unit_file import COLUMNS, NEEDED
from thammuu.org.unit_forms import UnitFileForm
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.rules import MediaType
from thammuu.paper.workbooks import workbook_in

LINES_A_PAGE = 100
OUTCOME_WORDS = {
    Outcome.FAULT: gettext_lazy("Fault"),
    Outcome.NEW: gettext_lazy("New"),
    Outcome.CHANGED: gettext_lazy("Changed"),
    Outcome.OPENED: gettext_lazy("Opened again"),
    Outcome.CLOSED: gettext_lazy("Ceases to exist"),
    Outcome.CARRIED: gettext_lazy("Carried along"),
    Outcome.SAME: gettext_lazy("Same"),
}
TEMPLATE_WIDTHS = {"name": 36, "short_name": 24, "successor_codes": 24}


@signed_in
@require_http_methods(["GET", "POST"])
def unit_import(request: HttpRequest) -> HttpResponse:
    """Show the form for a file of units, or read one and go on to its rehearsal; nothing is saved by it."""
    actor = actor_of(request)
    require(policies.may_plan_units(actor))
    form = UnitFileForm(request.POST or None, request.FILES or None, initial={"starts_on": clock.day_of(clock.now())})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        plan = actions.draft_plan(
            actor=actor,
            now=clock.now(),
            title=given["title"],
            changes=given["changes"],
            provinces=given["provinces"],
            communes=given["communes"],
        )
        return redirect("unit_plan", plan)
    columns = [(name, name in NEEDED, _column_words()[name]) for name in COLUMNS]
    return render(
        request, "org/unit_import.html", {"form": form, "columns": columns}, status=422 if form.is_bound else 200
    )


@signed_in
@require_GET
def unit_template(request: HttpRequest) -> HttpResponse:
    """Answer an empty workbook with the columns of a unit file; every cell is text, so that leading zeros stay."""
    require(policies.may_plan_units(actor_of(request)))
    content = io.BytesIO()
    with workbook_in(content) as workbook:
        sheet = workbook.add_worksheet("units")
        text, head = workbook.add_format({"num_format": "@"}), workbook.add_format({"bold": True, "num_format": "@"})
        for place, name in enumerate(COLUMNS):
            sheet.set_column(place, place, TEMPLATE_WIDTHS.get(name, 14), text)
            sheet.write_string(0, place, name, head)
            sheet.write_comment(0, place, _column_words()[name])
        sheet.freeze_panes(1, 0)
    answer = HttpResponse(content.getvalue(), content_type=MediaType.XLSX)
    answer["Content-Disposition"] = 'attachment; filename="units.xlsx"'
    return answer


@signed_in
@require_GET
def rehearsal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show what a plan would do, line by line, and the button that does it; `?show=fault&page=2`."""
    actor = actor_of(request)
    plan = _plan(request, id)
    ground = queries.ground_for(actor)
    judged = judge(queries.changes_of(plan), ground)
    counts = Counter(one.outcome for one in judged)
    shown = _shown(request.GET.get("show", ""), counts)
    lines = [one for one in judged if shown is None or one.outcome is shown]
    names = {**{code: spell.name for code, spell in latest(ground.spells).items()}, **_new_names(judged)}
    twice = namesakes(judged, ground.spells)
    context = {
        "plan": plan,
        "namesakes": len(twice),
        "counts": [(OUTCOME_WORDS[outcome], counts[outcome]) for outcome in OUTCOME_WORDS if counts[outcome]],
        "tabs": _tabs(id, counts, shown),
        "page": Paginator([_line(one, names, twice) for one in lines], LINES_A_PAGE).get_page(request.GET.get("page")),
        "faults": counts[Outcome.FAULT],
        "changes": len(judged) - counts[Outcome.SAME] - counts[Outcome.FAULT],
        "has_boundaries": bool(plan.provinces or plan.communes),
        "seen": digest_of(judged),
        "meaning": rehearse(actor, judged) if _does_something(counts) else None,
    }
    return render(request, "org/unit_plan.html", context)


@signed_in
@require_POST
def confirmation(request: HttpRequest, id: UUID) -> HttpResponse:
    """Carry out the plan as it was rehearsed."""
    plan = _plan(request, id)
    count = actions.confirm_plan(
        actor=actor_of(request), now=clock.now(), plan=plan.id, seen=request.POST.get("seen", "")
    )
    told = ngettext("One unit was changed.", "{count} units were changed.", count)
    messages.success(request, told.format(count=count))
    return redirect("units")


@signed_in
@require_POST
def removal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Throw the plan away."""
    plan = _plan(request, id)
    actions.drop_plan(actor=actor_of(request), now=clock.now(), plan=plan.id)
    messages.success(request, _("The plan was thrown away. Nothing was changed."))
    return redirect("units")


def _does_something(counts: Counter[Outcome]) -> bool:
    return any(count for outcome, count in counts.items() if outcome not in (Outcome.SAME, Outcome.FAULT))


def _plan(request: HttpRequest, id: UUID) -> UnitPlan:
    plan = queries.waiting_plan(actor_of(request), id)
    if plan is None:
        raise Missing(_("This plan was confirmed already or is older than a day."))
    return plan


def _shown(asked: str, counts: Counter[Outcome]) -> Outcome | None:
    """Return the outcome to show: the one asked for, or faults first where there are any; None for every line."""
    if asked in set(Outcome):
        return Outcome(asked)
    return Outcome.FAULT if counts[Outcome.FAULT] and asked != "all" else None


def _tabs(id: UUID, counts: Counter[Outcome], shown: Outcome | None) -> list[dict[str, Any]]:
    address = f"/units/plans/{id}/"
    everything = {
        "label": _("All lines"), "url": f"{address}?show=all", "count": counts.total(), "current": shown is None
    }  # fmt: skip
    return [
        everything,
        *(
            {
                "label": words,
                "url": f"{address}?show={outcome}",
                "count": counts[outcome],
                "current": shown is outcome,
            }
            for outcome, words in OUTCOME_WORDS.items()
            if counts[outcome]
        ),
    ]


def _new_names(judged: Iterable[Judged]) -> dict[str, str]:
    return {one.change.code: one.change.name for one in judged if one.change.name and not one.change.closes}


def _line(one: Judged, names: Mapping[str, str], namesakes: Collection[str]) -> dict[str, Any]:
    change, was = one.change, one.was
    return {
        "line": change.line or "",
        "code": change.code,
        "word": OUTCOME_WORDS[one.outcome],
        "is_fault": one.is_fault,
        "is_closed": one.outcome is Outcome.CLOSED,
        "reason": one.reason,
        "is_namesake": change.code in namesakes,
        "name": change.name,
        "name_before": was.name if was and was.name != change.name else "",
        "parent": names.get(change.parent, change.parent) if change.parent else "",
        "parent_before": names.get(was.parent or "", "–") if was and _moves(one) else "",
        "successors": ", ".join(names.get(code, code) for code in change.successors),
        "starts_on": change.starts_on if one.outcome is not Outcome.SAME else None,
    }


def _moves(one: Judged) -> bool:
    return one.was is not None and one.was.parent != one.change.parent and not one.change.closes


def _column_words() -> dict[str, str]:
    return {
        "code": _("The unit’s code, as text: 01, 00004"),
        "level": _("province, city, commune, … as your organisation calls its levels"),
        "name": _("The unit’s name"),
        "parent_code": _("The code of the superior unit; empty for a unit without one"),
        "short_name": _("How it is called in lists; the name if empty"),
        "starts_on": _("From which day the line holds, as 2025-07-01 or 01/07/2025"),
        "closes_on": _("The day from which the unit no longer exists"),
        "successor_codes": _("Who succeeds a unit that closes; several codes with commas, the heir of its posts first"),
    }
