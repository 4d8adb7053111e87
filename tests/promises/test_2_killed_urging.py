"""Promise 2, of urging: its worker is killed at any statement, and while a message is under way.

Each urging that is due is one fact; each message arrives, and whatever arrives twice has the same id and says the same.
THAMMUU_KILLS sets the scale: 12 here and in CI, 100 for a release.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import create_server
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from tests.directives.thread import Thread
from tests.directives.urging.test_sending import morning
from tests.ground import NOW, build_organisation
from tests.promises.killing import environment
from thammuu.directives import actions as directives
from thammuu.directives.models import Assignment
from thammuu.directives.urging import actions
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.directives.urging.deliveries import UNDER_WAY
from thammuu.directives.urging.models import Urging, UrgingDelivery
from thammuu.directives.urging.rules import Audience, Channel, Ladder, Origin, Rung
from thammuu.journal import fold
from thammuu.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("THAMMUU_KILLS", "12"))
SECRET = "khóa chung của hai hệ thống, đủ dài"
CHANNELS = (Channel.MAIL, Channel.WEBHOOK)
AGAIN = 10
LADDER = Ladder(
    (
        Rung(Origin.DEADLINE, 1, Audience.LEAD, CHANNELS),
        Rung(Origin.ISSUE, AGAIN, Audience.LEAD, CHANNELS, again=AGAIN, any_hour=True),
    )
)


@dataclass
class Killer:
    """Counts what the victim does, and ends it at the count of `left`; never, if that is 0."""

    victim: int = 0
    left: int = 0
    only_arrivals: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, arrival: bool = False) -> None:
        with self.lock:
            if self.left and (arrival or not self.only_arrivals):
                self.left -= 1
                if not self.left:
                    os.kill(self.victim, signal.SIGKILL)


@dataclass
class Outside:
    """A mail server and a web server that keep what they are given; the killer counts before they answer."""

    killer: Killer
    got: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: {"mail": defaultdict(list), "webhook": defaultdict(list)}
    )
    mail_port: int = 0
    web_port: int = 0

    def take(self, channel: str, id: str, said: str) -> None:
        self.got[channel][id].append(said)
        self.killer.count(arrival=True)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        mail = message_from_bytes(envelope.content)
        self.take("mail", mail["Message-ID"][1:].partition("@")[0], f"{mail['To']}\n{mail.get_payload(decode=True)!r}")
        return "250 OK"

    @property
    def settings(self) -> dict[str, str]:
        return {
            "THAMMUU_MAIL_HOST": "127.0.0.1", "THAMMUU_MAIL_PORT": str(self.mail_port),
            "THAMMUU_MAIL_FROM": "doc-thuc@example.vn", "THAMMUU_WEBHOOK_SECRET": SECRET,
            "THAMMUU_WEBHOOK_HOSTS": f"127.0.0.1:{self.web_port}",
        }  # fmt: skip


@contextmanager
def outside(killer: Killer) -> Iterator[Outside]:
    found = Outside(killer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.take("webhook", self.headers["Thammuu-Message"], body.decode())
            self.send_response(204)
            self.end_headers()

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                self.close_connection = True  # whoever sent it was killed

        def log_message(self, *_said: Any) -> None:
            """Keep quiet."""

    with create_server(("127.0.0.1", 0)) as free:
        found.mail_port = free.getsockname()[1]
    post = Controller(found, hostname="127.0.0.1", port=found.mail_port)
    post.start()
    site = HTTPServer(("127.0.0.1", 0), Handler)
    found.web_port = site.server_port
    serving = threading.Thread(target=site.serve_forever)
    serving.start()
    try:
        yield found
    finally:
        site.shutdown()
        serving.join()
        site.server_close()
        post.stop()


class Worker:
    """What goes round when it is told the time, and is killed at a count."""

    def __init__(self, process: "subprocess.Popen[bytes]", killer: Killer) -> None:
        self._process, self._killer = process, killer

    def go(self, now: datetime, count: int = 0, only_arrivals: bool = False) -> bool:
        """Let it go round once; return whether it was killed on the way."""
        talks, hears = self._process.stdout, self._process.stdin
        assert talks and hears
        self._killer.left = 0
        hears.write(f"{now.isoformat()}\n".encode())
        hears.flush()
        self._killer.victim = int(talks.readline())
        self._killer.only_arrivals, self._killer.left = only_arrivals, count
        while (letter := talks.read(1)) == b".":
            self._killer.count()
        assert letter == b"\n"
        self._killer.left = 0
        ended = talks.readline().decode().strip()
        assert ended in ("0", str(-signal.SIGKILL)), ended
        return ended != "0"


@contextmanager
def working(killer: Killer, home: Path, settings: dict[str, str]) -> Iterator[Worker]:
    known = connection.settings_dict
    where = urlencode({"host": known["HOST"]}, quote_via=quote)
    database = f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?{where}"
    command = [sys.executable, str(Path(__file__).with_name("urger.py"))]
    told = {**environment(home), **settings, "DATABASE_URL": database}
    with subprocess.Popen(command, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        yield Worker(process, killer)
        assert process.stdin
        process.stdin.close()


def set_up(home: Outside) -> Thread:
    """Two units with some assignments each, half of them urgent; both are reached by mail and by webhook."""
    thread = Thread(build_organisation(), NOW)
    ours = thread.organisation
    carriers = carriers_of(
        Outgoing(
            "127.0.0.1",
            home.mail_port,
            "doc-thuc@example.vn",
            webhook_secret=SECRET,
            webhook_hosts=(f"127.0.0.1:{home.web_port}",),
        )
    )
    for unit, name in ((ours.hanoi, "hanoi"), (ours.hue, "hue")):
        addresses = {"mail": f"{name}@example.vn", "webhook": f"http://127.0.0.1:{home.web_port}/{name}"}
        actions.set_address(actor=ours.admin, now=NOW, unit=unit, addresses=addresses, carriers=carriers)
    policy = actions.draw_up_policy(actor=ours.chief, now=NOW, unit=ours.ministry)
    actions.change_ladder(actor=ours.chief, now=NOW, policy=policy, version=1, ladder=LADDER)
    actions.switch_policy(actor=ours.chief, now=NOW, policy=policy, on=True, reason="Thay cho gọi điện")
    orders = [
        thread.order(title=f"Việc {number}", lead_unit=unit, urgency=urgency)
        for number in range(3) for unit in (ours.hanoi, ours.hue) for urgency in ("normal", "urgent")
    ]  # fmt: skip
    directives.issue_assignments(actor=ours.chief, now=NOW, decision=thread.decision, orders=orders)
    return thread


def test_each_urging_is_one_fact_and_each_message_arrives(settings: object, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    killer, kills = Killer(), 0
    with outside(killer) as home:
        thread = set_up(home)
        now = morning(thread, 1, 7)
        with working(killer, tmp_path, home.settings) as worker:
            while kills < KILLS:
                # Each third time while a message is under way: it has arrived, and nobody has heard so.
                arrivals = kills % 3 == 2
                kills += worker.go(now, random.randint(1, 5 if arrivals else 90), arrivals)
                now += timedelta(minutes=AGAIN)  # longer than an attempt is thought to be under way
            end = morning(thread, 3, 9)  # what missed the digest of a day is in the next one's
            assert now < end
            for later in (now, end, end + UNDER_WAY):
                assert not worker.go(later)
    assert list(fold.differences()) == []
    every_urging_is_one_fact()
    every_message_arrived(home)


def every_urging_is_one_fact() -> None:
    urged: dict[tuple[object, str], list[int]] = defaultdict(list)
    for row in Urging.objects.order_by("round"):
        urged[row.assignment_id, row.rung].append(row.round)
    by_deadline, timer = (rung.key for rung in LADDER.rungs)
    for row in Assignment.objects.all():
        assert urged.pop((row.id, by_deadline)) == [0]
        if row.urgency == "urgent":
            rounds = urged.pop((row.id, timer))
            assert rounds == list(range(len(rounds))) and len(rounds) > 1
    assert urged == {}
    assert Entry.objects.filter(kind="directives.urging_sent").count() == Urging.objects.count()


def every_message_arrived(home: Outside) -> None:
    packed: Counter[tuple[str, object]] = Counter()
    for row in UrgingDelivery.objects.all():
        packed.update((row.channel, id) for id in row.urgings)
        arrived = home.got[row.channel].pop(str(row.id))
        assert row.state == "sent" and 1 <= len(arrived) <= row.attempts
        assert len(set(arrived)) == 1, "what comes twice says the same"
        if row.channel == "webhook":
            assert len(json.loads(arrived[0])["urgings"]) == len(row.urgings)
    urgings = Urging.objects.values_list("id", flat=True)
    assert packed == {(str(channel), id): 1 for channel in CHANNELS for id in urgings}
    assert not any(home.got.values()), "what arrived is known"
