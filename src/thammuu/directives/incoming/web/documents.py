"""An incoming document's page, and the steps that are taken there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from thammuu.directives import queries as directives
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.policies import drafting_units
from thammuu.directives.documents.queries import documents_from
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.forms import ReasonForm
from thammuu.directives.incoming import actions, policies, queries
from thammuu.directives.incoming.forms import AnswerForm, ChargeForm, LaterFilesForm
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.reading import receive
from thammuu.directives.incoming.rows import incoming_rows
from thammuu.directives.incoming.rules import OPEN, IncomingState, Step, after
from thammuu.directives.incoming.tracing import trace_of
from thammuu.directives.models import Decision
from thammuu.directives.policies import deciding_units
from thammuu.directives.web.sending import submission_of
from thammuu.journal.redaction.words import said
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.calendar import is_working_day
from thammuu.kernel.errors import BadInput, Verdict, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.policies import visible_to
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.queries import attachments

ALLOWED: dict[Step, Callable[[Actor, IncomingDocument], Verdict]] = {
    Step.PASS_ON: policies.may_keep,
    Step.ACKNOWLEDGE: policies.may_take,
    Step.ANSWER: policies.may_deal,
    Step.SETTLE: policies.may_deal,
    Step.REOPEN: policies.may_keep,
}
MOST_OFFERED = 60
View = Callable[[HttpRequest, UUID], HttpResponse]


@signed_in
@require_GET
def incoming_document(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show an incoming document: what stands on it, its files and text, what became of it and what may follow."""
    actor = actor_of(request)
    return _show(request, actor, queries.incoming_document(actor, id))


def _step(
    step: Step,
    act: Callable[..., UUID],
    said_after: str,
    form_of: Callable[[Actor, IncomingDocument, Any], forms.Form],
    given: Callable[[Any], dict[str, Any]],
    name: str,
) -> View:
    """Return the view of one step: its form, its action, what is said after it."""

    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        actor = actor_of(request)
        row = queries.incoming_document(actor, id)
        require(ALLOWED[step](actor, row))
        form = form_of(actor, row, request.POST)
        if form.is_valid():
            try:
                said_of = given(form)
                act(actor=actor, now=clock.now(), document=id, submission=submission_of(request), **said_of)
                messages.success(request, _(said_after))
                _warn_of_day(request, form.cleaned_data.get("due_on"))
                return redirect("incoming_document", id)
            except BadInput as fault:
                add_fault(form, fault)
        return _show(request, actor, row, {name: form}, 422)

    return signed_in(require_POST(view))  # type: ignore[return-value]


@signed_in
@require_POST
def later_files(request: HttpRequest, id: UUID) -> HttpResponse:
    """Add files that came later; what the digital signatures of a PDF are worth is told at once."""
    actor = actor_of(request)
    row = queries.incoming_document(actor, id)
    require(policies.may_keep(actor, row))
    form = LaterFilesForm(request.POST, request.FILES, prefix="later")
    if form.is_valid():
        try:
            came = receive(form.cleaned_data["received"], reading=False)
            actions.add_incoming_files(
                actor=actor, now=clock.now(), document=id, files=came.files, submission=submission_of(request)
            )
            messages.success(request, _("The files are added."))
            for sentence in came.told:
                messages.info(request, sentence)
            return redirect("incoming_document", id)
        except BadInput as fault:
            add_fault(form, fault)
    return _show(request, actor, row, {"later_form": form}, 422)


def _charge_form(actor: Actor, row: IncomingDocument, data: Any = None) -> ChargeForm:
    known = directory.current()
    initial = {"unit": row.lead_unit_id, "due_on": row.due_on, "note": row.note}
    form = ChargeForm(data, prefix="charge", initial=initial)
    near = {row.unit_id, *known.children.get(row.unit_id, ()), *([row.lead_unit_id] if row.lead_unit_id else [])}
    form.offer(org.unit_options(known.in_order(near)))
    return form


