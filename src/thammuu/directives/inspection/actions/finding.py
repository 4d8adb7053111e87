"""Findings: made on the visit with their evidence, answered by the inspected unit, struck if they do not stand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.executing import MOST_FILES
from thammuu.directives.actions.wording import filled, given_reason
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.inspection import policies
from thammuu.directives.inspection.actions.holding import hold, hold_finding, in_state, open_finding, placed
from thammuu.directives.inspection.finding_facts import FindingMade, FindingStruck, StatementMade
from thammuu.directives.inspection.models import Finding, FindingStatement, Inspection, InspectionSheet
from thammuu.directives.inspection.rules import ANSWERABLE, STRIKEABLE, FindingState, InspectionState, Severity
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.paper.facts import AttachmentStored
from thammuu.paper.intake import Kept, attachments_of
from thammuu.paper.models import Attachment


def make_finding(
    *,
    actor: Actor,
    now: datetime,
    inspection: UUID,
    unit: UUID,
    text: str,
    severity: Severity,
    item: int | None = None,
    files: Sequence[Kept] = (),
    submission: Submission | None = None,
) -> UUID:
    """Write down what was found at an inspected unit, with the files that show it; return the finding's id.

    `item` is the place on the unit's checklist, from 1. Raises `BadInput` for a unit that is not inspected, an item
    that does not exist or too many files, `Conflict` unless the visit is under way.
    """
    with transaction.atomic():
        held = hold(actor, inspection, policies.may_inspect, submission)
        if held.again is not None:
            return held.again
        in_state(held.row, InspectionState.UNDER_WAY)
        _judge(held.row, unit, item)
        row = Finding(
            id=new_id(), inspection=held.row, unit_id=unit, item=item, severity=str(severity),
            text=filled("text", text), post_id=held.post, found_at=now, state=str(FindingState.OPEN),
            **placed(held.row),
        )  # fmt: skip
        attached, stored = _attached(files, row, Subject.FINDING, now)
        link = Link(Relation.ARISES_FROM, Subject.INSPECTION, held.row.id)
        done = record(
            FindingMade(subject_id=row.id, links=(link,), **fields_of(FindingMade, row)),
            *stored,
            actor=held.actor,
            at=now,
            now=now,
            units=row.units,
            event=row.event_id,
            classification=row.classification,
            rows=[*attached, row],
            submission=submission,
        )
    return done.answer


def make_statement(
    *,
    actor: Actor,
    now: datetime,
    finding: UUID,
    text: str,
    files: Sequence[Kept] = (),
    submission: Submission | None = None,
) -> UUID:
    """Say for the inspected unit what there is to say to a reported finding; return the statement's id.

    Raises `Conflict` once the finding is settled.
    """
    with transaction.atomic():
        held = hold_finding(actor, finding, lambda who, row, _inspection: policies.may_state(who, row), submission)
        if held.again is not None:
            return held.again
        in_state(held.inspection, *ANSWERABLE)
        open_finding(held.row)
        row = FindingStatement(
            id=new_id(), finding=held.row, unit_id=held.row.unit_id, post_id=held.post, text=filled("text", text),
            made_at=now, **{**placed(held.inspection), "units": held.row.units},
        )  # fmt: skip
        attached, stored = _attached(files, row, Subject.FINDING_STATEMENT, now)
        link = Link(Relation.CONCERNS, Subject.FINDING, held.row.id)
        done = record(
            StatementMade(subject_id=row.id, links=(link,), **fields_of(StatementMade, row)),
            *stored,
            actor=held.actor,
            at=now,
            now=now,
            units=row.units,
            event=row.event_id,
            classification=row.classification,
            rows=[*attached, row],
            submission=submission,
        )
    return done.answer


def strike_finding(
    *, actor: Actor, now: datetime, finding: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Say that a finding does not stand, with a reason; it stays readable. Raises `Conflict` after the conclusion."""
    why = given_reason(reason)
    with transaction.atomic():
        held = hold_finding(actor, finding, lambda who, _row, visit: policies.may_inspect(who, visit), submission)
        if held.again is not None:
            return held.again
        in_state(held.inspection, *STRIKEABLE)
        open_finding(held.row)
        row = held.row
        row.state, row.reason = str(FindingState.STRUCK), why
        row.settled_by_id, row.settled_at = held.post, now
        row.save(update_fields=["state", "reason", "settled_by_id", "settled_at"])
        told = FindingStruck(subject_id=row.id, **fields_of(FindingStruck, row))
        done = record(
            told, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, submission=submission,
        )  # fmt: skip
    return done.answer


def _judge(inspection: Inspection, unit: UUID, item: int | None) -> None:
    if unit not in inspection.inspected_units:
        raise BadInput("unit", _("This visit does not inspect that unit."))
    if item is None:
        return
    sheet = InspectionSheet.objects.filter(inspection=inspection, unit=unit).first()
    if sheet is None or not 1 <= item <= len(sheet.items):
        raise BadInput("item", _("The checklist has no such item."))


def _attached(
    files: Sequence[Kept], row: Finding | FindingStatement, subject: Subject, now: datetime
) -> tuple[list[Attachment], list[AttachmentStored]]:
    if len(files) > MOST_FILES:
        raise BadInput("files", _("At most {most} files are taken at once.").format(most=MOST_FILES))
    attached, stored = attachments_of(
        files, world=row.world, units=row.units, now=now, links=[Link(Relation.ATTACHED_TO, subject, row.id)],
        classification=row.classification, event=row.event_id,
    )  # fmt: skip
    row.attachments = [file.id for file in attached]
    return attached, stored
