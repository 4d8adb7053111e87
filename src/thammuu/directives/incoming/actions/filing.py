"""Adding a file to what is registered already: a scan or an annex that came later."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.incoming import labels, policies
from thammuu.directives.incoming.actions.describing import judge_files
from thammuu.directives.incoming.actions.holding import hold
from thammuu.directives.incoming.facts import IncomingFilesAdded
from thammuu.directives.incoming.rules import OPEN, IncomingState
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict
from thammuu.paper.intake import Kept, attachments_of


def add_incoming_files(
    *, actor: Actor, now: datetime, document: UUID, files: Sequence[Kept], submission: Submission | None = None
) -> UUID:
    """Add files to an open incoming document; what was registered, its text included, stays as it is.

    Raises `BadInput` for `received` without a file or with too many, `Conflict` for what is answered or settled.
    """
    if not files:
        raise BadInput("received", _("Choose at least one file."))
    judge_files(files)
    with transaction.atomic():
        held = hold(actor, document, policies.may_keep, submission)
        if held.again is not None:
            return held.again
        row = held.row
        if row.state not in OPEN:
            text = _("The document stands at “{state}”; this cannot be done now.")
            raise Conflict(text.format(state=labels.STATES[IncomingState(row.state)]))
        attached, stored = attachments_of(
            files, world=row.world, units=row.units, now=now, classification=row.classification, event=row.event_id,
            links=[Link(Relation.ATTACHED_TO, Subject.INCOMING_DOCUMENT, row.id)],
        )  # fmt: skip
        row.attachments = [*row.attachments, *(file.id for file in attached)]
        row.save(update_fields=["attachments"])
        told = IncomingFilesAdded(subject_id=row.id, attachments=tuple(row.attachments), added=len(attached))
        done = record(
            told, *stored, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, rows=attached, submission=submission,
        )  # fmt: skip
    return done.answer
