"""Reads of the journal itself, for whoever may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from thammuu.journal import feed
from thammuu.journal.facts import registered
from thammuu.journal.feed import FeedEntry, StreamId
from thammuu.journal.links import Edge, around
from thammuu.journal.models import Entry, Sealed
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing, Refusal, Verdict
from thammuu.org.policies import visible_in
from thammuu.org.rules import Permission

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty values narrow nothing. `before` is the sequence to go on from."""

    kind: str = ""
    unit: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def may_read_journal(actor: Actor) -> Verdict:
    """Say whether the actor may read the journal of any unit."""
    return actor.may_somewhere(Permission.JOURNAL_READ) or Refusal(_("Your post does not read the journal."))


def entries_page(actor: Actor, filters: Filters) -> tuple[Sequence[FeedEntry], int | None]:
    """Return a page of entries, the newest first, and where the next page begins, None at the end."""
    found = Entry.objects.filter(_readable(actor))
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.unit:
        found = found.filter(units__contains=[filters.unit])
    if filters.since:
        found = found.filter(recorded_at__gte=filters.since)
    if filters.until:
        found = found.filter(recorded_at__lt=filters.until)
    if filters.before:
        found = found.filter(sequence__lt=filters.before)
    rows = list(found.order_by("-sequence").values_list("id", "sequence")[: PAGE + 1])
    following = rows[PAGE - 1][1] if len(rows) > PAGE else None
    return list(reversed(feed.of_entries(id for id, _sequence in rows[:PAGE]))), following


def entries_after(actor: Actor, since: StreamId, limit: int) -> tuple[list[FeedEntry], StreamId]:
    """Return up to `limit` sealed entries behind the place that the actor may read, in order; and where to go on.

    Fewer than `limit` are all there are by now: going on from there skips none that is sealed later. A place of an
    earlier epoch is one of a journal that was restored since: it goes on where the epochs part.
    """
    head = feed.head()
    parted = [epoch.first_position - 1 for epoch in feed.epochs() if epoch.number > since.epoch]
    position = min([since.position, *parted])
    readable = Entry.objects.filter(_readable(actor))
    places = Sealed.objects.filter(position__gt=position, position__lte=head.position)
    found = places.filter(Exists(readable.filter(id=OuterRef("entry")))).order_by("position")
    wanted = list(found.values_list("position", "entry")[:limit])
    last = wanted[-1][0] if len(wanted) == limit else max(position, head.position)
    entries = feed.of_entries(entry for _position, entry in wanted)
    return sorted(entries, key=lambda entry: entry.position or 0), StreamId(head.epoch, last)


def entry_of(actor: Actor, id: UUID) -> tuple[FeedEntry, Entry, list[Edge]]:
    """Return an entry as read, its columns and the links it told. Raises `Missing`."""
    row = Entry.objects.filter(_readable(actor), id=id).first()
    if row is None:
        raise Missing(_("This does not exist, or not for you."))
    told = [edge for edge in around([row.subject_id]) if edge.entry == id]
    return feed.of_entries([id])[0], row, told


def kinds() -> dict[Subject, list[tuple[str, str]]]:
    """Return (name, outline in the current language) of every kind of fact, by what it is about."""
    newest = {kind: told for (kind, _version), told in sorted(registered().items())}
    found: dict[Subject, list[tuple[str, str]]] = {}
    for kind, told in newest.items():
        found.setdefault(told.subject, []).append((kind, told.outline()))
    return found


def _readable(actor: Actor) -> Q:
    """Return the filter for what the actor may read in the journal."""
    return visible_in(actor.permits[Permission.JOURNAL_READ], event="event", subject="subject_id")
