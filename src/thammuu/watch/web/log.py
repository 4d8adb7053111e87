"""The duty log: filing, reading, striking."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.journal import feed
from thammuu.kernel import clock
from thammuu.kernel.actor import HIGHEST, Actor
from thammuu.kernel.errors import BadInput, Missing, ThammuuError, require
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.queries import attachments
from thammuu.watch import actions, policies, queries
from thammuu.watch.command_parts import IncidentPart, KindPart, Line, PlacePart, SeverityPart, TimePart, UnitPart
from thammuu.watch.contact.queries import contacts
from thammuu.watch.filing import Typed, file_line, read_line
from thammuu.watch.forms import ContactForm, IncidentNumberForm, ReasonForm
from thammuu.watch.orders.line import after_sign, is_order
from thammuu.watch.rows import RowWriter
from thammuu.watch.rules import LOG_KIND_WORDS, MARK_WORDS
from thammuu.watch.web.asking import filters_of, uuid_or_none, wants_json

PAGE = 50
LONGEST = 5000


@signed_in
@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Show the log with its filters, or file a line."""
    return file(request) if request.method == "POST" else _show(request, "", "", 200)


def file(request: HttpRequest) -> HttpResponse:
    """File a line: a form is sent on to where it came from, a script is answered with the entry's id."""
    actor, now = actor_of(request), clock.now()
    try:
        recorded = file_line(actor=actor, now=now, typed=_typed(request))
    except ThammuuError as fault:
        if wants_json(request) or not isinstance(fault, BadInput):
            raise
        return _show(request, request.POST.get("text", ""), fault.reason, 422)
    if wants_json(request):
        answer = {"id": str(recorded.answer), "replayed": recorded.replayed, "at": now.isoformat()}
        return JsonResponse(answer, status=200 if recorded.replayed else 201)
    if is_order(request.POST.get("text", "")):
        messages.success(request, _("The order is given."))
        return redirect("order", recorded.answer)
    messages.success(request, _("Logged."))
    incident = uuid_or_none(request.POST.get("incident", ""))
    return redirect(f"/incidents/{incident}/" if incident else "/watch/")


def _typed(request: HttpRequest) -> Typed:
    submission = request.POST.get("submission", "")
    if submission and uuid_or_none(submission) is None:
        raise BadInput("submission", _("The form's own number is broken. Reload the page and send it again."))
    uploads: list[Any] = request.FILES.getlist("files")
    return Typed(
        text=request.POST.get("text", "")[:LONGEST],
        submission=uuid_or_none(submission),
        incident=uuid_or_none(request.POST.get("incident", "")),
        classification=_level(request.POST.get("classification", "")),
        event=_event(request.POST.get("event", "")),
        uploads=tuple(uploads),
    )


def _event(typed: str) -> UUID | None:
    """Return the event that was chosen; raises `BadInput` for what is none."""
    if typed and uuid_or_none(typed) is None:
        raise BadInput("event", _("There is no such event, or your post does not see it."))
    return uuid_or_none(typed)


def _level(typed: str) -> int:
    """Return the level that was chosen; raises `BadInput` for one that does not exist."""
    if typed not in {"", *(str(level) for level in range(HIGHEST + 1))}:
        raise BadInput("classification", _("There is no such level."))
    return int(typed or 0)


def _show(request: HttpRequest, text: str, fault: str, status: int) -> HttpResponse:
    actor = actor_of(request)
    filters = filters_of(request.GET)
    page = Paginator(queries.log_query(actor, filters), PAGE).get_page(request.GET.get("page"))
    writer = RowWriter(clock.now())
    context = {
        "page": page,
        "log": writer.entries(queries.log_page(page.object_list)),
        "filters": filters,
        "units": org.visible_units(actor),
        "kinds": LOG_KIND_WORDS.items(),
        "text": text,
        "fault": fault,
        "may_write": actor.may_somewhere("log_write"),
    }
    return render(request, "watch/log.html", context, status=status)


@signed_in
@require_GET
def parse_line(request: HttpRequest) -> JsonResponse:
    """Say what a line is understood as while it is typed: {"parts": [{kind, text, label, start, end, doubtful}]}."""
    text = request.GET.get("text", "")[:LONGEST]
    begins, sign = 0, []
    if is_order(text):
        _rest, begins = after_sign(text)
        sign = [{"kind": "order", "text": text[:begins], "label": _("Order"), "start": 0, "end": begins}]
    line = read_line(actor_of(request), clock.now(), text[begins:])
    parts = [
        part | {"start": part["start"] + begins, "end": part["end"] + begins} for part in _parts(text[begins:], line)
    ]
    return JsonResponse({"parts": [*sign, *parts], "text": line.text})


