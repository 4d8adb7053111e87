"""Room on the disk. While there is little, nothing is taken in, everything can be read, and every page says why.

PostgreSQL does not survive a full disk: it stops in the middle of a write and cannot start again before there is room.
So intake stops while there is enough left for what was accepted (sealing, following, the log of the database), and
begins again by itself once there is room.
"""

import errno
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _

from thammuu.config.supervisor.places import made_base
from thammuu.ui import faults
from thammuu.ui.faults import KEPT, Fault

MEBIBYTE = 1024**2
LOOK_EVERY = 1.0
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
STILL_TAKEN = ("/sign-in/", "/sign-out/", "/account/lock/", "/account/unlock/", "/language/", "/theme/")
"""What may be sent although there is little room: it is small, and without it nobody could read."""

Answer = Callable[[HttpRequest], HttpResponse]


@dataclass
class Room:
    """Whether the disks of these folders have so many bytes left; looked at once a second."""

    folders: tuple[Path, ...]
    least: int
    _short: bool = field(default=False, init=False)
    _due: float = field(default=0.0, init=False)

    def short(self) -> bool:
        """Say whether there is too little. It has to be a quarter more before there is enough again."""
        now = time.monotonic()
        if now >= self._due:
            self._due = now + LOOK_EVERY
            self._short = self.free() < (self.least * 5 // 4 if self._short else self.least)
        return self._short

    def free(self) -> int:
        """Return the bytes that are left where least are."""
        return min((shutil.disk_usage(folder).free for folder in self.folders if folder.exists()), default=self.least)


@cache
def room() -> Room:
    """Return the room of this installation: where the attachments lie, and the embedded database."""
    return Room(folders_of(settings.HOME, settings.INSTALLATION.embedded), settings.INSTALLATION.least_free * MEBIBYTE)


def folders_of(home: Path, embedded: bool) -> tuple[Path, ...]:
    """Return the folders in which room is needed."""
    return (home, made_base(home)) if embedded else (home,)


def warning(request: HttpRequest) -> str:
    """Return what every page says at its top while nothing is taken in."""
    if not room().short():
        return ""
    return _("The server's disk is nearly full: everything can be read, nothing can be recorded until there is room.")


class RoomMiddleware:
    """Refuse what would be written while there is too little room; answer a disk that filled up all the same."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let reading pass."""
        if request.method not in READING and not request.path.startswith(STILL_TAKEN) and room().short():
            return _unlogged(faults.answer(request, _no_room()))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer what a full disk or a missing database made of the view; leave every other fault to Django."""
        found = judge(fault)
        return plain(request, found) if found else None


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault outside the views: looking up the session, for instance."""
    fault = sys.exc_info()[1]
    found = judge(fault) if isinstance(fault, Exception) else None
    return plain(request, found) if found else faults.broken(request)


def judge(fault: Exception) -> Fault | None:
    """Return what to answer to a fault that the disk or the database is to blame for; None for any other."""
    if any(_is_full(one) for one in _causes(fault)):
        return _no_room()
    if isinstance(fault, OperationalError | InterfaceError) and _is_lost(fault.__cause__):
        return _no_room() if room().short() else _no_database()
    return None


def plain(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Show the fault without asking the database for anything."""
    if request.headers.get("Accept", "").startswith("application/json"):
        body = {"title": str(fault.title), "reason": str(fault.happened), "todo": str(fault.todo), "code": fault.code}
        return _unlogged(JsonResponse(body, status=fault.status))
    answer = HttpResponse(loader.render_to_string("config/unable.html", {"fault": fault}), status=fault.status)
    return _unlogged(answer)


def _unlogged(answer: HttpResponse) -> HttpResponse:
    """Every outbox tries again: a line of the log for each answer would fill the disk that is full already."""
    answer._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark, which the stubs leave out
    return answer


def _causes(fault: BaseException | None) -> Iterable[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__


def _is_full(fault: BaseException) -> bool:
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return isinstance(fault, psycopg.errors.DiskFull)


def _is_lost(cause: BaseException | None) -> bool:
    """Say whether the connection was: no answer of the server's at all, or that it is stopping or starting."""
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else ""
    return state is None or state.startswith(("08", "57P", "58"))


def _no_room() -> Fault:
    return Fault(
        507,
        _("There is no room to record this"),
        _("The server's disk is nearly full, so nothing can be recorded for now. What was recorded can be read."),
        KEPT,
        _("Tell the operator. Send it again once there is room; lines of the log go by themselves then."),
        "no-room",
    )


def _no_database() -> Fault:
    return Fault(
        503,
        _("The database does not answer"),
        _("It is being started again, or the operator has to look after it."),
        KEPT,
        _("Wait a moment and send it again; lines of the log go by themselves."),
        "no-database",
    )
