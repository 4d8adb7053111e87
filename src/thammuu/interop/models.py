"""What arrived from outside, kept as it arrived, and the alerts read from it."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import REAL
from thammuu.org.models import Unit


class InboundFile(models.Model):
    """A file as it arrived, good or bad, with the verdict on it and on every alert in it.

    `results`: a list of {verdict, alert, identifier, sender, line, faults, warnings}; a fault is
    {code, path, line, details}. A fault of the file itself stands in a result without an identifier.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.TextField()
    source = models.TextField()
    received_at = models.DateTimeField()
    digest = models.TextField()
    size = models.IntegerField()
    verdict = models.TextField()
    taken = models.IntegerField()
    refused = models.IntegerField()
    results = models.JSONField()
    content = models.BinaryField()

    class Meta:
        indexes = [
            GinIndex(fields=["units"], name="interop_file_units"),
            models.Index(fields=["-received_at"], name="interop_file_received"),
        ]
        constraints = [models.UniqueConstraint(fields=["world", "unit", "digest"], name="interop_file_once")]


class Alert(models.Model):
    """A CAP message that was taken in. The head is in columns; the whole is in `content`, and as it came in `raw`."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    file = models.ForeignKey(InboundFile, models.PROTECT, related_name="alerts")
    received_at = models.DateTimeField()
    version = models.TextField()
    identifier = models.TextField()
    sender = models.TextField()
    sent = models.DateTimeField()
    message_type = models.TextField()
    mark = models.TextField(default="")
    event = models.TextField()
    headline = models.TextField()
    severity = models.TextField()
    urgency = models.TextField()
    certainty = models.TextField()
    areas = models.TextField()
    expires = models.DateTimeField(null=True)
    refers_to = ArrayField(models.TextField(), default=list)
    digest = models.TextField()
    state = models.TextField()
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    incident_id = models.UUIDField(null=True)
    reason = models.TextField(default="")
    warnings = models.JSONField(default=list)
    content = models.JSONField()
    raw = models.BinaryField()
    search_text = models.TextField()

    class Meta:
        indexes = [
            GinIndex(fields=["units"], name="interop_alert_units"),
            GinIndex(fields=["refers_to"], name="interop_alert_refers"),
            models.Index(fields=["state", "-received_at"], name="interop_alert_state"),
            models.Index(fields=["incident_id"], name="interop_alert_incident"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["world", "unit", "sender", "identifier", "sent"], name="interop_alert_once")
        ]


def file_of(alert: UUID) -> Collection[tuple[Subject, UUID]]:
    """Return the file that an alert came in, which says the same."""
    found = Alert.objects.filter(id=alert).values_list("file_id", flat=True)
    return [(Subject.INBOUND_FILE, id) for id in found]
