"""Takes a request's body in full before anything else sees it."""

import asyncio
import tempfile
from typing import IO

from thammuu.config.front.limits import Limits
from thammuu.config.front.types import Receive, Scope


class BodyRefused(Exception):
    """The body is not passed on. `status` is the HTTP status to answer with."""

    status = 400


class BodyTooLarge(BodyRefused):
    """More bytes than the front takes."""

    status = 413


class BodyTooSlow(BodyRefused):
    """Silent, or too long under way."""

    status = 408


class BodyShort(BodyRefused):
    """Fewer bytes than announced."""


class ClientGone(Exception):
    """The client hung up before its body was complete: there is nobody to answer."""


def header(scope: Scope, name: bytes) -> str | None:
    """The last header of that lower-case name."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[-1].decode("latin-1") if found else None


async def spool(scope: Scope, receive: Receive, limits: Limits, largest: int) -> IO[bytes]:
    """The whole body as a file at its start, in memory while small; the caller closes it.

    Raises BodyRefused or ClientGone; then nothing of the body is kept.
    """
    announced = header(scope, b"content-length")
    if announced is not None and int(announced) > limits.drained:
        raise BodyTooLarge
    body = tempfile.SpooledTemporaryFile(max_size=limits.in_memory)  # noqa: SIM115 - handed on
    try:
        taken = await _take(receive, body, limits, largest)
    except TimeoutError as slow:
        body.close()
        raise BodyTooSlow from slow
    except BaseException:
        body.close()
        raise
    if announced is not None and taken != int(announced):
        body.close()
        raise BodyShort
    body.seek(0)
    return body


async def _take(receive: Receive, body: IO[bytes], limits: Limits, largest: int) -> int:
    clock = asyncio.get_running_loop().time
    until = clock() + limits.arrival
    taken = 0
    more = True
    async with asyncio.timeout(limits.pause) as silence:
        while more:
            message = await receive()
            silence.reschedule(min(until, clock() + limits.pause))
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk = message.get("body", b"")
            taken += len(chunk)
            if taken > limits.drained:
                raise BodyTooLarge
            if taken <= largest:
                body.write(chunk)
            more = message.get("more_body", False)
    if taken > largest:
        raise BodyTooLarge
    return taken
