"""The live stream over real sockets, with a real sealer behind it."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from uuid import UUID

import pytest
import uvicorn
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from tests.ground import Organisation, build_organisation
from thammuu.config.front.application import Front
from thammuu.config.front.native import NATIVE
from thammuu.config.live import Live, sessions
from thammuu.config.serving import Serving
from thammuu.config.working import connect
from thammuu.journal import feed
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.sealer import run_sealer
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import actions as org
from thammuu.org.account import actions as account
from thammuu.org.models import Account, Grant
from thammuu.org.rules import Role
from thammuu.watch import actions as watch

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Event:
    name: str
    data: Any


class Stream:
    """A browser's end of the stream."""

    def __init__(self, port: int, key: str, since: str, language: str = "en") -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        cookie = f"{settings.SESSION_COOKIE_NAME}={key}; {settings.LANGUAGE_COOKIE_NAME}={language}"
        self.connection.request("GET", f"/live/stream?since={since}", headers={"Cookie": cookie})
        self.answer: HTTPResponse = self.connection.getresponse()
        self.status = self.answer.status

    def next(self) -> Event | None:
        """The next event, None at the end of the stream."""
        name = ""
        while line := self.answer.readline():
            field, _, value = line.decode().rstrip("\n").partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                return Event(name, json.loads(value))
        return None

    def entries(self, count: int) -> list[dict[str, Any]]:
        """The next entries, `count` or more, whatever pulses come between."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            event = self.next()
            assert event is not None, "the stream ended"
            if event.name == "entries":
                found.extend(event.data)
        return found

    def close(self) -> None:
        self.connection.close()
        self.answer.close()


@dataclass
class Product:
    port: int
    live: Live
    organisation: Organisation

    def open(self, actor: Actor, since: str | None = None, language: str = "en") -> Stream:
        return Stream(self.port, sign_in(actor), str(feed.head()) if since is None else since, language)


def sign_in(actor: Actor) -> str:
    assert actor.account is not None
    account = Account.objects.get(id=actor.account)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def no_page(environ: Any, start_response: Any) -> list[bytes]:
    start_response("404 Not Found", [])
    return [b""]


@pytest.fixture
def product() -> Iterator[Product]:
    organisation = build_organisation()
    live = Live()
    front = Front(no_page, live, NATIVE)
    listener = socket.create_server(("127.0.0.1", 0))
    server = Serving(uvicorn.Config(front, http="httptools", ws="none", log_config=None), front)
    serving = threading.Thread(target=server.run, args=([listener],))
    stop = threading.Event()
    sealing = threading.Thread(target=run_sealer, args=(connect, stop, Notary()))
    sealing.start()
    while seal_missing():
        pass
    serving.start()
    while live.hub.place is None:
        threading.Event().wait(0.01)
    yield Product(listener.getsockname()[1], live, organisation)
    server.should_exit = True
    stop.set()
    serving.join()
    sealing.join()
    sessions.forget()


def seal_missing() -> bool:
    from thammuu.journal.models import Entry

    return Entry.objects.count() != feed.head().position


def write(actor: Actor, text: str, unit: UUID | None = None) -> UUID:
    now = clock.now()
    home = unit or actor.unit
    assert home is not None
    return watch.write_log_entry(actor=actor, now=now, at=now, text=text, unit=home).answer


def test_what_is_written_arrives_as_the_page_shows_it(product: Product) -> None:
    stream = product.open(product.organisation.duty)
    assert stream.status == 200
    first = stream.next()
    assert first is not None and first.name == "pulse" and first.data["position"] == feed.head().position
    written = write(product.organisation.hanoi_officer, "Cháy ở chợ")
    [entry] = stream.entries(1)
    assert entry["subject"] == ["log_entry", str(written)]
    [fragment] = entry["fragments"]
    assert fragment["target"] == "log" and "Cháy ở chợ" in fragment["html"]


def test_nobody_is_told_without_a_session(product: Product) -> None:
    assert Stream(product.port, "", "1.0").status == 401
    assert Stream(product.port, "forged", "1.0").status == 401


def test_a_reader_who_comes_back_misses_nothing(product: Product) -> None:
    officer = product.organisation.hanoi_officer
    stream = product.open(officer)
    write(officer, "một")
    place = f"1.{stream.entries(1)[-1]['position']}"
    stream.close()
    missed = [write(officer, f"lần {number}") for number in range(30)]
    again = product.open(officer, place)
    later = [write(officer, f"sau {number}") for number in range(30)]
    told = again.entries(60)
    assert [entry["subject"][1] for entry in told] == [str(id) for id in [*missed, *later]]
    positions = [entry["position"] for entry in told]
    assert positions == list(range(positions[0], positions[0] + 60))


def test_readers_of_two_languages_are_told_in_theirs(product: Product) -> None:
    officer = product.organisation.hanoi_officer
    since = str(feed.head())
    streams = {language: product.open(officer, since, language) for language in ("vi", "en")}
    now = clock.now()
    watch.open_incident(
        actor=officer, now=now, at=now, title="Cháy", kind="fire", severity="critical", unit=product.organisation.hanoi
    )
    html = {language: stream.entries(1)[0]["fragments"][0]["html"] for language, stream in streams.items()}
    assert "Critical" in html["en"] and "Critical" not in html["vi"]


def test_another_units_entry_never_arrives(product: Product) -> None:
    since = str(feed.head())
    hue = product.open(product.organisation.hue_officer, since)
    write(product.organisation.hanoi_officer, "Hà Nội một")
    mine = write(product.organisation.hue_officer, "Huế một")
    assert [entry["subject"][1] for entry in hue.entries(1)] == [str(mine)]
    replayed = product.open(product.organisation.hue_officer, since)
    assert [entry["subject"][1] for entry in replayed.entries(1)] == [str(mine)]


def test_rights_withdrawn_in_mid_stream_hold_for_the_next_entry(product: Product) -> None:
    organisation = product.organisation
    duty, chief = product.open(organisation.duty), product.open(organisation.chief)
    write(organisation.hanoi_officer, "trước")
    assert duty.entries(1) and chief.entries(1)
    grant = Grant.objects.get(post=organisation.duty.post)
    now = clock.now()
    org.withdraw_role(actor=organisation.admin, now=now, grant=grant.id, reason="hết ca")
    write(organisation.hanoi_officer, "sau")
    own = [entry["kind"] for entry in chief.entries(2)]
    assert own[-1] == "watch.log_entry_written"
    event = duty.next()
    while event is not None and event.name == "pulse" and event.data["position"] < feed.head().position:
        event = duty.next()
    assert event is not None and event.name == "pulse"


def test_what_was_delegated_ends_for_the_stream_with_the_right_that_it_stands_on(product: Product) -> None:
    organisation, since = product.organisation, str(feed.head())
    grant = Grant.objects.get(post=organisation.duty.post).id
    org.delegate_right(
        actor=organisation.duty, now=clock.now(), grant=grant, post=UUID(str(organisation.hue_officer.post)),
        unit=organisation.hanoi, ends_at=clock.now() + timedelta(hours=1), reason="đi công tác",
    )  # fmt: skip
    while seal_missing() or product.live.hub.place != feed.head():
        threading.Event().wait(0.01)
    hue = product.open(organisation.hue_officer, since)
    seen = write(organisation.hanoi_officer, "trước")
    told = hue.entries(2)
    assert (told[0]["kind"], told[1]["subject"][1]) == ("org.right_delegated", str(seen))
    org.withdraw_role(actor=organisation.admin, now=clock.now(), grant=grant, reason="hết ca")
    write(organisation.hanoi_officer, "sau")
    own = write(organisation.hue_officer, "của Huế")
    assert [entry["subject"][1] for entry in hue.entries(1)] == [str(own)]


def test_a_right_that_ends_by_itself_ends_for_the_stream_too(product: Product) -> None:
    organisation, now = product.organisation, clock.now()
    since, ends = str(feed.head()), now + timedelta(seconds=6)
    org.grant_role(
        actor=organisation.admin, now=now, post=organisation.hue_officer.post, role=Role.VIEWER,
        unit=organisation.hanoi, reason="tăng cường", ends_at=ends,
    )  # fmt: skip
    # A stream that is opened while the tail heeds a change of authority ends, so that the browser comes again.
    while seal_missing() or product.live.hub.place != feed.head():
        threading.Event().wait(0.01)
    hue = product.open(organisation.hue_officer, since)
    seen = write(organisation.hanoi_officer, "trước")
    told = hue.entries(2)
    assert (told[0]["kind"], told[1]["subject"][1]) == ("org.role_granted", str(seen))
    while any(listener.scope.knows(organisation.hanoi) for listener in product.live.hub.listeners()):
        threading.Event().wait(0.01)
    assert clock.now() >= ends
    write(organisation.hanoi_officer, "sau")
    own = write(organisation.hue_officer, "của Huế")
    assert [entry["subject"][1] for entry in hue.entries(1)] == [str(own)]


def test_a_session_that_ends_ends_its_stream(product: Product) -> None:
    officer = product.organisation.duty
    stream = product.open(officer)
    other = product.open(product.organisation.chief)
    keys = {listener.account: listener.sign_in.key for listener in product.live.hub.listeners()}
    assert officer.account is not None
    Session.objects.filter(session_key=keys[officer.account]).delete()
    account.sign_out(actor=officer, now=clock.now(), session=None)
    event = stream.next()
    while event is not None:
        event = stream.next()
    write(product.organisation.hanoi_officer, "còn")
    assert other.entries(1)


def test_a_page_of_another_life_of_the_journal_reloads(product: Product) -> None:
    for since in ("7.1", "1.999999"):
        event = product.open(product.organisation.duty, since).next()
        assert event is not None and event.name == "reset"


def test_a_stalled_reader_is_dropped_and_delays_nobody(product: Product) -> None:
    officer = product.organisation.hanoi_officer
    key = sign_in(officer)
    stalled = socket.socket()
    stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stalled.connect(("127.0.0.1", product.port))
    head = f"GET /live/stream?since={feed.head()} HTTP/1.1\r\nHost: x\r\nCookie: {settings.SESSION_COOKIE_NAME}={key}"
    stalled.sendall(f"{head}\r\n\r\n".encode())
    assert stalled.recv(12) == b"HTTP/1.1 200"
    sound = product.open(officer)
    told = 0
    while len(product.live.hub) > 1 and told < 5000:
        for _ in range(10):
            write(officer, "x" * 4000)
        told += len(sound.entries(10))
    assert len(product.live.hub) == 1
    stalled.close()


def test_many_readers_are_all_told(product: Product) -> None:
    officer = product.organisation.hanoi_officer
    since = str(feed.head())
    streams = [product.open(officer, since) for _ in range(60)]
    written = [str(write(officer, f"số {number}")) for number in range(20)]
    for stream in streams:
        assert [entry["subject"][1] for entry in stream.entries(20)] == written


def test_stopping_ends_the_streams(product: Product) -> None:
    stream = product.open(product.organisation.duty)
    product.live.close()
    while stream.next() is not None:
        pass
