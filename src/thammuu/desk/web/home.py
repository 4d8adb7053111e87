"""The first page after signing in: my work."""

from collections.abc import Sized

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thammuu.desk import my_work, words
from thammuu.directives import queries as directives
from thammuu.directives.documents.waiting import waiting_documents
from thammuu.directives.incoming.waiting import waiting_incoming
from thammuu.directives.inspection.waiting import waiting_inspections
from thammuu.directives.urging import queries as urging
from thammuu.kernel import clock
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in
from thammuu.ui import navigation
from thammuu.watch.orders import queries as orders
from thammuu.watch.orders.rows import rows_of
from thammuu.watch.rows import RowWriter


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, the newest log lines beside it, and counts that lead to their lists."""
    actor, now = actor_of(request), clock.now()
    writer = RowWriter(now)
    undecided = my_work.undecided_incidents(actor)
    unattached = my_work.unattached_reports(actor, now)
    pages = navigation.items(request)
    alerts = next((page for page in pages if page.name == "alerts"), None)
    alerts_waiting = alerts.count if alerts and actor.may_somewhere(Permission.ALERT_HANDLE) else 0
    assignments = directives.waiting_for(actor, now)
    documents = waiting_documents(actor)
    inspections = waiting_inspections(actor, now)
    incoming = waiting_incoming(actor, now)
    urged = urging.urged(actor, now)
    to_acknowledge, to_control = rows_of(orders.to_acknowledge(actor, now)), rows_of(orders.to_control(actor, now))
    lists: list[Sized] = [assignments, urged, documents, inspections, incoming, to_acknowledge, to_control]
    context = {
        "orders": to_acknowledge,
        "orders_to_control": to_control,
        "documents": documents,
        "inspections": inspections,
        "incoming": incoming,
        "assignments": [{"what": words.WAITS[each.wait], "row": each.row, "url": each.url} for each in assignments],
        "urged": urged,
        "undecided": [writer.incident(row) for row in undecided.rows],
        "undecided_count": undecided.count,
        "unattached": [writer.entry(row, "unattached") for row in unattached.rows],
        "unattached_count": unattached.count,
        "nav": pages,
        "alerts": alerts,
        "alerts_waiting": alerts_waiting,
        "incidents_open": my_work.open_incident_count(actor),
        "log": [writer.entry(row) for row in my_work.newest_log(actor)],
        "total": sum(len(found) for found in lists) + undecided.count + unattached.count + alerts_waiting,
    }
    return render(request, "desk/home.html", context)
