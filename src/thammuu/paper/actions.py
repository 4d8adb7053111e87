"""The only writers of attachments that stand alone; others are recorded by the action they belong to."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, record
from thammuu.kernel.actor import Actor
from thammuu.paper import storage
from thammuu.paper.facts import AttachmentShared
from thammuu.paper.intake import Kept, attachments_of
from thammuu.paper.models import Attachment


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


def share_attachments(ids: Collection[UUID], units: Collection[UUID]) -> list[AttachmentShared]:
    """Let more units see files, with the row they belong to; call it in that row's transaction and record the facts."""
    told: list[AttachmentShared] = []
    for row in Attachment.objects.select_for_update().filter(id__in=ids).order_by("id"):
        if not set(row.units) >= set(units):
            row.units = sorted({*row.units, *units})
            row.save(update_fields=["units"])
            told.append(AttachmentShared(subject_id=row.id, units=tuple(row.units)))
    return told


def remove_files(digests: Collection[str]) -> int:
    """Remove the contents that no attachment names any more, with their thumbnails; return how many are gone.

    For a redaction that was carried out up to here; what is gone already is not counted.
    """
    named = set(Attachment.objects.filter(digest__in=digests).values_list("digest", flat=True))
    return sum(storage.remove(digest) for digest in sorted(set(digests) - named))


def remove_unnamed() -> int:
    """Remove every content of the store that no attachment names; return how many.

    Only while nobody hands anything in, as after a restore: a file lies in the store before its attachment is recorded.
    """
    named = set(Attachment.objects.values_list("digest", flat=True))
    return sum(storage.remove(digest) for digest in sorted(storage.kept() - named))
