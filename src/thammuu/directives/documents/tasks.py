"""Which clauses of an issued document give a task, which assignments carry them out, and which have none."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.text import Truncator

from thammuu.directives.carrying_out import gaps
from thammuu.directives.documents.models import Document, DocumentSection, DocumentVersion
from thammuu.directives.documents.rules import ENDED, DocumentState
from thammuu.directives.drafting import LETTER, TYPES
from thammuu.directives.extraction import readable
from thammuu.directives.models import Assignment
from thammuu.directives.proposals import tasks_in
from thammuu.directives.rules import State
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.redaction.words import said
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.names import NameIndex
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.unit_names import unit_names
from thammuu.paper.clauses import ClauseKind

GIVING = frozenset(TYPES) - {LETTER}
"""Types of document that give tasks; a letter does when a decision is behind it."""
MOST_OFFERED = 300


@dataclass(frozen=True, slots=True)
class TaskedClause:
    """A clause with the assignments that carry it out; `gap` says that it gives a task and that none does."""

    id: str
    kind: str
    label: str
    text: str
    gap: bool
    tasks: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class TaskedText:
    """The clauses of a document, and how many of them give a task that no assignment carries out."""

    clauses: tuple[TaskedClause, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a document as it is read for tasks, and where in it each section begins, in their order."""

    text: str
    starts: tuple[tuple[int, str], ...]

    def section_at(self, offset: int) -> str:
        """Return the id of the section in which the offset lies."""
        return next(id for start, id in reversed(self.starts) if start <= offset)


def composed(kept: Sequence[dict[str, str]]) -> Composed:
    """Put the clauses of a frozen version together, a line or more each."""
    lines, starts, at = [], [], 0
    for clause in kept:
        line = readable(f"{clause['label']} {said(clause['text'])}".strip())
        starts.append((at, clause["section"]))
        lines.append(line)
        at += len(line) + 1
    return Composed("\n".join(lines), tuple(starts))


def giving(found: QuerySet[Document]) -> QuerySet[Document]:
    """Return those of the issued documents from which tasks may follow: they stand, and are of a type that gives any.

    A letter gives tasks where a decision is behind it.
    """
    gives = Q(type__in=GIVING) | Q(arises_from_kind=Subject.DECISION)
    return found.filter(gives).exclude(standing__in=ENDED)


def tasked(actor: Actor, rows: Collection[Document]) -> dict[UUID, TaskedText]:
    """Return the texts of issued documents with what carries them out, as far as the actor sees it, by document."""
    texts = _texts(actor, rows)
    sections = [UUID(clause["section"]) for kept in texts.values() for clause in kept]
    carrying = Assignment.objects.filter(visible_to(actor), clause__in=sections).exclude(state=State.WITHDRAWN)
    pairs = list(carrying.order_by("id").values_list("clause_id", "id"))
    cards = cards_of([(Subject.ASSIGNMENT, id) for _clause, id in pairs], actor.scope, actor.language)
    tasks = defaultdict[str, list[Card]](list)
    for clause, id in pairs:
        tasks[str(clause)].append(cards[id])
    names = unit_names(directory.current(), actor.scope)
    gives = set(giving(Document.objects.filter(id__in=texts, state=DocumentState.ISSUED)).values_list("id", flat=True))
    told = {}
    for row in rows:
        kept = texts.get(row.id, [])
        told[row.id] = _text(kept, _giving(row, composed(kept), names) if row.id in gives else set(), tasks)
    return told


def _giving(row: Document, read: Composed, names: NameIndex[UUID]) -> set[str]:
    """Return the sections in which a task is recognised."""
    issued_on = clock.day_of(row.issued_at or row.drafted_at)
    return {read.section_at(start) for start in tasks_in(read.text, issued_on, names)}


def _text(kept: Sequence[dict[str, str]], sections: Collection[str], tasks: dict[str, list[Card]]) -> TaskedText:
    kinds = [ClauseKind(clause["kind"]) for clause in kept]
    carried = {place for place, clause in enumerate(kept) if clause["section"] in tasks}
    asking = [place for place, clause in enumerate(kept) if clause["section"] in sections]
    missing = set(gaps(kinds, asking, carried))
    clauses = tuple(
        TaskedClause(
            id=clause["section"], kind=clause["kind"], label=clause["label"], text=said(clause["text"]),
            gap=place in missing, tasks=tuple(tasks.get(clause["section"], ())),
        )
        for place, clause in enumerate(kept)
    )  # fmt: skip
    return TaskedText(clauses, sum(clause.gap for clause in clauses))


def named(actor: Actor, row: Assignment) -> tuple[str, str]:
    """Return the words and the address of the clause that gives an assignment's task; ("", "") if none is seen."""
    if row.clause_id is None:
        return "", ""
    section = DocumentSection.objects.filter(visible_to(actor), id=row.clause_id).first()
    if section is None:
        return "", ""
    document = Document.objects.filter(visible_to(actor), id=section.document_id).first()
    if document is None:
        return "", ""
    label = _labels(actor, [document]).get(str(section.id), section.label)
    return _words(document, label, section), f"/documents/{document.id}/#section-{section.id}"


def offered(actor: Actor, decision: UUID) -> list[tuple[str, str]]:
    """Return the clauses of the documents issued from a decision, for a list to choose from."""
    documents = list(
        Document.objects.filter(
            visible_to(actor), arises_from_kind=Subject.DECISION, arises_from=decision, state=DocumentState.ISSUED
        ).order_by("issued_at", "id")
    )
    places = [(row, id) for row in documents for id in row.order][:MOST_OFFERED]
    found = DocumentSection.objects.filter(visible_to(actor), id__in=[id for _row, id in places]).in_bulk()
    labels = _labels(actor, documents)
    return [(str(id), _words(row, labels.get(str(id), ""), found[id])) for row, id in places if id in found]


def _labels(actor: Actor, rows: Collection[Document]) -> dict[str, str]:
    """Return the labels of the sections as they were issued, by their ids."""
    return {clause["section"]: clause["label"] for kept in _texts(actor, rows).values() for clause in kept}


def _texts(actor: Actor, rows: Collection[Document]) -> dict[UUID, list[dict[str, str]]]:
    """Return the clauses of the version of each document that was issued, or submitted last."""
    wanted = {row.id: row.version for row in rows}
    found = DocumentVersion.objects.filter(visible_to(actor), document__in=wanted)
    return {one.document_id: one.clauses for one in found if one.number == wanted[one.document_id]}


def _words(document: Document, label: str, section: DocumentSection) -> str:
    words = f"{document.symbol or said(document.abstract)}: {label} {said(section.text)}"
    return Truncator(" ".join(words.split())).chars(110)
