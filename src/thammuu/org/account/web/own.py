"""One's own account: password, second factors, recovery codes, sessions, and what happened to it."""

from typing import cast
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.org import queries as org
from thammuu.org.account import actions, current, labels, proving, queries, secrecy, totp
from thammuu.org.account.forms import AppForm, PasswordForm
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.models import Account
from thammuu.org.web import actor_of, signed_in

NEW_APP = "new_app"
ISSUER = "Thammuu"
HISTORY = 20


def account_id(actor: Actor) -> UUID:
    """Return the account of someone who is signed in."""
    return cast(UUID, actor.account)


@signed_in
@never_cache
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    actor = actor_of(request)
    own = account_id(actor)
    factors = queries.factors_of(own)
    context = {
        "sign_in_name": queries.name_of(own),
        "factors": [row for row in factors if row.kind != "codes"],
        "codes": next((row for row in factors if row.kind == "codes"), None),
        "sessions": queries.sessions_of(own, clock.now(), current.session_of(request)),
        "identities": queries.identities_of(own),
        "providers": settings.OIDC_PROVIDERS,
        "tokens": [(row, labels.said(row.scopes)) for row in queries.tokens_of(own, clock.now())],
        "history": [
            (entry, entry.say(actor.language), org.post_label(entry.post)) for entry in queries.history(own, HISTORY)
        ],
    }
    return render(request, "org/account/account.html", context)


@signed_in
@never_cache
@sensitive_post_parameters("present", "password", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; every other session ends."""
    actor = actor_of(request)
    row = Account.objects.get(id=account_id(actor))
    form = PasswordForm(request.POST or None, account=row)
    if request.method == "POST" and form.is_valid():
        present, wanted = form.cleaned_data["present"], form.cleaned_data["password"]
        fault = _("The present password is wrong.")
        if proving.proved_in(form, request, row.sign_in_name, lambda: row.check_password(present), fault):
            try:
                keep = current.session_of(request)
                actions.change_password(actor=actor, now=clock.now(), password=wanted, keep=keep)
            except BadInput as wrong:
                form.add_error("password", wrong.reason)
            else:
                row.refresh_from_db()
                request.session[HASH_SESSION_KEY] = row.get_session_auth_hash()
                messages.success(request, _("Password changed. Your other sessions have ended."))
                return redirect("account")
    return render(request, "org/account/password.html", {"form": form}, status=proving.status_of(form))


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def app(request: HttpRequest) -> HttpResponse:
    """Show the secret for an authenticator app, and take the code that it then shows."""
    actor = actor_of(request)
    kept = secrecy.open_up(request.session.get(NEW_APP, ""))
    if kept is None:
        kept = totp.new_secret()
        request.session[NEW_APP] = secrecy.close(kept)
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            codes = actions.add_app(actor=actor, now=clock.now(), secret=kept, code=given["code"], name=given["name"])
        except BadInput as fault:
            form.add_error("code", fault.reason)
        else:
            del request.session[NEW_APP]
            return added(request, codes)
    address = totp.address_for_apps(kept, queries.name_of(account_id(actor)), ISSUER)
    context = {
        "form": form,
        "picture": segno.make(address, error="m").svg_data_uri(scale=4, border=4, light="#fff"),
        "secret": " ".join(kept[start : start + 4] for start in range(0, len(kept), 4)),
        "now": clock.now(),
    }
    return render(request, "org/account/app.html", context, status=proving.status_of(form))


def added(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Answer that a second factor was added: with the first recovery codes, or back on the account."""
    if codes:
        return render(request, "org/account/codes.html", {"codes": codes})
    messages.success(request, _("The second factor was added."))
    return redirect("account")


@signed_in
@never_cache
@require_POST
@freshly_proved
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them, this once."""
    made = actions.make_codes(actor=actor_of(request), now=clock.now())
    return render(request, "org/account/codes.html", {"codes": made})


@signed_in
@never_cache
@require_POST
@freshly_proved
def factor_removal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Remove a second factor."""
    actions.remove_factor(actor=actor_of(request), now=clock.now(), factor=id)
    messages.success(request, _("The second factor was removed."))
    return redirect("account")


@signed_in
@never_cache
@require_POST
@freshly_proved
def session_end(request: HttpRequest, id: UUID) -> HttpResponse:
    """End one of one's other sessions, and the streams that it opened."""
    actions.end_other_session(actor=actor_of(request), now=clock.now(), session=id)
    messages.success(request, _("The session was ended."))
    return redirect("account")


@signed_in
@never_cache
@require_POST
@freshly_proved
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End every other session."""
    count = actions.end_other_sessions(actor=actor_of(request), now=clock.now(), keep=current.session_of(request))
    said = ngettext("{count} session was ended.", "{count} sessions were ended.", count)
    messages.success(request, said.format(count=count))
    return redirect("account")
