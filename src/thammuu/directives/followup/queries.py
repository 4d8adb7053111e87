"""Reads of the follow-up board, as plain rows. All of them go through `visible_to`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.filters import AssignmentFilters, selected
from thammuu.directives.inspection.models import Finding, Inspection
from thammuu.directives.inspection.rules import FindingState
from thammuu.directives.models import Assignment, Decision
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import start_of
from thammuu.org.policies import visible_to


@dataclass(frozen=True, slots=True)
class Sources:
    """How many decisions were taken and documents issued; `…_untasked` without an assignment that the actor sees."""

    decisions: int
    decisions_untasked: int
    documents: int
    documents_untasked: int


@dataclass(frozen=True, slots=True)
class Named:
    """A decision, and the symbols of the documents that were issued from it."""

    title: str
    symbols: tuple[str, ...]


def highest_level(actor: Actor, filters: AssignmentFilters, now: datetime) -> int:
    """Return the highest classification among the assignments of the filters."""
    return selected(actor, filters, now).aggregate(highest=Max("classification"))["highest"] or 0


def decisions_of(actor: Actor, filters: AssignmentFilters, untasked: bool = False) -> QuerySet[Decision]:
    """Return the decisions of the filters' period; if asked, those without an assignment that the actor sees.

    The conclusion of an inspection that left no finding asks for none.
    """
    wanted = _period("decided_at", filters)
    if filters.decision:
        wanted &= Q(id=filters.decision)
    found = Decision.objects.filter(visible_to(actor), wanted)
    if not untasked:
        return found
    return found.annotate(task=_task(actor, filters, "id")).filter(task=None).exclude(_found_nothing(actor))


def documents_of(actor: Actor, filters: AssignmentFilters, untasked: bool = False) -> QuerySet[Document]:
    """Return the documents issued in the filters' period; if asked, those from which no such assignment follows.

    Assignments follow from the decision that a document puts into words, or from its own text.
    """
    wanted = Q(state=DocumentState.ISSUED) & _period("issued_at", filters)
    if filters.document:
        wanted &= Q(id=filters.document)
    if filters.decision:
        decided = Decision.objects.filter(visible_to(actor), id=filters.decision, arises_from_kind=Subject.DOCUMENT)
        wanted &= Q(arises_from=filters.decision) | Q(id__in=decided.values("arises_from"))
    found = Document.objects.filter(visible_to(actor), wanted)
    if not untasked:
        return found
    given = _task(actor, filters, "id", "decision__arises_from")
    return found.annotate(task=_task(actor, filters, "arises_from"), given=given).filter(task=None, given=None)


def sources(actor: Actor, filters: AssignmentFilters) -> Sources:
    """Count the decisions and the issued documents of the filters' period."""
    return Sources(
        decisions_of(actor, filters).count(),
        decisions_of(actor, filters, untasked=True).count(),
        documents_of(actor, filters).count(),
        documents_of(actor, filters, untasked=True).count(),
    )


def named(actor: Actor, decisions: Iterable[UUID]) -> dict[UUID, Named]:
    """Return what the decisions that the actor may see are called."""
    ids = list(decisions)
    symbols = defaultdict[UUID | None, list[str]](list)
    issued = Document.objects.filter(visible_to(actor), state=DocumentState.ISSUED).order_by("issued_at")
    drafted = issued.filter(arises_from_kind=Subject.DECISION, arises_from__in=ids)
    for decision, symbol in drafted.values_list("arises_from", "symbol"):
        symbols[decision].append(symbol)
    rows = list(Decision.objects.filter(visible_to(actor), id__in=ids))
    origins = {row.id: row.arises_from for row in rows if row.arises_from_kind == Subject.DOCUMENT}
    own = dict(issued.filter(id__in=list(origins.values())).values_list("id", "symbol"))
    for decision, document in origins.items():
        symbols[decision] += [own[document]] if document in own else []
    return {row.id: Named(row.title, tuple(symbols[row.id])) for row in rows}


def _task(actor: Actor, filters: AssignmentFilters, name: str, path: str = "decision") -> Subquery:
    """Return one assignment of each; asked so, it is looked up by the index, and not all of them are put together."""
    issued = Q(issued_at__lte=filters.at) if filters.at else Q()
    found = Assignment.objects.filter(visible_to(actor), issued, **{path: OuterRef(name)})
    return Subquery(found.values("id")[:1])


def _found_nothing(actor: Actor) -> Q:
    """Return the filter for conclusions of inspections without a finding that stands and the actor sees."""
    concluded = Inspection.objects.filter(visible_to(actor), decision=OuterRef("id"))
    standing = Finding.objects.filter(visible_to(actor), inspection__decision=OuterRef("id"))
    return Q(Exists(concluded)) & ~Q(Exists(standing.exclude(state=FindingState.STRUCK)))


def _period(name: str, filters: AssignmentFilters) -> Q:
    wanted = Q()
    if filters.since:
        wanted &= Q(**{f"{name}__gte": start_of(filters.since)})
    if filters.until:
        wanted &= Q(**{f"{name}__lt": start_of(filters.until + timedelta(days=1))})
    if filters.at:
        wanted &= Q(**{f"{name}__lte": filters.at})
    return wanted
