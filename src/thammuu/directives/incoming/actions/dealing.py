"""Passing an incoming document on, acknowledging, answering, settling without an answer, taking up again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import given_reason, stored
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.incoming import facts, policies
from thammuu.directives.incoming.actions.holding import Held, hold, stepped
from thammuu.directives.incoming.models import ClauseMeasure, IncomingDocument, IncomingText
from thammuu.directives.incoming.rules import Step
from thammuu.directives.models import Decision
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Refusal, Verdict
from thammuu.org.policies import visible_to
from thammuu.paper.actions import share_attachments

Allowed = Callable[[Actor, IncomingDocument], Verdict]


@dataclass(frozen=True, slots=True)
class Charge:
    """To which unit a document goes, until which day it must be answered (None: no deadline), what is to be done."""

    unit: UUID
    due_on: date | None = None
    note: str = ""


def pass_on_incoming(
    *, actor: Actor, now: datetime, document: UUID, charge: Charge, submission: Submission | None = None
) -> UUID:
    """Pass a document on to a unit, or on from one to another; both see it from now on, and its files.

    Raises `BadInput` for a unit outside the receiving one's reach or a deadline that is over.
    """

    def tell(held: Held) -> Sequence[Fact]:
        row = held.row
        verdict = policies.may_pass_to(row, charge.unit)
        if isinstance(verdict, Refusal):
            raise BadInput("unit", verdict.reason)
        if charge.due_on is not None and charge.due_on < max(row.arrived_on, clock.day_of(now)):
            raise BadInput("due_on", _("The deadline lies in the past."))
        row.lead_unit_id, row.due_on, row.note = charge.unit, charge.due_on, stored("note", charge.note)
        row.passed_on_at, row.acknowledged_at, row.acknowledged_by_id = now, None, None
        row.units = list(dict.fromkeys([*row.units, charge.unit]))
        told = facts.IncomingPassedOn(
            subject_id=row.id, links=(Link(Relation.ASSIGNED_TO, Subject.UNIT, charge.unit),), units=tuple(row.units),
            state=row.state, lead_unit_id=charge.unit, passed_on_at=now, due_on=row.due_on, note=row.note,
        )  # fmt: skip
        return [told, *_shared(row)]

    return _take(actor, now, document, Step.PASS_ON, policies.may_keep, tell, submission)


def acknowledge_incoming(*, actor: Actor, now: datetime, document: UUID, submission: Submission | None = None) -> UUID:
    """Let the unit that a document was passed on to say that it has received it."""

    def tell(held: Held) -> Sequence[Fact]:
        row = held.row
        row.acknowledged_by_id, row.acknowledged_at = held.post, now
        told = facts.IncomingAcknowledged(
            subject_id=row.id, state=row.state, acknowledged_by_id=held.post, acknowledged_at=now
        )
        return [told]

    return _take(actor, now, document, Step.ACKNOWLEDGE, policies.may_take, tell, submission)


def answer_incoming(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    answer: tuple[Subject, UUID],
    submission: Submission | None = None,
) -> UUID:
    """Link the issued document or the decision that answers; its own day is the day of the answer.

    Raises `BadInput` for an answer that is none, may not be seen, or is older than the arrival.
    """

    def tell(held: Held) -> Sequence[Fact]:
        row = held.row
        day = _day_of(held.actor, answer)
        if day < row.arrived_on:
            raise BadInput("answer", _("This is older than the arrival of the document."))
        row.answer_kind, row.answer, row.settled_on = str(answer[0]), answer[1], day
        told = facts.IncomingAnswered(
            subject_id=row.id, links=(Link(Relation.ANSWERED_BY, *answer),), state=row.state,
            answer_kind=row.answer_kind, answer=answer[1], settled_on=day,
        )  # fmt: skip
        return [told]

    return _take(actor, now, document, Step.ANSWER, policies.may_deal, tell, submission)


def settle_incoming(
    *, actor: Actor, now: datetime, document: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Note that a document needs no answer, with the reason."""
    why = given_reason(reason)

    def tell(held: Held) -> Sequence[Fact]:
        row = held.row
        row.reason, row.settled_on = why, clock.day_of(now)
        return [facts.IncomingSettled(subject_id=row.id, state=row.state, reason=why, settled_on=row.settled_on)]

    return _take(actor, now, document, Step.SETTLE, policies.may_deal, tell, submission)


def reopen_incoming(
    *, actor: Actor, now: datetime, document: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Take up again what was answered or settled, with the reason; it is passed on anew from there."""
    why = given_reason(reason)

    def tell(held: Held) -> Sequence[Fact]:
        row = held.row
        row.answer_kind, row.answer, row.reason, row.settled_on = "", None, "", None
        return [facts.IncomingReopened(subject_id=row.id, state=row.state, why=why)]

    return _take(actor, now, document, Step.REOPEN, policies.may_keep, tell, submission)


def _take(
    actor: Actor,
    now: datetime,
    document: UUID,
    step: Step,
    allowed: Allowed,
    tell: Callable[[Held], Sequence[Fact]],
    submission: Submission | None,
) -> UUID:
    """Take one step; `tell` is called with the locked row, its `state` already the new one."""
    with transaction.atomic():
        held = hold(actor, document, allowed, submission)
        if held.again is not None:
            return held.again
        row = held.row
        row.state = stepped(row, step)
        told = tell(held)
        row.save()
        done = record(
            *told, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, submission=submission,
        )  # fmt: skip
    return done.answer


def _shared(row: IncomingDocument) -> list[Fact]:
    """Let the units that see the document see its files, its text, and what carries its clauses out."""
    told: list[Fact] = list(share_attachments(row.attachments, row.units))
    for text in IncomingText.objects.select_for_update().filter(document=row):
        text.units = row.units
        text.save(update_fields=["units"])
        told.append(facts.IncomingTextShared(subject_id=text.id, units=tuple(text.units)))
    for measure in ClauseMeasure.objects.select_for_update().filter(document=row).order_by("id"):
        measure.units = row.units
        measure.save(update_fields=["units"])
        told.append(facts.MeasureShared(subject_id=measure.id, units=tuple(measure.units)))
    return told


def _day_of(actor: Actor, answer: tuple[Subject, UUID]) -> date:
    """Return the day of an answer. Raises `BadInput` for what answers nothing or may not be seen."""
    kind, id = answer
    at: datetime | None = None
    if kind == Subject.DOCUMENT:
        issued = Document.objects.filter(visible_to(actor), id=id, state=str(DocumentState.ISSUED))
        at = issued.values_list("issued_at", flat=True).first()
    elif kind == Subject.DECISION:
        at = Decision.objects.filter(visible_to(actor), id=id).values_list("decided_at", flat=True).first()
    if at is None:
        raise BadInput("answer", _("Only an issued document or a decision that your post may see answers."))
    return clock.day_of(at)
