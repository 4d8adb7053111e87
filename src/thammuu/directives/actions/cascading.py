"""One task for many units at once, each level below the one that examines it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.issuing import Task, assigned, shared, term_of, told_of
from thammuu.directives.actions.wording import filled
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.receiving import Cascade, planned
from thammuu.journal.recording import Submission, Told, answered, record_each
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org.policies import visible_to


def cascade_assignments(
    *,
    actor: Actor,
    now: datetime,
    decision: UUID,
    cascade: Cascade,
    seen: str = "",
    submission: Submission | None = None,
) -> UUID:
    """Give every chosen unit its own assignment; return the id of the highest unit's.

    The assignment of a unit below another chosen one belongs to that one's: it issues and verifies it. `seen` is the
    digest of the plan that was shown. Raises `BadInput` where the plan is another by now, and as `planned` does.
    """
    with transaction.atomic():
        row = Decision.objects.select_for_update().filter(visible_to(actor), id=decision).first()
        if row is None:
            raise Missing(_("There is no such decision, or your post may not see it."))
        actor = acting(actor, policies.may_assign(actor, row))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        title, product = filled("task", cascade.title), filled("product", cascade.product)
        plan = planned(actor, row, cascade, term_of(cascade.term_days, cascade.deadline, now), now)
        if seen and plan.digest != seen:
            raise BadInput("", _("The units or the deadlines have changed since you looked; look again."))
        made: dict[UUID, Assignment] = {}
        told: list[Told] = []
        for step in plan.steps:
            task = Task(title, product, step.deadline, None, cascade.urgency)
            parent = made[step.above[0]] if step.above else None
            made[step.unit], fact = assigned(row, task, step.unit, now, parent=parent)
            told.append(told_of(made[step.unit], fact))
        share = shared(row, list(made))
        done = record_each([*told, *([share] if share else [])], actor=actor, at=now, now=now, submission=submission)
    return done.answer
