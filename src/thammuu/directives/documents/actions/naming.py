"""What symbols are made of: the abbreviations of units, and the types of document that a unit adds."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled
from thammuu.directives.documents import policies
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.documents.kinds import BUILT_IN
from thammuu.directives.documents.models import DocumentType, UnitSymbol
from thammuu.directives.documents.number_facts import SymbolGiven, TypeAdded
from thammuu.journal.recording import Submission, answered, record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict
from thammuu.kernel.ids import new_id

LONGEST_ABBREVIATION = 20


def give_symbol(
    *, actor: Actor, now: datetime, unit: UUID, abbreviation: str, submission: Submission | None = None
) -> UUID:
    """Give a unit its abbreviation, or another one: documents issued before keep the symbol they have."""
    actor = acting(actor, policies.may_name_types(actor, unit))
    given = _abbreviation("abbreviation", abbreviation)
    with transaction.atomic():
        row = UnitSymbol.objects.select_for_update().filter(world=actor.scope.world, unit=unit).first()
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        return _give(actor, now, unit, given, row, submission).id


def add_type(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    name: str,
    abbreviation: str,
    series: str = "",
    submission: Submission | None = None,
) -> UUID:
    """Add a type of document of the unit's own; `series` names a series that it shares, "": it has its own."""
    actor = acting(actor, policies.may_name_types(actor, unit))
    code = _abbreviation("abbreviation", abbreviation)
    shared = _abbreviation("series", series) if series.strip() else code
    with transaction.atomic():
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        row = DocumentType(
            id=new_id(), world=actor.scope.world, units=[unit], unit_id=unit, name=filled("name", name),
            abbreviation=code, series=shared,
        )  # fmt: skip
        known = DocumentType.objects.filter(world=row.world, unit=unit, abbreviation=code)
        if code in BUILT_IN or known.exists():
            raise BadInput("abbreviation", _("A type with this abbreviation exists already."))
        done = record(
            TypeAdded(subject_id=row.id, **fields_of(TypeAdded, row)),
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            rows=[row],
            submission=submission,
        )
    return done.answer


def remember_symbol(actor: Actor, now: datetime, unit: UUID, given: str, field: str) -> str:
    """Return a unit's abbreviation within the caller's transaction: the known one, or the given one from now on.

    Raises `BadInput` for the field if there is neither.
    """
    row = UnitSymbol.objects.filter(world=actor.scope.world, unit=unit).first()
    if row is None:
        row = _give(actor, now, unit, _abbreviation(field, given), None, None)
    return row.abbreviation


def _give(
    actor: Actor, now: datetime, unit: UUID, given: str, row: UnitSymbol | None, submission: Submission | None
) -> UnitSymbol:
    new = row is None
    if row is None:
        row = UnitSymbol(id=new_id(), world=actor.scope.world, units=[unit], unit_id=unit, abbreviation=given)
        UnitSymbol.objects.bulk_create([row], ignore_conflicts=True)
        if not UnitSymbol.objects.filter(id=row.id).exists():
            raise Conflict(_("Another post gave this unit its abbreviation at the same moment; look at it first."))
    row.abbreviation = given
    if not new:
        row.save(update_fields=["abbreviation"])
    told = SymbolGiven(subject_id=row.id, **fields_of(SymbolGiven, row))
    record(told, actor=actor, at=now, now=now, units=row.units, submission=submission)
    return row


def _abbreviation(field: str, text: str) -> str:
    found = filled(field, text)
    if len(found) > LONGEST_ABBREVIATION or any(letter.isspace() or letter == "/" for letter in found):
        raise BadInput(field, _("An abbreviation has no blank and no stroke, and at most 20 characters."))
    return found
