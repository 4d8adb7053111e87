"""The process that stands ready, with the readers imported, and makes another of itself for each file.

It sees no byte of any file: each question comes as a line of its own, which it hands to the child. It ends its
children when their time is over, and itself with them when the process that started it is gone.
"""

import codecs
import contextlib
import encodings
import gc
import importlib
import os
import pkgutil
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import orjson
from django.conf import settings
from django.utils import translation

from thammuu.kernel.errors import BadInput
from thammuu.paper.sandbox.answers import CALL, READY, Cut, send_answer, take_frame
from thammuu.paper.sandbox.confining import confine, leave_network
from thammuu.paper.sandbox.limits import Limits

LANGUAGES = ("vi", "en")
_PACKAGES = Path(__file__).parents[2]
_LARGEST_QUESTION = 128 * 1024 * 1024


@dataclass(slots=True)
class Server:
    """Children by process number, with the moment at which each is ended."""

    control: socket.socket
    wake: int
    until: dict[int, float] = field(default_factory=dict)
    readers: dict[str, Any] = field(default_factory=dict)

    def serve(self) -> None:
        """Take calls until the asking process is gone."""
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        poll.register(self.wake, select.POLLIN)
        while True:
            due = min(self.until.values(), default=None)
            pause = None if due is None else max(0.0, due - time.monotonic()) * 1000 + 1
            ready = {number for number, _event in poll.poll(pause)}
            if self.wake in ready:
                os.read(self.wake, 4096)
            self._reap()
            if self.control.fileno() in ready and not self._take_call():
                break
        for child in self.until:
            _end(child)

    def _take_call(self) -> bool:
        message, lines, _flags, _address = socket.recv_fds(self.control, CALL, 1)
        if len(message) != CALL or len(lines) != 1:
            return False
        call = orjson.loads(message.rstrip(b"\0"))
        with socket.socket(fileno=lines[0]) as line:
            reader = self._reader(call["reader"])
            limits = Limits(**call["limits"])
            child = os.fork()
            if child == 0:
                self.control.close()
                _read(line, reader, limits)
            self.until[child] = time.monotonic() + limits.seconds
        return True

    def _reader(self, name: str) -> Any:
        """The function "module:name". Its module's `rehearse` runs first: libraries import parts when first used."""
        if name not in self.readers:
            module, _colon, function = name.partition(":")
            found = importlib.import_module(module)
            getattr(found, "rehearse", lambda: None)()
            self.readers[name] = getattr(found, function)
        return self.readers[name]

    def _reap(self) -> None:
        for child, due in list(self.until.items()):
            if time.monotonic() > due:
                _end(child)
            if os.waitpid(child, os.WNOHANG)[0]:
                del self.until[child]


def _end(child: int) -> None:
    """End a child; it can have started no other."""
    os.kill(child, signal.SIGKILL)


def _read(line: socket.socket, reader: Any, limits: Limits) -> None:
    """In the child: read one file, answer, and end, whatever happens."""
    try:
        os.dup2(1, 2)  # what a library prints about a file goes nowhere
        line.sendall(READY)
        question = orjson.loads(take_frame(line, CALL * 1024))
        content = take_frame(line, _LARGEST_QUESTION)
        translation.activate(question["language"])
        confine(limits, len(content))
        try:
            answer = reader(content, question["arguments"])
            said = {"value": answer.value}, answer.blobs
        except BadInput as fault:
            said = {"refused": [fault.field, fault.reason]}, ()
        except MemoryError:
            said = {"failed": "memory"}, ()
        send_answer(line, *said)
    except (Cut, OSError):
        pass
    except BaseException as error:
        # Only what kind of error it was: its words may be the file's own.
        send_answer(line, {"failed": type(error).__name__[:80]})
    finally:
        os._exit(0)


def _settle() -> None:
    """Prepare what every child needs and can no longer fetch: languages, encodings, and nothing that is secret."""
    settings.configure(
        USE_I18N=True,
        LANGUAGE_CODE=LANGUAGES[0],
        LANGUAGES=[(language, language) for language in LANGUAGES],
        LOCALE_PATHS=sorted(map(str, _PACKAGES.glob("*/locale"))),
    )
    django.setup()
    for codec in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(LookupError, ImportError):
            codecs.lookup(codec.name)
    for language in LANGUAGES:
        translation.activate(language)


def main(descriptor: int) -> None:
    """Serve on the inherited control line."""
    os.umask(0o077)
    os.chdir("/")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    _settle()
    leave_network()
    gc.collect()
    gc.freeze()
    Server(socket.socket(fileno=descriptor), wake).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
