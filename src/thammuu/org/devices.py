"""The clock of the device that a request came from.

A browser and a program say what their clock shows as they send: in a header, or, where a page sends a form by itself,
in a field of it. It is compared with the server's clock when the request arrived, not when the last of it did. What
is further apart than `clock.SKEW` goes with everything that is recorded of the request; the order is the journal's
all the same.
"""

from dataclasses import replace
from datetime import UTC, datetime

from django.http import HttpRequest

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor

HEADER = "Device-Time"
FIELD = "device_time"
ARRIVED = "thammuu.arrived"
"""Where a request's META holds the instant at which its head arrived, if the front took it in."""
YEARS = range(1970, 9999)


def on_device(actor: Actor, request: HttpRequest) -> Actor:
    """Return the actor with what its device's clock said, if that is apart from the server's."""
    if request.method in ("GET", "HEAD"):
        return actor
    said = _instant(request.headers.get(HEADER) or request.POST.get(FIELD, ""))
    if said is None or not clock.are_apart(said, request.META.get(ARRIVED) or clock.now()):
        return actor
    return replace(actor, device_at=said)


def _instant(text: str) -> datetime | None:
    """Return an instant in UTC, None for what is none: a clock that talks nonsense must not keep a line out."""
    try:
        said = datetime.fromisoformat(text[:40])
        return said.astimezone(UTC) if said.tzinfo is not None and said.year in YEARS else None
    except (ValueError, OverflowError):
        return None
