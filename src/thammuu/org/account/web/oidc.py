"""Sign-in by way of another provider, and linking an identity of one to an account."""

import logging
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing, Refused, require
from thammuu.org.account import actions, current, policies, proving, queries
from thammuu.org.account.forms import IdentityForm
from thammuu.org.account.oidc import journey
from thammuu.org.account.oidc.asking import NotReached
from thammuu.org.account.oidc.judging import BadToken
from thammuu.org.account.oidc.provider import Provider
from thammuu.org.account.reproof import freshly_proved, is_fresh
from thammuu.org.account.web.own import account_id
from thammuu.org.account.web.signing_in import back_of, go_on
from thammuu.org.web import actor_of, actor_or_none, signed_in

log = logging.getLogger(__name__)


def provider_named(name: str) -> Provider:
    """Return the provider of the settings. Raises `Missing`."""
    found = next((one for one in settings.OIDC_PROVIDERS if one.name == name), None)
    if found is None:
        raise Missing(_("This does not exist, or not for you."))
    provider: Provider = found
    return provider


@never_cache
@require_GET
def begin(request: HttpRequest, name: str) -> HttpResponse:
    """Send the browser to the provider, to sign in or, from one's own account, to link an identity."""
    provider = provider_named(name)
    linking = request.session.pop(journey.LINKING, None) == name and actor_or_none(request) is not None
    try:
        return redirect(journey.address_for(request, provider, linking=linking, back=back_of(request)))
    except NotReached as fault:
        log.warning("the provider %s is not reached: %s", provider.name, fault)
        said = _("{provider} does not answer. Sign in with name and password, or try again later.")
        return _refused(request, said.format(provider=provider.label), 503)


@never_cache
@require_GET
def callback(request: HttpRequest, name: str) -> HttpResponse:
    """Take what the browser brings back, and go on to what else the account asks for."""
    provider = provider_named(name)
    try:
        came = journey.arrived(request, provider)
    except (BadToken, NotReached) as fault:
        log.warning("no sign-in by way of %s: %s", provider.name, fault)
        said = _("The sign-in by way of {provider} did not succeed. Begin again.")
        return _refused(request, said.format(provider=provider.label), 403)
    if came.linking:
        return _link(request, provider, came)
    account = queries.account_of_identity(came.identity.issuer, came.identity.subject)
    if account is None:
        said = _("What {provider} says of you opens no account here. Sign in with name and password and link it under “My account”, or ask your superior unit.")  # fmt: skip  # noqa: E501
        return _refused(request, said.format(provider=provider.label), 403)
    proved = provider.had_second_factor(came.identity.amr, came.identity.acr)
    second = queries.needs_second_factor(account.id) and not proved
    current.set_unfinished(request, account, second=second, back=came.back)
    request.session[current.PROVIDER] = provider.name
    return go_on(request)


def _link(request: HttpRequest, provider: Provider, came: journey.Arrived) -> HttpResponse:
    actor = actor_or_none(request)
    if actor is None or not is_fresh(request):
        return _refused(request, _("Your session has ended meanwhile. Sign in and begin again."), 403)
    try:
        actions.link_identity(
            actor=actor,
            now=clock.now(),
            account=account_id(actor),
            issuer=came.identity.issuer,
            subject=came.identity.subject,
        )
    except BadInput as fault:
        messages.error(request, fault.reason)
    else:
        messages.success(
            request, _("Linked. From now on you can sign in by way of {provider}.").format(provider=provider.label)
        )
    return redirect("account")


def _refused(request: HttpRequest, said: str, status: int) -> HttpResponse:
    return render(request, "org/account/oidc_refused.html", {"said": said}, status=status)


@never_cache
@require_GET
def signed_out(request: HttpRequest, name: str) -> HttpResponse:
    """Say that the session here has ended, and where the provider's own can be ended too."""
    provider = provider_named(name)
    try:
        address = journey.end_session_address(request, provider)
    except NotReached:
        address = ""
    return render(request, "org/account/oidc_signed_out.html", {"provider": provider, "address": address})


@signed_in
@never_cache
@require_POST
@freshly_proved
def linking(request: HttpRequest, name: str) -> HttpResponse:
    """Say what linking means, and show the way to the provider."""
    provider = provider_named(name)
    request.session[journey.LINKING] = name
    return render(request, "org/account/oidc_linking.html", {"provider": provider})


@signed_in
@require_POST
@freshly_proved
def unlinking(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let an identity open the account no more."""
    actor = actor_of(request)
    own = any(row.id == id for row in queries.identities_of(account_id(actor)))
    actions.unlink_identity(actor=actor, now=clock.now(), identity=id)
    messages.success(request, _("The identity was unlinked."))
    return redirect("account" if own else "accounts")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
@freshly_proved
def identities(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show which identities open an account of a lower unit, and link one by what its provider calls the officer."""
    actor, now = actor_of(request), clock.now()
    day = clock.day_of(now)
    row = next((one for one in queries.accounts_below(actor, day) if one.id == id), None)
    if row is None:
        raise Missing(_("This account does not exist."))
    if not settings.OIDC_PROVIDERS:
        raise Refused(_("This installation knows no other provider."))
    require(policies.may_link(actor, id, queries.units_of(id, day)))
    form = IdentityForm(request.POST or None, providers=settings.OIDC_PROVIDERS)
    if request.method == "POST" and form.is_valid():
        provider = provider_named(form.cleaned_data["provider"])
        try:
            actions.link_identity(
                actor=actor, now=now, account=id, issuer=provider.issuer, subject=form.cleaned_data["subject"]
            )
        except BadInput as fault:
            form.add_error(fault.field, fault.reason)
        else:
            messages.success(request, _("The identity was linked."))
            return redirect("account_identities", id)
    context = {"form": form, "row": row, "identities": queries.identities_of(id)}
    return render(request, "org/account/identities.html", context, status=proving.status_of(form))
