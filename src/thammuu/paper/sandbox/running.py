"""The side that asks: one server of readers for each process, started when first needed, replaced when it is gone."""

import atexit
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from threading import Lock
from time import monotonic
from typing import Any

import orjson
from django.utils.translation import get_language

from thammuu.kernel.errors import BadInput
from thammuu.paper.sandbox.answers import CALL, READY, Answer, Cut, send_frame, take_answer
from thammuu.paper.sandbox.limits import LIMITS, Limits

LONGEST_REASON = 2000
_GRACE = 5.0


class Broken(Exception):
    """The reader fell over the file: nothing can be said of it but that it is not to be trusted."""


class TooMuch(Exception):
    """Reading the file would take more time or memory than one file may."""


def read_apart(
    reader: str, content: bytes, arguments: Mapping[str, Any] | None = None, limits: Limits = LIMITS
) -> Answer:
    """Return what a reader makes of the bytes in a process that can do nothing else.

    `reader` is "module:function" of a function from bytes and arguments to an `Answer`: by name, for the process that
    asks needs none of the libraries that read. The module is imported there before any byte of the file comes; its
    function `rehearse`, if it has one, is run then, since the reader can import, open and log nothing.
    Raises the `BadInput` that the reader raised, `TooMuch` or `Broken`.
    """
    question = orjson.dumps({"language": get_language() or "vi", "arguments": dict(arguments or {})})
    started = monotonic()
    with _call(reader, limits) as line:
        try:
            send_frame(line, question)
            send_frame(line, content)
            said, blobs = take_answer(line, limits.answer)
        except TimeoutError:
            raise TooMuch from None
        except (Cut, OSError):
            # It was ended by one of its limits, or by a fault of its own.
            raise (TooMuch if monotonic() - started >= limits.seconds else Broken) from None
    if "value" in said:
        return Answer(said["value"], blobs)
    if said.get("failed") == "memory":
        raise TooMuch
    try:
        field, reason = said["refused"]
    except (KeyError, TypeError, ValueError):
        raise Broken(str(said.get("failed"))) from None
    raise BadInput(str(field), str(reason)[:LONGEST_REASON])


def warm_up() -> None:
    """Start the server before the first file comes."""
    _server.start()


class _Server:
    """The server of this process and the line on which it is called."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, message: bytes, line: int) -> None:
        """Hand a line over to a child of the server. A server that is gone is started again."""
        with self._lock:
            if self._process is not None and self._process.poll() is not None:
                self._drop()
            try:
                socket.send_fds(self._started(), [message], [line])
            except OSError:
                self._drop()
                socket.send_fds(self._started(), [message], [line])

    def start(self) -> None:
        """Start the server unless it runs."""
        with self._lock:
            self._started()

    def stop(self) -> None:
        """End the server; its children end with it."""
        with self._lock:
            self._drop()

    def _started(self) -> socket.socket:
        if self._control is not None and self._owner == os.getpid():
            return self._control
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-s", "-P", "-m", "thammuu.paper.sandbox.server", str(theirs.fileno())],
                env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._owner, self._control = os.getpid(), ours
        return ours

    def _drop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        self._control = self._process = None


_server = _Server()
atexit.register(_server.stop)


def _call(reader: str, limits: Limits) -> socket.socket:
    """Return our end of the line to a child that waits for its question; a server that is gone is replaced once."""
    call = {"reader": reader, "limits": asdict(limits)}
    message = orjson.dumps(call).ljust(CALL, b"\0")
    for _attempt in range(2):
        ours, theirs = socket.socketpair()
        with theirs:
            _server.call(message, theirs.fileno())
        ours.settimeout(limits.seconds + _GRACE)
        try:
            if ours.recv(1) == READY:
                return ours
        except TimeoutError:
            ours.close()
            raise TooMuch from None
        ours.close()
    raise Broken
