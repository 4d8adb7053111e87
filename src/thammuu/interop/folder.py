"""The watched folder: what is dropped into it is taken in and moved to `taken` or `refused`, with the reason beside.

A file is read once it has rested: its size and time unchanged for a second. Names that senders use while they are
still writing (`.part`, `.tmp`, a leading dot) wait for their renaming. Links and folders are left alone.
"""

import logging
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from uuid import UUID

from django.conf import settings
from django.db import Error, connection
from django.utils import translation

from thammuu.interop.actions import Intake, take_in_file
from thammuu.interop.cap.opening import MAX_BYTES
from thammuu.interop.queries import FileRow, file_row
from thammuu.interop.rules import Verdict
from thammuu.kernel import clock
from thammuu.org import directory
from thammuu.org.authority import SYSTEM

LOOK_EVERY = 1.0
UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".swp")
log = logging.getLogger(__name__)

Mark = tuple[int, int, int]


@dataclass
class WatchedFolder:
    """A folder, the unit that its alerts are for, and what was seen in it at the last look."""

    path: Path
    unit: UUID
    seen: dict[str, Mark] = field(default_factory=dict)

    def look(self) -> int:
        """Take in every file that has rested since the last look; return how many."""
        marks = dict(self._marks())
        rested = [name for name, mark in marks.items() if self.seen.get(name) == mark]
        self.seen = marks
        return sum(self._take_in(name, marks[name]) for name in sorted(rested))

    def _marks(self) -> Iterator[tuple[str, Mark]]:
        for entry in os.scandir(self.path):
            if entry.name.startswith(".") or entry.name.lower().endswith(UNFINISHED):
                continue
            try:
                found = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            if stat.S_ISREG(found.st_mode):
                yield entry.name, (found.st_size, found.st_mtime_ns, found.st_ino)

    def _take_in(self, name: str, mark: Mark) -> bool:
        content = self._read(name, mark)
        if content is None:
            return False
        took = take_in_file(actor=SYSTEM, now=clock.now(), content=content, name=name, source="folder", unit=self.unit)
        with translation.override(settings.LANGUAGE_CODE):
            self._move(name, took, file_row(took.file))
        self.seen.pop(name, None)
        return True

    def _read(self, name: str, mark: Mark) -> bytes | None:
        """The bytes, if the file is still the one that rested; one byte more than is read at most shows its excess."""
        try:
            descriptor = os.open(self.path / name, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError as error:
            log.warning("the file %r in the watched folder cannot be read: %s", name, error)
            return None
        with os.fdopen(descriptor, "rb") as file:
            content = file.read(MAX_BYTES + 1)
            found = os.fstat(descriptor)
        return content if (found.st_size, found.st_mtime_ns, found.st_ino) == mark else None

    def _move(self, name: str, took: Intake, row: FileRow) -> None:
        good = took.file.verdict in {Verdict.TAKEN, Verdict.DUPLICATE}
        target = _free(self.path / ("taken" if good else "refused"), name)
        (self.path / name).rename(target)
        if not good:
            target.with_name(f"{target.name}.reason.txt").write_text(reason(row), encoding="utf-8")


def reason(row: FileRow) -> str:
    """What was wrong with a file, a line for each fault."""
    lines = [f"{row.verdict}: {row.told}", ""]
    for finding in row.findings:
        place = f"{finding.name} ({finding.sender})" if finding.sender else finding.name
        lines.append(f"{finding.verdict}: {place}")
        lines += [f"  - {sentence} [{path}:{line}]" for sentence, path, line in finding.faults]
    return "\n".join(lines) + "\n"


def _free(folder: Path, name: str) -> Path:
    """A path in the folder that is not taken yet."""
    folder.mkdir(exist_ok=True)
    stem, suffix = Path(name).stem, Path(name).suffix
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}{suffix}"
    return target


def receiving_unit(code: str) -> UUID | None:
    """The unit of that code; without a code, the first at the top of the tree; None where there is none."""
    units = directory.current().in_order()
    if code:
        return next((unit.id for unit in units if unit.code == code), None)
    return next((unit.id for unit in units if unit.parent is None), None)


def watch(stop: Event, path: Path, code: str, look: Callable[[WatchedFolder], int] = WatchedFolder.look) -> None:
    """Look after the folder until `stop`. What fails is logged and tried again at the next look."""
    folder: WatchedFolder | None = None
    while not stop.wait(LOOK_EVERY):
        try:
            if folder is None:
                path.mkdir(parents=True, exist_ok=True)
                unit = receiving_unit(code)
                folder = WatchedFolder(path, unit) if unit else None
            if folder is not None:
                look(folder)
        except Error as error:
            log.warning("the watched folder waits for the database: %s", error)
            connection.close()
        except OSError as error:
            log.warning("the watched folder %s cannot be used: %s", path, error)
