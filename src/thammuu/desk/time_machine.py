"""The board as of a past instant: what the facts recorded by then tell, never what the rows say today.

Today's rows and the search index only narrow down which subjects can matter; who may see them is judged as today.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from thammuu.desk.models import SearchEntry
from thammuu.journal import feed
from thammuu.journal.fold import State, fold
from thammuu.kernel.actor import Actor
from thammuu.org.policies import visible_to
from thammuu.watch.models import Incident, LogEntry
from thammuu.watch.queries import IncidentRow, LogRow
from thammuu.watch.rules import OPEN, URGENCY, Severity

LOG_LINES = 60
WRITTEN = "watch.log_entry_written"
Row = TypeVar("Row", IncidentRow, LogRow)


@dataclass(frozen=True, slots=True)
class Board:
    """The open incidents, urgent first, and the newest lines of the log, as of an instant."""

    at: datetime
    incidents: list[IncidentRow]
    log: list[LogRow]


def board_at(actor: Actor, at: datetime) -> Board:
    """Return the board as it stood at an instant, as far as the reader may see it today."""
    candidates = set(_incident_candidates(actor, at))
    lines = list(_log_candidates(actor, at))
    states = fold(feed.of_subjects(candidates | set(lines), until=at))
    incidents = [_row(IncidentRow, Incident, id, states[id]) for id in candidates if id in states]
    numbers = _numbers(states, lines)
    log = [_row(LogRow, LogEntry, id, states[id], numbers) for id in lines if id in states]
    on_board = [row for row in incidents if row.status in OPEN]
    on_board.sort(key=lambda row: (URGENCY[Severity(row.severity)], row.opened_at))
    return Board(at, on_board, log)


def first_instant(actor: Actor) -> datetime | None:
    """Return when the oldest entry that the reader may see was recorded, None for an empty journal."""
    return (
        SearchEntry.objects.filter(visible_to(actor, subject="subject"))
        .order_by("at")
        .values_list("at", flat=True)
        .first()
    )


def _incident_candidates(actor: Actor, at: datetime) -> Collection[UUID]:
    """Return the incidents that were opened by then and are open now, or have changed since."""
    found = Incident.objects.filter(visible_to(actor), Q(status__in=OPEN) | Q(changed_at__gt=at), recorded_at__lte=at)
    return list(found.values_list("id", flat=True))


def _log_candidates(actor: Actor, at: datetime) -> Collection[UUID]:
    """Return the log entries last recorded by then, the newest first."""
    found = SearchEntry.objects.filter(visible_to(actor, subject="subject"), kind=WRITTEN, at__lte=at).order_by(
        "-at", "-position"
    )
    return list(found.values_list("subject", flat=True)[:LOG_LINES])


def _numbers(states: Mapping[UUID, State], lines: Collection[UUID]) -> dict[UUID, int]:
    named = {UUID(states[id]["incident_id"]) for id in lines if states.get(id, {}).get("incident_id")}
    return dict(Incident.objects.filter(id__in=named).values_list("id", "number"))


def _row(
    shape: type[Row],
    model: type[models.Model],
    id: UUID,
    state: State,
    numbers: Mapping[UUID, int] | None = None,
) -> Row:
    """Return a row as pages show it, from the plain values of the fold."""
    values: dict[str, Any] = {"id": id}
    for field in fields(shape):
        if field.name in state:
            values[field.name] = _value(model, field.name, state[field.name])
    if numbers and values.get("incident_id"):
        values["incident_number"] = numbers.get(values["incident_id"])
    return shape(**values)


def _value(model: type[models.Model], name: str, plain: Any) -> Any:
    if isinstance(plain, list):
        return [UUID(each) for each in plain]
    column = next(field for field in model._meta.concrete_fields if field.attname == name)
    return column.to_python(plain)
