"""Assignments: the list with its counts, one with its timeline, and each change of where it stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.directives import actions, labels, policies, queries, rules
from thammuu.directives.forms import EvidenceForm, ExtensionForm, ProgressForm, ReasonForm
from thammuu.directives.models import Assignment
from thammuu.directives.queries import AssignmentFilters
from thammuu.directives.rows import assignment_rows
from thammuu.directives.rules import Act, State, Timing
from thammuu.directives.timeline import moments_of
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Verdict, require
from thammuu.org import queries as org
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.intake import take_in

PAGE = 50
LONGEST_WORDS = 100


@signed_in
@require_GET
def assignments(request: HttpRequest) -> HttpResponse:
    """Show the assignments, the open ones first by deadline; the filters stand in the address."""
    actor, now = actor_of(request), clock.now()
    filters = _filters(request.GET)
    page = Paginator(queries.assignments(actor, filters, now), PAGE).get_page(request.GET.get("page"))
    tally = queries.tally(actor, filters, now)
    context = {
        "page": page,
        "rows": assignment_rows(page.object_list, now),
        "filters": filters,
        "tally": tally,
        "tabs": _tabs(request.GET, tally, filters),
        "states": [(state.value, word) for state, word in labels.STATES.items()],
        "units": org.visible_units(actor),
        "is_live": not filters.any and page.number == 1,
    }
    return render(request, "directives/assignments.html", context)


@signed_in
@require_GET
def assignment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show an assignment: the five things that must be clear, where it stands, its timeline."""
    actor = actor_of(request)
    return _show(request, actor, queries.assignment(actor, id), {}, 200)


@signed_in
@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, id: UUID) -> HttpResponse:
    """Hand in evidence, from a phone first of all: words, the camera, files."""
    actor = actor_of(request)
    row = queries.assignment(actor, id)
    require(policies.may_execute(actor, row))
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_in_evidence(
                actor=actor,
                now=clock.now(),
                assignment=id,
                text=form.cleaned_data["text"],
                files=[take_in(file, name) for name in ("photos", "documents") for file in form.cleaned_data[name]],
                submission=submission_of(request),
            )
            messages.success(request, _("The evidence is handed in. The issuing unit will verify it."))
            return redirect("assignment", id)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    [shown] = assignment_rows([row], clock.now())
    can_hand_in = rules.after(State(row.state), Act.HAND_IN) is not None
    context = {"form": form, "row": shown, "assignment": row, "can_hand_in": can_hand_in}
    return render(request, "directives/evidence.html", context, status=422 if form.errors else 200)


def _filters(query: QueryDict) -> AssignmentFilters:
    """Return the filters in the address; a value that is none is left out."""
    try:
        unit = UUID(query.get("unit", ""))
    except ValueError:
        unit = None
    state, timing = query.get("state", ""), query.get("due", "")
    return AssignmentFilters(
        state=State(state) if state in labels.STATES else None,
        timing=Timing(timing) if timing in labels.TIMINGS else None,
        unit=unit,
        words=query.get("q", "").strip()[:LONGEST_WORDS],
    )


def _tabs(query: QueryDict, tally: rules.Tally, filters: AssignmentFilters) -> list[dict[str, object]]:
    kept = query.copy()
    for name in ("due", "page"):
        kept.pop(name, None)
    every = {"label": _("All"), "url": f"?{kept.urlencode()}", "current": filters.timing is None}
    tabs: list[dict[str, object]] = [every]
    for timing in (Timing.OPEN_OVERDUE, Timing.OPEN_WITHIN_TIME, Timing.DONE_LATE, Timing.DONE_ON_TIME):
        kept["due"] = timing.value
        tabs.append(
            {
                "label": labels.TIMINGS[timing],
                "url": f"?{kept.urlencode()}",
                "count": getattr(tally, timing.value),
                "current": filters.timing == timing,
            }
        )
    return tabs


def _show(
    request: HttpRequest, actor: Actor, row: Assignment, given: dict[str, forms.Form], status: int
) -> HttpResponse:
    [shown] = assignment_rows([row], clock.now())
    can = _permitted(actor, row)
    context: dict[str, Any] = {
        "assignment": row,
        "row": shown,
        "can": can,
        "can_any": any(can.values()),
        "evidence": queries.evidence_of(actor, row.id),
        "moments": moments_of(actor, row.id),
        "progress_form": ProgressForm(initial={"percent": row.percent}),
        "return_form": ReasonForm(prefix="return"),
        "extension_form": ExtensionForm(prefix="extension"),
        "withdrawal_form": ReasonForm(prefix="withdrawal"),
        "opened": next(iter(given), ""),
        **given,
    }
    return render(request, "directives/assignment.html", context, status=status)


def _permitted(actor: Actor, row: Assignment) -> dict[str, bool]:
    """Return, for each act by name, whether the state and the actor's post allow it."""
    verdicts: dict[Act, Callable[[], Verdict]] = {
        Act.ACKNOWLEDGE: lambda: policies.may_acknowledge(actor, row),
        Act.REPORT: lambda: policies.may_execute(actor, row),
        Act.HAND_IN: lambda: policies.may_execute(actor, row),
        Act.VERIFY: lambda: policies.may_verify(actor, row),
        Act.CLOSE: lambda: policies.may_verify(actor, row),
        Act.EXTEND: lambda: policies.may_assign(actor, row),
        Act.WITHDRAW: lambda: policies.may_assign(actor, row),
    }
    state = State(row.state)
    return {act.value: rules.after(state, act) is not None and bool(may()) for act, may in verdicts.items()}


def _change(
    act: Callable[..., UUID],
    said: str,
    form_class: type[forms.Form] = forms.Form,
    name: str = "",
    prefix: str | None = None,
    of_evidence: bool = False,
    approval: bool = False,
) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """Return the view of one kind of change: its form, its action, what is said after it; an approval asks who acts."""

    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        actor = actor_of(request)
        owner = queries.evidence(actor, id).assignment_id if of_evidence else id
        row = queries.assignment(actor, owner)
        form = form_class(request.POST, prefix=prefix)
        if form.is_valid():
            subject = {"evidence" if of_evidence else "assignment": id}
            try:
                act(
                    actor=actor,
                    now=clock.now(),
                    submission=submission_of(request),
                    **subject,
                    **form.cleaned_data,
                )
                messages.success(request, _(said))
                return redirect("assignment", owner)
            except BadInput as fault:
                form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
        return _show(request, actor, row, {name: form}, 422)

    return signed_in(require_POST(freshly_proved(view) if approval else view))  # type: ignore[return-value]


acknowledgement = _change(actions.acknowledge_assignment, gettext_noop("The assignment is acknowledged."))
progress = _change(actions.report_progress, gettext_noop("The progress is reported."), ProgressForm, "progress_form")
verification = _change(
    actions.verify_evidence, gettext_noop("The evidence is verified."), of_evidence=True, approval=True
)
evidence_return = _change(
    actions.return_evidence,
    gettext_noop("The evidence is returned."),
    ReasonForm,
    "return_form",
    "return",
    of_evidence=True,
)
closure = _change(actions.close_assignment, gettext_noop("The assignment is closed."), approval=True)
extension = _change(
    actions.extend_deadline, gettext_noop("The deadline is extended."), ExtensionForm, "extension_form", "extension"
)
withdrawal = _change(
    actions.withdraw_assignment,
    gettext_noop("The assignment is withdrawn."),
    ReasonForm,
    "withdrawal_form",
    "withdrawal",
)
