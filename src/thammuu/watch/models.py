"""The state of the watch floor: the duty log, incidents and their changes, drawings and boundaries.

Units, posts and events are named by id without a constraint of the database: what names them was checked in memory,
and the log's single statement stays one.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.kernel.actor import REAL
from thammuu.org.audiences import AudienceField


class LogEntry(models.Model):
    """One line of the duty log. Struck with a reason, never changed or deleted."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    audience = AudienceField()
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit_id = models.UUIDField()
    kind = models.TextField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    text = models.TextField()
    place_text = models.TextField(default="")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    incident_id = models.UUIDField(null=True)
    attachments = ArrayField(models.UUIDField(), default=list)
    account_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    # On behalf of which post it was written; None if by the right of its own.
    behalf_id = models.UUIDField(null=True)
    # What the sending device's clock said; None if it was with the server's.
    device_at = models.DateTimeField(null=True)
    struck_at = models.DateTimeField(null=True)
    struck_reason = models.TextField(default="")
    struck_post_id = models.UUIDField(null=True)

    class Meta:
        db_table = "watch_log_entry"
        indexes = [
            # What a reader of some units counts by, and one of every unit: equal keys are kept once, so they are small.
            models.Index(fields=["audience", "world", "classification"], name="watch_log_entry_audience"),
            models.Index(fields=["world", "classification"], name="watch_log_entry_level"),
            models.Index(
                fields=["incident_id", "id"],
                condition=models.Q(incident_id__isnull=False),
                name="watch_log_entry_incident",
            ),
        ]


class Incident(models.Model):
    """Something that has to be handled, from report to closing."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    number = models.IntegerField(unique=True)
    kind = models.TextField()
    title = models.TextField()
    severity = models.TextField()
    status = models.TextField()
    mark = models.TextField(default="")
    unit_id = models.UUIDField()
    place_text = models.TextField(default="")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    opened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")

    class Meta:
        indexes = [
            GinIndex(fields=["units"], name="watch_incident_units"),
            models.Index(fields=["status", "severity"], name="watch_incident_status"),
        ]


class IncidentChange(models.Model):
    """A change of an incident's severity, status or place: who, when, why."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="changes")
    field = models.TextField()
    before = models.TextField()
    after = models.TextField()
    reason = models.TextField(default="")
    at = models.DateTimeField()
    post_id = models.UUIDField(null=True)

    class Meta:
        db_table = "watch_incident_change"


class ReporterContact(models.Model):
    """How to reach whoever reported something, closed (`contact.secrecy`). The other table that may describe a person.

    It belongs to an incident or to a log entry; `unit_id` is theirs. `sealed` and `salt` are empty once it is redacted.
    Who sees the incident does not see this: it is shown on a press, to whom `contact.policies` says.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit_id = models.UUIDField()
    incident_id = models.UUIDField(null=True)
    log_entry_id = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    post_id = models.UUIDField(null=True)
    salt = models.BinaryField()
    sealed = models.BinaryField()
    digest = models.TextField()
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_reporter_contact"
        indexes = [
            models.Index(fields=["incident_id"], name="watch_contact_incident"),
            models.Index(fields=["log_entry_id"], name="watch_contact_log_entry"),
            models.Index(fields=["given_at"], condition=models.Q(redacted_at__isnull=True), name="watch_contact_kept"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(incident_id=None) ^ models.Q(log_entry_id=None), name="watch_contact_of_one"
            )
        ]


class Drawing(models.Model):
    """A site, sector or line that the command centre drew on its map; GeoJSON geometry, lon/lat degrees WGS 84."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    kind = models.TextField()
    name = models.TextField()
    geometry = models.JSONField()
    drawn_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [GinIndex(fields=["units"], name="watch_drawing_units")]


class Boundary(models.Model):
    """The boundary of a unit as imported; GeoJSON geometry, of which facts tell the digest only."""

    id = models.UUIDField(primary_key=True)
    code = models.TextField(unique=True)
    name = models.TextField()
    level = models.TextField()
    digest = models.TextField()
    geometry = models.JSONField()
    imported_at = models.DateTimeField()
