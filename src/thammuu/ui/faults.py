"""Pages that this package answers by itself: faults, in the words of whoever acted."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Fault:
    """What happened, what was kept, what to do; `code` names the fault for scripts."""

    status: int
    title: Text
    happened: Text
    kept: Text
    todo: Text
    code: str = ""


KEPT = gettext_lazy("Nothing was changed. What you typed is kept on this device: go back and it is still there.")


def answer(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Show a fault as a page, or as JSON where the request accepts nothing else."""
    if request.headers.get("Accept", "").startswith("application/json"):
        body = {"title": str(fault.title), "reason": str(fault.happened), "todo": str(fault.todo), "code": fault.code}
        return JsonResponse(body, status=fault.status)
    return render(request, "ui/fault.html", {"fault": fault}, status=fault.status)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the actor may not do this."""
    happened = reason or _("Your post does not allow this.")
    todo = _("Ask the unit's administrator for the permission, or pass the matter to a post that holds it.")
    return answer(request, Fault(403, _("This is not allowed"), happened, KEPT, todo))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: it does not exist, or not for this actor (the two look the same on purpose)."""
    happened = _("Nothing is here that your post may see. The address may be wrong, or it belongs to another unit.")
    todo = _("Check the address, or look for it with the search.")
    return answer(request, Fault(404, _("Not found"), happened, "", todo))


def conflict(request: HttpRequest, reason: str) -> HttpResponse:
    """409: the world moved on while the act was under way."""
    happened = reason or _("Someone else changed this while you were working on it.")
    todo = _("Go back, reload, look at what changed, and send again what still holds.")
    return answer(request, Fault(409, _("It changed in the meantime"), happened, KEPT, todo))


def bad_input(request: HttpRequest, reason: str) -> HttpResponse:
    """400: a value cannot be taken."""
    return answer(
        request, Fault(400, _("This cannot be taken"), reason, KEPT, _("Go back, correct it and send it again."))
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 from Django itself: the request makes no sense."""
    return bad_input(request, _("The request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 from Django itself."""
    return refused(request, str(exception or ""))


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose guard against forged requests no longer holds: an old tab or another sign-in."""
    happened = _("This tab is older than your present sign-in, so its form can no longer be sent.")
    todo = _("Go back, reload the page and send again.")
    return answer(request, Fault(403, _("This tab is out of date"), happened, KEPT, todo, "stale"))


def not_a_page(request: HttpRequest) -> HttpResponse:
    """405: the address takes what a form sends, and somebody opened it as a page (or the other way round)."""
    happened = _("This address only takes what a form sends; it has no page of its own.")
    todo = _("Go back to the page with the form.")
    return answer(request, Fault(405, _("There is no page here"), happened, "", todo))


def broken(request: HttpRequest) -> HttpResponse:
    """500: a page that needs nothing but its template, since anything may be what broke."""
    observed = request.META.get("thammuu.observation")
    told = {"number": getattr(observed, "number", ""), "request": request}
    return HttpResponse(loader.render_to_string("ui/broken.html", told), status=500)
