"""Taking a base backup of the running embedded database, with the home's settings and keys, encrypted as it streams."""

import io
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import psycopg
from pyrage.x25519 import Recipient

from thammuu import __version__
from thammuu.config.backup import encryption
from thammuu.config.backup.plan import Plan
from thammuu.config.backup.shipping import Shipping, alone, attachments
from thammuu.config.backup.store import BASE, HOME, Manifest, Store, new_id
from thammuu.config.language import _
from thammuu.config.supervisor.account import server_account
from thammuu.config.supervisor.credentials import SUPERUSER, Credentials, read_credentials
from thammuu.config.supervisor.embedded import archive_of
from thammuu.config.supervisor.places import MAJOR, Places, find_places
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.kernel import clock

Progress = Callable[[int], None]
KEPT_OF_THE_HOME = (
    "thammuu.toml",
    "database.json",
    "journal.key",
    "journal.vkey",
    "push.key",
    "checkpoints",
    "witnessed",
)
"""What a home holds beside database and attachments; the rest is made anew."""


@dataclass(frozen=True)
class Taken:
    """A finished backup: its manifest, the bytes that it takes, and the older ones that made room."""

    manifest: Manifest
    size: int
    dropped: list[str]


@dataclass
class _Counted:
    """A stream that tells how far it was read."""

    stream: IO[bytes]
    progress: Progress
    done: int = 0

    def read(self, size: int = -1) -> bytes:
        content = self.stream.read(size)
        self.done += len(content)
        self.progress(self.done)
        return content


def shipping_of(home: Path, plan: Plan) -> Shipping:
    """Return the way from the home to its store, for the running database; raises `CannotStart`."""
    if plan.folder is None or not plan.recipient:
        raise CannotStart(
            _("No backup is set up; put backup_folder and backup_recipient into {file}.").format(
                file=home / "thammuu.toml"
            )
        )
    recipient, credentials = encryption.read_recipient(plan.recipient), read_credentials(home)
    if credentials is None:
        raise CannotStart(
            _("There is no embedded database in {home}; back yours up by its own tools.").format(home=home)
        )
    store, places = Store(plan.folder), find_places(home, server_account())
    with psycopg.connect(credentials.superuser_url(SUPERUSER)) as connection:
        if _value(connection, "SELECT current_setting('archive_mode')") != "on":
            raise CannotStart(_("The running database does not archive its log yet; stop Thammuu and start it again."))
        store.make(str(_value(connection, "SELECT system_identifier FROM pg_control_system()")))
    return Shipping(home, archive_of(places), store, recipient, credentials.superuser_url())


def take(home: Path, plan: Plan, now: datetime, progress: Progress = lambda _done: None) -> Taken:
    """Take a base backup, carry the log that it needs, drop what is too old. What fails leaves no backup behind."""
    shipping = shipping_of(home, plan)
    with alone(home, wait=True):
        id = new_id(now)
        folder = shipping.store.base(id)
        folder.mkdir(mode=0o700)
        try:
            manifest = _write(shipping, folder, id, progress)
            shipping.store.finish(manifest)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        present = {name for name, _file in attachments(home)}
        return Taken(manifest, sum(manifest.sizes.values()), shipping.store.prune(plan.keep, present, now))


def _write(shipping: Shipping, folder: Path, id: str, progress: Progress) -> Manifest:
    credentials = read_credentials(shipping.home)
    assert credentials is not None  # noqa: S101 - shipping_of() has seen them
    begun = clock.now()
    _base(folder / BASE, find_places(shipping.home, server_account()), credentials, shipping.recipient, progress)
    first, last = _segments(shipping.archive, id)
    shipping.ship()
    with (folder / HOME).open("wb") as out:
        encryption.encrypt_stream(_packed_home(shipping.home), out, shipping.recipient)
        os.fsync(out.fileno())
    missing = [name for name in (first, last) if name not in shipping.store.segments()]
    if missing:
        raise CannotStart(
            _("The log that the backup needs was not archived: {names}.").format(names=", ".join(missing))
        )
    return Manifest(
        id=id,
        begun=begun.isoformat(),
        ended=clock.now().isoformat(),
        release=__version__,
        postgresql=MAJOR,
        system=shipping.store.system(),
        first_wal=first,
        last_wal=last,
        recipient=str(shipping.recipient),
        sizes={name: (folder / name).stat().st_size for name in (BASE, HOME)},
    )


def _base(target: Path, places: Places, credentials: Credentials, recipient: Recipient, progress: Progress) -> None:
    """Stream `pg_basebackup` through the encryption; it ends when the log that it needs is archived."""
    command = [
        *(str(places.bin / "pg_basebackup"), "--pgdata=-", "--format=tar", "--wal-method=none", "--checkpoint=fast"),
        *("--compress=client-gzip:1", "--no-password"),
        *("--label", target.parent.name, "--host", credentials.socket, "--port", "5432", "--username", SUPERUSER),
    ]
    environment = {**os.environ, "PGPASSWORD": credentials.superuser, "LC_ALL": "C"}
    with (
        target.open("wb") as out,
        target.with_name("said").open("w+") as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=environment) as program,  # noqa: S603 - our own server's program and arguments
    ):
        assert program.stdout is not None  # noqa: S101 - it was asked for
        encryption.encrypt_stream(_Counted(program.stdout, progress), out, recipient)  # type: ignore[arg-type]  # it reads like a file, and only that is asked of it
        os.fsync(out.fileno())
        code = program.wait()
        said.seek(0)
        told = said.read()
    target.with_name("said").unlink()
    if code != 0:
        raise CannotStart(_("PostgreSQL gave no base backup: {reason}").format(reason=" ".join(told.split())[-300:]))


def _segments(archive: Path, id: str) -> tuple[str, str]:
    """Return the first and last segment of the log that the base backup needs: PostgreSQL archives a note of it."""
    for file in archive.glob("*.backup"):
        told = file.read_text()
        first = re.search(r"^START WAL LOCATION: .* \(file ([0-9A-F]{24})\)", told, re.M)
        last = re.search(r"^STOP WAL LOCATION: .* \(file ([0-9A-F]{24})\)", told, re.M)
        if first and last and re.search(rf"^LABEL: {id}$", told, re.M):
            return first[1], last[1]
    raise CannotStart(_("PostgreSQL gave no base backup: {reason}").format(reason=f"{archive}/*.backup"))


def _packed_home(home: Path) -> IO[bytes]:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name in KEPT_OF_THE_HOME:
            if (home / name).exists():
                tar.add(home / name, arcname=name)
    packed.seek(0)
    return packed


def _value(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
