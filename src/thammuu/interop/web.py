"""The pages of alerts, and documents handed out as edXML."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.directives.documents import queries as documents
from thammuu.directives.documents.outputs import file_name
from thammuu.directives.web.files import handed_out
from thammuu.interop import actions, policies, queries, words
from thammuu.interop.cap.message import Info
from thammuu.interop.forms import DismissalForm, IntakeForm
from thammuu.interop.models import Alert
from thammuu.interop.outgoing import document_message
from thammuu.journal.recording import Submission
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Refusal, require
from thammuu.org.queries import unit_label, unit_options, units_for
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in

GROUP_WORDS = (
    ("waiting", gettext_lazy("Awaiting decision")), ("notices", gettext_lazy("Notices")),
    ("accepted", gettext_lazy("Accepted")), ("over", gettext_lazy("Over")), ("all", gettext_lazy("All")),
)  # fmt: skip


@signed_in
@require_GET
def alert_list(request: HttpRequest) -> HttpResponse:
    """Show the alerts that the actor may see, by group, filtered as the address says."""
    actor, now = actor_of(request), clock.now()
    asked = {name: request.GET.get(name, "") for name in ("severity", "mark", "q")}
    group = request.GET.get("group", "waiting")
    wanted = queries.AlertFilter(group=group, **asked)
    found = queries.alert_list(actor, wanted, request.GET.get("page", 1), now)
    context = {
        "found": found, "wanted": wanted, "tabs": _tabs(request, found.counts, group),
        "severities": words.SEVERITIES.items(), "marks": [("real", _("Real")), *words.MARKS.items()],
        "may_take_in": actor.may_somewhere(Permission.ALERT_HANDLE),
        # What comes in live would break the filter's promise; only the whole, newest page takes it.
        "live": group == "all" and not any(asked.values()) and found.page.number == 1,
    }  # fmt: skip
    return render(request, "interop/alerts.html", context)


def _tabs(request: HttpRequest, counts: Mapping[str, int], current: str) -> list[dict[str, Any]]:
    tabs = []
    for name, label in GROUP_WORDS:
        query = request.GET.copy()
        query["group"] = name
        query.pop("page", None)
        tabs.append({"label": label, "url": f"?{query.urlencode()}", "count": counts[name], "current": name == current})
    return tabs


@signed_in
@require_GET
def alert_page(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Show one alert whole, with what may be decided about it."""
    return _alert_page(request, queries.visible_alert(actor_of(request), alert))


def _alert_page(request: HttpRequest, row: Alert, **forms: Any) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    message = queries.message_of(row)
    language = get_language() or "vi"
    infos = sorted(message.infos, key=lambda info: _language_order(info, language))
    accept = policies.may_accept(actor, row)
    context = {
        "alert": row, "row": queries.alert_row(row, now), "message": message,
        "blocks": [_block(info, now) for info in infos], "chain": queries.chain_of(row, now),
        "warnings": queries.told_faults(row.warnings), "unit": unit_label(row.unit_id),
        "bounds": queries.bounds_of(queries.alert_features(row, language, now)),
        "may_accept": bool(accept), "may_dismiss": bool(policies.may_dismiss(actor, row)),
        "dismissal": DismissalForm(prefix="dismissal"),
        "refusal": accept.reason if isinstance(accept, Refusal) else None,
    }  # fmt: skip
    status = 422 if forms else 200
    return render(request, "interop/alert.html", {**context, **forms}, status=status)


def _language_order(info: Info, language: str) -> int:
    spoken = info.language.lower().partition("-")[0]
    return 0 if spoken == language else 1 if spoken == "en" else 2


def _block(info: Info, now: datetime) -> dict[str, Any]:
    """A block with the words of its codes."""
    return {
        "info": info,
        "categories": [words.CATEGORIES[item] for item in info.categories],
        "responses": [words.RESPONSES[item] for item in info.responses],
        "severity": words.SEVERITIES[info.severity],
        "urgency": words.URGENCIES[info.urgency],
        "certainty": words.CERTAINTIES[info.certainty],
        "expired": info.expires is not None and info.expires <= now,
    }


