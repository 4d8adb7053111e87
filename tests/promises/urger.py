"""A worker's urging, made to be killed: `python urger.py`, one instant of its clock a line on standard input.

For each line a process is forked that goes round as the worker does: what is due is urged, put into messages, and each
message is tried. Standard output has its id, a dot for each statement that it is about to send to the database, and how
it ended.
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "thammuu.config.settings"
django.setup()

from django.conf import settings
from django.db import connection

from thammuu.directives.urging.carriers import carriers_of
from thammuu.directives.urging.sending import deliver, prepare
from thammuu.directives.urging.working import Rounds

OUT = 1


def go_round(now: datetime) -> None:
    """What `working.run` and `working.run_deliveries` do at each minute."""
    carriers = carriers_of(settings.OUTGOING)
    with connection.execute_wrapper(_told):
        Rounds().go(now)
        prepare(now, carriers)
        deliver(now, carriers)


def _told(execute: Callable[..., Any], *statement: Any) -> Any:
    os.write(OUT, b".")
    return execute(*statement)


def main() -> None:
    """Fork for each line; nothing is held open that a child would share."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.write(OUT, f"{os.getpid()}\n".encode())
            try:
                go_round(datetime.fromisoformat(line.strip()))
            except BaseException as fault:
                os.write(OUT, f"\n{type(fault).__name__}: {fault}\n".replace("\n\n", "\n").encode())
                os._exit(1)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(OUT, f"\n{status}\n".encode())


if __name__ == "__main__":
    main()
