"""The page of the programming interface: its addresses, their scopes and parameters, from its own document."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thammuu.config.api.assembly import interface
from thammuu.org.account.labels import AREAS
from thammuu.org.account.scopes import BY_ADDRESS, Area
from thammuu.org.web import signed_in


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page shows it; `takes` are the names of its parameters and of its body's type."""

    method: str
    path: str
    summary: str
    description: str
    scope: str
    takes: tuple[str, ...]


@signed_in
@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """Show every operation, area by area."""
    areas: dict[str, list[Shown]] = {area: [] for area in Area if area not in BY_ADDRESS}
    for path, operations in interface().get_openapi_schema()["paths"].items():
        for method, said in operations.items():
            [[scope]] = [needed["Bearer"] for needed in said["security"]]
            takes = tuple(parameter["name"] for parameter in said.get("parameters", ()))
            shown = Shown(method.upper(), path, said["summary"], said["description"], scope, takes)
            areas[said["tags"][0]].append(shown)
    context = {"areas": [(AREAS[Area(area)], shown) for area, shown in areas.items()]}
    return render(request, "config/interface.html", context)
