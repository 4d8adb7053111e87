"""The checklist at one inspected unit: read by who may see it, filled while the visit is under way."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.inspection import actions, labels, policies, queries
from thammuu.directives.inspection.actions.filling import Refilled
from thammuu.directives.inspection.forms import SheetForm
from thammuu.directives.inspection.models import InspectionSheet
from thammuu.directives.inspection.rows import inspection_row, sheet_row
from thammuu.directives.inspection.rules import InspectionState, Result
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Conflict, require
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def inspection_sheet(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show the checklist of an inspected unit; whoever carries the visit out fills it."""
    actor = actor_of(request)
    row = queries.sheet(actor, id)
    if request.method == "POST":
        require(policies.may_inspect(actor, row.inspection))
    form, status = _form(row, request.POST if request.method == "POST" else None), 200
    if form.is_bound and form.is_valid():
        try:
            actions.fill_sheet(
                actor=actor, now=clock.now(), sheet=id, version=form.cleaned_data["version"], results=form.results(),
                submission=submission_of(request),
            )  # fmt: skip
            messages.success(request, _("The checklist is saved."))
            return redirect("inspection", row.inspection_id)
        except BadInput as fault:
            add_fault(form, fault)
        except Refilled as refilled:
            form, status = _beside(queries.sheet(actor, id), request.POST, str(refilled)), 409
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            status = 409
    fills = row.inspection.state == InspectionState.UNDER_WAY and bool(policies.may_inspect(actor, row.inspection))
    context: dict[str, Any] = {
        "sheet": sheet_row(row),
        "row": inspection_row(row.inspection, clock.day_of(clock.now())),
        "inspection": row.inspection,
        "unit": row.unit_id,
        "form": form,
        "fills": fills,
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "directives/inspection/sheet.html", context, status=status)


def _form(row: InspectionSheet, data: Any) -> SheetForm:
    return SheetForm(data, items=row.items, initial={"version": row.version})


def _beside(newer: InspectionSheet, sent: QueryDict, said: str) -> SheetForm:
    """Return the form with what was typed, going out from now on from the newer sheet, and what differs in words."""
    data = sent.copy()
    data["version"] = str(newer.version)
    form = _form(newer, data)
    form.is_valid()
    differing = [_told(number, item) for number, item in enumerate(newer.items, 1) if _differs(number, item, data)]
    text = _(
        "{said} What you typed stands below; saved by the other are: {items}. Saving again puts yours in their place."
    )
    form.add_error(None, text.format(said=said, items="; ".join(differing) or "–"))
    return form


def _differs(number: int, item: Mapping[str, str], data: QueryDict) -> bool:
    typed = (data.get(f"result_{number}", ""), data.get(f"remark_{number}", "").strip())
    return typed != (item["result"], item["remark"])


def _told(number: int, item: Mapping[str, str]) -> str:
    word = labels.RESULTS.get(Result(item["result"]), labels.UNANSWERED)
    return f"{number}. {word}" + (f" ({item['remark']})" if item["remark"] else "")
