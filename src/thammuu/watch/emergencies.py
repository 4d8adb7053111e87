"""An incident opened in an emergency: found by its number, seen with its log and the files there."""

from uuid import UUID

from django.db.models import Q

from thammuu.journal.subjects import Subject
from thammuu.org import emergencies
from thammuu.org.emergencies import Found, Openable
from thammuu.watch.models import Incident, LogEntry, ReporterContact
from thammuu.watch.orders.models import OrderAddressee


def find(typed: str) -> Found | None:
    """Return the incident with this number, "#12" or "12"."""
    number = typed.strip().removeprefix("#")
    if not (number.isascii() and number.isdecimal() and len(number) < 10 and typed.strip().startswith("#")):
        return None
    row = Incident.objects.filter(number=int(number)).first()
    if row is None:
        return None
    return Found(str(Subject.INCIDENT), row.id, row.unit_id, row.classification, f"#{row.number}")


def rows_of(id: UUID) -> frozenset[UUID]:
    """Return the incident, its log entries, their files, its orders, and how to reach who reported."""
    lines = list(LogEntry.objects.filter(incident_id=id).values_list("id", "attachments"))
    entries = [line for line, _files in lines]
    given = Q(incident_id=id) | Q(log_entry_id__in=entries)
    contacts = ReporterContact.objects.filter(given).values_list("id", flat=True)
    orders = OrderAddressee.objects.filter(order__incident_id=id).values_list("order_id", "id")
    ordered = (one for pair in orders for one in pair)
    return frozenset({id, *entries, *(file for _line, files in lines for file in files), *contacts, *ordered})


def register() -> None:
    """Let incidents be opened; log entries, contacts and orders are added to them."""
    grows = frozenset({str(Subject.LOG_ENTRY), str(Subject.REPORTER_CONTACT), str(Subject.ORDER)})
    emergencies.register(str(Subject.INCIDENT), Openable(find, rows_of, grows))
