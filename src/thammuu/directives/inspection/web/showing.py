"""An inspection's page, as each of its forms answers with it: what is shown and which steps may be taken."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thammuu.directives.forms import ReasonForm
from thammuu.directives.inspection import policies, queries, rules
from thammuu.directives.inspection.forms import ConclusionForm, MoveForm
from thammuu.directives.inspection.models import Inspection
from thammuu.directives.inspection.rows import inspection_row
from thammuu.directives.inspection.rules import FindingState, InspectionState, Step
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Verdict

ALLOWED: dict[Step, Callable[[Actor, Inspection], Verdict]] = {
    Step.ANNOUNCE: policies.may_inspect,
    Step.MOVE: policies.may_inspect,
    Step.BEGIN: policies.may_inspect,
    Step.REPORT: policies.may_inspect,
    Step.CONCLUDE: policies.may_conclude,
    Step.CLOSE: policies.may_inspect,
    Step.CANCEL: policies.may_inspect,
}


def show(
    request: HttpRequest, actor: Actor, row: Inspection, given: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render an inspection's page; `given` are forms with errors, by their names in the template."""
    now = clock.now()
    state = InspectionState(row.state)
    can = {step.value: rules.after(state, step) is not None and bool(may(actor, row)) for step, may in ALLOWED.items()}
    findings = queries.findings_of(actor, row.id, now)
    left = [one for one in findings if one.state == FindingState.OPEN]
    can["close"] = can["close"] and not left
    context: dict[str, Any] = {
        "inspection": row,
        "row": inspection_row(row, clock.day_of(now)),
        "origin": _origin(actor, row),
        "sheets": queries.sheets_of(actor, row.id),
        "findings": findings,
        "counted": queries.counted(findings) if row.decision_id else [],
        "changes": queries.changes_of(actor, row.id),
        "can": can,
        "can_any": any(can[name] for name in ("announce", "begin", "report", "conclude", "close")),
        "may_find": state == InspectionState.UNDER_WAY and bool(policies.may_inspect(actor, row)),
        "move_form": MoveForm(prefix="move", initial={"starts_on": row.starts_on, "ends_on": row.ends_on}),
        "cancel_form": ReasonForm(prefix="cancel"),
        "conclude_form": ConclusionForm(),
        **(given or {}),
    }
    return render(request, "directives/inspection/inspection.html", context, status=status)


def _origin(actor: Actor, row: Inspection) -> Card | None:
    if row.arises_from is None:
        return None
    origin = (Subject(row.arises_from_kind), row.arises_from)
    return cards_of([origin], actor.scope, actor.language).get(row.arises_from)
