"""Decisions, the assignments that follow from them, what is reported and handed in.

`search_text` is the folded text of what lists are searched for.
"""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thammuu.directives.documents import models as document_models
from thammuu.directives.incoming import models as incoming_models
from thammuu.directives.inspection import models as inspection_models
from thammuu.directives.rules import EvidenceState, RequestState, State, Urgency
from thammuu.directives.urging import models as urging_models
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import REAL

__all__ = [
    "Assignment",
    "AssignmentChange",
    "Decision",
    "Evidence",
    "Progress",
    "document_models",
    "files_of",
    "incoming_models",
    "inspection_models",
    "urging_models",
]


class Decision(models.Model):
    """What was decided, why, by which post of which unit.

    `units` are the deciding unit and every unit that has an assignment from it. `arises_from` is the incident, log
    entry, alert, decision or document that gave rise to it, `arises_from_kind` its kind of subject ("" for none).
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT)
    post = models.ForeignKey("org.Post", models.PROTECT)
    # On behalf of which post it was decided; None if by the right of its own.
    behalf_id = models.UUIDField(null=True)
    title = models.TextField()
    reason = models.TextField()
    decided_at = models.DateTimeField()
    arises_from_kind = models.TextField(default="")
    arises_from = models.UUIDField(null=True)
    search_text = models.TextField(default="")

    class Meta:
        indexes = [
            GinIndex(fields=["units"], name="directives_decision_units"),
            models.Index(fields=["-decided_at", "id"], name="directives_decision_time"),
            models.Index(fields=["arises_from"], name="directives_decision_origin"),
        ]


class Assignment(models.Model):
    """A task for a lead unit: what (`title`), what must come of it (`product`), with whom, until when.

    `unit` issues and verifies; `watching_units` see it and do nothing; `lead_post` of the lead unit answers for it,
    None while the unit has named none. `clause` is the section of a document that gives the task, `clause_at` where in
    it the task begins (None: the clause as a whole). `parent` is the assignment of the unit above that this one is a
    part of, `above` are all above it, the nearest first; neither ever changes. `term_days` is the term in working days,
    None if a date was given. `handed_in_at` is when the evidence that waits or was verified came in, None while there
    is none. `percent` is the last reported.

    What an office followed before is taken over from its list: `taken_from` is the file ("" for what was issued here),
    `taken_line` the line, `taken_document` the document that it arises from and `taken_words` what else the line says,
    both in its own words; `taken_done_at` is when it was done by that list, or the day of taking over where the list
    says only that it is done (`taken_undated`), `likeness` what two lines of one matter share. `arises_from` is that
    document where it is on record, `arises_from_kind` its kind of subject ("" for none).
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="assignments")
    clause = models.ForeignKey("directives.DocumentSection", models.PROTECT, null=True, related_name="assignments")
    clause_at = models.IntegerField(null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    above = ArrayField(models.UUIDField(), default=list, db_default=[])
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="assignments_issued")
    lead_unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="assignments_led")
    supporting_units = ArrayField(models.UUIDField(), default=list)
    watching_units = ArrayField(models.UUIDField(), default=list, db_default=[])
    lead_post = models.ForeignKey("org.Post", models.PROTECT, null=True, related_name="+")
    title = models.TextField()
    product = models.TextField()
    urgency = models.TextField(default=Urgency.NORMAL.value)
    issued_at = models.DateTimeField()
    term_days = models.IntegerField(null=True)
    original_deadline = models.DateTimeField()
    deadline = models.DateTimeField()
    extensions = models.IntegerField(default=0)
    state = models.TextField(default=State.ISSUED.value)
    percent = models.IntegerField(default=0)
    handed_in_at = models.DateTimeField(null=True)
    taken_from = models.TextField(default="", db_default="")
    taken_line = models.IntegerField(null=True)
    taken_document = models.TextField(default="", db_default="")
    taken_words = models.TextField(default="", db_default="")
    taken_done_at = models.DateTimeField(null=True)
    taken_undated = models.BooleanField(default=False, db_default=False)
    arises_from_kind = models.TextField(default="", db_default="")
    arises_from = models.UUIDField(null=True)
    likeness = models.TextField(default="", db_default="")
    search_text = models.TextField(default="")

    class Meta:
        indexes = [
            GinIndex(fields=["units"], name="directives_assignment_units"),
            GinIndex(fields=["above"], name="directives_assignment_above"),
            models.Index(fields=["state", "deadline"], name="directives_assignment_due"),
            models.Index(fields=["lead_unit", "deadline"], name="directives_assignment_lead"),
            # Few are taken over, and they alone are looked up by these.
            models.Index(fields=["likeness"], condition=~models.Q(likeness=""), name="directives_taken_likeness"),
            models.Index(
                fields=["arises_from"],
                condition=models.Q(arises_from__isnull=False),
                name="directives_taken_origin",
            ),
            # Each holds all that the follow-up board asks of an assignment: it is counted without reading a row.
            *(
                models.Index(
                    fields=[by, "state", "deadline"],
                    include=["classification", "issued_at", "urgency", "handed_in_at"],
                    condition=~models.Q(state=State.WITHDRAWN.value) & models.Q(world=REAL),
                    name=f"directives_counted_by_{name}",
                )
                for by, name in (("lead_unit", "lead"), ("decision", "decision"))
            ),
            # What is looked through each minute: urgent and not acknowledged.
            models.Index(
                fields=["unit", "issued_at"],
                condition=models.Q(state=State.ISSUED.value) & ~models.Q(urgency=Urgency.NORMAL.value),
                name="directives_assignment_timed",
            ),
        ]


