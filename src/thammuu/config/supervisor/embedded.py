"""The embedded PostgreSQL of one home: one owner at a time, from start to stop."""

import shlex
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from thammuu.config.supervisor import postmaster
from thammuu.config.supervisor.account import server_account
from thammuu.config.supervisor.cluster import make_cluster, prepare_roles
from thammuu.config.supervisor.credentials import SUPERUSER, Credentials, keep_credentials
from thammuu.config.supervisor.ownership import Ownership
from thammuu.config.supervisor.places import Places, find_places, own_folder

SETTINGS = {
    "listen_addresses": "",
    "port": str(postmaster.PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "log_line_prefix": "%m [%p] ",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
WITHOUT_DURABILITY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
ARCHIVE_SECONDS = 30


class EmbeddedPostgres:
    """The server of `home`. `durable=False` is for throw-away clusters of tests only; `archiving` keeps each closed
    segment of the log in a folder until it is carried into the backups."""

    def __init__(self, home: Path, *, durable: bool = True, archiving: bool = False) -> None:
        self.home = home.resolve()
        self._archiving = archiving
        self._settings = SETTINGS if durable else {**SETTINGS, **WITHOUT_DURABILITY}
        self.ownership = Ownership(self.home)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Credentials:
        """Start, making the cluster when it is the first time; returns how to reach it."""
        self.ownership.take()
        try:
            account = server_account()
            places = find_places(self.home, account)
            credentials = keep_credentials(self.home, places.socket)
            make_cluster(places, account, credentials.superuser)
            settings = {**self._settings, "unix_socket_directories": str(places.socket)}
            if self._archiving:
                own_folder(archive_of(places), account)
                settings |= archive_settings(archive_of(places))
            self._process = postmaster.launch(places, account, credentials.superuser_url(SUPERUSER), settings)
            prepare_roles(credentials)
        except BaseException:
            self.stop()
            raise
        return credentials

    @property
    def pid(self) -> int | None:
        """The server's process, or None when it is not running."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if self._process and running else None

    def stop(self) -> None:
        """Stop the server cleanly and give the home free. Harmless when nothing runs."""
        if self._process is not None:
            postmaster.stop(self._process)
            self._process = None
        self.ownership.give_up()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def archive_of(places: Places) -> Path:
    """Return the folder in which the server leaves closed segments of its log."""
    return places.data.with_name("archive")


def archive_settings(archive: Path) -> dict[str, str]:
    """Return PostgreSQL's settings that archive each segment, closed at the latest ARCHIVE_SECONDS after a write.

    The copy is whole and on the disk before it has its name, and a second attempt after a crash does no harm.
    """
    folder = shlex.quote(str(archive)).replace("%", "%%")
    coming, final = f"{folder}/.%f", f"{folder}/%f"
    return {
        "archive_mode": "on",
        "archive_timeout": str(ARCHIVE_SECONDS),
        "archive_command": (
            f"test -f {final} || (cp %p {coming} && sync {coming} && mv {coming} {final} && sync {folder})"
        ),
    }
