"""Reads of attachments, for an opaque reader's scope."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.actor import Scope
from thammuu.kernel.errors import Missing
from thammuu.paper.models import Attachment


def attachment(scope: Scope, id: UUID) -> Attachment:
    """Return an attachment the scope covers. Raises `Missing` for any other, whether it exists or not."""
    row = Attachment.objects.filter(id=id).first()
    if row is None or not scope.covers(row.units, row.world, row.classification, row.event_id, row.id):
        raise Missing(_("There is no such file, or your post may not see it."))
    if not row.digest:
        raise Missing(_("This file was redacted: its content is gone."))
    return row


def attachments(ids: Collection[UUID]) -> dict[UUID, Attachment]:
    """Return attachments by id, for a caller whose own row, with the same units, is seen already."""
    return Attachment.objects.in_bulk(list(ids))
