"""Reads of signatures: what a document's page says of its own, and the signed files."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thammuu.directives.documents.models import Document
from thammuu.directives.documents.signing.models import DocumentSignature
from thammuu.directives.documents.signing.rules import Way
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict, Missing
from thammuu.org.policies import visible_to
from thammuu.org.queries import author_label
from thammuu.paper import storage
from thammuu.paper.queries import attachment
from thammuu.paper.signatures import Level, State, Why
from thammuu.paper.signatures.words import REASONS, STATES, TONES


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A document's digital signature. `word`, `tone` and `reason` are what was found at `verified_at`."""

    way: Way
    organisation: str
    issuer: str
    serial: str
    certificate: str
    kind: str
    valid_until: datetime | None
    told_at: datetime | None
    stamped_at: datetime | None
    verified_at: datetime | None
    word: Promise
    tone: str
    reason: Promise
    by: str
    signed_at: datetime | None
    digest: str


def signature_row(actor: Actor, document: UUID) -> SignatureRow | None:
    """Return the signature of a document that the actor may see; None where it is not digitally signed."""
    row = DocumentSignature.objects.filter(visible_to(actor), document=document).exclude(way="").first()
    if row is None or row.signed_by_id is None:
        return None
    return SignatureRow(
        way=Way(row.way),
        organisation=row.organisation,
        issuer=row.issuer,
        serial=row.serial,
        certificate=row.certificate,
        kind=Level(row.level).kind if row.level else "",
        valid_until=row.valid_until,
        told_at=row.told_at,
        stamped_at=row.stamped_at,
        verified_at=row.verified_at,
        word=STATES[State(row.standing)],
        tone=TONES[State(row.standing)],
        reason=REASONS[Why(row.why)],
        by=author_label(row.signed_by_id, row.signed_behalf_id),
        signed_at=row.signed_at,
        digest=row.signed_digest,
    )


def prepared_at(actor: Actor, document: UUID) -> datetime | None:
    """Return when the PDF was prepared to be signed; None if it was not."""
    row = DocumentSignature.objects.filter(visible_to(actor), document=document).first()
    return None if row is None else row.prepared_at


def prepared_copy(actor: Actor, document: UUID) -> bytes:
    """Return the PDF that was prepared to be signed. Raises `Conflict` if none was."""
    row = DocumentSignature.objects.filter(visible_to(actor), document=document).first()
    if row is None:
        raise Conflict(_("This PDF has not been prepared to be signed."))
    return content_of(attachment(actor.scope, row.copy_id).digest)


def signed_pdf(actor: Actor, row: Document) -> bytes | None:
    """Return the signed PDF; None where the document is not digitally signed. Raises `Missing` if it was redacted."""
    found = DocumentSignature.objects.filter(visible_to(actor), document=row).exclude(way="").first()
    if found is None or found.signed_id is None:
        return None
    return content_of(attachment(actor.scope, found.signed_id).digest)


def content_of(digest: str) -> bytes:
    """Return what lies in the store under a digest. Raises `Missing`."""
    path = storage.path_of(digest)
    if not path.exists():
        raise Missing(_("The file is missing from the store; tell the operator: {digest}").format(digest=digest))
    return path.read_bytes()
