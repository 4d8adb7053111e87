"""How to reach whoever reported: given with an incident or a log entry, shown on a press."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in
from thammuu.watch import actions
from thammuu.watch.contact import queries
from thammuu.watch.contact.policies import may_read_contact
from thammuu.watch.forms import ContactForm
from thammuu.watch.web import incidents, log
from thammuu.watch.web.asking import submission_of


def _given(of: str, page: str, again: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        form = ContactForm(request.POST)
        if form.is_valid():
            try:
                actions.give_contact(
                    actor=actor_of(request),
                    now=clock.now(),
                    text=form.cleaned_data["contact"],
                    submission=submission_of(request),
                    **{of: id},
                )
                messages.success(request, _("The contact is kept, closed."))
                return redirect(page, id)
            except BadInput as fault:
                form.add_error("contact", fault.reason)
        return again(request, id, {"contact_form": form})

    return signed_in(require_POST(view))


of_incident = _given("incident", "incident", incidents.show_again)
of_log_entry = _given("log_entry", "log_entry", log.show_again)


@signed_in
@require_GET
def contact(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show what is known of a contact without opening it, and who has looked at it."""
    return _show(request, id, None)


@never_cache
@signed_in
@require_POST
def showing(request: HttpRequest, id: UUID) -> HttpResponse:
    """Open the contact; that is recorded first."""
    try:
        text = actions.show_contact(actor=actor_of(request), now=clock.now(), contact=id)
    except BadInput as fault:
        messages.warning(request, fault.reason)
        return redirect("contact", id)
    return _show(request, id, text)


def _show(request: HttpRequest, id: UUID, text: str | None) -> HttpResponse:
    actor = actor_of(request)
    row = queries.contact(actor, id)
    if row is None:
        raise Missing(_("This contact does not exist, or not for you."))
    context = {
        "row": row,
        "text": text,
        "post": org.post_label(row.post_id),
        "unit": org.unit_label(row.unit_id),
        "may_read": bool(may_read_contact(actor, row)),
        "showings": [(one.recorded_at, org.author_label(one.post, one.behalf)) for one in queries.showings(id)],
    }
    return render(request, "watch/contact.html", context)
