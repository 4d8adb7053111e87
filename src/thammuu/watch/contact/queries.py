"""Reads of contacts, as plain rows without the contact itself: only `show_contact` opens one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.kernel.actor import Actor
from thammuu.org.policies import visible_to
from thammuu.watch.contact.facts import ContactShown
from thammuu.watch.contact.rules import forgotten_at
from thammuu.watch.models import Incident, LogEntry, ReporterContact

_SHOWN = (
    "id", "unit_id", "classification", "event_id",
    "incident_id", "log_entry_id", "given_at", "post_id", "redacted_at", "ended_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact as lists know it. `due_at` is when it will be redacted, None while its incident is open."""

    id: UUID
    unit_id: UUID
    classification: int
    event_id: UUID | None
    incident_id: UUID | None
    log_entry_id: UUID | None
    given_at: datetime
    post_id: UUID | None
    redacted_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Retained:
    """How the retention rule stands: how many contacts are kept, are due, and will be within a week."""

    days: int
    kept: int
    due: int
    due_soon: int


def contacts(actor: Actor, *, incident: UUID | None = None, log_entry: UUID | None = None) -> list[ContactRow]:
    """Return the contacts of an incident or of a log entry that the actor sees, oldest first."""
    named = Q(incident_id=incident) if incident else Q(log_entry_id=log_entry)
    return _rows(with_end(ReporterContact.objects.filter(visible_to(actor), named)).order_by("id"))


def contact(actor: Actor, id: UUID) -> ContactRow | None:
    """Return one contact, None if the actor does not see what it belongs to."""
    rows = _rows(with_end(ReporterContact.objects.filter(visible_to(actor), id=id)))
    return rows[0] if rows else None


def showings(id: UUID) -> list[FeedEntry]:
    """Return every time the contact was looked at, the newest first."""
    return [one for one in feed.of_subjects([id]) if one.kind == ContactShown.fact_kind][::-1]


def retained(now: datetime) -> Retained:
    """Return how the rule stands in the whole installation: numbers only."""
    days: int = settings.CONTACT_DAYS
    kept = ReporterContact.objects.filter(redacted_at=None)
    return Retained(
        days, kept.count(), due(now, days).count(), due(now + timedelta(days=7), days).count() - due(now, days).count()
    )


def due(now: datetime, days: int) -> QuerySet[ReporterContact]:
    """Return the contacts whose matter ended at least so many days ago."""
    return with_end(ReporterContact.objects.filter(redacted_at=None)).filter(
        Q(ended_at__lte=now - timedelta(days=days))
    )


def with_end(found: QuerySet[ReporterContact]) -> QuerySet[ReporterContact]:
    """Return the contacts with `ended_at`: when the incident was closed, or when it was given if there is none."""
    entry = LogEntry.objects.filter(id=OuterRef("log_entry_id")).values("incident_id")[:1]
    of = found.annotate(of_incident=Coalesce(F("incident_id"), Subquery(entry)))
    closed = Incident.objects.filter(id=OuterRef("of_incident")).values("closed_at")[:1]
    ended = Case(When(of_incident=None, then=F("given_at")), default=Subquery(closed), output_field=DateTimeField())
    return of.annotate(ended_at=ended)


def _rows(found: QuerySet[ReporterContact]) -> list[ContactRow]:
    days: int = settings.CONTACT_DAYS
    rows: Iterable[tuple[Any, ...]] = found.values_list(*_SHOWN)
    return [ContactRow(*(*row[:-1], forgotten_at(row[-1], days))) for row in rows]
