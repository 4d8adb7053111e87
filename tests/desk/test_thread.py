"""The thread of any object, walked from either end, seen only as far as the reader sees."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.chain import KINDS, Chain, build_chain, write
from tests.ground import Organisation, client_of
from thammuu.desk.gaps import Gap
from thammuu.desk.graph import TALLEST, draw
from thammuu.desk.thread import Thread, thread_of
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.watch import actions as watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(organisation: Organisation, now: datetime) -> Chain:
    return build_chain(organisation, now)


def seen(actor: Actor, chain: Chain, now: datetime, kind: str = "incident") -> Thread:
    return thread_of(actor, Subject(kind), dict(chain.ends())[kind], now)


@pytest.mark.parametrize("kind", KINDS)
def test_from_any_object_the_whole_thread_is_reached(
    organisation: Organisation, chain: Chain, now: datetime, kind: str
) -> None:
    thread = seen(organisation.chief, chain, now, kind)
    assert {(str(node.kind), node.id) for node in thread.nodes} == set(chain.ends())
    assert [node.stage for node in thread.nodes] == sorted(node.stage for node in thread.nodes)
    assert [found.gap for found in thread.found] == [Gap.EVIDENCE_NOT_VERIFIED]
    lead = [unit for _relation, unit in thread.units[chain.assignment]]
    assert lead == [organisation.hanoi]


def test_a_unit_does_not_tie_threads_together(organisation: Organisation, chain: Chain, now: datetime) -> None:
    other = build_chain(organisation, now)
    thread = seen(organisation.chief, chain, now)
    assert other.assignment not in {node.id for node in thread.nodes}


def test_what_may_not_be_seen_does_not_exist(organisation: Organisation, chain: Chain, now: datetime) -> None:
    with pytest.raises(Missing):
        seen(organisation.hue_officer, chain, now)
    client = client_of(organisation.hue_officer)
    assert client.get(f"/thread/incident/{chain.incident}/").status_code == 404
    assert client.get(f"/thread/incident/{uuid4()}/").status_code == 404
    assert client.get(f"/thread/nothing/{chain.incident}/").status_code == 404
    assert client.get(f"/thread/decision/{chain.incident}/").status_code == 404


def test_the_walk_does_not_pass_through_what_is_hidden(organisation: Organisation, now: datetime) -> None:
    """Two reports at Hà Nội hang together only by an incident at Huế: nothing of it shows at Hà Nội."""
    first, second = write(organisation, now, "Khói đen"), write(organisation, now, "Mất điện")
    for entry in (first, second):
        incident = watch.open_incident(
            actor=organisation.chief, now=now, at=now, title="Sự cố lưới điện", unit=organisation.hue
        ).answer
        watch.attach_log_entry(actor=organisation.chief, now=now, entry=entry, incident=incident)
    nodes = thread_of(organisation.hanoi_officer, Subject.LOG_ENTRY, first, now).nodes
    assert second not in {node.id for node in nodes}


def test_the_page_shows_list_drawing_gaps_and_moments(organisation: Organisation, chain: Chain) -> None:
    page = client_of(organisation.chief).get(f"/thread/evidence/{chain.evidence}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "<svg" in text and "style=" not in text
    for words in ("Cháy chợ Đồng Xuân", "Huy động chữa cháy", "Dập lửa", "Đã tắt hẳn", "Evidence not verified"):
        assert words in text
    for kind, id in chain.ends()[:-1]:
        assert f"/thread/{kind}/{id}/" in text


def test_statements_do_not_grow_with_the_thread(organisation: Organisation, chain: Chain, now: datetime) -> None:
    client = client_of(organisation.chief)
    address = f"/thread/incident/{chain.incident}/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(30):
        watch.write_log_entry(
            actor=organisation.chief, now=now, at=now, text=f"Tin {number}", unit=organisation.hanoi,
            incident=chain.incident,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_tall_column_is_cut_but_keeps_what_was_asked_for(
    organisation: Organisation, chain: Chain, now: datetime
) -> None:
    for number in range(15):
        watch.write_log_entry(
            actor=organisation.chief, now=now, at=now, text=f"Tin {number}", unit=organisation.hanoi,
            incident=chain.incident,
        )  # fmt: skip
    drawing = draw(seen(organisation.chief, chain, now, "log_entry"))
    assert [rest.count for rest in drawing.rests] == [16 - TALLEST]
    assert [box.full_title for box in drawing.boxes if box.chosen] == ["Cháy chợ Đồng Xuân · Report"]
    assert all(0 <= box.x < drawing.width and 0 <= box.y < drawing.height for box in drawing.boxes)
