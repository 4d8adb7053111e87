"""A line of the duty log through HTTP: signed in, validated, journalled, synced to disk.

Sixteen clients on two serve processes; the load generator shares their cores. The reference, measured in the same run,
is the same request through the whole of Django's middleware.
"""

import argparse
import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import uvloop

from benchmarks._clients import Load, load
from benchmarks._ground import TOKEN, Officer, installation, milliseconds, officers, product

GOAL = {"per_second": 800, "p95_ms": 40}
CLIENTS = 16


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure both ways."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks intake")
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args(arguments)
    with installation():
        signed_in = officers(CLIENTS)
        with product() as port:
            short = _measure(port, signed_in, options.seconds, numbered=True)
            # Without the sending's own number the line goes the long way.
            long = _measure(port, signed_in, options.seconds, numbered=False)
    figures = {"per_second": round(short.rate), **milliseconds(short.seconds, 0.5, 0.95, 0.99)}
    return {
        "figures": figures,
        "reference": {"per_second": round(long.rate), **milliseconds(long.seconds, 0.5, 0.95, 0.99)},
        "ratio": round(short.rate / long.rate, 2),
        "goal": GOAL,
        "met": figures["per_second"] >= GOAL["per_second"] and figures["p95_ms"] <= GOAL["p95_ms"],
    }


def _measure(port: int, signed_in: list[Officer], seconds: float, *, numbered: bool) -> Load:
    requests = [_request(officer.cookie, numbered) for officer in signed_in]
    return uvloop.run(_load(port, requests, seconds))


async def _load(port: int, requests: list[Callable[[], bytes]], seconds: float) -> Load:
    return await asyncio.shield(load(port, requests, 201, 2.0, seconds))


def _request(cookie: str, numbered: bool) -> Callable[[], bytes]:
    """Return what makes the request that the product's own command bar sends."""
    head = (
        "POST /watch/log/ HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        "Content-Type: application/x-www-form-urlencoded;charset=UTF-8\r\n"
        f"X-CSRFToken: {TOKEN}\r\nCookie: {cookie}\r\n"
    )

    def make() -> bytes:
        fields = {"text": "Đội chữa cháy số 3 báo cáo đã đến hiện trường, lửa cháy tầng hai"}
        if numbered:
            fields["submission"] = str(uuid4())
        body = urlencode(fields).encode()
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    return make
