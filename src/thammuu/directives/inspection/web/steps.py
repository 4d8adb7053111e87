"""The steps of an inspection on its way: each a form on its page, each answered there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.forms import ReasonForm
from thammuu.directives.inspection import actions, queries
from thammuu.directives.inspection.forms import ConclusionForm, MoveForm
from thammuu.directives.inspection.rules import Step
from thammuu.directives.inspection.web.showing import ALLOWED, show
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, require
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in


def _step(
    step: Step,
    act: Callable[..., UUID],
    said: str,
    form_class: type[forms.Form] = forms.Form,
    prefix: str | None = None,
    proved: bool = False,
) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """Return the view of one step: its form, its action, what is said after it; `proved` asks who acts."""

    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        actor = actor_of(request)
        row = queries.inspection(actor, id)
        require(ALLOWED[step](actor, row))
        form: Any = form_class(request.POST, prefix=prefix)
        if form.is_valid():
            try:
                sent = submission_of(request)
                act(actor=actor, now=clock.now(), inspection=id, submission=sent, **form.cleaned_data)
                messages.success(request, _(said))
                return redirect("inspection", id)
            except BadInput as fault:
                add_fault(form, fault)
        return show(request, actor, row, {f"{step}_form": form}, 422)

    return signed_in(require_POST(freshly_proved(view) if proved else view))  # type: ignore[return-value]


announcement = _step(
    Step.ANNOUNCE, actions.announce_inspection, gettext_noop("The inspection is announced to the inspected units.")
)
move = _step(Step.MOVE, actions.move_inspection, gettext_noop("The visit is moved."), MoveForm, "move")
beginning = _step(Step.BEGIN, actions.begin_inspection, gettext_noop("The visit has begun."))
report = _step(Step.REPORT, actions.report_inspection, gettext_noop("The results are reported to the inspected units."))
conclusion = _step(
    Step.CONCLUDE,
    actions.conclude_inspection,
    gettext_noop("The conclusion is decided. Assign what corrects each finding."),
    ConclusionForm,
    proved=True,
)
closure = _step(Step.CLOSE, actions.close_inspection, gettext_noop("The inspection is closed."))
cancellation = _step(
    Step.CANCEL, actions.cancel_inspection, gettext_noop("The inspection is cancelled."), ReasonForm, "cancel"
)
