"""A file that keeps room for the database: given up when a full disk does not let it start again.

With that room PostgreSQL can replay its log, so that what was recorded can be read while somebody makes room.
"""

import contextlib
import os
import shutil
from pathlib import Path

RESERVE = "reserve"
BYTES = 64 * 1024**2
AMPLE = 8 * BYTES


def keep_reserve(folder: Path) -> bool:
    """Make the reserve unless it is there or room is scarce; return whether it is there."""
    file = folder / RESERVE
    with contextlib.suppress(OSError):
        if file.exists() and file.stat().st_size == BYTES:
            return True
        if shutil.disk_usage(folder).free < AMPLE:
            return False
        with file.open("wb") as out:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(out.fileno(), 0, BYTES)
            else:
                for _part in range(BYTES // 1024**2):
                    out.write(bytes(1024**2))
        return True
    return False


def give_up_reserve(folder: Path) -> bool:
    """Give the room away if too little is left without it; return whether it helped."""
    file = folder / RESERVE
    with contextlib.suppress(OSError):
        if shutil.disk_usage(folder).free < BYTES and file.exists():
            file.unlink()
            return True
    return False
