"""The processes of the product beside the database."""

import sys
from socket import socket

from thammuu.config import witnesses
from thammuu.config.backup.plan import read_plan
from thammuu.config.installation import read_installation
from thammuu.config.supervisor.family import Member

SERVING = 2
WORKING = ("sealer", "followers", "jobs", "folder")
THAMMUU = (sys.executable, "-m", "thammuu")


def worker_members() -> list[Member]:
    """What `thammuu worker` runs; who keeps the backups, only where they are wanted and the database is ours; who asks
    witnesses, only where there are some."""
    installation = read_installation()
    keeping = installation.embedded and read_plan(installation.home).set_up
    witnessed = bool(witnesses.read_plan(installation.home).neighbours)
    parts = [*WORKING, *(["backup"] if keeping else []), *(["witnesses"] if witnessed else [])]
    return [Member(part, [*THAMMUU, "worker-process", part]) for part in parts]


def serve_members(*listeners: socket) -> list[Member]:
    """What `thammuu serve` runs, all on the same listening sockets."""
    descriptors = tuple(listener.fileno() for listener in listeners)
    command = [*THAMMUU, "serve-process", *map(str, descriptors), "--number"]
    return [Member(f"serve {number}", [*command, str(number)], descriptors) for number in range(1, SERVING + 1)]
