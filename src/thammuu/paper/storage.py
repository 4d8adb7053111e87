"""Files by their content: the SHA-256 digest is the name, so the same content is kept once and none is overwritten."""

import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(digest: str, thumbnail: bool = False) -> Path:
    """Return where the content with this digest (64 hexadecimal characters) lies."""
    name = f"{digest}.thumbnail" if thumbnail else digest
    return Path(settings.HOME) / "attachments" / digest[:2] / name


def keep(content: bytes, path: Path) -> None:
    """Write the content so that after a crash it is there whole or not at all; return once it is on the disk."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".arriving-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def remove(digest: str) -> bool:
    """Remove a content and its thumbnail; return whether it was there. Once it returns, they are off the disk."""
    path = path_of(digest)
    there = path.exists()
    for file in (path_of(digest, thumbnail=True), path):
        file.unlink(missing_ok=True)
    if path.parent.exists():
        _sync_folder(path.parent)
    return there


def kept() -> set[str]:
    """Return the digests of everything in the store."""
    files = (Path(settings.HOME) / "attachments").glob("??/*")
    return {file.name.removesuffix(".thumbnail") for file in files if not file.name.startswith(".")}
