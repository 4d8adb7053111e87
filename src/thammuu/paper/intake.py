"""Taking files in: measured, recognised, cleaned and on the disk before any row names them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from thammuu.journal.facts import Link
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.paper import storage
from thammuu.paper.facts import AttachmentStored
from thammuu.paper.models import Attachment
from thammuu.paper.pictures import DamagedPicture, TooManyPixels, redraw
from thammuu.paper.rules import PICTURES, Unfit, recognise, safe_name

MEBIBYTE = 1024 * 1024


class Upload(Protocol):
    """A file as it arrives: what the browser calls it, its size in bytes, and its content."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Return the whole content."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the store and that no row names yet."""

    digest: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


def take_in(upload: Upload, field: str = "files") -> Kept:
    """Check a file, clean it and put it into the store. The same file again is the same `Kept`.

    Raises `BadInput` for `field`, naming the file and what may be sent instead. Nothing of a refused file stays.
    """
    name = upload.name or ""
    if (upload.size or 0) > settings.ATTACHMENT_LIMIT:
        raise BadInput(field, _too_large(name, upload.size or 0))
    content = upload.read()
    if len(content) > settings.ATTACHMENT_LIMIT:
        raise BadInput(field, _too_large(name, len(content)))
    kind = recognise(content)
    if isinstance(kind, Unfit):
        raise BadInput(field, _unfit(name, kind))
    clean_name = safe_name(name, kind)
    if kind not in PICTURES:
        return _kept(content, clean_name, str(kind))
    try:
        picture = redraw(content, kind, settings.ATTACHMENT_PIXELS)
    except DamagedPicture:
        text = _("“{name}” is damaged: it begins like a photo but cannot be read. Take or export it again.")
        raise BadInput(field, text.format(name=clean_name)) from None
    except TooManyPixels:
        text = _("“{name}” has more than {limit} million pixels, the most that is taken. Send it smaller.")
        raise BadInput(field, text.format(name=clean_name, limit=settings.ATTACHMENT_PIXELS // 1_000_000)) from None
    kept = _kept(picture.content, clean_name, str(kind), picture.width, picture.height)
    storage.keep(picture.thumbnail, storage.path_of(kept.digest, thumbnail=True))
    return kept


def attachments_of(
    kept: Sequence[Kept],
    *,
    world: str,
    units: Sequence[UUID],
    now: datetime,
    links: Sequence[Link] = (),
    classification: int = 0,
    event: UUID | None = None,
) -> tuple[list[Attachment], list[AttachmentStored]]:
    """Return the rows and facts of kept files, for an action that records them together with its own fact."""
    rows: list[Attachment] = []
    told: list[AttachmentStored] = []
    for file in kept:
        row = Attachment(
            id=new_id(),
            world=world,
            units=list(units),
            classification=classification,
            event_id=event,
            digest=file.digest,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            width=file.width,
            height=file.height,
            stored_at=now,
        )
        values = {name: getattr(row, name) for name in AttachmentStored.model_fields if hasattr(row, name)}
        rows.append(row)
        told.append(AttachmentStored(subject_id=row.id, links=tuple(links), **values))
    return rows, told


def _kept(content: bytes, name: str, media_type: str, width: int | None = None, height: int | None = None) -> Kept:
    digest = hashlib.sha256(content).hexdigest()
    storage.keep(content, storage.path_of(digest))
    return Kept(digest, name, media_type, len(content), width, height)


def _too_large(name: str, size: int) -> str:
    text = _("“{name}” is {size} MB; at most {limit} MB are taken. The file was not kept; what you typed is.")
    return text.format(name=name, size=f"{size / MEBIBYTE:.1f}", limit=settings.ATTACHMENT_LIMIT // MEBIBYTE)


def _unfit(name: str, why: Unfit) -> str:
    texts = {
        Unfit.EMPTY: _("“{name}” is an empty file."),
        Unfit.SCRIPTABLE: _("“{name}” can carry a script (SVG, HTML, XML) and is not taken. Send a photo or a PDF."),
        Unfit.MACROS: _("“{name}” carries macros and is not taken. Save it without macros, or as PDF."),
        Unfit.HEIC: _("“{name}” is a HEIC photo, which not every device can show. Send it as JPEG."),
        Unfit.UNKNOWN: _("“{name}” is of a type that is not taken. Send a photo, a PDF, a text or an office file."),
    }
    return texts[why].format(name=name)
