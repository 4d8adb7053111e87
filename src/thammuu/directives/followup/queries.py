"""Reads of the follow-up board, as plain rows. All of them go through `visible_to`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.filters import AssignmentFilters
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


def decisions_of(actor: Actor, filters: AssignmentFilters, untasked: bool = False) -> QuerySet[Decision]:
    """Return the decisions of the filters' period; if asked, those without an assignment that the actor sees."""
    wanted = _period("decided_at", filters)
    if filters.decision:
        wanted &= Q(id=filters.decision)
    found = Decision.objects.filter(visible_to(actor), wanted)
    return found.annotate(task=_task(actor, filters, "id")).filter(task=None) if untasked else found


def documents_of(actor: Actor, filters: AssignmentFilters, untasked: bool = False) -> QuerySet[Document]:
    """Return the documents issued in the filters' period; if asked, those whose decision has no such assignment."""
    wanted = Q(state=DocumentState.ISSUED) & _period("issued_at", filters)
    if filters.document:
        wanted &= Q(id=filters.document)
    if filters.decision:
        wanted &= Q(arises_from=filters.decision)
    found = Document.objects.filter(visible_to(actor), wanted)
    return found.annotate(task=_task(actor, filters, "arises_from")).filter(task=None) if untasked else found


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
    issued = Q(arises_from_kind=Subject.DECISION, arises_from__in=ids, state=DocumentState.ISSUED)
    for decision, symbol in (
        Document.objects.filter(visible_to(actor), issued).order_by("issued_at").values_list("arises_from", "symbol")
    ):
        symbols[decision].append(symbol)
    titles = Decision.objects.filter(visible_to(actor), id__in=ids).values_list("id", "title")
    return {id: Named(title, tuple(symbols[id])) for id, title in titles}


def _task(actor: Actor, filters: AssignmentFilters, name: str) -> Subquery:
    """Return one assignment of each; asked so, it is looked up by the index, and not all of them are put together."""
    issued = Q(issued_at__lte=filters.at) if filters.at else Q()
    return Subquery(Assignment.objects.filter(visible_to(actor), issued, decision=OuterRef(name)).values("id")[:1])


def _period(name: str, filters: AssignmentFilters) -> Q:
    wanted = Q()
    if filters.since:
        wanted &= Q(**{f"{name}__gte": start_of(filters.since)})
    if filters.until:
        wanted &= Q(**{f"{name}__lt": start_of(filters.until + timedelta(days=1))})
    if filters.at:
        wanted &= Q(**{f"{name}__lte": filters.at})
    return wanted
