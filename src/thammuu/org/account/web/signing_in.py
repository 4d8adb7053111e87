"""Sign-in in steps: name and password, a second factor, a password of one's own at first use."""

from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.org import authority
from thammuu.org import queries as org
from thammuu.org.account import actions, current, devices, passkeys, proving, queries, rules
from thammuu.org.account.forms import CodeForm, NewPasswordForm
from thammuu.org.forms import SignInForm
from thammuu.org.models import Account
from thammuu.org.web import actor_or_none


def actor_signing_in(account: Account) -> Actor:
    """Return the actor of an account whose sign-in is under way."""
    return cast(Actor, authority.actor_of(account.id))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take name and password, and go on to what else the account asks for."""
    form = SignInForm(request.POST or None)
    back = back_of(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        account = proving.account_by_password(form, request, given["username"], given["password"])
        if account is not None:
            request.session.pop(current.PROVIDER, None)
            current.set_unfinished(request, account, second=queries.needs_second_factor(account.id), back=back)
            return go_on(request)
    context = {"form": form, "next": back, "providers": settings.OIDC_PROVIDERS}
    return render(request, "org/sign_in.html", context, status=proving.status_of(form))


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Take a code of the app or a recovery code; each once."""
    waiting = current.unfinished(request)
    if waiting is None:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    actor, name = actor_signing_in(waiting.account), waiting.account.sign_in_name
    proved = False
    if request.POST.get("answer"):
        form = CodeForm({})
        form.errors.clear()
        proved = proving.proved_by_passkey(form, request, actor, request.POST["answer"])
    elif request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        fault = _("The code is wrong, or was used already. The server's clock shows {time}.")
        proved = proving.proved_in(
            form,
            request,
            name,
            lambda: actions.spend_code(actor=actor, now=clock.now(), given=code),
            fault.format(time=f"{clock.in_zone(clock.now()):%H:%M:%S}"),
        )
    if proved:
        current.set_unfinished(request, waiting.account, second=False, back=waiting.back)
        return go_on(request)
    context = {"form": form, "question": passkeys.ask_to_use(request, queries.passkeys_of(waiting.account.id))}
    return render(request, "org/account/second_factor.html", context, status=proving.status_of(form))


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def first_use(request: HttpRequest) -> HttpResponse:
    """Take a password of the officer's own in place of the first-use secret."""
    waiting = current.unfinished(request)
    if waiting is None or waiting.second:
        return redirect("sign_in")
    form = NewPasswordForm(request.POST or None, account=waiting.account)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(
                actor=actor_signing_in(waiting.account),
                now=clock.now(),
                password=form.cleaned_data["password"],
                keep=None,
            )
        except BadInput as fault:
            form.add_error("password", fault.reason)
        else:
            account = Account.objects.get(id=waiting.account.id)
            current.set_unfinished(request, account, second=False, back=waiting.back)
            return go_on(request)
    context = {"form": form, "reset": _reset_of(waiting.account)}
    return render(request, "org/account/first_use.html", context, status=proving.status_of(form))


def _reset_of(account: Account) -> str:
    """Return when, by which post and why the account was reset, "" if this is the first letter it ever had."""
    resets = queries.resets_of([account.id], clock.now() - rules.FIRST_USE)
    if not resets:
        return ""
    language = get_language() or account.language
    at = clock.format_instant(resets[0].recorded_at, language)
    return f"{at}, {org.post_label(resets[0].post)}: {resets[0].say(language)}"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    actor = actor_or_none(request)
    session, provider = current.session_of(request), request.session.get(current.PROVIDER)
    logout(request)
    if actor is not None:
        actions.sign_out(actor=actor, now=clock.now(), session=session)
    if any(one.name == provider for one in settings.OIDC_PROVIDERS):
        return redirect("oidc_signed_out", provider)
    return redirect("sign_in")


def go_on(request: HttpRequest) -> HttpResponse:
    """Ask for what is still missing, or begin the session and go where the officer wanted to be."""
    waiting = current.unfinished(request)
    if waiting is None:
        return redirect("sign_in")
    if waiting.second:
        return redirect("sign_in_second")
    if waiting.account.first_use_ends is not None:
        return redirect("sign_in_first_use")
    current.begin(request, waiting.account)
    answer = redirect(waiting.back)
    devices.remember(request, answer, waiting.account.sign_in_name)
    return answer


def back_of(request: HttpRequest) -> str:
    """Return where the officer wanted to be, the home page for any address that is not ours."""
    back = request.POST.get("next") or request.GET.get("next") or "/"
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if own else "/"
