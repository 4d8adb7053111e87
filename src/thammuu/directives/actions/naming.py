"""Naming the clause of a document that gives a task: as the task is assigned, or later."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.changing import Told, attend_assignment
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.facts import AssignmentClauseNamed
from thammuu.directives.models import Assignment
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.org.policies import visible_to


def name_clause(
    *, actor: Actor, now: datetime, assignment: UUID, clause: UUID | None, submission: Submission | None = None
) -> UUID:
    """Say which clause of a document gives the task of an assignment, None for none.

    Raises `BadInput` for a clause of a document that did not arise from the assignment's decision.
    """

    def tell(row: Assignment) -> Told:
        row.clause_id = clause and clause_of(actor, row.decision_id, clause)
        row.save(update_fields=["clause"])
        return Told([_named(row)])

    return attend_assignment(
        actor=actor, now=now, assignment=assignment, allowed=policies.may_assign, tell=tell, submission=submission
    )


def name_given(actor: Actor, now: datetime, section: DocumentSection, assignments: Collection[UUID]) -> None:
    """Name the clause that puts the tasks of assignments into words, where they name none of a document that lives.

    Whoever drafts the document of a decision may do so: it says nothing that the decision does not.
    """
    unnamed = Q(clause=None) | Q(clause__document__state=DocumentState.ABANDONED)
    found = Assignment.objects.filter(
        visible_to(actor), unnamed, id__in=assignments, decision=section.document.arises_from
    )
    for row in found.select_for_update(of=("self",)).order_by("id"):
        row.clause_id = section.id
        row.save(update_fields=["clause"])
        record(
            _named(row), actor=actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification,
        )  # fmt: skip


def clause_of(actor: Actor, decision: UUID, clause: UUID) -> UUID:
    """Return the clause if it stands in a document from the decision. Raises `BadInput` for any other."""
    documents = Document.objects.filter(
        visible_to(actor), arises_from_kind=Subject.DECISION, arises_from=decision
    ).exclude(state=DocumentState.ABANDONED)
    if not DocumentSection.objects.filter(id=clause, struck=False, document__in=documents.values("id")).exists():
        raise BadInput("clause", _("No document from this decision has such a clause."))
    return clause


def _named(row: Assignment) -> AssignmentClauseNamed:
    links = (Link(Relation.ARISES_FROM, Subject.DOCUMENT_SECTION, row.clause_id),) if row.clause_id else ()
    return AssignmentClauseNamed(subject_id=row.id, links=links, clause_id=row.clause_id)
