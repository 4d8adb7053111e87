"""What an installation says of its backups, in `thammuu.toml`, overruled by the environment.

Environment: THAMMUU_BACKUP_FOLDER, THAMMUU_BACKUP_RECIPIENT (an age recipient, `age1…`), THAMMUU_BACKUP_KEEP,
THAMMUU_BACKUP_HOURS, THAMMUU_DRILL_DAYS.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from thammuu.config.installation import FILE
from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart

KEEP = 7
HOURS = 24
DRILL_DAYS = 30


@dataclass(frozen=True)
class Plan:
    """`folder` takes the backups (None or no recipient: none are made), `keep` is how many base backups stay.

    `hours` lie between two base backups of a running Thammuu; after `drill_days` without a drill the operators are
    warned.
    """

    folder: Path | None
    recipient: str
    keep: int = KEEP
    hours: int = HOURS
    drill_days: int = DRILL_DAYS

    @property
    def set_up(self) -> bool:
        """Say whether backups are wanted."""
        return self.folder is not None and self.recipient != ""


def read_plan(home: Path, environ: Mapping[str, str] = os.environ) -> Plan:
    """Return the plan of the home; raises `CannotStart` on a number that is none."""
    file = home / FILE
    said = tomllib.loads(file.read_text()) if file.exists() else {}
    folder = environ.get("THAMMUU_BACKUP_FOLDER") or said.get("backup_folder")

    def number(variable: str, name: str, otherwise: int) -> int:
        value = environ.get(variable) or said.get(name, otherwise)
        if not str(value).isdecimal() or int(value) < 1:
            raise CannotStart(_("The setting {name} must be a whole number from 1.").format(name=name))
        return int(value)

    return Plan(
        folder=Path(folder).expanduser() if folder else None,
        recipient=environ.get("THAMMUU_BACKUP_RECIPIENT") or said.get("backup_recipient", ""),
        keep=number("THAMMUU_BACKUP_KEEP", "backup_keep", KEEP),
        hours=number("THAMMUU_BACKUP_HOURS", "backup_hours", HOURS),
        drill_days=number("THAMMUU_DRILL_DAYS", "drill_days", DRILL_DAYS),
    )
