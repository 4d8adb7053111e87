"""Sign-in and sign-out."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import actions, authority
from thammuu.org.forms import SignInForm
from thammuu.org.models import Account

P = ParamSpec("P")


def signed_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only signed-in requests through: a page is sent to sign-in and comes back, a script is answered 401."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_or_none(request) is not None:
            return view(request, *args, **kwargs)
        if "application/json" in request.headers.get("Accept", ""):
            reason = _("Your session has ended. Sign in again; what you typed is kept.")
            return JsonResponse({"reason": reason, "sign_in": "/sign-in/"}, status=401)
        back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
        return redirect(f"/sign-in/?{urlencode({'next': back})}")

    return checked


def actor_or_none(request: HttpRequest) -> Actor | None:
    """Return who is signed in, None for nobody."""
    found: Actor | None = getattr(request, "actor", None)
    return found


def actor_of(request: HttpRequest) -> Actor:
    """Return who is signed in; only for views behind `signed_in`."""
    actor = actor_or_none(request)
    if actor is None:
        raise LookupError("this view lacks @signed_in")
    return actor


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form, or begin a session and go on to where the officer wanted to be."""
    form = SignInForm(request.POST or None)
    back = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if isinstance(account, Account):
            login(request, account)
            authority.forget()
            actor = authority.actor_of(account.id)
            if actor is not None:
                actions.note_sign_in(actor=actor, now=clock.now())
            return redirect(back)
        form.add_error(None, _("The name or the password is wrong."))
    status = 422 if form.errors else 200
    return render(request, "org/sign_in.html", {"form": form, "next": back}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    actor = actor_or_none(request)
    logout(request)
    if actor is not None:
        actions.note_sign_out(actor=actor, now=clock.now())
    return redirect("/sign-in/")
