"""An office's own lists: chosen, looked at line by line, and only then taken over, as documents or as tasks."""

import base64
import binascii
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.directives import actions as directives
from thammuu.directives.documents import actions as documents
from thammuu.directives.documents.policies import may_draft
from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.importing import Kind
from thammuu.directives.incoming import actions, policies
from thammuu.directives.incoming.forms import ListForm, RegisterTakingForm, TaskTakingForm
from thammuu.directives.incoming.labels import LISTS
from thammuu.directives.incoming.taking_over import ReadList, read_list
from thammuu.directives.policies import may_decide
from thammuu.directives.web.decisions import receivers
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Refused, require
from thammuu.org import queries as org
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in

LARGEST = 1_400_000
"""In bytes: the page carries the file until it is confirmed, and a form may have two and a half million signs."""
MOST_SHOWN = 300

PLACES = {Kind.OUTGOING: "outgoing_import", Kind.TASKS: "task_import"}
"""Where a list that was looked at is taken over, by its name; the others where they are looked at."""


@signed_in
@require_http_methods(["GET", "POST"])
def register_import(request: HttpRequest) -> HttpResponse:
    """Choose a list, look at its lines; an incoming register is taken over from here."""
    actor, unit = _asking(request)
    if "read" not in request.POST:
        form = ListForm(request.POST or None, request.FILES or None)
        form.offer_units([(str(one), org.unit_label(one)) for one in policies.registering_units(actor)])
        if request.method == "POST" and form.is_valid():
            try:
                content = form.cleaned_data["file"].read()
                if len(content) > LARGEST:
                    raise BadInput("file", _("The file is larger than 1.4 MB. Send it in parts."))
                found = _read(actor, unit, content)
                left = {line.number for line in found.lines if line.left}
                return _look(request, unit, found, _held(content, actor), _form(found), left, 200)
            except BadInput as fault:
                add_fault(form, fault)
        return render(request, "directives/incoming/list.html", {"form": form}, status=422 if form.errors else 200)

    def take(found: ReadList, given: dict[str, Any], left: set[int]) -> HttpResponse:
        entries = [line.entry for line in found.without(left) if line.entry]
        settled = _("Taken over from the register that was kept before.") if given["becomes"] == "settled" else ""
        actions.import_incoming(
            actor=actor, now=clock.now(), unit=unit, entries=entries, settled=settled,
            submission=submission_of(request),
        )  # fmt: skip
        # Sent twice, the lines of the first sending are registered already, and nothing more is to be told.
        told = ngettext("{count} document was taken over.", "{count} documents were taken over.", len(entries))
        if entries:
            messages.success(request, told.format(count=len(entries)))
        return redirect("incoming")

    return _confirmed(request, actor, unit, Kind.INCOMING, RegisterTakingForm, take)


@signed_in
@require_POST
@freshly_proved
def outgoing_import(request: HttpRequest) -> HttpResponse:
    """Put what the unit issued before on record, from its outgoing register that was looked at."""
    actor, unit = _asking(request)
    require(may_draft(actor, unit))

    def take(found: ReadList, given: dict[str, Any], left: set[int]) -> HttpResponse:
        entries = [line.issued for line in found.without(left) if line.issued]
        documents.import_issued(
            actor=actor, now=clock.now(), unit=unit, entries=entries, submission=submission_of(request)
        )
        told = ngettext("{count} document was taken over.", "{count} documents were taken over.", len(entries))
        if entries:
            messages.success(request, told.format(count=len(entries)))
        return redirect("document_register")

    return _confirmed(request, actor, unit, Kind.OUTGOING, forms.Form, take)


@signed_in
@require_POST
@freshly_proved
def task_import(request: HttpRequest) -> HttpResponse:
    """Take the tasks of a list that was looked at over, as the assignments of a decision."""
    actor, unit = _asking(request)
    require(may_decide(actor, unit))

    def take(found: ReadList, given: dict[str, Any], left: set[int]) -> HttpResponse:
        orders = [line.order for line in found.without(left) if line.order]
        if not orders:
            raise BadInput("", _("There is no line to be taken over."))
        id = directives.take_decision(
            actor=actor, now=clock.now(), unit=unit, title=given["title"], reason=given["reason"], orders=orders,
            submission=submission_of(request),
        )  # fmt: skip
        told = ngettext("{count} assignment is issued.", "{count} assignments are issued.", len(orders))
        messages.success(request, told.format(count=len(orders)))
        return redirect("decision", id)

    return _confirmed(request, actor, unit, Kind.TASKS, TaskTakingForm, take)


