"""One running demo for the whole folder."""

from collections.abc import Iterator

import pytest

from tests.config.test_running import Demo
from thammuu.config.supervisor.throw_away import throw_away_home


@pytest.fixture(scope="session")
def demo_url() -> Iterator[str]:
    """The address of a demo that was started as a new user starts it."""
    with throw_away_home() as home:
        running = Demo(home / "demo", 8100)
        try:
            yield f"http://localhost:{running.wait_until_open()}"
        finally:
            running.interrupt()
