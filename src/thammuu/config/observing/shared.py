"""What many ask for and one thread finds out: held for a moment, never found out twice at the same time."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """The answer of a function that may block. All methods belong to the event loop.

    It is `fresh` seconds old at most when it is given. Whoever asks waits up to `patience` seconds from when the
    finding out began, and then gets a TimeoutError; the thread goes on, and nobody begins another beside it.
    """

    def __init__(self, find: Callable[[], T], *, fresh: float, patience: float) -> None:
        self._find = find
        self._fresh = fresh
        self._patience = patience
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="observing")
        self._finding: asyncio.Future[T] | None = None
        self._begun = 0.0

    async def get(self) -> T:
        """Return the answer, or raise what finding it out raised."""
        now = time.monotonic()
        finding = self._finding
        if finding is None or (finding.done() and now - self._begun > self._fresh):
            finding = asyncio.get_running_loop().run_in_executor(self._pool, self._find)
            finding.add_done_callback(_look_at)
            self._finding, self._begun = finding, now
        remaining = max(0.0, self._begun + self._patience - now)
        return await asyncio.wait_for(asyncio.shield(finding), remaining)

    def close(self) -> None:
        """Wait until the thread has found out what it is at, and let it go."""
        self._pool.shutdown()


def _look_at(finding: "asyncio.Future[T]") -> None:
    """Nobody may be left who waits for it; its error is no surprise then."""
    if not finding.cancelled():
        finding.exception()
