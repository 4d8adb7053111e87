"""A client that never gives up: writes facts, says on standard output which were confirmed, until it is ended.

`python writer.py NUMBER`; the database is that of the environment. A sending whose fate is unknown (the connection
broke) is sent again under the same submission id, as a browser's outbox does.
"""

import hashlib
import os
import sys
import threading
import time
from uuid import UUID, uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "thammuu.config.settings"
django.setup()

from django.db import DatabaseError, connection

from thammuu.journal.recording import Submission, record
from thammuu.kernel.actor import EVERYTHING, Actor
from thammuu.kernel.clock import now
from thammuu.kernel.ids import new_id
from thammuu.org.facts import UnitCreated
from thammuu.org.models import Unit

PAUSE = 0.02


def write(actor: Actor, submission: UUID) -> None:
    """One fact with its row, in one statement."""
    unit = Unit(id=new_id(), code=str(submission), level="promise")
    at = now()
    record(
        UnitCreated(subject_id=unit.id, code=unit.code, level=unit.level),
        actor=actor,
        at=at,
        now=at,
        units=[unit.id],
        rows=[unit],
        submission=Submission(submission, hashlib.sha256(submission.bytes).digest()),
    )


def confirm(actor: Actor, submission: UUID) -> float:
    """Send until it is confirmed; returns when that sending began, by the system's monotonic clock."""
    again = threading.Event()
    while True:
        began = time.monotonic()
        try:
            write(actor, submission)
            return began
        except DatabaseError:
            connection.close()
            again.wait(PAUSE)


def main(number: int) -> None:
    """Write for ever."""
    actor = Actor(account=UUID(int=number), post=None, unit=None, scope=EVERYTHING)
    while True:
        submission = uuid4()
        began = confirm(actor, submission)
        os.write(1, f"{submission} {began}\n".encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
