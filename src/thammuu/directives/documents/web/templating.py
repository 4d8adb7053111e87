"""The templates of documents: listed, kept from a document, struck."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thammuu.directives.documents import actions, policies, queries
from thammuu.directives.documents.forms import TemplateForm
from thammuu.directives.documents.web.showing import add_fault, show
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, require
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_GET
def document_templates(request: HttpRequest) -> HttpResponse:
    """Show what the documents of the units for which the actor drafts may begin with."""
    actor = actor_of(request)
    if not policies.drafting_units(actor):
        require(policies.may_draft(actor, actor.unit))
    context = {"rows": queries.templates(actor)}
    return render(request, "directives/documents/templates.html", context)


@signed_in
@require_POST
def template_keeping(request: HttpRequest, id: UUID) -> HttpResponse:
    """Keep the text of a document as a template."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    require(policies.may_edit(actor, row))
    form = TemplateForm(request.POST, prefix="template")
    if form.is_valid():
        try:
            actions.keep_template(
                actor=actor, now=clock.now(), document=id, submission=submission_of(request), **form.cleaned_data
            )
            messages.success(request, _("The template is kept."))
            return redirect("document_templates")
        except BadInput as fault:
            add_fault(form, fault)
    return show(request, actor, row, {"template_form": form}, 422)


@signed_in
@require_POST
def template_striking(request: HttpRequest, id: UUID) -> HttpResponse:
    """Strike a template."""
    actions.strike_template(actor=actor_of(request), now=clock.now(), template=id, submission=submission_of(request))
    messages.success(request, _("The template is struck."))
    return redirect("document_templates")
