"""The journal's tables. The application may insert and read; nothing here is ever updated or deleted.

The exceptions are not history: how far the sealer and each follower have come.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class TransactionIdField(models.Field[Any, Any]):
    """PostgreSQL's 64-bit transaction id; always filled by the database."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the column type."""
        return "xid8"


class Entry(models.Model):
    """One fact as recorded: every column but the body, whose salted digest stands here.

    `transaction` and `sequence` are filled by the database, in this order: a transaction that holds a sequence number
    therefore has an id already, which is what lets the sealer know that nothing older can still arrive.
    """

    id = models.UUIDField(primary_key=True)
    transaction = TransactionIdField()
    sequence = models.BigIntegerField(unique=True)
    kind = models.TextField()
    version = models.SmallIntegerField()
    world = models.TextField()
    event = models.UUIDField(null=True)
    classification = models.SmallIntegerField()
    units = ArrayField(models.UUIDField())
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    claimed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    subject_kind = models.TextField()
    subject_id = models.UUIDField()
    submission = models.UUIDField(null=True)
    body_digest = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["subject_id", "sequence"], name="journal_entry_subject")]


class Body(models.Model):
    """What an entry says, apart from it: a redaction takes this away and leaves the entry's digest."""

    entry = models.UUIDField(primary_key=True)
    salt = models.BinaryField()
    text = models.TextField()


class Restated(models.Model):
    """What is said in place of a body that was redacted; the confirmation of the redaction tells the same."""

    entry = models.UUIDField(primary_key=True)
    redaction = models.UUIDField()
    text = models.TextField()


class Redaction(models.Model):
    """A redaction, from its proposal on. `subjects` are "kind:id", `entries` those whose bodies go.

    `account_id` proposed it. `remaining` is in how many places a search still found what was taken away.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField()
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    reason_class = models.TextField()
    reason = models.TextField()
    subjects = ArrayField(models.TextField())
    entries = ArrayField(models.UUIDField())
    state = models.TextField()
    proposed_at = models.DateTimeField()
    account_id = models.UUIDField()
    post_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_post_id = models.UUIDField(null=True)
    decided_reason = models.TextField(default="")
    carried_out_at = models.DateTimeField(null=True)
    remaining = models.IntegerField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["subjects"], name="journal_redaction_subjects"),
            GinIndex(fields=["units"], name="journal_redaction_units"),
        ]


class LinkRow(models.Model):
    """A link told by an entry, for walking in both directions."""

    id = models.BigAutoField(primary_key=True)
    entry = models.UUIDField()
    relation = models.TextField()
    from_kind = models.TextField()
    from_id = models.UUIDField()
    to_kind = models.TextField()
    to_id = models.UUIDField()

    class Meta:
        db_table = "journal_link"
        indexes = [
            models.Index(fields=["from_id"], name="journal_link_from"),
            models.Index(fields=["to_id"], name="journal_link_to"),
        ]


class Submission(models.Model):
    """A client's own id of what it sent, unique per account for ever, with what was answered."""

    pk = models.CompositePrimaryKey("account", "id")
    account = models.UUIDField()
    id = models.UUIDField()
    digest = models.BinaryField()
    answer = models.UUIDField()
    recorded_at = models.DateTimeField()


class Epoch(models.Model):
    """A life of the journal: a restore that lost entries opens the next one. Positions run through.

    `note` is what the journal's key says of it (`proofs.epochs`); the first epoch needs none.
    """

    number = models.IntegerField(primary_key=True)
    first_position = models.BigIntegerField()
    opened_at = models.DateTimeField()
    note = models.TextField(db_default="")


class Sealed(models.Model):
    """The gap-free order of committed entries, from 1. `leaf` is the version of the entry's leaf (`proofs.leaves`)."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.UUIDField(unique=True)
    sealed_at = models.DateTimeField()
    leaf = models.SmallIntegerField(db_default=1)


class Tile(models.Model):
    """256 neighbouring hashes of the tree over the sealed entries, once they are complete; see `proofs.tree`."""

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    root = models.BinaryField()
    hashes = models.BinaryField()


class Checkpoint(models.Model):
    """A signed statement of the journal's size and root; `note` is what is published, in C2SP's form."""

    pk = models.CompositePrimaryKey("epoch", "size")
    epoch = models.IntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["signed_at"], name="journal_checkpoint_signed")]


class SealerState(models.Model):
    """How far everything is sealed: no entry with a sequence up to `settled` can still arrive. One row, id 1."""

    id = models.SmallIntegerField(primary_key=True)
    settled = models.BigIntegerField()

    class Meta:
        db_table = "journal_sealer"


class FollowerPosition(models.Model):
    """The last position that a follower has worked through."""

    name = models.TextField(primary_key=True)
    position = models.BigIntegerField()

    class Meta:
        db_table = "journal_follower"
