"""Accepting connections so that the serve processes of one port share them.

The processes wait on the same listening socket. An event loop's own server accepts all that waits when it wakes, so
whoever wakes first takes every connection of a browser or a proxy, and the others idle. Here a process accepts one, and
leaves the next for a moment to the others; for longer, the more it has already, until chance evens them out.

Where we speak TLS, the first byte of a connection tells whether its client does too: who comes plainly is led to HTTPS
by the same port. Until then, and until the handshake is over, a connection costs its socket and nothing else.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable, Sized

PAUSE_SECONDS = 0.001
EVEN = 20  # connections of a process from which on chance evens them out
FIRST_BYTE_SECONDS = HANDSHAKE_SECONDS = 10.0
GOODBYE_SECONDS = 5.0  # how long a client may take to answer the end of a TLS connection
OPENING = 1000  # connections without a finished handshake; one more ends the oldest
HANDSHAKE = b"\x16"  # RFC 8446 §5.1
EXHAUSTED_SECONDS = 0.1  # until connections have been closed, when the process has no descriptors left
log = logging.getLogger(__name__)


class Acceptor:
    """Hands the connections of one listening socket to a protocol, one at a time."""

    def __init__(
        self,
        listener: socket.socket,
        protocol: Callable[[], asyncio.BaseProtocol],
        connections: Sized,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._listener = listener
        self._protocol = protocol
        self._connections = connections
        self._loop = asyncio.get_running_loop()
        self._context = context
        self._opening: dict[asyncio.Task[object], None] = {}
        self._later: asyncio.TimerHandle | None = None
        listener.setblocking(False)

    def open(self) -> None:
        """Begin, or go on after the pause."""
        self._loop.add_reader(self._listener.fileno(), self._accept)

    def close(self) -> None:
        """Accept no more, and let those go that have not begun; connections that are open stay so."""
        if self._later is not None:
            self._later.cancel()
        self._loop.remove_reader(self._listener.fileno())
        for task in self._opening:
            task.cancel()

    def _accept(self) -> None:
        try:
            connection, _address = self._listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another process was quicker, or the client has gone
        except OSError as error:
            log.warning("no connection could be accepted: %s", error)
            self._pause(EXHAUSTED_SECONDS)
            return
        connection.setblocking(False)
        task: asyncio.Task[object] = self._loop.create_task(self._hand_over(connection))
        self._opening[task] = None
        task.add_done_callback(lambda done: self._opening.pop(done, None))
        if len(self._opening) > OPENING:
            next(iter(self._opening)).cancel()
        has = len(self._connections) + 1
        self._pause(PAUSE_SECONDS * (has if has < EVEN else 1))

    def _pause(self, seconds: float) -> None:
        self._loop.remove_reader(self._listener.fileno())
        self._later = self._loop.call_later(seconds, self.open)

    async def _hand_over(self, connection: socket.socket) -> None:
        try:
            if self._context is not None and await self._speaks_tls(connection):
                await self._loop.connect_accepted_socket(
                    self._protocol,
                    connection,
                    ssl=self._context,
                    ssl_handshake_timeout=HANDSHAKE_SECONDS,
                    ssl_shutdown_timeout=GOODBYE_SECONDS,
                )
            else:
                await self._loop.connect_accepted_socket(self._protocol, connection)
        except (OSError, TimeoutError, asyncio.CancelledError):
            connection.close()

    async def _speaks_tls(self, connection: socket.socket) -> bool:
        """Look at the first byte without taking it."""
        readable = asyncio.Event()
        self._loop.add_reader(connection.fileno(), readable.set)
        try:
            async with asyncio.timeout(FIRST_BYTE_SECONDS):
                await readable.wait()
        finally:
            self._loop.remove_reader(connection.fileno())
        return connection.recv(1, socket.MSG_PEEK) == HANDSHAKE
