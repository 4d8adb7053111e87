"""Planning a visit: what, where, when, by which post, with which checklist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.inspection import policies
from thammuu.directives.inspection.actions.holding import placed
from thammuu.directives.inspection.facts import InspectionPlanned, SheetDrawnUp
from thammuu.directives.inspection.models import Checklist, Inspection, InspectionSheet
from thammuu.directives.inspection.rules import InspectionState, Result
from thammuu.journal.facts import Link
from thammuu.journal.presentation import cards_of
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.clock import day_of
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.policies import visible_to

ORIGINS = frozenset({Subject.DECISION, Subject.DOCUMENT})


@dataclass(frozen=True, slots=True)
class Plan:
    """A visit as it is planned: days of the organisation's calendar, the last one included.

    `responsible` is a post of the inspecting unit, or of one below it that is not inspected; `checklist` is one of the
    inspecting unit's, None for a visit without.
    """

    title: str
    inspected_units: Sequence[UUID]
    starts_on: date
    ends_on: date
    responsible: UUID
    purpose: str = ""
    checklist: UUID | None = None


def plan_inspection(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    plan: Plan,
    arises_from: tuple[Subject, UUID] | None = None,
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> UUID:
    """Plan a visit of the unit; return its id. The checklist is frozen: a sheet for each inspected unit.

    Nobody but the inspecting unit sees it before it is announced or begins. Raises `BadInput` for empty words, units
    that are closed or not below the inspecting one, days gone by, a post, checklist or origin that does not exist.
    """
    actor = acting(actor, policies.may_plan(actor, unit, event=event, classification=classification))
    starts_on, ends_on = judged_days(plan.starts_on, plan.ends_on, now)
    checklist = _checklist(actor, unit, plan.checklist)
    row = Inspection(
        id=new_id(),
        world=actor.scope.world,
        units=[unit],
        classification=classification,
        event_id=event,
        unit_id=unit,
        post_id=policies.post_of(actor),
        behalf_id=actor.behalf,
        planned_at=now,
        title=filled("title", plan.title),
        purpose=stored("purpose", plan.purpose),
        inspected_units=_inspected(unit, plan.inspected_units),
        starts_on=starts_on,
        ends_on=ends_on,
        responsible_id=_responsible(unit, plan),
        arises_from_kind=str(arises_from[0]) if arises_from else "",
        arises_from=arises_from[1] if arises_from else None,
        checklist_id=checklist.id if checklist else None,
        checklist_name=checklist.name if checklist else "",
        checklist_version=checklist.version if checklist else None,
        state=str(InspectionState.PLANNED),
    )
    row.search_text = fold(f"{row.title} {row.purpose}")
    return _record(actor, now, row, _sheets(row, checklist), _origin(actor, arises_from), submission)


def judged_days(starts_on: date, ends_on: date, now: datetime) -> tuple[date, date]:
    """Return the days of a visit. Raises `BadInput` if they lie behind or the last comes before the first."""
    if starts_on < day_of(now):
        raise BadInput("starts_on", _("A visit is not planned for a day gone by."))
    if ends_on < starts_on:
        raise BadInput("ends_on", _("The last day must not come before the first one."))
    return starts_on, ends_on


def _record(
    actor: Actor,
    now: datetime,
    row: Inspection,
    sheets: Sequence[InspectionSheet],
    links: tuple[Link, ...],
    submission: Submission | None,
) -> UUID:
    drawn_up = [
        SheetDrawnUp(
            subject_id=sheet.id,
            links=(Link(Relation.CONCERNS, Subject.INSPECTION, row.id),),
            **fields_of(SheetDrawnUp, sheet),
        )
        for sheet in sheets
    ]
    with transaction.atomic():
        done = record(
            InspectionPlanned(subject_id=row.id, links=links, **fields_of(InspectionPlanned, row)),
            *drawn_up,
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            event=row.event_id,
            classification=row.classification,
            rows=[row, *sheets],
            submission=submission,
        )
    return done.answer


def _inspected(unit: UUID, given: Sequence[UUID]) -> list[UUID]:
    if not given:
        raise BadInput("inspected_units", _("Choose at least one unit to be inspected."))
    known = directory.current()
    below = known.below(unit) - {unit}
    for one in given:
        row = known.units.get(one)
        if row is None or one not in below:
            text = _("{unit} does not stand below the inspecting unit.")
            raise BadInput("inspected_units", text.format(unit=known.unit_label(one) or "?"))
        if not row.stands:
            text = _("{unit} is closed; inspect the unit that succeeds it.")
            raise BadInput("inspected_units", text.format(unit=row.name))
    return list(dict.fromkeys(given))


def _responsible(unit: UUID, plan: Plan) -> UUID:
    """Return the post, which stands in the inspecting unit or below it, but not where it inspects itself."""
    known = directory.current()
    found = known.posts.get(plan.responsible)
    inspected = frozenset[UUID]().union(*(known.below(one) for one in plan.inspected_units))
    if found is None or found.unit not in known.below(unit) - inspected:
        raise BadInput("responsible", _("Choose a post of the inspecting unit."))
    return found.id


def _checklist(actor: Actor, unit: UUID, checklist: UUID | None) -> Checklist | None:
    if checklist is None:
        return None
    row = Checklist.objects.filter(visible_to(actor), id=checklist, unit=unit).first()
    if row is None:
        raise BadInput("checklist", _("The inspecting unit has no such checklist."))
    return row


def _sheets(row: Inspection, checklist: Checklist | None) -> list[InspectionSheet]:
    if checklist is None:
        return []
    items = [{"text": text, "result": str(Result.NONE), "remark": ""} for text in checklist.items]
    return [
        InspectionSheet(id=new_id(), inspection=row, unit_id=unit, items=items, **placed(row))
        for unit in row.inspected_units
    ]


def _origin(actor: Actor, origin: tuple[Subject, UUID] | None) -> tuple[Link, ...]:
    if origin is None:
        return ()
    if origin[0] not in ORIGINS or origin[1] not in cards_of([origin], actor.scope, actor.language):
        text = _("What this inspection arises from does not exist, or your post may not see it.")
        raise BadInput("arises_from", text)
    return (Link(Relation.ARISES_FROM, *origin),)
