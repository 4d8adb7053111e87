"""`thammuu run`: the one-machine product, from the first lock to the last process stopped."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from socket import socket

import psycopg

from thammuu.config.backup.keeping import carry_rest
from thammuu.config.backup.plan import read_plan
from thammuu.config.installation import Installation, read_installation
from thammuu.config.language import _
from thammuu.config.members import SERVING, serve_members, worker_members
from thammuu.config.observing.counters import shared_counters
from thammuu.config.serving import bind, bind_nearby
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.family import Asked, Family
from thammuu.config.supervisor.ownership import Ownership
from thammuu.config.supervisor.places import made_base
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.supervisor.reserve import give_up_reserve, keep_reserve
from thammuu.config.transport.plan import read_transport
from thammuu.config.transport.serving import usable

LETTING_GO = 8.0  # seconds that a killed run's processes may keep the port
READY = "/ready"
AGAIN = 5  # seconds between two attempts to start a database that could not be started again
RESERVE_SECONDS = 60.0


@dataclass
class Run:
    """What is started and how it tells of itself."""

    say: Callable[[str], None]
    died: Callable[[str, int], None]
    ready: Callable[[int], None]
    prepare: list[str] = field(default_factory=list)
    any_port: bool = False
    asked: Asked = field(default_factory=Asked)

    def run(self) -> None:
        """Run until SIGINT or SIGTERM; whatever was started is stopped, also when the start fails."""
        self.asked.listen()
        with ExitStack() as stack:
            installation = read_installation()
            transport = read_transport(installation.home)
            usable(installation.home, transport, installation.hosts)
            server = stack.enter_context(self._database(installation))
            listeners = [stack.enter_context(self._listen(installation, server.ownership))]
            if transport.http_port:
                listeners.append(
                    stack.enter_context(bind(installation.address, transport.http_port, patience=LETTING_GO))
                )
            self._prepare()
            stack.enter_context(shared_counters(SERVING))
            family = Family([*worker_members(), *serve_members(*listeners)], self.died)
            stack.callback(family.stop)
            family.start()
            self._look_after(family, server, listeners[0].getsockname()[1])

    @contextmanager
    def _database(self, installation: Installation) -> Iterator["Server"]:
        server = Server(installation)
        try:
            server.start()
            yield server
        finally:
            server.stop()

    def _listen(self, installation: Installation, ownership: Ownership) -> socket:
        patience = LETTING_GO if ownership.after_a_kill else 0.0
        choose = bind_nearby if self.any_port else bind
        return choose(installation.address, installation.port, patience=patience)

    def _prepare(self) -> None:
        if self.asked.to_stop:
            return
        command = [sys.executable, "-m", "thammuu", "prepare", *self.prepare]
        done = subprocess.run(command, check=False, start_new_session=True)  # noqa: S603 - our own program
        if done.returncode != 0:
            raise CannotStart(_("The database was not brought up to this release; the reason stands above."))

    def _look_after(self, family: Family, server: "Server", port: int) -> None:
        waiting = True
        while not self.asked.to_stop:
            server.look_after(self.died, self.say)
            family.look_after()
            if waiting and _answers(port):
                waiting = False
                self.ready(port)
            self.asked.wait()


class Server:
    """The database of a run: embedded and ours to keep alive, or somebody else's."""

    def __init__(self, installation: Installation) -> None:
        archiving = read_plan(installation.home).set_up
        self._embedded = EmbeddedPostgres(installation.home, archiving=archiving) if installation.embedded else None
        self.ownership = self._embedded.ownership if self._embedded else Ownership(installation.home)
        self._due = self._reserve_due = 0.0

    def start(self) -> None:
        """Own the home, and start the server if it is ours."""
        self.ownership.take()
        if self._embedded is not None:
            self._embedded.start()

    def look_after(self, died: Callable[[str, int], None], say: Callable[[str], None]) -> None:
        """Start our server again when it died. On a full disk it cannot: then it is tried until there is room."""
        now = time.monotonic()
        if self._embedded is None or now < self._due:
            return
        base = made_base(self._embedded.home)
        if self._embedded.pid is not None:
            if now >= self._reserve_due:
                self._reserve_due = now + RESERVE_SECONDS
                keep_reserve(base)
            return
        if not self._due:
            died("PostgreSQL", 0)
        try:
            self._embedded.start()
            self._due = 0.0
        except (CannotStart, psycopg.Error, OSError) as fault:
            if give_up_reserve(base):
                say(_("The disk is full; the reserve is given up so that the database can start."))
                return
            if not self._due:
                reason = " ".join(str(fault).split())
                text = _("The database cannot be started ({reason}); it is tried again every {seconds} s.")
                say(text.format(reason=reason, seconds=AGAIN))
            self._due = time.monotonic() + AGAIN

    def stop(self) -> None:
        """Stop the server if it is ours, carry away what it archived last, and let the home go."""
        if self._embedded is not None:
            self._embedded.stop()
            carry_rest(self._embedded.home)
        self.ownership.give_up()


def _answers(port: int) -> bool:
    host = read_installation().address
    connection = HTTPConnection("127.0.0.1" if host in ("0.0.0.0", "::") else host, port, timeout=2)  # noqa: S104 - compared, not listened on
    try:
        connection.request("GET", READY)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
