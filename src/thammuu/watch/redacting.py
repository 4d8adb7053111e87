"""What of the watch floor goes when it is redacted."""

from collections.abc import Collection
from uuid import UUID

from thammuu.journal.redaction.registry import Named, forgets, redactable
from thammuu.journal.subjects import Subject
from thammuu.watch import filing, rows
from thammuu.watch.models import IncidentChange, LogEntry


def register() -> None:
    """Say it of every subject of the package."""
    place = {"place_text": "", "lat": None, "lon": None}
    redactable(Subject.LOG_ENTRY, {"text": "", "struck_reason": "", **place}, related=_files)
    redactable(Subject.INCIDENT, {"title": "", "outcome": "", "reason": "", **place}, related=_changes)
    redactable(Subject.INCIDENT_CHANGE, {"before": "", "after": "", "reason": ""})
    redactable(Subject.DRAWING, {"name": ""})
    redactable(Subject.REPORTER_CONTACT, {"digest": ""}, derived={"salt": b"", "sealed": b""})
    forgets(rows.forget)
    forgets(filing.forget_places)


def _files(entry: UUID) -> Collection[Named]:
    found = LogEntry.objects.filter(id=entry).values_list("attachments", flat=True).first()
    return [(Subject.ATTACHMENT, id) for id in found or ()]


def _changes(incident: UUID) -> Collection[Named]:
    found = IncidentChange.objects.filter(incident_id=incident).order_by("id").values_list("id", flat=True)
    return [(Subject.INCIDENT_CHANGE, id) for id in found]
