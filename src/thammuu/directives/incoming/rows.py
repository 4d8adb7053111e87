"""Incoming documents as pages and registers show them: labels instead of ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from thammuu.directives import labels as common
from thammuu.directives.incoming import labels
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.rules import IncomingState, timing
from thammuu.directives.rules import Timing, Urgency
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.redaction.words import said
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import directory


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """An incoming document. `title` is number and symbol with the abstract; `answer` is what answers it, if seen."""

    id: UUID
    title: str
    number: int
    year: int
    arrived_on: date
    issuer: str
    symbol: str
    dated: date | None
    type_name: str
    abstract: str
    unit: str
    lead: str
    passed_on: date | None
    received_by: str
    due_on: date | None
    settled_on: date | None
    state: IncomingState
    word: Promise
    tone: str
    timing: Timing | None
    timing_word: Promise | None
    urgency: Promise | None
    note: str
    reason: str
    answer: Card | None
    copy_of: UUID | None
    classification: int

    @property
    def subject(self) -> str:
        """Type and abstract, as the registers put them into one column."""
        return f"{self.type_name}: {self.abstract}" if self.type_name else self.abstract


def incoming_rows(actor: Actor, found: Iterable[IncomingDocument], now: datetime) -> list[IncomingRow]:
    """Return incoming documents as rows."""
    rows = list(found)
    answers = {(Subject(row.answer_kind), row.answer) for row in rows if row.answer is not None}
    cards = cards_of(answers, actor.scope, actor.language)
    return [_row(row, cards, clock.day_of(now)) for row in rows]


def _row(row: IncomingDocument, cards: Mapping[UUID, Card], today: date) -> IncomingRow:
    known = directory.current()
    state, urgency = IncomingState(row.state), Urgency(row.urgency)
    abstract = said(row.abstract)
    return IncomingRow(
        id=row.id,
        title=f"{row.symbol} – {abstract}" if row.symbol else abstract,
        number=row.number,
        year=row.year,
        arrived_on=row.arrived_on,
        issuer=said(row.issuer),
        symbol=row.symbol,
        dated=row.dated,
        type_name=row.type_name,
        abstract=abstract,
        unit=known.unit_label(row.unit_id),
        lead=known.unit_label(row.lead_unit_id),
        passed_on=clock.day_of(row.passed_on_at) if row.passed_on_at else None,
        received_by=known.post_label(row.acknowledged_by_id),
        due_on=row.due_on,
        settled_on=row.settled_on,
        state=state,
        word=labels.STATES[state],
        tone=labels.tone_of(state, row.due_on, row.settled_on, today),
        timing=timing(row.due_on, row.settled_on, today),
        timing_word=labels.timing_word(row.due_on, row.settled_on, today),
        urgency=None if urgency == Urgency.NORMAL else common.URGENCIES[urgency],
        note=row.note,
        reason=row.reason,
        answer=cards.get(row.answer) if row.answer else None,
        copy_of=row.copy_of,
        classification=row.classification,
    )
