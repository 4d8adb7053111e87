"""Registering what came in, with the next number of the year's arrivals, and correcting what was registered."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import given_reason
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.documents.actions.importing import sound
from thammuu.directives.documents.actions.numbering import locked_series, take_number
from thammuu.directives.documents.labelling import labelled
from thammuu.directives.documents.rules import MOST_SECTIONS
from thammuu.directives.incoming import policies
from thammuu.directives.incoming.actions.describing import Arrival, describe, judge_copy, judge_files
from thammuu.directives.incoming.actions.holding import hold, placed, post_of
from thammuu.directives.incoming.facts import IncomingCorrected, IncomingRegistered, IncomingTextKept
from thammuu.directives.incoming.models import IncomingDocument, IncomingText
from thammuu.directives.incoming.rules import ARRIVALS, IncomingState
from thammuu.directives.kept_words import words_of
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission, answered, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.paper.clauses import Clause
from thammuu.paper.intake import Kept, attachments_of


def register_incoming(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    arrival: Arrival,
    clauses: Sequence[Clause] = (),
    files: Sequence[Kept] = (),
    second_copy: bool = False,
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> UUID:
    """Register a document that came to the unit and return its id; the number is taken in the same transaction.

    `clauses` are its text as it was read from one of the `files`. Raises `Duplicate` if the unit has registered it
    already and `second_copy` does not say so, `BadInput` for words and days that cannot be.
    """
    actor = acting(actor, policies.may_register(actor, unit, event=event, classification=classification))
    post, today = post_of(actor), clock.day_of(now)
    judge_files(files)
    row = IncomingDocument(
        id=new_id(), world=actor.scope.world, units=[unit], classification=classification, event_id=event,
        unit_id=unit, post_id=post, registered_at=now, state=str(IncomingState.REGISTERED),
    )  # fmt: skip
    describe(row, arrival, today)
    row.year = row.arrived_on.year
    text = text_of(row, clauses)
    with transaction.atomic():
        series = locked_series(actor, now, unit, ARRIVALS, row.year)
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        judge_copy(actor, row, second_copy)
        link = Link(Relation.CONCERNS, Subject.INCOMING_DOCUMENT, row.id)
        row.number = take_number(actor, now, series, link)
        attached, stored = attachments_of(
            files, world=row.world, units=row.units, now=now, classification=classification, event=event,
            links=[Link(Relation.ATTACHED_TO, Subject.INCOMING_DOCUMENT, row.id)],
        )  # fmt: skip
        row.attachments = [file.id for file in attached]
        rows: list[models.Model] = [*attached, row]
        told: list[Fact] = [registered(row), *stored]
        if text is not None:
            rows.append(text)
            told.append(IncomingTextKept(subject_id=text.id, **fields_of(IncomingTextKept, text)))
        done = record(
            *told, actor=actor, at=now, now=now, units=row.units, event=event, classification=classification,
            rows=rows, submission=submission,
        )  # fmt: skip
    return done.answer


def correct_incoming(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    arrival: Arrival,
    reason: str,
    second_copy: bool = False,
    submission: Submission | None = None,
) -> UUID:
    """Correct what was registered, with the reason; the number of arrival stays, and so does its year.

    Raises `Duplicate` and `BadInput` as registering does.
    """
    why = given_reason(reason)
    with transaction.atomic():
        held = hold(actor, document, policies.may_keep, submission)
        if held.again is not None:
            return held.again
        row = held.row
        describe(row, arrival, clock.day_of(now))
        if row.arrived_on.year != row.year:
            raise BadInput("arrived_on", _("The number of arrival belongs to the year {year}.").format(year=row.year))
        judge_copy(held.actor, row, second_copy)
        row.save()
        told = IncomingCorrected(
            subject_id=row.id, links=_copy_links(row), correction=why,
            **{name: value for name, value in _described(row).items()},
        )  # fmt: skip
        done = record(
            told, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, submission=submission,
        )  # fmt: skip
    return done.answer


def registered(row: IncomingDocument) -> IncomingRegistered:
    """Return the fact of a registration."""
    return IncomingRegistered(subject_id=row.id, links=_copy_links(row), **fields_of(IncomingRegistered, row))


def text_of(row: IncomingDocument, clauses: Sequence[Clause]) -> IncomingText | None:
    """Return the text as it is kept, unsaved; None without a clause. Raises `BadInput` for `clauses`."""
    if not clauses:
        return None
    if len(clauses) > MOST_SECTIONS:
        raise BadInput("clauses", _("A document has at most {most} sections.").format(most=MOST_SECTIONS))
    try:
        good = list(labelled(sound(clause) for clause in clauses))
    except BadInput as fault:
        raise BadInput("clauses", fault.reason) from None
    kept = [{"id": str(new_id()), "kind": str(one.kind), "label": one.label, "text": one.text} for one in good]
    words = words_of(" ".join(f"{one.label} {one.text}" for one in good))
    return IncomingText(id=new_id(), document=row, clauses=kept, search_text=words, **placed(row))


def _described(row: IncomingDocument) -> dict[str, object]:
    names = ("arrived_on", "issuer", "symbol", "dated", "type_name", "abstract", "urgency", "copy_of")
    return {name: getattr(row, name) for name in names}


def _copy_links(row: IncomingDocument) -> tuple[Link, ...]:
    return (Link(Relation.REFERENCES, Subject.INCOMING_DOCUMENT, row.copy_of),) if row.copy_of else ()
