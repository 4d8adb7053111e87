"""The pages of redactions: the list with the retention rule, proposing, deciding."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.desk.redaction import actions, policies, queries
from thammuu.desk.redaction.copies import Copies, elsewhere
from thammuu.desk.redaction.forms import EndForm, ProposalForm, WordsForm
from thammuu.directives.web.sending import submission_of
from thammuu.journal.redaction.words import REASON_WORDS, STATE_WORDS, State
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing, Refusal, require
from thammuu.org import queries as org
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in
from thammuu.watch.contact.queries import retained


@signed_in
@require_GET
def redactions(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person, what was redacted, and how the retention rule stands."""
    actor = actor_of(request)
    require(policies.may_redact_somewhere(actor))
    return render(
        request, "desk/redactions.html", {"rows": queries.redactions(actor), "retained": retained(clock.now())}
    )


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def new_redaction(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Show every copy of what the address names; propose that it be taken away, or look where else words stand."""
    actor = actor_of(request)
    require(policies.may_redact_somewhere(actor))
    key = f"{kind}:{id}"
    start = queries.subjects_of(actor, [key])
    if not start:
        raise Missing(_("This does not exist, or not for you."))
    require(policies.may_redact(actor, start[0].owners))
    chosen = request.POST.getlist("subject")
    looking = request.method == "POST" and "look" in request.POST
    form = ProposalForm(request.POST if request.method == "POST" and not looking else None)
    words = WordsForm(request.POST if looking else None)
    if form.is_bound and form.is_valid():
        try:
            done = actions.propose_redaction(
                actor=actor,
                now=clock.now(),
                subjects=[key, *chosen],
                submission=submission_of(request),
                **form.cleaned_data,
            )
            messages.success(request, _("Proposed. Another person has to confirm it."))
            return redirect("redaction", done.answer)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    found = queries.holding(actor, words.cleaned_data["words"]) if looking and words.is_valid() else []
    copies = _together(start, queries.related_to(actor, key), queries.subjects_of(actor, chosen), found)
    # What was unticked stays so when the form comes back; who only looks has everything ticked.
    picked = {key, *chosen} if form.is_bound else {one.key for one in copies}
    context = {
        "key": key,
        "copies": copies,
        "picked": picked,
        "elsewhere": elsewhere(entry.id for one in copies for entry in one.told),
        "form": form,
        "words": words,
        "looked": looking and words.is_valid(),
        "found": len(found),
    }
    status = 422 if form.errors or words.errors else 200
    return render(request, "desk/redaction_proposal.html", context, status=status)


def _together(*groups: list[Copies]) -> list[Copies]:
    return list({one.key: one for group in groups for one in group}.values())


@never_cache
@signed_in
@require_GET
def redaction(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a redaction: why, what of it is there now, where it stands."""
    return _show(request, id, EndForm(), 200)


def _show(request: HttpRequest, id: UUID, form: forms.Form, status: int) -> HttpResponse:
    actor = actor_of(request)
    require(policies.may_redact_somewhere(actor))
    row = queries.redaction(actor, id)
    copies = queries.subjects_of(actor, row.subjects)
    decides = policies.may_decide(actor, row, [unit for one in copies for unit in one.owners])
    context: dict[str, Any] = {
        "row": row,
        "waits": row.state == State.PROPOSED,
        "state": STATE_WORDS[row.state],
        "reason_class": REASON_WORDS[row.reason_class],
        "post": org.post_label(row.post_id),
        "decided_post": org.post_label(row.decided_post_id),
        "copies": copies,
        "elsewhere": elsewhere(row.entries),
        "may_decide": bool(decides),
        "why_not": decides.reason if isinstance(decides, Refusal) else "",
        "may_withdraw": bool(policies.may_withdraw(actor, row)),
        "form": form,
    }
    return render(request, "desk/redaction.html", context, status=status)


@signed_in
@require_POST
@freshly_proved
def redaction_confirmation(request: HttpRequest, id: UUID) -> HttpResponse:
    """Agree, as the second person."""
    actor = actor_of(request)
    require(policies.may_redact_somewhere(actor))
    actions.confirm_redaction(actor=actor, now=clock.now(), redaction=id)
    messages.success(request, _("Confirmed. Nobody reads it any more; the last copies go within seconds."))
    return redirect("redaction", id)


def _ending(act: Callable[..., None], said: str) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        actor = actor_of(request)
        require(policies.may_redact_somewhere(actor))
        form = EndForm(request.POST)
        if form.is_valid():
            act(actor=actor, now=clock.now(), redaction=id, reason=form.cleaned_data["reason"])
            messages.success(request, _(said))
            return redirect("redaction", id)
        return _show(request, id, form, 422)

    return signed_in(require_POST(view))


redaction_refusal = _ending(actions.refuse_redaction, gettext_noop("Refused. Everything stays as it is."))
redaction_withdrawal = _ending(actions.withdraw_redaction, gettext_noop("Withdrawn. Everything stays as it is."))
