"""The page of one assignment, and each change of where it stands that is made from it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from thammuu.directives import actions, dealings, policies, queries, rules
from thammuu.directives.documents import tasks
from thammuu.directives.forms import (
    AnswerForm,
    ClauseForm,
    ExtensionForm,
    GrantForm,
    HandOnForm,
    PostForm,
    ProgressForm,
    QuestionForm,
    ReasonForm,
    RulingForm,
)
from thammuu.directives.incoming.tracing import carried_out_by
from thammuu.directives.models import Assignment
from thammuu.directives.rows import assignment_rows
from thammuu.directives.rules import ASKING, OPEN, Act, State
from thammuu.directives.timeline import moments_of
from thammuu.directives.urging.queries import urged_count
from thammuu.directives.web import rollup
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import calendar, clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import format_instant
from thammuu.kernel.errors import BadInput, Verdict
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in

Given = Mapping[str, forms.Form]
OWNERS: Mapping[str, Callable[[Actor, UUID], UUID]] = {
    "assignment": lambda actor, id: queries.assignment(actor, id).id,
    "evidence": lambda actor, id: queries.evidence(actor, id).assignment_id,
    "guidance": lambda actor, id: dealings.guidance(actor, id).assignment_id,
    "request": lambda actor, id: dealings.request(actor, id).assignment_id,
}
"""For each kind of thing that is changed, the assignment to which it belongs."""


def show(
    request: HttpRequest, actor: Actor, row: Assignment, given: Given, status: int, at: UUID | None = None
) -> HttpResponse:
    """Show an assignment; `given` are the forms that came back with faults, by their names, `at` of which question."""
    now = clock.now()
    [shown] = assignment_rows([row], now)
    can = _permitted(actor, row)
    requests = dealings.requests_of(actor, row.id)
    context: dict[str, Any] = {
        "assignment": row,
        "row": shown,
        "carried_out": carried_out_by(actor, [row.id]),
        "clause": tasks.named(actor, row),
        "source": queries.source_of(actor, row),
        "can": can,
        "can_request": can["ask"] and not any(each.is_open for each in requests),
        "above": queries.seen_above(actor, row),
        "rollup": rollup.of_assignment(actor, row.decision_id, row.id, now),
        "guidance": dealings.guidance_of(actor, row.id),
        "requests": requests,
        "evidence": queries.evidence_of(actor, row.id),
        "moments": moments_of(actor, row.id),
        "urged": urged_count(actor, row.id),
        "progress_form": ProgressForm(initial={"percent": row.percent}),
        "return_form": ReasonForm(prefix="return"),
        "extension_form": ExtensionForm(prefix="extension"),
        "request_form": ExtensionForm(prefix="request"),
        "grant_form": GrantForm(prefix="grant"),
        "ruling_form": RulingForm(prefix="ruling"),
        "question_form": QuestionForm(prefix="question"),
        "answer_form": AnswerForm(prefix="answer"),
        "refusal_form": ReasonForm(prefix="refusal"),
        "insistence_form": ReasonForm(prefix="insistence"),
        "reopening_form": ReasonForm(prefix="reopening"),
        "withdrawal_form": ReasonForm(prefix="withdrawal"),
        "opened": next(iter(given), ""),
        "at": at,
        **given,
        **_offering(actor, row, given, can),
    }
    return render(request, "directives/assignment.html", context, status=status)


def _offering(actor: Actor, row: Assignment, given: Given, can: dict[str, bool]) -> Given:
    """Return the forms that have something to choose from; what offers nothing is no longer among what one can do."""
    hand_on = given.get("hand_on_form") or HandOnForm(
        prefix="hand_on", initial={"title": row.title, "product": row.product}
    )
    if isinstance(hand_on, HandOnForm) and can["hand_on"]:
        hand_on.offer([(str(unit), org.unit_label(unit)) for unit in policies.below_lead(row)])
    clause = given.get("clause_form") or ClauseForm(prefix="clause", initial={"clause": row.clause_id})
    if isinstance(clause, ClauseForm) and can["name_clause"]:
        clauses = tasks.offered(actor, row.decision)
        clause.offer(clauses)
        can["name_clause"] = bool(clauses)
    post = given.get("post_form") or PostForm(prefix="post", initial={"post": row.lead_post_id})
    if isinstance(post, PostForm) and can["name_post"]:
        post.offer(org.post_options(directory.current().stands_for(row.lead_unit_id)))
    return {"hand_on_form": hand_on, "clause_form": clause, "post_form": post}


def _permitted(actor: Actor, row: Assignment) -> dict[str, bool]:
    """Return, for each act by name, whether the state and the actor's post allow it."""
    verdicts: dict[Act, Callable[[Actor, Assignment], Verdict]] = {
        Act.ACKNOWLEDGE: policies.may_acknowledge,
        Act.REPORT: policies.may_execute,
        Act.HAND_IN: policies.may_execute,
        Act.VERIFY: policies.may_verify,
        Act.CLOSE: policies.may_verify,
        Act.REOPEN: policies.may_verify,
        Act.EXTEND: policies.may_assign,
        Act.INSIST: policies.may_assign,
        Act.REFUSE: policies.may_refuse,
        Act.HAND_ON: policies.may_hand_on,
        Act.WITHDRAW: policies.may_assign,
    }
    state = State(row.state)
    can = {act.value: rules.after(state, act) is not None and bool(may(actor, row)) for act, may in verdicts.items()}
    can["hand_on"] = can["hand_on"] and bool(policies.below_lead(row))
    can["ask"] = state in ASKING and bool(policies.may_execute(actor, row))
    can["guide"] = can["name_clause"] = bool(policies.may_assign(actor, row))
    can["name_post"] = state in OPEN and bool(policies.may_acknowledge(actor, row))
    return can


