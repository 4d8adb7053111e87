"""The map: incidents, own drawings, imported boundaries; no picture from outside."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Refused, require
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in
from thammuu.watch import actions, policies, queries
from thammuu.watch.filing import forget_places
from thammuu.watch.forms import BoundaryFileForm, DrawingForm
from thammuu.watch.rules import DRAWING_KIND_WORDS, MARK_WORDS, SEVERITY_WORDS, STATUS_WORDS
from thammuu.watch.web.asking import submission_of


@signed_in
@require_http_methods(["GET", "POST"])
def map_page(request: HttpRequest) -> HttpResponse:
    """Show the map with its table, or make a drawing."""
    actor = actor_of(request)
    form = DrawingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actor.unit is None:
            raise Refused(_("Your account holds no post today."))
        try:
            actions.make_drawing(
                actor=actor, now=clock.now(), unit=actor.unit, submission=submission_of(request), **form.cleaned_data
            )
            forget_places()
            messages.success(request, _("Drawn."))
            return redirect("/map/")
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    return _show(request, form, BoundaryFileForm())


def _show(request: HttpRequest, form: DrawingForm, boundary_form: BoundaryFileForm) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "form": form,
        "boundary_form": boundary_form,
        "incidents": [
            (
                row,
                MARK_WORDS.get(row.mark, ""),
                SEVERITY_WORDS[row.severity],
                STATUS_WORDS[row.status],
                org.unit_label(row.unit_id),
            )
            for row in queries.board_rows(actor)
        ],
        "drawings": [(drawing, DRAWING_KIND_WORDS[drawing.kind]) for drawing in queries.drawings(actor)],
        "may_edit": actor.may(Permission.MAP_EDIT, actor.unit),
    }
    return render(request, "watch/map.html", context, status=422 if form.errors or boundary_form.errors else 200)


@signed_in
@require_POST
def drawing_removal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a drawing off the map."""
    actions.remove_drawing(actor=actor_of(request), now=clock.now(), drawing=id)
    forget_places()
    messages.success(request, _("Taken off the map. It stays on record."))
    return redirect("/map/")


@signed_in
@require_POST
def boundary_import(request: HttpRequest) -> HttpResponse:
    """Import a file of boundaries; all of them or none."""
    actor = actor_of(request)
    require(policies.may_edit_map(actor, actor.unit))
    form = BoundaryFileForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        level = form.cleaned_data["level"]
        try:
            count = actions.import_boundaries(actor=actor, now=clock.now(), content=content, level=level)
            messages.success(request, _("Boundaries new or changed: {count}.").format(count=count))
            return redirect("/map/")
        except BadInput as fault:
            form.add_error(fault.field, fault.reason)
    return _show(request, DrawingForm(), form)


@signed_in
@require_GET
def boundaries_json(request: HttpRequest) -> HttpResponse:
    """Answer the imported boundaries as GeoJSON; `?level=province`."""
    rows = queries.boundaries(request.GET.get("level", ""))
    return _features(
        request, [({"code": row.code, "name": row.name, "level": row.level}, row.geometry) for row in rows]
    )


@signed_in
@require_GET
def incidents_json(request: HttpRequest) -> HttpResponse:
    """Answer the open incidents that have a point as GeoJSON."""
    rows = queries.board_rows(actor_of(request))
    return _features(
        request,
        [
            (
                {
                    "id": str(row.id),
                    "number": row.number,
                    "title": row.title,
                    "tone": row.severity,
                    "status": str(STATUS_WORDS[row.status]),
                    "url": f"/incidents/{row.id}/",
                    "mark": row.mark,
                },
                {"type": "Point", "coordinates": [row.lon, row.lat]},
            )
            for row in rows
            if row.lat is not None
        ],
    )


@signed_in
@require_GET
def drawings_json(request: HttpRequest) -> HttpResponse:
    """Answer the command centre's own drawings as GeoJSON."""
    rows = queries.drawings(actor_of(request))
    return _features(request, [({"id": str(row.id), "name": row.name, "kind": row.kind}, row.geometry) for row in rows])


def _features(request: HttpRequest, items: list[tuple[dict[str, Any], dict[str, Any]]]) -> HttpResponse:
    features = [{"type": "Feature", "properties": told, "geometry": shape} for told, shape in items]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    answer = HttpResponse(body, content_type="application/geo+json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer
