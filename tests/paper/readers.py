"""Readers that try what a hostile file would make a parser do; run in the sandbox by its tests."""

import os
import resource
import signal
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from thammuu.kernel.errors import BadInput
from thammuu.paper.sandbox import Answer


def echo(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    return Answer({"size": len(content), **arguments}, [content])


def tries(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """What a process that has been taken over would try first; for each, how it ended."""
    kept = os.environ.copy()
    return Answer({**{name: _outcome(act) for name, act in _TRIES.items()}, "environment": sorted(kept)})


def eats(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    return Answer(len(b"x" * (1 << 30)))


def spins(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    while True:
        pass


def dies(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    os.abort()


def raises(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    raise RuntimeError(content.decode())


def refuses(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    raise BadInput("file", _("There is no such file, or your post may not see it."))


def floods(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    return Answer(None, [bytes(1 << 20)] * 4)


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except (OSError, ValueError) as error:
        return type(error).__name__
    return "done"


_TRIES: dict[str, Callable[[], object]] = {
    "read a file": lambda: Path("/etc/passwd").read_bytes(),
    "write a file": lambda: Path("/tmp/thammuu-sandbox").write_bytes(b"x"),  # noqa: S108
    "open a socket": lambda: socket.socket(),
    "make a process": lambda: os.fork() or os._exit(0),
    "run a program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
    "kill its parent": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "list a folder": lambda: list(Path("/").iterdir()),
    "raise a limit": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100)),
}
