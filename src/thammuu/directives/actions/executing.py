"""What the units that carry an assignment out do: acknowledge, report, hand in evidence."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.changing import Told, change_assignment
from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.facts import (
    AssignmentAcknowledged,
    AssignmentAdvanced,
    AssignmentSubmitted,
    EvidenceHandedIn,
    ProgressReported,
)
from thammuu.directives.models import Assignment, Evidence, Progress
from thammuu.directives.rules import Act, EvidenceState
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.paper.intake import Kept, attachments_of

MOST_FILES = 10


def acknowledge_assignment(
    *, actor: Actor, now: datetime, assignment: UUID, submission: Submission | None = None
) -> UUID:
    """Let the lead unit take note of its assignment."""

    def tell(row: Assignment) -> Told:
        return Told(facts=[AssignmentAcknowledged(subject_id=row.id, state=row.state)])

    return change_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        act=Act.ACKNOWLEDGE,
        allowed=policies.may_acknowledge,
        tell=tell,
        submission=submission,
    )


def report_progress(
    *,
    actor: Actor,
    now: datetime,
    assignment: UUID,
    percent: int,
    note: str,
    obstacle: str = "",
    submission: Submission | None = None,
) -> UUID:
    """Say how far the actor's unit has come, and what stands in the way. Return the report's id."""
    if not 0 <= percent <= 100:
        raise BadInput("percent", _("Progress is between 0 and 100 %."))

    def tell(row: Assignment) -> Told:
        report = Progress(
            id=new_id(),
            world=row.world,
            units=row.units,
            classification=row.classification,
            event_id=row.event_id,
            assignment_id=row.id,
            unit_id=policies.acting_unit(actor, row),
            percent=percent,
            note=filled("note", note),
            obstacle=stored("obstacle", obstacle),
            reported_at=now,
        )
        row.percent = percent
        told = ProgressReported(subject_id=report.id, links=_to(Relation.CONCERNS, row), **_sets(report))
        advanced = AssignmentAdvanced(subject_id=row.id, state=row.state, percent=percent)
        return Told(facts=[told, advanced], rows=[report], changed=["percent"])

    return change_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        act=Act.REPORT,
        allowed=policies.may_execute,
        tell=tell,
        submission=submission,
    )


def hand_in_evidence(
    *,
    actor: Actor,
    now: datetime,
    assignment: UUID,
    text: str,
    files: Sequence[Kept] = (),
    submission: Submission | None = None,
) -> UUID:
    """Show that the assignment was carried out, in words and files; return the evidence's id.

    The same submission again is answered with the first evidence. Raises `BadInput` without words or with too many
    files, `Conflict` while other evidence waits to be verified.
    """
    if len(files) > MOST_FILES:
        raise BadInput("files", _("At most {most} files are taken at once.").format(most=MOST_FILES))

    def tell(row: Assignment) -> Told:
        return _tell_evidence(actor, now, row, filled("text", text), files)

    return change_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        act=Act.HAND_IN,
        allowed=policies.may_execute,
        tell=tell,
        submission=submission,
    )


def _tell_evidence(actor: Actor, now: datetime, row: Assignment, text: str, files: Sequence[Kept]) -> Told:
    evidence = Evidence(
        id=new_id(),
        world=row.world,
        units=row.units,
        classification=row.classification,
        event_id=row.event_id,
        assignment_id=row.id,
        unit_id=policies.acting_unit(actor, row),
        text=text,
        handed_in_at=now,
        state=str(EvidenceState.SUBMITTED),
    )
    to_evidence = [Link(Relation.ATTACHED_TO, Subject.EVIDENCE, evidence.id)]
    attached, stored = attachments_of(
        files,
        world=row.world,
        units=row.units,
        now=now,
        links=to_evidence,
        classification=row.classification,
        event=row.event_id,
    )
    evidence.attachments = [file.id for file in attached]
    row.handed_in_at = now
    told = EvidenceHandedIn(subject_id=evidence.id, links=_to(Relation.EVIDENCE_FOR, row), **_sets(evidence))
    submitted = AssignmentSubmitted(subject_id=row.id, state=row.state, handed_in_at=now)
    return Told(facts=[told, *stored, submitted], rows=[*attached, evidence], changed=["handed_in_at"])


def _to(relation: Relation, row: Assignment) -> tuple[Link, ...]:
    return (Link(relation, Subject.ASSIGNMENT, row.id),)


def _sets(row: Progress | Evidence) -> dict[str, object]:
    kind = ProgressReported if isinstance(row, Progress) else EvidenceHandedIn
    return {name: getattr(row, name) for name in kind.model_fields if name not in Fact.model_fields}