def _parts(typed: str, line: Line) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part in line.parts:
        kind, label = _labelled(part)
        found.append(
            {"kind": kind, "text": typed[part.start : part.end], "label": label, "start": part.start, "end": part.end}
        )
    for problem in line.problems:
        found.append(
            {
                "kind": "doubt",
                "text": problem.typed,
                "label": _(problem.message).format(**problem.values),
                "start": problem.start,
                "end": problem.end,
                "doubtful": problem.blocks,
            }
        )
    return sorted(found, key=lambda part: str(part["start"]).zfill(6))


def _labelled(part: object) -> tuple[str, str]:
    match part:
        case TimePart():
            return "time", f"{part.at:%H:%M %d/%m}"
        case UnitPart():
            return "unit", part.name
        case PlacePart():
            return "place", part.text
        case IncidentPart():
            return "incident", f"#{part.number}"
        case KindPart():
            return "kind", str(LOG_KIND_WORDS[part.kind])
        case SeverityPart():
            return "severity", "!" * part.marks
    raise TypeError(part)


@signed_in
@require_GET
def entry(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show one entry with everything that happened to it."""
    return _show_entry(request, actor_of(request), id, {}, 200)


def show_again(request: HttpRequest, id: UUID, forms_given: dict[str, forms.Form]) -> HttpResponse:
    """Show the entry with a form that has errors."""
    return _show_entry(request, actor_of(request), id, forms_given, 422)


def _show_entry(
    request: HttpRequest, actor: Actor, id: UUID, forms_given: dict[str, forms.Form], status: int
) -> HttpResponse:
    row = queries.log_entry(actor, id)
    if row is None:
        raise Missing(_("This log entry does not exist."))
    history = [
        (item, item.say(actor.language), org.author_label(item.post, item.behalf)) for item in feed.of_subjects([id])
    ]
    context = {
        "row": row,
        "kind": LOG_KIND_WORDS[row.kind],
        "mark": MARK_WORDS.get(row.incident_mark, ""),
        "unit": org.unit_label(row.unit_id),
        "post": org.author_label(row.post_id, row.behalf_id),
        "history": history,
        "files": attachments(row.attachments).values(),
        "form": ReasonForm(),
        "incident_form": IncidentNumberForm(),
        "contacts": contacts(actor, log_entry=id),
        "contact_form": ContactForm(),
        "contact_action": reverse("log_contact", args=[id]),
        "may_give": bool(policies.may_write_log(actor, row.unit_id)),
        "may_attach": actor.may_somewhere("log_write"),
        "may_strike": row.struck_at is None and bool(policies.may_strike(actor, row)),
        "may_open": row.incident_id is None
        and bool(policies.may_open_incident(actor, row.unit_id, event=row.event_id, classification=row.classification)),
        "may_order": actor.may_somewhere("order_give") and row.struck_at is None,
        "opened_form": next(iter(forms_given), ""),
        **forms_given,
    }
    return render(request, "watch/entry.html", context, status=status)


@signed_in
@require_POST
def strike(request: HttpRequest, id: UUID) -> HttpResponse:
    """Strike an entry with a reason."""
    actor = actor_of(request)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show_entry(request, actor, id, {"form": form}, 422)
    actions.strike_log_entry(actor=actor, now=clock.now(), entry=id, reason=form.cleaned_data["reason"])
    messages.success(request, _("Struck. It stays readable, with your reason."))
    return redirect(f"/watch/log/{id}/")


@signed_in
@require_POST
def attach(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say to which incident, by its number, an entry belongs."""
    actor = actor_of(request)
    row = queries.log_entry(actor, id)
    if row is None:
        raise Missing(_("This log entry does not exist."))
    require(policies.may_write_log(actor, row.unit_id))
    form = IncidentNumberForm(request.POST)
    if form.is_valid():
        incident = queries.incident_numbers(actor).get(form.cleaned_data["number"])
        if incident is not None:
            actions.attach_log_entry(actor=actor, now=clock.now(), entry=id, incident=incident)
            messages.success(request, _("The entry belongs to the incident."))
            return redirect(f"/watch/log/{id}/")
        form.add_error("number", _("No open incident has this number."))
    return _show_entry(request, actor, id, {"incident_form": form}, 422)
