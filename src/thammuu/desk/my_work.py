"""My work: everything that waits for the reader, and the newest of its units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from thammuu.journal.models import LinkRow
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.org.policies import visible_to
from thammuu.org.rules import Permission
from thammuu.watch import queries as watch
from thammuu.watch.models import Incident, LogEntry
from thammuu.watch.queries import IncidentRow, LogRow
from thammuu.watch.rules import OPEN

SHOWN = 12
LOG_LINES = 20
RECENT = timedelta(days=7)


Row = TypeVar("Row")


@dataclass(frozen=True)
class Waiting(Generic[Row]):
    """Some of what waits, and how much there is in all."""

    rows: Sequence[Row]
    count: int


def undecided_incidents(actor: Actor) -> Waiting[IncidentRow]:
    """Return the open incidents, urgent first, that the reader's post decides or handles and no decision is on."""
    units = _union(actor, Permission.DECIDE, Permission.INCIDENT_HANDLE)
    decided = LinkRow.objects.filter(
        to_id=OuterRef("id"), from_kind=str(Subject.DECISION), relation=str(Relation.ARISES_FROM)
    )
    found = watch.incident_query(actor, watch.Filters()).filter(units, ~Exists(decided), status__in=OPEN)
    return Waiting(watch.incident_rows(found, SHOWN), found.count())


def unattached_reports(actor: Actor, now: datetime) -> Waiting[LogRow]:
    """Return the reports and requests of the last days that belong to no incident, where the reader may open one."""
    found = unattached(actor, now)
    return Waiting(watch.log_page(found.order_by("-id")[:SHOWN]), found.count())


def unattached(actor: Actor, now: datetime) -> QuerySet[LogEntry]:
    """Return the entries behind `unattached_reports`, in no order."""
    return LogEntry.objects.filter(
        visible_to(actor, audience=True),
        _union(actor, Permission.INCIDENT_OPEN),
        watch.UNATTACHED,
        recorded_at__gte=now - RECENT,
    )


def newest_log(actor: Actor) -> Sequence[LogRow]:
    """Return the newest lines of the duty log that the reader may see."""
    return watch.log_rows(actor, limit=LOG_LINES)


def open_incident_count(actor: Actor) -> int:
    """Return how many open incidents the reader sees."""
    return Incident.objects.filter(visible_to(actor), status__in=OPEN).count()


def _union(actor: Actor, *permissions: Permission) -> Q:
    """Return the filter on `unit_id` for the units at which any of the permissions holds."""
    units: set[UUID] = set()
    for permission in permissions:
        held = actor.units_of(permission)
        if held is None:
            return Q()
        units |= held
    return Q(unit_id__in=units)
