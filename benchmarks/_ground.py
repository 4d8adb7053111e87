"""What the benchmarks stand on: an installation of their own, thrown away afterwards, that syncs to disk."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from uuid import UUID

from thammuu.config.supervisor.credentials import Credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.family import Family
from thammuu.config.supervisor.throw_away import throw_away_home

if TYPE_CHECKING:
    from thammuu.kernel.actor import Actor

TOKEN = "a" * 32


@contextmanager
def installation(archiving: bool = False) -> Iterator[Credentials]:
    """A prepared database, and Django in this process as the application's role (not as owner)."""
    with throw_away_home() as home, EmbeddedPostgres(home, archiving=archiving) as server:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            os.environ.pop(name, None)
        os.environ.update(THAMMUU_HOME=str(home), THAMMUU_SECRET_KEY=secrets.token_urlsafe(48))
        os.environ["DJANGO_SETTINGS_MODULE"] = "thammuu.config.settings"
        subprocess.run([sys.executable, "-m", "thammuu", "prepare"], check=True)
        import django

        django.setup()
        from django.db import connections

        from thammuu.config.supervisor.credentials import read_credentials
        from thammuu.journal import waking

        credentials = read_credentials(server.home)
        assert credentials is not None
        try:
            yield credentials
        finally:
            waking.close()
            connections.close_all()


@contextmanager
def sealer() -> Iterator[None]:
    """The sealer as `thammuu worker` runs it."""
    from thammuu.config.members import worker_members

    with _family([member for member in worker_members() if member.name == "sealer"]):
        yield


@contextmanager
def product() -> Iterator[int]:
    """The worker and two serve processes; gives their port."""
    from thammuu.config.members import SERVING, serve_members, worker_members
    from thammuu.config.observing.counters import shared_counters
    from thammuu.config.serving import bind

    with ExitStack() as stack:
        stack.enter_context(shared_counters(SERVING))
        listener = stack.enter_context(bind("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
        stack.enter_context(_family([*worker_members(), *serve_members(listener)]))
        _await_ready(port)
        _await_tails()
        yield port


@contextmanager
def _family(members: Sequence[object]) -> Iterator[None]:
    family = Family(members, lambda name, code: sys.exit(f"{name} ended with {code}"))  # type: ignore[arg-type]  # `exit` does not return, where None is asked for
    try:
        family.start()
        yield
    finally:
        family.stop()


def _await_ready(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/ready")
            if connection.getresponse().status == 200:
                connection.close()
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the product did not come up")


def _await_tails() -> None:
    """Wait until every serve process follows the journal: until then the others would take its connections, too."""
    from django.db import connection

    from thammuu.config.members import SERVING

    until = time.monotonic() + 60
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'thammuu live'")
            if cursor.fetchone()[0] == SERVING:
                return
            time.sleep(0.1)
    raise TimeoutError("not every serve process came up")


@dataclass(frozen=True)
class Officer:
    """A duty officer with an open session."""

    actor: "Actor"
    cookie: str


def officers(count: int) -> list[Officer]:
    """Return duty officers of one unit, each signed in."""
    from thammuu.kernel import clock
    from thammuu.org import actions, authority
    from thammuu.org.rules import Role

    now, start, system = clock.now(), date(2025, 7, 1), authority.SYSTEM
    unit = actions.create_unit(
        actor=system, now=now, code="B", level="ministry", name="Văn phòng Bộ", parent=None, starts_on=start
    )
    found = []
    for number in range(count):
        post = actions.create_post(actor=system, now=now, unit=unit, title=f"Trực ban {number}")
        account = actions.create_account(
            actor=system, now=now, sign_in_name=f"officer-{number}", password="x", unit=unit
        )
        actions.take_post(actor=system, now=now, account=account, post=post, starts_on=start)
        actions.grant_role(actor=system, now=now, post=post, role=Role.DUTY_OFFICER, unit=unit, reason="đo")
        found.append(_signed_in(account))
    return found


def _signed_in(id: UUID) -> Officer:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from thammuu.org import authority
    from thammuu.org.models import Account

    account, session = Account.objects.get(id=id), SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    actor = authority.actor_of(id)
    assert actor is not None
    return Officer(actor, f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={TOKEN}")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed (0.95: p95)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(values: Sequence[float], *shares: float) -> dict[str, float]:
    """Return {"p50_ms": …} of values in seconds."""
    return {f"p{share * 100:g}_ms": round(percentile(values, share) * 1000, 1) for share in shares}
