"""Drawing up checklists and revising them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.inspection import policies
from thammuu.directives.inspection.facts import ChecklistDrawnUp, ChecklistRevised
from thammuu.directives.inspection.models import Checklist
from thammuu.directives.inspection.rules import LONGEST_ITEM, MOST_ITEMS
from thammuu.journal.recording import Submission, answered, record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.policies import visible_to


def draw_up_checklist(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    name: str,
    items: Sequence[str],
    submission: Submission | None = None,
) -> UUID:
    """Give a unit a checklist under a name of its own; return its id.

    Raises `BadInput` for empty words, a name that the unit has already, or too many or too long items.
    """
    actor = acting(actor, policies.may_plan(actor, unit))
    with transaction.atomic():
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        row = Checklist(
            id=new_id(), world=actor.scope.world, units=[unit], unit_id=unit, name=filled("name", name),
            items=_items(items), version=1, post_id=policies.post_of(actor), revised_at=now,
        )  # fmt: skip
        _only_one(row)
        done = record(
            ChecklistDrawnUp(subject_id=row.id, **fields_of(ChecklistDrawnUp, row)),
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            rows=[row],
            submission=submission,
        )
    return done.answer


def revise_checklist(
    *,
    actor: Actor,
    now: datetime,
    checklist: UUID,
    version: int,
    name: str,
    items: Sequence[str],
    submission: Submission | None = None,
) -> UUID:
    """Make the next version of a checklist; visits keep the version that they were planned with.

    `version` is the one from which the actor went out; raises `Conflict` if there is a later one by now.
    """
    with transaction.atomic():
        row = Checklist.objects.select_for_update().filter(visible_to(actor), id=checklist).first()
        if row is None:
            raise Missing(_("There is no such checklist, or your post may not see it."))
        actor = acting(actor, policies.may_keep(actor, row))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if row.version != version:
            raise Conflict(
                _("The checklist was revised meanwhile; look at version {version}.").format(version=row.version)
            )
        row.name, row.items, row.version = filled("name", name), _items(items), row.version + 1
        row.post_id, row.revised_at = policies.post_of(actor), now
        _only_one(row)
        row.save()
        done = record(
            ChecklistRevised(subject_id=row.id, **fields_of(ChecklistRevised, row)),
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            submission=submission,
        )
    return done.answer


def _items(given: Sequence[str]) -> list[str]:
    items = [item for item in (stored("items", one) for one in given) if item]
    if not items:
        raise BadInput("items", _("A checklist has at least one item."))
    if len(items) > MOST_ITEMS:
        raise BadInput("items", _("A checklist has at most {most} items.").format(most=MOST_ITEMS))
    if max(map(len, items)) > LONGEST_ITEM:
        raise BadInput("items", _("An item has at most {most} characters.").format(most=LONGEST_ITEM))
    return items


def _only_one(row: Checklist) -> None:
    others = Checklist.objects.filter(world=row.world, unit=row.unit_id, name=row.name).exclude(id=row.id)
    if others.exists():
        raise BadInput("name", _("The unit has a checklist of this name already."))
