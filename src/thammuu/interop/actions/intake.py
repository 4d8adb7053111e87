"""Take a file in: judge it, keep it as it came, store every good alert in it, and let it change what it refers to."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from thammuu.interop import facts, policies
from thammuu.interop.actions.incidents import give_incident
from thammuu.interop.actions.references import settle
from thammuu.interop.apart import read_file
from thammuu.interop.cap import Alert as Message
from thammuu.interop.cap import Fault, Finding, Reading
from thammuu.interop.cap.faults import fault, shorten
from thammuu.interop.cap.opening import MAX_BYTES
from thammuu.interop.models import Alert, InboundFile
from thammuu.interop.rules import (
    Verdict,
    content_digest,
    first_state,
    gravity,
    mark_of,
    over_at,
    preferred,
    reference_key,
)
from thammuu.journal.facts import Link
from thammuu.journal.recording import record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import fold

CLOCKS_DIFFER = timedelta(minutes=15)
_LOCK = 0x434150  # "CAP"
_TOLD_BY_FACT = tuple(name for name in facts.AlertReceived.model_fields if name not in {"subject_id", "links"})
_FILE_TOLD = tuple(name for name in facts.FileReceived.model_fields if name not in {"subject_id", "links"})


@dataclass(frozen=True)
class Intake:
    """The file as it was kept; `again` where the very same file had come before and nothing was done."""

    file: InboundFile
    again: bool = False


def take_in_file(*, actor: Actor, now: datetime, content: bytes, name: str, source: str, unit: UUID) -> Intake:
    """Take a file in for a unit. Whatever it holds, nothing is raised but `Refused` for want of authority.

    All of it or nothing is stored. The same file again, and the same alert in another file, double nothing.
    """
    actor = acting(actor, policies.may_take_in(actor, unit))
    reading = read_file(content)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        # One file at a time for a unit, so that of two messages that refer to each other one always sees the other.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, str(unit)])
        before = InboundFile.objects.filter(world=actor.scope.world, unit_id=unit, digest=digest).first()
        if before is not None:
            return Intake(before, again=True)
        file = InboundFile(
            id=new_id(), world=actor.scope.world, units=[unit], unit_id=unit, name=_plain_name(name), source=source,
            received_at=now, digest=digest, size=len(content), content=content[:MAX_BYTES],
        )  # fmt: skip
        results = [_take_in(finding, file, actor, now) for finding in reading.findings]
        _close(file, [*results, *_of_the_file(reading)])
        told = {name: getattr(file, name) for name in _FILE_TOLD}
        record(
            facts.FileReceived(subject_id=file.id, **told), actor=actor, at=now, now=now, units=file.units, rows=[file]
        )
    return Intake(file)


def judge(content: bytes) -> tuple[str, list[dict[str, Any]]]:
    """Say what would become of a file, (verdict, results), by what stands in it alone; nothing is stored or asked."""
    reading = read_file(content)
    results = [_result(Verdict.REFUSED if item.alert is None else Verdict.TAKEN, item) for item in reading.findings]
    results += _of_the_file(reading)
    refused = sum(item["verdict"] == Verdict.REFUSED for item in results)
    if not refused:
        return str(Verdict.TAKEN), results
    return str(Verdict.PARTLY if refused < len(results) else Verdict.REFUSED), results


def _take_in(finding: Finding, file: InboundFile, actor: Actor, now: datetime) -> dict[str, Any]:
    message = finding.alert
    if message is None:
        return _result(Verdict.REFUSED, finding)
    known = Alert.objects.filter(
        world=file.world, unit_id=file.unit_id, sender=message.sender, identifier=message.identifier, sent=message.sent
    ).first()
    if known is not None:
        if known.digest == content_digest(message):
            return _result(Verdict.DUPLICATE, finding, alert=known.id)
        taken = fault("identity-taken", "alert/identifier", finding.line, value=message.identifier)
        return _result(Verdict.REFUSED, finding, alert=known.id, faults=(taken,))
    row = _row(message, finding, file, now)
    settled = settle(row, message, actor=actor, now=now)
    give_incident(row, message, settled.incidents, now=now)
    warnings = (*finding.warnings, *_too_early(message, finding, now), *settled.ignored)
    row.warnings = _plain(warnings)
    links = [Link(Relation.ARISES_FROM, Subject.INBOUND_FILE, file.id)]
    links += [Link(Relation.REFERENCES, Subject.ALERT, id) for id in _referred(message, row)]
    told = {name: getattr(row, name) for name in _TOLD_BY_FACT}
    record(
        facts.AlertReceived(subject_id=row.id, links=tuple(links), **told),
        actor=actor, at=message.sent, now=now, units=row.units, rows=[row],
    )  # fmt: skip
    return _result(Verdict.TAKEN, finding, alert=row.id, warnings=warnings)


def _too_early(message: Message, finding: Finding, now: datetime) -> tuple[Fault, ...]:
    """Warn of a message that came before it was sent: the sender's clock or zone is wrong."""
    if message.sent <= now + CLOCKS_DIFFER:
        return ()
    return (fault("sent-future", "alert/sent", finding.line, sent=message.sent.isoformat()),)


