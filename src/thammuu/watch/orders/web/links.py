"""An order by its link: made and revoked by whoever gave it, opened without signing in."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.directives.labels import URGENCIES
from thammuu.directives.rules import Urgency
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org.api import pace
from thammuu.org.authority import SYSTEM
from thammuu.org.web import actor_of, signed_in
from thammuu.watch.orders import actions, queries
from thammuu.watch.orders.forms import (
    AcknowledgementForm,
    ByLinkForm,
    CompletionForm,
    LinkForm,
    RefusalForm,
    ReportForm,
)
from thammuu.watch.orders.guests import guest_of, is_open
from thammuu.watch.orders.models import OrderAddressee, OrderLink
from thammuu.watch.orders.rows import row_of
from thammuu.watch.orders.rules import OPEN, OrderState, ReadBack
from thammuu.watch.orders.web.one import SAID

ACTS: Mapping[str, tuple[type[forms.Form], Callable[..., actions.Outcome]]] = {
    "acknowledgement": (AcknowledgementForm, actions.acknowledge_order),
    "report": (ReportForm, actions.report_on_order),
    "completion": (CompletionForm, actions.complete_order),
    "refusal": (RefusalForm, actions.refuse_order),
}


@never_cache
@signed_in
@require_POST
def link_making(request: HttpRequest, id: UUID) -> HttpResponse:
    """Make a link for an addressee and show its address this once."""
    one = _found(request, id)
    form = LinkForm(request.POST)
    if not form.is_valid():
        raise BadInput("hours", _("A link holds for 1, 4, 12 or 24 hours."))
    hours = form.cleaned_data["hours"]
    token = actions.make_link(actor=actor_of(request), now=clock.now(), addressee=id, hours=hours)
    address = request.build_absolute_uri(reverse("order_by_link", args=[token]))
    context = {"address": address, "row": row_of(one), "hours": hours}
    return render(request, "watch/orders/link.html", context)


@signed_in
@require_POST
def link_revocation(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let an addressee's link open nothing any more."""
    one = _found(request, id)
    if actions.revoke_link(actor=actor_of(request), now=clock.now(), addressee=id):
        messages.success(request, _("The link opens nothing any more."))
    return redirect("order", one.order_id)


def _found(request: HttpRequest, id: UUID) -> OrderAddressee:
    row = queries.addressee(actor_of(request), id)
    if row is None:
        raise Missing(_("This order does not exist."))
    return row


@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show an order to whoever has its link, and take the answer. Looking changes nothing: programs look at links too.

    Whatever the token is not, there is no such link; only whoever has the whole one learns that it has ended.
    """
    now = clock.now()
    link = actions.open_link(actor=SYSTEM, now=now, token=token)
    if wait := pace.wait_of(link.id):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    if not is_open(link, now):
        return render(request, "watch/orders/link_ended.html", status=410)
    if request.method == "POST":
        return _answer(request, link, token)
    return _show(request, link, ByLinkForm(), "", None, 200)


def _answer(request: HttpRequest, link: OrderLink, token: str) -> HttpResponse:
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise BadInput("act", _("There is no such answer."))
    form_class, answer = ACTS[act]
    name, form = ByLinkForm(request.POST), form_class(request.POST, use_required_attribute=False)
    if name.is_valid() and form.is_valid():
        try:
            outcome = answer(
                actor=guest_of(link, get_language() or "vi"), now=clock.now(), addressee=link.addressee_id,
                by_link=name.cleaned_data["name"], **form.cleaned_data,
            )  # fmt: skip
            done = messages.warning if outcome is actions.Outcome.AFTER_END else messages.success
            done(request, _(SAID[outcome]))
            return redirect("order_by_link", token)
        except BadInput as fault:
            into: forms.Form = name if fault.field == "name" else form
            into.add_error(fault.field if fault.field in into.fields else None, fault.reason)
    return _show(request, link, name, act, form, 422)


def _show(
    request: HttpRequest, link: OrderLink, name: forms.Form, act: str, faulty: forms.Form | None, status: int
) -> HttpResponse:
    one = link.addressee
    order = one.order
    given: dict[str, Any] = {
        # One form with several buttons: what the others ask for must not hold up this one.
        key: form(use_required_attribute=False)
        for key, (form, _act) in ACTS.items()
    }
    if faulty is not None:
        given[act] = faulty
    corrected = one.read_back_ruling == ReadBack.CORRECTED
    stands = order.ended_at is None
    context = {
        "one": one,
        "order": order,
        "row": row_of(one),
        "urgency": URGENCIES[Urgency(order.urgency)],
        "ends_at": link.ends_at,
        "name_form": name,
        "forms": given,
        "act": act,
        "corrected": corrected,
        "may_acknowledge": stands and (one.state in (OrderState.GIVEN, OrderState.REFUSED) or corrected),
        "may_answer": stands and (one.state in OPEN or one.state == OrderState.REFUSED),
    }
    return render(request, "watch/orders/by_link.html", context, status=status)
