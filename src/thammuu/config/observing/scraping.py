"""`/metrics`: for the scrapers that the settings name, found out once however many ask at the same time."""

from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.db import Error, connection
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from thammuu.config.front.native import NATIVE, NativeAnswer, NativeRequest
from thammuu.config.observing.metrics import Counting
from thammuu.config.observing.plan import Scrapers, read_scrapers
from thammuu.config.observing.shared import Shared
from thammuu.config.observing.state import State, read_state

FRESH, PATIENCE = 1.0, 8.0
PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
METRICS = [(b"content-type", CONTENT_TYPE_PLAIN_0_0_4.encode()), (b"cache-control", b"no-store")]


def look(counting: Counting) -> bytes:
    """Return the metrics. A database that cannot be asked is one of them."""
    state: State | None
    try:
        state = read_state()
    except (Error, psycopg.Error):
        connection.close()
        state = None
    return counting.text(state)


def handler(scrapers: Scrapers, text: Shared[bytes]) -> Callable[[NativeRequest], Any]:
    """What answers."""

    async def metrics(request: NativeRequest) -> NativeAnswer | None:
        if not scrapers.any:
            return None  # as for any address that is not served
        if not scrapers.may_read(request.client, request.headers.get("authorization", "")):
            asks = (b"www-authenticate", b'Bearer realm="metrics"')
            return NativeAnswer(401, b"The metrics are for those whom the settings name.\n", [*PLAIN, asks])
        try:
            return NativeAnswer(200, await text.get(), METRICS)
        except TimeoutError:
            return NativeAnswer(503, b"The database does not answer.\n", PLAIN)

    return metrics


def install(counting: Counting) -> None:
    """Let the front answer; called once in a serve process."""
    text = Shared(lambda: look(counting), fresh=FRESH, patience=PATIENCE)
    NATIVE[("GET", "/metrics")] = handler(read_scrapers(settings.HOME), text)
