"""Incoming documents, their text, and what carries their clauses out.

`search_text` is the folded text of what lists are searched for, `likeness` what registrations of one document share.
"""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.directives.incoming.rules import IncomingState
from thammuu.directives.kept_words import WORDS
from thammuu.directives.rules import Urgency
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import REAL


class IncomingDocument(models.Model):
    """A document that came to `unit`, with its number of arrival in the year of its arrival.

    `units` are those that see it: the receiving one and every one it was passed on to. Days are days of the
    organisation's calendar: `dated` stands on the document (None: it has none), `due_on` is the day until which it must
    be answered, `settled_on` the day of the answer. `copy_of` is the earlier registration whose second copy this is.
    `answer` is the issued document or the decision that answers it, `reason` why it needs no answer.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    year = models.IntegerField()
    number = models.IntegerField()
    arrived_on = models.DateField()
    issuer = models.TextField()
    symbol = models.TextField(default="")
    dated = models.DateField(null=True)
    type_name = models.TextField(default="")
    abstract = models.TextField()
    urgency = models.TextField(default=Urgency.NORMAL.value)
    copy_of = models.UUIDField(null=True)
    attachments = ArrayField(models.UUIDField(), default=list)
    state = models.TextField(default=IncomingState.REGISTERED.value)
    lead_unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    passed_on_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    note = models.TextField(default="")
    acknowledged_by_id = models.UUIDField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answer_kind = models.TextField(default="")
    answer = models.UUIDField(null=True)
    reason = models.TextField(default="")
    settled_on = models.DateField(null=True)
    likeness = models.TextField(default="")
    search_text = models.TextField(default="")

    class Meta:
        db_table = "directives_incoming_document"
        indexes = [
            GinIndex(fields=["units"], name="directives_incoming_units"),
            models.Index(fields=["-arrived_on", "-number"], name="directives_incoming_time"),
            models.Index(fields=["likeness"], name="directives_incoming_likeness"),
            models.Index(fields=["lead_unit", "state"], name="directives_incoming_lead"),
            models.Index(fields=["answer"], name="directives_incoming_answer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["world", "unit", "year", "number"], name="directives_incoming_number")
        ]


class IncomingText(models.Model):
    """The text of an incoming document: `clauses` are {"id", "kind", "label", "text"} in their order.

    The id of a clause never changes: what carries the clause out names it. `search_text` has the words by which
    the text is found.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    document = models.OneToOneField(IncomingDocument, models.PROTECT, related_name="text")
    clauses = models.JSONField()
    search_text = models.TextField(default="", db_default="")

    class Meta:
        db_table = "directives_incoming_text"
        indexes = [GinIndex(WORDS, name="directives_incoming_words")]


class ClauseMeasure(models.Model):
    """What carries a clause of an incoming document out: a document, one of its sections, a decision or an assignment.

    `kind` and `measure` name it, `clause` is the id of the clause, `clause_at` where in it the task begins that it
    carries out, None where it is the whole clause. A struck one counts no more and stays on record.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    document = models.ForeignKey(IncomingDocument, models.PROTECT, related_name="measures")
    clause = models.UUIDField()
    clause_at = models.IntegerField(null=True)
    kind = models.TextField()
    measure = models.UUIDField()
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    struck = models.BooleanField(default=False)

    class Meta:
        db_table = "directives_clause_measure"
        indexes = [models.Index(fields=["measure"], name="directives_measure_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "measure"], condition=models.Q(struck=False), name="directives_clause_measure_once"
            )
        ]


def texts_of(document: UUID) -> Collection[tuple[Subject, UUID]]:
    """Return the text and the files of an incoming document."""
    texts = IncomingText.objects.filter(document=document).values_list("id", flat=True)
    files = IncomingDocument.objects.filter(id=document).values_list("attachments", flat=True).first()
    return [*((Subject.INCOMING_TEXT, id) for id in texts), *((Subject.ATTACHMENT, id) for id in files or ())]
