"""Who is signed in, and what is answered to whoever is not."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.org.devices import on_device

P = ParamSpec("P")
UNLOCK = "/account/unlock/"


def signed_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only signed-in requests through: a page is sent to sign-in and comes back, a script is answered 401."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_or_none(request) is not None:
            return view(request, *args, **kwargs)
        place = UNLOCK if request.user.is_authenticated else "/sign-in/"
        if "application/json" in request.headers.get("Accept", ""):
            reason = _("Your session has ended. Sign in again; what you typed is kept.")
            return JsonResponse({"reason": reason, "sign_in": place}, status=401)
        back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
        return redirect(f"{place}?{urlencode({'next': back})}")

    return checked


def actor_or_none(request: HttpRequest) -> Actor | None:
    """Return who is signed in, None for nobody."""
    found: Actor | None = getattr(request, "actor", None)
    return found


def actor_of(request: HttpRequest) -> Actor:
    """Return who is signed in, on which device; only for views behind `signed_in`."""
    actor = actor_or_none(request)
    if actor is None:
        raise LookupError("this view lacks @signed_in")
    return on_device(actor, request)
