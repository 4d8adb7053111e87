"""Urging: what is due of a policy is sent, and whoever was urged says that it was seen."""

from collections.abc import Collection, Sequence, Set
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.urging import receivers
from thammuu.directives.urging.cases import Case, cases_of, urged_by
from thammuu.directives.urging.facts import UrgingSeen, UrgingSent
from thammuu.directives.urging.governing import urging_units
from thammuu.directives.urging.models import Urging, UrgingPolicy
from thammuu.directives.urging.policies import may_see_urging
from thammuu.directives.urging.rules import HEADS, Calendar, due, ladder_of
from thammuu.directives.urging.rules import Urging as Due
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission, Told, answered, record_each
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import day_of
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.kernel.ids import new_id
from thammuu.org import directory
from thammuu.org.authority import held_among
from thammuu.org.directory import Directory
from thammuu.org.policies import visible_to


def urge(*, actor: Actor, now: datetime, policy: UUID, assignments: Sequence[UUID], calendar: Calendar) -> int:
    """Send what the policy has due for the assignments, each rung once however many send; return how many.

    The policy and the assignments are locked: nobody hands in, extends or switches off while it is judged.
    """
    with transaction.atomic():
        row = UrgingPolicy.objects.select_for_update().filter(visible_to(actor), id=policy, is_on=True).first()
        if row is None:
            return 0
        ladder, known = ladder_of(row.ladder), directory.current()
        cases = urged_by(row.unit_id, cases_of(assignments, lock=True), urging_units(row.world))
        held = held_among({case.answers for case in cases if case.answers}, day_of(now))
        sent = [
            _sent(row, case, one, now, known, held) for case in cases for one in due(ladder, case.matter, now, calendar)
        ]
        if sent:
            record_each([_beside(one, _told(one), [one]) for one in sent], actor=actor, at=now, now=now)
    return len(sent)


def see_urgings(
    *, actor: Actor, now: datetime, urgings: Collection[UUID], submission: Submission | None = None
) -> UUID:
    """Say that the actor's unit has seen these urgings; what was seen before stays as it was.

    Raises `Missing` if one of them is none, `Refused` if one went to others.
    """
    if not urgings:
        raise BadInput("urgings", _("Nothing was chosen."))
    with transaction.atomic():
        rows = list(Urging.objects.select_for_update().filter(visible_to(actor), id__in=urgings).order_by("id"))
        if len(rows) < len(set(urgings)):
            raise Missing(_("There is no such urging, or your post may not see it."))
        heads, posts = receivers.is_head(actor, now), receivers.posts_of(actor, now)
        for row in rows:
            require(may_see_urging(actor, row, heads, posts))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        unseen = [row for row in rows if row.seen_at is None]
        for row in unseen:
            row.seen_at, row.seen_by_id = now, actor.post
            row.save(update_fields=["seen_at", "seen_by"])
        if unseen:
            told = [_beside(row, UrgingSeen(subject_id=row.id, seen_at=now, seen_by_id=actor.post)) for row in unseen]
            return record_each(told, actor=actor, at=now, now=now, submission=submission).answer
    return rows[0].id


def _sent(policy: UrgingPolicy, case: Case, one: Due, now: datetime, known: Directory, held: Set[UUID]) -> Urging:
    unit = receivers.unit_of(one.rung.to, case.lead, case.issuer, known)
    return Urging(
        id=new_id(),
        world=case.world,
        units=list(dict.fromkeys([*case.units, unit])),
        classification=case.classification,
        event_id=case.event,
        assignment_id=case.id,
        policy_id=policy.id,
        version=policy.version,
        rung=one.rung.key,
        counted_from=one.counted_from,
        round=one.round,
        unit_id=unit,
        heads=one.rung.to in HEADS,
        told_post_id=receivers.post_of(one.rung.to, case.answers, unit, held, known),
        channels=[str(channel) for channel in one.rung.channels],
        urged_at=now,
    )


def _told(row: Urging) -> UrgingSent:
    links = (
        Link(Relation.CONCERNS, Subject.ASSIGNMENT, row.assignment_id),
        Link(Relation.ASSIGNED_TO, Subject.UNIT, row.unit_id),
    )
    names = [name for name in UrgingSent.model_fields if name not in Fact.model_fields]
    return UrgingSent(subject_id=row.id, links=links, **{name: getattr(row, name) for name in names})


def _beside(row: Urging, fact: Fact, rows: Sequence[Urging] = ()) -> Told:
    """Return a fact about an urging for those who see the urging."""
    return Told([fact], row.units, rows, row.event_id, row.classification)