@signed_in
@require_GET
def alert_areas(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Give one alert's areas as GeoJSON."""
    row = queries.visible_alert(actor_of(request), alert)
    features = list(queries.alert_features(row, get_language() or "vi", clock.now()))
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


@signed_in
@require_GET
def alert_source(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Give one alert's own XML, as a file that no browser opens by itself."""
    return _attachment(bytes(queries.visible_alert(actor_of(request), alert).raw), f"{alert}.xml")


@signed_in
@require_POST
def acceptance(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Make an incident of an alert, and go to it."""
    actor = actor_of(request)
    queries.visible_alert(actor, alert)
    incident = actions.accept_alert(
        actor=actor, now=clock.now(), alert=alert, submission=_submission(request, "acceptance", alert, {})
    )
    messages.success(request, _("The alert became an incident."))
    return redirect("incident", incident)


@signed_in
@require_POST
def dismissal(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Put an alert aside."""
    actor = actor_of(request)
    row = queries.visible_alert(actor, alert)
    form = DismissalForm(request.POST, prefix="dismissal")
    if form.is_valid():
        try:
            actions.dismiss_alert(
                actor=actor, now=clock.now(), alert=alert, reason=form.cleaned_data["reason"],
                submission=_submission(request, "dismissal", alert, form.cleaned_data),
            )  # fmt: skip
        except BadInput as fault:
            form.add_error(fault.field or None, fault.reason)
        else:
            messages.success(request, _("The alert was put aside."))
            return redirect("alert", alert)
    return _alert_page(request, row, dismissal=form)


def _submission(request: HttpRequest, act: str, alert: UUID, said: Mapping[str, Any]) -> Submission | None:
    """What this sending of a form is called by the client; None where it names none."""
    try:
        id = UUID(request.POST.get("submission", ""))
    except ValueError:
        return None
    text = "\n".join([act, str(alert), *(f"{name}={value}" for name, value in sorted(said.items()))])
    return Submission(id=id, digest=hashlib.sha256(text.encode()).digest())


@signed_in
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Take files in, and show what became of each and of every alert in it."""
    actor = actor_of(request)
    units = units_for(actor, Permission.ALERT_HANDLE)
    if not units:
        require(policies.may_take_in(actor, actor.unit))
    options = unit_options(units)
    if request.method == "POST":
        form = IntakeForm(request.POST, request.FILES, units=options)
        if form.is_valid():
            return _take_in(request, actor, form)
        return render(request, "interop/intake.html", {"form": form}, status=422)
    own = str(actor.unit) if str(actor.unit) in dict(options) else options[0][0]
    form = IntakeForm(units=options, initial={"unit": own})
    again = set(request.GET.getlist("again"))
    files = queries.files_named(actor, _ids([*request.GET.getlist("file"), *again]))
    rows = [(file, str(file.id) in again) for file in files]
    return render(request, "interop/intake.html", {"form": form, "files": rows})


def _take_in(request: HttpRequest, actor: Actor, form: IntakeForm) -> HttpResponse:
    told = []
    for file in form.cleaned_data["uploads"]:
        took = actions.take_in_file(
            actor=actor, now=clock.now(), content=file.read(), name=file.name or "", source="upload",
            unit=form.cleaned_data["unit"],
        )  # fmt: skip
        told.append(f"{'again' if took.again else 'file'}={took.file.id}")
    return redirect(f"{request.path}?{'&'.join(dict.fromkeys(told))}")


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))[:100]


@signed_in
@require_GET
def file_list(request: HttpRequest) -> HttpResponse:
    """Show the files that were kept aside, or all that arrived."""
    every = request.GET.get("show") == "all"
    page, rows = queries.file_list(actor_of(request), request.GET.get("page", 1), aside=not every)
    tabs = [
        {"label": _("Kept aside"), "url": "?", "current": not every},
        {"label": _("All files"), "url": "?show=all", "current": every},
    ]
    return render(request, "interop/files.html", {"page": page, "rows": rows, "tabs": tabs, "every": every})


@signed_in
@require_GET
def file_page(request: HttpRequest, file: UUID) -> HttpResponse:
    """Show what became of a file and of every alert in it."""
    row = queries.file_row(queries.visible_file(actor_of(request), file))
    return render(request, "interop/file.html", {"file": row, "unit": unit_label(row.unit)})


@signed_in
@require_GET
def file_content(request: HttpRequest, file: UUID) -> HttpResponse:
    """Give a file as it came, as a download that no browser opens by itself."""
    row = queries.visible_file(actor_of(request), file)
    return _attachment(bytes(row.content), f"{file}.txt")


def _attachment(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@signed_in
@require_GET
def map_alerts(request: HttpRequest) -> HttpResponseBase:
    """Give the areas of the alerts in force as GeoJSON, for the map."""
    found = queries.map_features(actor_of(request), clock.now())
    return JsonResponse(found, content_type="application/geo+json")


@signed_in
@require_GET
def document_edxml(request: HttpRequest, id: UUID) -> HttpResponse:
    """Hand out an issued document as edXML, for the exchange of documents between offices."""
    actor = actor_of(request)
    row = documents.document(actor, id)
    return handed_out(document_message(actor, row), "application/xml", f"{file_name(row)}.edxml")
