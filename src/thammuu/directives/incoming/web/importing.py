"""An office's own lists: chosen, looked at line by line, and only then taken over, as documents or assignments."""

import base64
import binascii
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.directives import actions as directives
from thammuu.directives.actions.wording import stored
from thammuu.directives.documents import actions as documents
from thammuu.directives.documents.policies import may_draft
from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.importing import Kind
from thammuu.directives.incoming import actions, policies
from thammuu.directives.incoming.forms import IssuedTakingForm, ListForm, RegisterTakingForm, TaskTakingForm
from thammuu.directives.incoming.labels import LISTS
from thammuu.directives.incoming.taking_over import FOLLOWED, ReadLine, ReadList, read_list
from thammuu.directives.policies import may_decide
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Refused, require
from thammuu.org import queries as org
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.granting.forms import ClassifiedForm
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in

LARGEST = 1_400_000
"""In bytes: the page carries the file until it is confirmed, and a form may have two and a half million signs."""
MOST_SHOWN = 300

LONGEST_NAME = 200
PLACES = {Kind.OUTGOING: "outgoing_import", Kind.TASKS: "task_import", Kind.FOLLOW_UP: "task_import"}
"""Where a list that was looked at is taken over, by its name; an incoming register where it is looked at."""
FORMS = {
    Kind.INCOMING: RegisterTakingForm, Kind.OUTGOING: IssuedTakingForm,
    Kind.FOLLOW_UP: TaskTakingForm, Kind.TASKS: TaskTakingForm,
}  # fmt: skip


class Held(NamedTuple):
    """A file that the page carries: its name and its content."""

    name: str
    content: bytes


Take = Callable[[Held, list[ReadLine], dict[str, Any]], HttpResponse]


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
                held = _taken_in(form.cleaned_data["file"])
                found = _read(actor, unit, held.content)
                return _look(request, unit, found, _sealed(held, actor), _form(found.kind, actor, name=held.name), 200)
            except BadInput as fault:
                add_fault(form, fault)
        return render(request, "directives/incoming/list.html", {"form": form}, status=422 if form.errors else 200)

    def take(_held: Held, lines: list[ReadLine], given: dict[str, Any]) -> HttpResponse:
        entries = [line.entry for line in lines if line.entry]
        becomes = given.pop("becomes")
        settled = _("Taken over from the register that was kept before.") if becomes == "settled" else ""
        actions.import_incoming(
            actor=actor, now=clock.now(), unit=unit, entries=entries, settled=settled,
            submission=submission_of(request), **given,
        )  # fmt: skip
        # Sent twice, the lines of the first sending are registered already, and nothing more is to be told.
        told = ngettext("{count} document was taken over.", "{count} documents were taken over.", len(entries))
        if entries:
            messages.success(request, told.format(count=len(entries)))
        return redirect("incoming")

    return _confirmed(request, actor, unit, {Kind.INCOMING}, take)


@signed_in
@require_POST
@freshly_proved
def outgoing_import(request: HttpRequest) -> HttpResponse:
    """Put what the unit issued before on record, from its outgoing register that was looked at."""
    actor, unit = _asking(request)
    require(may_draft(actor, unit))

    def take(_held: Held, lines: list[ReadLine], given: dict[str, Any]) -> HttpResponse:
        entries = [line.issued for line in lines if line.issued]
        documents.import_issued(
            actor=actor, now=clock.now(), unit=unit, entries=entries, submission=submission_of(request), **given
        )
        told = ngettext("{count} document was taken over.", "{count} documents were taken over.", len(entries))
        if entries:
            messages.success(request, told.format(count=len(entries)))
        return redirect("document_register")

    return _confirmed(request, actor, unit, {Kind.OUTGOING}, take)


@signed_in
@require_POST
@freshly_proved
def task_import(request: HttpRequest) -> HttpResponse:
    """Follow the lines of a follow-up register or task list that was looked at, as the assignments of a decision."""
    actor, unit = _asking(request)
    require(may_decide(actor, unit))

    def take(held: Held, lines: list[ReadLine], given: dict[str, Any]) -> HttpResponse:
        entries = [line.followed for line in lines if line.followed]
        given.pop("product")
        id = directives.take_over_assignments(
            actor=actor, now=clock.now(), unit=unit, file=held.name, entries=entries,
            submission=submission_of(request), **given,
        )  # fmt: skip
        told = ngettext("{count} assignment was taken over.", "{count} assignments were taken over.", len(entries))
        if entries:
            messages.success(request, told.format(count=len(entries)))
        return redirect("decision", id)

    return _confirmed(request, actor, unit, FOLLOWED, take)


