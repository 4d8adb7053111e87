"""Which measures carry the clauses of an incoming document out, with the gaps; and the same seen from the measure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from thammuu.directives.carrying_out import done_in, to_carry_out
from thammuu.directives.documents import labels
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.directives.incoming.models import ClauseMeasure, IncomingDocument, IncomingText
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State
from thammuu.directives.texts import TextClause, free_of, recognised
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.redaction.words import said
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.unit_names import unit_names
from thammuu.paper.clauses import ClauseKind

MOST_OFFERED = 100
Groups = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Measure:
    """What carries a clause out, as its reader sees it; `link` is the id by which it is struck."""

    link: UUID
    title: str
    url: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class TracedClause:
    """A clause with its measures; `asks` says that it asks for one, `gap` that it has none, or not for all its tasks.

    `assigned` of its `recognised` tasks have one, both 0 where no measure is for one of them.
    """

    id: str
    word: Promise
    label: str
    text: str
    asks: bool
    gap: bool
    recognised: int
    assigned: int
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The clauses of a document in their order, how many ask for a measure, and how many of these have none."""

    clauses: tuple[TracedClause, ...]
    asking: int
    missing: int

    @property
    def carried(self) -> int:
        """How many of the clauses that ask for a measure have one."""
        return self.asking - self.missing


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A clause that a measure carries out, seen from the measure."""

    document: UUID
    title: str
    label: str
    text: str


def trace_of(actor: Actor, document: UUID) -> Trace:
    """Return the trace of an incoming document; without a clause if its text was not read."""
    text, links = text_of(actor, document), _links_of(actor, document)
    shown, carried = _measures(actor, links), _carried(actor, links)
    partly = any(None not in places for places in carried.values())
    tasks = tasks_of(actor, IncomingDocument.objects.get(id=document), text) if partly else {}
    by_clause: dict[str, list[Measure]] = defaultdict(list)
    for link in links:
        by_clause[str(link.clause)].append(shown[link.id])
    asking = {text[place].id for place in to_carry_out([clause.kind for clause in text])}
    missing = free_of(text, asking, done_in(tasks, carried))
    clauses = tuple(
        TracedClause(
            id=clause.id, word=labels.CLAUSES[clause.kind], label=clause.label, text=said(clause.text),
            asks=clause.id in asking, gap=clause.id in missing, recognised=len(tasks.get(clause.id, ())),
            assigned=len(carried.get(clause.id, ())), measures=tuple(by_clause[clause.id]),
        )
        for clause in text
    )  # fmt: skip
    return Trace(clauses, len(asking), len(missing))


def text_of(actor: Actor, document: UUID) -> list[TextClause]:
    """Return the clauses of an incoming document; none if its text was not read or may not be seen."""
    found = IncomingText.objects.filter(visible_to(actor), document=document).first()
    kept = found.clauses if found else []
    return [TextClause(one["id"], ClauseKind(one["kind"]), one["label"], one["text"]) for one in kept]


def tasks_of(actor: Actor, row: IncomingDocument, text: Sequence[TextClause]) -> dict[str, list[int]]:
    """Return where in which clause of an incoming document a task is recognised."""
    return recognised(text, row.dated or row.arrived_on, unit_names(directory.current(), actor.scope))


def carried_of(actor: Actor, document: UUID) -> dict[str, set[int | None]]:
    """Return what of an incoming document a measure carries out; a withdrawn assignment is none."""
    return _carried(actor, _links_of(actor, document))


def carried_out_by(actor: Actor, measures: Iterable[UUID]) -> list[CarriedOut]:
    """Return the clauses of incoming documents that any of the measures carries out."""
    links = ClauseMeasure.objects.filter(visible_to(actor), measure__in=list(measures), struck=False)
    found = list(links.select_related("document", "document__text").order_by("document_id", "id"))
    told = []
    for link in found:
        clause = next((one for one in link.document.text.clauses if one["id"] == str(link.clause)), None)
        if clause is not None:
            title = link.document.symbol or said(link.document.abstract)
            told.append(CarriedOut(link.document_id, title, clause["label"], _short(said(clause["text"]))))
    return told


def measures_offered(actor: Actor, row: IncomingDocument) -> Groups:
    """Return what may be linked, for a select in groups: first what arose from the document, then what is newest."""
    decisions = list(Decision.objects.filter(visible_to(actor), arises_from=row.id).order_by("-decided_at"))
    newest = Decision.objects.filter(visible_to(actor)).exclude(id__in=[one.id for one in decisions])
    decisions += newest.order_by("-decided_at", "-id")[: MOST_OFFERED // 2]
    assignments = Assignment.objects.filter(visible_to(actor), decision__in=[one.id for one in decisions], parent=None)
    origins = [row.id, *(one.id for one in decisions)]
    documents = list(Document.objects.filter(visible_to(actor), arises_from__in=origins).order_by("-drafted_at"))
    latest = Document.objects.filter(visible_to(actor)).exclude(id__in=[one.id for one in documents])
    documents += latest.order_by("-drafted_at", "-id")[: MOST_OFFERED // 2]
    order = [id for one in documents for id in one.order]
    by_id = {one.id: one for one in DocumentSection.objects.filter(visible_to(actor), id__in=order)}
    sections = [by_id[id] for id in order if id in by_id][:MOST_OFFERED]
    symbols = {one.id: one.symbol or _short(said(one.abstract), 30) for one in documents}
    groups = [
        (_("Decisions"), [_pair(Subject.DECISION, one.id, said(one.title)) for one in decisions]),
        (
            _("Assignments"),
            [
                _pair(Subject.ASSIGNMENT, one.id, said(one.title))
                for one in assignments.order_by("-issued_at", "-id")[:MOST_OFFERED]
            ],
        ),
        (
            _("Documents"),
            [_pair(Subject.DOCUMENT, one.id, f"{one.symbol} {said(one.abstract)}".strip()) for one in documents],
        ),
        (
            _("Sections of documents"),
            [
                _pair(Subject.DOCUMENT_SECTION, one.id, f"{symbols[one.document_id]}: {one.label} {said(one.text)}")
                for one in sections
            ],
        ),
    ]
    return [(name, pairs) for name, pairs in groups if pairs]


def _links_of(actor: Actor, document: UUID) -> list[ClauseMeasure]:
    return list(ClauseMeasure.objects.filter(visible_to(actor), document=document, struck=False).order_by("id"))


def _carried(actor: Actor, links: Collection[ClauseMeasure]) -> dict[str, set[int | None]]:
    withdrawn = Assignment.objects.filter(
        visible_to(actor), id__in=[link.measure for link in links], state=State.WITHDRAWN
    )
    given_up = set(withdrawn.values_list("id", flat=True))
    carried = defaultdict[str, set[int | None]](set)
    for link in links:
        if link.measure not in given_up:
            carried[str(link.clause)].add(link.clause_at)
    return carried


def _pair(kind: Subject, id: UUID, words: str) -> tuple[str, str]:
    return f"{kind}:{id}", _short(words)


def _short(words: str, most: int = 110) -> str:
    return Truncator(" ".join(words.split())).chars(most)


def _measures(actor: Actor, links: Collection[ClauseMeasure]) -> dict[UUID, Measure]:
    """Return the measures of the links; one that the actor may not see is told as that."""
    of_sections = [link.measure for link in links if link.kind == Subject.DOCUMENT_SECTION]
    sections = DocumentSection.objects.filter(visible_to(actor), id__in=of_sections).in_bulk()
    wanted = {(Subject(link.kind), link.measure) for link in links if link.kind != Subject.DOCUMENT_SECTION}
    wanted |= {(Subject.DOCUMENT, section.document_id) for section in sections.values()}
    cards = cards_of(wanted, actor.scope, actor.language)
    found = {}
    for link in links:
        section = sections.get(link.measure)
        card = cards.get(section.document_id if section else link.measure)
        found[link.id] = _measure(link.id, card, section)
    return found


def _measure(link: UUID, card: Card | None, section: DocumentSection | None) -> Measure:
    if card is None:
        return Measure(link, _("A measure that your post may not see"), "", "", "off")
    if section is None:
        return Measure(link, card.title, card.url, card.state, card.tone)
    words = _short(f"{section.label} {said(section.text)}".strip(), 80)
    state = _("Section struck") if section.struck else card.state
    return Measure(link, f"{card.title}: {words}", f"{card.url}#section-{section.id}", state, card.tone)
