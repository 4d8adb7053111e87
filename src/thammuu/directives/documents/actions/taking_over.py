"""Taking the outgoing register of an office over: all chosen lines or none, with the numbers that they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.documents import policies, types
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.documents.actions.numbering import HIGHEST, locked_series
from thammuu.directives.documents.facts import DocumentTakenOver
from thammuu.directives.documents.models import Document, NumberSeries
from thammuu.directives.documents.number_facts import SeriesContinued
from thammuu.directives.documents.rules import DocumentState, Standing
from thammuu.journal.recording import Submission, Told, answered, record_each
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict, Refused
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Issued:
    """A line of an office's register of what it issued. `type` is the code of a type, `symbol` stands as it was given.

    `recipients` are words, one a line; `signer` is the title under which it was signed.
    """

    type: str
    number: int
    symbol: str
    dated: date
    abstract: str
    signer: str = ""
    recipients: str = ""


def import_issued(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    entries: Sequence[Issued],
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> UUID:
    """Put what the unit issued before on record in one transaction; return the id of the first. It has no text here.

    Each series goes on after the highest number of its year. Raises `BadInput` for a line that cannot be, naming it,
    and `Conflict` for a number that is taken.
    """
    actor = acting(actor, policies.may_draft(actor, unit, event=event, classification=classification))
    if actor.post is None:
        raise Refused(_("A register is taken over by a post, and you hold none today."))
    rows = [_row(actor, actor.post, unit, now, entry) for entry in entries]
    for row in rows:
        row.event_id, row.classification = event, classification
    with transaction.atomic():
        wanted = sorted({(_year(row), row.series) for row in rows})
        series = {one: locked_series(actor, now, unit, one[1], one[0]) for one in wanted}
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if not rows:
            raise BadInput("entries", _("There is no line to be taken over."))
        _count(rows, series)
        told = [
            Told(
                [DocumentTakenOver(subject_id=row.id, **fields_of(DocumentTakenOver, row))],
                row.units,
                [row],
                event,
                classification,
            )
            for row in rows
        ]
        told += [Told([SeriesContinued(subject_id=one.id, last=one.last)], one.units) for one in series.values()]
        done = record_each(told, actor=actor, at=now, now=now, submission=submission)
    return done.answer


def numbers_taken(unit: UUID, world: str) -> set[tuple[int, str, int]]:
    """Return the years, series and numbers that documents of the unit have, whoever may see them."""
    found = Document.objects.filter(world=world, unit=unit, number__isnull=False, issued_year__isnull=False)
    return {(year or 0, series, number or 0) for year, series, number in found.values_list(*_NUMBER)}


_NUMBER = ("issued_year", "series", "number")


def _row(actor: Actor, post: UUID, unit: UUID, now: datetime, entry: Issued) -> Document:
    kind = types.type_of(entry.type, unit, actor.scope.world)
    if kind is None:
        raise BadInput("type", _("{symbol}: there is no such type of document.").format(symbol=entry.symbol))
    if not 0 < entry.number <= HIGHEST:
        raise BadInput("number", _("A number is between 1 and {most}.").format(most=HIGHEST))
    if entry.dated > clock.day_of(now):
        raise BadInput("dated", _("{symbol}: its day lies ahead.").format(symbol=entry.symbol))
    abstract, symbol = filled("abstract", entry.abstract), filled("symbol", entry.symbol)
    return Document(
        id=new_id(),
        world=actor.scope.world,
        units=[unit],
        unit_id=unit,
        drafting_unit_id=unit,
        post_id=post,
        drafted_at=now,
        type=entry.type,
        type_name=kind.name,
        abbreviation=kind.abbreviation,
        series=kind.series,
        abstract=abstract,
        others=stored("others", entry.recipients),
        signer=stored("signer", entry.signer),
        state=str(DocumentState.ISSUED),
        number=entry.number,
        symbol=symbol,
        issued_at=clock.start_of(entry.dated),
        issued_year=entry.dated.year,
        standing=str(Standing.IN_FORCE),
        search_text=fold(f"{kind.name} {abstract} {symbol}"),
    )


def _count(rows: Sequence[Document], series: dict[tuple[int, str], NumberSeries]) -> None:
    """Let each series stand at the highest of its numbers. Raises `Conflict` for one that two documents have."""
    first = rows[0]
    taken = numbers_taken(first.unit_id, first.world)
    for row in rows:
        number = _year(row), row.series, row.number or 0
        if number in taken:
            raise Conflict(_("The number of {symbol} is taken.").format(symbol=row.symbol))
        taken.add(number)
        one = series[_year(row), row.series]
        one.last = max(one.last, row.number or 0)
    for one in series.values():
        one.save(update_fields=["last"])


def _year(row: Document) -> int:
    return row.issued_year or 0
