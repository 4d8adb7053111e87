"""A line with a name in it, with a document and a contact: `python redacting.py write`; two persons redact all of it:
`python redacting.py redact`. In the installation of the environment."""

import io
import os
import sys
from dataclasses import replace

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "thammuu.config.settings"
django.setup()

from django.core.files.base import File
from django.db import connection

from thammuu.config.backup.rehearsing import top_units
from thammuu.desk.redaction import actions
from thammuu.desk.redaction.working import carry_out_confirmed
from thammuu.journal.sealer import seal_pending
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id
from thammuu.org.authority import SYSTEM
from thammuu.paper.intake import take_in
from thammuu.watch.actions import give_contact, write_log_entry
from thammuu.watch.models import LogEntry, ReporterContact

SECRET = "Bà Trần Thị Hoa, số 12 ngõ 5, gọi 0912345678"


def write() -> None:
    """File the line, its document, and how to reach whoever reported it."""
    (unit,), now = top_units(), clock.now()
    file = take_in(File(io.BytesIO(SECRET.encode()), "don.txt"))
    told = write_log_entry(actor=SYSTEM, now=now, at=now, text=SECRET, unit=unit, files=[file])
    give_contact(actor=SYSTEM, now=now, text=SECRET, log_entry=told.answer)


def redact() -> None:
    """Propose, confirm and carry out."""
    row, contact = LogEntry.objects.get(text=SECRET), ReporterContact.objects.get()
    subjects = [
        f"log_entry:{row.id}",
        f"reporter_contact:{contact.id}",
        *(f"attachment:{id}" for id in row.attachments),
    ]
    first, second = (replace(SYSTEM, account=new_id()) for _person in range(2))
    asked = actions.propose_redaction(
        actor=first, now=clock.now(), subjects=subjects, reason_class="personal", reason="Có dữ liệu cá nhân"
    ).answer
    seal_pending(connection.connection)
    actions.confirm_redaction(actor=second, now=clock.now(), redaction=asked)
    seal_pending(connection.connection)
    assert carry_out_confirmed() == 1
    seal_pending(connection.connection)


if __name__ == "__main__":
    connection.ensure_connection()
    {"write": write, "redact": redact}[sys.argv[1]]()