def _confirmed(request: HttpRequest, actor: Actor, unit: UUID, kinds: Collection[Kind], take: Take) -> HttpResponse:
    """Read the list that the page carried anew, as it stands against what is registered now, and take it over."""
    sealed = request.POST.get("read", "")
    held = _taken_back(sealed, actor)
    found = _read(actor, unit, held.content, request.POST.get("product", ""))
    if found.kind not in kinds or not found.taken:
        raise BadInput("file", _("This list is not taken over here."))
    form = _form(found.kind, actor, request.POST)
    if form.is_valid():
        try:
            return take(held, found.chosen(_numbers(request, "leave"), _numbers(request, "again")), form.cleaned_data)
        except BadInput as fault:
            add_fault(form, fault)
    return _look(request, unit, found, sealed, form, 422)


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
    # What an office followed before may lie anywhere below it, not only with those that are offered first.
    charged = {row.id for row in org.units_for(actor, Permission.ASSIGN)}
    return read_list(actor, unit, content, clock.day_of(clock.now()), charged, product)


def _form(kind: Kind, actor: Actor, data: Any = None, name: str = "") -> ClassifiedForm:
    """Return the form that takes a list over, with the levels and events that there are to choose from."""
    right = Permission.ASSIGN if kind == Kind.OUTGOING else Permission.DECIDE
    initial = {}
    if kind in FOLLOWED and name:
        initial["title"] = _("Taking over of the list {file}").format(file=name)
        initial["reason"] = _("What is open in the list is followed here from now on.")
    form = FORMS[kind](data, initial=initial)
    held = actor.permits.get(right) or actor.permits.get(Permission.ASSIGNMENT_EXECUTE)
    form.offer(held, org.events_to_write(actor, right, clock.day_of(clock.now())))
    return form


def _may_take(actor: Actor, unit: UUID, found: ReadList) -> bool:
    if found.kind in FOLLOWED:
        return found.taken and bool(may_decide(actor, unit))
    return found.taken and (found.kind != Kind.OUTGOING or bool(may_draft(actor, unit)))


def _look(
    request: HttpRequest, unit: UUID, found: ReadList, sealed: str, form: forms.Form, status: int
) -> HttpResponse:
    faulty = [line for line in found.lines if line.faults or line.left]
    sound = [line for line in found.lines if not (line.faults or line.left)]
    shown = sorted([*faulty[:MOST_SHOWN], *sound[:MOST_SHOWN]], key=lambda line: line.number)
    actor = actor_of(request)
    context = {
        "found": found,
        "word": LISTS[found.kind],
        "place": reverse(PLACES.get(found.kind, "register_import")),
        "may_take": _may_take(actor, unit, found) and any(line.usable for line in found.lines),
        "follows": found.kind in FOLLOWED,
        "lines": shown,
        "more": len(found.lines) - len(shown),
        "usable": sum(line.usable and not line.left for line in found.lines),
        "here": sum(line.usable and line.left for line in found.lines),
        "out": sum(not line.usable for line in found.lines),
        "leave": _numbers(request, "leave"),
        "again": _numbers(request, "again"),
        "sealed": sealed,
        "unit": unit,
        "form": form,
    }
    return render(request, "directives/incoming/list_read.html", context, status=status)


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {int(given) for given in request.POST.getlist(name) if given.isascii() and given.isdecimal()}


def _taken_in(file: UploadedFile[bytes]) -> Held:
    if (file.size or 0) > LARGEST:
        raise BadInput("file", _("The file is larger than 1.4 MB. Send it in parts."))
    return Held(stored("file", file.name or "")[-LONGEST_NAME:], file.read())


def _sealed(held: Held, actor: Actor) -> str:
    return signing.dumps([held.name, base64.b64encode(held.content).decode("ascii")], salt=_salt(actor))


def _taken_back(sealed: str, actor: Actor) -> Held:
    try:
        name, content = signing.loads(sealed, salt=_salt(actor))
        return Held(name, base64.b64decode(content))
    except (signing.BadSignature, binascii.Error, ValueError):
        raise BadInput("", _("The page is damaged. Choose the file again.")) from None


def _salt(actor: Actor) -> str:
    return f"thammuu.directives.incoming.importing:{actor.account}"
