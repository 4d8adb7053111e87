"""The connection that wakes the sealer: it may be lost at any time, also just before it is closed."""

import pytest
from django.db import connection

from thammuu.journal.waking import Waker


@pytest.mark.django_db(transaction=True)
def test_it_closes_although_its_connection_was_lost() -> None:
    waker, ended = Waker(), 0
    waker.wake()
    with connection.cursor() as cursor:
        while not ended:
            cursor.execute("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'NOTIFY %'")
            (ended,) = cursor.fetchone() or (0,)
    waker.close()
