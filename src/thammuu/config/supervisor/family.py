"""The processes beside the database: started together, restarted when they die, stopped together."""

import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from thammuu.config.supervisor.postmaster import stop_with_parent

PATIENCE = 10.0
STEADY = 5.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
LOOK = 0.5


@dataclass
class Member:
    """One process and how often it died young."""

    name: str
    command: Sequence[str]
    descriptors: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    pause: float = field(default=SHORTEST_PAUSE)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C is the supervisor's; its death is not survived."""
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            self.command,
            stdin=subprocess.DEVNULL,
            pass_fds=self.descriptors,
            start_new_session=True,
            preexec_fn=stop_with_parent(signal.SIGTERM),
        )
        self.started = time.monotonic()

    def look_after(self, report: Callable[[str, int], None]) -> None:
        """Restart it when it died; one that keeps dying is restarted ever more slowly."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            report(self.name, code)
            young = now - self.started < STEADY
            self.pause = min(self.pause * 2, LONGEST_PAUSE) if young else SHORTEST_PAUSE
            self.process, self.due = None, now + self.pause
        if self.process is None and now >= self.due:
            self.start()


class Family:
    """The members, in the order in which they start; they stop in the opposite one.

    Its methods belong to the main thread, whose death the members notice.
    """

    def __init__(self, members: Sequence[Member], report: Callable[[str, int], None]) -> None:
        self.members = members
        self._report = report

    def start(self) -> None:
        """Start every member."""
        for member in self.members:
            member.start()

    def look_after(self) -> None:
        """Restart whoever died."""
        for member in self.members:
            member.look_after(self._report)

    def stop(self) -> None:
        """Ask all to stop, wait, and end those that do not."""
        running = [member.process for member in self.members if member.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for member in self.members:
            member.process = None


class Asked:
    """Notes SIGINT and SIGTERM, and wakes the main loop for them and for a child's death."""

    def __init__(self) -> None:
        self.to_stop = False
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._waker.setblocking(False)

    def listen(self) -> None:
        """Take over the signals of this process.

        Python itself writes to the socket when a signal comes. A handler that set an `Event` could come in the moment
        in which the main loop holds the event's lock, and wait for it for ever.
        """
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # one that is ignored wakes nobody

    def wait(self) -> None:
        """Return when something happened, or after a moment."""
        if select.select([self._woken], [], [], LOOK)[0]:
            self._woken.recv(4096)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.to_stop = True
