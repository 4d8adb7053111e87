"""The living style page, the switches of theme and language, and the script that receives what is pushed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from thammuu.kernel.errors import BadInput
from thammuu.ui import specimen_map
from thammuu.ui.assets import worker_script
from thammuu.ui.context import THEME_COOKIE, THEMES
from thammuu.ui.specimens import specimens

YEAR = 365 * 24 * 3600


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, with made-up content."""
    return render(request, "ui/style.html", specimens(request))


@require_GET
def style_map(request: HttpRequest, layer: str) -> HttpResponse:
    """Answer the style page's map: `boundaries`, `incidents` or `drawings`."""
    if layer == "boundaries":
        return JsonResponse(specimen_map.boundaries())
    if layer == "incidents":
        return JsonResponse(specimen_map.incidents())
    if layer == "drawings":
        return JsonResponse(specimen_map.drawings())
    raise Http404


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the script that receives what is pushed. Its address is the same in every release, and no copy is kept.

    Browsers ask for it by themselves, signed in or not. At the root, so that it stands for every page.
    """
    script = worker_script()
    if not script:
        raise Http404
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-store"})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme on this device."""
    return _keep(request, THEME_COOKIE, request.POST.get("theme", ""), set(THEMES))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language on this device."""
    known = {code for code, _name in settings.LANGUAGES}
    return _keep(request, settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", ""), known)


def _keep(request: HttpRequest, cookie: str, value: str, known: set[str]) -> HttpResponse:
    if value not in known:
        raise BadInput(cookie, value)
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response
