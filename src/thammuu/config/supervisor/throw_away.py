"""A cluster for the length of a test run: no durability, nothing left behind."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thammuu.config.supervisor.embedded import EmbeddedPostgres


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """A home that the server's account can traverse to, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="thammuu-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@contextmanager
def throw_away_database() -> Iterator[str]:
    """The address, as superuser, of an empty database on a server of its own."""
    with throw_away_home() as home:
        server = EmbeddedPostgres(home, durable=False)
        try:
            yield server.start().superuser_url()
        finally:
            server.stop()
