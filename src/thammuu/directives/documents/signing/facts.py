"""What happens to the PDF of a document when it is signed."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents.facts import Placed
from thammuu.journal.facts import Fact, fact
from thammuu.journal.subjects import Subject


@fact("directives.signing_prepared", subject=Subject.DOCUMENT_SIGNATURE)
class SigningPrepared(Placed):
    """The PDF of an issued document was set and kept, so that it can be signed; nothing is signed by it."""

    document_id: UUID
    version: int
    copy_id: UUID
    copy_digest: str
    post_id: UUID
    prepared_at: datetime
    way: str = ""
    signed_id: UUID | None = None
    signed_digest: str = ""
    standing: str = ""
    why: str = ""
    organisation: str = ""
    issuer: str = ""
    serial: str = ""
    certificate: str = ""
    level: str = ""
    valid_until: datetime | None = None
    told_at: datetime | None = None
    stamped_at: datetime | None = None
    verified_at: datetime | None = None
    signed_by_id: UUID | None = None
    signed_behalf_id: UUID | None = None
    signed_at: datetime | None = None
    sentence = _("PDF prepared to be signed")


@fact("directives.document_signed", subject=Subject.DOCUMENT_SIGNATURE)
class DocumentSigned(Fact):
    """The PDF bears a digital signature that was verified. `certificate` is the SHA-256 of the signer's certificate."""

    way: str
    signed_id: UUID
    signed_digest: str
    standing: str
    why: str
    organisation: str
    issuer: str
    serial: str
    certificate: str
    level: str
    valid_until: datetime | None
    told_at: datetime | None
    stamped_at: datetime | None
    verified_at: datetime
    signed_by_id: UUID
    signed_behalf_id: UUID | None
    signed_at: datetime
    sentence = _("Document digitally signed by {organisation}")
