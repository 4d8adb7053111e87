"""The only writer of attachments that stand alone; others are recorded by the action they belong to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, record
from thammuu.kernel.actor import Actor
from thammuu.paper.intake import Kept, attachments_of


def store_attachment(
    *,
    actor: Actor,
    now: datetime,
    file: Kept,
    units: Sequence[UUID],
    links: Sequence[Link] = (),
    submission: Submission | None = None,
) -> UUID:
    """Record a file that was taken in; whether the actor may attach it is the caller's to decide."""
    rows, told = attachments_of([file], world=actor.scope.world, units=units, now=now, links=links)
    done = record(*told, actor=actor, at=now, now=now, units=units, rows=rows, submission=submission)
    return done.answer
