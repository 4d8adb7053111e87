"""Findings about what goes out: messages with urgings that were not delivered, or are tried in vain."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from thammuu.config.language import _
from thammuu.config.observing.finding import Finding
from thammuu.directives.urging.carriers import push_of
from thammuu.directives.urging.queries import delivery_counts

REMEMBERED = timedelta(days=3)


def channel_findings(now: datetime) -> Iterator[Finding]:
    """Judge the messages of the last days."""
    counts = delivery_counts(now - REMEMBERED)
    held_up = {str(one.channel): one.held_up for one in counts if one.held_up}
    says = _("No message with urgings is held up.")
    if held_up:
        says = _("Messages with urgings that are tried again and again: {count}.").format(count=_listed(held_up))
    remedy = _("See under Urging, Channels, why, and whether the mail server or the other side can be reached.")
    yield Finding("urging channels", not held_up, says, remedy)
    failed = {str(one.channel): one.failed for one in counts if one.failed}
    says = _("Every message with urgings was delivered.")
    if failed:
        says = _("Messages with urgings not delivered in three days: {count}.").format(count=_listed(failed))
    remedy = _("See under Urging, Channels, why; correct the unit's address or the settings.")
    yield Finding("urging messages", not failed, says, remedy, advised=True)


def push_findings() -> Iterator[Finding]:
    """Judge the key by which push services know this installation, where any of them is allowed."""
    if not settings.OUTGOING.push_hosts:
        return
    file = settings.OUTGOING.push_key
    closed = not push_of(settings.OUTGOING).off() and file.stat().st_mode & 0o077 == 0
    says = _("Messages to browsers are signed with {file}.")
    if not closed:
        says = _("The key {file} is missing, cannot be read or is open to others.")
    remedy = _("Put it back, or run 'thammuu migrate' if there never was one; let it be of mode 0600.")
    yield Finding("push key", closed, says.format(file=file), remedy)


def _listed(counts: dict[str, int]) -> str:
    """Return "3 (mail)" or "5 (mail 3, push 2)": the channels by the names that the metrics give them."""
    words = next(iter(counts)) if len(counts) == 1 else ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"{sum(counts.values())} ({words})"
