"""A document's page, as each of its forms answers with it: what is shown and which steps may be taken."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thammuu.directives.documents import policies, queries, rules
from thammuu.directives.documents.forms import DraftForm, IssueForm, RemarkForm, TemplateForm
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rows import document_row
from thammuu.directives.documents.rules import ENDED, DocumentState, Standing, Step
from thammuu.directives.documents.signing.policies import may_sign
from thammuu.directives.documents.signing.queries import signature_row
from thammuu.directives.documents.tasks import gives_tasks, tasked
from thammuu.directives.forms import ReasonForm
from thammuu.directives.incoming.queries import answered_by
from thammuu.directives.incoming.tracing import carried_out_by
from thammuu.directives.inspection.queries import inspections_from
from thammuu.directives.queries import arising_from, decisions_from
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Verdict
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.rules import Permission

ALLOWED: dict[Step, Callable[[Actor, Document], Verdict]] = {
    Step.SUBMIT: policies.may_edit,
    Step.AGREE: policies.may_review,
    Step.RETURN: policies.may_return,
    Step.APPROVE: policies.may_approve,
    Step.ISSUE: policies.may_issue,
    Step.ABANDON: policies.may_edit,
}


def steps_of(actor: Actor, row: Document) -> dict[str, Any]:
    """Return which steps the actor may take now, and their forms."""
    state = DocumentState(row.state)
    can = {step.value: rules.after(state, step) is not None and bool(may(actor, row)) for step, may in ALLOWED.items()}
    return {
        "can": can,
        "can_any": any(can.values()),
        "agree_form": RemarkForm(prefix="agree"),
        "return_form": ReasonForm(prefix="return"),
        "approve_form": ReasonForm(prefix="approve"),
        "abandon_form": ReasonForm(prefix="abandon"),
        "issue_form": issue_form(actor, row) if can["issue"] else None,
    }


def issue_form(actor: Actor, row: Document, data: Any = None) -> IssueForm:
    """Return the form that asks for the abbreviations that are not known yet, each with a guess."""
    form = IssueForm(data, prefix="issue")
    needed = {"issuer": row.unit_id} if row.abbreviation else {"issuer": row.unit_id, "drafter": row.drafting_unit_id}
    known, units = queries.symbols(actor, list(needed.values())), directory.current().units
    form.need({name: rules.initials(units[unit].name) for name, unit in needed.items() if unit not in known})
    return form


def show(
    request: HttpRequest,
    actor: Actor,
    row: Document,
    given: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a document's page; `given` are forms with errors, by their names in the template."""
    now = clock.now()
    is_draft, issued = row.state == DocumentState.DRAFT, row.state == DocumentState.ISSUED
    known = directory.current()
    context: dict[str, Any] = {
        "document": row,
        "row": document_row(row),
        "origin": _origin(actor, row),
        "sections": queries.sections_of(actor, row, now) if not issued else [],
        "has_text": not issued or bool(row.version),
        "tasked": tasked(actor, [row])[row.id] if issued else None,
        "may_assign": gives_tasks(row) and bool(policies.may_assign_from(actor, row)),
        "decisions": decisions_from(actor, row.id),
        "versions": queries.versions_of(actor, row.id),
        "changes": queries.changes_of(actor, row.id),
        "altered": queries.altered(actor, row),
        "altering": queries.altering(actor, row.id),
        "following": queries.documents_from(actor, row.id),
        "inspections": inspections_from(actor, row.id, now),
        "arising": arising_from(actor, row.id, now),
        "carried_out": carried_out_by(actor, [row.id, *row.order]),
        "answers": answered_by(actor, row.id, now),
        "addressees": [known.unit_label(unit) for unit in row.addressees],
        "recipients": [known.unit_label(unit) for unit in row.recipients],
        "signature_lines": [line for line in (f"{row.capacity} {row.signs_for}".strip(), row.signer) if line],
        "may_edit": is_draft and bool(policies.may_edit(actor, row)),
        "may_follow": issued and bool(policies.may_draft(actor, actor.unit)),
        "may_comment": bool(policies.may_comment(actor, row)),
        "signature": signature_row(actor, row.id) if issued else None,
        "may_sign": issued and Standing(row.standing) not in ENDED and bool(may_sign(actor, row)),
        "may_keep": not row.classification and bool(row.order) and bool(policies.may_edit(actor, row)),
        "template_form": TemplateForm(prefix="template"),
        **steps_of(actor, row),
        **(given or {}),
    }
    return render(request, "directives/documents/document.html", context, status=status)


def offer(form: DraftForm, actor: Actor, units: Sequence[UUID]) -> None:
    """Add to the form of a new document the levels, events and units that there are to choose from."""
    held = actor.permits.get(Permission.ASSIGN) or actor.permits.get(Permission.DECIDE)
    form.offer(held, org.events_to_write(actor, Permission.ASSIGN, clock.day_of(clock.now())))
    form.offer_units([(str(unit), org.unit_label(unit)) for unit in units])


def add_fault(form: forms.Form, fault: BadInput) -> None:
    """Put a fault beside its field, or above the form if it has none such."""
    form.add_error(fault.field if fault.field in form.fields else None, fault.reason)


def _origin(actor: Actor, row: Document) -> Card | None:
    if row.arises_from is None:
        return None
    origin = (Subject(row.arises_from_kind), row.arises_from)
    return cards_of([origin], actor.scope, actor.language).get(row.arises_from)