def _change(
    act: Callable[..., UUID],
    said: str,
    form_class: type[forms.Form] = forms.Form,
    name: str = "",
    prefix: str | None = None,
    of: str = "assignment",
    approval: bool = False,
) -> Callable[[HttpRequest, UUID], HttpResponseBase]:
    """Return the view of one kind of change: its form, its action, what is said after it; an approval asks who acts."""

    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        actor, now = actor_of(request), clock.now()
        owner = OWNERS[of](actor, id)
        row = queries.assignment(actor, owner)
        form = form_class(request.POST, prefix=prefix)
        if form.is_valid():
            try:
                act(actor=actor, now=now, submission=submission_of(request), **{of: id}, **form.cleaned_data)
                messages.success(request, _(said))
                tell_if_moved(request, actor, form.cleaned_data.get("deadline"), now)
                return redirect("assignment", owner)
            except BadInput as fault:
                form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
        return show(request, actor, row, {name: form}, 422, id)

    return signed_in(require_POST(freshly_proved(view) if approval else view))


def tell_if_moved(request: HttpRequest, actor: Actor, deadline: Any, now: Any) -> None:
    """Say that a deadline on a day of rest became the end of the next working day, if it did."""
    if deadline is None:
        return
    moved = calendar.end_of_term(now, deadline)
    if moved != deadline:
        text = _("{day} is a day of rest: the term ends {deadline} (Civil Code, article 148).")
        day = clock.format_date(clock.day_of(deadline), actor.language)
        messages.warning(request, text.format(day=day, deadline=format_instant(moved, actor.language)))


acknowledgement = _change(actions.acknowledge_assignment, gettext_noop("The assignment is acknowledged."))
progress = _change(actions.report_progress, gettext_noop("The progress is reported."), ProgressForm, "progress_form")
verification = _change(actions.verify_evidence, gettext_noop("The evidence is verified."), of="evidence", approval=True)
evidence_return = _change(
    actions.return_evidence, gettext_noop("The evidence is returned."), ReasonForm, "return_form", "return", "evidence"
)
closure = _change(actions.close_assignment, gettext_noop("The assignment is closed."), approval=True)
reopening = _change(
    actions.reopen_assignment,
    gettext_noop("The assignment is open again."),
    ReasonForm,
    "reopening_form",
    "reopening",
)
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
refusal = _change(
    actions.refuse_assignment,
    gettext_noop("The refusal is with the issuing unit, which takes the assignment back or insists."),
    ReasonForm,
    "refusal_form",
    "refusal",
)
insistence = _change(
    actions.insist_on_assignment,
    gettext_noop("The assignment stays with the lead unit."),
    ReasonForm,
    "insistence_form",
    "insistence",
)
handing_on = _change(
    actions.hand_on_assignment, gettext_noop("The assignment is handed on."), HandOnForm, "hand_on_form", "hand_on"
)
clause = _change(actions.name_clause, gettext_noop("The clause is named."), ClauseForm, "clause_form", "clause")
lead_post = _change(actions.name_post, gettext_noop("The answering post is named."), PostForm, "post_form", "post")
guidance = _change(
    actions.ask_guidance,
    gettext_noop("The question is with the issuing unit."),
    QuestionForm,
    "question_form",
    "question",
)
guidance_answer = _change(
    actions.give_guidance, gettext_noop("The guidance is given."), AnswerForm, "answer_form", "answer", "guidance"
)
extension_request = _change(
    actions.request_extension,
    gettext_noop("The request is with the issuing unit."),
    ExtensionForm,
    "request_form",
    "request",
)
extension_grant = _change(
    actions.grant_extension, gettext_noop("The deadline is extended."), GrantForm, "grant_form", "grant", "request"
)
extension_refusal = _change(
    actions.refuse_extension, gettext_noop("The deadline stays."), RulingForm, "ruling_form", "ruling", "request"
)
