"""Taking the incoming register of an office over: all chosen lines or none, with the numbers that they have."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import given_reason, stored
from thammuu.directives.documents.actions.numbering import locked_series
from thammuu.directives.documents.models import NumberSeries
from thammuu.directives.documents.number_facts import SeriesContinued
from thammuu.directives.incoming import policies
from thammuu.directives.incoming.actions.describing import Arrival, describe
from thammuu.directives.incoming.actions.holding import post_of
from thammuu.directives.incoming.actions.registering import registered
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.rules import ARRIVALS, IncomingState
from thammuu.journal.recording import Submission, Told, answered, record_each
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict
from thammuu.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an office's register. `number` is its number of arrival, None to be given the next one of its year."""

    arrival: Arrival
    number: int | None = None
    lead: UUID | None = None
    passed_on: date | None = None
    note: str = ""


def import_incoming(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    entries: Sequence[Entry],
    settled: str = "",
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> UUID:
    """Register the lines of the unit's own register in one transaction; return the id of the first.

    With `settled`, the reason why nothing of it waits any more, they are on record only. The series of each year goes
    on after the highest number. Raises `BadInput` for a line that cannot be, naming it, and `Conflict` for a number
    that is taken.
    """
    actor = acting(actor, policies.may_register(actor, unit, event=event, classification=classification))
    post = post_of(actor)
    why = given_reason(settled) if settled else ""
    rows = [_row(actor, unit, post, now, entry, why) for entry in entries]
    for row in rows:
        row.event_id, row.classification = event, classification
    with transaction.atomic():
        series = {year: locked_series(actor, now, unit, ARRIVALS, year) for year in sorted({row.year for row in rows})}
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if not rows:
            raise BadInput("entries", _("There is no line to be taken over."))
        _number(rows, entries, series)
        _name_copies(actor, unit, rows)
        for one in series.values():
            one.save(update_fields=["last"])
        told = [Told([registered(row)], row.units, [row], event, classification) for row in rows]
        told += [Told([SeriesContinued(subject_id=one.id, last=one.last)], one.units) for one in series.values()]
        done = record_each(told, actor=actor, at=now, now=now, submission=submission)
    return done.answer


def _row(actor: Actor, unit: UUID, post: UUID, now: datetime, entry: Entry, why: str) -> IncomingDocument:
    state = IncomingState.SETTLED if why else IncomingState.PASSED_ON if entry.lead else IncomingState.REGISTERED
    row = IncomingDocument(
        id=new_id(), world=actor.scope.world, units=list(dict.fromkeys([unit, *([entry.lead] if entry.lead else [])])),
        unit_id=unit, post_id=post, registered_at=now, state=str(state), lead_unit_id=entry.lead,
        note=stored("note", entry.note), reason=why,
    )  # fmt: skip
    describe(row, entry.arrival, clock.day_of(now))
    row.year = row.arrived_on.year
    if entry.lead is not None:
        row.passed_on_at = clock.start_of(entry.passed_on or row.arrived_on)
    row.settled_on = clock.day_of(now) if why else None
    return row


def _number(rows: Sequence[IncomingDocument], entries: Sequence[Entry], series: dict[int, NumberSeries]) -> None:
    """Give each row its number: the one of its line, else the next after all that its year has."""
    taken: dict[int, set[int]] = defaultdict(set)
    for year, one in series.items():
        found = IncomingDocument.objects.filter(world=one.world, unit=one.unit_id, year=year)
        taken[year] = set(found.values_list("number", flat=True))
    for row, entry in zip(rows, entries, strict=True):
        if entry.number is None:
            continue
        if entry.number in taken[row.year]:
            text = _("The number of arrival {number} of {year} is taken.")
            raise Conflict(text.format(number=entry.number, year=row.year))
        taken[row.year].add(entry.number)
        row.number = entry.number
        series[row.year].last = max(series[row.year].last, entry.number)
    for row, entry in zip(rows, entries, strict=True):
        if entry.number is None:
            series[row.year].last += 1
            row.number = series[row.year].last


def _name_copies(actor: Actor, unit: UUID, rows: Sequence[IncomingDocument]) -> None:
    """Say of each row whose second copy it is, among what is registered and the rows before it."""
    wanted = {row.likeness for row in rows if row.likeness}
    known = IncomingDocument.objects.filter(world=actor.scope.world, unit=unit, likeness__in=wanted)
    first: dict[tuple[str, int], UUID] = {}
    for row in (*known.order_by("registered_at", "id"), *rows):
        if row.likeness:
            key = row.likeness, row.dated.year if row.dated else row.year
            row.copy_of = row.copy_of or first.get(key)
            first.setdefault(key, row.copy_of or row.id)
