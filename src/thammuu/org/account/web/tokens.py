"""Tokens of other systems: made and revoked by the officer for whose post they act, seen by the administrator."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Refused
from thammuu.org import queries as org
from thammuu.org.account import actions, labels, proving, queries
from thammuu.org.account.forms import TokenForm
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.account.web.own import account_id
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in

PAGE = 50


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def making(request: HttpRequest) -> HttpResponse:
    """Make a token, and show it this once."""
    actor, now = actor_of(request), clock.now()
    form = TokenForm(request.POST or None, actor=actor, units=org.unit_options(org.visible_units(actor)))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            token = actions.make_token(
                actor=actor,
                now=now,
                purpose=given["purpose"],
                scopes=form.scopes,
                unit=UUID(given["unit"]) if given["unit"] else None,
                ends_at=now + timedelta(days=given["days"]),
            )
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
        else:
            return render(request, "org/account/token.html", {"token": token, "purpose": given["purpose"]})
    return render(request, "org/account/token_making.html", {"form": form}, status=proving.status_of(form))


@signed_in
@require_POST
def revocation(request: HttpRequest, id: UUID) -> HttpResponse:
    """Revoke a token: one's own, or one of a post that one administers."""
    actor = actor_of(request)
    own = any(row.id == id for row in queries.tokens_of(account_id(actor), clock.now()))
    actions.revoke_token(actor=actor, now=clock.now(), token=id, reason=request.POST.get("reason", "")[:500])
    messages.success(request, _("The token was revoked; it opens nothing any more."))
    return redirect("account" if own else "account_tokens")


@signed_in
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """Show the tokens of the posts that the actor administers."""
    actor = actor_of(request)
    if not actor.may_somewhere(Permission.ACCOUNT_ADMIN):
        raise Refused(_("Your post does not administer accounts."))
    page = Paginator(queries.tokens_below(actor, clock.now()), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(row, labels.said(row.scopes)) for row in page.object_list]}
    return render(request, "org/account/tokens.html", context)
