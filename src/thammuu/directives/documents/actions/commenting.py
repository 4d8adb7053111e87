"""Remarks on the sections of a document."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from thammuu.directives.actions.wording import filled
from thammuu.directives.documents import policies
from thammuu.directives.documents.actions.holding import document_of, fields_of, hold, placed
from thammuu.directives.documents.facts import CommentMade
from thammuu.directives.documents.models import DocumentComment, DocumentSection
from thammuu.journal.recording import Submission, record
from thammuu.kernel.actor import Actor
from thammuu.kernel.ids import new_id


def make_comment(
    *, actor: Actor, now: datetime, section: UUID, text: str, submission: Submission | None = None
) -> UUID:
    """Remark something on a section that the actor sees, at whatever state the document stands; return its id."""
    with transaction.atomic():
        held = hold(actor, document_of(actor, section), policies.may_comment, submission)
        if held.again is not None:
            return held.again
        # Whom the issue made the document known to does not read what was said while it was drafted.
        units = DocumentSection.objects.get(id=section).units
        row = DocumentComment(
            id=new_id(), section_id=section, post_id=held.post, text=filled("text", text), made_at=now,
            **{**placed(held.row), "units": units},
        )  # fmt: skip
        done = record(
            CommentMade(subject_id=row.id, **fields_of(CommentMade, row)),
            actor=held.actor,
            at=now,
            now=now,
            units=row.units,
            event=row.event_id,
            classification=row.classification,
            rows=[row],
            submission=submission,
        )
    return done.answer
