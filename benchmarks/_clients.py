"""HTTP clients that cost little: the load generator shares the cores with what it measures."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

_LENGTH = re.compile(rb"(?i)content-length: (\d+)")
_CHUNKED = re.compile(rb"(?i)transfer-encoding: chunked")


@dataclass
class Load:
    """What a number of clients met: seconds per answer, and answers that were not `wanted`."""

    seconds: list[float] = field(default_factory=list)
    faults: list[bytes] = field(default_factory=list)
    size: int = 0
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Return answers per second."""
        return len(self.seconds) / self.lasted


async def load(port: int, requests: list[Callable[[], bytes]], wanted: int, warm: float, lasting: float) -> Load:
    """Let one client for each of the `requests` ask again and again; what comes in the first seconds does not count."""
    told, began = Load(lasted=lasting), time.perf_counter()

    async def client(make: Callable[[], bytes]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
        while (asked := time.perf_counter()) < began + warm + lasting:
            writer.write(make())
            status, size, body = await _answer(reader)
            if status != wanted:
                told.faults.append(body[:300])
            elif asked > began + warm:
                told.seconds.append(time.perf_counter() - asked)
                told.size = size
        writer.close()

    await asyncio.gather(*map(client, requests))
    if told.faults:
        raise RuntimeError(f"{len(told.faults)} answers were not {wanted}: {told.faults[0]!r}")
    return told


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    found = _LENGTH.search(head)
    if found:
        body = await reader.readexactly(int(found[1]))
    elif _CHUNKED.search(head):
        body = b""
        while length := int(await reader.readline(), 16):
            body += (await reader.readexactly(length + 2))[:-2]
        await reader.readline()
    else:
        body = b""
    return int(head.split(b" ", 2)[1]), len(body), body


class Listener(asyncio.Protocol):
    """A stream's reader: notes when each numbered line arrives, wherever in the bytes it stands."""

    MARK = re.compile(rb"so-(\d+)-het")

    def __init__(self, head: bytes, arrived: Callable[[int, float], None]) -> None:
        self._head = head
        self._arrived = arrived
        self._rest = b""
        self._last = -1
        self.opened = self.answered = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        cast(asyncio.Transport, transport).write(self._head)  # uvloop's is none by inheritance

    def data_received(self, data: bytes) -> None:
        """Note each number once; a mark may be cut in two."""
        if not self.answered:
            self.answered, self.opened = True, data.startswith(b"HTTP/1.1 200")
        now = time.perf_counter()
        data = self._rest + data
        for found in self.MARK.finditer(data):
            number = int(found[1])
            if number > self._last:
                self._last = number
                self._arrived(number, now)
        self._rest = data[-20:]
