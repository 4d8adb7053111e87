"""How long ago: the words of an age, the same on the server and in the browser (`relative-age`)."""

from datetime import datetime

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
