"""Reads of alerts and files from outside, as plain rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from thammuu.interop import words
from thammuu.interop.cap import Alert as Message
from thammuu.interop.models import Alert
from thammuu.interop.rules import IDLE_MARKS, OVER, TONES, State, is_expired, reference_key
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.kernel.text import fold
from thammuu.org.policies import visible_to

PER_PAGE = 50
HEAD = (
    "id", "unit_id", "received_at", "sent", "sender", "identifier", "message_type", "mark", "headline", "areas",
    "severity", "expires", "state",
)  # fmt: skip
GROUPS: Mapping[str, Collection[str]] = {
    "waiting": (State.DRAFT,),
    "notices": (State.NOTICE,),
    "accepted": (State.ACCEPTED,),
    "over": OVER,
    "all": tuple(State),
}


@dataclass(frozen=True)
class AlertRow:
    """An alert as one line of a list. `tone` is a status of the interface; the words are in the language in force."""

    id: UUID
    headline: str
    areas: str
    sender: str
    sent: datetime
    received_at: datetime
    expires: datetime | None
    expired: bool
    tone: str
    severity: str
    mark: str
    mark_tone: str
    state: str
    message_type: str
    unit: UUID

    @property
    def url(self) -> str:
        """The alert's page."""
        return f"/alerts/{self.id}/"

    @property
    def sort(self) -> str:
        """The row's place in the list as text: the newest is the greatest."""
        return f"{self.received_at.astimezone(UTC).isoformat()} {self.id}"


@dataclass(frozen=True)
class AlertFilter:
    """What of the alerts is asked for; empty fields ask for all."""

    group: str = "waiting"
    severity: str = ""
    mark: str = ""
    q: str = ""

    def apply(self, alerts: QuerySet[Alert]) -> QuerySet[Alert]:
        """Narrow by everything but the group."""
        if self.severity:
            alerts = alerts.filter(severity=self.severity)
        if self.mark:
            alerts = alerts.filter(mark="" if self.mark == "real" else self.mark)
        for word in fold(self.q).split():
            alerts = alerts.filter(search_text__contains=word)
        return alerts


@dataclass(frozen=True)
class AlertList:
    """A page of rows and the number in each group."""

    page: Page[Any]
    rows: list[AlertRow]
    counts: Mapping[str, int]


def alert_list(actor: Actor, wanted: AlertFilter, number: str | int, now: datetime) -> AlertList:
    """Return a page of the alerts that the actor may see, the newest first; three statements, whatever the size."""
    alerts = wanted.apply(Alert.objects.filter(visible_to(actor)))
    counts = alerts.aggregate(**{name: Count("id", filter=Q(state__in=states)) for name, states in GROUPS.items()})
    chosen = alerts.filter(state__in=GROUPS.get(wanted.group, GROUPS["waiting"])).only(*HEAD)
    paginator = _Counted(chosen.order_by("-received_at", "-id"), PER_PAGE)
    paginator.known = counts[wanted.group if wanted.group in GROUPS else "waiting"]
    page = paginator.get_page(number)
    return AlertList(page, [alert_row(alert, now) for alert in page.object_list], counts)


def alert_query(actor: Actor, wanted: AlertFilter) -> QuerySet[Alert]:
    """Return the alerts of the filter that the actor may see, without their messages."""
    found = wanted.apply(Alert.objects.filter(visible_to(actor)))
    return found.filter(state__in=GROUPS.get(wanted.group, GROUPS["waiting"])).defer("content", "raw")


def waiting_count(actor: Actor) -> int:
    """Return how many drafts wait for a decision."""
    return Alert.objects.filter(visible_to(actor), state=State.DRAFT).count()


class _Counted(Paginator[Any]):
    """A paginator that was told the count, so that it does not ask again."""

    known = 0

    @property
    def count(self) -> int:
        return self.known


def alert_row(alert: Alert, now: datetime) -> AlertRow:
    """Return an alert as a line, in the language in force."""
    expired = is_expired(alert.expires, now)
    return AlertRow(
        id=alert.id, headline=said(alert.headline), areas=alert.areas, sender=alert.sender, sent=alert.sent,
        received_at=alert.received_at, expires=alert.expires, expired=expired, tone=tone_of(alert, now),
        severity=str(words.SEVERITIES[alert.severity]), mark=str(words.MARKS.get(alert.mark, "")),
        mark_tone="exercise" if alert.mark == "exercise" else "caution", state=str(words.STATES[alert.state]),
        message_type=str(words.MESSAGE_TYPES[alert.message_type]), unit=alert.unit_id,
    )  # fmt: skip


def tone_of(alert: Alert, now: datetime) -> str:
    """How abnormal an alert is: colour only while it is open, in force and not a mere notice."""
    if alert.state in OVER or is_expired(alert.expires, now):
        return "off"
    if alert.mark in IDLE_MARKS:
        return "standby"
    if alert.state == State.NOTICE and alert.severity in {"Minor", "Unknown"}:
        return "normal"
    return TONES[alert.severity]


def visible_alert(actor: Actor, alert: UUID) -> Alert:
    """Return the alert, whole. Raises `Missing` where the actor may not see it."""
    row = Alert.objects.filter(visible_to(actor), id=alert).select_related("file").defer("file__content").first()
    if row is None:
        raise Missing(_("This alert does not exist, or not for you."))
    return row


def message_of(alert: Alert) -> Message:
    """Return what the alert says."""
    return Message.model_validate(alert.content)


@dataclass(frozen=True)
class Chain:
    """The messages around one: those it names (and those named that are not here), and those that name it."""

    earlier: list[AlertRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    later: list[AlertRow] = field(default_factory=list)


def chain_of(alert: Alert, now: datetime) -> Chain:
    """Return the neighbours of an alert at its unit, oldest first; one statement."""
    key = reference_key(alert.sender, alert.identifier)
    names = [item.partition(",")[2] for item in alert.refers_to]
    near = Alert.objects.filter(world=alert.world, unit_id=alert.unit_id).filter(
        Q(identifier__in=names) | Q(refers_to__contains=[key])
    )
    found = [item for item in near.only(*HEAD, "refers_to").order_by("sent") if item.id != alert.id]
    keys = {reference_key(item.sender, item.identifier): item for item in found}
    return Chain(
        earlier=[alert_row(keys[item], now) for item in alert.refers_to if item in keys],
        unknown=[item for item in alert.refers_to if item not in keys],
        later=[alert_row(item, now) for item in found if key in item.refers_to],
    )
