"""Which clauses of an issued document give a task, which assignments carry them out, and which have none."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import Truncator

from thammuu.directives.actions.naming import worded
from thammuu.directives.documents.models import Document, DocumentSection, DocumentVersion
from thammuu.directives.documents.rules import ENDED, DocumentState
from thammuu.directives.drafting import LETTER, TYPES
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.proposals import tasks_in
from thammuu.directives.rules import State
from thammuu.directives.texts import TextClause, composed, free_of
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


def clauses_of(kept: Sequence[dict[str, str]]) -> list[TextClause]:
    """Return the clauses of a frozen version as they are read for tasks."""
    return [TextClause(one["section"], ClauseKind(one["kind"]), one["label"], one["text"]) for one in kept]


def giving(found: QuerySet[Document]) -> QuerySet[Document]:
    """Return those of the issued documents from which tasks may follow: they stand, and are of a type that gives any.

    A letter gives tasks where a decision is behind it, or tasks were assigned from its text.
    """
    assigned = Decision.objects.filter(arises_from_kind=Subject.DOCUMENT, arises_from=OuterRef("id"))
    gives = Q(type__in=GIVING) | Q(arises_from_kind=Subject.DECISION) | Q(Exists(assigned))
    return found.filter(gives).exclude(standing__in=ENDED)


def gives_tasks(row: Document) -> bool:
    """Say whether tasks may be assigned from a document's text: it is issued, stands, and its text is here."""
    return row.state == DocumentState.ISSUED and row.standing not in ENDED and bool(row.version)


def tasked(actor: Actor, rows: Collection[Document]) -> dict[UUID, TaskedText]:
    """Return the texts of issued documents with what carries them out, as far as the actor sees it, by document."""
    texts = texts_of(actor, rows)
    pairs = carrying(actor, [clause.id for text in texts.values() for clause in text])
    cards = cards_of([(Subject.ASSIGNMENT, id) for _clause, id in pairs], actor.scope, actor.language)
    tasks = defaultdict[str, list[Card]](list)
    for clause, id in pairs:
        tasks[str(clause)].append(cards[id])
    names = unit_names(directory.current(), actor.scope)
    gives = set(giving(Document.objects.filter(id__in=texts, state=DocumentState.ISSUED)).values_list("id", flat=True))
    told = {}
    for row in rows:
        text = texts.get(row.id, [])
        told[row.id] = _text(text, _giving(row, text, names) if row.id in gives else set(), tasks)
    return told


def carrying(actor: Actor, clauses: Collection[str]) -> list[tuple[UUID, UUID]]:
    """Return the clauses that assignments carry out which the actor sees, each with the assignment."""
    found = Assignment.objects.filter(visible_to(actor), clause__in=[UUID(id) for id in clauses]).exclude(
        state=State.WITHDRAWN
    )
    return [(clause, id) for clause, id in found.order_by("id").values_list("clause_id", "id") if clause]


def _giving(row: Document, text: Sequence[TextClause], names: NameIndex[UUID]) -> set[str]:
    """Return the clauses in which a task is recognised."""
    whole = composed(text)
    return {whole.clause_at(start) for start in tasks_in(whole.text, issued_on(row), names)}


def issued_on(row: Document) -> date:
    """Return the day of issue, from which terms count."""
    return clock.day_of(row.issued_at or row.drafted_at)


def _text(text: Sequence[TextClause], asking: Collection[str], tasks: dict[str, list[Card]]) -> TaskedText:
    missing = free_of(text, asking, tasks)
    clauses = tuple(
        TaskedClause(
            id=clause.id, kind=clause.kind, label=clause.label, text=said(clause.text),
            gap=clause.id in missing, tasks=tuple(tasks.get(clause.id, ())),
        )
        for clause in text
    )  # fmt: skip
    return TaskedText(clauses, len(missing))


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


def offered(actor: Actor, decision: Decision) -> list[tuple[str, str]]:
    """Return the clauses of the issued documents that give a decision's tasks, for a list to choose from."""
    issued = Document.objects.filter(visible_to(actor), worded(decision), state=DocumentState.ISSUED)
    documents = list(issued.order_by("issued_at", "id"))
    places = [(row, id) for row in documents for id in row.order][:MOST_OFFERED]
    found = DocumentSection.objects.filter(visible_to(actor), id__in=[id for _row, id in places]).in_bulk()
    labels = _labels(actor, documents)
    return [(str(id), _words(row, labels.get(str(id), ""), found[id])) for row, id in places if id in found]


def _labels(actor: Actor, rows: Collection[Document]) -> dict[str, str]:
    """Return the labels of the sections as they were issued, by their ids."""
    return {clause.id: clause.label for text in texts_of(actor, rows).values() for clause in text}


def texts_of(actor: Actor, rows: Collection[Document]) -> dict[UUID, list[TextClause]]:
    """Return the clauses of the version of each document that was issued, or submitted last."""
    wanted = {row.id: row.version for row in rows}
    found = DocumentVersion.objects.filter(visible_to(actor), document__in=wanted)
    return {one.document_id: clauses_of(one.clauses) for one in found if one.number == wanted[one.document_id]}


def _words(document: Document, label: str, section: DocumentSection) -> str:
    words = f"{document.symbol or said(document.abstract)}: {label} {said(section.text)}"
    return Truncator(" ".join(words.split())).chars(110)
