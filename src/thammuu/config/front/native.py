"""Requests that are answered without Django: by method and path, on the event loop."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from thammuu.config.front.types import Headers


@dataclass(frozen=True)
class NativeRequest:
    """A request whose body is complete; header names are in lower case, `client` is the address."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    client: str = ""


@dataclass(frozen=True)
class NativeAnswer:
    """A complete answer."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)


NativeHandler = Callable[[NativeRequest], Awaitable[NativeAnswer | None]]
"""Answers, or returns None so that Django does (a session to renew, a form with errors)."""

NATIVE: dict[tuple[str, str], NativeHandler] = {}


async def _ready(request: NativeRequest) -> NativeAnswer:
    return NativeAnswer(200, b"ready\n", [(b"content-type", b"text/plain")])


NATIVE[("GET", "/ready")] = _ready  # asked by the supervisor and by proxies: this process serves
