"""Reads of incoming documents, as plain rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from thammuu.directives.incoming.models import IncomingDocument, IncomingText
from thammuu.directives.incoming.rows import IncomingRow, incoming_rows
from thammuu.directives.incoming.rules import OPEN, IncomingState
from thammuu.directives.kept_words import holding
from thammuu.directives.rules import Timing
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.policies import covers_entry, visible_to

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which incoming documents: of a receiving unit and a year (None: all), narrowed; `due`: with a deadline."""

    year: int | None
    unit: UUID | None = None
    lead: UUID | None = None
    state: IncomingState | None = None
    timing: Timing | None = None
    words: str = ""
    due: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of a document's history."""

    at: datetime
    text: str
    by: str


def incoming_document(actor: Actor, id: UUID) -> IncomingDocument:
    """Return an incoming document the actor may see. Raises `Missing`."""
    row = IncomingDocument.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such incoming document, or your post may not see it."))
    return row


def incoming(actor: Actor, asked: Asked, today: date) -> QuerySet[IncomingDocument]:
    """Return the incoming documents of a register that the actor may see, the latest arrival first."""
    known, wanted = directory.current(), Q()
    if asked.year is not None:
        wanted &= Q(year=asked.year)
    if asked.due:
        wanted &= Q(due_on__isnull=False)
    if asked.unit is not None:
        wanted &= Q(unit__in=known.stands_for(asked.unit))
    if asked.lead is not None:
        wanted &= Q(lead_unit__in=known.stands_for(asked.lead))
    if asked.state is not None:
        wanted &= Q(state=str(asked.state))
    if asked.timing is not None:
        wanted &= _timed(asked.timing, today)
    if asked.words:
        inside = texts_with(actor, asked.words).values("document")
        wanted &= Q(search_text__contains=fold(asked.words)) | Q(id__in=inside)
    found = IncomingDocument.objects.filter(visible_to(actor), wanted)
    return found.order_by("due_on", "number", "id") if asked.due else found.order_by("-arrived_on", "-number", "-id")


def texts_with(actor: Actor, typed: str) -> QuerySet[IncomingText]:
    """Return the texts that the actor may read and that have every word that is typed."""
    return holding(IncomingText.objects.filter(visible_to(actor)), typed)


def counts_by_state(actor: Actor, asked: Asked, today: date) -> dict[IncomingState, int]:
    """Return how many documents of a register stand at each state."""
    found = incoming(actor, asked, today).order_by().values_list("state").annotate(count=Count("id"))
    counted = dict(found)
    return {state: counted.get(state.value, 0) for state in IncomingState}


def counts_by_timing(actor: Actor, asked: Asked, today: date) -> dict[Timing, int]:
    """Return how many documents with a deadline stand in each of the four states in time."""
    each = {timing.value: Count("id", filter=_timed(timing, today)) for timing in Timing}
    found = incoming(actor, asked, today).order_by().aggregate(**each)
    return {timing: found[timing.value] for timing in Timing}


def years(actor: Actor) -> list[int]:
    """Return the years in which documents that the actor may see arrived, the latest first."""
    found = IncomingDocument.objects.filter(visible_to(actor)).order_by("-year")
    return list(found.values_list("year", flat=True).distinct())


def units_in(actor: Actor, field: str) -> Pairs:
    """Return the units that stand in a column ("unit" or "lead_unit") of what the actor may see, for a select."""
    found = IncomingDocument.objects.filter(visible_to(actor)).order_by()
    ids = set(found.values_list(field, flat=True).distinct()) - {None}
    return org.unit_options(directory.current().in_order(ids))


def answered_by(actor: Actor, answer: UUID, now: datetime) -> list[IncomingRow]:
    """Return the incoming documents that a document or a decision answers."""
    found = IncomingDocument.objects.filter(visible_to(actor), answer=answer).order_by("arrived_on", "id")
    return incoming_rows(actor, found, now)


def copies_of(actor: Actor, row: IncomingDocument, now: datetime) -> list[IncomingRow]:
    """Return the other registrations of the same document: the first one, and those that are its copies."""
    first = row.copy_of or row.id
    found = IncomingDocument.objects.filter(visible_to(actor), Q(id=first) | Q(copy_of=first)).exclude(id=row.id)
    return incoming_rows(actor, found.order_by("registered_at"), now)


def history_of(actor: Actor, document: UUID) -> list[Happened]:
    """Return what happened to an incoming document, the latest first."""
    entries = [entry for entry in feed.of_subjects([document]) if covers_entry(actor.scope, entry)]
    return [_happened(entry, actor.language) for entry in reversed(entries)]


def still_open() -> Q:
    """Return the filter for what is neither answered nor settled."""
    return Q(state__in=[state.value for state in OPEN])


def _happened(entry: FeedEntry, language: str) -> Happened:
    return Happened(entry.claimed_at, entry.say(language), org.author_label(entry.post, entry.behalf) or "Thammuu")


def _timed(timing: Timing, today: date) -> Q:
    """Return the filter that says of rows what `rules.timing` says of one."""
    match timing:
        case Timing.DONE_ON_TIME:
            return Q(settled_on__lte=F("due_on"))
        case Timing.DONE_LATE:
            return Q(settled_on__gt=F("due_on"))
        case Timing.OPEN_WITHIN_TIME:
            return Q(settled_on__isnull=True, due_on__gte=today)
        case Timing.OPEN_OVERDUE:
            return Q(settled_on__isnull=True, due_on__lt=today)