class AssignmentChange(models.Model):
    """A change of an assignment's state or deadline: by which post, when, why. `act` is a value of `rules.Act`."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="changes")
    act = models.TextField()
    state_before = models.TextField()
    state_after = models.TextField()
    reason = models.TextField(default="")
    deadline_before = models.DateTimeField(null=True)
    deadline_after = models.DateTimeField(null=True)
    post = models.ForeignKey("org.Post", models.PROTECT, null=True)
    changed_at = models.DateTimeField()


class Progress(models.Model):
    """What a unit reports on its way: `percent` of 100, a note, and what stands in the way."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="progress")
    unit = models.ForeignKey("org.Unit", models.PROTECT)
    percent = models.IntegerField()
    note = models.TextField()
    obstacle = models.TextField(default="")
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__range=(0, 100)), name="directives_progress_percent")
        ]


class Guidance(models.Model):
    """What a unit that carries an assignment out asks, and what the issuing unit answers.

    The question is open while neither it was answered (`answered_at`) nor its assignment ended (`ended_at`).
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="guidance")
    unit = models.ForeignKey("org.Unit", models.PROTECT)
    question = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(default="")
    answered_by = models.ForeignKey("org.Post", models.PROTECT, null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class ExtensionRequest(models.Model):
    """A unit asks for a later deadline (`deadline`), with a reason; the issuing unit grants or refuses it.

    `decided_at` is also when it ended undecided with its assignment.
    """

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extension_requests")
    unit = models.ForeignKey("org.Unit", models.PROTECT)
    deadline = models.DateTimeField()
    reason = models.TextField()
    requested_at = models.DateTimeField()
    state = models.TextField(default=RequestState.OPEN.value)
    ruling = models.TextField(default="")
    decided_by = models.ForeignKey("org.Post", models.PROTECT, null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "directives_extension_request"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=models.Q(state=RequestState.OPEN.value),
                name="directives_one_request_open",
            )
        ]


class Evidence(models.Model):
    """What shows that an assignment was carried out; verified, or returned with a reason."""

    id = models.UUIDField(primary_key=True)
    world = models.TextField(default=REAL)
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="evidence")
    unit = models.ForeignKey("org.Unit", models.PROTECT)
    text = models.TextField()
    attachments = ArrayField(models.UUIDField(), default=list)
    handed_in_at = models.DateTimeField()
    state = models.TextField(default=EvidenceState.SUBMITTED.value)
    reason = models.TextField(default="")
    judged_by = models.ForeignKey("org.Post", models.PROTECT, null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=models.Q(state=EvidenceState.SUBMITTED.value),
                name="directives_one_evidence_waits",
            )
        ]


def files_of(evidence: UUID) -> Collection[tuple[Subject, UUID]]:
    """Return the files that were handed in with an evidence."""
    found = Evidence.objects.filter(id=evidence).values_list("attachments", flat=True).first()
    return [(Subject.ATTACHMENT, id) for id in found or ()]
