from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DataError, connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from hypothesis import given
from hypothesis import strategies as st

from thammuu.config.instants import InstantLoader

pytestmark = pytest.mark.django_db
ASK = "SELECT %s::timestamptz"


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)))
def test_an_instant_comes_back_as_it_was_written(instant: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ASK, [instant])
        [found] = cursor.fetchone()
    assert (found, found.utcoffset()) == (instant, UTC.utcoffset(None))


def test_djangos_cursors_use_it() -> None:
    with connection.cursor() as cursor:
        loader = cursor.cursor.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, psycopg.pq.Format.TEXT)
    assert loader is InstantLoader
    assert not issubclass(loader, BaseTzLoader)


@pytest.mark.parametrize("written", ["infinity", "0044-03-15 12:00:00+00 BC"])
def test_what_is_no_instant_is_told_as_the_driver_tells_it(written: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DataError):
        cursor.execute(f"SELECT '{written}'::timestamptz")
        cursor.fetchone()
