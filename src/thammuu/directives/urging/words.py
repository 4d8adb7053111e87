"""The words of urging: when, whom, through what."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from thammuu.directives.urging.deliveries import DeliveryState
from thammuu.directives.urging.rules import Audience, Channel, Ladder, Origin, Rung
from thammuu.kernel.clock import format_instant

AUDIENCES: Mapping[Audience, Promise] = {
    Audience.LEAD: pgettext_lazy("who is urged", "The lead unit"),
    Audience.LEAD_POST: pgettext_lazy("who is urged", "The post that answers, or else the lead unit"),
    Audience.LEAD_HEAD: pgettext_lazy("who is urged", "The head of the lead unit"),
    Audience.ISSUER: pgettext_lazy("who is urged", "The issuing unit"),
    Audience.ISSUER_HEAD: pgettext_lazy("who is urged", "The head of the issuing unit"),
    Audience.ABOVE: pgettext_lazy("who is urged", "The leadership above the issuing unit"),
}
CHANNELS: Mapping[Channel, Promise] = {
    Channel.MAIL: gettext_lazy("E-mail"),
    Channel.PUSH: gettext_lazy("Browsers of officers"),
    Channel.WEBHOOK: gettext_lazy("Signed webhook"),
}
DELIVERY_STATES: Mapping[DeliveryState, Promise] = {
    DeliveryState.WAITING: pgettext_lazy("message", "Waits"),
    DeliveryState.UNCERTAIN: pgettext_lazy("message", "Uncertain"),
    DeliveryState.SENT: pgettext_lazy("message", "Sent"),
    DeliveryState.FAILED: pgettext_lazy("message", "Not delivered"),
}
DELIVERY_TONES: Mapping[DeliveryState, str] = {
    DeliveryState.WAITING: "standby",
    DeliveryState.UNCERTAIN: "caution",
    DeliveryState.SENT: "off",
    DeliveryState.FAILED: "serious",
}
ORIGINS: Mapping[str, Promise] = {
    "before": gettext_lazy("working days before the deadline"),
    "after": gettext_lazy("working days after the deadline"),
    "issue": gettext_lazy("minutes after an urgent issue, until it is acknowledged"),
}


def when(rung: Rung) -> str:
    """Say when a rung is reached."""
    count = abs(rung.offset)
    if rung.origin is Origin.ISSUE:
        text = ngettext("{n} minute after an urgent issue, not acknowledged",
                        "{n} minutes after an urgent issue, not acknowledged", count)  # fmt: skip
    elif rung.offset == 0:
        text = _("On the day of the deadline")
    elif rung.offset < 0:
        text = ngettext("{n} working day before the deadline", "{n} working days before the deadline", count)
    else:
        text = ngettext("{n} working day after the deadline", "{n} working days after the deadline", count)
    return text.format(n=count)


def again(rung: Rung) -> str:
    """Say how often a rung is repeated in silence; "" for never."""
    if rung.again == 0:
        return ""
    if rung.origin is Origin.ISSUE:
        text = ngettext("again after {n} minute of silence", "again after {n} minutes of silence", rung.again)
    else:
        text = ngettext("again after {n} working day of silence", "again after {n} working days of silence", rung.again)
    return text.format(n=rung.again)


def quiet(ladder: Ladder) -> str:
    """Say when the ladder sends nothing."""
    hours = _("no quiet hours")
    if ladder.quiet_from != ladder.quiet_until:
        text = _("quiet from {start} until {end}")
        hours = text.format(start=f"{ladder.quiet_from:%H:%M}", end=f"{ladder.quiet_until:%H:%M}")
    days = _("working days only") if ladder.working_days_only else _("every day")
    return f"{hours}, {days}"


def said_of(key: str, counted_from: datetime, language: str) -> str:
    """Say which rung was sent, by its key, with what it counts from."""
    origin, _sign, to = key.partition(":")
    name, offset = origin.rstrip("+-0123456789"), origin.lstrip("abcdefghijklmnopqrstuvwxyz_")
    rung = Rung(Origin(name), int(offset), Audience(to))
    text = _("{when} ({instant})")
    return text.format(when=when(rung), instant=format_instant(counted_from, language))