def _row(message: Message, finding: Finding, file: InboundFile, now: datetime) -> Alert:
    info, mark = preferred(message, "vi"), mark_of(message.status, finding.envelope_status)
    severity, urgency, certainty = gravity(message)
    event = info.event if info else ""
    headline = (info.headline if info else "") or event or message.note or message.identifier
    areas = shorten("; ".join(area.description for area in info.areas) if info else "", 400)
    return Alert(
        id=new_id(), world=file.world, units=file.units, unit_id=file.unit_id, file_id=file.id, received_at=now,
        version=message.version, identifier=message.identifier, sender=message.sender, sent=message.sent,
        message_type=message.message_type, mark=mark, event=shorten(event, 200), headline=shorten(headline, 300),
        severity=severity, urgency=urgency, certainty=certainty, areas=areas, expires=over_at(message),
        refers_to=sorted({reference_key(item.sender, item.identifier) for item in message.references}),
        digest=content_digest(message), state=first_state(message, mark),
        content=message.model_dump(mode="json"), raw=finding.raw,
        search_text=fold(f"{event} {headline} {areas} {message.sender} {message.identifier}"),
    )  # fmt: skip


def _referred(message: Message, row: Alert) -> Iterable[UUID]:
    """The alerts here that the message names, whoever sent them."""
    keys = [item.identifier for item in message.references]
    found = Alert.objects.filter(world=row.world, unit_id=row.unit_id, identifier__in=keys).only("sender", "identifier")
    return [item.id for item in found if reference_key(item.sender, item.identifier) in row.refers_to]


def _of_the_file(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "verdict": str(Verdict.REFUSED), "alert": None, "identifier": "", "sender": "", "line": item.line,
            "faults": _plain([item]), "warnings": [],
        }
        for item in reading.faults
    ]  # fmt: skip


def _result(
    verdict: Verdict,
    finding: Finding,
    *,
    alert: UUID | None = None,
    faults: tuple[Fault, ...] | None = None,
    warnings: tuple[Fault, ...] | None = None,
) -> dict[str, Any]:
    return {
        "verdict": str(verdict),
        "alert": str(alert) if alert else None,
        "identifier": finding.identifier,
        "sender": finding.sender,
        "line": finding.line,
        "faults": _plain(finding.faults if faults is None else faults),
        "warnings": _plain(finding.warnings if warnings is None else warnings),
    }


def _plain(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    return [item._asdict() | {"details": dict(item.details)} for item in faults]


def _close(file: InboundFile, results: list[dict[str, Any]]) -> None:
    """Sum the verdicts up: a file in which anything was refused is kept aside, to be looked at."""
    verdicts = [item["verdict"] for item in results]
    file.results = results
    file.taken = verdicts.count(Verdict.TAKEN)
    file.refused = verdicts.count(Verdict.REFUSED)
    good = len(verdicts) - file.refused
    if file.refused:
        file.verdict = str(Verdict.PARTLY if good else Verdict.REFUSED)
    else:
        file.verdict = str(Verdict.TAKEN if file.taken else Verdict.DUPLICATE)


def _plain_name(name: str) -> str:
    """The last part of a name, without what could lead elsewhere or out of the line."""
    last = re.split(r"[/\\]", name)[-1]
    return shorten("".join(character for character in last if character.isprintable()), 150) or "-"
