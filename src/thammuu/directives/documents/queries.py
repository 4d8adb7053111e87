"""Reads of documents. All of them go through `visible_to`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thammuu.directives.documents import labels
from thammuu.directives.documents.actions.editing import is_taken
from thammuu.directives.documents.inside import sections_with
from thammuu.directives.documents.labelling import labelled
from thammuu.directives.documents.models import (
    Document,
    DocumentChange,
    DocumentComment,
    DocumentSection,
    DocumentTemplate,
    DocumentVersion,
    UnitSymbol,
)
from thammuu.directives.documents.policies import may_draft
from thammuu.directives.documents.rows import DocumentRow, document_row
from thammuu.directives.documents.rules import DocumentState, Effect, Step
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.queries import author_label
from thammuu.paper.clauses import Clause, ClauseKind


@dataclass(frozen=True, slots=True)
class DocumentFilters:
    """What a list of documents is narrowed to."""

    state: DocumentState | None = None
    type: str = ""
    unit: UUID | None = None
    words: str = ""

    @property
    def any(self) -> bool:
        """Say whether anything is narrowed at all."""
        return self != DocumentFilters()


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment: by which post, when, what."""

    by: str
    at: datetime
    text: str
    id: UUID


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section as the document's page shows it; `taken_by` is who edits it now, "" for nobody else."""

    id: UUID
    kind: ClauseKind
    word: Promise
    label: str
    text: str
    version: int
    taken_by: str
    taken_at: datetime | None
    comments: tuple[CommentRow, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A step that was taken."""

    word: Promise
    by: str
    at: datetime
    version: int
    reason: str


def document(actor: Actor, id: UUID) -> Document:
    """Return a document the actor may see. Raises `Missing`."""
    row = Document.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such document, or your post may not see it."))
    return row


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template as the list shows it; `clauses` is how many it has."""

    id: UUID
    name: str
    type_name: str
    unit: str
    clauses: int
    kept_by: str
    kept_at: datetime


def section(actor: Actor, id: UUID) -> DocumentSection:
    """Return a section the actor may see, with its document. Raises `Missing`."""
    row = DocumentSection.objects.select_related("document").filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such section, or your post may not see it."))
    return row


def version(actor: Actor, document: UUID, number: int) -> DocumentVersion:
    """Return a frozen version the actor may see. Raises `Missing`."""
    row = DocumentVersion.objects.filter(visible_to(actor), document=document, number=number).first()
    if row is None:
        raise Missing(_("There is no such version, or your post may not see it."))
    return row


def documents(actor: Actor, filters: DocumentFilters) -> QuerySet[Document]:
    """Return the documents the actor may see, the latest begun first."""
    wanted = Q()
    if filters.state:
        wanted &= Q(state=str(filters.state))
    if filters.type:
        wanted &= Q(type=filters.type)
    if filters.unit:
        wanted &= Q(unit__in=directory.current().stands_for(filters.unit))
    if filters.words:
        inside = sections_with(actor, filters.words).values("document")
        wanted &= Q(search_text__contains=fold(filters.words)) | Q(id__in=inside)
    return Document.objects.filter(visible_to(actor), wanted).order_by("-drafted_at", "-id")


def documents_from(actor: Actor, origin: UUID) -> list[DocumentRow]:
    """Return the documents that arose from a decision or another document."""
    found = Document.objects.filter(visible_to(actor), arises_from=origin).order_by("-drafted_at", "-id")
    return [document_row(row) for row in found]


def altering(actor: Actor, document: UUID) -> list[tuple[Promise, DocumentRow]]:
    """Return the issued documents that changed this one, the latest first, each with what it did."""
    issued = Document.objects.filter(visible_to(actor), alters=document, state=str(DocumentState.ISSUED))
    return [(labels.EFFECTS[Effect(row.effect)], document_row(row)) for row in issued.order_by("-issued_at", "-id")]


def altered(actor: Actor, row: Document) -> tuple[Promise, DocumentRow] | None:
    """Return the earlier document that this one changes and what it does to it; None if it changes none."""
    if row.alters is None:
        return None
    earlier = Document.objects.filter(visible_to(actor), id=row.alters).first()
    return None if earlier is None else (labels.EFFECTS[Effect(row.effect)], document_row(earlier))


def alterable(actor: Actor, unit: UUID) -> list[tuple[str, str]]:
    """Return the unit's issued documents that are in force, for a select, the latest first."""
    found = Document.objects.filter(visible_to(actor), unit=unit, standing__in=("in_force", "amended"))
    rows = [document_row(row) for row in found.order_by("-issued_at", "-id")[:300]]
    return [(str(row.id), f"{row.symbol} – {row.abstract}"[:120]) for row in rows]


def sections_of(actor: Actor, row: Document, now: datetime) -> list[SectionRow]:
    """Return the sections that stand, in their order, with their comments; none for whom only the issue is known to."""
    found = standing_sections(actor, row)
    clauses = labelled(Clause(ClauseKind(one.kind), said(one.text), one.label) for one in found)
    comments = _comments(actor, [one.id for one in found])
    known = directory.current()
    return [
        SectionRow(
            id=one.id,
            kind=clause.kind,
            word=labels.CLAUSES[clause.kind],
            label=clause.label,
            text=clause.text,
            version=one.version,
            taken_by=known.post_label(one.taken_by_id) if is_taken(one, actor.post, now) else "",
            taken_at=one.taken_at,
            comments=tuple(comments.get(one.id, ())),
        )
        for one, clause in zip(found, clauses, strict=True)
    ]


def text_of(actor: Actor, row: Document) -> list[Clause]:
    """Return the text that the actor reads: the issued version, else the draft as it stands.

    Raises `Missing` for a document that is on record from an earlier register only.
    """
    if row.state == DocumentState.ISSUED:
        if not row.version:
            raise Missing(_("This document is on record from an earlier register; its text is not here."))
        return clauses_of(version(actor, row.id, row.version).clauses)
    return labelled(Clause(ClauseKind(one.kind), one.text, one.label) for one in standing_sections(actor, row))


def standing_sections(actor: Actor, row: Document) -> list[DocumentSection]:
    """Return the sections of a draft that stand, in their order."""
    by_id = {one.id: one for one in DocumentSection.objects.filter(visible_to(actor), id__in=row.order)}
    return [by_id[id] for id in row.order if id in by_id]


def clauses_of(kept: Sequence[dict[str, str]]) -> list[Clause]:
    """Return the clauses of a frozen version."""
    return [Clause(ClauseKind(one["kind"]), one["text"], one["label"]) for one in kept]


def versions_of(actor: Actor, document: UUID) -> list[DocumentVersion]:
    """Return the frozen versions the actor may see, the latest first, without their text."""
    return list(
        DocumentVersion.objects.filter(visible_to(actor), document=document).defer("clauses").order_by("-number")
    )


def changes_of(actor: Actor, document: UUID) -> list[ChangeRow]:
    """Return the steps of a document, the latest first."""
    found = DocumentChange.objects.filter(visible_to(actor), document=document).order_by("-changed_at", "-id")
    return [
        ChangeRow(
            word=labels.STEPS[Step(row.step)],
            by=author_label(row.post_id, row.behalf_id),
            at=row.changed_at,
            version=row.version,
            reason=row.reason,
        )
        for row in found
    ]


def symbols(actor: Actor, units: Sequence[UUID]) -> dict[UUID, str]:
    """Return the abbreviations of those of the units that have one."""
    rows = UnitSymbol.objects.filter(world=actor.scope.world, unit__in=units)
    return dict(rows.values_list("unit_id", "abbreviation"))


def last_place(actor: Actor, unit: UUID) -> str:
    """Return the place from which the unit's latest document was dated, "" for none."""
    found = Document.objects.filter(visible_to(actor), unit=unit).exclude(place="").order_by("-drafted_at")
    return found.values_list("place", flat=True).first() or ""


def _comments(actor: Actor, sections: Sequence[UUID]) -> dict[UUID, list[CommentRow]]:
    found: dict[UUID, list[CommentRow]] = defaultdict(list)
    known = directory.current()
    rows = DocumentComment.objects.filter(visible_to(actor), section__in=sections).order_by("made_at", "id")
    for row in rows:
        found[row.section_id].append(CommentRow(known.post_label(row.post_id), row.made_at, said(row.text), row.id))
    return found


def templates(actor: Actor) -> list[TemplateRow]:
    """Return the templates of every unit for which the actor drafts that are not struck, by type and name."""
    known = directory.current()
    found = DocumentTemplate.objects.filter(visible_to(actor), struck=False).order_by("type_name", "name", "id")
    drafts = {unit: bool(may_draft(actor, unit)) for unit in {row.unit_id for row in found}}
    return [
        TemplateRow(
            id=row.id,
            name=said(row.name),
            type_name=row.type_name,
            unit=known.unit_label(row.unit_id),
            clauses=len(row.clauses),
            kept_by=known.post_label(row.post_id),
            kept_at=row.kept_at,
        )
        for row in found
        if drafts[row.unit_id]
    ]


def template(actor: Actor, id: UUID) -> DocumentTemplate:
    """Return a template that documents may begin with. Raises `Missing`."""
    row = DocumentTemplate.objects.filter(visible_to(actor), id=id, struck=False).first()
    if row is None:
        raise Missing(_("There is no such template, or your post may not see it."))
    return row
