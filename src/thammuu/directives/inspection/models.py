"""Inspections, the sheets that are filled on the visit, findings, statements on them, and checklists.

`search_text` is the folded text of what lists are searched for.
"""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.directives.inspection.rules import FindingState, InspectionState
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import REAL


class Inspection(models.Model):
    """A visit of the inspecting `unit` to the `inspected_units` below it, on the days from `starts_on` to `ends_on`.

    `units` are those that see it: the inspecting one, and once it is announced or has begun the inspected ones.
    `responsible` is the post that answers for the visit. `checklist_id`, `checklist_name` and `checklist_version` say
    which checklist its sheets were made from. `decision` is its conclusion, None before. `arises_from` is what it arose
    from, `arises_from_kind` the kind of that ("" for nothing).
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    behalf_id = models.UUIDField(null=True)
    planned_at = models.DateTimeField()
    title = models.TextField()
    purpose = models.TextField(default="")
    inspected_units = ArrayField(models.UUIDField())
    starts_on = models.DateField()
    ends_on = models.DateField()
    responsible = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    arises_from_kind = models.TextField(default="")
    arises_from = models.UUIDField(null=True)
    checklist_id = models.UUIDField(null=True)
    checklist_name = models.TextField(default="")
    checklist_version = models.IntegerField(null=True)
    state = models.TextField(default=InspectionState.PLANNED.value)
    decision = models.ForeignKey("directives.Decision", models.PROTECT, null=True, related_name="+")
    search_text = models.TextField(default="")

    class Meta:
        indexes = [
            GinIndex(fields=["units"], name="directives_inspection_units"),
            models.Index(fields=["-starts_on", "id"], name="directives_inspection_time"),
            models.Index(fields=["arises_from"], name="directives_inspection_origin"),
        ]


class InspectionChange(models.Model):
    """A step of an inspection: by which post, when, why. `step` is a value of `rules.Step`."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="changes")
    step = models.TextField()
    state_before = models.TextField()
    state_after = models.TextField()
    reason = models.TextField(default="")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    behalf_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()


class InspectionSheet(models.Model):
    """The checklist as it is filled at one inspected `unit`: `items` are {"text", "result", "remark"} in their order.

    `version` grows each time it is filled.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    items = models.JSONField()
    version = models.IntegerField(default=0)
    filled_by_id = models.UUIDField(null=True)
    filled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "unit"], name="directives_inspection_sheet")]


class Finding(models.Model):
    """What was found at an inspected `unit`, with its evidence. `item` is its place on the checklist from 1, if any.

    `assignments` are the tasks by which it is corrected. `settled_at` is when it was closed or struck. `reason` is why
    it was struck, or last opened again.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    item = models.IntegerField(null=True)
    severity = models.TextField()
    text = models.TextField()
    attachments = ArrayField(models.UUIDField(), default=list)
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    state = models.TextField(default=FindingState.OPEN.value)
    assignments = ArrayField(models.UUIDField(), default=list)
    reason = models.TextField(default="")
    settled_by_id = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)


class FindingStatement(models.Model):
    """What the inspected unit says to a finding."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="statements")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    text = models.TextField()
    attachments = ArrayField(models.UUIDField(), default=list)
    made_at = models.DateTimeField()


class Checklist(models.Model):
    """A checklist of a unit under a name: what is looked at, item by item. `version` grows with each revision."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    name = models.TextField()
    items = ArrayField(models.TextField())
    version = models.IntegerField(default=1)
    post = models.ForeignKey("org.Post", models.PROTECT, related_name="+")
    revised_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Of several that were redacted the name is empty.
            models.UniqueConstraint(
                fields=["world", "unit", "name"], condition=~models.Q(name=""), name="directives_checklist_name"
            )
        ]


def parts_of(inspection: UUID) -> list[tuple[Subject, UUID]]:
    """Return the sheets, the findings and the steps of an inspection, and its conclusion, which repeats the title."""
    decisions = Inspection.objects.filter(id=inspection).values_list("decision_id", flat=True)
    sheets = InspectionSheet.objects.filter(inspection=inspection).values_list("id", flat=True)
    findings = Finding.objects.filter(inspection=inspection).values_list("id", flat=True)
    changes = InspectionChange.objects.filter(inspection=inspection).values_list("id", flat=True)
    return [
        *((Subject.INSPECTION_SHEET, id) for id in sheets),
        *((Subject.FINDING, id) for id in findings),
        *((Subject.INSPECTION_CHANGE, id) for id in changes),
        *((Subject.DECISION, id) for id in decisions if id is not None),
    ]


def made_from(checklist: UUID) -> list[tuple[Subject, UUID]]:
    """Return the sheets that hold the items of a checklist."""
    sheets = InspectionSheet.objects.filter(inspection__checklist_id=checklist)
    return [(Subject.INSPECTION_SHEET, id) for id in sheets.values_list("id", flat=True)]


def said_of(finding: UUID) -> list[tuple[Subject, UUID]]:
    """Return the files of a finding and the statements on it."""
    files = Finding.objects.filter(id=finding).values_list("attachments", flat=True).first()
    statements = FindingStatement.objects.filter(finding=finding).values_list("id", flat=True)
    return [
        *((Subject.ATTACHMENT, id) for id in files or ()),
        *((Subject.FINDING_STATEMENT, id) for id in statements),
    ]


def files_of(statement: UUID) -> list[tuple[Subject, UUID]]:
    """Return the files that were handed in with a statement."""
    files = FindingStatement.objects.filter(id=statement).values_list("attachments", flat=True).first()
    return [(Subject.ATTACHMENT, id) for id in files or ()]
