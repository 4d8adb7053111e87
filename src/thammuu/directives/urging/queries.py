"""Reads of policies and urgings. All of them go through `visible_to`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thammuu.directives.urging import receivers, words
from thammuu.directives.urging.cases import URGED
from thammuu.directives.urging.deliveries import DeliveryState
from thammuu.directives.urging.models import Urging, UrgingAddress, UrgingDelivery, UrgingPolicy
from thammuu.directives.urging.rules import Channel
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.org import directory
from thammuu.org.policies import visible_to

SHOWN = 100
LATELY = timedelta(days=30)
DELIVERY_OPEN = (str(DeliveryState.WAITING), str(DeliveryState.UNCERTAIN))


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A policy with how many urgings it sent lately, and how many of them were seen."""

    id: UUID
    unit: str
    is_on: bool
    version: int
    changed_at: datetime
    sent: int
    seen: int


@dataclass(frozen=True, slots=True)
class UrgedRow:
    """An assignment for which the reader's post was urged; `ids` are the urgings of it that nobody has seen."""

    assignment: UUID
    title: str
    lead_unit: str
    deadline: datetime
    overdue: bool
    why: str
    urged_at: datetime
    ids: tuple[UUID, ...]


def policy(actor: Actor, id: UUID) -> UrgingPolicy:
    """Return a policy the actor may see. Raises `Missing`."""
    row = UrgingPolicy.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such policy, or your post may not see it."))
    return row


def policies(actor: Actor, now: datetime) -> list[PolicyRow]:
    """Return the policies the actor may see, in the order of their units."""
    lately = Q(urgings__urged_at__gte=now - LATELY) & visible_to(actor, within="urgings__")
    found = {
        row.unit_id: row
        for row in UrgingPolicy.objects.filter(visible_to(actor)).annotate(
            sent=Count("urgings", filter=lately),
            seen=Count("urgings", filter=lately & Q(urgings__seen_at__isnull=False)),
        )
    }
    known = directory.current()
    order = {unit.id: place for place, unit in enumerate(known.in_order())}
    return [
        PolicyRow(
            id=row.id,
            unit=known.unit_label(row.unit_id),
            is_on=row.is_on,
            version=row.version,
            changed_at=row.changed_at,
            sent=row.sent,
            seen=row.seen,
        )
        for row in sorted(found.values(), key=lambda row: order.get(row.unit_id, len(order)))
    ]


@dataclass(frozen=True, slots=True)
class AddressRow:
    """Where a unit receives urgings."""

    id: UUID
    unit: str
    mailbox: str
    webhook: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A message with urgings, as the pages show it; `tone` stands out only for what went wrong."""

    id: UUID
    unit: str
    channel: Promise
    state: Promise
    tone: str
    urgings: int
    attempts: int
    fault: str
    made_at: datetime
    next_at: datetime | None


def addresses(actor: Actor) -> list[AddressRow]:
    """Return where the units that the actor may see receive urgings."""
    known = directory.current()
    found = UrgingAddress.objects.filter(visible_to(actor)).exclude(mailbox="", webhook="")
    rows = [AddressRow(row.id, known.unit_label(row.unit_id), row.mailbox, row.webhook) for row in found]
    return sorted(rows, key=lambda row: row.unit)


def deliveries(actor: Actor) -> list[DeliveryRow]:
    """Return the newest messages to units that the actor may see."""
    known = directory.current()
    return [
        DeliveryRow(
            id=row.id,
            unit=known.unit_label(row.unit_id),
            channel=words.CHANNELS[Channel(row.channel)],
            state=words.DELIVERY_STATES[DeliveryState(row.state)],
            tone=words.DELIVERY_TONES[DeliveryState(row.state)],
            urgings=len(row.urgings),
            attempts=row.attempts,
            fault=row.fault,
            made_at=row.made_at,
            next_at=row.next_at,
        )
        for row in UrgingDelivery.objects.filter(visible_to(actor)).order_by("-made_at", "-id")[:SHOWN]
    ]


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """Messages of a channel that failed since an instant, and those that are tried in vain or uncertain."""

    channel: Channel
    failed: int
    held_up: int


def delivery_counts(since: datetime) -> list[DeliveryCounts]:
    """Count them over the whole installation, for its operators: for every channel, in the order of their names."""
    failed = Count("id", filter=Q(state=str(DeliveryState.FAILED), ended_at__gte=since))
    held_up = Count("id", filter=Q(state__in=DELIVERY_OPEN, attempts__gte=2))
    # Every attempt is made within two days, so that older ones need not be read.
    lately = UrgingDelivery.objects.filter(made_at__gte=since - timedelta(days=2))
    found = {row["channel"]: row for row in lately.values("channel").annotate(failed=failed, held_up=held_up)}
    none = {"failed": 0, "held_up": 0}
    return [
        DeliveryCounts(channel, counted["failed"], counted["held_up"])
        for channel in Channel
        for counted in (found.get(str(channel), none),)
    ]


def history_of(row: UrgingPolicy) -> list[FeedEntry]:
    """Return what happened to a policy, the newest first."""
    return list(feed.of_subjects([row.id])[::-1])


def urged(actor: Actor, now: datetime) -> list[UrgedRow]:
    """Return the assignments for which the actor's post was urged and nobody said that it was seen: its one digest."""
    if actor.unit is None or actor.post is None:
        return []
    addressed = Q(told_post=None) | Q(told_post__in=receivers.posts_of(actor, now))
    if not receivers.is_head(actor, now):
        addressed &= Q(heads=False)
    still = Q(assignment__state__in=[str(state) for state in URGED])
    found = Urging.objects.filter(visible_to(actor), addressed, still, unit=actor.unit, seen_at=None)
    rows = found.select_related("assignment").order_by("assignment__deadline", "assignment_id", "-urged_at", "-id")
    known, grouped = directory.current(), dict[UUID, list[Urging]]()
    for row in rows[: SHOWN * 5]:
        grouped.setdefault(row.assignment_id, []).append(row)
    return [
        UrgedRow(
            assignment=id,
            title=said(group[0].assignment.title),
            lead_unit=known.unit_label(group[0].assignment.lead_unit_id),
            deadline=group[0].assignment.deadline,
            overdue=group[0].assignment.deadline < now,
            why=words.said_of(group[0].rung, group[0].counted_from, actor.language),
            urged_at=group[0].urged_at,
            ids=tuple(row.id for row in group),
        )
        for id, group in list(grouped.items())[:SHOWN]
    ]


@dataclass(frozen=True, slots=True)
class UrgedCount:
    """How often an assignment was urged, how many of the urgings were seen, and when the last was sent."""

    sent: int
    seen: int
    last: datetime


def urged_count(actor: Actor, assignment: UUID) -> UrgedCount | None:
    """Count the urgings for an assignment that the actor may see; None if there were none."""
    found = Urging.objects.filter(visible_to(actor), assignment=assignment)
    times = list(found.order_by("-urged_at").values_list("urged_at", "seen_at"))
    return UrgedCount(len(times), sum(seen is not None for _at, seen in times), times[0][0]) if times else None
