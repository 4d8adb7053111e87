"""A feed is made by an officer, its address shown once, and read by calendar programs; it is revoked as tokens are."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from thammuu.interop.calendars import codec, feed
from thammuu.interop.calendars.forms import FeedForm
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput
from thammuu.org import directory
from thammuu.org.account import actions, proving
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.api import bearer, pace
from thammuu.org.web import actor_of, signed_in

SCOPE = "calendar:read"


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def feed_making(request: HttpRequest) -> HttpResponse:
    """Make a feed of the deadlines of the actor's unit, and show its address this once."""
    actor, now = actor_of(request), clock.now()
    form = FeedForm(request.POST or None)
    unit = directory.current().unit_label(actor.unit)
    if request.method == "POST" and form.is_valid():
        purpose, ends_at = form.cleaned_data["purpose"], now + timedelta(days=form.cleaned_data["days"])
        try:
            token = actions.make_token(
                actor=actor, now=now, purpose=purpose, scopes=[SCOPE], unit=actor.unit, ends_at=ends_at
            )
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
        else:
            address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
            return render(request, "interop/calendar_feed.html", {"address": address, "purpose": purpose, "unit": unit})
    context = {"form": form, "unit": unit}
    return render(request, "interop/calendar_feed_making.html", context, status=proving.status_of(form))


@sensitive_variables("token")
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out the feed; `?issued=1` adds what the unit issued. Whatever the token is not, there is no such feed.

    Wrong tokens are not counted as attempts to sign in: nobody guesses 256 random bits, and a program that goes on
    asking for a revoked feed would shut out every officer behind the same address.
    """
    now = clock.now()
    opened = bearer.opened_by(token, now)
    if opened is None:
        raise Http404
    row, actor = opened
    unit = row.unit_id
    if row.scopes != [SCOPE] or unit is None:
        raise Http404
    if wait := pace.wait_of(row.id):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    pace.note(row.id, actor)

    def address_of(assignment: UUID) -> str:
        return request.build_absolute_uri(reverse("assignment", args=[assignment]))

    with translation.override(actor.language):
        name = _("Deadlines: {unit}").format(unit=directory.current().unit_label(unit))
        caller, issued = bearer.caller_of(row, actor), request.GET.get("issued") == "1"
        found = feed.deadlines(caller, unit, now, address_of, issued=issued)
        return HttpResponse(codec.write(name, found), content_type=codec.MEDIA_TYPE)
