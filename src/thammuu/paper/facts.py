"""What happens to attachments."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.journal.facts import Fact, fact
from thammuu.journal.subjects import Subject


@fact("paper.attachment_stored", subject=Subject.ATTACHMENT)
class AttachmentStored(Fact):
    """A file was taken in; pictures without their metadata. `digest` is of the bytes as kept."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    digest: str
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    stored_at: datetime
    sentence = _("File stored: {name}")


@fact("paper.attachment_shared", subject=Subject.ATTACHMENT)
class AttachmentShared(Fact):
    """More units see a file, because they see what it belongs to."""

    units: tuple[UUID, ...]
    sentence = _("More units now see the file")
