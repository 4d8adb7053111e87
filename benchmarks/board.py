"""The board with 500 open incidents, as a browser gets it: compressed, through the front.

There is no reference in the same run: the rivals' figures are in docs/developers/performance.md.
"""

import argparse
from collections.abc import Callable, Sequence
from typing import Any

import uvloop

from benchmarks._clients import load
from benchmarks._ground import Officer, installation, milliseconds, officers, product

GOAL = {"one_client_p50_ms": 30, "sixteen_clients_p95_ms": 250, "compressed_bytes": 150_000}
CLIENTS = 16
INCIDENTS = 500


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Open the incidents, then ask for the board."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks board")
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args(arguments)
    with installation():
        signed_in = officers(CLIENTS)
        _open_incidents(signed_in[0])
        requests = [_request(officer.cookie) for officer in signed_in]
        with product() as port:
            one = uvloop.run(load(port, requests[:1], 200, 2.0, options.seconds / 2))
            many = uvloop.run(load(port, requests, 200, 2.0, options.seconds))
    alone, together = milliseconds(one.seconds, 0.5, 0.95), milliseconds(many.seconds, 0.5, 0.95)
    figures = {
        "one_client": alone,
        "sixteen_clients": {"per_second": round(many.rate), **together},
        "compressed_bytes": one.size,
    }
    met = (
        alone["p50_ms"] <= GOAL["one_client_p50_ms"]
        and together["p95_ms"] <= GOAL["sixteen_clients_p95_ms"]
        and one.size <= GOAL["compressed_bytes"]
    )
    return {"figures": figures, "reference": None, "ratio": None, "goal": GOAL, "met": met}


def _open_incidents(officer: Officer) -> None:
    from thammuu.kernel import clock
    from thammuu.watch import actions
    from thammuu.watch.rules import IncidentKind, Severity

    kinds, severities = list(IncidentKind), list(Severity)
    assert officer.actor.unit is not None
    for number in range(INCIDENTS):
        now = clock.now()
        actions.open_incident(
            actor=officer.actor,
            now=now,
            at=now,
            title=f"Cháy nhà dân số {number * 7919 % 1000} phố Hàng Bông",
            kind=str(kinds[number % len(kinds)]),
            severity=str(severities[number % len(severities)]),
            unit=officer.actor.unit,
            place_text=f"ngõ {number * 31 % 97}, phường Cửa Nam",
        )


def _request(cookie: str) -> Callable[[], bytes]:
    head = (
        f"GET /watch/ HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: gzip, br\r\nCookie: {cookie}"
    )
    request = f"{head}\r\n\r\n".encode()
    return lambda: request
