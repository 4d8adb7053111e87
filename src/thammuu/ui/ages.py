"""The words of an age and of how far a clock is off: the same on the server and in the browser (`ages.ts`)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def age_text(instant: datetime, now: datetime) -> str:
    """Return "12 min" for the past and "in 12 min" for the future; below a minute "now"."""
    seconds = (now - instant).total_seconds()
    span = _span(abs(seconds))
    if not span:
        return _("now")
    return span if seconds > 0 else _("in {span}").format(span=span)


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 1:
        return ""
    if minutes < 120:
        return _("{n} min").format(n=minutes)
    hours = minutes // 60
    if hours < 48:
        return _("{n} h").format(n=hours)
    days = hours // 24
    return ngettext("{n} day", "{n} days", days).format(n=days)


def skew_text(device_at: datetime, server_at: datetime) -> str:
    """Return how far a device's clock was off: "The device’s clock was 1 d 0 h ahead"."""
    apart = device_at - server_at
    said = (
        _("The device’s clock was {span} ahead") if apart > timedelta() else _("The device’s clock was {span} behind")
    )
    return said.format(span=_apart(abs(apart)))


def _apart(span: timedelta) -> str:
    # To the nearest minute: what was sent has been under way for a moment.
    minutes = round(span.total_seconds() / 60)
    hours, days = minutes // 60, minutes // 1440
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    if hours < 24:
        return _("{h} h {m} min").format(h=hours, m=minutes % 60)
    return _("{d} d {h} h").format(d=days, h=hours % 24)
