"""Reads of the browsers that receive urgings: an officer's own, and none of anybody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, OuterRef, Q, Subquery

from thammuu.directives.urging.deliveries import DeliveryState
from thammuu.directives.urging.models import UrgingBrowser, UrgingDelivery
from thammuu.directives.urging.push.subscription import Subscription
from thammuu.directives.urging.rules import Ended
from thammuu.journal.fold import Difference
from thammuu.journal.redaction.words import said
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor

REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class BrowserRow:
    """A browser of the reader's, as the page shows it; `fault` is why the newest message was not delivered.

    `elsewhere`: it was set up in a post of another unit, so that nothing is sent to it now. `reset`: it was taken off
    because the account was reset.
    """

    id: UUID
    name: str
    service: str
    set_at: datetime
    sent_at: datetime | None
    fault: str
    elsewhere: bool
    gone_at: datetime | None
    reset: bool


def browsers(actor: Actor, now: datetime) -> list[BrowserRow]:
    """Return the actor's browsers, and those that the system took off lately, the newest first."""
    newest = UrgingDelivery.objects.filter(browser=OuterRef("id")).order_by("-made_at", "-id")
    gone = Q(reason__in=[str(Ended.GONE), str(Ended.RESET)], ended_at__gte=now - REMEMBERED)
    found = UrgingBrowser.objects.filter(Q(ended_at=None) | gone, account=actor.account).annotate(
        sent_at=Max("deliveries__ended_at", filter=Q(deliveries__state=str(DeliveryState.SENT))),
        fault=Subquery(newest.values("fault")[:1]),
    )
    return [
        BrowserRow(
            id=row.id,
            name=said(row.name),
            service=row.service,
            set_at=row.set_at,
            sent_at=row.sent_at,
            fault=row.fault or "",
            elsewhere=row.unit_id != actor.unit,
            gone_at=row.ended_at,
            reset=row.reason == Ended.RESET,
        )
        for row in found.order_by("-set_at", "-id")
    ]


def changed_in_secret() -> Iterator[Difference]:
    """Yield the browsers whose way of being reached is not what the journal has the digest of."""
    for row in UrgingBrowser.objects.filter(ended_at=None).exclude(endpoint="").iterator(chunk_size=2000):
        found = Subscription(row.endpoint, row.p256dh, row.auth).digest
        if found != row.digest:
            yield Difference(Subject.URGING_BROWSER, row.id, "digest", row.digest, found)
