"""Who is signed in; the page of units."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, require
from thammuu.kernel.text import fold
from thammuu.org import directory, policies, queries
from thammuu.org.forms import UnitFileForm
from thammuu.org.rules import Permission
from thammuu.org.unit_file import import_units

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
    """Return who is signed in; only for views behind `signed_in`."""
    actor = actor_or_none(request)
    if actor is None:
        raise LookupError("this view lacks @signed_in")
    return actor


@signed_in
@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """Show the units that the actor may see, filtered by name, with the posts in each."""
    actor = actor_of(request)
    wanted = fold(request.GET.get("q", "").strip())
    known = directory.current()
    posts: dict[Any, list[str]] = {}
    for post in known.posts.values():
        posts.setdefault(post.unit, []).append(post.title)
    rows = [
        {"unit": unit, "superior": known.unit_label(unit.parent), "posts": sorted(posts.get(unit.id, []))}
        for unit in queries.visible_units(actor)
        if wanted in fold(f"{unit.name} {unit.code}")
    ]
    context = {
        "rows": rows,
        "q": request.GET.get("q", ""),
        "may_import": actor.may_somewhere(Permission.UNIT_ADMIN),
        "form": UnitFileForm(),
    }
    return render(request, "org/units.html", context)


@signed_in
@require_POST
def unit_import(request: HttpRequest) -> HttpResponse:
    """Create the units of an uploaded file; all of them, or none with every fault named by line."""
    actor = actor_of(request)
    require(policies.may_administer_units(actor, actor.unit))
    form = UnitFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            starts_on: date = form.cleaned_data["starts_on"]
            content = form.cleaned_data["file"].read()
            import_units(actor=actor, now=clock.now(), content=content, starts_on=starts_on)
            messages.success(request, _("The units were created."))
            return redirect("/units/")
        except BadInput as fault:
            form.add_error("file", fault.reason)
    return render(request, "org/unit_import.html", {"form": form}, status=422)
