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
from thammuu.paper.reasons import reason_of
from thammuu.paper.rules import PICTURES, MediaType, Unfit, plain_name, safe_name
from thammuu.paper.sandbox import Answer, Broken, Limits, TooMuch, read_apart

MEBIBYTE = 1024 * 1024
# A picture of the most pixels, decoded, turned, and drawn anew, has some four bytes of memory a pixel three times.
EXAMINE = "thammuu.paper.examining:examine"
LIMITS = Limits(seconds=90, processor=40, memory=1024 * MEBIBYTE, answer=512 * MEBIBYTE)


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
    name = plain_name(upload.name or "")
    if (upload.size or 0) > settings.ATTACHMENT_LIMIT:
        raise BadInput(field, _too_large(name, upload.size or 0))
    content = upload.read()
    if len(content) > settings.ATTACHMENT_LIMIT:
        raise BadInput(field, _too_large(name, len(content)))
    try:
        found = read_apart(EXAMINE, content, {"pixels": settings.ATTACHMENT_PIXELS}, LIMITS)
    except TooMuch:
        raise BadInput(field, _unfit(name, Unfit.TOO_MUCH)) from None
    except Broken:
        raise BadInput(field, _unfit(name, Unfit.DAMAGED)) from None
    if "unfit" in found.value:
        raise BadInput(field, _unfit(name, Unfit(found.value["unfit"])))
    return _keep(found, content, name)


def _keep(found: Answer, content: bytes, name: str) -> Kept:
    kind = MediaType(found.value["kind"])
    harmless = found.blobs[0] if found.blobs else content
    kept = Kept(
        digest=hashlib.sha256(harmless).hexdigest(),
        name=safe_name(name, kind, formulas=bool(found.value.get("formulas"))),
        media_type=str(kind),
        size=len(harmless),
        width=found.value.get("width"),
        height=found.value.get("height"),
    )
    storage.keep(harmless, storage.path_of(kept.digest))
    if kind in PICTURES:
        storage.keep(found.blobs[1], storage.path_of(kept.digest, thumbnail=True))
    return kept


def keep_pdf(content: bytes, name: str) -> Kept:
    """Put a PDF that the product made itself into the store."""
    digest = hashlib.sha256(content).hexdigest()
    storage.keep(content, storage.path_of(digest))
    return Kept(digest, safe_name(name, MediaType.PDF), str(MediaType.PDF), len(content))


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


def _too_large(name: str, size: int) -> str:
    text = _("“{name}” is {size} MB; at most {limit} MB are taken. The file was not kept; what you typed is.")
    return text.format(name=name, size=f"{size / MEBIBYTE:.1f}", limit=settings.ATTACHMENT_LIMIT // MEBIBYTE)


def _unfit(name: str, why: Unfit) -> str:
    limit = settings.ATTACHMENT_PIXELS // 1_000_000
    return reason_of(why).format(name=name, limit=limit)
