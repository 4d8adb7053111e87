"""Keeping, showing and forgetting how to reach whoever reported something."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Recorded, Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.policies import visible_to
from thammuu.watch import policies
from thammuu.watch.contact import facts, queries, secrecy
from thammuu.watch.contact.policies import may_read_contact
from thammuu.watch.contact.rules import CONTACT_LIMIT
from thammuu.watch.models import Incident, LogEntry, ReporterContact

AT_ONCE = 500


def give_contact(
    *,
    actor: Actor,
    now: datetime,
    text: str,
    incident: UUID | None = None,
    log_entry: UUID | None = None,
    submission: Submission | None = None,
) -> Recorded:
    """Keep how to reach whoever reported the incident, or the log entry: exactly one of them.

    Raises `BadInput`, `Missing`, `Refused`.
    """
    text = " ".join(text.split())
    if not text:
        raise BadInput("contact", _("Write how to reach whoever reported it."))
    if len(text) > CONTACT_LIMIT:
        raise BadInput("contact", _("A contact has at most {limit} characters.").format(limit=CONTACT_LIMIT))
    of = _incident(actor, incident) if incident else _log_entry(actor, log_entry)
    actor = acting(
        actor, policies.may_write_log(actor, of.unit_id, event=of.event_id, classification=of.classification)
    )
    closed = secrecy.close(text)
    row = ReporterContact(
        id=new_id(),
        world=of.world,
        units=list(of.units),
        classification=of.classification,
        event_id=of.event_id,
        unit_id=of.unit_id,
        incident_id=incident,
        log_entry_id=None if incident else log_entry,
        given_at=now,
        post_id=actor.post,
        salt=closed.salt,
        sealed=closed.sealed,
        digest=closed.digest,
    )
    kind = Subject.INCIDENT if incident else Subject.LOG_ENTRY
    told = facts.ContactGiven(
        subject_id=row.id, links=(Link(Relation.CONCERNS, kind, of.id),), world=row.world, units=tuple(row.units),
        classification=row.classification, event_id=row.event_id, incident_id=row.incident_id,
        log_entry_id=row.log_entry_id, unit_id=row.unit_id, given_at=now, post_id=actor.post, digest=row.digest,
    )  # fmt: skip
    return record(
        told, actor=actor, at=now, now=now, units=row.units, event=row.event_id, classification=row.classification,
        rows=[row], submission=submission,
    )  # fmt: skip


def show_contact(*, actor: Actor, now: datetime, contact: UUID) -> str:
    """Return the contact, and record that the actor looked at it. Raises `BadInput` where it cannot be read."""
    with transaction.atomic():
        row = ReporterContact.objects.select_for_update().filter(visible_to(actor), id=contact).first()
        if row is None:
            raise Missing(_("This contact does not exist, or not for you."))
        actor = acting(actor, may_read_contact(actor, row))
        if not row.sealed:
            raise BadInput("contact", _("This contact was redacted."))
        text = secrecy.open_up(bytes(row.salt), bytes(row.sealed), row.digest)
        if text is None:
            raise BadInput("contact", _("This contact cannot be opened: its key is not that of this installation."))
        told = facts.ContactShown(subject_id=row.id, number=_number(row))
        _record(told, actor, now, row)
        return text


def redact_due_contacts(*, actor: Actor, now: datetime, units: list[UUID], days: int) -> int:
    """Redact contacts whose matter ended at least so many days ago; return how many. `units` may read of the run."""
    with transaction.atomic():
        ids = list(queries.due(now, days).order_by("id").values_list("id", flat=True)[:AT_ONCE])
        rows = list(ReporterContact.objects.select_for_update().filter(id__in=ids, redacted_at=None).order_by("id"))
        if not rows:
            return 0
        for row in rows:
            row.salt, row.sealed, row.redacted_at = b"", b"", now
            row.save(update_fields=["salt", "sealed", "redacted_at"])
            told: Fact = facts.ContactRedacted(subject_id=row.id, redacted_at=now)
            _record(told, actor, now, row)
        kept = ReporterContact.objects.filter(redacted_at=None).count()
        run = facts.RetentionApplied(days=days, redacted=len(rows), kept=kept)
        record(run, actor=actor, at=now, now=now, units=units)
        return len(rows)


def _record(told: Fact, actor: Actor, now: datetime, row: ReporterContact) -> None:
    record(told, actor=actor, at=now, now=now, units=row.units, event=row.event_id, classification=row.classification)


def _number(row: ReporterContact) -> int:
    incident = row.incident_id
    if row.log_entry_id is not None:
        incident = LogEntry.objects.filter(id=row.log_entry_id).values_list("incident_id", flat=True).first()
    if incident is None:
        return 0
    return Incident.objects.filter(id=incident).values_list("number", flat=True).first() or 0


def _incident(actor: Actor, id: UUID) -> Incident:
    row = Incident.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("This incident does not exist."))
    return row


def _log_entry(actor: Actor, id: UUID | None) -> LogEntry:
    row = LogEntry.objects.filter(visible_to(actor), id=id).first() if id else None
    if row is None:
        raise Missing(_("This log entry does not exist."))
    return row
