"""The sections of a draft: writing, taking up, changing, moving, striking them, and comments on them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.directives.documents import actions, labels, policies, queries
from thammuu.directives.documents.actions.editing import Outdated, TakenUp, is_taken
from thammuu.directives.documents.forms import CommentForm, SectionForm
from thammuu.directives.documents.models import DocumentSection
from thammuu.directives.documents.rows import document_row
from thammuu.directives.documents.web.showing import add_fault, show
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, require
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.clauses import ClauseKind


@signed_in
@require_http_methods(["GET", "POST"])
def new_section(request: HttpRequest, id: UUID) -> HttpResponse:
    """Write a section into a draft, below the one that the address names; "and another" stays here."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    require(policies.may_edit(actor, row))
    after = _after(row.order, request.GET.get("after", ""))
    form = SectionForm(request.POST if request.method == "POST" else None, initial={"kind": request.GET.get("kind")})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            section = actions.add_section(
                actor=actor, now=clock.now(), document=id, kind=ClauseKind(given["kind"]), text=given["text"],
                label=given["label"], after=after, submission=submission_of(request),
            )  # fmt: skip
            messages.success(request, _("The section is written."))
            if "another" in request.POST:
                return redirect(f"{reverse('new_section', args=[id])}?after={section}&kind={given['kind']}")
            return redirect(f"{reverse('document', args=[id])}#section-{section}")
        except BadInput as fault:
            add_fault(form, fault)
    context = {"form": form, "row": document_row(row), "after": after}
    return render(request, "directives/documents/new_section.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def document_section(request: HttpRequest, id: UUID) -> HttpResponse:
    """Edit a section. Saving over a newer version is answered 409 with both texts, and nothing is lost."""
    actor = actor_of(request)
    row = queries.section(actor, id)
    require(policies.may_edit(actor, row.document))
    if request.method != "POST":
        return _editor(request, actor, row, SectionForm(initial=_initial(row)))
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _editor(request, actor, row, form, 422)
    given = form.cleaned_data
    try:
        actions.change_section(
            actor=actor, now=clock.now(), section=id, version=given["version"] or 0, kind=ClauseKind(given["kind"]),
            text=given["text"], label=given["label"], submission=submission_of(request),
        )  # fmt: skip
    except BadInput as fault:
        add_fault(form, fault)
        return _editor(request, actor, row, form, 422)
    except Outdated:
        newer = queries.section(actor, id)
        return _editor(request, actor, newer, _beside(request.POST, newer), 409)
    messages.success(request, _("The section is saved."))
    return redirect(f"{reverse('document', args=[row.document_id])}#section-{id}")


@signed_in
@require_POST
def section_taking(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a section up to edit it; if another post does, ask first."""
    actor = actor_of(request)
    row = queries.section(actor, id)
    try:
        actions.take_up_section(
            actor=actor,
            now=clock.now(),
            section=id,
            take_over="over" in request.POST,
            submission=submission_of(request),
        )
    except TakenUp:
        context = {"row": document_row(row.document), "section": row, "taken_by": org.post_label(row.taken_by_id)}
        return render(request, "directives/documents/taken.html", context, status=409)
    return redirect("document_section", id)


@signed_in
@require_POST
def section_move(request: HttpRequest, id: UUID) -> HttpResponse:
    """Move a section one place up or down."""
    actor = actor_of(request)
    row = queries.section(actor, id)
    places = -1 if request.POST.get("to") == "up" else 1
    actions.move_section(actor=actor, now=clock.now(), section=id, places=places, submission=submission_of(request))
    return redirect(f"{reverse('document', args=[row.document_id])}#section-{id}")


@signed_in
@require_POST
def section_striking(request: HttpRequest, id: UUID) -> HttpResponse:
    """Strike a section out of the draft."""
    actor = actor_of(request)
    row = queries.section(actor, id)
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() and len(given) < 9 else 0
    actions.strike_section(actor=actor, now=clock.now(), section=id, version=version, submission=submission_of(request))
    messages.success(request, _("The section is struck; it stays on record."))
    return redirect("document", row.document_id)


@signed_in
@require_POST
def section_comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Remark something on a section."""
    actor = actor_of(request)
    row = queries.section(actor, id)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            actions.make_comment(
                actor=actor, now=clock.now(), section=id, text=form.cleaned_data["text"],
                submission=submission_of(request),
            )  # fmt: skip
            messages.success(request, _("The comment is made."))
            return redirect(f"{reverse('document', args=[row.document_id])}#section-{id}")
        except BadInput as fault:
            add_fault(form, fault)
    return show(request, actor, row.document, {"faulty_comment": form, "faulty_section": id}, 422)


def _editor(
    request: HttpRequest, actor: Actor, row: DocumentSection, form: SectionForm, status: int = 200
) -> HttpResponse:
    taken = is_taken(row, actor.post, clock.now())
    context: dict[str, Any] = {
        "form": form,
        "row": document_row(row.document),
        "section": row,
        "word": labels.CLAUSES[ClauseKind(row.kind)],
        "newer": row if status == 409 else None,
        "taken_by": org.post_label(row.taken_by_id) if taken else "",
    }
    return render(request, "directives/documents/section.html", context, status=status)


def _beside(sent: QueryDict, newer: DocumentSection) -> SectionForm:
    """Return the form with what was typed, going out from now on from the newer text that it stands beside.

    It bears an error, so that what the device kept, on the older version, is not put back into it.
    """
    data = sent.copy()
    data["version"] = str(newer.version)
    form = SectionForm(data)
    form.add_error(
        None,
        _(
            "This section was changed while you were editing it. Nothing is lost: beside each other stand the text that"
            " was saved and yours. Saving yours now replaces the other."
        ),
    )
    return form


def _initial(row: DocumentSection) -> dict[str, Any]:
    return {"kind": row.kind, "text": row.text, "label": row.label, "version": row.version}


def _after(order: list[UUID], given: str) -> UUID | None:
    return next((id for id in order if str(id) == given), None)
