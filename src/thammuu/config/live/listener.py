"""One open stream: what waits to be sent, and when its reader is given up."""

import asyncio
import time
from collections import deque
from uuid import UUID

from thammuu.config.front.types import Send
from thammuu.config.live.sessions import SignIn
from thammuu.kernel.actor import Scope

WAITING_BYTES = 256 * 1024
STALLED_SECONDS = 20.0


class Listener:
    """Bytes for one reader. `offer` never waits; a reader that takes nothing is closed, nobody waits for it.

    The pieces are shared among listeners, so what waits costs a reference each. All methods belong to the event loop.
    """

    def __init__(self, send: Send, sign_in: SignIn, scope: Scope, language: str) -> None:
        self.sign_in = sign_in
        self.scope = scope
        self.language = language
        self.closed = False
        self.given_up = False
        self._send = send
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._wake: asyncio.Future[None] | None = None
        self._sending_since: float | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def account(self) -> UUID:
        """Return whose stream this is."""
        return self.sign_in.account

    def offer(self, piece: bytes) -> None:
        """Queue a piece; past `WAITING_BYTES` the stream is closed instead."""
        if self.closed:
            return
        self._waiting.append(piece)
        self._size += len(piece)
        if self._size > WAITING_BYTES:
            self.give_up()
        else:
            self._rouse()

    def close(self, last: bytes = b"") -> None:
        """End the stream, after `last`; what else waits is dropped."""
        self.closed = True
        self._waiting.clear()
        if last:
            self._waiting.append(last)
        self._rouse()

    def give_up(self) -> None:
        """End the stream although the reader does not take what is being sent."""
        self.given_up = True
        self.close()
        if self._task is not None:
            self._task.cancel()

    def has_stalled(self) -> bool:
        """Say whether the reader has taken nothing of a piece for `STALLED_SECONDS`."""
        since = self._sending_since
        return since is not None and time.monotonic() - since > STALLED_SECONDS

    async def run(self) -> None:
        """Send what is offered until the stream is closed."""
        self._task = asyncio.current_task()
        while True:
            while self._waiting:
                body = b"".join(self._waiting)
                self._waiting.clear()
                self._size = 0
                await self.tell(body)
            if self.closed:
                return
            self._wake = asyncio.get_running_loop().create_future()
            await self._wake

    async def tell(self, body: bytes) -> None:
        """Send now, at the reader's pace; for what comes before `run`."""
        self._sending_since = time.monotonic()
        await self._send({"type": "http.response.body", "body": body, "more_body": True})
        self._sending_since = None

    def _rouse(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)
