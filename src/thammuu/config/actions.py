"""The only writers of what happens to the installation itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from thammuu.config.facts import BackupRestored, DrillHeld, JobRetried
from thammuu.journal.models import Epoch
from thammuu.journal.proofs.epochs import statement
from thammuu.journal.proofs.notary import head_and_epoch
from thammuu.journal.proofs.notes import Checkpoint, Signer
from thammuu.journal.recording import record
from thammuu.journal.subjects import INSTALLATION
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict


def hold_drill(
    *, actor: Actor, now: datetime, units: list[UUID], backup: str, begun_at: datetime, told: dict[str, Any]
) -> None:
    """Record a drill that was held: `told` is what verifying said of the restored installation."""
    fact = DrillHeld(
        subject_id=INSTALLATION,
        backup=backup,
        begun_at=begun_at,
        seconds=round((now - begun_at).total_seconds()),
        entries=told["entries"],
        root=told["root"],
        attachments=told["attachments"],
        sound=told["sound"],
    )
    record(fact, actor=actor, at=begun_at, now=now, units=units)


def open_epoch(
    *, actor: Actor, now: datetime, units: list[UUID], backup: str, told: dict[str, Any], signer: Signer | None
) -> int:
    """Open the journal's next epoch behind its last sealed entry and say why; return its number.

    `told` is what verifying said of the restored installation; `signer`, the journal's key, vouches for the epoch.
    """
    published = told["published"] or {"size": 0, "root": "", "epoch": 1}
    with transaction.atomic():
        connection.ensure_connection()
        head, (number, _first) = head_and_epoch(connection.connection)
        if signer is not None and told["entries"] != head:
            raise ValueError(f"{told['entries']} entries were verified, and there are {head}")
        # Another restore may have opened epochs that this database does not know.
        number, first = max(number, int(published["epoch"])) + 1, head + 1
        note = ""
        if signer is not None:
            before = Checkpoint(signer.name, head, bytes.fromhex(told["root"]), number, first)
            note = signer.sign(statement(before))
        Epoch.objects.create(number=number, first_position=first, opened_at=now, note=note)
        fact = BackupRestored(
            subject_id=INSTALLATION,
            backup=backup,
            epoch=number,
            first_position=first,
            published_size=published["size"],
            published_root=published["root"],
            lost=told["lost"],
            redactions_unknown=told.get("redactions_unknown", False),
        )
        record(fact, actor=actor, at=now, now=now, units=units)
    return number


def retry_job(*, actor: Actor, now: datetime, job: int) -> None:
    """Put a failed job back into the queue. Raises `Conflict` if there is none of that number, or it did not fail."""
    from procrastinate.contrib.django import app

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT task_name FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job]
            )
            found = cursor.fetchone()
        if found is None:
            raise Conflict(_("This job has not failed, or somebody has already let it run again."))
        app.job_manager.retry_job_by_id(job, retry_at=now)
        fact = JobRetried(subject_id=INSTALLATION, job=job, task=found[0])
        record(fact, actor=actor, at=now, now=now, units=[actor.unit] if actor.unit else [])
