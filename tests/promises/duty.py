"""A duty officer's evening in an installation: `python duty.py LINES`, each tenth with a document; sealed and signed.

Prints how many entries the journal has then.
"""

import io
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "thammuu.config.settings"
django.setup()

from django.conf import settings
from django.core.files.base import File
from django.db import connection

from thammuu.config.backup.rehearsing import top_units
from thammuu.journal.proofs.keeping import notary_of
from thammuu.journal.proofs.notary import head_and_epoch
from thammuu.journal.sealer import seal_pending
from thammuu.kernel import clock
from thammuu.org.authority import SYSTEM
from thammuu.paper.intake import take_in
from thammuu.watch.actions import write_log_entry

EVERY = 10
DOCUMENT = b"Bien ban %d, %s\n"


def main(lines: int) -> None:
    """Write, seal, sign."""
    (unit,) = top_units()
    for number in range(lines):
        now, files = clock.now(), []
        if number % EVERY == 0:
            content = DOCUMENT % (number, os.urandom(8).hex().encode())
            files.append(take_in(File(io.BytesIO(content), f"bien-ban-{number}.txt")))
        write_log_entry(actor=SYSTEM, now=now, at=now, text=f"Kíp trực ghi dòng {number}", unit=unit, files=files)
    own = connection.connection
    seal_pending(own)
    notary_of(settings.HOME).sign_stored(own)
    sys.stdout.write(f"{head_and_epoch(own)[0]}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
