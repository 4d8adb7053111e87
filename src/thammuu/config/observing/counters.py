"""Where the serve processes of one run count together.

prometheus_client's processes count in mapped files. A page of such a file that has no room on its disk when it is
written to ends the process; so the files lie in memory where there is a file system for that, and are filled first.
Each serve process has the file of its number: who is started again goes on where it was, and files do not pile up.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
KINDS = ("counter", "histogram", "gauge_sum")
ROOM = 1024 * 1024
"""Bytes of one file; the routes and their buckets take a third of it."""


@contextmanager
def shared_counters(processes: int) -> Iterator[None]:
    """Make the files, and name their folder to the processes that are started meanwhile.

    Without room for them each process counts for itself; the metrics are then those of whichever is asked.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix="thammuu-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None)
    except OSError:
        yield
        return
    with folder as made:
        try:
            for number in range(1, processes + 1):
                for kind in KINDS:
                    (Path(made) / f"{kind}_{number}.db").write_bytes(bytes(ROOM))
        except OSError:
            yield
            return
        os.environ[FOLDER] = made
        try:
            yield
        finally:
            os.environ.pop(FOLDER, None)


def shared_folder() -> Path | None:
    """Return the folder that was named to this process."""
    named = os.environ.get(FOLDER)
    return Path(named) if named and Path(named).is_dir() else None
