"""Saying which of our own documents, sections, decisions and assignments carry a clause out, and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.documents.models import DocumentSection
from thammuu.directives.incoming import policies
from thammuu.directives.incoming.actions.holding import hold, placed
from thammuu.directives.incoming.facts import IncomingTraced, MeasureLinked, MeasureStruck
from thammuu.directives.incoming.models import ClauseMeasure, IncomingDocument, IncomingText
from thammuu.journal.facts import Fact, Link
from thammuu.journal.presentation import cards_of
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.policies import visible_to

MEASURES = frozenset({Subject.DOCUMENT, Subject.DOCUMENT_SECTION, Subject.DECISION, Subject.ASSIGNMENT})


def link_measure(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    clauses: Sequence[UUID],
    measure: tuple[Subject, UUID],
    submission: Submission | None = None,
) -> UUID:
    """Say that the measure carries the clauses out; return the id of the first link. What is linked already stays.

    Raises `BadInput` for no clause and for a measure that is none or may not be seen, `Missing` for a clause that the
    document has not, `Conflict` if all of it is said already.
    """
    with transaction.atomic():
        held = hold(actor, document, policies.may_deal, submission)
        if held.again is not None:
            return held.again
        row, (kind, id) = held.row, measure
        labels = labels_of(row, clauses)
        shown = _shown(held.actor, kind, id)
        known = ClauseMeasure.objects.filter(clause__in=labels, measure=id, struck=False)
        new = [clause for clause in labels if clause not in set(known.values_list("clause", flat=True))]
        if not new:
            raise Conflict(_("This measure is linked with the clause already."))
        links, told = linked(row, held.post, now, labels, [(clause, None, measure) for clause in new], [shown])
        done = record(
            *told, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, rows=links, submission=submission,
        )  # fmt: skip
    return done.answer


def linked(
    row: IncomingDocument,
    post: UUID,
    now: datetime,
    labels: Mapping[UUID, str],
    measures: Sequence[tuple[UUID, int | None, tuple[Subject, UUID]]],
    shown: Sequence[tuple[Subject, UUID]] | None = None,
) -> tuple[list[ClauseMeasure], list[Fact]]:
    """Return the rows that link clauses, or the tasks at places in them, with their measures, with their facts.

    `shown` are what the thread leads to, where that is not the measures themselves.
    """
    links = [
        ClauseMeasure(
            id=new_id(), document=row, clause=clause, clause_at=at, kind=str(kind), measure=id, post_id=post,
            linked_at=now, **placed(row),
        )
        for clause, at, (kind, id) in measures
    ]  # fmt: skip
    told = [MeasureLinked(subject_id=link.id, **fields_of(MeasureLinked, link)) for link in links]
    seen = dict.fromkeys(shown or [measure for _clause, _at, measure in measures])
    traced = IncomingTraced(
        subject_id=row.id,
        links=tuple(Link(Relation.REFERENCES, *one) for one in seen),
        label=", ".join(dict.fromkeys(labels[clause] for clause, _at, _measure in measures)),
    )
    return links, [*told, traced]


def strike_measure(*, actor: Actor, now: datetime, measure: UUID, submission: Submission | None = None) -> UUID:
    """Say that a measure does not carry its clause out any more; that it was linked stays on record."""
    found = ClauseMeasure.objects.filter(visible_to(actor), id=measure).first()
    if found is None:
        raise Missing(_("There is no such link, or your post may not see it."))
    with transaction.atomic():
        held = hold(actor, found.document_id, policies.may_deal, submission)
        if held.again is not None:
            return held.again
        link = ClauseMeasure.objects.select_for_update().get(id=measure)
        if link.struck:
            raise Conflict(_("This link was struck already."))
        link.struck = True
        link.save(update_fields=["struck"])
        done = record(
            MeasureStruck(subject_id=link.id), actor=held.actor, at=now, now=now, units=link.units,
            event=link.event_id, classification=link.classification, submission=submission,
        )  # fmt: skip
    return done.answer


def labels_of(row: IncomingDocument, clauses: Sequence[UUID]) -> dict[UUID, str]:
    """Return the clauses by their ids with their labels, or with their places where they have none."""
    if not clauses:
        raise BadInput("clauses", _("Choose the clauses that it carries out."))
    text = IncomingText.objects.filter(document=row).first()
    known = {kept["id"]: str(kept["label"] or place) for place, kept in enumerate(text.clauses if text else [], 1)}
    if not known.keys() >= set(map(str, clauses)):
        raise Missing(_("The document has no such clause."))
    return {clause: known[str(clause)] for clause in clauses}


def _shown(actor: Actor, kind: Subject, id: UUID) -> tuple[Subject, UUID]:
    """Return what the thread leads to: a section's document. Raises `BadInput` for what is no measure to the actor."""
    if kind == Subject.DOCUMENT_SECTION:
        section = DocumentSection.objects.filter(visible_to(actor), id=id, struck=False).first()
        if section is not None:
            return Subject.DOCUMENT, section.document_id
    elif kind in MEASURES and id in cards_of([(kind, id)], actor.scope, actor.language):
        return kind, id
    raise BadInput("measure", _("There is no such measure, or your post may not see it."))
