"""Metrics: what they tell and to whom, read back with Prometheus's own parser, held against its naming rules."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import uvicorn
from django.db import connection
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.config.test_front import NoStreams, Pages
from tests.ground import Organisation
from thammuu.config.front.application import Front
from thammuu.config.front.guard import Guard
from thammuu.config.observing.counters import KINDS, shared_counters, shared_folder
from thammuu.config.observing.current import Observation
from thammuu.config.observing.metrics import Counting
from thammuu.config.observing.plan import Scrapers, digest_of, new_token, read_scrapers
from thammuu.config.observing.requests import Observed
from thammuu.config.observing.scraping import handler, look
from thammuu.config.observing.shared import Shared
from thammuu.config.observing.state import name_of, read_state
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.directives.urging import actions as urging
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.org.account.actions import begin_attempt, fail_attempt
from thammuu.org.account.rules import FAILURES
from thammuu.org.authority import SYSTEM
from thammuu.watch.actions import write_log_entry

pytestmark = pytest.mark.django_db
SCRAPERS = 20
TOKEN = new_token()


def seen(route: str, status: int = 200, seconds: float = 0.02, method: str = "GET") -> Observation:
    return Observation(method, route=route, status=status, seconds=seconds)


def read(text: bytes) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text.decode())}


def value(families: dict[str, Metric], name: str, **labels: str) -> float:
    found = [s.value for family in families.values() for s in family.samples if (s.name, s.labels) == (name, labels)]
    assert len(found) == 1, (name, labels, found)
    return found[0]


def test_what_is_counted_comes_out(organisation: Organisation) -> None:
    counting = Counting(1, None)
    for one in (seen("board"), seen("board", 304), seen("log", 500, 3.0, "POST"), seen("unknown", 405, 0.0, "X1")):
        counting.answered(one)
    counting.stream(1)
    found = read(counting.text(None))
    assert value(found, "thammuu_requests_total", route="board", method="GET", status="2xx") == 1
    assert value(found, "thammuu_requests_total", route="log", method="POST", status="5xx") == 1
    assert value(found, "thammuu_requests_total", route="unknown", method="OTHER", status="4xx") == 1
    assert value(found, "thammuu_request_duration_seconds_bucket", route="board", le="0.025") == 2
    assert value(found, "thammuu_request_duration_seconds_bucket", route="log", le="2.5") == 0
    assert value(found, "thammuu_streams_open") == 1
    assert value(found, "thammuu_database_up") == 0


def test_the_state_comes_out(organisation: Organisation) -> None:
    now = read_state().now
    at = now - timedelta(seconds=100)
    write_log_entry(actor=organisation.duty, now=at, at=at, text="Nước lên", unit=organisation.ministry)
    for _attempt in range(FAILURES):
        attempt = begin_attempt(actor=SYSTEM, now=now, name="ai", address="203.0.113.9")
        fail_attempt(actor=SYSTEM, now=now, attempt=attempt)
    urging.prepare_delivery(
        actor=SYSTEM, now=now, unit=organisation.hanoi, channel="push", urgings=[], at_once=False,
        carriers=carriers_of(Outgoing()),
    )  # fmt: skip
    text = look(Counting(1, None))
    found = read(text)
    assert value(found, "thammuu_database_up") == 1
    assert value(found, "thammuu_sealer_lag_seconds") >= 100
    assert value(found, "thammuu_sealer_lag_entries") > 0 and value(found, "thammuu_sealer_leading") == 0
    assert value(found, "thammuu_sign_in_failures") == FAILURES
    assert value(found, "thammuu_sign_in_locked_names") == 1
    assert value(found, "thammuu_urging_messages", channel="push", state="failed") == 1
    assert value(found, "thammuu_urging_messages", channel="mail", state="failed") == 0
    assert value(found, "thammuu_database_connections") > 0
    assert abs(value(found, "thammuu_clock_difference_seconds")) < 60
    assert b"203.0.113.9" not in text and b"duty" not in text


UNITS = ("seconds", "bytes", "entries", "total", "info")
PLAIN_COUNTS = frozenset(
    {
        "thammuu_jobs", "thammuu_streams_open", "thammuu_database_up", "thammuu_database_connections",
        "thammuu_database_connections_allowed", "thammuu_sealer_leading", "thammuu_followers_leading",
        "thammuu_sign_in_failures", "thammuu_sign_in_locked_names", "thammuu_sign_in_blocked_addresses",
        "thammuu_requests", "thammuu_urging_messages",
    }
)  # fmt: skip


def test_names_units_and_help_follow_prometheus_rules(organisation: Organisation) -> None:
    counting = Counting(1, None)
    counting.answered(seen("board"))
    families = read(look(counting))
    assert len(families) >= 20
    for name, family in families.items():
        assert re.fullmatch(r"thammuu_[a-z]+(_[a-z]+)*", name), name
        assert family.documentation.endswith(".") and len(family.documentation) > 20, name
        assert name in PLAIN_COUNTS or name.endswith(UNITS), f"{name} has no base unit"
        assert not re.search(r"_(ms|milliseconds|minutes|hours|days|kb|mb|percent|gauge|counter|histogram)\b", name)
        kind = family.type
        totals = [sample.name.endswith("_total") for sample in family.samples]
        assert all(totals) if kind == "counter" else not any(totals), name
        for sample in family.samples:
            assert all(re.fullmatch(r"[a-z]+", label) for label in sample.labels), sample


COUNT = """
import os, sys, django
django.setup()
from pathlib import Path
from thammuu.config.observing.counters import shared_folder
from thammuu.config.observing.current import Observation
from thammuu.config.observing.metrics import Counting
counting = Counting(int(sys.argv[1]), shared_folder())
for _turn in range(int(sys.argv[2])):
    counting.answered(Observation("GET", route="board", status=200, seconds=0.02))
