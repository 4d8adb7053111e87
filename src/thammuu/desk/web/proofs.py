"""The auditor's page: what the journal's proofs are, one entry to check oneself, the day's checkpoint on paper."""

from datetime import date
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thammuu.desk import proof_pages
from thammuu.desk.journal_pages import may_read_journal
from thammuu.desk.web.asking import uuid_in
from thammuu.journal.proofs import offline
from thammuu.kernel import clock
from thammuu.kernel.errors import Missing, require
from thammuu.org.web import actor_of, signed_in

CHECKER = "check_extract.py"


@signed_in
@require_GET
def proofs(request: HttpRequest) -> HttpResponse:
    """Show how far the journal is signed; with `entry` or `position`, the proof of that entry."""
    actor = actor_of(request)
    require(may_read_journal(actor))
    standing = proof_pages.standing()
    asked = request.GET.get("position", "").strip()
    id = uuid_in(request.GET.get("entry", ""))
    if asked.isdecimal() and len(asked) < 18:
        id = proof_pages.entry_at(int(asked))
    if asked and id is None:
        raise Missing(_("This does not exist, or not for you."))
    entry, proof = proof_pages.proof_of(actor, id) if id else (None, None)
    context = {
        "standing": standing,
        "witnesses": proof_pages.witnesses(),
        "waiting": standing.head - (standing.signed.size if standing.signed else 0),
        "entry": entry,
        "said": entry.say(actor.language) if entry else "",
        "proof": proof,
        "command": f"python {CHECKER} EXTRACT {standing.verifier or 'KEY'} CHECKPOINT",
        "for_browser": proof.for_browser(standing.verifier) if proof else None,
    }
    return render(request, "desk/proofs.html", context)


@signed_in
@require_GET
def proof_sheet(request: HttpRequest) -> HttpResponse:
    """Show the last checkpoint of a day, to be printed and put with the handover."""
    require(may_read_journal(actor_of(request)))
    day = _day(request.GET.get("day", "")) or clock.day_of(clock.now())
    signed = proof_pages.latest(day)
    # Our own encoder's SVG of our own note: nothing in it was typed by anybody.
    code = mark_safe(proof_pages.qr_code(signed.note)) if signed else ""  # noqa: S308
    context = {"day": day, "signed": signed, "code": code, "verifier": proof_pages.own_verifier()}
    return render(request, "desk/proof_sheet.html", context)


@signed_in
@require_GET
def proof_checkpoint(request: HttpRequest) -> HttpResponse:
    """Hand the newest checkpoint out as a file, to be kept elsewhere."""
    require(may_read_journal(actor_of(request)))
    signed = proof_pages.latest()
    if signed is None:
        return redirect("proofs")
    return _file(signed.note, f"thammuu-{signed.epoch}-{signed.size}.checkpoint")


@signed_in
@require_GET
def proof_checker(request: HttpRequest) -> HttpResponse:
    """Hand the program out that checks extracts with Python alone."""
    require(may_read_journal(actor_of(request)))
    return _file(Path(str(offline.__file__)).read_text(), CHECKER)


def _file(text: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": disposition})


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
