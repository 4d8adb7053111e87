"""Accepting connections so that the serve processes of one port share them.

The processes wait on the same listening socket. An event loop's own server accepts all that waits when it wakes, so
whoever wakes first takes every connection of a browser or a proxy, and the others idle. Here a process accepts one, and
leaves the next for a moment to the others; for longer, the more it has already, until chance evens them out.
"""

import asyncio
import logging
import socket
from collections.abc import Callable, Sized

PAUSE_SECONDS = 0.001
EVEN = 20  # connections of a process from which on chance evens them out
EXHAUSTED_SECONDS = 0.1  # until connections have been closed, when the process has no descriptors left
log = logging.getLogger(__name__)


class Acceptor:
    """Hands the connections of one listening socket to a protocol, one at a time."""

    def __init__(
        self, listener: socket.socket, protocol: Callable[[], asyncio.BaseProtocol], connections: Sized
    ) -> None:
        self._listener = listener
        self._protocol = protocol
        self._connections = connections
        self._loop = asyncio.get_running_loop()
        self._opening: set[asyncio.Task[object]] = set()
        self._later: asyncio.TimerHandle | None = None
        listener.setblocking(False)

    def open(self) -> None:
        """Begin, or go on after the pause."""
        self._loop.add_reader(self._listener.fileno(), self._accept)

    def close(self) -> None:
        """Accept no more; connections that are open stay so."""
        if self._later is not None:
            self._later.cancel()
        self._loop.remove_reader(self._listener.fileno())

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
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)
        has = len(self._connections) + 1
        self._pause(PAUSE_SECONDS * (has if has < EVEN else 1))

    def _pause(self, seconds: float) -> None:
        self._loop.remove_reader(self._listener.fileno())
        self._later = self._loop.call_later(seconds, self.open)

    async def _hand_over(self, connection: socket.socket) -> None:
        try:
            await self._loop.connect_accepted_socket(self._protocol, connection)
        except OSError:
            connection.close()
