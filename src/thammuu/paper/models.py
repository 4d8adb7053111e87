"""What is known of each attachment; its bytes lie in the file store, under their digest."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.kernel.actor import REAL


class Attachment(models.Model):
    """A file as it was kept: `digest` is the SHA-256 of the kept bytes in hexadecimal, `size` their number.

    `width` and `height` are pixels, of pictures only.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    digest = models.TextField()
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    stored_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["units"], name="paper_attachment_units"),
            models.Index(fields=["digest"], name="paper_attachment_digest"),
        ]
