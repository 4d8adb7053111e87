"""Text from a file: chosen, looked at clause by clause, and only then saved, as a new document or in a draft."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thammuu.directives.documents import actions, policies, queries
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.actions.editing import Outdated
from thammuu.directives.documents.actions.holding import in_draft
from thammuu.directives.documents.actions.importing import digest_of_text
from thammuu.directives.documents.forms import DraftForm, TextFileForm, TextPlaceForm, type_choices
from thammuu.directives.documents.from_file import FileText, held, read_file, shown, taken_back, type_in
from thammuu.directives.documents.rows import document_row
from thammuu.directives.documents.types import types_of
from thammuu.directives.documents.web.showing import add_fault, offer
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, require
from thammuu.org.web import actor_of, signed_in

CHOOSE = "directives/documents/text_file.html"
LOOK = "directives/documents/file_text.html"


@signed_in
@require_http_methods(["GET", "POST"])
def new_document_file(request: HttpRequest) -> HttpResponse:
    """Begin a document with the text of a file: the file, then its clauses with type and abstract, then it is saved."""
    actor = actor_of(request)
    units = policies.drafting_units(actor)
    if not units:
        require(policies.may_draft(actor, actor.unit))
    types = types_of(units[0], actor.scope.world)

    def form_of(text: FileText, data: Any = None) -> DraftForm:
        form = DraftForm(data, initial={"type": type_in(text, types) or "CT", "abstract": text.abstract})
        form.offer_types(type_choices(types))
        offer(form, actor, units)
        return form

    if "read" not in request.POST:
        return _chosen(request, actor, form_of, {})
    text = taken_back(request.POST["read"], actor.account)
    form, left = form_of(text, request.POST), _left(request, text)
    if form.is_valid():
        given = form.cleaned_data
        try:
            id = actions.draft_document(
                actor=actor, now=clock.now(), unit=given.pop("unit", units[0]),
                description=Description(type=given.pop("type"), abstract=given.pop("abstract")),
                clauses=text.without(left), submission=submission_of(request), **given,
            )  # fmt: skip
            messages.success(request, _("The document is begun with the text of the file."))
            return redirect("document", id)
        except BadInput as fault:
            add_fault(form, fault)
    return _look(request, text, request.POST["read"], form, left, {}, 422)


@signed_in
@require_http_methods(["GET", "POST"])
def document_file(request: HttpRequest, id: UUID) -> HttpResponse:
    """Bring the text of a file into a draft: the file, then its clauses and where they go, then they are saved."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    require(policies.may_edit(actor, row))
    in_draft(row)
    standing = queries.standing_sections(actor, row)
    context = {"row": document_row(row), "standing": len(standing)}

    def form_of(text: FileText, data: Any = None) -> TextPlaceForm:
        form = TextPlaceForm(data, initial={"seen": digest_of_text(standing)})
        if not standing:
            form.fields["place"].widget = forms.HiddenInput()
        return form

    if "read" not in request.POST:
        return _chosen(request, actor, form_of, context)
    text = taken_back(request.POST["read"], actor.account)
    form, left, status = form_of(text, request.POST), _left(request, text), 422
    if form.is_valid():
        given, clauses = form.cleaned_data, text.without(left)
        try:
            actions.import_sections(
                actor=actor, now=clock.now(), document=id, clauses=clauses, replacing=given["place"] == "replace",
                seen=given["seen"], submission=submission_of(request),
            )  # fmt: skip
            told = ngettext("{count} section was written.", "{count} sections were written.", len(clauses))
            messages.success(request, told.format(count=len(clauses)))
            return redirect("document", id)
        except BadInput as fault:
            add_fault(form, fault)
        except Outdated as outdated:
            # The next sending goes out from the text that stands now, which the officer is told to look at.
            data = request.POST.copy()
            data["seen"] = digest_of_text(standing)
            form, status = form_of(text, data), 409
            form.add_error(None, str(outdated))
    return _look(request, text, request.POST["read"], form, left, context, status)


def _chosen(request: HttpRequest, actor: Actor, form_of: Any, context: dict[str, Any]) -> HttpResponse:
    """Ask for the file, or show what stands in the one that was sent."""
    form = TextFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            text = read_file(file.name, file.read())
            return _look(request, text, held(text, actor.account), form_of(text), text.frame, context, 200)
        except BadInput as fault:
            add_fault(form, fault)
    return render(request, CHOOSE, {**context, "form": form}, status=422 if request.method == "POST" else 200)


def _look(
    request: HttpRequest,
    text: FileText,
    sealed: str,
    form: forms.Form,
    left: Collection[int],
    context: dict[str, Any],
    status: int,
) -> HttpResponse:
    clauses = shown(text, left)
    found = {"text": text, "clauses": clauses, "sealed": sealed, "form": form, "left": len(left)}
    found["faults"] = sum(bool(one.fault) and not one.left for one in clauses)
    return render(request, LOOK, {**context, **found}, status=status)


def _left(request: HttpRequest, text: FileText) -> set[int]:
    """Return the places that the form leaves out."""
    places = {str(place): place for place in range(len(text.clauses))}
    return {places[given] for given in request.POST.getlist("leave") if given in places}
