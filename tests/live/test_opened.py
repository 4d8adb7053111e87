"""What is added to an incident that was opened in an emergency comes over the stream to whoever opened it."""

import threading
from uuid import UUID

import pytest

from tests.ground import Organisation
from tests.live.test_stream import Product, Stream, product, seal_missing, write
from thammuu.journal import feed
from thammuu.kernel import clock
from thammuu.org import actions as org
from thammuu.watch import actions as watch
from thammuu.watch.models import Incident

__all__ = ["product"]
pytestmark = pytest.mark.django_db(transaction=True)


def incident_of(organisation: Organisation) -> UUID:
    now = clock.now()
    return watch.open_incident(
        actor=organisation.chief, now=now, at=now, title="Cháy", unit=organisation.hue, classification=3
    ).answer


def line(organisation: Organisation, incident: UUID, text: str) -> UUID:
    now = clock.now()
    return watch.write_log_entry(
        actor=organisation.chief, now=now, at=now, text=text, unit=organisation.hue, incident=incident
    ).answer


def joined(product: Product, since: str) -> Stream:
    """The officer's stream behind its first pulse, which comes before what was missed."""
    stream = product.open(product.organisation.hanoi_officer, since)
    first = stream.next()
    assert first is not None and first.name == "pulse"
    return stream


def lines_until(stream: Stream, last: UUID) -> list[str]:
    """The log entries that are told, in order, up to this one or to a pulse that says that all were told."""
    told: list[str] = []
    while str(last) not in told:
        event = stream.next()
        assert event is not None, "the stream ended"
        if event.name == "entries":
            told += [entry["subject"][1] for entry in event.data if entry["subject"][0] == "log_entry"]
        elif not seal_missing() and event.data["position"] == feed.head().position:
            break
    return told


def test_lines_of_an_opened_incident_arrive_live_and_after_a_break(product: Product) -> None:
    organisation = product.organisation
    opened, other = incident_of(organisation), incident_of(organisation)
    number = Incident.objects.get(id=opened).number
    org.open_in_emergency(
        actor=organisation.hanoi_officer, now=clock.now(), named=f"#{number}", hours=1, reason="Cháy lan"
    )
    # A stream that is opened while the tail heeds a change of authority ends, so that the browser comes again.
    while seal_missing() or product.live.hub.place != feed.head():
        threading.Event().wait(0.01)
    since = str(feed.head())
    stream = joined(product, since)
    loose = write(organisation.chief, "ghi trước", organisation.hue)
    line(organisation, other, "vụ khác")
    first = line(organisation, opened, "Khói lan")
    assert lines_until(stream, first) == [str(first)]
    watch.attach_log_entry(actor=organisation.chief, now=clock.now(), entry=loose, incident=opened)
    last = line(organisation, opened, "Đã dập tắt")
    assert lines_until(stream, last) == [str(loose), str(last)]
    again = joined(product, since)
    assert lines_until(again, last) == [str(id) for id in (loose, first, loose, last)]
