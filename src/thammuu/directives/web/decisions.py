"""Decisions: the register, one with what followed from it, taking one, adding assignments."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thammuu.directives import actions, drafting, policies, queries
from thammuu.directives.actions.deciding import ORIGINS
from thammuu.directives.documents.policies import may_draft_from
from thammuu.directives.documents.queries import documents_from
from thammuu.directives.followup import queries as followup
from thammuu.directives.forms import DecisionForm, OrderForm
from thammuu.directives.incoming.queries import answered_by
from thammuu.directives.incoming.tracing import carried_out_by
from thammuu.directives.inspection.policies import plans_somewhere
from thammuu.directives.inspection.queries import inspections_from
from thammuu.directives.models import Decision
from thammuu.directives.web import rollup
from thammuu.directives.web.changing import tell_if_moved
from thammuu.directives.web.filtering import issued_in, period_of, written
from thammuu.directives.web.sending import submission_of
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in
from thammuu.paper import wordfiles
from thammuu.paper.rules import MediaType
from thammuu.paper.typesetting.official import typeset

PAGE = 50
LONGEST_WORDS = 100
DRAFT_FORMATS = {"pdf": (MediaType.PDF, typeset), "docx": (MediaType.DOCX, wordfiles.write)}


@signed_in
@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Show the register of decisions, the latest first."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    period, untasked = period_of(request.GET), "untasked" in request.GET
    found = queries.decisions(actor, words).filter(id__in=followup.decisions_of(actor, period, untasked).values("id"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.decision_rows(list(page.object_list)),
        "words": words,
        "narrowed": [*([_("Without an assignment")] if untasked else []), *issued_in(period)],
        "kept": [*([("untasked", "1")] if untasked else []), *written(period)],
        "may_decide": bool(policies.deciding_units(actor)),
    }
    return render(request, "directives/decisions.html", context)


@signed_in
@require_GET
def decision(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a decision: what, why, by whom, out of what, and what became of it."""
    actor = actor_of(request)
    row = queries.decision(actor, id)
    now = clock.now()
    rows = queries.assignments_of(actor, id, now, PAGE)
    rolled = rollup.of_decision(actor, id, now)
    count = rolled.total.figures[0].count if rolled else len(rows)
    context = {
        "decision": row,
        "unit": org.unit_label(row.unit_id),
        "post": org.author_label(row.post_id, row.behalf_id),
        "origin": _origin_card(actor, row),
        "rows": rows,
        "rollup": rolled,
        "count": count,
        "more": f"{reverse('assignments')}?decision={id}" if count > len(rows) else "",
        "following": queries.decisions_from(actor, id),
        "carried_out": carried_out_by(actor, [id]),
        "answers": answered_by(actor, id, now),
        "may_assign": bool(policies.may_assign(actor, row)),
        "documents": documents_from(actor, id),
        "inspections": inspections_from(actor, id, now),
        "may_inspect": plans_somewhere(actor),
        "may_draft": bool(row.title) and bool(may_draft_from(actor, row)),
        "draft_types": drafting.TYPES if row.title else {},
    }
    return render(request, "directives/decision.html", context)


