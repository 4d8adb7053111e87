"""Taking the next number of a yearly series: the series' row is locked until the issue is committed or undone.

Numbers begin with 01 on 1 January and end on 31 December (Decree 30/2020/NĐ-CP, article 15). An issue that fails gives
its number back, since it was never committed; two issues at once wait for each other.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.documents import policies, types
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.documents.models import Document, NumberSeries
from thammuu.directives.documents.number_facts import NumberTaken, SeriesContinued, SeriesOpened
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, answered, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict
from thammuu.kernel.ids import new_id

HIGHEST = 99_999


def next_number(actor: Actor, now: datetime, document: Document, year: int) -> int:
    """Take the next number for a document within the caller's transaction."""
    row = locked_series(actor, now, document.unit_id, document.series, year)
    return take_number(actor, now, row, Link(Relation.CONCERNS, Subject.DOCUMENT, document.id))


def locked_series(actor: Actor, now: datetime, unit: UUID, series: str, year: int) -> NumberSeries:
    """Return the locked row of a unit's series in a year, opened if there is none, within the caller's transaction."""
    key = {"world": actor.scope.world, "unit_id": unit, "series": series, "year": year}
    return NumberSeries.objects.select_for_update().filter(**key).first() or _opened(actor, now, key)


def take_number(actor: Actor, now: datetime, row: NumberSeries, link: Link) -> int:
    """Take the next number of a locked series for what the link names."""
    row.last += 1
    row.save(update_fields=["last"])
    told = NumberTaken(subject_id=row.id, last=row.last, links=(link,))
    record(told, actor=actor, at=now, now=now, units=row.units)
    return row.last


def _opened(actor: Actor, now: datetime, key: dict[str, object]) -> NumberSeries:
    """Open the series, unless another issue did at the same instant; return its locked row."""
    unit = key["unit_id"]
    new = NumberSeries(id=new_id(), units=[unit], **key)
    NumberSeries.objects.bulk_create([new], ignore_conflicts=True)
    row = NumberSeries.objects.select_for_update().get(**key)
    if row.id == new.id:
        told = SeriesOpened(subject_id=row.id, **fields_of(SeriesOpened, row))
        record(told, actor=actor, at=now, now=now, units=row.units)
    return row


def continue_series(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    type: str,
    last: int,
    submission: Submission | None = None,
) -> UUID:
    """Say which number of this year's series of a type was the last that was given before Thammuu gave any.

    Raises `BadInput` for a type or number that is none, `Conflict` once a number was taken: it cannot be taken back.
    """
    actor = acting(actor, policies.may_name_types(actor, unit))
    kind = types.type_of(type, unit, actor.scope.world)
    if kind is None:
        raise BadInput("type", _("There is no such type of document."))
    if not 0 < last <= HIGHEST:
        raise BadInput("last", _("A number is between 1 and {most}.").format(most=HIGHEST))
    year = clock.day_of(now).year
    with transaction.atomic():
        row = locked_series(actor, now, unit, kind.series, year)
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if row.last:
            raise Conflict(_("This series stands at number {last} already.").format(last=row.last))
        row.last = last
        row.save(update_fields=["last"])
        told = SeriesContinued(subject_id=row.id, last=last)
        done = record(told, actor=actor, at=now, now=now, units=row.units, submission=submission)
    return done.answer
