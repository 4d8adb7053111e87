"""The steps of a document on its way: each a form on its page, each answered there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from thammuu.directives.documents import actions, queries
from thammuu.directives.documents.forms import RemarkForm
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import Step
from thammuu.directives.documents.web.showing import ALLOWED, add_fault, issue_form, show
from thammuu.directives.forms import ReasonForm
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, require
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in


def _step(
    step: Step,
    act: Callable[..., UUID],
    said: str,
    form_of: Callable[[Actor, Document, Any], forms.Form],
    name: str = "",
    approval: bool = False,
) -> Callable[[HttpRequest, UUID], HttpResponseBase]:
    """Return the view of one step: its form, its action, what is said after it; an approval asks who acts."""

    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        actor = actor_of(request)
        row = queries.document(actor, id)
        require(ALLOWED[step](actor, row))
        form = form_of(actor, row, request.POST)
        if form.is_valid():
            try:
                act(actor=actor, now=clock.now(), document=id, submission=submission_of(request), **form.cleaned_data)
                messages.success(request, _(said))
                return redirect("document", id)
            except BadInput as fault:
                add_fault(form, fault)
        return show(request, actor, row, {name: form}, 422)

    return signed_in(require_POST(freshly_proved(view) if approval else view))


def _plain(form: type[forms.Form], prefix: str | None = None) -> Callable[[Actor, Document, Any], forms.Form]:
    return lambda _actor, _row, data: form(data, prefix=prefix)


submission = _step(
    Step.SUBMIT,
    actions.submit_document,
    gettext_noop("The document is submitted for review."),
    _plain(forms.Form),
    "submit_form",
)
agreement = _step(
    Step.AGREE,
    actions.agree_to_document,
    gettext_noop("Your agreement is recorded."),
    _plain(RemarkForm, "agree"),
    "agree_form",
)
document_return = _step(
    Step.RETURN,
    actions.return_document,
    gettext_noop("The document is returned."),
    _plain(ReasonForm, "return"),
    "return_form",
)
approval = _step(
    Step.APPROVE,
    actions.approve_document,
    gettext_noop("The document is approved."),
    _plain(ReasonForm, "approve"),
    "approve_form",
    approval=True,
)
issue = _step(
    Step.ISSUE,
    actions.issue_document,
    gettext_noop("The document is issued."),
    lambda actor, row, data: issue_form(actor, row, data),
    "issue_form",
    approval=True,
)
abandonment = _step(
    Step.ABANDON,
    actions.abandon_document,
    gettext_noop("The draft is abandoned."),
    _plain(ReasonForm, "abandon"),
    "abandon_form",
)
