"""Writing, attaching and striking entries of the duty log."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.facts import Link
from thammuu.journal.recording import Recorded, Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.kernel.ids import new_id
from thammuu.org.policies import visible_to
from thammuu.paper.actions import share_attachments
from thammuu.paper.facts import AttachmentShared
from thammuu.paper.intake import Kept, attachments_of
from thammuu.watch import facts, policies
from thammuu.watch.geometry import check_point
from thammuu.watch.models import Incident, LogEntry
from thammuu.watch.rules import LogKind

TEXT_LIMIT = 4000


def write_log_entry(
    *,
    actor: Actor,
    now: datetime,
    at: datetime,
    text: str,
    unit: UUID,
    kind: str = LogKind.NOTE,
    place_text: str = "",
    lat: float | None = None,
    lon: float | None = None,
    incident: UUID | None = None,
    files: Sequence[Kept] = (),
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> Recorded:
    """File one line, with files that were taken in. Without an incident it is one statement, with nothing read before.

    What is written in an incident belongs to its event and has at least its classification.

    Raises `BadInput` for an empty or overlong text or an unknown kind, `Missing` for an incident that the actor does
    not see, `Refused` without the right to write.
    """
    actor = acting(actor, policies.may_write_log(actor, unit, event=event, classification=classification))
    text = text.strip()
    _check(text, kind)
    check_point(lat, lon)
    units = {unit, actor.unit} if actor.unit else {unit}
    if incident is not None:
        target = _incident(actor, incident)
        actor = acting(actor, policies.may_write_in(actor, target))
        units.update(target.units)
        event, classification = event or target.event_id, max(classification, target.classification)
    id, seen_by = new_id(), sorted(units)
    owned: dict[str, Any] = {"classification": classification, "world": actor.scope.world, "units": seen_by}
    to_entry = [Link(Relation.ATTACHED_TO, Subject.LOG_ENTRY, id)]
    attached, stored = attachments_of(files, now=now, links=to_entry, event=event, **owned)
    row = LogEntry(
        id=id, event_id=event, unit_id=unit, kind=str(kind), happened_at=at, recorded_at=now, text=text,
        place_text=place_text, lat=lat, lon=lon, incident_id=incident, attachments=[file.id for file in attached],
        account_id=actor.account, post_id=actor.post, behalf_id=actor.behalf,
        device_at=actor.device_at, **owned,
    )  # fmt: skip
    return record(
        _written(row), *stored, actor=actor, at=at, now=now, units=row.units, event=event,
        classification=classification, rows=[*attached, row], submission=submission,
    )  # fmt: skip


def _check(text: str, kind: str) -> None:
    if not text:
        raise BadInput("text", _("An entry needs words."))
    if len(text) > TEXT_LIMIT:
        raise BadInput("text", _("An entry has at most {limit} characters.").format(limit=TEXT_LIMIT))
    if kind not in set(LogKind):
        raise BadInput("kind", _("There is no such kind of entry."))


def _written(row: LogEntry) -> facts.LogEntryWritten:
    return facts.LogEntryWritten(
        subject_id=row.id,
        links=(Link(Relation.CONCERNS, Subject.INCIDENT, row.incident_id),) if row.incident_id else (),
        world=row.world,
        units=tuple(row.units),
        classification=row.classification,
        event_id=row.event_id,
        unit_id=row.unit_id,
        kind=row.kind,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        text=row.text,
        place_text=row.place_text,
        lat=row.lat,
        lon=row.lon,
        incident_id=row.incident_id,
        attachments=tuple(row.attachments),
        account_id=row.account_id,
        post_id=row.post_id,
        behalf_id=row.behalf_id,
        device_at=row.device_at,
    )


def attach_log_entry(*, actor: Actor, now: datetime, entry: UUID, incident: UUID) -> None:
    """Say that an entry belongs to an incident; whoever sees that sees the entry. Twice changes nothing."""
    with transaction.atomic():
        row = _entry(actor, entry)
        target = _incident(actor, incident)
        actor = acting(actor, policies.may_write_in(actor, target))
        require(
            policies.may_write_log(actor, target.unit_id, event=target.event_id, classification=target.classification)
        )
        if row.incident_id == incident and set(row.units) >= set(target.units):
            return
        row.incident_id = incident
        shared = widen(row, target.units)
        row.save(update_fields=["incident_id", "units"])
        told = facts.LogEntryAttached(
            subject_id=row.id,
            links=(Link(Relation.CONCERNS, Subject.INCIDENT, incident),),
            incident_id=incident,
            units=tuple(row.units),
            text=row.text,
            number=target.number,
        )
        record(
            told,
            *shared,
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            event=row.event_id,
            classification=row.classification,
        )


def widen(row: LogEntry, units: Collection[UUID]) -> list[AttachmentShared]:
    """Let more units see an entry, which the caller saves and tells of; return what its files have to tell."""
    row.units = sorted({*row.units, *units})
    return share_attachments(row.attachments, row.units)


def strike_log_entry(*, actor: Actor, now: datetime, entry: UUID, reason: str) -> None:
    """Strike an entry with a reason. Striking a struck entry again changes nothing."""
    if not reason.strip():
        raise BadInput("reason", _("Say why the entry is struck."))
    with transaction.atomic():
        row = _entry(actor, entry)
        actor = acting(actor, policies.may_strike(actor, row))
        if row.struck_at is not None:
            return
        row.struck_at, row.struck_reason, row.struck_post_id = now, reason.strip(), actor.post
        row.save(update_fields=["struck_at", "struck_reason", "struck_post_id"])
        told = facts.LogEntryStruck(
            subject_id=row.id,
            struck_at=now,
            struck_reason=row.struck_reason,
            struck_post_id=actor.post,
            text=row.text,
        )
        record(
            told, actor=actor, at=now, now=now, units=row.units, event=row.event_id, classification=row.classification
        )


def _entry(actor: Actor, id: UUID) -> LogEntry:
    row = LogEntry.objects.select_for_update().filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("This log entry does not exist."))
    return row


def _incident(actor: Actor, id: UUID) -> Incident:
    row = Incident.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("This incident does not exist."))
    return row
