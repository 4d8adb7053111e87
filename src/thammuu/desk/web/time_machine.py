"""The board as of any past minute."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thammuu.desk.time_machine import board_at, first_instant
from thammuu.desk.web.asking import minute_in
from thammuu.kernel import clock
from thammuu.org.web import actor_of, signed_in
from thammuu.watch.rows import RowWriter
from thammuu.watch.rules import worst
from thammuu.watch.web.board import lanes_of

SPAN = timedelta(days=1)
STEPS = (-60, -15, -1, 1, 15, 60)


@signed_in
@require_GET
def time_machine(request: HttpRequest) -> HttpResponse:
    """Show the board as it stood at `?at=2026-11-20T21:05` (the organisation's clock); without it, now."""
    actor, now = actor_of(request), clock.now()
    asked = minute_in(request.GET.get("at", ""))
    at = min(asked, now) if asked else now
    board = board_at(actor, at)
    writer = RowWriter(at, current=False)
    oldest = first_instant(actor) or now
    start = max(min(oldest, at), min(at, now - SPAN) - SPAN)
    context = {
        "at": clock.in_zone(at),
        "in_future": bool(asked and asked > now),
        "lanes": lanes_of(board.incidents, writer),
        "log": writer.entries(board.log),
        "log_lines": len(board.log),
        "total": len(board.incidents),
        "worst": worst([row.severity for row in board.incidents]),
        "start": clock.in_zone(start),
        "end": clock.in_zone(now),
        "steps": [(step, f"{step:+d}".replace("-", "−")) for step in STEPS],
    }
    return render(request, "desk/time_machine.html", context)
