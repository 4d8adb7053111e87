"""One order: its form, its page, and everything that is done to it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.directives.labels import URGENCIES
from thammuu.directives.rules import Urgency
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in
from thammuu.watch import queries as watch
from thammuu.watch.orders import actions, queries, words
from thammuu.watch.orders.actions import Outcome
from thammuu.watch.orders.forms import (
    AcknowledgementForm,
    CompletionForm,
    LinkForm,
    NoWordsForm,
    OrderForm,
    RefusalForm,
    ReportForm,
    ReturnForm,
    RulingForm,
    WithdrawalForm,
    typed_again,
)
from thammuu.watch.orders.guests import is_open
from thammuu.watch.orders.models import Order, OrderAddressee
from thammuu.watch.orders.policies import may_answer, may_control, may_give_orders
from thammuu.watch.orders.receivers import whom
from thammuu.watch.orders.rows import giver, row_of
from thammuu.watch.orders.rules import OPEN, Clock, End, OrderState, ReadBack
from thammuu.watch.orders.timeline import moments_of
from thammuu.watch.web.asking import submission_of, uuid_or_none

SAID: Mapping[Outcome, str] = {
    Outcome.TAKEN: gettext_noop("Your answer is recorded, and whoever gave the order sees it."),
    Outcome.KNOWN: gettext_noop("It stood like that already; nothing was changed."),
    Outcome.AFTER_END: gettext_noop("The order had ended: do not carry it out. Your answer is kept all the same."),
}


@signed_in
@require_http_methods(["GET", "POST"])
def giving(request: HttpRequest) -> HttpResponse:
    """Give an order: alone, in an incident, out of a log entry, or in the place of another one."""
    actor, now = actor_of(request), clock.now()
    require(may_give_orders(actor))
    asked = {name: uuid_or_none(request.GET.get(name, "")) for name in ("incident", "entry", "corrects")}
    first, about = _first(actor, asked)
    form = OrderForm(request.POST or None, actor=actor, initial=first)
    form.offer(
        actor.permits.get(Permission.ORDER_GIVE),
        org.events_to_write(actor, Permission.ORDER_GIVE, clock.day_of(now)),
    )
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"actor": actor, "now": now, "submission": submission_of(request)}
        draft = form.draft(about.get("incident"), about.get("entry"))
        try:
            if asked["corrects"]:
                recorded = actions.correct_order(order=asked["corrects"], draft=draft, **said)
            else:
                recorded = actions.give_order(draft=draft, **said)
            messages.success(request, _("The order is given."))
            return redirect("order", recorded.answer)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    context = {"form": form, "corrects": about.get("corrects"), "incident": about.get("number")}
    return render(request, "watch/orders/giving.html", context, status=422 if form.errors else 200)


def _first(actor: Actor, asked: Mapping[str, UUID | None]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the form begins with, and what the order is about. Raises `Missing` for what is not seen."""
    first: dict[str, Any] = {}
    about: dict[str, Any] = {"incident": asked["incident"], "entry": asked["entry"]}
    if asked["corrects"]:
        old = _found(actor, asked["corrects"])
        first = typed_again(old, queries.addressees(old))
        about |= {"corrects": old, "incident": old.incident_id}
    if asked["entry"]:
        entry = watch.log_entry(actor, asked["entry"])
        if entry is None:
            raise Missing(_("This log entry does not exist."))
        first |= {"text": entry.text, "units": [str(entry.unit_id)]}
        about["incident"] = about["incident"] or entry.incident_id
    if about["incident"]:
        incident = watch.incident(actor, about["incident"])
        if incident is None:
            raise Missing(_("This incident does not exist."))
        about["number"] = incident.number
        first.setdefault("units", [str(incident.unit_id)])
    return first, about


