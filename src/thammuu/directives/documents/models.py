"""Documents, their sections, the versions frozen on their way, comments, and what numbers are made of.

`search_text` is the folded text of what lists are searched for.
"""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.kept_words import WORDS
from thammuu.directives.rules import Urgency
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import REAL


class Document(models.Model):
    """A document of the issuing `unit`, drafted by a post of `drafting_unit`.

    `order` holds the ids of the sections that stand, as they follow each other. `type` is the code of the type,
    `type_name`, `abbreviation` and `series` what that type was when it was chosen. `units` are those that see it: the
    issuing and the drafting one, from its issue on the addressees and recipients too. `version` counts the frozen ones.
    `alters` is the earlier document that its issue changes, `effect` how; `standing` what became of itself.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    drafting_unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    arises_from_kind = models.TextField(default="")
    arises_from = models.UUIDField(null=True)
    type = models.TextField()
    type_name = models.TextField()
    abbreviation = models.TextField(default="")
    series = models.TextField()
    abstract = models.TextField()
    urgency = models.TextField(default=Urgency.NORMAL.value)
    circulation = models.TextField(default="")
    place = models.TextField(default="")
    addressees = ArrayField(models.UUIDField(), default=list)
    recipients = ArrayField(models.UUIDField(), default=list)
    others = models.TextField(default="")
    capacity = models.TextField(default="")
    signs_for = models.TextField(default="")
    signer = models.TextField(default="")
    effect = models.TextField(default="")
    alters = models.UUIDField(null=True)
    order = ArrayField(models.UUIDField(), default=list)
    state = models.TextField(default=DocumentState.DRAFT.value)
    version = models.IntegerField(default=0)
    submitted_by_id = models.UUIDField(null=True)
    approved_by_id = models.UUIDField(null=True)
    approved_behalf_id = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    number = models.IntegerField(null=True)
    symbol = models.TextField(default="")
    issued_at = models.DateTimeField(null=True)
    issued_year = models.IntegerField(null=True)
    standing = models.TextField(default="")
    search_text = models.TextField(default="")

    class Meta:
        indexes = [
            GinIndex(fields=["units"], name="directives_document_units"),
            models.Index(fields=["-drafted_at", "id"], name="directives_document_time"),
            models.Index(fields=["arises_from"], name="directives_document_origin"),
            models.Index(fields=["alters"], name="directives_document_alters"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["world", "unit", "issued_year", "series", "number"],
                condition=models.Q(number__isnull=False),
                name="directives_document_number",
            )
        ]


class DocumentSection(models.Model):
    """A section of a document's text. `version` grows with each change; `label` is "" if its place gives it one.

    `taken_by` is the post that took it up to edit it, `taken_at` when; None when nobody does. `gives` are the
    assignments whose task it put into words when the document was drafted from their decision.
    `search_text` has the words by which it is found.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="sections")
    kind = models.TextField()
    label = models.TextField(default="")
    text = models.TextField()
    version = models.IntegerField(default=1)
    struck = models.BooleanField(default=False)
    taken_by_id = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    gives = ArrayField(models.UUIDField(), default=list, db_default=[])
    search_text = models.TextField(default="", db_default="")

    class Meta:
        indexes = [GinIndex(WORDS, name="directives_section_words")]


class DocumentVersion(models.Model):
    """The text as it was submitted: `clauses` are {"section", "kind", "label", "text"} in their order."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    clauses = models.JSONField()
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="directives_document_version_number")
        ]


class DocumentChange(models.Model):
    """A step of a document on its way: by which post, when, why. `step` is a value of `rules.Step`."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="changes")
    step = models.TextField()
    state_before = models.TextField()
    state_after = models.TextField()
    version = models.IntegerField()
    reason = models.TextField(default="")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    behalf_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()


class DocumentComment(models.Model):
    """What a post remarked on a section."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    section = models.ForeignKey(DocumentSection, models.PROTECT, related_name="comments")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField()


class NumberSeries(models.Model):
    """The numbers of a unit's series in a year; `last` is the last one taken. Its row is locked while one is taken."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    series = models.TextField()
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "unit", "series", "year"], name="directives_number_series")
        ]


class UnitSymbol(models.Model):
    """The abbreviation of a unit in the symbols of documents, typed once and remembered."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    abbreviation = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["world", "unit"], name="directives_unit_symbol")]


class DocumentType(models.Model):
    """A type of document of a unit's own: its name as printed, its abbreviation, the series of its numbers."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    name = models.TextField()
    abbreviation = models.TextField()
    series = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["world", "unit", "abbreviation"], name="directives_document_type")
        ]


class DocumentTemplate(models.Model):
    """What the documents of a unit and a type may begin with: a text, and what stands around it.

    `clauses` are {"kind", "label", "text"} in their order. A struck one is no longer offered.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    type = models.TextField()
    type_name = models.TextField()
    name = models.TextField()
    clauses = models.JSONField()
    circulation = models.TextField(default="")
    place = models.TextField(default="")
    others = models.TextField(default="")
    capacity = models.TextField(default="")
    signs_for = models.TextField(default="")
    signer = models.TextField(default="")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    struck = models.BooleanField(default=False)

    class Meta:
        db_table = "directives_document_template"
        constraints = [
            models.UniqueConstraint(
                fields=["world", "unit", "type", "name"],
                condition=models.Q(struck=False),
                name="directives_one_document_template",
            )
        ]


def texts_of(document: UUID) -> list[tuple[Subject, UUID]]:
    """Return the sections of a document, struck ones too, its frozen versions and the comments."""
    sections = list(DocumentSection.objects.filter(document=document).values_list("id", flat=True))
    versions = DocumentVersion.objects.filter(document=document).values_list("id", flat=True)
    comments = DocumentComment.objects.filter(section__in=sections).values_list("id", flat=True)
    return [
        *((Subject.DOCUMENT_SECTION, id) for id in sections),
        *((Subject.DOCUMENT_VERSION, id) for id in versions),
        *((Subject.DOCUMENT_COMMENT, id) for id in comments),
    ]


def versions_with(section: UUID) -> list[tuple[Subject, UUID]]:
    """Return the frozen versions that hold a section's words."""
    found = DocumentVersion.objects.filter(document__sections=section, clauses__contains=[{"section": str(section)}])
    return [(Subject.DOCUMENT_VERSION, id) for id in found.values_list("id", flat=True)]
