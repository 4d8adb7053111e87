"""One owner for a home: whoever holds its lock, which the system releases even after SIGKILL."""

import fcntl
import os
from pathlib import Path
from typing import IO

from thammuu.config.language import _
from thammuu.config.supervisor.places import make_folder
from thammuu.config.supervisor.refusals import CannotStart

FILE = "owner.lock"


class AlreadyOwned(CannotStart):
    """Another running Thammuu owns this home."""


class Ownership:
    """The lock of a home. `after_a_kill` says that the owner before did not end by itself."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.after_a_kill = False
        self._lock: IO[str] | None = None

    def take(self) -> None:
        """Become the owner, or raise AlreadyOwned. Harmless when we are."""
        if self._lock is not None:
            return
        make_folder(self.home)
        lock = (self.home / FILE).open("a+")
        lock.seek(0)
        before = lock.read().strip()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            lock.close()
            raise AlreadyOwned(
                _("Thammuu is already running from {home} (process {process}); stop it, or use that one.").format(
                    home=self.home, process=before or "?"
                )
            ) from held
        self.after_a_kill = before != ""
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def give_up(self) -> None:
        """Let the next one in. Harmless when we are not the owner."""
        if self._lock is not None:
            self._lock.truncate(0)
            self._lock.close()
            self._lock = None
