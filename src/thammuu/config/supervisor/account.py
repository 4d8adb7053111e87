"""The operating-system account under which the embedded PostgreSQL runs.

PostgreSQL refuses to run as root; started as root, the product gives it an account of its own.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart

NAME = "thammuu"


class RunAs(TypedDict, total=False):
    """The keyword arguments that make `subprocess` run a child under another account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class ServerAccount:
    """An account that is not root, able to own a data folder."""

    name: str
    uid: int
    gid: int

    @property
    def run_as(self) -> RunAs:
        """Arguments for `subprocess`; empty when the account is already ours."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_enter(self, folder: Path) -> bool:
        """Whether this account can traverse to `folder`, asked of the system itself (modes, ACLs, mounts)."""
        return self._succeeds(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)])

    def may_run(self, program: Path) -> bool:
        """Whether this account can run `program --version`."""
        return self._succeeds([str(program), "--version"])

    def _succeeds(self, command: list[str]) -> bool:
        try:
            done = subprocess.run(  # noqa: S603 - fixed program, our own paths
                command, cwd="/", capture_output=True, check=False, **self.run_as
            )
        except PermissionError:
            return False
        return done.returncode == 0


def server_account() -> ServerAccount:
    """Our own account, or the system account `thammuu` (created when missing) when we are root."""
    if os.geteuid() != 0:
        return _account(pwd.getpwuid(os.geteuid()))
    try:
        return _account(pwd.getpwnam(NAME))
    except KeyError:
        _create()
    try:
        return _account(pwd.getpwnam(NAME))
    except KeyError as missing:
        raise CannotStart(
            _(
                "PostgreSQL may not run as root and the system account '{name}' could not be created; "
                "create it with 'useradd --system {name}', or start Thammuu as an ordinary user."
            ).format(name=NAME)
        ) from missing


def _account(entry: pwd.struct_passwd) -> ServerAccount:
    return ServerAccount(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is not None:
        subprocess.run(  # noqa: S603 - found on the system path, fixed arguments
            [useradd, "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", NAME],
            check=False,
            capture_output=True,
        )
