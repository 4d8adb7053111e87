"""The folder that takes the backups: base backups, archived WAL, attachments, the last checkpoint.

    installation.json       whose backups these are: PostgreSQL's system identifier
    redactions.age          the confirmed redactions (ids, positions, digests), signed, for a restore to do again
    latest.checkpoint       the journal's last signed checkpoint (public), so that a restore knows what it lost
    base/<id>/              base.tar.gz.age, home.tar.age, manifest.json (written last: without it there is no backup)
    wal/<segment>.gz.age    each closed segment of PostgreSQL's log
    files/<ab>/<digest>.age the attachments, by their content
    gone.json               since when an attachment is no longer in the home: {digest: time}

Every file is written beside its place and renamed: what is there is whole, unless somebody cut or copied it.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart

MANIFEST = "manifest.json"
BASE = "base.tar.gz.age"
HOME = "home.tar.age"
ENCRYPTED = ".age"
SEGMENT = ".gz.age"
REDACTIONS = "redactions.age"
FORMAT = 1


class Damaged(Exception):
    """A backup that is not whole; the message is one sentence for the operator."""

    loggable = True


@dataclass(frozen=True)
class Manifest:
    """One base backup. Times in UTC; `sizes` are bytes of its encrypted files; `first_wal` is the segment from which
    the log must be replayed, `last_wal` the one up to which it must be, for the backup to be consistent."""

    id: str
    begun: str
    ended: str
    release: str
    postgresql: int
    system: str
    first_wal: str
    last_wal: str
    recipient: str
    sizes: dict[str, int]
    format: int = FORMAT

    @property
    def begun_at(self) -> datetime:
        """Return when it was begun."""
        return datetime.fromisoformat(self.begun)


@dataclass(frozen=True)
class Store:
    """The folder of backups."""

    folder: Path

    @property
    def wal(self) -> Path:
        """Return the folder of archived segments."""
        return self.folder / "wal"

    @property
    def files(self) -> Path:
        """Return the folder of attachments."""
        return self.folder / "files"

    def base(self, id: str) -> Path:
        """Return the folder of one base backup."""
        return self.folder / "base" / id

    def make(self, system: str) -> None:
        """Make the folders for the installation with this system identifier; refuse another's."""
        try:
            for folder in (self.folder, self.wal, self.files, self.folder / "base"):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self.folder / "installation.json"
            if not file.exists():
                write_whole(file, json.dumps({"system": system}).encode())
        except OSError as error:
            raise CannotStart(
                _("The backup folder {folder} cannot be written ({reason}); is its disk there?").format(
                    folder=self.folder, reason=error.strerror
                )
            ) from error
        if self.system() != system:
            raise CannotStart(
                _("The folder {folder} holds the backups of another installation; name another one.").format(
                    folder=self.folder
                )
            )

    def system(self) -> str:
        """Return the system identifier of the installation whose backups these are."""
        try:
            return str(json.loads((self.folder / "installation.json").read_text())["system"])
        except (OSError, ValueError, KeyError, TypeError):
            raise Damaged(_("There are no backups in {folder}.").format(folder=self.folder)) from None

    def manifests(self) -> list[Manifest]:
        """Return the base backups that were finished, oldest first; raises `Damaged` on a manifest that is not one."""
        return [_read(file) for file in sorted((self.folder / "base").glob(f"*/{MANIFEST}"))]

    def finish(self, manifest: Manifest) -> None:
        """Make a base backup valid."""
        write_whole(self.base(manifest.id) / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())

    def segments(self) -> list[str]:
        """Return the names of what was archived of the log, in order."""
        return sorted(file.name.removesuffix(SEGMENT) for file in self.wal.glob(f"*{SEGMENT}"))

    def whole(self, manifest: Manifest) -> None:
        """Raise `Damaged` unless the files of the backup have the lengths that they were written with."""
        for name, size in manifest.sizes.items():
            file = self.base(manifest.id) / name
            found = file.stat().st_size if file.exists() else 0
            if found != size:
                raise Damaged(
                    _("The backup {id} is not whole: {name} has {found} of {size} bytes.").format(
                        id=manifest.id, name=name, found=found, size=size
                    )
                )

    def prune(self, keep: int, present: set[str], now: datetime) -> list[str]:
        """Remove base backups beyond the newest `keep`, and what only they needed; return their ids.

        `present` are the names of attachments in the home. One that is no longer there stays as long as a backup does
        that is older than its going.
        """
        kept = self.manifests()[-keep:]
        known = {one.id for one in kept}
        dropped = [folder.name for folder in sorted((self.folder / "base").iterdir()) if folder.name not in known]
        for id in dropped:
            (self.base(id) / MANIFEST).unlink(missing_ok=True)
            shutil.rmtree(self.base(id))
        if kept:
            first = min(one.first_wal[8:] for one in kept)
            for name in self.segments():
                if not name.endswith(".history") and name[8:24] < first:
                    (self.wal / f"{name}{SEGMENT}").unlink()
            self._forget_gone(present, now, kept[0].begun_at)
        return dropped

    def _forget_gone(self, present: set[str], now: datetime, oldest: datetime) -> None:
        file = self.folder / "gone.json"
        before: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        gone = {
            path: before.get(path.name.removesuffix(ENCRYPTED), now.isoformat())
            for path in self.files.glob(f"*/*{ENCRYPTED}")
            if path.name.removesuffix(ENCRYPTED) not in present
        }
        for path, since in gone.items():
            if datetime.fromisoformat(since) < oldest:
                path.unlink()
        write_whole(file, json.dumps({path.name.removesuffix(ENCRYPTED): at for path, at in gone.items()}).encode())


def write_whole(file: Path, content: bytes) -> None:
    """Write the file so that after a crash it is there whole or not at all."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    with fresh.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def new_id(now: datetime) -> str:
    """Return the name of a base backup begun now; names sort by time."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def _read(file: Path) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(file.read_text())
        made = Manifest(**told)
        if made.format == FORMAT and made.id == file.parent.name and made.begun_at.tzinfo is not None:
            return made
    except (ValueError, TypeError):
        pass
    raise Damaged(_("{file} is no manifest of a backup.").format(file=file))
