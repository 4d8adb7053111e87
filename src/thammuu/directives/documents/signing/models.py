"""The PDF of an issued document that is there to be signed, and the signature that it bears."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from thammuu.directives.documents.models import Document
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import REAL


class DocumentSignature(models.Model):
    """A document's PDF as it was prepared by a post, and, once `way` is set, the signed one.

    `copy_id` and `signed_id` are attachments, the digests their SHA-256 (hexadecimal). `way` is one of `rules.Way`.
    `organisation`, `issuer`, `serial`, `certificate` (its SHA-256), `level`, `valid_until`, `told_at` and `stamped_at`
    are what the signature says; `standing` and `why` what was found at `verified_at`. It names no person.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")
    version = models.IntegerField()
    copy_id = models.UUIDField()
    copy_digest = models.TextField()
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    way = models.TextField(default="")
    signed_id = models.UUIDField(null=True)
    signed_digest = models.TextField(default="")
    standing = models.TextField(default="")
    why = models.TextField(default="")
    organisation = models.TextField(default="")
    issuer = models.TextField(default="")
    serial = models.TextField(default="")
    certificate = models.TextField(default="")
    level = models.TextField(default="")
    valid_until = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    stamped_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    signed_by_id = models.UUIDField(null=True)
    signed_behalf_id = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "directives_document_signature"
        constraints = [models.UniqueConstraint(fields=["document"], name="directives_one_signature")]


def files_of(document: UUID) -> list[tuple[Subject, UUID]]:
    """Return the files in which a document's words stand: the prepared and the signed PDF."""
    found = DocumentSignature.objects.filter(document=document).values_list("copy_id", "signed_id")
    return [(Subject.ATTACHMENT, id) for pair in found for id in pair if id is not None]