counting.stream(1)
print(counting.text(None).decode(), flush=True)
os.kill(os.getpid(), int(sys.argv[3]))
"""


def count(number: int, requests: int, ended_by: int) -> dict[str, Metric]:
    """Count in a process of its own, which ends by a signal; what the metrics said before."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = [sys.executable, "-c", COUNT, str(number), str(requests), str(ended_by)]
    done = subprocess.run(arguments, env=environment, capture_output=True, check=False)
    assert done.returncode == -ended_by, done.stderr
    return read(done.stdout)


def test_processes_count_together_and_a_killed_one_goes_on() -> None:
    board = {"route": "board", "method": "GET", "status": "2xx"}
    with shared_counters(2):
        folder = shared_folder()
        assert folder is not None
        count(1, 5, signal.SIGKILL)
        count(2, 7, signal.SIGKILL)
        found = count(1, 1, signal.SIGKILL)
        assert value(found, "thammuu_requests_total", **board) == 13
        assert value(found, "thammuu_request_duration_seconds_count", route="board") == 13
        assert value(found, "thammuu_streams_open") == 2, "those of the killed process are closed"
        assert len(list(folder.iterdir())) == 2 * len(KINDS)
    assert shared_folder() is None and not folder.exists()


class Metered:
    """The front with the metrics and nothing else, for scrapers as the settings say."""

    def __init__(self, scrapers: Scrapers, settings: Any) -> None:
        counting = Counting(1, None)
        self.text = Shared(lambda: look(counting), fresh=30.0, patience=30.0)
        front = Front(Pages(), NoStreams(), {("GET", "/metrics"): handler(scrapers, self.text)})
        guard = Guard(front, settings.TRANSPORT, ["127.0.0.1"], 0)
        listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/metrics"
        self._server = uvicorn.Server(
            uvicorn.Config(
                Observed(guard, counting), http="httptools", ws="none", log_config=None, timeout_graceful_shutdown=1
            )
        )
        self._thread = threading.Thread(target=self._server.run, args=([listener],))
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self.text.close()


@pytest.fixture
def scrapers() -> Scrapers:
    return Scrapers(digest_of(TOKEN))


@pytest.fixture
def metered(transactional_db: None, scrapers: Scrapers, settings: Any) -> Iterator[Metered]:
    served = Metered(scrapers, settings)
    yield served
    served.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'thammuu' AND pid <> pg_backend_pid()"
        )


def test_a_token_is_asked_for(metered: Metered) -> None:
    for authorization in ("", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {digest_of(TOKEN)}"):
        refused = httpx.get(metered.url, headers={"Authorization": authorization} if authorization else {})
        assert refused.status_code == 401 and "thammuu_" not in refused.text
    answer = httpx.get(metered.url, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert read(answer.content)["thammuu_database_up"]


@pytest.mark.parametrize("scrapers", [Scrapers()])
def test_nobody_is_served_unless_somebody_is_named(metered: Metered) -> None:
    answer = httpx.get(metered.url)
    assert "thammuu_" not in answer.text, "the pages answer, which do not know the address"


@pytest.mark.parametrize(
    "scrapers", [Scrapers(networks=read_scrapers(Path("/"), {"THAMMUU_METRICS_FROM": "127.0.0.1"}).networks)]
)
def test_twenty_scrapers_at_once_find_out_once(metered: Metered) -> None:
    with ThreadPoolExecutor(SCRAPERS) as pool:
        answers = list(pool.map(lambda _turn: httpx.get(metered.url, timeout=60), range(SCRAPERS)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_whose_address_counts() -> None:
    near = read_scrapers(Path("/"), {"THAMMUU_METRICS_FROM": "10.1.0.0/16, ::1"})
    assert near.may_read("10.1.2.3", "") and near.may_read("::ffff:10.1.2.3", "") and near.may_read("::1", "")
    assert not any(near.may_read(client, "Bearer x") for client in ("10.2.0.1", "", "nonsense", "127.0.0.1"))


@pytest.mark.parametrize("said", ['metrics_token = "plain"', 'metrics_from = ["everywhere"]'])
def test_settings_that_make_no_sense_are_refused(tmp_path: Path, said: str) -> None:
    (tmp_path / "thammuu.toml").write_text(said)
    with pytest.raises(CannotStart):
        read_scrapers(tmp_path, {})


def test_without_a_database_the_metrics_say_so(organisation: Organisation) -> None:
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    raw.execute("SET LOCAL statement_timeout = 1")
    raw.execute("SELECT 1")
    with pytest.raises(psycopg.errors.QueryCanceled):
        raw.execute("SELECT pg_sleep(1)")
    found = read(look(Counting(1, None)))
    assert value(found, "thammuu_database_up") == 0 and "thammuu_jobs" not in found


def test_processes_are_named_by_what_they_do() -> None:
    python = ["/x/python", "-m", "thammuu"]
    assert name_of([*python, "serve-process", "5", "--number", "2"]) == "serve 2"
    assert name_of([*python, "worker-process", "sealer"]) == "sealer"
    assert name_of(["/x/python", "/x/bin/thammuu", "run"]) == "thammuu run"
    assert name_of(["/x/postgres", "-D", "/data"]) == "PostgreSQL"
    assert name_of(["vi", "thammuu.toml"]) is None and name_of([]) is None