def _answer_form(actor: Actor, row: IncomingDocument, data: Any = None) -> AnswerForm:
    """Return the form with what may answer: what arose from the document first, then the newest."""
    form = AnswerForm(data, prefix="answer")
    issued = Document.objects.filter(visible_to(actor), state=str(DocumentState.ISSUED)).order_by("-issued_at", "-id")
    decided = Decision.objects.filter(visible_to(actor)).order_by("-decided_at", "-id")
    documents = [*issued.filter(arises_from=row.id), *issued.exclude(arises_from=row.id)[:MOST_OFFERED]]
    decisions = [*decided.filter(arises_from=row.id), *decided.exclude(arises_from=row.id)[:MOST_OFFERED]]
    groups = [
        (
            _("Documents"),
            [_choice(Subject.DOCUMENT, one.id, f"{one.symbol} – {said(one.abstract)}") for one in documents],
        ),
        (_("Decisions"), [_choice(Subject.DECISION, one.id, said(one.title)) for one in decisions]),
    ]
    form.offer([group for group in groups if group[1]])
    return form


def _choice(kind: Subject, id: UUID, words: str) -> tuple[str, str]:
    return f"{kind}:{id}", words[:110]


def _reason_form(prefix: str) -> Callable[[Actor, IncomingDocument, Any], forms.Form]:
    return lambda _actor, _row, data: ReasonForm(data, prefix=prefix)


passing_on = _step(
    Step.PASS_ON, actions.pass_on_incoming, gettext_noop("The document is passed on."), _charge_form,
    lambda form: {"charge": form.charge()}, "charge_form",
)  # fmt: skip
acknowledgement = _step(
    Step.ACKNOWLEDGE, actions.acknowledge_incoming, gettext_noop("You have received the document."),
    lambda _actor, _row, data: forms.Form(data), lambda _form: {}, "acknowledge_form",
)  # fmt: skip
answer = _step(
    Step.ANSWER, actions.answer_incoming, gettext_noop("The answer is linked."), _answer_form,
    lambda form: {"answer": form.chosen()}, "answer_form",
)  # fmt: skip
settlement = _step(
    Step.SETTLE, actions.settle_incoming, gettext_noop("It is noted that no answer is needed."),
    _reason_form("settle"), lambda form: form.cleaned_data, "settle_form",
)  # fmt: skip
reopening = _step(
    Step.REOPEN, actions.reopen_incoming, gettext_noop("The document is taken up again."),
    _reason_form("reopen"), lambda form: form.cleaned_data, "reopen_form",
)  # fmt: skip


def _show(
    request: HttpRequest,
    actor: Actor,
    row: IncomingDocument,
    given: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page; `given` are forms with errors, by their names in the template."""
    now = clock.now()
    files, trace = attachments(row.attachments), trace_of(actor, row.id)
    keeps = bool(policies.may_keep(actor, row))
    context: dict[str, Any] = {
        "document": row,
        "row": incoming_rows(actor, [row], now)[0],
        "files": [files[id] for id in row.attachments if id in files],
        "trace": trace,
        "history": queries.history_of(actor, row.id),
        "copies": queries.copies_of(actor, row, now),
        "decisions": directives.decisions_from(actor, row.id),
        "arising": directives.arising_from(actor, row.id, now),
        "documents": documents_from(actor, row.id),
        "post": org.post_label(row.post_id),
        "may_keep": keeps,
        "later_form": LaterFilesForm(prefix="later") if keeps and row.state in OPEN else None,
        "may_assign": bool(trace.clauses and row.abstract and policies.may_assign_from(actor, row)),
        "may_decide": bool(deciding_units(actor)),
        "may_draft": bool(drafting_units(actor)),
        **_steps_of(actor, row),
        **(given or {}),
    }
    return render(request, "directives/incoming/document.html", context, status=status)


def _steps_of(actor: Actor, row: IncomingDocument) -> dict[str, Any]:
    """Return which steps the actor may take now, and their forms."""
    state = IncomingState(row.state)
    can = {step.value: after(state, step) is not None and bool(may(actor, row)) for step, may in ALLOWED.items()}
    return {
        "can": can,
        "can_any": any(can.values()),
        "charge_form": _charge_form(actor, row) if can["pass_on"] else None,
        "answer_form": _answer_form(actor, row) if can["answer"] else None,
        "settle_form": ReasonForm(prefix="settle"),
        "reopen_form": ReasonForm(prefix="reopen"),
    }


def _warn_of_day(request: HttpRequest, day: Any) -> None:
    if day is not None and not is_working_day(day):
        messages.warning(request, _("The deadline is no working day."))