@signed_in
@require_GET
def order(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show an order: how it stands with each addressee, what the reader may do, and its timeline."""
    return _show(request, _found(actor_of(request), id), {}, 200)


def _found(actor: Actor, id: UUID) -> Order:
    row = queries.order(actor, id)
    if row is None:
        raise Missing(_("This order does not exist."))
    return row


def _show(request: HttpRequest, row: Order, faulty: Mapping[str, forms.Form], status: int) -> HttpResponse:
    """Show the page; `faulty` are the forms with errors, by what is done and to which addressee."""
    actor, now = actor_of(request), clock.now()
    addressees = queries.addressees(row)
    links = queries.links_of(addressees)
    opening = {one.addressee_id: one for one in links if is_open(one, now)}
    own = whom(actor, now)
    answered_for = {one.id for one in addressees if may_answer(actor, one, own, now)}
    controls = bool(may_control(actor, row))
    cause = queries.order_of(row.raised_by_id) if row.raised_by_id else None
    known = queries.numbers([row.supersedes_id, row.superseded_by_id])
    context = {
        "order": row,
        "urgency": URGENCIES[Urgency(row.urgency)],
        "urgency_tone": "" if row.urgency == Urgency.NORMAL else "caution",
        "end": words.ENDS[End(row.end)] if row.end else "",
        "giver": giver(row.unit_id, row.post_id, row.behalf_id),
        "addressees": [
            _addressee(one, one.id in answered_for, controls, faulty) | {"link": opening.get(one.id)}
            for one in addressees
        ],
        "incident": watch.incident(actor, row.incident_id) if row.incident_id else None,
        "cause": cause if cause and queries.order(actor, cause.id) else None,
        "raised_for": words.OVERDUE[Clock(row.raised_for)] if row.raised_for else "",
        "raised": queries.raised_by(actor, [one.id for one in addressees]),
        "supersedes": known.get(row.supersedes_id) if row.supersedes_id else None,
        "superseded_by": known.get(row.superseded_by_id) if row.superseded_by_id else None,
        "moments": moments_of(actor, row, addressees, links),
        "may_control": controls,
        "may_link": controls and not row.classification and row.ended_at is None,
        "link_form": LinkForm(auto_id=False),
        "withdrawal": faulty.get("withdrawal") or WithdrawalForm(),
        "opened": next(iter(faulty), ""),
    }
    return render(request, "watch/orders/order.html", context, status=status)


def _addressee(one: OrderAddressee, answers: bool, controls: bool, faulty: Mapping[str, forms.Form]) -> dict[str, Any]:
    """Return an addressee with the forms of what the reader may do."""
    stands = one.order.ended_at is None
    is_open = one.state in OPEN or one.state == OrderState.REFUSED
    corrected = one.read_back_ruling == ReadBack.CORRECTED
    given = {name: faulty.get(f"{name}-{one.id}") or form(auto_id=_ids(name, one.id)) for name, form in FORMS.items()}
    return {
        "row": row_of(one),
        "one": one,
        "forms": given,
        "opened": next((name for name in FORMS if f"{name}-{one.id}" in faulty), ""),
        "corrected": corrected,
        "ruling": words.READ_BACKS[ReadBack(one.read_back_ruling)] if one.read_back_ruling else "",
        "may_acknowledge": stands and answers and (one.state in (OrderState.GIVEN, OrderState.REFUSED) or corrected),
        "may_answer": stands and answers and is_open,
        "may_rule": stands and controls and bool(one.read_back) and not one.read_back_ruling,
        "may_confirm": stands and controls and one.state != OrderState.CONFIRMED,
        "may_return": stands and controls and one.state in (OrderState.COMPLETED, OrderState.CONFIRMED),
    }


def _ids(name: str, addressee: UUID) -> str:
    """Return how the fields of one of the page's many forms are called."""
    return f"{name}-{addressee}-%s"


FORMS: Mapping[str, type[forms.Form]] = {
    "acknowledgement": AcknowledgementForm,
    "refusal": RefusalForm,
    "report": ReportForm,
    "completion": CompletionForm,
    "ruling": RulingForm,
    "return": ReturnForm,
}


def _step(
    name: str, form_class: type[forms.Form], act: Callable[..., Any]
) -> Callable[[HttpRequest, UUID], HttpResponseBase]:
    """Return the view of one thing that is done to an order with one addressee."""

    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        actor = actor_of(request)
        one = queries.addressee(actor, id)
        if one is None:
            raise Missing(_("This order does not exist."))
        form = form_class(request.POST, auto_id=_ids(name, id))
        if form.is_valid():
            try:
                submission = submission_of(request)
                done = act(actor=actor, now=clock.now(), addressee=id, submission=submission, **form.cleaned_data)
                _say(request, done)
                return redirect("my_orders" if request.POST.get("from") == "mine" else f"/orders/{one.order_id}/")
            except BadInput as fault:
                form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
        return _show(request, one.order, {f"{name}-{id}": form}, 422)

    return signed_in(require_POST(view))


def _say(request: HttpRequest, done: Outcome | bool) -> None:
    outcome = done if isinstance(done, Outcome) else Outcome.TAKEN if done else Outcome.KNOWN
    text = _("Recorded.") if done is True else _(SAID[outcome])
    (messages.warning if outcome is Outcome.AFTER_END else messages.success)(request, text)


acknowledgement = _step("acknowledgement", AcknowledgementForm, actions.acknowledge_order)
refusal = _step("refusal", RefusalForm, actions.refuse_order)
report = _step("report", ReportForm, actions.report_on_order)
completion = _step("completion", CompletionForm, actions.complete_order)
ruling = _step("ruling", RulingForm, actions.rule_read_back)
confirmation = _step("confirmation", NoWordsForm, actions.confirm_completion)
returning = _step("return", ReturnForm, actions.return_completion)


@signed_in
@require_POST
def withdrawal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Withdraw an order with a reason."""
    actor = actor_of(request)
    row = _found(actor, id)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _show(request, row, {"withdrawal": form}, 422)
    done = actions.withdraw_order(
        actor=actor, now=clock.now(), order=id, reason=form.cleaned_data["reason"], submission=submission_of(request)
    )
    _say(request, done)
    return redirect("order", id)
