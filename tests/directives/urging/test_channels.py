"""What goes out: one digest to a real mail server and a real web server, tried again, and never silent."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mail
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import create_server
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller

from tests.directives.thread import Thread as Thread_
from tests.directives.urging.test_sending import morning
from tests.ground import client_of
from thammuu.config.observing.channels import channel_findings
from thammuu.directives import actions as directives
from thammuu.directives.urging import actions
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.directives.urging.deliveries import LONGEST_PAUSE, MOST_ATTEMPTS, UNDER_WAY, DeliveryState, pause_after
from thammuu.directives.urging.models import Urging, UrgingDelivery
from thammuu.directives.urging.rules import Audience, Channel, Ladder, Origin, Rung
from thammuu.directives.urging.sending import deliver, prepare
from thammuu.directives.urging.working import Rounds
from thammuu.journal import feed
from thammuu.kernel.errors import BadInput, Refused
from thammuu.kernel.ids import new_id
from thammuu.org.authority import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
SECRET = "khóa chung của hai hệ thống, đủ dài"
OUT = Outgoing(mail_from="doc-thuc@example.vn", webhook_secret=SECRET, pages="https://thammuu.example.vn")


@dataclass
class Post:
    """A mail server that keeps what it is given; with `answer`, it answers that instead of taking it."""

    mails: list[Mail] = field(default_factory=list)
    answer: str = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content))
        return self.answer


@pytest.fixture
def mail() -> Iterator[tuple[Post, int]]:
    post = Post()
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    yield post, port
    controller.stop()


@dataclass
class Site:
    """A web server that keeps what it is sent and answers with `status`."""

    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 204
    port: int = 0


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(found.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_port
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def set_up(thread: Thread_, *channels: Channel, out: Outgoing = OUT, **addresses: str) -> UUID:
    """Urge Hà Nội on the day through the channels, and say where it is reached."""
    organisation = thread.organisation
    id = actions.draw_up_policy(actor=organisation.chief, now=thread.now, unit=organisation.ministry)
    ladder = Ladder(
        (
            Rung(Origin.DEADLINE, 1, Audience.LEAD, channels, again=1),
            Rung(Origin.ISSUE, 10, Audience.LEAD, channels, any_hour=True),
        )
    )
    actions.change_ladder(actor=organisation.chief, now=thread.now, policy=id, version=1, ladder=ladder)
    actions.switch_policy(actor=organisation.chief, now=thread.now, policy=id, on=True, reason="Thử")
    if addresses:
        actions.set_address(
            actor=organisation.admin, now=thread.now, unit=organisation.hanoi, addresses=addresses,
            carriers=carriers_of(out),
        )  # fmt: skip
    return id


def state() -> tuple[str, int]:
    row = UrgingDelivery.objects.get()
    return row.state, row.attempts


def test_one_digest_a_morning_with_a_stable_id(thread: Thread_, mail: tuple[Post, int]) -> None:
    post, port = mail
    out = replace(OUT, mail_host="127.0.0.1", mail_port=port)
    set_up(thread, Channel.MAIL, out=out, mail="hanoi@example.vn")
    directives.issue_assignments(
        actor=thread.organisation.chief, now=thread.now, decision=thread.decision,
        orders=[thread.order(title="Rà soát")],
    )  # fmt: skip
    now, carriers = morning(thread, 1), carriers_of(out)
    assert Rounds().go(now) == 2
    assert (prepare(now, carriers), prepare(now, carriers)) == (1, 0)
    assert (deliver(now, carriers), deliver(now, carriers)) == (1, 0)
    [sent] = post.mails
    row = UrgingDelivery.objects.get()
    assert sent["To"] == "hanoi@example.vn" and sent["Message-ID"] == f"<{row.id}@example.vn>"
    text = sent.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "Phân luồng tại nút giao" in text and "Rà soát" in text
    assert f"https://thammuu.example.vn/assignments/{thread.assignment}/" in text
    assert (row.state, set(row.urgings)) == ("sent", set(Urging.objects.values_list("id", flat=True)))
    assert [entry.kind.rpartition(".")[2] for entry in feed.of_subjects([row.id])] == [
        "urging_delivery_prepared",
        "urging_delivery_begun",
        "urging_delivery_sent",
    ]
    later = morning(thread, 2)
    assert Rounds().go(later) == 2
    assert (prepare(later, carriers), deliver(later, carriers)) == (1, 1)
    page = client_of(thread.organisation.hanoi_officer).get("/urging/channels/").content.decode()
    assert page.count("Sent") == 2 and "hanoi@example.vn" in page
    assert (
        "hanoi@example.vn" not in client_of(thread.organisation.hue_officer).get("/urging/channels/").content.decode()
    )


def test_what_is_classified_is_not_named_outside(thread: Thread_, mail: tuple[Post, int]) -> None:
    post, port = mail
    out = replace(OUT, mail_host="127.0.0.1", mail_port=port)
    set_up(thread, Channel.MAIL, out=out, mail="hanoi@example.vn")
    directives.take_decision(
        actor=thread.organisation.chief, now=thread.now, unit=thread.organisation.ministry, title="Kín", reason="Kín",
        classification=2, orders=[thread.order(title="Phương án kín")],
    )  # fmt: skip
    now, carriers = morning(thread, 1), carriers_of(out)
    Rounds().go(now)
    prepare(now, carriers)
    assert deliver(now, carriers) == 1
    text = post.mails[0].get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "Phân luồng" in text and "kín" not in text and text.count("/assignments/") == 2


def test_a_dead_channel_is_tried_with_growing_pauses_and_reported(thread: Thread_, mail: tuple[Post, int]) -> None:
    post, port = mail
    dead = carriers_of(replace(OUT, mail_host="127.0.0.1", mail_port=1))
    set_up(thread, Channel.MAIL, out=replace(OUT, mail_host="x"), mail="hanoi@example.vn")
    now = morning(thread, 1)
    Rounds().go(now)
    prepare(now, dead)
    for attempt in (1, 2, 3):
        assert deliver(now, dead) == 0
        row = UrgingDelivery.objects.get()
        assert (row.state, row.attempts, row.next_at) == ("waiting", attempt, now + pause_after(attempt))
        assert deliver(now, dead) == 0 and state() == ("waiting", attempt), "not before its time"
        now = row.next_at
    assert "ConnectionRefusedError" in row.fault
    findings = {one.name: one.ok for one in channel_findings(now)}
    assert findings == {"urging channels": False, "urging messages": True}
    post.answer = "451 Later"
    alive = carriers_of(replace(OUT, mail_host="127.0.0.1", mail_port=port))
    assert deliver(now, alive) == 0 and state() == ("waiting", 4)
    post.answer = "550 No such mailbox"
    assert deliver(now + LONGEST_PAUSE, alive) == 0 and state() == ("failed", 5)
    findings = {one.name: one.ok for one in channel_findings(now)}
    assert findings == {"urging channels": True, "urging messages": False}


def test_whoever_dies_in_an_attempt_leaves_it_uncertain_and_it_is_sent_again(
    thread: Thread_, mail: tuple[Post, int]
) -> None:
    post, port = mail
    out = replace(OUT, mail_host="127.0.0.1", mail_port=port)
    set_up(thread, Channel.MAIL, out=out, mail="hanoi@example.vn")
    now, carriers = morning(thread, 1), carriers_of(out)
    Rounds().go(now)
    prepare(now, carriers)
    row = UrgingDelivery.objects.get()
    assert actions.begin_delivery(actor=SYSTEM, now=now, delivery=row.id)
    assert not actions.begin_delivery(actor=SYSTEM, now=now, delivery=row.id), "another worker leaves it alone"
    assert state() == ("uncertain", 1) and deliver(now, carriers) == 0
    assert deliver(now + UNDER_WAY, carriers) == 1
    assert state() == ("sent", 2) and post.mails[0]["Message-ID"] == f"<{row.id}@example.vn>"


def test_it_is_not_tried_for_ever() -> None:
    assert [pause_after(attempt) for attempt in (1, 2, 3)] == [timedelta(minutes=minutes) for minutes in (1, 2, 4)]
    assert pause_after(MOST_ATTEMPTS) == LONGEST_PAUSE


def test_a_unit_without_an_address_is_said_to_have_none(thread: Thread_) -> None:
    set_up(thread, Channel.MAIL)
    now, carriers = morning(thread, 1), carriers_of(replace(OUT, mail_host="127.0.0.1"))
    Rounds().go(now)
    assert prepare(now, carriers) == 1 and deliver(now, carriers) == 0
    assert state() == (str(DeliveryState.FAILED), 0)


def test_a_webhook_is_signed_follows_nothing_and_is_tried_again(thread: Thread_, site: Site) -> None:
    out = replace(OUT, webhook_hosts=(f"127.0.0.1:{site.port}",))
    set_up(thread, Channel.WEBHOOK, out=out, webhook=f"http://127.0.0.1:{site.port}/don-doc?x=1")
    now, carriers = morning(thread, 1), carriers_of(out)
    Rounds().go(now)
    prepare(now, carriers)
    site.status = 503
    assert deliver(now, carriers) == 0 and state() == ("waiting", 1)
    site.status = 204
    assert deliver(now + pause_after(1), carriers) == 1 and state() == ("sent", 2)
    ids = set()
    for headers, body in site.got:
        stamp, mac = (part.partition("=")[2] for part in headers["Thammuu-Signature"].split(","))
        assert mac == hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        ids.add((headers["Thammuu-Message"], json.loads(body)["id"]))
    assert ids == {(str(UrgingDelivery.objects.get().id),) * 2}
    assert json.loads(body)["unit"] == "01"
    site.status = 302
    later = morning(thread, 2)
    Rounds().go(later)
    prepare(later, carriers)
    assert deliver(later, carriers) == 0 and len(site.got) == 3
    assert UrgingDelivery.objects.latest("made_at").state == "failed"


def test_a_timer_does_not_wait_for_the_digest(thread: Thread_, mail: tuple[Post, int]) -> None:
    post, port = mail
    out = replace(OUT, mail_host="127.0.0.1", mail_port=port)
    set_up(thread, Channel.MAIL, out=out, mail="hanoi@example.vn")
    now, carriers = morning(thread, 1), carriers_of(out)
    Rounds().go(now)
    prepare(now, carriers)
    directives.issue_assignments(
        actor=thread.organisation.chief, now=now, decision=thread.decision,
        orders=[thread.order(title="Khẩn", urgency="urgent")],
    )  # fmt: skip
    later: datetime = now + timedelta(minutes=10)
    assert (Rounds().go(later), prepare(later, carriers), deliver(later, carriers)) == (1, 1, 2)
    assert len(post.mails) == 2


def test_only_administrators_set_addresses_and_only_such_as_are_allowed(thread: Thread_, settings: Any) -> None:
    organisation = thread.organisation
    carriers = carriers_of(replace(OUT, mail_host="127.0.0.1", webhook_hosts=("don-doc.example.vn",)))
    common = {"now": thread.now, "unit": organisation.hanoi, "carriers": carriers}
    for actor in (organisation.chief, organisation.hanoi_officer):
        with pytest.raises(Refused):
            actions.set_address(actor=actor, addresses={"mail": "a@example.vn"}, **common)
    for channel, wrong in [
        ("mail", "không phải"),
        ("mail", "a@example.vn\nBcc: b@example.vn"),
        ("webhook", "http://don-doc.example.vn/"),
        ("webhook", "https://other.example.vn/"),
        ("webhook", "https://don-doc.example.vn@other.example.vn/"),
        ("webhook", "https://don-doc.example.vn:8443/"),
        ("webhook", "file:///etc/passwd"),
    ]:
        with pytest.raises(BadInput):
            actions.set_address(actor=organisation.admin, addresses={channel: wrong}, **common)
    good = {"mail": "a@example.vn", "webhook": "https://don-doc.example.vn/x"}
    first = actions.set_address(actor=organisation.admin, addresses=good, **common)
    assert actions.set_address(actor=organisation.admin, addresses={}, **common) == first
    settings.OUTGOING = replace(OUT, mail_host="127.0.0.1")
    admin = client_of(organisation.admin)
    sent = {"unit": organisation.hue, "mail": "hue@example.vn", "submission": new_id()}
    assert admin.post("/urging/channels/", sent)["Location"] == "/urging/channels/"
    wrong_one = admin.post("/urging/channels/", {**sent, "mail": "x", "submission": new_id()})
    assert wrong_one.status_code == 422 and "This is not an e-mail address." in wrong_one.content.decode()
    assert client_of(organisation.chief).post("/urging/channels/", sent).status_code == 403
