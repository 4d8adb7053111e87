"""Seals as the operator lays them down: `<name>.p12`, and beside it `<name>.passphrase`, both closed to others.

Where there is a `<name>.png`, it is the seal's print.
"""

import dataclasses
from datetime import datetime
from pathlib import Path

from thammuu.paper.signatures.prints import size_of
from thammuu.paper.signatures.sealing import Seal, SealFault, UnfitSeal, opened

LARGEST = 1024 * 1024


def names_in(folder: Path) -> list[str]:
    """Return the names of the seals in a folder, in their order; none where there is no folder."""
    return sorted(file.stem for file in folder.glob("*.p12")) if folder.is_dir() else []


def is_there(folder: Path, name: str) -> bool:
    """Say whether the folder holds a seal of that name."""
    return bool(name) and name in names_in(folder)


def seal_in(folder: Path, name: str, now: datetime) -> Seal | None:
    """Return the seal of that name, None if there is none. Raises `UnfitSeal`."""
    if not is_there(folder, name):
        return None
    file, secret, picture = (folder / f"{name}.{kind}" for kind in ("p12", "passphrase", "png"))
    try:
        if any(one.stat().st_mode & 0o077 for one in (file, secret) if one.exists()):
            raise UnfitSeal(SealFault.OPEN)
        if file.stat().st_size > LARGEST:
            raise UnfitSeal(SealFault.UNREADABLE)
        content = file.read_bytes()
        passphrase = secret.read_text(encoding="utf-8").rstrip("\r\n") if secret.exists() else ""
    except (OSError, UnicodeDecodeError):
        raise UnfitSeal(SealFault.UNREADABLE) from None
    seal = opened(content, passphrase, now)
    return dataclasses.replace(seal, picture=_print_in(picture)) if picture.exists() else seal


def _print_in(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise UnfitSeal(SealFault.PICTURE)
        content = file.read_bytes()
    except OSError:
        raise UnfitSeal(SealFault.PICTURE) from None
    size_of(content)
    return content
