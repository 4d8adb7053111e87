"""The accounts of lower units, as their superior sees them; and giving back one that was lost."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing, Refused, require
from thammuu.kernel.text import fold
from thammuu.org import queries as org
from thammuu.org.account import actions, policies, proving, queries, rules
from thammuu.org.account.forms import LettersForm, ResetForm
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.rules import Permission, Role
from thammuu.org.web import actor_of, signed_in

PAGE = 50


@signed_in
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts that the actor administers, narrowed by name or post."""
    actor = actor_of(request)
    if not actor.may_somewhere(Permission.ACCOUNT_ADMIN):
        raise Refused(_("Your post does not administer accounts."))
    wanted, now = fold(request.GET.get("q", "").strip()), clock.now()
    below = queries.accounts_below(actor, clock.day_of(now))
    rows = [row for row in below if wanted in fold(f"{row.sign_in_name} {' '.join(row.posts)}")]
    names = {row.id: row.sign_in_name for row in below}
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "q": request.GET.get("q", ""),
        "now": now,
        "providers": settings.OIDC_PROVIDERS,
        "resets": [
            (entry, names[entry.subject_id], entry.say(actor.language), org.post_label(entry.post))
            for entry in queries.resets_of(names, now - rules.RESETS_SHOWN)
        ],
    }
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
        return _letters(request, now, [actions.Opened(row.sign_in_name, "; ".join(row.posts), secret)])
    return render(
        request, "org/account/reset.html", {"form": form, "row": row, "now": now}, status=proving.status_of(form)
    )


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def letters(request: HttpRequest) -> HttpResponse:
    """Open an account for each unit below one that has none, and show their letters, this once."""
    actor, now = actor_of(request), clock.now()
    if not actor.may_somewhere(Permission.ACCOUNT_ADMIN):
        raise Refused(_("Your post does not administer accounts."))
    options = org.unit_options(queries.superiors(actor))
    form = LettersForm(request.POST or None, superiors=options)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        superior, whole = UUID(given["superior"]), given["depth"] == "whole"
        try:
            opened = actions.open_accounts(
                actor=actor,
                now=now,
                superior=superior,
                title=given["title"],
                role=Role(given["role"]),
                whole=whole,
            )
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
        else:
            left = len(queries.units_without_account(superior, clock.day_of(now), whole))
            return _letters(request, now, opened, left, given)
    return render(request, "org/account/opening.html", {"form": form}, status=proving.status_of(form))


def _letters(
    request: HttpRequest,
    now: datetime,
    opened: list[actions.Opened],
    left: int = 0,
    again: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """Show letters; while units are `left`, with the form that goes on where these end."""
    done = int(request.POST.get("done", "0")) if request.POST.get("done", "0").isdecimal() else 0
    context = {
        "letters": opened,
        "until": now + rules.FIRST_USE,
        "address": request.build_absolute_uri("/"),
        "left": left,
        "done": done + len(opened),
        "all": done + len(opened) + left,
        "next": min(left, rules.LETTERS),
        "again": {**again, "done": str(done + len(opened))},
    }
    return render(request, "org/account/letters.html", context)
