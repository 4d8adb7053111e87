"""Naming the clause of a document that gives a task and the post that answers for it: as it is assigned, or later."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.changing import Told, attend_assignment
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.facts import AssignmentClauseNamed, AssignmentPostNamed
from thammuu.directives.models import Assignment, Decision
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.org import directory
from thammuu.org.policies import visible_to


def name_clause(
    *, actor: Actor, now: datetime, assignment: UUID, clause: UUID | None, submission: Submission | None = None
) -> UUID:
    """Say which clause of a document gives the task of an assignment, None for none; it carries out the whole clause.

    Raises `BadInput` for a clause of a document that does not give the tasks of the assignment's decision.
    """

    def tell(row: Assignment) -> Told:
        row.clause_id, row.clause_at = clause and clause_of(actor, row.decision, clause), None
        row.save(update_fields=["clause", "clause_at"])
        return Told([_named(row)])

    return attend_assignment(
        actor=actor, now=now, assignment=assignment, allowed=policies.may_assign, tell=tell, submission=submission
    )


def name_post(
    *, actor: Actor, now: datetime, assignment: UUID, post: UUID | None, submission: Submission | None = None
) -> UUID:
    """Say which post of the lead unit answers for an assignment, None for none; the lead unit does.

    Raises `BadInput` for a post of another unit.
    """

    def tell(row: Assignment) -> Told:
        row.lead_post_id = post and post_of(row.lead_unit_id, post)
        row.save(update_fields=["lead_post"])
        return Told([AssignmentPostNamed(subject_id=row.id, lead_post_id=row.lead_post_id)])

    return attend_assignment(
        actor=actor, now=now, assignment=assignment, allowed=policies.may_acknowledge, tell=tell, submission=submission
    )


def post_of(unit: UUID, post: UUID) -> UUID:
    """Return the post if it is one of the unit, or of one that the unit succeeds. Raises `BadInput` for any other."""
    known = directory.current()
    row = known.posts.get(post)
    if row is None or row.unit not in known.stands_for(unit):
        raise BadInput("lead_post", _("{unit} has no such post.").format(unit=known.unit_label(unit)))
    return post


def name_given(actor: Actor, now: datetime, section: DocumentSection, assignments: Collection[UUID]) -> None:
    """Name the clause that puts the tasks of assignments into words, where they name none of a document that lives.

    Whoever drafts the document of a decision may do so: it says nothing that the decision does not.
    """
    unnamed = Q(clause=None) | Q(clause__document__state=DocumentState.ABANDONED)
    found = Assignment.objects.filter(
        visible_to(actor), unnamed, id__in=assignments, decision=section.document.arises_from
    )
    for row in found.select_for_update(of=("self",)).order_by("id"):
        row.clause_id, row.clause_at = section.id, None
        row.save(update_fields=["clause", "clause_at"])
        record(
            _named(row), actor=actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification,
        )  # fmt: skip


def clause_of(actor: Actor, decision: Decision, clause: UUID) -> UUID:
    """Return the clause if it stands in a document of the decision (see `worded`). Raises `BadInput` for any other."""
    documents = Document.objects.filter(visible_to(actor), worded(decision)).exclude(state=DocumentState.ABANDONED)
    if not DocumentSection.objects.filter(id=clause, struck=False, document__in=documents.values("id")).exists():
        raise BadInput("clause", _("No document from this decision has such a clause."))
    return clause


def worded(decision: Decision) -> Q:
    """Return the filter for documents that give a decision's tasks: drafted from it, or the one that it arose from."""
    drafted = Q(arises_from_kind=Subject.DECISION, arises_from=decision.id)
    return drafted | Q(id=decision.arises_from) if decision.arises_from_kind == Subject.DOCUMENT else drafted


def _named(row: Assignment) -> AssignmentClauseNamed:
    links = (Link(Relation.ARISES_FROM, Subject.DOCUMENT_SECTION, row.clause_id),) if row.clause_id else ()
    return AssignmentClauseNamed(subject_id=row.id, links=links, clause_id=row.clause_id)
