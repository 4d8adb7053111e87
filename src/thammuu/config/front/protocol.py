"""HTTP/1.1 as uvicorn speaks it, with two things of our own: heads that never end, and requests that make no sense.

uvicorn ends a silent connection only between requests; a client that sends its head a byte at a time would hold its
socket for ever. What cannot be parsed never becomes a request, so it is answered here.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from thammuu.config.front.hardening import hardened
from thammuu.config.front.types import Scope

HEAD_SECONDS = 20.0
HEAD_BYTES = 64 * 1024


class HeadTooLarge(ValueError):
    """More bytes of address and headers than anything of ours sends."""


class Protocol(HttpToolsProtocol):
    """One connection."""

    head: asyncio.TimerHandle | None = None
    head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn's own narrowing of asyncio's method
        """Begin: the head of the first request is awaited."""
        super().connection_made(transport)
        self._await_head()

    def on_message_begin(self) -> None:
        """Await the rest of the head."""
        super().on_message_begin()
        self.head_bytes = 0
        self._await_head()

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address."""
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._count(name, value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Take the request, whose head is complete."""
        self._forget_head()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._forget_head()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, with the headers that every answer carries."""
        body = f"{msg}\n".encode()
        scope: Scope = {"path": "", "scheme": self.scheme, "headers": []}
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        lines = [name + b": " + value + b"\r\n" for name, value in hardened(headers, scope)]
        self.transport.write(b"".join([b"HTTP/1.1 400 Bad Request\r\n", *lines, b"\r\n", body]))
        self.transport.close()

    def _count(self, *pieces: bytes) -> None:
        self.head_bytes += sum(map(len, pieces))
        if self.head_bytes > HEAD_BYTES:
            raise HeadTooLarge

    def _await_head(self) -> None:
        if self.head is None:
            self.head = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _forget_head(self) -> None:
        if self.head is not None:
            self.head.cancel()
            self.head = None

    def _give_up(self) -> None:
        self.head = None
        if not self.transport.is_closing():
            self.transport.close()
