"""The way of a document to its approval: submitted, agreed to or returned, approved; or abandoned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled, given_reason, stored
from thammuu.directives.documents import labels, policies, rules
from thammuu.directives.documents.actions.holding import Held, fields_of, hold, placed
from thammuu.directives.documents.facts import (
    DocumentAbandoned,
    DocumentApproved,
    DocumentChangeNoted,
    DocumentReturned,
    DocumentReviewed,
    DocumentSubmitted,
    VersionKept,
)
from thammuu.directives.documents.labelling import labelled
from thammuu.directives.documents.models import Document, DocumentChange, DocumentSection, DocumentVersion
from thammuu.directives.documents.rules import DocumentState, Step
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict, Verdict
from thammuu.kernel.ids import new_id
from thammuu.paper.clauses import Clause, ClauseKind


@dataclass(frozen=True, slots=True)
class Told:
    """What a step tells: facts (the first one's subject is the answer), new rows, whom beside the drafting units."""

    facts: Sequence[Fact]
    rows: Sequence[models.Model] = ()
    units: Sequence[UUID] = ()


def submit_document(*, actor: Actor, now: datetime, document: UUID, submission: Submission | None = None) -> UUID:
    """Submit a draft for review: its text is frozen as the next version. Raises `BadInput` if it has no text."""

    def tell(held: Held) -> Told:
        row, clauses = held.row, current_clauses(held.row)
        if not clauses:
            raise BadInput("", _("The document has no text yet."))
        row.version, row.submitted_by_id = row.version + 1, held.post
        version = DocumentVersion(
            id=new_id(), document=row, number=row.version, clauses=clauses, post_id=held.post, frozen_at=now,
            **{**placed(row), "units": drafting(row)},
        )  # fmt: skip
        kept = VersionKept(
            subject_id=version.id,
            links=(Link(Relation.CONCERNS, Subject.DOCUMENT, row.id),),
            **fields_of(VersionKept, version),
        )
        told = DocumentSubmitted(subject_id=row.id, **fields_of(DocumentSubmitted, row))
        return Told([told, kept], [version])

    return pass_on(actor, now, document, Step.SUBMIT, policies.may_edit, tell, submission)


def agree_to_document(
    *, actor: Actor, now: datetime, document: UUID, reason: str = "", submission: Submission | None = None
) -> UUID:
    """Agree to what was submitted; `reason` is what the reviewer adds, if anything."""

    def tell(held: Held) -> Told:
        return Told([DocumentReviewed(subject_id=held.row.id, state=held.row.state)])

    return pass_on(actor, now, document, Step.AGREE, policies.may_review, tell, submission, stored("reason", reason))


def return_document(
    *, actor: Actor, now: datetime, document: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Send a document that was submitted back to be worked on, with a reason; an approval that it had falls."""
    why = given_reason(reason)

    def tell(held: Held) -> Told:
        row = held.row
        row.approved_by_id = row.approved_behalf_id = row.approved_at = None
        return Told([DocumentReturned(subject_id=row.id, state=row.state, reason=why)])

    return pass_on(actor, now, document, Step.RETURN, policies.may_return, tell, submission, why)


def approve_document(
    *, actor: Actor, now: datetime, document: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Approve a reviewed document, with the reason; no signature is made by it."""
    why = filled("reason", reason)

    def tell(held: Held) -> Told:
        row = held.row
        row.approved_by_id, row.approved_behalf_id, row.approved_at = held.post, held.actor.behalf, now
        told = DocumentApproved(
            subject_id=row.id, state=row.state, approved_by_id=held.post, approved_behalf_id=held.actor.behalf,
            approved_at=now, reason=why,
        )  # fmt: skip
        return Told([told])

    return pass_on(actor, now, document, Step.APPROVE, policies.may_approve, tell, submission, why)


def abandon_document(
    *, actor: Actor, now: datetime, document: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Give a draft up, with a reason; it stays on record."""
    why = given_reason(reason)

    def tell(held: Held) -> Told:
        return Told([DocumentAbandoned(subject_id=held.row.id, state=held.row.state, reason=why)])

    return pass_on(actor, now, document, Step.ABANDON, policies.may_edit, tell, submission, why)


def pass_on(
    actor: Actor,
    now: datetime,
    document: UUID,
    step: Step,
    allowed: Callable[[Actor, Document], Verdict],
    tell: Callable[[Held], Told],
    submission: Submission | None,
    reason: str = "",
) -> UUID:
    """Carry one step out and return its answer; `tell` is called with the locked row, its `state` already the new one.

    Raises `Missing`, `Refused`, or `Conflict` where the document does not stand so that the step can be taken.
    """
    with transaction.atomic():
        held = hold(actor, document, allowed, submission)
        if held.again is not None:
            return held.again
        row, before = held.row, DocumentState(held.row.state)
        following = rules.after(before, step)
        if following is None:
            text = _("The document stands at “{state}”; this cannot be done now.")
            raise Conflict(text.format(state=labels.STATES[before]))
        row.state = str(following)
        told = tell(held)
        row.save()
        change = _change(held, now, step, before, reason)
        done = record(
            *told.facts, _noted(change), actor=held.actor, at=now, now=now, units=told.units or drafting(row),
            event=row.event_id,
            classification=row.classification, rows=[*told.rows, change], submission=submission,
        )  # fmt: skip
    return done.answer


def drafting(row: Document) -> list[UUID]:
    """Return the units that see how a document comes about: the issuing and the drafting one."""
    return list(dict.fromkeys([row.unit_id, row.drafting_unit_id]))


def current_clauses(row: Document) -> list[dict[str, str]]:
    """Return the text as it stands, labelled, as a version keeps it."""
    by_id = {section.id: section for section in DocumentSection.objects.filter(id__in=row.order)}
    sections = [by_id[id] for id in row.order]
    clauses = labelled(Clause(ClauseKind(one.kind), one.text, one.label) for one in sections)
    return [
        {"section": str(section.id), "kind": str(clause.kind), "label": clause.label, "text": clause.text}
        for section, clause in zip(sections, clauses, strict=True)
    ]


def _change(held: Held, now: datetime, step: Step, before: DocumentState, reason: str) -> DocumentChange:
    row = held.row
    return DocumentChange(
        id=new_id(), document=row, step=str(step), state_before=str(before), state_after=row.state,
        version=row.version, reason=reason, post_id=held.post, behalf_id=held.actor.behalf, changed_at=now,
        **{**placed(row), "units": drafting(row)},
    )  # fmt: skip


def _noted(change: DocumentChange) -> DocumentChangeNoted:
    link = Link(Relation.CONCERNS, Subject.DOCUMENT, change.document_id)
    return DocumentChangeNoted(subject_id=change.id, links=(link,), **fields_of(DocumentChangeNoted, change))