@signed_in
@require_GET
def decision_draft(request: HttpRequest, id: UUID) -> HttpResponse:
    """Hand out the draft of a document of the asked type: the decision and the assignments the reader may see.

    `format` is pdf (the usual one) or docx.
    """
    actor = actor_of(request)
    row = queries.decision(actor, id)
    type = request.GET.get("type", "CT")
    if type not in drafting.TYPES:
        raise Missing(_("There is no such type of document."))
    if not row.title:
        raise Missing(_("What was decided here has been redacted."))
    ending = request.GET.get("format", "pdf")
    if ending not in DRAFT_FORMATS:
        raise Missing(_("There is no such type of document."))
    kind, make = DRAFT_FORMATS[ending]
    content = make(drafting.draft_of(row, queries.issued_from(actor, id).filter(parent=None), type))
    answer = HttpResponse(content, content_type=str(kind))
    answer.headers["Content-Disposition"] = f'attachment; filename="draft-{row.decided_at:%Y%m%d}.{ending}"'
    return answer


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def new_decision(request: HttpRequest) -> HttpResponse:
    """Take a decision, with its first assignments if they are known; the address may name what it arises from."""
    actor = actor_of(request)
    units = policies.deciding_units(actor)
    if not units:
        require(policies.may_decide(actor, actor.unit))
    origin = _origin_of(request)
    card = _card(actor, origin) if origin else None
    if origin and card is None:
        raise Missing(_("What this decision arises from does not exist, or your post may not see it."))
    sent = request.POST if request.method == "POST" else None
    form = DecisionForm(sent)
    form.offer(actor.permits.get(Permission.DECIDE), org.events_to_write(actor, Permission.DECIDE, _today()))
    form.offer_units([(str(unit), org.unit_label(unit)) for unit in units])
    order_form = OrderForm(
        sent, prefix="order", units=receivers(actor, units[0]), empty_permitted=True, use_required_attribute=False
    )
    if sent is not None and form.is_valid() and order_form.is_valid():
        try:
            id = actions.take_decision(
                actor=actor,
                now=clock.now(),
                unit=form.cleaned_data.pop("unit", units[0]),
                arises_from=origin,
                orders=order_form.orders() if order_form.has_changed() else (),
                submission=submission_of(request),
                **form.cleaned_data,
            )
            messages.success(request, _("The decision is taken."))
            tell_if_moved(request, actor, order_form.cleaned_data.get("deadline"), clock.now())
            return redirect("decision", id)
        except BadInput as fault:
            _add(fault, form, order_form)
    status = 422 if form.errors or order_form.errors else 200
    context = {"form": form, "order_form": order_form, "origin": card}
    return render(request, "directives/new_decision.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def new_assignments(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give units their tasks from a decision."""
    actor = actor_of(request)
    row = queries.decision(actor, id)
    require(policies.may_assign(actor, row))
    sent = request.POST if request.method == "POST" else None
    form = OrderForm(sent, units=receivers(actor, row.unit_id))
    if sent is not None and form.is_valid():
        try:
            actions.issue_assignments(
                actor=actor, now=clock.now(), decision=id, orders=form.orders(), submission=submission_of(request)
            )
            messages.success(request, _("The assignment is issued."))
            tell_if_moved(request, actor, form.cleaned_data["deadline"], clock.now())
            return redirect("decision", id)
        except BadInput as fault:
            _add(fault, form)
    context = {"decision": row, "form": form}
    return render(request, "directives/new_assignments.html", context, status=422 if form.errors else 200)


def receivers(actor: Actor, issuing_unit: UUID | None) -> list[tuple[str, str]]:
    """Return the units that take orders: the highest of the actor's reach, the issuing one, those just below each."""
    if issuing_unit is None:
        return []
    known = directory.current()
    reach = {unit.id for unit in org.units_for(actor, Permission.ASSIGN)}
    heads = {id for id in reach if known.units[id].parent not in reach} | {issuing_unit}
    near = heads.union(*(known.children.get(head, ()) for head in heads)) & reach
    return org.unit_options(known.in_order(near))


def _today() -> date:
    return clock.day_of(clock.now())


def _origin_of(request: HttpRequest) -> tuple[Subject, UUID] | None:
    for kind in ORIGINS:
        given = request.GET.get(kind.value)
        if given:
            try:
                return kind, UUID(given)
            except ValueError:
                raise Missing(_("The address names nothing that exists.")) from None
    return None


def _origin_card(actor: Actor, row: Decision) -> Card | None:
    return _card(actor, (Subject(row.arises_from_kind), row.arises_from)) if row.arises_from else None


def _card(actor: Actor, subject: tuple[Subject, UUID]) -> Card | None:
    return cards_of([subject], actor.scope, actor.language).get(subject[1])


def _add(fault: BadInput, *forms: DecisionForm | OrderForm) -> None:
    """Put the fault beside its field, or above the first form if no form has it."""
    owner = next((form for form in forms if fault.field in form.fields), None)
    (owner or forms[0]).add_error(fault.field if owner else None, fault.reason)
