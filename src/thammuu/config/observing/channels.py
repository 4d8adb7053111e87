"""Findings about what goes out: messages with urgings that were not delivered, or are tried in vain."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from thammuu.config.language import _
from thammuu.config.observing.finding import Finding
from thammuu.directives.urging.queries import delivery_counts

REMEMBERED = timedelta(days=3)


def channel_findings(now: datetime) -> Iterator[Finding]:
    """Judge the messages of the last days."""
    counts = delivery_counts(now - REMEMBERED)
    says = _("No message with urgings is held up.")
    if counts.held_up:
        says = _("Messages with urgings that are tried again and again: {count}.").format(count=counts.held_up)
    remedy = _("See under Urging, Channels, why, and whether the mail server or the other side can be reached.")
    yield Finding("urging channels", not counts.held_up, says, remedy)
    says = _("Every message with urgings was delivered.")
    if counts.failed:
        says = _("Messages with urgings not delivered in three days: {count}.").format(count=counts.failed)
    remedy = _("See under Urging, Channels, why; correct the unit's address or the settings.")
    yield Finding("urging messages", not counts.failed, says, remedy, advised=True)
