"""How log entries and incidents show themselves in threads, search and my work."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from thammuu.journal.presentation import Card
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Scope
from thammuu.org.policies import visible_in
from thammuu.watch.models import Incident, LogEntry
from thammuu.watch.rules import LOG_KIND_WORDS, STATUS_WORDS, Status


def incident_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of those incidents that the scope covers."""
    with translation.override(language):
        return {
            row.id: Card(
                title=f"#{row.number} {said(row.title)}",
                state=str(STATUS_WORDS[row.status]),
                tone="off" if row.status == Status.CLOSED else row.severity,
                url=f"/incidents/{row.id}/",
                at=row.opened_at,
                unit=row.unit_id,
            )
            for row in Incident.objects.filter(visible_in(scope), id__in=ids)
        }


def log_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of those log entries that the scope covers."""
    with translation.override(language):
        return {
            row.id: Card(
                title=said(row.text),
                state=_("Struck") if row.struck_at else str(LOG_KIND_WORDS[row.kind]),
                tone="off" if row.struck_at else "normal",
                url=f"/watch/log/{row.id}/",
                at=row.happened_at,
                unit=row.unit_id,
            )
            for row in LogEntry.objects.filter(visible_in(scope), id__in=ids)
        }
