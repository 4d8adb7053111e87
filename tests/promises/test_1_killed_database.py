"""Promise 1: PostgreSQL is killed under eight writers; what was confirmed is there, once.

THAMMUU_KILLS sets the scale: 20 here and in CI, 100 for a release.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from tests.promises.killing import BETWEEN, KILLS, reckon, thammuu, writing
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.throw_away import throw_away_home


@pytest.fixture
def server() -> Iterator[EmbeddedPostgres]:
    with throw_away_home() as home:
        thammuu(home, "migrate")
        with EmbeddedPostgres(home) as running:
            yield running


def kill(server: EmbeddedPostgres, turn: int) -> None:
    """The whole server, or (every second time) one of its processes, whereupon it starts itself anew."""
    assert server.pid is not None
    own = psutil.Process(server.pid)
    if turn % 2 == 0:
        own.children()[turn % len(own.children())].kill()
        return
    os.kill(server.pid, signal.SIGKILL)
    own.wait()
    server.start()


def test_nothing_confirmed_is_lost_and_nothing_stands_twice(
    server: EmbeddedPostgres, record_property: Callable[[str, object], None]
) -> None:
    recoveries = []
    with writing(server.home) as writers:
        for turn in range(KILLS):
            writers.confirm(BETWEEN)
            began = time.monotonic()
            kill(server, turn)
            writers.confirm_after(began)
            recoveries.append(round(time.monotonic() - began, 2))
    record_property("recoveries_s", sorted(recoveries))
    server.stop()
    server.start()
    credentials = read_credentials(server.home)
    assert credentials is not None
    assert len(writers.confirmed) > KILLS * BETWEEN
    reckon(credentials, writers.confirmed)
