"""Setting a unit's policy of urging: drawing it up, changing its ladder, switching it on and off."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.directives.actions.wording import given_reason
from thammuu.directives.urging.facts import (
    UrgingLadderChanged,
    UrgingPolicyDrawnUp,
    UrgingPolicySwitchedOff,
    UrgingPolicySwitchedOn,
)
from thammuu.directives.urging.models import UrgingPolicy
from thammuu.directives.urging.policies import may_set_policy
from thammuu.directives.urging.rules import MOST_RUNGS, USUAL, Ladder, faults_of
from thammuu.journal.facts import Fact
from thammuu.journal.recording import Submission, answered, record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.policies import visible_to

FAULTS: Mapping[str, Promise] = {
    "empty": gettext_lazy("A ladder has at least one rung."),
    "many": gettext_lazy("A ladder has at most {most} rungs."),
    "twice": gettext_lazy("Two rungs urge the same at the same time."),
    "range": gettext_lazy("A rung lies too far from the deadline or the issue."),
}


def draw_up_policy(*, actor: Actor, now: datetime, unit: UUID, submission: Submission | None = None) -> UUID:
    """Give the unit a policy with the usual ladder, switched off; return its id. Raises `Conflict` if it has one."""
    actor = acting(actor, may_set_policy(actor, unit))
    again = answered(actor, submission)
    if again is not None:
        return again.answer
    if UrgingPolicy.objects.filter(world=actor.scope.world, unit=unit).exists():
        raise Conflict(_("This unit has a policy of urging already."))
    row = UrgingPolicy(
        id=new_id(),
        world=actor.scope.world,
        units=[unit],
        unit_id=unit,
        ladder=USUAL.plain(),
        changed_at=now,
        post_id=actor.post,
    )
    told = UrgingPolicyDrawnUp(
        subject_id=row.id, world=row.world, units=(unit,), unit_id=unit, version=row.version, ladder=row.ladder,
        is_on=False, reason="", changed_at=now, post_id=actor.post,
    )  # fmt: skip
    with transaction.atomic():
        return record(
            told, actor=actor, at=now, now=now, units=row.units, rows=[row], submission=submission
        ).answer  # fmt: skip


def change_ladder(
    *, actor: Actor, now: datetime, policy: UUID, version: int, ladder: Ladder, submission: Submission | None = None
) -> UUID:
    """Give a policy another ladder; `version` is the one that was changed. What was sent is not sent anew.

    Raises `BadInput` for a ladder that breaks a rule, `Conflict` if somebody changed it meanwhile.
    """
    for fault in faults_of(ladder):
        raise BadInput("", str(FAULTS[fault]).format(most=MOST_RUNGS))
    with transaction.atomic():
        row = _locked(actor, policy)
        actor = acting(actor, may_set_policy(actor, row.unit_id))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if row.version != version:
            raise Conflict(_("The ladder was changed meanwhile. Look at it again; what you typed was not taken."))
        row.version, row.ladder, row.changed_at, row.post_id = version + 1, ladder.plain(), now, actor.post
        row.save(update_fields=["version", "ladder", "changed_at", "post"])
        told = UrgingLadderChanged(
            subject_id=row.id, version=row.version, ladder=row.ladder, changed_at=now, post_id=actor.post
        )
        return _recorded(actor, now, row, told, submission)


def switch_policy(
    *, actor: Actor, now: datetime, policy: UUID, on: bool, reason: str, submission: Submission | None = None
) -> UUID:
    """Switch a policy on or off, with a reason. Raises `Conflict` if it is so already."""
    why = given_reason(reason)
    with transaction.atomic():
        row = _locked(actor, policy)
        actor = acting(actor, may_set_policy(actor, row.unit_id))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if row.is_on == on:
            raise Conflict(_("The policy is on already.") if on else _("The policy is off already."))
        row.is_on, row.reason, row.changed_at, row.post_id = on, why, now, actor.post
        row.save(update_fields=["is_on", "reason", "changed_at", "post"])
        kind = UrgingPolicySwitchedOn if on else UrgingPolicySwitchedOff
        told = kind(subject_id=row.id, is_on=on, reason=why, changed_at=now, post_id=actor.post)
        return _recorded(actor, now, row, told, submission)


def _locked(actor: Actor, id: UUID) -> UrgingPolicy:
    row = UrgingPolicy.objects.select_for_update().filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such policy, or your post may not see it."))
    return row


def _recorded(actor: Actor, now: datetime, row: UrgingPolicy, told: Fact, submission: Submission | None) -> UUID:
    return record(told, actor=actor, at=now, now=now, units=row.units, submission=submission).answer
