"""Which clauses of an issued document give a task, which assignments carry them out, and which have none."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import Truncator

from thammuu.directives.actions.naming import worded
from thammuu.directives.carrying_out import Tasks, done_in
from thammuu.directives.documents.models import Document, DocumentSection, DocumentVersion
from thammuu.directives.documents.rules import ENDED, DocumentState
from thammuu.directives.drafting import LETTER, TYPES
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State
from thammuu.directives.texts import TextClause, free_of, recognised
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.redaction.words import said
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.unit_names import unit_names
from thammuu.paper.clauses import ClauseKind

GIVING = frozenset(TYPES) - {LETTER}
"""Types of document that give tasks; a letter does when a decision is behind it."""
MOST_OFFERED = 300


@dataclass(frozen=True, slots=True)
class TaskedClause:
    """A clause with the assignments that carry it out.

    `gap` says that it gives a task which none does: none of its `recognised` tasks, or only `assigned` of them.
    """

    id: str
    kind: str
    label: str
    text: str
    gap: bool
    recognised: int
    assigned: int
    tasks: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Carrying:
    """An assignment that carries a clause out: the task that begins at the place in it, or (None) as a whole."""

    clause: str
    at: int | None
    assignment: UUID


@dataclass(frozen=True, slots=True)
class TaskedText:
    """The clauses of a document, and how many of them give a task that no assignment carries out, or not all."""

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
    found = carrying(actor, [clause.id for text in texts.values() for clause in text])
    shown = {one.assignment for one in found}
    cards = cards_of([(Subject.ASSIGNMENT, id) for id in shown], actor.scope, actor.language)
    names = unit_names(directory.current(), actor.scope)
    gives = set(giving(Document.objects.filter(id__in=texts, state=DocumentState.ISSUED)).values_list("id", flat=True))
    told = {}
    for row in rows:
        text = texts.get(row.id, [])
        told[row.id] = _text(text, recognised(text, issued_on(row), names) if row.id in gives else {}, found, cards)
    return told


def carrying(actor: Actor, clauses: Collection[str]) -> list[Carrying]:
    """Return which assignments that the actor sees carry the clauses out.

    They name the clause, or it puts the same task into words as the clause of another document that they name: a plan
    and a directive that were drafted from one decision give each task once.
    """
    wanted = [UUID(id) for id in clauses]
    worded = DocumentSection.objects.filter(id__in=wanted).exclude(gives=[])
    given = {id: (document, gives) for id, document, gives in worded.values_list("id", "document_id", "gives")}
    named = Q(clause__in=wanted) | Q(
        id__in=[id for _document, gives in given.values() for id in gives], clause__isnull=False
    )
    rows = Assignment.objects.filter(visible_to(actor), named).exclude(state=State.WITHDRAWN).order_by("id")
    told, asked = [], set(wanted)
    for id, clause, at, document in rows.values_list("id", "clause_id", "clause_at", "clause__document_id"):
        if clause in asked:
            told.append(Carrying(str(clause), at, id))
        told += [Carrying(str(one), None, id) for one, (own, gives) in given.items() if id in gives and own != document]
    return told


def carried_of(actor: Actor, text: Sequence[TextClause]) -> dict[str, set[int | None]]:
    """Return what of a text assignments carry out that the actor sees."""
    return _by_clause(carrying(actor, [clause.id for clause in text]))


def _by_clause(found: Collection[Carrying]) -> dict[str, set[int | None]]:
    carried = defaultdict[str, set[int | None]](set)
    for one in found:
        carried[one.clause].add(one.at)
    return carried


def issued_on(row: Document) -> date:
    """Return the day of issue, from which terms count."""
    return clock.day_of(row.issued_at or row.drafted_at)


def _text(
    text: Sequence[TextClause], tasks: Tasks, found: Collection[Carrying], cards: Mapping[UUID, Card]
) -> TaskedText:
    carried, shown = _by_clause(found), defaultdict[str, list[Card]](list)
    for one in found:
        shown[one.clause].append(cards[one.assignment])
    missing = free_of(text, tasks, done_in(tasks, carried))
    clauses = tuple(
        TaskedClause(
            id=clause.id, kind=clause.kind, label=clause.label, text=said(clause.text), gap=clause.id in missing,
            recognised=len(tasks.get(clause.id, ())), assigned=len(carried.get(clause.id, ())),
            tasks=tuple(shown.get(clause.id, ())),
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
