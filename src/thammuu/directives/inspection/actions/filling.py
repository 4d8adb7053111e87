"""Filling the checklist at an inspected unit, and reporting what was found there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import stored
from thammuu.directives.inspection import policies, rules
from thammuu.directives.inspection.actions.holding import Held, hold, in_state
from thammuu.directives.inspection.actions.passing import Taken, take_step
from thammuu.directives.inspection.facts import InspectionReported, SheetFilled, SheetShared
from thammuu.directives.inspection.finding_facts import FindingShared
from thammuu.directives.inspection.models import Finding, Inspection, InspectionSheet
from thammuu.directives.inspection.rules import FindingState, InspectionState, Result, Step
from thammuu.journal.facts import Fact
from thammuu.journal.recording import Submission, Told, record
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict, Missing
from thammuu.org import queries as org
from thammuu.org.policies import visible_to
from thammuu.paper.actions import share_attachments


class Refilled(Conflict):
    """The sheet was filled meanwhile; nothing of the newer results is lost."""


def fill_sheet(
    *,
    actor: Actor,
    now: datetime,
    sheet: UUID,
    version: int,
    results: Sequence[tuple[Result, str]],
    submission: Submission | None = None,
) -> UUID:
    """Write down the result and the remark of each item, in their order; return the sheet's id.

    `version` is that of the sheet from which the actor went out. Raises `Refilled` if it is not the present one,
    `Conflict` unless the visit is under way.
    """
    with transaction.atomic():
        seen = InspectionSheet.objects.filter(visible_to(actor), id=sheet).only("inspection_id").first()
        if seen is None:
            raise Missing(_("There is no such checklist, or your post may not see it."))
        held = hold(actor, seen.inspection_id, policies.may_inspect, submission)
        if held.again is not None:
            return held.again
        in_state(held.row, InspectionState.UNDER_WAY)
        row = InspectionSheet.objects.get(id=sheet)
        if row.version != version:
            raise Refilled(_("This checklist was filled by someone else while you were filling it."))
        if len(results) != len(row.items):
            raise BadInput("", _("The checklist has another number of items; load the page again."))
        row.items = [
            {**item, "result": str(result), "remark": stored("remark", remark)}
            for item, (result, remark) in zip(row.items, results, strict=True)
        ]
        row.version, row.filled_by_id, row.filled_at = row.version + 1, held.post, now
        row.save(update_fields=["items", "version", "filled_by_id", "filled_at"])
        told = SheetFilled(
            subject_id=row.id, items=tuple(row.items), version=row.version, filled_by_id=held.post, filled_at=now
        )
        done = record(
            told, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, submission=submission,
        )  # fmt: skip
    return done.answer


def report_inspection(*, actor: Actor, now: datetime, inspection: UUID, submission: Submission | None = None) -> UUID:
    """Report what was found: each inspected unit sees its own sheet and findings from now on, and no other's.

    Raises `BadInput` while an item of a checklist was not looked at.
    """

    def tell(held: Held) -> Taken:
        row = held.row
        sheets = list(InspectionSheet.objects.filter(inspection=row).order_by("id"))
        for sheet in sheets:
            left = rules.unanswered(item["result"] for item in sheet.items)
            if left:
                text = _("Items of the checklist that were not looked at, {unit}: {count}")
                raise BadInput("", text.format(unit=org.unit_label(sheet.unit_id), count=left))
        findings = list(Finding.objects.filter(inspection=row, state=str(FindingState.OPEN)).order_by("id"))
        beside = [told for unit in row.inspected_units for told in _shared(row, unit, sheets, findings)]
        told = InspectionReported(subject_id=row.id, state=row.state, findings=len(findings))
        return Taken([told], beside=beside)

    return take_step(actor, now, inspection, Step.REPORT, policies.may_inspect, tell, submission)


def _shared(
    inspection: Inspection, unit: UUID, sheets: Sequence[InspectionSheet], findings: Sequence[Finding]
) -> list[Told]:
    """Let an inspected unit see its own; return what is recorded of it, for its people and those who inspect."""
    units = [inspection.unit_id, unit]
    facts: list[Fact] = []
    rows: list[InspectionSheet | Finding] = [*sheets, *findings]
    for row in rows:
        if row.unit_id == unit:
            row.units = units
            row.save(update_fields=["units"])
            kind = SheetShared if isinstance(row, InspectionSheet) else FindingShared
            facts.append(kind(subject_id=row.id, units=tuple(units)))
            if isinstance(row, Finding):
                facts.extend(share_attachments(row.attachments, units))
    return [Told(facts, units, (), inspection.event_id, inspection.classification)] if facts else []
