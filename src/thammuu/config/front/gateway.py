"""Runs a WSGI application in a pool of threads that never wait for a client.

A thread gets a body that is already complete, and gives back an answer that is already made; a file or a
stream is handed over to be sent from outside the thread.
"""

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import IO, Any, ParamSpec, TypeVar

from thammuu.config.front.spool import header
from thammuu.config.front.types import Environ, Headers, Scope, WsgiApp
from thammuu.config.observing import current
from thammuu.kernel import clock
from thammuu.org.devices import ARRIVED

PIECE = 256 * 1024
P = ParamSpec("P")
T = TypeVar("T")


class FileWrapper:
    """PEP 3333's `wsgi.file_wrapper`: marks an answer that is one open file."""

    def __init__(self, file: IO[bytes], block_size: int = PIECE) -> None:
        self.file = file

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(PIECE), b"")

    def close(self) -> None:
        self.file.close()


@dataclass
class Answer:
    """What the application said. `body` is complete, or `rest` yields it piece by piece (each may block)."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] | None = None


class Gateway:
    """A WSGI application behind `await`."""

    def __init__(self, application: WsgiApp, threads: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def answer(self, scope: Scope, body: IO[bytes], length: int) -> Answer:
        """The application's answer to a request whose body is complete."""
        return await self._in_thread(self._call, environ_of(scope, body, length))

    async def next_piece(self, answer: Answer) -> bytes:
        """The next piece of a streamed answer; b"" at its end."""
        assert answer.rest is not None  # noqa: S101 - for the type checker
        return await self._in_thread(_next, answer.rest)

    async def close(self, answer: Answer) -> None:
        """Release what a streamed answer holds."""
        if answer.close is not None:
            await self._in_thread(answer.close)

    def shut(self) -> None:
        """Let the threads go when their pages are made."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: call(*args, **kwargs))

    def _call(self, environ: Environ) -> Answer:
        answer = Answer()

        def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            answer.status = int(status.split(" ", 1)[0])
            answer.headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]

        with current.answering(environ):
            result = self._application(environ, start_response)
            close = getattr(result, "close", None)
            if isinstance(result, FileWrapper) or getattr(result, "streaming", False):
                answer.rest, answer.close = iter(result), close
                return answer
            try:
                answer.body = b"".join(result)
            finally:
                if close is not None:
                    close()
        return answer


def _next(pieces: Iterator[bytes]) -> bytes:
    for piece in pieces:
        if piece:
            return piece
    return b""


def environ_of(scope: Scope, body: IO[bytes], length: int) -> Environ:
    """The WSGI environment of an ASGI request (PEP 3333)."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": header(scope, b"content-type") or "",
        current.KEY: scope.get(current.KEY),
        ARRIVED: _arrived(scope.get(current.KEY)),
    }
    for name, value in _headers(scope["headers"]):
        known = environ.get(name)
        joined = "; " if name == "HTTP_COOKIE" else ","
        environ[name] = value if known is None else f"{known}{joined}{value}"
    return environ


def _arrived(observation: current.Observation | None) -> datetime | None:
    """Return when the head of a request came: a body may be long under way."""
    if observation is None:
        return None
    return clock.now() - timedelta(seconds=perf_counter() - observation.begun)


def _headers(headers: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, str]]:
    for key, value in headers:
        if b"_" in key or key in (b"content-length", b"content-type", b"transfer-encoding"):
            continue  # an underscore could pass for the dash of a header that a proxy set
        name = key.decode("latin-1").upper().replace("-", "_")
        yield f"HTTP_{name}", value.decode("latin-1")
