"""The accounts of lower units, as their superior sees them; and giving back one that was lost."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thammuu.kernel import clock
from thammuu.kernel.errors import Missing, Refused, require
from thammuu.kernel.text import fold
from thammuu.org.account import actions, policies, proving, queries, rules
from thammuu.org.account.forms import ResetForm
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in

PAGE = 50


@signed_in
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts that the actor administers, narrowed by name or post."""
    actor = actor_of(request)
    if not actor.may_somewhere(Permission.ACCOUNT_ADMIN):
        raise Refused(_("Your post does not administer accounts."))
    wanted = fold(request.GET.get("q", "").strip())
    rows = [
        row
        for row in queries.accounts_below(actor, clock.day_of(clock.now()))
        if wanted in fold(f"{row.sign_in_name} {' '.join(row.posts)}")
    ]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": request.GET.get("q", ""), "now": clock.now()}
    return render(request, "org/account/accounts.html", context)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def reset(request: HttpRequest, id: UUID) -> HttpResponse:
    """Reset an account of a lower unit, and show the letter with its first-use secret, this once."""
    actor, now = actor_of(request), clock.now()
    row = next((one for one in queries.accounts_below(actor, clock.day_of(now)) if one.id == id), None)
    if row is None:
        raise Missing(_("This account does not exist."))
    require(policies.may_reset(actor, id, queries.units_of(id, clock.day_of(now))))
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = actions.reset_account(actor=actor, now=now, account=id, reason=form.cleaned_data["reason"])
        letter = {"name": row.sign_in_name, "posts": row.posts, "secret": secret}
        context = {"letters": [letter], "until": now + rules.FIRST_USE, "address": request.build_absolute_uri("/")}
        return render(request, "org/account/letters.html", context)
    return render(
        request, "org/account/reset.html", {"form": form, "row": row, "now": now}, status=proving.status_of(form)
    )
