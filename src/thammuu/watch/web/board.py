"""The board, and the map beside it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thammuu.journal.clocks import read_clocks
from thammuu.kernel import clock
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in
from thammuu.watch import queries
from thammuu.watch.orders.queries import overdue
from thammuu.watch.orders.rows import rows_of
from thammuu.watch.queries import BoardRow
from thammuu.watch.rows import RowWriter
from thammuu.watch.rules import INCIDENT_KIND_WORDS, SEVERITY_WORDS, worst
from thammuu.watch.web.asking import filters_of

LOG_LINES = 60


@signed_in
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the open incidents in lanes of urgency, the live log beside them, the command bar at hand."""
    actor = actor_of(request)
    filters = filters_of(request.GET)
    now = clock.now()
    writer = RowWriter(now)
    rows = queries.rows_on_board(actor, filters)
    log = queries.log_rows(actor, limit=LOG_LINES)
    context = {
        "clocks": read_clocks(),
        "lanes": lanes_of(rows, writer),
        "log": writer.entries(log),
        "total": len(rows),
        "worst": worst({row.severity for row in rows}),
        "overdue": rows_of(overdue(actor, now)),
        "may_order": actor.may_somewhere(Permission.ORDER_GIVE),
        "filtered": any((filters.unit, filters.kind, filters.words)),
        "units": org.visible_units(actor),
        "kinds": INCIDENT_KIND_WORDS.items(),
        "filters": filters,
        "may_open": actor.may_somewhere(Permission.INCIDENT_OPEN),
        "may_write": actor.may_somewhere("log_write"),
    }
    return render(request, "watch/board.html", context)


def lanes_of(rows: Sequence[BoardRow], writer: RowWriter) -> list[dict[str, Any]]:
    """Return a lane for each severity, urgent first: its name, word, count, and rows as HTML."""
    lanes: dict[str, list[BoardRow]] = {str(name): [] for name in SEVERITY_WORDS}
    for row in rows:
        lanes[row.severity].append(row)
    return [
        {"name": name, "word": SEVERITY_WORDS[name], "count": len(found), "rows": writer.incidents(found)}
        for name, found in lanes.items()
    ]
