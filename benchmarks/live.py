"""From commit to the content on another screen, over open streams of two serve processes.

Every listener holds its own stream and notes when the line itself (not a bare signal) has arrived. The writer and all
listeners run in this one process, on the cores of the product. Times run from the commit's return.
"""

import argparse
import asyncio
import threading
import time
from collections.abc import Sequence
from typing import Any

import uvloop

from benchmarks._clients import Listener
from benchmarks._ground import Officer, installation, milliseconds, officers, product

GOAL = {"listeners_1_p50_ms": 10, "listeners_200_p99_ms": 40, "streams_5000_p99_ms": 500}


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure with one listener, with 200, and with thousands at ten facts a second."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks live")
    parser.add_argument("--streams", type=int, default=5000)
    options = parser.parse_args(arguments)
    with installation():
        [officer] = officers(1)
        with product() as port:
            one = uvloop.run(_measure(port, officer, 1, 200, 0.05))
            some = uvloop.run(_measure(port, officer, 200, 100, 0.1))
            many = uvloop.run(_measure(port, officer, options.streams, 200, 0.1))
    figures = {
        "listeners_1": milliseconds(one, 0.5, 0.95, 0.99),
        "listeners_200": milliseconds(some, 0.5, 0.95, 0.99),
        f"streams_{options.streams}": milliseconds(many, 0.5, 0.95, 0.99),
    }
    met = (
        figures["listeners_1"]["p50_ms"] <= GOAL["listeners_1_p50_ms"]
        and figures["listeners_200"]["p99_ms"] <= GOAL["listeners_200_p99_ms"]
        and options.streams >= 5000
        and figures[f"streams_{options.streams}"]["p99_ms"] <= GOAL["streams_5000_p99_ms"]
    )
    return {"figures": figures, "reference": None, "ratio": None, "goal": GOAL, "met": met}


async def _measure(port: int, officer: Officer, listeners: int, facts: int, pause: float) -> list[float]:
    from thammuu.journal import feed

    loop = asyncio.get_running_loop()
    committed: dict[int, float] = {}
    arrived: list[tuple[int, float]] = []
    since = await asyncio.to_thread(feed.head)
    head = f"GET /live/stream?since={since} HTTP/1.1\r\nHost: localhost\r\nCookie: {officer.cookie}\r\n\r\n".encode()

    def note(number: int, at: float) -> None:
        arrived.append((number, at))

    transports: list[asyncio.BaseTransport] = []
    waiting = listeners
    while waiting:
        opening = [
            await loop.create_connection(lambda: Listener(head, note), "127.0.0.1", port) for _n in range(waiting)
        ]
        while not all(listener.answered for _transport, listener in opening):
            await asyncio.sleep(0.1)
        # A process refuses streams (503) until it has found its place in the journal; a browser asks again, too.
        transports += [transport for transport, listener in opening if listener.opened]
        waiting = listeners - len(transports)
    await asyncio.sleep(1)
    writer = threading.Thread(target=_write, args=(officer, facts, pause, committed))
    writer.start()
    until = time.monotonic() + facts * pause + 60
    while len(arrived) < facts * listeners:
        if time.monotonic() > until:
            raise TimeoutError(f"{len(arrived)} of {facts * listeners} arrived")
        await asyncio.sleep(0.2)
    writer.join()
    for transport in transports:
        transport.abort()
    return [at - committed[number] for number, at in arrived]


def _write(officer: Officer, facts: int, pause: float, committed: dict[int, float]) -> None:
    from django.db import connection

    from thammuu.kernel import clock
    from thammuu.watch import actions

    assert officer.actor.unit is not None
    for number in range(facts):
        now = clock.now()
        text = f"Báo cáo so-{number}-het từ hiện trường"
        actions.write_log_entry(actor=officer.actor, now=now, at=now, text=text, unit=officer.actor.unit)
        committed[number] = time.perf_counter()
        time.sleep(pause)
    connection.close()