def _confirmed(
    request: HttpRequest,
    actor: Actor,
    unit: UUID,
    kind: Kind,
    form_of: type[forms.Form],
    take: Callable[[ReadList, dict[str, Any], set[int]], HttpResponse],
) -> HttpResponse:
    """Read the list that the page carried anew, as it stands against what is registered now, and take it over."""
    sealed = request.POST.get("read", "")
    form = form_of(request.POST)
    product = form.data.get("product", "")
    found = _read(actor, unit, _taken_back(sealed, actor), product)
    left = {int(given) for given in request.POST.getlist("leave") if given.isascii() and given.isdecimal()}
    if found.kind != kind or not found.taken:
        raise BadInput("file", _("This list is not taken over here."))
    if form.is_valid():
        try:
            return take(found, form.cleaned_data, left)
        except BadInput as fault:
            add_fault(form, fault)
    return _look(request, unit, found, sealed, form, left, 422)


def _asking(request: HttpRequest) -> tuple[Actor, UUID]:
    actor = actor_of(request)
    units = policies.registering_units(actor)
    if not units:
        require(policies.may_register(actor, actor.unit))
        raise Refused(_("Incoming documents are dealt with by a post, and you hold none today."))
    return actor, _chosen(request, units)


def _chosen(request: HttpRequest, units: list[UUID]) -> UUID:
    """Return the unit that the form names, of those that the actor registers for; without one the first."""
    return next((unit for unit in units if str(unit) == request.POST.get("unit", "")), units[0])


def _read(actor: Actor, unit: UUID, content: bytes, product: str = "") -> ReadList:
    charged = [UUID(id) for id, _name in receivers(actor, unit)]
    return read_list(actor, unit, content, clock.day_of(clock.now()), charged, product)


def _form(found: ReadList) -> forms.Form:
    taking = {Kind.INCOMING: RegisterTakingForm, Kind.TASKS: TaskTakingForm}
    return taking.get(found.kind, forms.Form)()


def _may_take(actor: Actor, unit: UUID, found: ReadList) -> bool:
    if found.kind == Kind.TASKS:
        return found.taken and bool(may_decide(actor, unit))
    return found.taken and (found.kind != Kind.OUTGOING or bool(may_draft(actor, unit)))


def _look(
    request: HttpRequest, unit: UUID, found: ReadList, sealed: str, form: forms.Form, left: set[int], status: int
) -> HttpResponse:
    faulty = [line for line in found.lines if line.faults or line.left]
    sound = [line for line in found.lines if not (line.faults or line.left)]
    shown = sorted([*faulty[:MOST_SHOWN], *sound[:MOST_SHOWN]], key=lambda line: line.number)
    actor = actor_of(request)
    context = {
        "found": found,
        "word": LISTS[found.kind],
        "place": reverse(PLACES.get(found.kind, "register_import")),
        "may_take": _may_take(actor, unit, found),
        "lines": shown,
        "more": len(found.lines) - len(shown),
        "usable": sum(line.usable for line in found.lines),
        "out": sum(not line.usable for line in found.lines),
        "left": left,
        "sealed": sealed,
        "unit": unit,
        "form": form,
    }
    return render(request, "directives/incoming/list_read.html", context, status=status)


def _held(content: bytes, actor: Actor) -> str:
    return signing.dumps(base64.b64encode(content).decode("ascii"), salt=_salt(actor))


def _taken_back(sealed: str, actor: Actor) -> bytes:
    try:
        return base64.b64decode(signing.loads(sealed, salt=_salt(actor)))
    except (signing.BadSignature, binascii.Error, ValueError):
        raise BadInput("", _("The page is damaged. Choose the file again.")) from None


def _salt(actor: Actor) -> str:
    return f"thammuu.directives.incoming.importing:{actor.account}"
