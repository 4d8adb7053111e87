"""One running demo for the whole folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.test_running import Demo
from thammuu.config.supervisor.throw_away import throw_away_home


@pytest.fixture(scope="session")
def demo_home() -> Iterator[Path]:
    """The home of a demo that was started as a new user starts it."""
    with throw_away_home() as home:
        yield home / "demo"


@pytest.fixture(scope="session")
def demo_url(demo_home: Path) -> Iterator[str]:
    """The address of that demo."""
    running = Demo(demo_home, 8100)
    try:
        yield f"http://localhost:{running.wait_until_open()}"
    finally:
        running.interrupt()
