"""The page on which officers let their browsers receive urgings, and take them off."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.directives.urging import actions
from thammuu.directives.urging.carriers import carriers_of, push_of
from thammuu.directives.urging.forms import BrowserForm
from thammuu.directives.urging.policies import may_receive
from thammuu.directives.urging.push import queries, vapid
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Refusal
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def browsers(request: HttpRequest) -> HttpResponse:
    """Show the officer's browsers, and set up the one that asks."""
    actor, now = actor_of(request), clock.now()
    form = BrowserForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.set_up_browser(
                actor=actor,
                now=now,
                carriers=carriers_of(settings.OUTGOING),
                submission=submission_of(request),
                **form.cleaned_data,
            )
            messages.success(request, _("This browser receives the urgings of your unit."))
            return redirect("urging_browsers")
        except BadInput as fault:
            form.add_error("name" if fault.field == "name" else None, fault.reason)
    may = may_receive(actor)
    context = {
        "form": form,
        "rows": queries.browsers(actor, now),
        "off": may.reason if isinstance(may, Refusal) else push_of(settings.OUTGOING).off(),
        "key": vapid.public_key(settings.OUTGOING.push_key),
    }
    return render(request, "directives/urging/browsers.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def removal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one of the officer's browsers off."""
    actions.take_off_browser(
        actor=actor_of(request), now=clock.now(), browser=id, submission=submission_of(request)
    )  # fmt: skip
    messages.success(request, _("The browser was taken off; it receives no urgings any more."))
    return redirect("urging_browsers")
