"""Documents: the list, one with its text and its way, beginning one, what stands around the text."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thammuu.directives import queries as directives
from thammuu.directives.documents import actions, labels, policies, queries
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.actions.drafting import digest_of
from thammuu.directives.documents.actions.editing import Outdated
from thammuu.directives.documents.forms import (
    BUILT_IN_CHOICES,
    DescriptionForm,
    DraftForm,
    described,
    type_choices,
)
from thammuu.directives.documents.from_decision import begun_from
from thammuu.directives.documents.inside import found_in
from thammuu.directives.documents.models import Document, DocumentTemplate
from thammuu.directives.documents.queries import DocumentFilters
from thammuu.directives.documents.rows import document_row
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.documents.types import types_of
from thammuu.directives.documents.web.showing import add_fault, offer, show
from thammuu.directives.followup import queries as followup
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.queries import incoming_document
from thammuu.directives.models import Decision
from thammuu.directives.web.filtering import issued_in, period_of, written
from thammuu.directives.web.sending import submission_of
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict, Missing, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in

PAGE = 50
LONGEST_WORDS = 100


@signed_in
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Show the documents, the latest begun first; the filters stand in the address."""
    actor = actor_of(request)
    filters = _filters(request.GET)
    found, period, untasked = queries.documents(actor, filters), period_of(request.GET), "untasked" in request.GET
    if untasked or period.any:
        found = found.filter(id__in=followup.documents_of(actor, period, untasked).values("id"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    inside = found_in(actor, [row.id for row in rows], filters.words) if filters.words else {}
    context = {
        "page": page,
        "rows": [(document_row(row), inside.get(row.id)) for row in rows],
        "filters": filters,
        "narrowed": [*([_("Issued, without an assignment")] if untasked else []), *issued_in(period)],
        "kept": [*([("untasked", "1")] if untasked else []), *written(period)],
        "states": [(state.value, word) for state, word in labels.STATES.items()],
        "types": type_choices(types_of(actor.unit, actor.scope.world)) if actor.unit else BUILT_IN_CHOICES,
        "units": org.visible_units(actor),
        "may_name_types": bool(policies.may_name_types(actor, actor.unit)),
        "may_draft": bool(policies.drafting_units(actor)),
    }
    return render(request, "directives/documents/documents.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_document(request: HttpRequest) -> HttpResponse:
    """Begin a document: empty, or from the decision or document that the address names."""
    actor = actor_of(request)
    units = policies.drafting_units(actor)
    if not units:
        require(policies.may_draft(actor, actor.unit))
    decision, earlier = _decision_of(request, actor), _document_of(request, actor)
    incoming, template = _incoming_of(request, actor), _template_of(request, actor)
    form = DraftForm(request.POST if request.method == "POST" else None, initial=_begun(decision, earlier, template))
    form.offer_types(type_choices(types_of(template.unit_id if template else units[0], actor.scope.world)))
    if decision is None:
        offer(form, actor, [template.unit_id] if template else units)
    if form.is_bound and form.is_valid():
        try:
            id = _begin(request, actor, form.cleaned_data, decision or template, earlier or incoming, units[0])
            messages.success(request, _("The document is begun."))
            return redirect("document", id)
        except BadInput as fault:
            add_fault(form, fault)
    context = {
        "form": form,
        "decision": decision,
        "earlier": document_row(earlier) if earlier else None,
        "incoming": incoming,
        "template": template,
        "templates": [] if decision or template else queries.templates(actor),
    }
    return render(request, "directives/documents/new_document.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def document(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a document: its text, what stands around it, its way and what became of it."""
    actor = actor_of(request)
    return show(request, actor, queries.document(actor, id))


@signed_in
@require_http_methods(["GET", "POST"])
def document_description(request: HttpRequest, id: UUID) -> HttpResponse:
    """Change what stands around a draft's text."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    require(policies.may_edit(actor, row))
    form = _description_form(actor, row, request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            actions.describe_document(
                actor=actor, now=clock.now(), document=id, description=form.description(),
                seen=form.cleaned_data["seen"], submission=submission_of(request),
            )  # fmt: skip
            messages.success(request, _("The description is saved."))
            return redirect("document", id)
        except BadInput as fault:
            add_fault(form, fault)
        except Outdated:
            form, status = _beside(actor, queries.document(actor, id), request.POST), 409
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            status = 409
    status = 422 if form.errors and status == 200 else status
    context = {"form": form, "row": document_row(row)}
    return render(request, "directives/documents/description.html", context, status=status)


@signed_in
@require_GET
def document_version(request: HttpRequest, id: UUID, number: int) -> HttpResponse:
    """Show the text as it was submitted."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    kept = queries.version(actor, id, number)
    context = {
        "row": document_row(row),
        "version": kept,
        "by": org.post_label(kept.post_id),
        "clauses": queries.clauses_of(kept.clauses),
    }
    return render(request, "directives/documents/version.html", context)


def _description_form(actor: Actor, row: Document, data: Any) -> DescriptionForm:
    known = directory.current()
    superior = known.units[row.unit_id].parent
    near = {row.unit_id, *known.children.get(row.unit_id, ()), *row.addressees, *row.recipients}
    place = row.place or queries.last_place(actor, row.unit_id)
    return DescriptionForm(
        data,
        initial={**described(row), "place": place, "seen": digest_of(row)},
        types=type_choices(types_of(row.unit_id, row.world)),
        units=org.unit_options(known.in_order(near | ({superior} if superior else set()))),
        earlier=[pair for pair in queries.alterable(actor, row.unit_id) if pair[0] != str(row.id)],
    )


def _beside(actor: Actor, newer: Document, sent: QueryDict) -> DescriptionForm:
    """Return the form with what was typed, going out from now on from the newer description, and what differs."""
    data = sent.copy()
    data["seen"] = digest_of(newer)
    form = _description_form(actor, newer, data)
    saved = described(newer)
    differing = [str(field.label) for name, field in form.fields.items() if name in saved and name in form.changed_data]
    text = _("This was changed while you were editing it. What you typed stands below; it differs in: {fields}.")
    form.add_error(None, text.format(fields=", ".join(differing) or "–"))
    return form


def _begin(
    request: HttpRequest,
    actor: Actor,
    given: dict[str, Any],
    source: Decision | DocumentTemplate | None,
    earlier: Document | IncomingDocument | None,
    unit: UUID,
) -> UUID:
    common: dict[str, Any] = {"actor": actor, "now": clock.now(), "submission": submission_of(request)}
    type, abstract = given.pop("type"), given.pop("abstract")
    origin = (_kind_of(earlier), earlier.id) if earlier else None
    if isinstance(source, Decision):
        begun = begun_from(source, directives.issued_from(actor, source.id), type)
        return actions.draft_document(
            unit=source.unit_id, description=replace(begun.description, abstract=abstract), clauses=begun.clauses,
            carried=begun.carried, arises_from=(Subject.DECISION, source.id), event=source.event_id,
            classification=source.classification, **common,
        )  # fmt: skip
    if source is not None:
        around = {part: getattr(source, part) for part in actions.AROUND}
        return actions.draft_document(
            unit=source.unit_id, description=Description(type=type, abstract=abstract, **around),
            clauses=queries.clauses_of(source.clauses), arises_from=origin, **given, **common,
        )  # fmt: skip
    return actions.draft_document(
        unit=given.pop("unit", unit),
        description=Description(type=type, abstract=abstract),
        arises_from=origin,
        **given,
        **common,
    )


def _begun(decision: Decision | None, earlier: Document | None, template: DocumentTemplate | None) -> dict[str, str]:
    if decision is not None:
        return {"type": "CT", "abstract": f"Về việc {decision.title}"}
    if template is not None:
        return {"type": template.type}
    return {"type": "CT"} if earlier is None else {"type": earlier.type, "abstract": earlier.abstract}


def _decision_of(request: HttpRequest, actor: Actor) -> Decision | None:
    given = _id(request.GET.get("decision", ""))
    return None if given is None else directives.decision(actor, given)


def _document_of(request: HttpRequest, actor: Actor) -> Document | None:
    given = _id(request.GET.get("document", ""))
    return None if given is None else queries.document(actor, given)


def _incoming_of(request: HttpRequest, actor: Actor) -> IncomingDocument | None:
    given = _id(request.GET.get("incoming_document", ""))
    return None if given is None else incoming_document(actor, given)


def _template_of(request: HttpRequest, actor: Actor) -> DocumentTemplate | None:
    """Return the template that the address names, of a unit for which the actor drafts."""
    given = _id(request.GET.get("template", ""))
    found = None if given is None else queries.template(actor, given)
    if found is not None:
        require(policies.may_draft(actor, found.unit_id))
    return found


def _kind_of(origin: Document | IncomingDocument) -> Subject:
    return Subject.DOCUMENT if isinstance(origin, Document) else Subject.INCOMING_DOCUMENT


def _id(given: str) -> UUID | None:
    if not given:
        return None
    try:
        return UUID(given)
    except ValueError:
        raise Missing(_("The address names nothing that exists.")) from None


def _filters(query: QueryDict) -> DocumentFilters:
    """Return the filters in the address; a value that is none is left out."""
    try:
        unit = UUID(query.get("unit", ""))
    except ValueError:
        unit = None
    state = query.get("state", "")
    return DocumentFilters(
        state=DocumentState(state) if state in labels.STATES else None,
        type=query.get("type", "")[:LONGEST_WORDS],
        unit=unit,
        words=query.get("q", "").strip()[:LONGEST_WORDS],
    )
