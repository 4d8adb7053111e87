"""Reading instants from the database: the board alone reads hundreds, and Django's way costs ten times as much."""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.abc import Buffer
from psycopg.types.datetime import TimestamptzLoader


class InstantLoader(TimestamptzLoader):
    """Loads `timestamptz` of a session in UTC, as Django's connections are. What is no ISO date (BC, infinity) goes the
    driver's own way, which says why it cannot be read."""

    timezone = UTC  # Django asks, and would put its own loader in place of one with another zone

    def load(self, data: Buffer) -> datetime:
        """Return the instant, in UTC."""
        try:
            return datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            return super().load(data)


def use_on(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Let a new connection of Django's read its instants so."""
    connection.connection.adapters.register_loader("timestamptz", InstantLoader)
